//! A chat made with some care: tokio-websockets, for each member a task and a channel, and all that waits sent at once.

use std::io;
use std::net::TcpListener;
use std::rc::Rc;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_websockets::{Message, Payload, ServerBuilder};

use crate::Layout;
use crate::rooms::{self, Rooms};

/// How many messages are taken from the channel at a time.
const TOGETHER: usize = 128;

pub(crate) fn serve(listener: TcpListener, _: Layout) -> io::Result<()> {
    rooms::accept(listener, member)
}

async fn member(stream: TcpStream, rooms: Rc<Rooms>) {
    let Ok((request, mut socket)) = ServerBuilder::new().accept(stream).await else { return };
    let room = request.uri().path().to_owned();
    let (number, mut told) = rooms.enter(&room);
    let mut messages = Vec::with_capacity(TOGETHER);
    loop {
        tokio::select! {
            message = socket.next() => match message {
                Some(Ok(message)) if message.is_binary() => {
                    rooms.say(&room, &Bytes::from(message.into_payload()));
                }
                Some(Ok(message)) if message.is_close() => break,
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            },
            _ = told.recv_many(&mut messages, TOGETHER) => {
                for message in messages.drain(..) {
                    if socket.feed(Message::binary(Payload::from(message))).await.is_err() {
                        break;
                    }
                }
                if socket.flush().await.is_err() {
                    break;
                }
            }
        }
    }
    rooms.leave(&room, number);
    let _ = socket.close().await;
}
