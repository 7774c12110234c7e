//! The connection to the daemon: a WebSocket, over TLS or not, straight or through a proxy, made again when it breaks.

mod address;
mod dial;
mod local;
mod pause;
mod proxy;
mod tls;

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use sanctuary_wire::SUBPROTOCOL;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::{Message, WebSocketConfig};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

pub use address::{Address, AddressError};
pub use dial::{Carrier, Dialler, LineError};
pub use pause::{STEADY, pause};
pub use proxy::{Proxy, ProxyError};
pub use tls::{Trust, TrustError};

/// Time to the daemon's first frame, and from there to its second, by which it lets in or refuses.
const OPEN_WITHIN: Duration = Duration::from_secs(10);

/// Time in which a connection that is closed takes what was still to be sent.
const CLOSE_WITHIN: Duration = Duration::from_secs(2);

/// Bytes of the largest frame that is taken: a `welcome` of 10 000 members.
const FRAME_MOST: usize = 8 * 1024 * 1024;

/// Frames that have come and wait to be handed on; while there are as many, no more is read.
const FRAMES_HEARD: usize = 16;

/// Frames that wait to be sent; a connection that takes no more is lost.
const FRAMES_WAITING: usize = 1024;

/// One connection, or a try at one.
#[derive(Debug)]
pub struct Line {
    frames: mpsc::Receiver<Vec<u8>>,
    to_send: Option<mpsc::Sender<Vec<u8>>>,
    task: tokio::task::JoinHandle<Result<(), LineError>>,
}

impl Line {
    /// Begins to connect.
    #[must_use]
    pub fn open(dialler: &Dialler, shard: &str) -> Self {
        let (deliver, frames) = mpsc::channel(FRAMES_HEARD);
        let (to_send, sending) = mpsc::channel(FRAMES_WAITING);
        let (dialler, path) = (dialler.clone(), dialler.address().path(&format!("ws/{shard}")));
        let task = tokio::spawn(async move { run(&dialler, &path, &deliver, sending).await });
        Self { frames, to_send: Some(to_send), task }
    }

    /// The next frame, or nothing once the connection is gone. A message that is no frame is an empty one.
    pub async fn next(&mut self) -> Option<Vec<u8>> {
        self.frames.recv().await
    }

    /// Why there was no connection, or is none any more, once [`Line::next`] has given nothing.
    pub async fn end(&mut self) -> Result<(), LineError> {
        (&mut self.task).await.unwrap_or(Ok(()))
    }

    /// Sends a frame. Returns whether the connection takes it.
    #[must_use]
    pub fn send(&self, frame: Vec<u8>) -> bool {
        self.to_send.as_ref().is_some_and(|to_send| to_send.try_send(frame).is_ok())
    }

    /// Closes it once all is sent, and waits for that, but not for long.
    pub async fn close(mut self) {
        self.to_send = None;
        // Frames that still come are passed over, so that they stop nothing that is to be sent.
        let passing = async { while self.frames.recv().await.is_some() {} };
        let _ = tokio::time::timeout(CLOSE_WITHIN, passing).await;
    }
}

impl Drop for Line {
    /// It is abandoned without a word, for that would give the seat up.
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run(
    dialler: &Dialler,
    path: &str,
    deliver: &mpsc::Sender<Vec<u8>>,
    sending: mpsc::Receiver<Vec<u8>>,
) -> Result<(), LineError> {
    let open_by = Instant::now() + OPEN_WITHIN;
    let opening = timeout_at(open_by, async { upgrade(dialler, path, dialler.dial().await?).await });
    let socket = opening.await.map_err(|_| LineError::Silent)??;
    pump(socket, deliver, sending, open_by).await
}

async fn upgrade(
    dialler: &Dialler,
    path: &str,
    carrier: Box<dyn Carrier>,
) -> Result<WebSocketStream<Box<dyn Carrier>>, LineError> {
    let address = format!("ws://{}{path}", dialler.address().authority());
    let mut request = address.into_client_request().map_err(LineError::WebSocket)?;
    request.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_static(SUBPROTOCOL));
    let config = WebSocketConfig::default()
        .max_message_size(Some(FRAME_MOST))
        .max_frame_size(Some(FRAME_MOST))
        .max_write_buffer_size(FRAME_MOST);
    let (socket, _) =
        client_async_with_config(request, carrier, Some(config)).await.map_err(LineError::WebSocket)?;
    Ok(socket)
}

/// Carries frames both ways until either side ends it.
async fn pump(
    mut socket: WebSocketStream<Box<dyn Carrier>>,
    deliver: &mpsc::Sender<Vec<u8>>,
    mut sending: mpsc::Receiver<Vec<u8>>,
    open_by: Instant,
) -> Result<(), LineError> {
    let (mut by, mut heard) = (Some(open_by), 0);
    loop {
        let silence = async {
            match by {
                Some(by) => tokio::time::sleep_until(by).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            message = socket.next() => {
                let frame: Vec<u8> = match message {
                    Some(Ok(Message::Binary(frame))) => frame.into(),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    // A text message is no frame; an empty one is none either, and is refused as such.
                    Some(Ok(Message::Text(_) | Message::Frame(_))) => vec![],
                    Some(Ok(Message::Close(_))) | None => return Ok(()),
                    Some(Err(error)) => return Err(LineError::WebSocket(error)),
                };
                heard += 1;
                by = (heard < 2).then(|| Instant::now() + OPEN_WITHIN);
                if deliver.send(frame).await.is_err() {
                    return Ok(());
                }
            }
            frame = sending.recv() => {
                let Some(frame) = frame else { return close(socket).await };
                socket.send(Message::Binary(frame.into())).await.map_err(LineError::WebSocket)?;
            }
            () = silence => return Err(LineError::Silent),
        }
    }
}

/// Says that it ends, and waits until the daemon has heard it.
async fn close(mut socket: WebSocketStream<Box<dyn Carrier>>) -> Result<(), LineError> {
    let _ = socket.close(None).await;
    while socket.next().await.is_some_and(|message| message.is_ok()) {}
    Ok(())
}
