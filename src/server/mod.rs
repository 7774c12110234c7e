//! The edge of the daemon: it listens, serves the page, turns connections into members, and keeps
//! everybody within bounds. What happens in a room is decided in [`crate::room`].

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::room::{Counts, Limits};
use sanctuary_wire::End;

mod address_limits;
mod budget;
mod connection;
mod creators;
mod forwarded;
mod frame_memory;
mod frame_scanner;
mod head_reader;
mod host;
mod http;
mod hub;
mod leaked_invitation;
mod listen;
mod outbox;
mod page;
mod random;
mod rate;
mod read_limit;
mod respond;
#[cfg(test)]
mod tests;
mod tls;
mod upgrade;
mod write_queue;

pub use address_limits::Allowance;
pub use creators::{Code, Creators};
pub use listen::{TooFewFiles, bind, claim, first_unprivileged_port, raise_file_limit};
pub use rate::Rate;
pub use tls::{TLS_MEMORY, TlsError, TlsIdentity};

use address_limits::{AddressLimits, Permit};
use connection::Upgraded;
use head_reader::HeadReader;
use hub::Hub;
use read_limit::{ReadCosts, ReadLimited};

/// Bytes of the largest request head; the page's own fit many times over.
const REQUEST_HEAD: usize = 16 * 1024;

/// How long one connection may take over all its plain requests; a WebSocket's life is not counted.
const PAGE_TIME: Duration = Duration::from_secs(60);

/// Connections beyond all rations, each of which is told so in words before it is closed; those beyond these get a
/// bare line. Bounds the handshakes that somebody without a place can ask for.
const TURNED_AWAY: usize = 16;

/// As many of these may be of one address, so that nobody keeps the words from others.
const TURNED_AWAY_OF_ONE: u32 = 4;

/// How many of those who find no place among so many connections are told so at a time.
#[must_use]
pub fn turned_away(connections: usize) -> usize {
    connections.min(TURNED_AWAY)
}

/// What all of them may have, and an address of these.
fn for_turned_away(allowance: Allowance) -> Allowance {
    let all_connections = turned_away(allowance.all_connections);
    Allowance { all_connections, connections: TURNED_AWAY_OF_ONE, ..allowance }
}

/// That bare line.
const NO_PLACE: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 30\r\n\
    Content-Type: text/plain\r\nContent-Length: 21\r\n\r\ntoo many connections\n";

/// How long to wait before accepting again when the system is out of file descriptors or memory.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How long to wait after a departure for others to follow, before tables are made smaller.
const CROWD: Duration = Duration::from_secs(1);

/// How often a daemon that is to stop looks whether a room is left.
const LAST_LOOK: Duration = Duration::from_millis(250);

/// How long those who are in a room may take to accept the last frame when the daemon stops.
const STOP_TIME: Duration = Duration::from_millis(700);

/// All that an operator may set about the edge, proved by whoever made it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Bytes of the largest frame taken from a client.
    pub largest_frame: usize,
    /// Bytes that may wait for one member.
    pub backlog: usize,
    /// Bytes that may wait for all connections together, and come in from them.
    pub waiting: usize,
    /// Time for a request's head, and again from `hello` to the first frame.
    pub handshake: Duration,
    /// Time between pings.
    pub ping: Duration,
    /// Frames of one member.
    pub frames: Rate,
    /// What one address may have.
    pub allowance: Allowance,
    /// What rooms may have.
    pub rooms: Limits,
    /// Who may open them.
    pub creators: Creators,
    /// Origins that may connect besides the host itself, each as `scheme://host[:port]`.
    pub origins: Vec<String>,
    /// Names under which pages are served besides addresses and `localhost`, in small letters and without a dot at
    /// their end; `*.` in front stands for any one label.
    pub hosts: Vec<String>,
    /// Whose `X-Forwarded-For` and `X-Forwarded-Proto` count.
    pub proxies: Vec<IpNet>,
    /// What [`Listener`]s that are secure shake hands with; without it they drop everybody.
    pub tls: Option<TlsIdentity>,
    /// The port of https to which plain requests are sent on.
    pub redirect: Option<u16>,
    /// For how long browsers are told to come by https alone; they are told nothing without it.
    pub hsts: Option<Duration>,
}

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

/// What a connection may have, and what its requests have made of it.
struct HttpState {
    /// Its place, if it has one, until a WebSocket takes it.
    permit: Option<Permit>,
    /// Who goes on by a WebSocket.
    upgraded: Option<Upgraded>,
    /// A request had a body, which nobody reads, so that none can follow.
    has_body: bool,
}

