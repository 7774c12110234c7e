//! Requests as bytes, well-formed and not.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Carrier, patiently};

/// Sends `request` as it is and reads all that comes until the daemon closes.
pub async fn exchange(address: SocketAddr, request: &[u8]) -> String {
    exchange_on(&mut TcpStream::connect(address).await.unwrap(), request).await
}

/// The same on what is connected already.
pub async fn exchange_on(stream: &mut impl Carrier, request: &[u8]) -> String {
    // The daemon may have answered and closed before it has read everything.
    let _ = stream.write_all(request).await;
    read_to_end(stream).await
}

/// Sends `request` and reads no more than an answer's first line, for a WebSocket goes on.
pub async fn begin(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut head = [0; 16];
    patiently("the answer", stream.read_exact(&mut head)).await.unwrap();
    String::from_utf8_lossy(&head).into_owned()
}

pub async fn read_to_end(stream: &mut impl Carrier) -> String {
    let mut answer = Vec::new();
    let _ = patiently("the end of the answer", stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status in an answer.
pub fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}
