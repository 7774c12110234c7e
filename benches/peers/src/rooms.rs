//! Rooms of tasks, each of which has a channel for what it is told.

use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::LocalSet;

/// Takes messages for one member.
type Member = UnboundedSender<Bytes>;

/// All rooms by name, in each all members by number.
#[derive(Default)]
pub(crate) struct Rooms {
    rooms: Mutex<BTreeMap<String, BTreeMap<usize, Member>>>,
    next: AtomicUsize,
}

impl Rooms {
    /// Lets somebody in, who is told of all that is said from now on.
    pub(crate) fn enter(&self, room: &str) -> (usize, UnboundedReceiver<Bytes>) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (member, told) = unbounded_channel();
        if let Ok(mut rooms) = self.rooms.lock() {
            rooms.entry(room.to_owned()).or_default().insert(number, member);
        }
        (number, told)
    }

    /// Tells everybody in the room.
    pub(crate) fn say(&self, room: &str, message: &Bytes) {
        let Ok(rooms) = self.rooms.lock() else { return };
        for member in rooms.get(room).into_iter().flat_map(BTreeMap::values) {
            let _ = member.send(message.clone());
        }
    }

    pub(crate) fn leave(&self, room: &str, number: usize) {
        let Ok(mut rooms) = self.rooms.lock() else { return };
        if let Some(members) = rooms.get_mut(room) {
            members.remove(&number);
            if members.is_empty() {
                rooms.remove(room);
            }
        }
    }
}

/// Accepts for ever, on one thread, and gives each connection a task.
pub(crate) fn accept<F: Future<Output = ()> + 'static>(
    listener: TcpListener,
    task: impl Fn(TcpStream, Rc<Rooms>) -> F,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    LocalSet::new().block_on(&runtime, async {
        let (listener, rooms) = (tokio::net::TcpListener::from_std(listener)?, Rc::new(Rooms::default()));
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            tokio::task::spawn_local(task(stream, Rc::clone(&rooms)));
        }
    })
}
