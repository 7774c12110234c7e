//! The WebSocket of a connection, and how its stream ends.

use std::time::Duration;

use hyper_tungstenite::WebSocketStream;
use hyper_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::super::head_reader::HeadReader;
use super::super::write_queue::WriteQueue;
use super::super::{Options, Stream as AnyStream};

/// Bytes read from a socket at once. tungstenite allocates them for each connection, so that its default of
/// 128 KiB would cost an idle member twenty times as much as all the rest.
const READ_BUFFER: usize = 1024;

/// Bytes of the largest frame after which that buffer, which grows to hold a whole one, is still kept.
pub(super) const KEPT_BUFFER: usize = 4 * READ_BUFFER;

/// Bytes of the control frames that wait at the most for a client that does not read; no answer to a further
/// ping is added to them.
const CONTROL_FRAMES: usize = 1024;

/// How long, and for how many bytes, a closed connection is read on, so that the system does not answer what
/// is still under way with a reset, which would destroy our last frames.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: u64 = 256 * 1024;

pub(super) type Stream = HeadReader<Box<dyn AnyStream>>;
pub(super) type Socket = WebSocketStream<WriteQueue<Stream>>;

/// How WebSockets are read here, and control frames written; all others go to the queue by themselves.
fn socket_config(largest_frame: usize) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(CONTROL_FRAMES)
        .max_message_size(Some(largest_frame))
        .max_frame_size(Some(largest_frame))
}

/// A WebSocket that has been agreed on.
pub(super) async fn over(queue: WriteQueue<Stream>, options: &Options) -> Socket {
    let config = socket_config(options.largest_frame);
    WebSocketStream::from_raw_socket(queue, Role::Server, Some(config)).await
}

/// Ends what goes out, and reads on until the other side has ended, too.
pub(in crate::server) async fn linger(mut stream: Stream) {
    let drain = async {
        stream.shutdown().await?;
        tokio::io::copy(&mut stream.take(LINGER_BYTES), &mut tokio::io::sink()).await
    };
    let _ = tokio::time::timeout(LINGER, drain).await;
}
