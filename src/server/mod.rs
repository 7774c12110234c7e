//! The edge of the daemon: it listens, serves the page, turns connections into members' lines, and keeps
//! everybody within bounds. What happens in a room is decided in [`crate::room`].

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use ipnet::IpNet;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::room::{Counts, Limits};
use crate::wire::End;

mod certificate;
mod forwarded;
mod http;
mod hub;
mod listen;
mod member;
mod outbox;
mod outlet;
mod page;
mod rate;
mod rations;
mod tls;
mod upgrade;

pub use listen::{bind, make_room_for};
pub use rate::Rate;
pub use rations::Allowance;
pub use tls::{TLS_MEMORY, Tls, TlsError};

use hub::Hub;
use rations::{Permit, Rations};

/// Bytes of the largest request head; the page's own fit many times over.
const REQUEST_HEAD: usize = 16 * 1024;

/// How long one connection may take over all its plain requests; a WebSocket's life is not counted.
const PAGE_TIME: Duration = Duration::from_secs(60);

/// How long to wait before accepting again when the system is out of file descriptors or memory.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How long to wait after a departure for others to follow, before tables are made smaller.
const CROWD: Duration = Duration::from_secs(1);

/// How long those who are in a room may take to accept the last frame when the daemon stops.
const STOP_TIME: Duration = Duration::from_millis(700);

/// All that an operator may set about the edge, proved by whoever made it.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Bytes of the largest frame taken from a client.
    pub largest_frame: usize,
    /// Bytes that may wait for one member.
    pub backlog: usize,
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
    /// Origins that may connect besides the host itself, each as `scheme://host[:port]`.
    pub origins: Vec<String>,
    /// Whose `X-Forwarded-For` counts.
    pub proxies: Vec<IpNet>,
    /// What [`Listener`]s that are secure shake hands with; without it they drop everybody.
    pub tls: Option<Tls>,
    /// The port of https to which plain requests are sent on.
    pub redirect: Option<u16>,
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

/// Whence a connection comes.
#[derive(Clone, Copy)]
struct Origin {
    peer: IpAddr,
    secure: bool,
}

/// The edge while it runs.
pub struct Server {
    hub: Arc<Hub>,
    rations: Arc<Rations>,
    policy: Mutex<Arc<Policy>>,
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
        let _ = tokio::time::timeout(STOP_TIME, self.server.rations.idle()).await;
    }
}

impl Server {
    /// Fails only when the system has no random bytes to give.
    pub fn new(policy: Policy) -> Result<Arc<Self>, getrandom::Error> {
        Ok(Arc::new(Self {
            hub: Hub::new(policy.rooms, policy.backlog)?,
            rations: Rations::new(policy.allowance),
            policy: Mutex::new(Arc::new(policy)),
        }))
    }

    /// Puts a new policy in force: for rooms, addresses and new connections at once; a connection that is
    /// there keeps its own.
    pub fn set_policy(&self, policy: Policy) {
        self.hub.set_limits(policy.rooms, policy.backlog);
        self.rations.set_allowance(policy.allowance);
        *self.policy.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(policy);
    }

    /// Rooms and members at this moment.
    pub fn counts(&self) -> Counts {
        self.hub.counts()
    }

    /// Ends every room at once.
    pub fn purge(&self) {
        self.hub.end_all(End::Stopped);
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
        tasks.spawn(async move { hub.keep_time().await });
        let hub = Arc::clone(&self.hub);
        tasks.spawn(async move { hub.keep_clean().await });
        tasks.spawn(Arc::clone(self).keep_small());
        Ok(Serving { server: Arc::clone(self), tasks })
    }

    /// Gives back what a crowd's tables took once it has gone, for ever.
    async fn keep_small(self: Arc<Self>) {
        loop {
            self.rations.departure().await;
            tokio::time::sleep(CROWD).await;
            self.rations.shrink(Instant::now());
            self.hub.shrink();
        }
    }

