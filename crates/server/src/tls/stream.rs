//! TLS over a stream. rustls does all that is TLS; this brings it records as they come, and writes those that it makes.
//!
//! What is under way stands here, so that a connection on which nothing is has no buffer. rustls's own, which
//! tokio-rustls uses, has 4 KiB to read into for as long as there is the connection, as much as all else of an idle member.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use rustls::ServerConfig;
use rustls::server::UnbufferedServerConnection;
use rustls::unbuffered::{ConnectionState, EncodeError, EncryptError, UnbufferedStatus};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::super::stream::Stream;

/// Bytes read at once.
const CHUNK: usize = 4096;

/// Bytes of the longest record with its head (RFC 5246, 6.2.3; RFC 8446, 5.2 allows fewer). No more of what comes is kept
/// that can't be opened yet, a greeting of several records included; what browsers send takes 2 KiB.
const RECORD: usize = 18_437;

/// Bytes that are sealed at once, in one record (RFC 8446, 5.1).
const PLAIN: usize = 16 * 1024;

/// Bytes that TLS adds to a connection: waiting ones, of both sides, an incoming record, and the state.
pub const TLS_MEMORY: usize = 2 * PLAIN + RECORD;

/// Bytes that wait to be written, above which nothing more is read: more than a record, of what is said.
const UNANSWERED: usize = PLAIN + 2048;

/// Bytes that a record takes beside what is sealed in it, with any suite that is spoken here.
const AROUND: usize = 64;

/// A stream over which TLS is spoken.
pub(super) struct TlsStream<S> {
    io: S,
    session: Session,
    out: Outgoing,
}

/// One side of TLS, and what has come in.
struct Session {
    tls: UnbufferedServerConnection,
    /// Records that have not been opened.
    sealed: Vec<u8>,
    /// What was in those that have, and has not been read.
    opened: Vec<u8>,
    /// The other side has said that nothing more will come.
    is_over_there: bool,
    /// A record could not be opened. Nothing is done with what follows.
    is_broken: bool,
}

/// Records that are still to be written.
#[derive(Default)]
struct Outgoing {
    bytes: Vec<u8>,
    /// So many of them have been.
    written: usize,
}

/// What is to be sealed once the handshake is over.
#[derive(Clone, Copy)]
enum Say<'a> {
    Nothing,
    Bytes(&'a [u8]),
    /// That nothing more will come (RFC 8446, 6.1).
    Close,
}

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream<S> {
    /// Does the handshake.
    pub(super) async fn accept(io: S, config: &Arc<ServerConfig>) -> io::Result<Self> {
        let tls = UnbufferedServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
        let session =
            Session { tls, sealed: Vec::new(), opened: Vec::new(), is_over_there: false, is_broken: false };
        let mut stream = Self { io, session, out: Outgoing::default() };
        poll_fn(|cx| stream.poll_handshake(cx)).await?;
        Ok(stream)
    }

    fn poll_handshake(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let written = self.out.poll_write(&mut self.io, cx)?;
            // A reader waits for what has been opened.
            let may_go_on = written.is_ready() || !self.session.opened.is_empty();
            if may_go_on && !self.session.tls.is_handshaking() {
                return Poll::Ready(Ok(()));
            }
            ready!(self.poll_records(cx))?;
        }
    }

    /// Reads some of the records that come, and has them opened. A client that takes nothing is listened to, as long as
    /// little waits for it.
    fn poll_records(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Where nothing can be written any more, that is told to who writes: what has come is good.
        if self.out.poll_write(&mut self.io, cx).is_pending() && self.out.waiting() > UNANSWERED {
            return Poll::Pending;
        }
        let Session { sealed, is_broken, .. } = &mut self.session;
        if *is_broken {
            return Poll::Ready(Err(io::ErrorKind::InvalidData.into()));
        }
        // Always as much, for a read that leaves room costs more (read_limit).
        let mut chunk = [MaybeUninit::uninit(); CHUNK];
        let mut chunk = ReadBuf::uninit(&mut chunk);
        ready!(Pin::new(&mut self.io).poll_read(cx, &mut chunk))?;
        if chunk.filled().is_empty() {
            return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
        }
        sealed.reserve_exact(chunk.filled().len());
        sealed.extend_from_slice(chunk.filled());
        let opened = self.session.proceed(&mut self.out.bytes, Say::Nothing);
        if opened.is_err() {
            // An alert says why, if the line takes it.
            let _ = self.out.poll_write(&mut self.io, cx);
        }
        Poll::Ready(opened)
    }
}

