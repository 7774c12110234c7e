//! A chat as one writes it first: tokio-tungstenite, for each member a task and a channel, each message sent by itself.

use std::io;
use std::net::TcpListener;
use std::rc::Rc;

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};

use crate::Layout;
use crate::rooms::{self, Rooms};

pub(crate) fn serve(listener: TcpListener, _: Layout) -> io::Result<()> {
    rooms::accept(listener, member)
}

#[allow(clippy::result_large_err, reason = "the library's handshake wants this error")]
async fn member(stream: TcpStream, rooms: Rc<Rooms>) {
    let mut room = String::new();
    let remember = |request: &Request, response: Response| {
        request.uri().path().clone_into(&mut room);
        Ok(response)
    };
    let Ok(socket) = accept_hdr_async(stream, remember).await else { return };
    let (mut sink, mut said) = socket.split();
    let (number, mut told) = rooms.enter(&room);
    loop {
        tokio::select! {
            message = said.next() => match message {
                Some(Ok(Message::Binary(bytes))) => rooms.say(&room, &bytes),
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
            Some(message) = told.recv() => {
                if sink.send(Message::Binary(message)).await.is_err() {
                    break;
                }
            }
        }
    }
    rooms.leave(&room, number);
    let _ = sink.close().await;
}