    fn policy(&self) -> Arc<Policy> {
        Arc::clone(&self.policy.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn accept(self: Arc<Self>, listener: TcpListener, secure: bool) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let from = Origin { peer: peer.ip(), secure };
                    if let Some(permit) = self.admit(&stream, from) {
                        tokio::spawn(Arc::clone(&self).greet(stream, from, permit));
                    }
                }
                // The connection broke before it was accepted: nothing of ours is at fault.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            }
        }
    }

    /// Gives a connection its place, or answers that there is none; by https that would take a handshake.
    fn admit(&self, stream: &TcpStream, Origin { peer, secure }: Origin) -> Option<Permit> {
        let permit = self.rations.admit().and_then(|mut permit| {
            let proxied = forwarded::is_proxy(peer, &self.policy().proxies);
            (proxied || permit.book(peer, Instant::now())).then_some(permit)
        });
        if permit.is_none() && !secure {
            let _ = stream.try_write(b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
        }
        permit
    }

    async fn greet(self: Arc<Self>, stream: TcpStream, from: Origin, permit: Permit) {
        let policy = self.policy();
        let stream: Box<dyn Stream> = if from.secure {
            let Some(tls) = &policy.tls else { return };
            let Ok(Ok(stream)) = tokio::time::timeout(policy.handshake, tls.accept(stream)).await else {
                return;
            };
            Box::new(stream)
        } else {
            Box::new(stream)
        };
        self.speak(stream, from, permit, policy).await;
    }

    async fn speak(
        self: Arc<Self>,
        stream: Box<dyn Stream>,
        from: Origin,
        permit: Permit,
        policy: Arc<Policy>,
    ) {
        let handshake = policy.handshake;
        let permit = Mutex::new(Some(permit));
        let service = service_fn(|request| {
            let mut response = self.respond(request, from, &policy, &permit);
            if from.secure && policy.tls.as_ref().is_some_and(|tls| !tls.is_self_signed()) {
                http::insist_on_https(response.headers_mut());
            }
            async { Ok::<_, Infallible>(response) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(handshake)
            .max_buf_size(REQUEST_HEAD)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let _ = tokio::time::timeout(PAGE_TIME, connection).await;
    }

    fn respond(
        &self,
        mut request: Request<Incoming>,
        Origin { peer, secure }: Origin,
        policy: &Arc<Policy>,
        permit: &Mutex<Option<Permit>>,
    ) -> Response<Full<Bytes>> {
        let redirect = policy.redirect.filter(|_| !secure);
        if let Some(response) = redirect.and_then(|port| http::send_on(&request, port)) {
            return response;
        }
        if let http::Ask::Answer(response) = http::answer(&request) {
            return response;
        }
        let client = forwarded::is_proxy(peer, &policy.proxies)
            .then(|| forwarded::client(request.headers(), &policy.proxies).unwrap_or(peer));
        match upgrade::accept(&mut request, policy) {
            Err(response) => *response,
            Ok((response, socket)) => {
                let permit = permit.lock().unwrap_or_else(PoisonError::into_inner).take();
                let Some(permit) = permit.and_then(|permit| permit.on_behalf_of(client)) else {
                    // A proxy must not use this connection, which has no place any more, for somebody else.
                    return http::hang_up(http::plain(
                        StatusCode::SERVICE_UNAVAILABLE,
                        "too many connections\n",
                    ));
                };
                let (line, nonce) = self.hub.connect();
                tokio::spawn(member::serve(socket, line, nonce, permit, Arc::clone(policy)));
                response
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::fd::OwnedFd;

    use super::*;

    #[tokio::test]
    async fn a_listener_that_the_system_does_not_take_is_an_error_before_anything_is_served() {
        let second = Duration::from_secs(1);
        let rate = Rate { burst: 1, every: second };
        let server = Server::new(Policy {
            largest_frame: 1024,
            backlog: 1024,
            handshake: second,
            ping: second,
            frames: rate,
            allowance: Allowance {
                all_connections: 1,
                connections: 1,
                tries: rate,
                rooms: rate,
                frames: rate,
            },
            rooms: Limits { rooms: 1, members: 1, grace: second },
            origins: Vec::new(),
            proxies: Vec::new(),
            tls: None,
            redirect: None,
        });
        let no_socket = OwnedFd::from(std::fs::File::open("/dev/null").unwrap());
        let listener = Listener { socket: no_socket.into(), secure: false };
        assert!(server.unwrap().serve(vec![listener]).is_err());
    }
}
