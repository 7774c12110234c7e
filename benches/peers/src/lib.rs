//! Servers that the daemon is measured beside, each one file. They relay whatever a line says to all lines of its
//! room, its own among them, and do nothing else: no limits, no keys, no pings.
//!
//! The bare ones, without a protocol, say what sockets cost; the others, what a relay costs that is made of a
//! library as its own examples are. `ws.mjs` and `uws.mjs` beside `src` are those of Node.js.

mod bare;
mod door;
mod gathered;
mod lines;
mod rooms;
mod tick;
mod tokio_websockets;
mod tungstenite;

use std::io;
use std::net::TcpListener;

/// What a peer is told at its start beside its socket.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Members of each room, for those that are told by no path which room a line is in: the first lines are the
    /// first room, and so on.
    pub members: usize,
    /// How many lines stay, for the door.
    pub residents: usize,
}

/// Serves until the process ends.
type Serve = fn(TcpListener, Layout) -> io::Result<()>;

/// All of them, by name.
const PEERS: [(&str, Serve); 6] = [
    ("bare", bare::serve),
    ("door", door::serve),
    ("gathered", gathered::serve),
    ("tick", tick::serve),
    ("tokio-websockets", tokio_websockets::serve),
    ("tungstenite", tungstenite::serve),
];

/// Serves as the peer of this name, until the process ends.
///
/// # Errors
///
/// There is no peer of this name, or the socket does not work.
pub fn serve(name: &str, listener: TcpListener, layout: Layout) -> io::Result<()> {
    let (_, serve) = PEERS
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("no peer is called {name}")))?;
    serve(listener, layout)
}
