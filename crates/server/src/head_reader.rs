//! Waits for the head of a request, so that hyper is called only once it is whole.
//!
//! hyper keeps buffers of 8 KiB and more for each direction as long as it has the connection. Thus
//! it has them only while a request is answered; a silent client, or half a request, takes no more
//! memory than the bytes that it has sent.
//!
//! The answer after which no HTTP follows is kept, so that it goes out together with what the WebSocket says first.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::tcp::OwnedWriteHalf;

use super::stream::Stream;

/// Bytes of the largest request head; the page's own fit many times over.
pub(super) const REQUEST_HEAD: usize = 16 * 1024;

/// Bytes read at once; a browser's head has fewer.
const CHUNK: usize = 1024;

/// Fields that hyper allows in a head.
const FIELDS: usize = 100;

/// How the answer begins after which no HTTP follows (RFC 9112, 4; RFC 9110, 15.2.2).
const SWITCHING_PROTOCOLS: &[u8] = b"HTTP/1.1 101 ";

/// A stream that has been read ahead.
pub(super) struct HeadReader<S> {
    stream: S,
    /// Bytes that were read and not yet handed on.
    read: Vec<u8>,
    /// Bytes of the head that are still to be handed on. After them the reader sees an end of file.
    head: Option<usize>,
    /// The reader has seen that end.
    ended: bool,
    /// The answer after which no HTTP follows. It is `None` once that has been handed on; from then on nothing is kept.
    last_answer: Option<Vec<u8>>,
}

impl<S> HeadReader<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream, read: Vec::new(), head: None, ended: false, last_answer: Some(Vec::new()) }
    }

    /// Whether the reader of a head has read it to its end and asked for more.
    pub(super) fn is_read_to_the_end(&self) -> bool {
        self.ended
    }

    /// Lets all that follows be read, whatever it is.
    pub(super) fn release(&mut self) {
        self.head = None;
    }
}

impl<S: AsyncRead + Unpin> HeadReader<S> {
    /// Waits for a head, or for bytes that can't become one, and lets them be read next. Fails if
    /// the stream ends before.
    pub(super) async fn head(&mut self) -> io::Result<()> {
        self.release();
        self.ended = false;
        let mut length = length(&self.read);
        while length.is_none() {
            let known = self.read.len();
            poll_fn(|cx| self.poll_more(cx)).await?;
            // Only an end of line ends a head. The first bytes are looked at too, so that nonsense
            // is refused at once.
            if known == 0 || self.read[known..].contains(&b'\n') || self.read.len() >= REQUEST_HEAD {
                length = self::length(&self.read);
            }
        }
        self.head = length;
        Ok(())
    }

    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut chunk = [MaybeUninit::uninit(); CHUNK];
        let most = CHUNK.min(REQUEST_HEAD - self.read.len());
        let mut chunk = ReadBuf::uninit(&mut chunk[..most]);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut chunk))?;
        if chunk.filled().is_empty() {
            return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
        }
        self.read.reserve_exact(chunk.filled().len());
        self.read.extend_from_slice(chunk.filled());
        Poll::Ready(Ok(()))
    }
}