impl Session {
    /// Opens all that has come, answers what is to be answered, and then seals what is to be said.
    fn proceed(&mut self, out: &mut Vec<u8>, mut say: Say<'_>) -> io::Result<()> {
        if self.is_broken {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let done = loop {
            let UnbufferedStatus { mut discard, state } = self.tls.process_tls_records(&mut self.sealed);
            let done = match state {
                Ok(ConnectionState::ReadTraffic(mut records)) => {
                    while let Some(Ok(record)) = records.next_record() {
                        discard += record.discard;
                        self.opened.reserve_exact(record.payload.len());
                        self.opened.extend_from_slice(record.payload);
                    }
                    None
                }
                Ok(ConnectionState::EncodeTlsData(mut record)) => {
                    append(out, 0, |into| record.encode(into).map_err(Lacks::from)).err().map(Err)
                }
                // All that is encoded is written in this order.
                Ok(ConnectionState::TransmitTlsData(records)) => {
                    records.done();
                    None
                }
                Ok(ConnectionState::PeerClosed) => {
                    self.is_over_there = true;
                    None
                }
                Ok(ConnectionState::WriteTraffic(mut traffic)) => {
                    match std::mem::replace(&mut say, Say::Nothing) {
                        Say::Nothing => Some(Ok(())),
                        Say::Bytes(bytes) => {
                            append(out, bytes.len() + AROUND, |into| Ok(traffic.encrypt(bytes, into)?))
                                .err()
                                .map(Err)
                        }
                        Say::Close => {
                            append(out, AROUND, |into| Ok(traffic.queue_close_notify(into)?)).err().map(Err)
                        }
                    }
                }
                Ok(ConnectionState::BlockedHandshake | ConnectionState::Closed) => Some(match say {
                    Say::Bytes(_) => Err(io::ErrorKind::BrokenPipe.into()),
                    Say::Nothing | Say::Close => Ok(()),
                }),
                // No data comes before the handshake: none is allowed.
                Ok(_) => Some(Err(io::ErrorKind::InvalidData.into())),
                Err(error) => Some(Err(io::Error::other(error))),
            };
            self.sealed.drain(..discard);
            if let Some(done) = done {
                break done;
            }
        };
        if self.is_over_there {
            self.sealed.clear();
        }
        self.sealed.shrink_to_fit();
        // A record that is not whole, or a greeting of several.
        let done = done.and_then(|()| {
            if self.sealed.len() <= RECORD { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
        });
        if done.is_err() {
            self.is_broken = true;
            self.encode_alerts(out);
            self.sealed = Vec::new();
        }
        done
    }

    /// What rustls has still to say of a record that it could not open.
    fn encode_alerts(&mut self, out: &mut Vec<u8>) {
        while self.tls.wants_write() {
            let UnbufferedStatus { discard, state } = self.tls.process_tls_records(&mut self.sealed);
            let Ok(ConnectionState::EncodeTlsData(mut record)) = state else { return };
            let encoded = append(out, 0, |into| record.encode(into).map_err(Lacks::from));
            self.sealed.drain(..discard);
            if encoded.is_err() {
                return;
            }
        }
    }

    /// Hands over some of what has been opened.
    fn read(&mut self, into: &mut ReadBuf<'_>) {
        let count = self.opened.len().min(into.remaining());
        into.put_slice(&self.opened[..count]);
        self.opened.drain(..count);
        if self.opened.is_empty() {
            self.opened = Vec::new();
        }
    }
}

/// Why a record was not encoded.
enum Lacks {
    /// There is room for fewer bytes than these.
    Room(usize),
    /// No key may seal it any more.
    Key,
}

impl From<EncodeError> for Lacks {
    fn from(error: EncodeError) -> Self {
        match error {
            EncodeError::InsufficientSize(lacks) => Self::Room(lacks.required_size),
            EncodeError::AlreadyEncoded => Self::Key,
        }
    }
}

impl From<EncryptError> for Lacks {
    fn from(error: EncryptError) -> Self {
        match error {
            EncryptError::InsufficientSize(lacks) => Self::Room(lacks.required_size),
            EncryptError::EncryptExhausted => Self::Key,
        }
    }
}

/// Appends a record, which takes some `room`, or says how much it takes.
fn append(
    out: &mut Vec<u8>,
    mut room: usize,
    mut encode: impl FnMut(&mut [u8]) -> Result<usize, Lacks>,
) -> io::Result<()> {
    let before = out.len();
    loop {
        out.reserve_exact(room);
        out.resize(before + room, 0);
        let encoded = encode(&mut out[before..]);
        out.truncate(before + encoded.as_ref().map_or(0, |written| *written));
        match encoded {
            Ok(_) => return Ok(()),
            Err(Lacks::Room(more)) if more > room => room = more,
            Err(_) => return Err(io::Error::other("a record can't be sealed")),
        }
    }
}

impl Outgoing {
    fn waiting(&self) -> usize {
        self.bytes.len() - self.written
    }

    /// Ready when all has been written.
    fn poll_write(
        &mut self,
        io: &mut (impl AsyncWrite + Unpin),
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while self.waiting() > 0 {
            let written = ready!(Pin::new(&mut *io).poll_write(cx, &self.bytes[self.written..]))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.written += written;
        }
        *self = Self::default();
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for TlsStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        while this.session.opened.is_empty() {
            if this.session.is_over_there {
                return Poll::Ready(Ok(()));
            }
            let opened = ready!(this.poll_records(cx));
            // A record that can't be opened takes nothing from those before it.
            if this.session.opened.is_empty() {
                opened?;
            }
        }
        this.session.read(into);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for TlsStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let Self { io, session, out } = &mut *self;
        ready!(out.poll_write(io, cx))?;
        let bytes = &bytes[..bytes.len().min(PLAIN)];
        session.proceed(&mut out.bytes, Say::Bytes(bytes))?;
        // They are taken, whether or not they have gone out.
        let _ = out.poll_write(io, cx)?;
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let [one] = slices {
            return self.poll_write(cx, one);
        }
        ready!(self.as_mut().poll_flush(cx))?;
        // In one record, for each takes a head and a check of its own.
        let mut together = Vec::new();
        for slice in slices {
            together.extend_from_slice(&slice[..slice.len().min(PLAIN - together.len())]);
        }
        self.poll_write(cx, &together)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { io, out, .. } = &mut *self;
        ready!(out.poll_write(io, cx))?;
        Pin::new(io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { io, session, out } = &mut *self;
        // It is said once, and not at all on a line that is broken.
        let _ = session.proceed(&mut out.bytes, Say::Close);
        ready!(out.poll_write(io, cx))?;
        Pin::new(io).poll_shutdown(cx)
    }
}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for TlsStream<S> {}

#[cfg(test)]
mod tests;
