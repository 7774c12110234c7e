//! One WebSocket to the daemon, for frames of any kind, good and bad.

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use sanctuary_seal::shard;
use sanctuary_wire::{ClientFrame, DaemonFrame, Nonce, RoomId, SUBPROTOCOL};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::patiently;

/// What carries a line: TCP, or TLS over it.
pub trait Carrier: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Carrier for T {}

/// A connection that the daemon has greeted.
pub struct Line {
    socket: WebSocketStream<Box<dyn Carrier>>,
    /// The daemon's first frame.
    pub hello: Vec<u8>,
    pub nonce: Nonce,
    pub largest_frame: usize,
}

/// What came next on a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    Frame(Vec<u8>),
    /// A close frame with this code.
    Closed(u16),
    /// The end without a close frame.
    Broken,
}

impl Line {
    pub async fn open(address: SocketAddr, room: RoomId) -> Self {
        Self::over(TcpStream::connect(address).await.unwrap(), room).await
    }

    /// A line that takes little before it is read.
    pub async fn narrow(address: SocketAddr, room: RoomId) -> Self {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }.unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        Self::over(socket.connect(address).await.unwrap(), room).await
    }

    /// On a connection that is there already.
    pub async fn over(stream: TcpStream, room: RoomId) -> Self {
        stream.set_nodelay(true).unwrap();
        let host = stream.peer_addr().unwrap().to_string();
        Self::carried(Box::new(stream), &host, room).await
    }

    /// A line of who names somebody that it speaks for, in every way that proxies have.
    pub async fn on_behalf_of(client: &str, address: SocketAddr, room: RoomId) -> Self {
        Self::claiming(client, TcpStream::connect(address).await.unwrap(), room).await
    }

    /// The same, on a connection that is there already.
    pub async fn claiming(client: &str, stream: TcpStream, room: RoomId) -> Self {
        let address = stream.peer_addr().unwrap();
        let forwarded = format!("for={client}");
        let claims = [
            ("X-Forwarded-For", client),
            ("X-Real-IP", client),
            ("Forwarded", &forwarded),
            ("X-Forwarded-Proto", "https"),
        ];
        Self::asked(Box::new(stream), &address.to_string(), room, &claims).await
    }

    /// A line over what is connected already.
    pub async fn carried(stream: Box<dyn Carrier>, host: &str, room: RoomId) -> Self {
        Self::asked(stream, host, room, &[]).await
    }

    async fn asked(
        stream: Box<dyn Carrier>,
        host: &str,
        room: RoomId,
        more: &[(&'static str, &str)],
    ) -> Self {
        let mut request = format!("ws://{host}/ws/{}", shard(room)).into_client_request().unwrap();
        for (name, value) in [("Sec-WebSocket-Protocol", SUBPROTOCOL)].iter().chain(more) {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let (socket, response) = patiently("the upgrade", client_async(request, stream)).await.unwrap();
        assert_eq!(response.headers()["Sec-WebSocket-Protocol"], SUBPROTOCOL);
        assert!(!response.headers().contains_key("Sec-WebSocket-Extensions"));

        let mut line = Self { socket, hello: vec![], nonce: Nonce([0; 32]), largest_frame: 0 };
        let hello = line.frame().await;
        let DaemonFrame::Hello { nonce, largest_frame, .. } = DaemonFrame::decode(&hello).unwrap() else {
            panic!("not hello: {hello:x?}")
        };
        line.hello.clone_from(&hello);
        line.nonce = nonce;
        line.largest_frame = largest_frame.bytes();
        line
    }

    pub async fn send(&mut self, frame: &ClientFrame<'_>) {
        self.send_bytes(frame.encode()).await;
    }

    pub async fn send_bytes(&mut self, frame: Vec<u8>) {
        self.send_message(Message::Binary(frame.into())).await;
    }

    /// The daemon may have ended the line already; what it said last is still to be read.
    pub async fn send_message(&mut self, message: Message) {
        let _ = patiently("room to send", self.socket.send(message)).await;
    }

    /// The next frame, or how the line ended. Pings are answered on the way.
    pub async fn next(&mut self) -> Next {
        loop {
            match patiently("a frame", self.socket.next()).await {
                Some(Ok(Message::Binary(frame))) => return Next::Frame(frame.into()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(Some(close)))) => {
                    // The answer to the close frame goes out by reading on.
                    let _ = patiently("the end", self.socket.next()).await;
                    return Next::Closed(close.code.into());
                }
                Some(Ok(Message::Close(None))) => return Next::Closed(1005),
                None | Some(Err(_)) => return Next::Broken,
                Some(Ok(other)) => panic!("the daemon speaks in binary messages only: {other:?}"),
            }
        }
    }

    pub async fn frame(&mut self) -> Vec<u8> {
        match self.next().await {
            Next::Frame(frame) => frame,
            other => panic!("no frame but {other:?}"),
        }
    }

    /// Says `frame`, and gives the frame that answers it and the close code after that.
    pub async fn refused(mut self, frame: &ClientFrame<'_>) -> (Vec<u8>, Next) {
        self.send(frame).await;
        (self.frame().await, self.next().await)
    }

    /// Closes as a browser's tab does.
    pub async fn close(mut self) {
        let _ = self.socket.close(None).await;
        while let Next::Frame(_) = self.next().await {}
    }

    /// The connection beneath, for bytes that are no WebSocket frames.
    pub fn stream(&mut self) -> &mut Box<dyn Carrier> {
        self.socket.get_mut()
    }
}
