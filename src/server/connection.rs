//! One WebSocket connection, from `hello` to its close frame.
//!
//! The task reads the client's frames, hands them to the hub, and writes all that waits in the
//! outbox at once. It sleeps in between. A member that reads slowly is still listened to, and a
//! member that sends fast does not keep the others waiting.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Sink, Stream as _};
use hyper_tungstenite::tungstenite::error::ProtocolError;
use hyper_tungstenite::tungstenite::protocol::{CloseFrame, Message};
use hyper_tungstenite::tungstenite::{Error as SocketError, Utf8Bytes};
use tokio::time::Sleep;

use super::address_limits::{Permit, Place};
use super::hub::{Ending, HubHandle};
use super::stream::Stream as _;
use super::{Options, now};
use sanctuary_wire::{DaemonFrame, End, LargestFrame, Nonce};

mod frames;
mod port;
mod socket;

use port::Port;
pub(super) use socket::linger;
use socket::{KEPT_BUFFER, Socket, Stream};

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
pub(super) async fn serve(mut stream: Stream, upgraded: Upgraded, options: Arc<Options>) {
    // Only the beginning and the end need these parts. They are boxed, so that the task of a member
    // who stays for hours does not hold them.
    let begin = Box::pin(async move {
        if let Some(socket) = stream.take_socket() {
            upgraded.hub.write_to(socket);
        }
        let socket = socket::over(Port::new(stream, upgraded.hub.line()), &options).await;
        Connection::new(socket, upgraded, options)
    });
    let mut connection = begin.await;
    while poll_fn(|cx| connection.poll(cx)).await == Turn::Rebuild {
        connection.socket = Box::pin(socket::over(connection.socket.into_inner(), &connection.options)).await;
    }
    let Connection { socket, hub, .. } = connection;
    // The hub is told first, so that nobody waits for the other side's TCP.
    drop(hub);
    Box::pin(linger(socket.into_inner().into_inner())).await;
}

/// Why a connection is not polled any more.
#[derive(PartialEq, Eq)]
enum Turn {
    /// The connection is over: nothing more is to be read or written.
    Over,
    /// The socket's buffer has grown large and is empty: the socket is made anew with a small one.
    Rebuild,
}

enum Stage {
    /// The client has had its `hello`, and is to create, enter or resume.
    Greeted,
    /// In a room. `quiet`: nothing has come since the last ping; `waits`: something waited then.
    Joined { quiet: bool, waits: bool },
    /// The last frames are being sent, and then the close frame with this code.
    Ending { code: u16, closed: bool },
}

struct Connection {
    socket: Socket,
    hub: HubHandle,
    nonce: Nonce,
    client: Client,
    options: Arc<Options>,
    stage: Stage,
    /// The place of its seat, if it has one.
    place: Weak<Place>,
    /// The end of the handshake, the time of the next ping, or the end of the farewell.
    timer: Pin<Box<Sleep>>,
    /// Frames that the system does not take at once are not waited for.
    cut: bool,
    /// Bytes of an incoming message, as the hub was told.
    incoming: usize,
    /// A control frame may still be in the WebSocket, and not in the queue.
    unflushed: bool,
    /// Every whole message has been taken out of the socket's buffer.
    drained: bool,
}

impl Connection {
    fn new(socket: Socket, upgraded: Upgraded, options: Arc<Options>) -> Self {
        let Upgraded { hub, nonce, client } = upgraded;
        hub.tell(&DaemonFrame::Hello {
            nonce: nonce.clone(),
            largest_frame: LargestFrame::nearest(options.largest_frame),
            // With each ping something is sent, which may be late by half as long.
            silence_ms: u64::try_from(options.ping.as_millis()).unwrap_or(u64::MAX / 3) * 3 / 2,
        });
        Self {
            socket,
            hub,
            nonce,
            client,
            stage: Stage::Greeted,
            place: Weak::new(),
            timer: Box::pin(tokio::time::sleep(options.handshake)),
            options,
            cut: false,
            incoming: 0,
            unflushed: false,
            drained: false,
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Turn> {
        self.hub.wakes(cx.waker());
        self.notice_ending();
        if self.poll_timer(cx).is_ready() {
            return Poll::Ready(Turn::Over);
        }
        let read = self.poll_read(cx);
        // A message that announces more than it may have will be refused.
        let incoming = self.socket.get_mut().scanner().partial().min(self.options.largest_frame);
        if incoming != self.incoming {
            self.incoming = incoming;
            self.hub.coming_in(incoming);
            self.notice_ending();
        }
        let is_over = read.is_ready() || self.cut && self.hub.is_begun();
        if is_over || self.poll_write(cx).is_ready() || self.cut {
            return Poll::Ready(Turn::Over);
        }
        if self.is_grown() { Poll::Ready(Turn::Rebuild) } else { Poll::Pending }
    }

    /// Ready when the time is over.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.timer.as_mut().poll(cx).is_ready() {
            match self.stage {
                // Nothing has come since the last ping: the connection is broken.
                Stage::Joined { quiet: true, .. } | Stage::Ending { .. } => return Poll::Ready(()),
                // It says nothing yet, or takes nothing, whatever it says.
                Stage::Greeted => self.end(End::TooSlow, End::TooSlow.close_code()),
                Stage::Joined { waits: true, .. } if !self.hub.has_taken() => {
                    self.end(End::TooSlow, End::TooSlow.close_code());
                }
                Stage::Joined { .. } => {
                    self.stage = Stage::Joined { quiet: true, waits: self.hub.begins_to_wait() };
                    self.set_timer(self.options.ping);
                    // Browsers tell pages nothing of pings.
                    self.hub.tell(&DaemonFrame::Alive);
                    if self.send(Message::Ping(Bytes::new())).is_err() {
                        return Poll::Ready(());
                    }
                }
            }
        }
        Poll::Pending
    }