/// Who is at the other end of a connection, and whether TLS carries it.
#[derive(Clone, Copy)]
struct Peer {
    address: IpAddr,
    secure: bool,
}

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

    async fn accept(self: Arc<Self>, listener: TcpListener, secure: bool) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let from = Peer { address: peer.ip(), secure };
                    if let Some(permit) = self.admit(&self.limits, from) {
                        tokio::spawn(Arc::clone(&self).serve_stream(stream, from, Some(permit)));
                    } else {
                        self.turn_away(stream, from);
                    }
                }
                // The connection broke before it was accepted: nothing of ours is at fault.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            }
        }
    }

    /// Gives a connection its place, if there is one.
    fn admit(&self, limits: &Arc<AddressLimits>, Peer { address, .. }: Peer) -> Option<Permit> {
        let mut permit = limits.admit()?;
        let proxied = forwarded::is_proxy(address, &self.options().proxies);
        (proxied || permit.charge_to(address, now())).then_some(permit)
    }

    /// Tells who has no place that there is none.
    fn turn_away(self: &Arc<Self>, stream: TcpStream, from: Peer) {
        if let Some(heard) = self.admit(&self.turned_away, from) {
            let (server, patience) = (Arc::clone(self), self.options().handshake);
            tokio::spawn(async move {
                let _ = tokio::time::timeout(patience, server.serve_stream(stream, from, None)).await;
                drop(heard);
            });
        } else if !from.secure {
            let _ = stream.try_write(NO_PLACE);
        }
    }

    async fn serve_stream(self: Arc<Self>, stream: TcpStream, from: Peer, permit: Option<Permit>) {
        let options = self.options();
        let costs = ReadCosts::of(options.frames, options.largest_frame);
        let stream: Box<dyn Stream> = if from.secure {
            let Some(tls) = &options.tls else { return };
            let shake_hands = async {
                // Who says nothing has no need of what a handshake takes, and nobody of it when that is over.
                // (A socket that is new is taken for readable, until it has been tried.)
                stream.peek(&mut [0]).await?;
                Box::pin(tls.accept(ReadLimited::new(stream, costs))).await
            };
            let Ok(Ok(stream)) = tokio::time::timeout(options.handshake, shake_hands).await else { return };
            stream
        } else {
            Box::new(ReadLimited::new(stream, costs))
        };
        self.serve_client(stream, from, permit, options).await;
    }

    async fn serve_client(
        self: Arc<Self>,
        stream: Box<dyn Stream>,
        from: Peer,
        permit: Option<Permit>,
        options: Arc<Options>,
    ) {
        let state = Mutex::new(HttpState { permit, upgraded: None, has_body: false });
        let pages = self.serve_requests(HeadReader::new(stream), from, &options, &state);
        let Ok(Ok(stream)) = tokio::time::timeout(PAGE_TIME, pages).await else { return };
        let HttpState { permit, upgraded, .. } = state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(upgraded) = upgraded {
            tokio::spawn(connection::serve(stream, upgraded, options));
        } else {
            // It keeps its place until then, and only who is at the end takes the memory for that.
            Box::pin(connection::linger(stream)).await;
            drop(permit);
        }
    }

    /// Answers one request after the other, and gives the stream back when none is to follow.
    async fn serve_requests(
        &self,
        mut stream: HeadReader<Box<dyn Stream>>,
        from: Peer,
        options: &Arc<Options>,
        state: &Mutex<HttpState>,
    ) -> io::Result<HeadReader<Box<dyn Stream>>> {
        let locked = || state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let head = tokio::time::timeout(options.handshake, stream.head()).await;
            match head.map_err(|_| io::ErrorKind::TimedOut)? {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(stream),
                head => head?,
            }
            let service = service_fn(async |request| {
                Ok::<_, Infallible>(self.respond(request, from, options, state).await)
            });
            let connection = http1::Builder::new()
                // No more than the head can be read of it: that is no reason not to answer.
                .half_close(true)
                .header_read_timeout(None)
                .max_buf_size(REQUEST_HEAD)
                .serve_connection(TokioIo::new(stream), service);
            let mut connection = Box::new(connection);
            // A head that is none is answered, too.
            let answered = (&mut connection).await;
            stream = connection.into_parts().io.into_inner();
            let is_last = !stream.is_read_to_the_end() || locked().has_body || locked().upgraded.is_some();
            stream.release();
            if answered.is_err() || is_last {
                return Ok(stream);
            }
        }
    }
}
