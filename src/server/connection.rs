//! One WebSocket connection, from `hello` to its close frame.
//!
//! The task reads what the client says, hands it to the hub, and writes what waits in its outbox, all of it at
//! once. It sleeps in between. A member that reads slowly is still listened to; a member that sends fast does
//! not keep the others from their turn.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::{Sink, Stream as _};
use hyper_tungstenite::WebSocketStream;
use hyper_tungstenite::tungstenite::error::ProtocolError;
use hyper_tungstenite::tungstenite::protocol::{CloseFrame, Message, Role, WebSocketConfig};
use hyper_tungstenite::tungstenite::{Error as SocketError, Utf8Bytes};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Sleep;

use super::address_limits::Permit;
use super::head_reader::HeadReader;
use super::hub::{Ending, HubHandle};
use super::rate::TokenBucket;
use super::write_queue::WriteQueue;
use super::{Options, Stream as AnyStream, now};
use crate::room::Event;
use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, End, Nonce, Refusal, WireError};

/// Bytes read from a socket at once. tungstenite allocates them for each connection, so that its default of
/// 128 KiB would cost an idle member twenty times as much as all the rest.
const READ_BUFFER: usize = 1024;

/// Bytes of the largest frame after which that buffer, which grows to hold a whole one, is still kept.
const KEPT_BUFFER: usize = 4 * READ_BUFFER;

/// Bytes of the control frames that wait at the most for a client that does not read; no answer to a further
/// ping is added to them.
const CONTROL_FRAMES: usize = 1024;

/// Messages read in one turn, before others get theirs.
const MESSAGES_A_TURN: usize = 32;

/// How many more frames may be dropped as too fast than are taken before their sender is flooding.
const DENIALS: u32 = 32;

/// How long a connection that ends may take to accept its last frames.
const FAREWELL: Duration = Duration::from_secs(2);

/// How long, and for how many bytes, a closed connection is read on, so that the system does not answer what
/// is still under way with a reset, which would destroy our last frames.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: u64 = 256 * 1024;

/// The close code for a message that is too big to read (RFC 6455, 7.4.1).
const TOO_BIG: u16 = 1009;

type Stream = HeadReader<Box<dyn AnyStream>>;
type Socket = WebSocketStream<WriteQueue<Stream>>;

/// How WebSockets are read here, and control frames written; all others go to the queue by themselves.
fn socket_config(largest_frame: usize) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(CONTROL_FRAMES)
        .max_message_size(Some(largest_frame))
        .max_frame_size(Some(largest_frame))
}

/// Whose connection it is, as far as anything of that is kept.
pub(super) struct Client {
    pub(super) permit: Permit,
    /// It comes from where rooms may be opened from.
    pub(super) is_creator: bool,
}

/// Who has a WebSocket from now on.
pub(super) struct Upgraded {
    pub(super) hub: HubHandle,
    pub(super) nonce: Nonce,
    pub(super) client: Client,
}

/// Serves one connection until it is closed.
pub(super) async fn serve(stream: Stream, upgraded: Upgraded, options: Arc<Options>) {
    // What only the beginning and the end need is boxed, so that it takes no room in the task of who stays for hours.
    let begin = Box::pin(async move {
        let socket = socket(WriteQueue::new(stream), &options).await;
        Connection::new(socket, upgraded, options)
    });
    let mut connection = begin.await;
    while poll_fn(|cx| connection.poll(cx)).await == Turn::Anew {
        connection.socket = Box::pin(socket(connection.socket.into_inner(), &connection.options)).await;
    }
    let Connection { socket, hub, .. } = connection;
    // The seat is settled before the socket is: nobody waits for the other side's TCP.
    drop(hub);
    Box::pin(linger(socket.into_inner().into_inner())).await;
}

async fn socket(queue: WriteQueue<Stream>, options: &Options) -> Socket {
    let config = socket_config(options.largest_frame);
    WebSocketStream::from_raw_socket(queue, Role::Server, Some(config)).await
}

/// Ends what goes out, and reads on until the other side has ended, too.
pub(super) async fn linger(mut stream: Stream) {
    let drain = async {
        stream.shutdown().await?;
        tokio::io::copy(&mut stream.take(LINGER_BYTES), &mut tokio::io::sink()).await
    };
    let _ = tokio::time::timeout(LINGER, drain).await;
}

