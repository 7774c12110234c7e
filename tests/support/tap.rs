//! A TCP proxy that records what passes.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// Both directions of one connection.
#[derive(Clone, Debug, Default)]
pub struct Capture {
    pub from_client: Vec<u8>,
    pub from_daemon: Vec<u8>,
}

/// Clients connect to its address and reach the daemon.
pub struct Tap {
    pub address: SocketAddr,
    captures: Arc<Mutex<Vec<Arc<Mutex<Capture>>>>>,
}

impl Tap {
    pub async fn before(daemon: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let captures = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&captures);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (client_reads, client_writes) = client.into_split();
                let (daemon_reads, daemon_writes) = TcpStream::connect(daemon).await.unwrap().into_split();
                let capture = Arc::new(Mutex::new(Capture::default()));
                kept.lock().unwrap().push(Arc::clone(&capture));
                let other = Arc::clone(&capture);
                tokio::spawn(pump(client_reads, daemon_writes, move |bytes| {
                    capture.lock().unwrap().from_client.extend_from_slice(bytes);
                }));
                tokio::spawn(pump(daemon_reads, client_writes, move |bytes| {
                    other.lock().unwrap().from_daemon.extend_from_slice(bytes);
                }));
            }
        });
        Self { address, captures }
    }

    /// What has passed so far, connection by connection.
    pub fn captures(&self) -> Vec<Capture> {
        self.captures.lock().unwrap().iter().map(|capture| capture.lock().unwrap().clone()).collect()
    }
}

/// Records before it passes on, so that whoever has got something finds it recorded.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, record: impl Fn(&[u8])) {
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        record(&buffer[..length]);
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}

impl Capture {
    /// The client's WebSocket messages, unmasked (RFC 6455, 5.2 and 5.3); control frames apart.
    pub fn client_messages(&self) -> Vec<Vec<u8>> {
        messages(&self.from_client)
    }

    /// The daemon's.
    pub fn daemon_messages(&self) -> Vec<Vec<u8>> {
        messages(&self.from_daemon)
    }
}

fn messages(stream: &[u8]) -> Vec<Vec<u8>> {
    let head = stream.windows(4).position(|window| window == b"\r\n\r\n").expect("an HTTP head") + 4;
    let mut rest = &stream[head..];
    let mut messages = Vec::new();
    while let [first, second, after @ ..] = rest {
        let (length, after) = match second & 0x7f {
            126 => (u64::from(u16::from_be_bytes([after[0], after[1]])), &after[2..]),
            127 => (u64::from_be_bytes(after[..8].try_into().unwrap()), &after[8..]),
            short => (u64::from(short), after),
        };
        let (mask, after) =
            if second & 0x80 == 0 { ([0; 4], after) } else { (after[..4].try_into().unwrap(), &after[4..]) };
        let (payload, after) = after.split_at(usize::try_from(length).unwrap());
        assert_eq!(first & 0xf0, 0x80, "whole messages without extensions");
        if first & 0x0f == 2 {
            messages.push(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect());
        }
        rest = after;
    }
    messages
}
