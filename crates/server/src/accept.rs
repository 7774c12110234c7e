//! How a connection is taken in: it gets a place, or is told that there is none, shakes hands, and
//! has its requests answered one after the other.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use super::address_limits::{AddressLimits, Permit, Places};
use super::connection::{self, Upgraded};
use super::head_reader::{HeadReader, REQUEST_HEAD};
use super::read_limit::{ReadCosts, ReadLimited};
use super::stream::{Stream, Tcp};
use super::{Allowance, Options, Server, forwarded, proxy_protocol};

/// How long all plain requests of one connection may take; the life of a WebSocket is not counted.
pub(super) const PAGE_TIME: Duration = Duration::from_secs(60);

/// So many connections beyond the limits are told in words that there is no place; any more get a
/// bare line. This bounds the handshakes that clients without a place can ask for.
pub(super) const TURNED_AWAY: usize = 16;

/// So many of these may be of one address, so that nobody takes all of them.
const TURNED_AWAY_OF_ONE: u32 = 4;

/// How many clients without a place are told so at a time, where there may be so many connections.
#[must_use]
pub fn turned_away(connections: usize) -> usize {
    connections.min(TURNED_AWAY)
}

/// The limits of all clients without a place together, and of one address. Nobody makes way there.
pub(super) fn for_turned_away(allowance: Allowance) -> Allowance {
    let knocking = Places { all: turned_away(allowance.seats.all), of_one: TURNED_AWAY_OF_ONE };
    Allowance { knocking, ..allowance }
}

/// The bare line for any more clients without a place.
const NO_PLACE: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 30\r\n\
    Content-Type: text/plain\r\nContent-Length: 21\r\n\r\ntoo many connections\n";

/// How long to wait before accepting again when the system is out of file descriptors or memory.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The state of a connection while plain HTTP is spoken on it.
pub(super) struct HttpState {
    /// The connection's place, if it has one, until a WebSocket takes it over.
    pub(super) permit: Option<Permit>,
    /// Set once a request has asked for a WebSocket.
    pub(super) upgraded: Option<Upgraded>,
    /// A request had a body. Nobody reads that, so no other request can follow.
    pub(super) has_body: bool,
}

/// The other end of a connection, and whether TLS is spoken on it.
#[derive(Clone, Copy)]
pub(super) struct Peer {
    /// That of the client, where a proxy has introduced it.
    pub(super) address: IpAddr,
    pub(super) secure: bool,
    /// A proxy has said at the beginning of the connection for whom it speaks.
    pub(super) introduced: bool,
}

impl Server {
    pub(super) async fn accept(self: Arc<Self>, listener: TcpListener, secure: bool) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    self.turns.listener().await;
                    let from = Peer { address: peer.ip(), secure, introduced: false };
                    if let Some(permit) = self.admit(&self.limits, from) {
                        let number = permit.number();
                        let serve = Arc::clone(&self).serve_stream(stream, from, Some(permit));
                        let task = tokio::spawn(Arc::clone(&self.turns).pace(serve));
                        self.limits.set_task(number, task.abort_handle());
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

    /// Gives a connection a place, if there is one. A proxy's is charged to nobody yet.
    pub(super) fn admit(&self, limits: &Arc<AddressLimits>, Peer { address, .. }: Peer) -> Option<Permit> {
        let proxied = forwarded::is_proxy(address, &self.options().proxies);
        limits.admit((!proxied).then_some(address))
    }

    /// Tells a client that there is no place for it.
    pub(super) fn turn_away(self: &Arc<Self>, stream: TcpStream, from: Peer) {
        if let Some(heard) = self.admit(&self.turned_away, from) {
            let patience = self.options().handshake;
            let serve = Arc::clone(&self.turns).pace(Arc::clone(self).serve_stream(stream, from, None));
            tokio::spawn(async move {
                let _ = tokio::time::timeout(patience, serve).await;
                drop(heard);
            });
        } else if !from.secure {
            let _ = stream.try_write(NO_PLACE);
        }
    }

    pub(super) async fn serve_stream(
        self: Arc<Self>,
        mut stream: TcpStream,
        mut from: Peer,
        mut permit: Option<Permit>,
    ) {
        let options = self.options();
        if options.expects_introduction(from) {
            // Boxed, so that only a proxy's connection takes the memory.
            let introduced = Box::pin(self.introduce(stream, from, permit, &options)).await;
            let Some(introduced) = introduced else { return };
            (stream, from, permit) = introduced;
        }
        let costs = ReadCosts::of(options.frames, options.largest_frame);
        let stream: Box<dyn Stream> = if from.secure {
            let Some(tls) = &options.tls else { return };
            let shake_hands = async {
                // The handshake's state is boxed: a silent client never gets one, and it is freed
                // afterwards. (The runtime takes a new socket for readable until it has been
                // tried.)
                stream.peek(&mut [0]).await?;
                Box::pin(tls.accept(ReadLimited::new(Tcp::new(stream), costs))).await
            };
            let Ok(Ok(stream)) = tokio::time::timeout(options.handshake, shake_hands).await else { return };
            stream
        } else {
            Box::new(ReadLimited::new(Tcp::new(stream), costs))
        };
        self.serve_client(stream, from, permit, options).await;
    }

    /// Lets a proxy say for whom it speaks, and charges that client with the place. `None` if it does not say so, or
    /// there is none for the client.
    async fn introduce(
        self: &Arc<Self>,
        mut stream: TcpStream,
        from: Peer,
        permit: Option<Permit>,
        options: &Options,
    ) -> Option<(TcpStream, Peer, Option<Permit>)> {
        let header = proxy_protocol::read_header(&mut stream);
        let client = tokio::time::timeout(options.handshake, header).await.ok()?.ok()?;
        let from = Peer { address: client.unwrap_or(from.address), introduced: true, ..from };
        let charged = (!forwarded::is_proxy(from.address, &options.proxies)).then_some(from.address);
        let had_place = permit.is_some();
        let permit = permit.and_then(|permit| permit.on_behalf_of(charged));
        if had_place && permit.is_none() {
            self.turn_away(stream, from);
            return None;
        }
        Some((stream, from, permit))
    }

    pub(super) async fn serve_client(
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
            let number = upgraded.client.permit.number();
            let task = tokio::spawn(connection::serve(stream, upgraded, options, Arc::clone(&self.turns)));
            self.limits.set_task(number, task.abort_handle());
        } else {
            // The connection keeps its place until then. Boxed, so that only an ending connection
            // takes the memory.
            Box::pin(connection::linger(stream.into_stream())).await;
            drop(permit);
        }
    }

    /// Answers one request after the other, and returns the stream when none may follow.
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
                // hyper reads no more than the head, and must answer all the same.
                .half_close(true)
                .header_read_timeout(None)
                .max_buf_size(REQUEST_HEAD)
                .serve_connection(TokioIo::new(stream), service);
            let mut connection = Box::new(connection);
            // A malformed head is answered, too.
            let answered = (&mut connection).await;
            stream = connection.into_parts().io.into_inner();
            let is_last = !stream.is_read_to_the_end() || locked().has_body || locked().upgraded.is_some();
            stream.release();
            if answered.is_err() || is_last {
                return Ok(stream);
            }
            // Each request is a step of its own, even where the next has been read with it.
            tokio::task::yield_now().await;
        }
    }
}