    /// Ready when the connection broke.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.drained = false;
        for _ in 0..MESSAGES_A_TURN {
            if matches!(self.stage, Stage::Ending { .. }) {
                return Poll::Pending;
            }
            let message = Pin::new(&mut self.socket).poll_next(cx);
            self.pay_for_fragments();
            self.drained = message.is_pending();
            let message = ready!(message);
            if matches!(self.stage, Stage::Ending { .. }) {
                return Poll::Pending;
            }
            if let Stage::Joined { quiet, .. } = &mut self.stage {
                *quiet = false;
            }
            match message {
                Some(Ok(Message::Binary(bytes))) => self.hear(&bytes),
                // These count as frames. An honest client sends one for each of our pings.
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {
                    self.is_within_limits(now(), 1, None);
                }
                Some(Ok(Message::Close(_))) => self.hub.closed(),
                Some(Err(SocketError::Capacity(_))) => self.end(End::Malformed, TOO_BIG),
                Some(Err(SocketError::Io(_))) if self.socket.get_ref().is_misread() => {
                    self.end(End::Malformed, End::Malformed.close_code());
                }
                None
                | Some(Err(
                    SocketError::Io(_) | SocketError::Protocol(ProtocolError::ResetWithoutClosingHandshake),
                )) => return Poll::Ready(()),
                // This is text, or no WebSocket frame at all.
                Some(Ok(Message::Text(_)) | Err(_)) => self.end(End::Malformed, End::Malformed.close_code()),
            }
            self.notice_ending();
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// Whether the read buffer has grown large and is empty, as it is between two messages once it
    /// is drained, and the socket has nothing of its own left to write.
    fn is_grown(&mut self) -> bool {
        let goes_on = self.drained && !self.unflushed && !matches!(self.stage, Stage::Ending { .. });
        goes_on && self.socket.get_mut().scanner().take_grown(KEPT_BUFFER)
    }

    /// Ready when the close frame has been written, or when writing fails.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Stage::Ending { code, closed: closed @ false } = &mut self.stage {
            *closed = true;
            let close = CloseFrame { code: (*code).into(), reason: Utf8Bytes::default() };
            // This fails if the client has closed first; tungstenite answers that by itself.
            let _ = self.send(Message::Close(Some(close)));
        }
        loop {
            // This waits where too many control frames do.
            if self.unflushed {
                match Pin::new(&mut self.socket).poll_flush(cx) {
                    Poll::Ready(Ok(())) => self.unflushed = false,
                    Poll::Ready(Err(_)) => return Poll::Ready(()),
                    Poll::Pending => {}
                }
            }
            if ready!(self.socket.get_mut().poll_out(cx)).is_err() {
                return Poll::Ready(());
            }
            match self.stage {
                Stage::Ending { .. } if self.unflushed => {}
                Stage::Ending { .. } => return Poll::Ready(()),
                _ => return Poll::Pending,
            }
        }
    }

    fn send(&mut self, message: Message) -> Result<(), SocketError> {
        self.unflushed = true;
        Pin::new(&mut self.socket).start_send(message)
    }

    fn end(&mut self, end: End, code: u16) {
        self.hub.end(end, code);
        self.notice_ending();
    }

    /// Looks whether the connection is to end. Then nothing more is read from it, and its last
    /// frames have little time.
    fn notice_ending(&mut self) {
        let Some(Ending { code, cut }) = self.hub.ending() else { return };
        if !matches!(self.stage, Stage::Ending { .. }) {
            self.stage = Stage::Ending { code, closed: false };
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
        fn task<A, B, C, Task>(_: impl FnOnce(A, B, C) -> Task) -> usize {
            size_of::<Task>()
        }
        assert!(task(serve) < size_of::<Connection>() + 256, "{} bytes", task(serve));
    }
}