/// Why a member's task does not wait any more.
#[derive(PartialEq, Eq)]
enum Turn {
    /// Nothing more is to be read or written.
    Over,
    /// The socket's buffer has become large, and there is nothing in it: it is to have another.
    Anew,
}

enum Stage {
    /// Greeted, and expected to open, enter or resume.
    Greeted,
    /// In a room. `quiet` since the last ping.
    Joined { quiet: bool },
    /// The last frames are on their way, then the close frame with this code.
    Ending { code: u16, closed: bool },
}

struct Connection {
    socket: Socket,
    hub: HubHandle,
    nonce: Nonce,
    client: Client,
    options: Arc<Options>,
    stage: Stage,
    /// The handshake's end, the next ping, or the end of the farewell.
    timer: Pin<Box<Sleep>>,
    ration: TokenBucket,
    denials: u32,
    /// What is not taken at once is not waited for.
    cut: bool,
    /// Bytes of a message that comes in, as the hub knows it.
    incoming: usize,
    /// A control frame may not have reached the queue yet.
    unflushed: bool,
    /// All messages that have come in whole have been taken out of the socket's buffer.
    drained: bool,
}

impl Connection {
    fn new(socket: Socket, upgraded: Upgraded, options: Arc<Options>) -> Self {
        let Upgraded { hub, nonce, client } = upgraded;
        hub.tell(&DaemonFrame::Hello { nonce: nonce.clone(), largest_frame: options.largest_frame as u64 });
        Self {
            socket,
            hub,
            nonce,
            client,
            stage: Stage::Greeted,
            timer: Box::pin(tokio::time::sleep(options.handshake)),
            options,
            ration: TokenBucket::full(now()),
            denials: 0,
            cut: false,
            incoming: 0,
            unflushed: false,
            drained: false,
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Turn> {
        self.notice_ending();
        if self.poll_timer(cx).is_ready() {
            return Poll::Ready(Turn::Over);
        }
        let read = self.poll_read(cx);
        // What announces more than a message may have is refused.
        let incoming = self.socket.get_mut().scanner().partial().min(self.options.largest_frame);
        if incoming != self.incoming {
            self.incoming = incoming;
            self.hub.coming_in(incoming);
            self.notice_ending();
        }
        let is_over = read.is_ready() || self.cut && self.socket.get_ref().is_begun();
        if is_over || self.poll_write(cx).is_ready() || self.cut {
            return Poll::Ready(Turn::Over);
        }
        if self.is_grown() { Poll::Ready(Turn::Anew) } else { Poll::Pending }
    }

    /// Ready when time has run out.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.timer.as_mut().poll(cx).is_ready() {
            match self.stage {
                Stage::Greeted => self.end(End::TooSlow, End::TooSlow.close_code()),
                // Neither an answer to the ping nor anything else: the connection is broken.
                Stage::Joined { quiet: true } | Stage::Ending { .. } => return Poll::Ready(()),
                Stage::Joined { quiet: false } => {
                    self.stage = Stage::Joined { quiet: true };
                    self.set_timer(self.options.ping);
                    if Pin::new(&mut self.socket).start_send(Message::Ping(Bytes::new())).is_err() {
                        return Poll::Ready(());
                    }
                    self.unflushed = true;
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
            if let Stage::Joined { quiet } = &mut self.stage {
                *quiet = false;
            }
            match message {
                Some(Ok(Message::Binary(bytes))) => self.hear(&bytes),
                // An honest client sends one for each of our pings.
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {
                    self.is_in_ration(now(), None);
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
                // Not binary, or no WebSocket frame at all.
                Some(Ok(Message::Text(_)) | Err(_)) => self.end(End::Malformed, End::Malformed.close_code()),
            }
            self.notice_ending();
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// Whether the buffer that is read into is large for what it holds, which between two messages is nothing once it is
    /// drained; nor does anything wait that the socket has written by itself.
    fn is_grown(&mut self) -> bool {
        let goes_on = self.drained && !self.unflushed && !matches!(self.stage, Stage::Ending { .. });
        let queue = self.socket.get_mut();
        goes_on && queue.frames().is_empty() && queue.scanner().take_grown(KEPT_BUFFER)
    }

    /// Ready when the close frame has been written, or nothing can be written any more.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let queue = self.socket.get_mut();
            if queue.frames().is_empty() {
                self.hub.take(cx.waker(), queue.frames());
                if queue.frames().is_empty() {
                    break;
                }
            }
            let out = queue.poll_out(cx);
            self.hub.released(queue.take_released());
            if ready!(out).is_err() {
                return Poll::Ready(());
            }
        }
        if let Stage::Ending { code, closed: closed @ false } = &mut self.stage {
            *closed = true;
            let close = CloseFrame { code: (*code).into(), reason: Utf8Bytes::default() };
            // Refused when the client has closed first; tungstenite answers that by itself.
            let _ = self.send(Message::Close(Some(close)));
        }
        if self.unflushed {
            if ready!(Pin::new(&mut self.socket).poll_flush(cx)).is_err() {
                return Poll::Ready(());
            }
            self.unflushed = false;
        }
        // Answers to pings and to a close frame are put there while reading.
        if ready!(self.socket.get_mut().poll_out(cx)).is_err() {
            return Poll::Ready(());
        }
        if matches!(self.stage, Stage::Ending { .. }) { Poll::Ready(()) } else { Poll::Pending }
    }

    fn send(&mut self, message: Message) -> Result<(), SocketError> {
        self.unflushed = true;
        Pin::new(&mut self.socket).start_send(message)
    }

    /// Takes one message of the client's.
    fn hear(&mut self, bytes: &[u8]) {
        let now = now();
        let frame = ClientFrame::decode(bytes);
        if matches!(self.stage, Stage::Greeted) {
            return self.first_frame(now, frame);
        }
        match frame {
            Err(_) => self.end(End::Malformed, End::Malformed.close_code()),
            Ok(frame) => {
                if frame == ClientFrame::Exit || self.is_in_ration(now, Some(frame.kind())) {
                    self.hub.event(Event::Frame(frame));
                }
            }
        }
    }

    fn first_frame(&mut self, now: Instant, frame: Result<ClientFrame<'_>, WireError>) {
        let Ok(frame) = frame else { return self.hub.refuse(Refusal::Malformed) };
        if let Err(why) = self.check_limits(now, &frame) {
            return self.hub.refuse(why);
        }
        if self.hub.request_entry(frame, &self.nonce) {
            self.stage = Stage::Joined { quiet: false };
            self.set_timer(self.options.ping);
        }
    }

    /// Whether the rations allow it, and of who would open a room, the host. Rooms are not asked before: who may open
    /// none is not told which there are.
    fn check_limits(&self, now: Instant, frame: &ClientFrame<'_>) -> Result<(), Refusal> {
        let Client { permit, is_creator } = &self.client;
        permit.try_entry(now).map_err(|_| Refusal::Busy)?;
        if let ClientFrame::Create { code, .. } = frame {
            self.options.creators.check(*is_creator, code.as_deref())?;
            permit.open_room(now).map_err(|_| Refusal::Busy)?;
        }
        Ok(())
    }

    /// Fragments count as frames do, also those of a message that never ends.
    fn pay_for_fragments(&mut self) {
        let now = now();
        for _ in 0..self.socket.get_mut().scanner().take_fragments() {
            if !matches!(self.stage, Stage::Ending { .. }) {
                self.is_in_ration(now, None);
            }
        }
    }

    /// Whether one more frame is within the member's and its address's ration. One that is not is denied;
    /// who goes on regardless is flooding.
    fn is_in_ration(&mut self, now: Instant, kind: Option<u8>) -> bool {
        let Err(wait) =
            self.ration.take(now, self.options.frames).and_then(|()| self.client.permit.send_frame(now))
        else {
            self.denials = self.denials.saturating_sub(1);
            return true;
        };
        self.denials += 1;
        if self.denials > DENIALS {
            self.end(End::Flooding, End::Flooding.close_code());
        } else if let Some(frame) = kind {
            let retry_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
            self.hub.tell(&DaemonFrame::Denied { frame, why: Denial::TooFast, retry_ms });
        }
        false
    }

    fn end(&mut self, end: End, code: u16) {
        self.hub.end(end, code);
        self.notice_ending();
    }

    /// Once the connection is to end, nothing more is read from it, and its last frames have little time.
    fn notice_ending(&mut self) {
        let Some(Ending { code, cut }) = self.hub.ending() else { return };
        let is_new = !matches!(self.stage, Stage::Ending { .. });
        if is_new && code == End::TooSlow.close_code() || cut && !self.cut {
            let queue = self.socket.get_mut();
            queue.clear();
            self.hub.released(queue.take_released());
        }
        if is_new {
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