/// The length of the head at the beginning; of all the bytes if they are no head, or too long for
/// one. `None` if they may still become one.
fn length(bytes: &[u8]) -> Option<usize> {
    let mut fields = [MaybeUninit::uninit(); FIELDS];
    match httparse::Request::new(&mut []).parse_with_uninit_headers(bytes, &mut fields) {
        Ok(httparse::Status::Complete(length)) => Some(length),
        Ok(httparse::Status::Partial) if bytes.len() < REQUEST_HEAD => None,
        _ => Some(bytes.len()),
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for HeadReader<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.head == Some(0) {
            self.ended = true;
            return Poll::Ready(Ok(()));
        }
        if self.read.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, into);
        }
        let count = self.head.unwrap_or(self.read.len()).min(into.remaining());
        into.put_slice(&self.read[..count]);
        self.read.drain(..count);
        if self.read.is_empty() {
            self.read = Vec::new();
        }
        self.head = self.head.map(|head| head - count);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for HeadReader<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if bytes.starts_with(SWITCHING_PROTOCOLS)
            && let Some(answer) = &mut self.last_answer
        {
            answer.extend_from_slice(bytes);
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    /// A reader that was handed only a head ends its answer, and not the stream.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.head.is_some() {
            return self.poll_flush(cx);
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let Some(first) = slices.first()
            && first.starts_with(SWITCHING_PROTOCOLS)
            && self.last_answer.is_some()
        {
            return self.poll_write(cx, first);
        }
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

impl HeadReader<Box<dyn Stream>> {
    /// The answer after which no HTTP follows, which is still to be written, and what follows.
    pub(super) fn into_upgraded(mut self) -> (Vec<u8>, Box<dyn Stream>) {
        (self.last_answer.take().unwrap_or_default(), self.into_stream())
    }

    /// What follows, whatever it is; the reader itself goes where nothing was read ahead.
    pub(super) fn into_stream(mut self) -> Box<dyn Stream> {
        self.release();
        if self.read.is_empty() { self.stream } else { Box::new(self) }
    }
}

impl Stream for HeadReader<Box<dyn Stream>> {
    fn take_socket(&mut self) -> Option<OwnedWriteHalf> {
        self.stream.take_socket()
    }

    fn poll_writable(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_writable(cx)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;

    const HEAD: &str = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    async fn rest(reader: &mut HeadReader<DuplexStream>) -> String {
        let mut rest = String::new();
        reader.read_to_string(&mut rest).await.unwrap();
        rest
    }

    #[tokio::test]
    async fn heads_are_read_one_by_one_wherever_they_are_cut_and_then_all_else() {
        let all = format!("{HEAD}\r\n{HEAD}what follows");
        for cut in 1..all.len() {
            let (mut theirs, ours) = duplex(4096);
            let mut reader = HeadReader::new(ours);
            let write = async {
                for part in [&all[..cut], &all[cut..]] {
                    theirs.write_all(part.as_bytes()).await.unwrap();
                    tokio::task::yield_now().await;
                }
                drop(theirs);
            };
            let read = async {
                for expected in [HEAD, &format!("\r\n{HEAD}")] {
                    reader.head().await.unwrap();
                    assert!(!reader.is_read_to_the_end());
                    assert_eq!(rest(&mut reader).await, expected, "{cut}");
                    assert!(reader.is_read_to_the_end());
                }
                reader.release();
                assert_eq!(rest(&mut reader).await, "what follows", "{cut}");
            };
            tokio::join!(write, read);
        }
    }

    #[tokio::test]
    async fn who_has_a_head_alone_ends_nothing_but_an_answer() {
        let (mut theirs, ours) = duplex(4096);
        let mut reader = HeadReader::new(ours);
        theirs.write_all(HEAD.as_bytes()).await.unwrap();
        reader.head().await.unwrap();
        for end in [false, true] {
            reader.shutdown().await.unwrap();
            assert_eq!(reader.write_all(b"x").await.is_err(), end);
            reader.release();
        }
    }

    /// `hello` was a write of its own, and woke a client that had nothing to do yet.
    #[tokio::test]
    async fn the_answer_after_which_no_http_follows_waits_for_what_comes_with_it_and_no_other_does() {
        const OTHER: &str = "HTTP/1.1 100 Continue\r\n\r\n";
        let switching = [SWITCHING_PROTOCOLS, b"Switching Protocols\r\n\r\n"].concat();
        let (mut theirs, ours) = duplex(4096);
        let mut reader = HeadReader::new(ours);
        reader.write_all(OTHER.as_bytes()).await.unwrap();
        reader.write_all(&switching).await.unwrap();
        let written = reader.write_vectored(&[IoSlice::new(&switching), IoSlice::new(b"x")]).await.unwrap();
        assert_eq!((written, &reader.last_answer), (switching.len(), &Some(switching.repeat(2))));
        drop(reader);
        let mut all = String::new();
        theirs.read_to_string(&mut all).await.unwrap();
        assert_eq!(all, OTHER);
    }

    #[test]
    fn what_can_become_no_head_is_told_as_soon_as_that_is_known() {
        let long = |bytes: usize| format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(bytes - 19));
        let fields = |count: usize| format!("GET / HTTP/1.1\r\n{}\r\n", "X: x\r\n".repeat(count));
        for (bytes, expected) in [
            ("", None),
            ("\r\n\r\n", None),
            ("GET / HTTP/1.1\r\nHost: x\r\n", None),
            ("GET / HTTP/1.0\n\n", Some(16)),
            ("\r\nGET / HTTP/1.1\r\n\r\nGET", Some(20)),
            ("\u{16}\u{3}\u{1}", Some(3)),
            ("GET / HTTP/9.9\r\n", Some(16)),
            (&long(REQUEST_HEAD - 1), None),
            (&long(REQUEST_HEAD), Some(REQUEST_HEAD)),
            (&fields(FIELDS), Some(16 + 6 * FIELDS + 2)),
            (&fields(FIELDS + 1), Some(16 + 6 * (FIELDS + 1) + 2)),
        ] {
            assert_eq!(length(bytes.as_bytes()), expected, "{bytes}");
        }
    }

    #[tokio::test]
    async fn no_more_is_kept_than_has_come_and_never_more_than_a_head_may_have() {
        let (mut theirs, ours) = duplex(64 * 1024);
        let mut reader = HeadReader::new(ours);
        theirs.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
        let waiting = tokio::time::timeout(std::time::Duration::from_millis(1), reader.head()).await;
        assert!(waiting.is_err() && reader.read.capacity() == 16, "{}", reader.read.capacity());
        theirs.write_all(&vec![b'x'; 40_000]).await.unwrap();
        reader.head().await.unwrap();
        assert_eq!((reader.head, reader.read.capacity()), (Some(REQUEST_HEAD), REQUEST_HEAD));
        assert_eq!(rest(&mut reader).await.len(), REQUEST_HEAD);
        assert_eq!(reader.read.capacity(), 0);
    }
}
