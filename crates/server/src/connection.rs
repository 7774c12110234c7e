//! One WebSocket connection, from `hello` to its close frame.
//!
//! The task reads the client's frames and hands them to the hub, which writes to a plain socket all that waits for it. Where
//! bytes are sealed first, where the system takes no more, and at the end, the task writes. It sleeps in between. A member
//! that reads slowly is still listened to, and a member that sends fast does not keep the others waiting.

use std::future::poll_fn;
use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper_tungstenite::tungstenite::error::ProtocolError;
use hyper_tungstenite::tungstenite::protocol::frame::Frame;
use hyper_tungstenite::tungstenite::protocol::{CloseFrame, Message, WebSocketContext};
use hyper_tungstenite::tungstenite::{Error as SocketError, Utf8Bytes};
use tokio::io::ReadBuf;
use tokio::time::Sleep;

use super::address_limits::{Permit, Place};
use super::head_reader::HeadReader;
use super::hub::{Ending, HubHandle};
use super::stream::Stream;
use super::turns::{Ticket, Turns};
use super::{Options, now};
use sanctuary_wire::{DaemonFrame, End, LargestFrame, Nonce};

mod frames;
mod port;
mod socket;

use port::Port;
pub(super) use socket::linger;
use socket::{KEPT_BUFFER, READ_BUFFER};

/// Messages that are read in one turn, before other connections get theirs.
const MESSAGES_A_TURN: usize = 32;

/// How long a connection that ends may take to accept its last frames.
const FAREWELL: Duration = Duration::from_secs(2);

/// The close code for a message that is too big to read (RFC 6455, 7.4.1).
const TOO_BIG: u16 = 1009;

/// The client of a connection, as far as anything about it is kept.
pub(super) struct Client {
    pub(super) permit: Permit,
    /// Its address is one of those that may create rooms.
    pub(super) is_creator: bool,
}

/// A connection that is a WebSocket from now on.
pub(super) struct Upgraded {
    pub(super) hub: HubHandle,
    pub(super) nonce: Nonce,
    pub(super) client: Client,
}

/// Serves one connection until it is closed.
pub(super) fn serve(
    stream: HeadReader<Box<dyn Stream>>,
    upgraded: Upgraded,
    options: Arc<Options>,
    turns: Arc<Turns>,
) -> impl Future<Output = ()> + Send + use<> {
    let mut connection = Connection::new(stream, upgraded, options, turns);
    async move {
        poll_fn(|cx| {
            ready!(connection.poll(cx));
            // A client that has ended its own direction may listen still.
            connection.port.write_last(cx);
            Poll::Ready(())
        })
        .await;
        let Connection { port, socket, client, ticket, is_over_there, .. } = connection;
        // The hub is told first, so that nobody waits for the other side's TCP, and no message that is not whole takes memory.
        let stream = port.into_inner();
        drop(socket);
        if !is_over_there {
            // Only the end needs this. It is boxed, so that the task of a member who stays for hours does not hold it.
            Box::pin(async move {
                Arc::clone(ticket.turns()).pace(linger(stream)).await;
                drop(client);
            })
            .await;
        }
    }
}

enum Stage {
    /// The client has had its `hello`, and is to create, enter or resume.
    Greeted,
    /// In a room. `quiet`: nothing has come since the last ping; `waits`: something waited then.
    Joined { quiet: bool, waits: bool },
    /// The last frames are being sent, and then the close frame with this code, if the client has not closed.
    Ending { code: u16, closed: bool },
}

struct Connection {
    port: Port,
    /// The WebSocket, with its buffers. A member that is merely there has none between two messages.
    socket: Option<Box<WebSocketContext>>,
    nonce: Nonce,
    client: Client,
    options: Arc<Options>,
    /// It waits as long as it is a stranger's.
    ticket: Ticket,
    stage: Stage,
    /// The place of its seat, if it has one.
    place: Weak<Place>,
    /// The end of the handshake, the time of the next ping, or the end of the farewell.
    timer: Pin<Box<Sleep>>,
    /// Bytes of an incoming message, as the hub was told.
    incoming: usize,
    /// Frames that the system does not take at once are not waited for.
    cut: bool,
    /// It has said something since the last ping.
    talks: bool,
    /// The client has closed its WebSocket, or its direction of the stream: nothing more can come.
    is_over_there: bool,
}

