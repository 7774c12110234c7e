//! The edge of the daemon: it listens, serves the page, turns connections into members, and keeps
//! everybody within bounds. What happens in a room is decided in [`crate::room`].

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::room::Counts;
use sanctuary_wire::End;

mod accept;
mod address_limits;
mod budget;
mod connection;
mod creators;
mod forwarded;
mod frame_memory;
mod frame_scanner;
mod head_reader;
mod host;
mod hub;
mod leaked_invitation;
mod listen;
mod options;
mod outbox;
mod page;
mod random;
mod rate;
mod read_limit;
mod request;
mod responses;
mod routes;
#[cfg(test)]
mod tests;
mod tls;
mod upgrade;
mod write_queue;

pub use accept::turned_away;
pub use address_limits::Allowance;
pub use creators::{Code, Creators};
pub use listen::{TooFewFiles, bind, claim, first_unprivileged_port, raise_file_limit};
pub use options::Options;
pub use rate::Rate;
pub use tls::{TLS_MEMORY, TlsError, TlsIdentity};

use accept::for_turned_away;
use address_limits::AddressLimits;
use hub::Hub;

/// How long to wait after a departure for others to follow, before tables are made smaller.
const CROWD: Duration = Duration::from_secs(1);

/// How often a daemon that is to stop looks whether a room is left.
const LAST_LOOK: Duration = Duration::from_millis(250);

/// How long those who are in a room may take to accept the last frame when the daemon stops.
const STOP_TIME: Duration = Duration::from_millis(700);

/// A socket that is listened on.
#[derive(Debug)]
pub struct Listener {
    /// Bound already.
    pub socket: std::net::TcpListener,
    /// Whether https is spoken there.
    pub secure: bool,
}

/// A connection, whatever carries it.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// This moment, by the runtime's clock: that of the system, but for tests, which move it.
fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// The edge while it runs.
pub struct Server {
    hub: Arc<Hub>,
    limits: Arc<AddressLimits>,
    /// Those of them who are told that there is no place.
    turned_away: Arc<AddressLimits>,
    options: Mutex<Arc<Options>>,
}

/// A server at work, which ends when dropped.
pub struct Serving {
    server: Arc<Server>,
    tasks: JoinSet<()>,
}

impl Serving {
    /// Tells everybody, and returns when they have gone or [`STOP_TIME`] is over.
    pub async fn stop(mut self) {
        self.tasks.abort_all();
        self.server.hub.end_all(End::ShuttingDown);
        let _ = tokio::time::timeout(STOP_TIME, self.server.limits.idle()).await;
    }
}

impl Server {
    /// Fails only when the system has no random bytes to give.
    pub fn new(options: Options) -> Result<Arc<Self>, getrandom::Error> {
        Ok(Arc::new(Self {
            hub: Hub::new(options.rooms, options.backlog, options.waiting)?,
            limits: AddressLimits::new(options.allowance),
            turned_away: AddressLimits::new(for_turned_away(options.allowance)),
            options: Mutex::new(Arc::new(options)),
        }))
    }

    /// Puts a new options in force: for rooms, addresses and new connections at once; a connection that is
    /// there keeps its own.
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

    /// Tells every room that it ends at `end`, and returns then, or as soon as there is none.
    pub async fn wind_down(&self, end: Instant) {
        self.hub.announce(end);
        while self.counts().rooms > 0 && Instant::now() < end {
            tokio::time::sleep(LAST_LOOK).await;
        }
    }

    /// Begins to serve on these listeners, and goes on until it is told to stop: nothing ends it before. Fails where
    /// the system does not take a listener.
    pub fn serve(self: &Arc<Self>, listeners: Vec<Listener>) -> io::Result<Serving> {
        let mut tasks = JoinSet::new();
        for Listener { socket, secure } in listeners {
            socket.set_nonblocking(true)?;
            // Frames are gathered before they are written: the system need not wait for more (tcp(7)). Connections
            // have it from their listener.
            SockRef::from(&socket).set_tcp_nodelay(true)?;
            tasks.spawn(Arc::clone(self).accept(TcpListener::from_std(socket)?, secure));
        }
        let hub = Arc::clone(&self.hub);
        tasks.spawn(async move { hub.expire_away_seats().await });
        let hub = Arc::clone(&self.hub);
        tasks.spawn(async move { hub.wipe_stack_after_departures().await });
        tasks.spawn(Arc::clone(self).shrink_after_crowds());
        Ok(Serving { server: Arc::clone(self), tasks })
    }

    /// Gives back what a crowd's tables took once it has gone, for ever.
    async fn shrink_after_crowds(self: Arc<Self>) {
        loop {
            self.limits.departure().await;
            tokio::time::sleep(CROWD).await;
            self.limits.shrink(now());
            self.turned_away.shrink(now());
            self.hub.shrink();
        }
    }

    fn options(&self) -> Arc<Options> {
        Arc::clone(&self.options.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
