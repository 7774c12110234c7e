//! What the daemon is at its edge: it listens, serves the page, turns connections into members, and keeps everybody within
//! bounds. [`room`] decides what happens in a room, and is pure: events in, effects out. All that a message passes through
//! is here, so that this crate is compiled for speed and the daemon's other parts for size.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use socket2::SockRef;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use room::Counts;
use sanctuary_wire::End;

mod accept;
mod address_limits;
mod budget;
mod channel;
mod connection;
mod creators;
mod forwarded;
mod frame_scanner;
mod head_reader;
mod host;
mod hub;
mod knocking;
mod leaked_invitation;
mod listen;
mod log;
mod options;
mod outbox;
mod page;
mod proxy_protocol;
mod random;
mod rate;
mod read_limit;
mod request;
mod responses;
pub mod room;
mod routes;
mod stream;
#[cfg(test)]
mod tests;
mod tls;
mod turns;
mod upgrade;

pub use accept::turned_away;
pub use address_limits::{Allowance, Places, connections};
pub use creators::{Code, Creators};
pub use listen::{TooFewFiles, bind, claim, first_unprivileged_port, raise_file_limit};
pub use options::Options;
pub use page::DIGESTS;
pub use rate::Rate;
pub use tls::{TLS_MEMORY, TlsError, TlsIdentity, fingerprint, is_signed_by_itself};

use accept::for_turned_away;
use address_limits::AddressLimits;
use hub::Hub;
use turns::Turns;

/// The daemon waits this long after a departure before it shrinks its tables: more may leave.
const SHRINK_DELAY: Duration = Duration::from_secs(1);

/// How long the daemon waits for clients to accept their last frames when it stops.
const STOP_TIME: Duration = Duration::from_millis(700);

/// A socket that is listened on.
#[derive(Debug)]
pub struct Listener {
    /// The socket, bound already.
    pub socket: std::net::TcpListener,
    /// Whether https is spoken there.
    pub secure: bool,
}

/// The time by the runtime's clock: it is the system's, except in tests, which move it.
fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// The server: it holds all state, whether or not it serves.
pub struct Server {
    hub: Arc<Hub>,
    limits: Arc<AddressLimits>,
    /// The limits of clients without a place, who are told so.
    turned_away: Arc<AddressLimits>,
    options: Mutex<Arc<Options>>,
    /// In which those are served who have no seat.
    turns: Arc<Turns>,
    /// Whether it is on its way out.
    makes_way: AtomicBool,
}

/// A server that serves; it stops when this is dropped.
pub struct Serving {
    server: Arc<Server>,
    tasks: JoinSet<()>,
}

impl Serving {
    /// Tells everybody, and returns when all have gone or [`STOP_TIME`] is over.
    pub async fn stop(mut self) {
        self.tasks.abort_all();
        self.server.turns.end();
        self.server.hub.end_all(End::ShuttingDown);
        let _ = tokio::time::timeout(STOP_TIME, self.server.limits.idle()).await;
    }
}

impl Server {
    /// Fails only when the system has no random bytes to give.
    pub fn new(options: Options) -> Result<Arc<Self>, getrandom::Error> {
        let hub = Hub::new(options.rooms, options.backlog, options.waiting)?;
        hub.set_protections(options.protections);
        Ok(Arc::new(Self {
            hub,
            limits: AddressLimits::new(options.allowance),
            turned_away: AddressLimits::new(for_turned_away(options.allowance)),
            options: Mutex::new(Arc::new(options)),
            turns: Arc::default(),
            makes_way: AtomicBool::new(false),
        }))
    }

    /// Puts new options in force, for rooms, addresses and new connections at once. Present
    /// connections keep the old ones.
    pub fn set_options(&self, options: Options) {
        self.hub.set_limits(options.rooms, options.backlog, options.waiting);
        self.limits.set_allowance(options.allowance);
        self.turned_away.set_allowance(for_turned_away(options.allowance));
        *self.options.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(options);
    }

    /// Rooms and members at this moment.
    pub fn counts(&self) -> Counts {
        self.hub.counts()
    }

    /// Ends every room at once.
    pub fn purge(&self) {
        self.hub.end_all(End::Stopped);
    }

    /// Tells monitors, and the balancer of a fleet, that this daemon is on its way out. `for_good` opens no rooms from
    /// now on, for those who come elsewhere; else [`Server::announce`] closes that door.
    pub fn make_way(&self, for_good: bool) {
        self.makes_way.store(true, Ordering::Relaxed);
        if for_good {
            self.hub.drain();
        }
    }

    /// Whether this daemon is on its way out.
    pub fn makes_way(&self) -> bool {
        self.makes_way.load(Ordering::Relaxed)
    }

    /// Whether it opens no rooms until its end, after which it does not come back by itself.
    pub fn drains(&self) -> bool {
        self.hub.drains()
    }

    /// Tells every room that it ends at `end`, and opens none any more.
    pub fn announce(&self, end: Instant) {
        self.hub.announce(end);
    }

    /// Serves on these listeners until it is told to stop. It fails only at once, if the system
    /// does not take a listener.
    pub fn serve(self: &Arc<Self>, listeners: Vec<Listener>) -> io::Result<Serving> {
        let mut tasks = JoinSet::new();
        for Listener { socket, secure } in listeners {
            socket.set_nonblocking(true)?;
            // Frames are gathered before they are written, so the system need not wait for more
            // (tcp(7)). A connection inherits this from its listener.
            SockRef::from(&socket).set_tcp_nodelay(true)?;
            tasks.spawn(Arc::clone(self).accept(TcpListener::from_std(socket)?, secure));
        }
        let hub = Arc::clone(&self.hub);
        tasks.spawn(async move { hub.deliver().await });
        let hub = Arc::clone(&self.hub);
        tasks.spawn(async move { hub.expire_away_seats().await });
        let hub = Arc::clone(&self.hub);
        tasks.spawn(async move { hub.wipe_stack_after_departures().await });
        let turns = Arc::clone(&self.turns);
        tasks.spawn(async move { turns.keep().await });
        tasks.spawn(Arc::clone(self).shrink_after_crowds());
        Ok(Serving { server: Arc::clone(self), tasks })
    }

    /// Makes tables small again whenever a crowd has gone. Never returns.
    async fn shrink_after_crowds(self: Arc<Self>) {
        loop {
            self.limits.departure().await;
            tokio::time::sleep(SHRINK_DELAY).await;
            self.limits.shrink(now());
            self.turned_away.shrink(now());
            self.hub.shrink();
            self.turns.shrink();
        }
    }

    fn options(&self) -> Arc<Options> {
        Arc::clone(&self.options.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