impl Connection {
    fn new(
        stream: HeadReader<Box<dyn Stream>>,
        upgraded: Upgraded,
        options: Arc<Options>,
        turns: Arc<Turns>,
    ) -> Self {
        let Upgraded { hub, nonce, client } = upgraded;
        let (answer, mut stream) = stream.into_upgraded();
        if let Some(socket) = stream.take_socket() {
            hub.write_to(socket);
        }
        let hello = DaemonFrame::Hello {
            nonce: nonce.clone(),
            largest_frame: LargestFrame::nearest(options.largest_frame),
            // With each ping something is sent, which may be late by half as long.
            silence_ms: u64::try_from(options.ping.as_millis()).unwrap_or(u64::MAX / 3) * 3 / 2,
        };
        hub.greet(answer, &hello);
        Self {
            port: Port::new(stream, hub),
            socket: None,
            nonce,
            client,
            stage: Stage::Greeted,
            place: Weak::new(),
            timer: Box::pin(tokio::time::sleep(options.handshake)),
            options,
            ticket: Ticket::new(turns),
            incoming: 0,
            cut: false,
            talks: false,
            is_over_there: false,
        }
    }

    /// Ready when the connection is over: nothing more is to be read or written.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        // Before its turn, for the hub may end it while it waits.
        self.port.hub().wakes(cx.waker());
        self.notice_ending();
        if matches!(self.stage, Stage::Greeted) {
            ready!(self.ticket.poll(cx));
        }
        if self.poll_timer(cx).is_ready() {
            return Poll::Ready(());
        }
        let read = self.poll_read(cx);
        // A message that announces more than it may have will be refused.
        let incoming = self.port.scanner().partial().min(self.options.largest_frame);
        if incoming != self.incoming {
            self.incoming = incoming;
            self.port.hub().coming_in(incoming);
            self.notice_ending();
        }
        let is_over = read.is_ready() || self.cut && self.port.hub().is_begun();
        if is_over || self.poll_write(cx).is_ready() || self.cut {
            return Poll::Ready(());
        }
        Poll::Pending
    }

    /// Ready when the time is over.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.timer.as_mut().poll(cx).is_ready() {
            match self.stage {
                // Nothing has come since the last ping: the connection is broken.
                Stage::Joined { quiet: true, .. } | Stage::Ending { .. } => return Poll::Ready(()),
                // It has said nothing in time, unless that has waited for its turn.
                Stage::Greeted => {
                    if self.poll_read(cx).is_ready() {
                        return Poll::Ready(());
                    }
                    if matches!(self.stage, Stage::Greeted) {
                        self.end(End::TooSlow, End::TooSlow.close_code());
                    }
                }
                // It takes nothing, whatever it says.
                Stage::Joined { waits: true, .. } if !self.port.hub().has_taken() => {
                    self.end(End::TooSlow, End::TooSlow.close_code());
                }
                Stage::Joined { .. } => {
                    self.stage = Stage::Joined { quiet: true, waits: self.port.hub().begins_to_wait() };
                    self.set_timer(self.options.ping);
                    // Browsers tell pages nothing of pings.
                    self.port.hub().tell(&DaemonFrame::Alive);
                    self.port.control(Frame::ping(Bytes::new()));
                    self.talks = false;
                }
            }
            self.notice_ending();
        }
        Poll::Pending
    }

    /// Ready when the connection broke.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        for _ in 0..MESSAGES_A_TURN {
            if matches!(self.stage, Stage::Ending { .. }) {
                return Poll::Pending;
            }
            let message = self.poll_message(cx);
            self.pay_for_fragments();
            if message.is_pending() {
                self.release_buffers();
            }
            let message = ready!(message);
            if matches!(self.stage, Stage::Ending { .. }) {
                return Poll::Pending;
            }
            if let Stage::Joined { quiet, .. } = &mut self.stage {
                *quiet = false;
            }
            match message {
                Ok(Message::Binary(bytes)) => {
                    self.talks = matches!(self.stage, Stage::Joined { .. });
                    self.hear(&bytes);
                }
                // These count as frames. An honest client sends one for each of our pings.
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {
                    self.is_within_limits(now(), 1, None);
                }
                Ok(Message::Close(_)) => {
                    self.is_over_there = true;
                    self.port.hub().closed();
                    self.answer_close(cx);
                }
                Err(SocketError::Capacity(_)) => self.end(End::Malformed, TOO_BIG),
                Err(SocketError::Io(_)) if self.port.is_misread() => {
                    self.end(End::Malformed, End::Malformed.close_code());
                }
                Err(
                    SocketError::ConnectionClosed
                    | SocketError::AlreadyClosed
                    | SocketError::Io(_)
                    | SocketError::Protocol(ProtocolError::ResetWithoutClosingHandshake),
                ) => {
                    self.is_over_there = true;
                    return Poll::Ready(());
                }
                // This is text, or no WebSocket frame at all.
                Ok(Message::Text(_)) | Err(_) => self.end(End::Malformed, End::Malformed.close_code()),
            }
            self.notice_ending();
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// The next message. Where nothing comes, there is no WebSocket with its buffers.
    fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Result<Message, SocketError>> {
        if self.socket.is_none() {
            let mut bytes = [MaybeUninit::uninit(); READ_BUFFER];
            let mut bytes = ReadBuf::uninit(&mut bytes);
            ready!(self.port.poll_read(cx, &mut bytes))?;
            if bytes.filled().is_empty() {
                return Poll::Ready(Err(SocketError::ConnectionClosed));
            }
            self.socket = Some(socket::after(bytes.filled(), self.options.largest_frame));
        }
        let Some(socket) = &mut self.socket else { return Poll::Pending };
        match socket.read(&mut self.port.with(cx)) {
            Err(SocketError::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
            message => Poll::Ready(message),
        }
    }

    /// Gives the WebSocket's buffers back between two messages, if they have grown large, or if the client does not say
    /// much.
    fn release_buffers(&mut self) {
        let is_large = self.port.scanner().largest() > KEPT_BUFFER as u64;
        if self.port.scanner().is_between() && (is_large || !self.talks) {
            self.port.scanner().forget_largest();
            self.socket = None;
        }
    }

    /// tungstenite has an answer to a close frame.
    fn answer_close(&mut self, cx: &mut Context<'_>) {
        if let Some(socket) = &mut self.socket {
            // If too many control frames wait for this client, it gets no answer.
            let _ = socket.flush(&mut self.port.with(cx));
        }
    }

    /// Ready when the close frame has been written, or when writing fails.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Stage::Ending { code, closed: closed @ false } = &mut self.stage {
            *closed = true;
            if !self.is_over_there {
                let reason = Utf8Bytes::default();
                self.port.control(Frame::close(Some(CloseFrame { code: (*code).into(), reason })));
            }
        }
        let out = ready!(self.port.poll_out(cx));
        if out.is_err() || matches!(self.stage, Stage::Ending { .. }) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }

    fn end(&mut self, end: End, code: u16) {
        self.port.hub().end(end, code);
        self.notice_ending();
    }

    /// Looks whether the connection is to end. Then nothing more is read from it, and its last
    /// frames have little time.
    fn notice_ending(&mut self) {
        let Some(Ending { code, cut }) = self.port.hub().ending() else { return };
        if !matches!(self.stage, Stage::Ending { .. }) {
            self.stage = Stage::Ending { code, closed: false };
            self.ticket.give_up();
            self.set_timer(FAREWELL);
        }
        self.cut = cut;
    }

    fn set_timer(&mut self, after: Duration) {
        self.timer.as_mut().reset(tokio::time::Instant::now() + after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_takes_little_more_than_the_connection_that_it_serves() {
        fn task<A, B, C, D, Task>(_: impl FnOnce(A, B, C, D) -> Task) -> usize {
            size_of::<Task>()
        }
        assert!(task(serve) < size_of::<Connection>() + 256, "{} bytes", task(serve));
    }
}
