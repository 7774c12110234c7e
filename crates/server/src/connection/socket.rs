//! How a connection's WebSocket is set up, and how its stream ends.

use std::time::Duration;

use hyper_tungstenite::tungstenite::protocol::{Role, WebSocketConfig, WebSocketContext};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::super::hub::CONTROL_MOST;
use super::super::stream::Stream;

/// Bytes read from a socket at once. tungstenite allocates them for each member that talks; its default of 128 KiB would be
/// far more than all else that a member takes.
pub(super) const READ_BUFFER: usize = 4096;

/// The buffer grows to hold a whole frame. It is kept after a frame of up to so many bytes.
pub(super) const KEPT_BUFFER: usize = READ_BUFFER;

/// A closed connection is read for so long, and so many bytes. Otherwise the system would answer
/// late bytes with a reset, which would destroy our last frames.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: u64 = 256 * 1024;

/// How tungstenite reads, and writes control frames. All other frames go to the hub directly.
fn socket_config(largest_frame: usize) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(CONTROL_MOST)
        .max_message_size(Some(largest_frame))
        .max_frame_size(Some(largest_frame))
}

/// A WebSocket of which these bytes have been read already.
pub(super) fn after(read: &[u8], largest_frame: usize) -> Box<WebSocketContext> {
    let config = socket_config(largest_frame);
    Box::new(WebSocketContext::from_partially_read(read.to_vec(), Role::Server, Some(config)))
}

/// Ends our direction of a stream, and reads until the other side has ended its own.
pub(crate) async fn linger(mut stream: Box<dyn Stream>) {
    let drain = async {
        stream.shutdown().await?;
        tokio::io::copy(&mut stream.take(LINGER_BYTES), &mut tokio::io::sink()).await
    };
    let _ = tokio::time::timeout(LINGER, drain).await;
}
