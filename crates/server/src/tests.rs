//! How long the edge waits, and for whom: to the moment, for the clock moves on as soon as nobody
//! has anything to do.

#![allow(clippy::unwrap_used)]

use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::OwnedFd;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::accept::Peer;
use super::read_limit::{ReadCosts, ReadLimited};
use super::*;
use crate::room::Limits;
use sanctuary_wire::{ClientFrame, DaemonFrame, Nonce, SUBPROTOCOL};

mod knocking;
mod rations;
pub(crate) mod signers;
mod slow;
mod switching;
mod turns;

const HANDSHAKE: Duration = Duration::from_secs(7);
const PING: Duration = Duration::from_secs(31);
const GRACE: Duration = Duration::from_secs(20);

/// Timers go by milliseconds, and the end of one may begin another.
const MOMENT: Duration = Duration::from_millis(10);

/// For a connection that takes all that is sent to it without reading.
const WIDE: usize = 64 * 1024;

const UPGRADE: &[u8] =
    b"GET /ws/0af HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    Sec-WebSocket-Protocol: sanctuary.1\r\n\r\n";

fn options() -> Options {
    let plenty = Rate { burst: 1000, every: Duration::from_millis(1) };
    Options {
        largest_frame: 2048,
        backlog: 16 * 1024,
        waiting: 1024 * 1024,
        handshake: HANDSHAKE,
        ping: PING,
        frames: plenty,
        allowance: Allowance {
            seats: Places { all: 10, of_one: 10 },
            knocking: Places { all: 10, of_one: 10 },
            tries: plenty,
            rooms: plenty,
            frames: Rate { burst: 3, every: Duration::from_secs(1) },
        },
        rooms: Limits { rooms: 1, members: 2, tombstones: 2, grace: GRACE },
        protections: 0,
        creators: Creators::Anyone,
        origins: Vec::new(),
        hosts: Vec::new(),
        proxies: Vec::new(),
        proxy_protocol: false,
        tls: None,
        redirect: None,
        for_others: Vec::new(),
        hsts: None,
    }
}

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A server with these options, in which strangers have their turns.
fn having(options: Options) -> Arc<Server> {
    let server = Server::new(options).unwrap();
    keep(&server);
    server
}

/// From now on strangers have their turns.
fn keep(server: &Arc<Server>) -> AbortHandle {
    let turns = Arc::clone(&server.turns);
    tokio::spawn(async move { turns.keep().await }).abort_handle()
}

/// Another connection, of which so many bytes wait unread at the most.
fn connect(server: &Arc<Server>, unread: usize) -> DuplexStream {
    connect_from(server, LOOPBACK, unread).expect("a place")
}

/// One from this address, if there is a place.
fn connect_from(server: &Arc<Server>, address: IpAddr, unread: usize) -> Option<DuplexStream> {
    let (theirs, ours) = tokio::io::duplex(unread);
    let from = Peer { address, secure: false, introduced: false };
    let permit = server.admit(&server.limits, from)?;
    let number = permit.number();
    let task = Arc::clone(server).serve_client(Box::new(ours), from, Some(permit), server.options());
    server.limits.set_task(number, tokio::spawn(task).abort_handle());
    Some(theirs)
}

/// A connection of TCP as the listener has it, and its other end, which says nothing.
async fn accepted() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let theirs = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    (listener.accept().await.unwrap().0, theirs)
}

/// A WebSocket, and what its `hello` said.
struct Client {
    socket: WebSocketStream<DuplexStream>,
    nonce: Nonce,
}

impl Client {
    /// One that has been greeted.
    async fn greeted(server: &Arc<Server>, address: IpAddr) -> Self {
        Self::over(connect_from(server, address, WIDE).expect("a place")).await
    }

    async fn over(stream: DuplexStream) -> Self {
        let mut request = "ws://localhost/ws/0af".into_client_request().unwrap();
        request.headers_mut().insert("Sec-WebSocket-Protocol", SUBPROTOCOL.parse().unwrap());
        let (mut socket, _) = client_async(request, stream).await.unwrap();
        let Message::Binary(hello) = socket.next().await.unwrap().unwrap() else { panic!() };
        let DaemonFrame::Hello { nonce, .. } = DaemonFrame::decode(&hello).unwrap() else { panic!() };
        Self { socket, nonce }
    }

    async fn send(&mut self, frame: &ClientFrame<'_>) {
        self.socket.send(Message::binary(frame.encode())).await.unwrap();
    }

    /// The next frame but for `alive`, or the code by which it was closed; `None` where it was
    /// without one.
    async fn next(&mut self) -> Option<Result<Vec<u8>, u16>> {
        loop {
            match self.socket.next().await?.ok()? {
                Message::Binary(frame) if frame == DaemonFrame::Alive.encode() => {}
                Message::Binary(frame) => return Some(Ok(frame.to_vec())),
                Message::Close(frame) => return Some(Err(frame?.code.into())),
                _ => {}
            }
        }
    }
}

/// A member that opens the room as the first, or enters it.
async fn member(server: &Arc<Server>, address: IpAddr, number: u8) -> Client {
    let mut client = Client::greeted(server, address).await;
    let frame = if number == 1 { signers::create } else { signers::enter };
    client.send(&frame(&client.nonce, number)).await;
    let welcome = client.next().await.unwrap().unwrap();
    assert!(matches!(DaemonFrame::decode(&welcome).unwrap(), DaemonFrame::Welcome { .. }));
    client
}

/// Takes this long, and neither less nor more.
async fn lasts(expected: Duration, what: impl Future) {
    let begun = tokio::time::Instant::now();
    what.await;
    let found = begun.elapsed();
    assert!((expected..expected + MOMENT).contains(&found), "{found:?} instead of {expected:?}");
}

/// More of them than have a turn at once.
#[tokio::test(start_paused = true)]
async fn a_crowd_that_was_greeted_is_told_when_the_server_stops() {
    const CROWD: u8 = 200;
    let many = Places { all: CROWD.into(), of_one: 10 };
    let allowance = Allowance { knocking: many, ..options().allowance };
    let server = Server::new(Options { allowance, ..options() }).unwrap();
    let serving = server.serve(vec![]).unwrap();
    let mut crowd = Vec::new();
    for number in 1..=CROWD {
        crowd.push(Client::greeted(&server, Ipv4Addr::new(127, 0, 0, number).into()).await);
    }
    let told = async {
        for mut client in crowd {
            let over = DaemonFrame::Over { end: End::ShuttingDown, by: None, payload: None }.encode();
            assert_eq!(client.next().await, Some(Ok(over)));
        }
    };
    let both = async { tokio::join!(serving.stop(), told) };
    lasts(Duration::ZERO, async { tokio::time::timeout(PING, both).await.expect("an end") }).await;
}

#[tokio::test(start_paused = true)]
async fn who_does_not_come_to_the_end_of_a_request_has_the_handshake_time() {
    let server = having(options());
    for start in [&b""[..], b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "] {
        let mut stream = connect(&server, WIDE);
        stream.write_all(start).await.unwrap();
        lasts(HANDSHAKE, stream.read_to_end(&mut Vec::new())).await;
    }
    let mut dripping = connect(&server, WIDE);
    let drip = async {
        while dripping.write_all(b"A").await.is_ok() {
            tokio::time::sleep(MOMENT / 4).await;
        }
    };
    lasts(HANDSHAKE, drip).await;
}

#[tokio::test(start_paused = true)]
async fn however_many_requests_there_are_they_have_a_minute() {
    let server = having(options());
    let (mut answers, mut asks) = tokio::io::split(connect(&server, WIDE));
    tokio::spawn(async move {
        while asks.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await.is_ok() {
            tokio::time::sleep(HANDSHAKE / 2).await;
        }
    });
    lasts(Duration::from_secs(60), answers.read_to_end(&mut Vec::new())).await;
    // And so has who does not read the answer.
    let mut unread = connect(&server, 64);
    unread.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    lasts(Duration::from_secs(60), server.limits.idle()).await;
}

#[tokio::test(start_paused = true)]
async fn requests_wait_for_their_turn_and_no_longer() {
    let server = having(options());
    let mut stream = connect(&server, WIDE);
    for number in 0..8 {
        // Whomever it claims to speak for, though it is no proxy.
        let last = if number == 7 { "Connection: close\r\n" } else { "" };
        let request = format!(
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.{number}\r\n{last}\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
    }
    // Three at once, then one each second.
    lasts(Duration::from_secs(5), stream.read_to_end(&mut Vec::new())).await;
}

#[tokio::test(start_paused = true)]
async fn a_handshake_of_tls_has_the_handshake_time() {
    let tls = TlsIdentity::self_signed([], []).unwrap();
    let server = having(Options { tls: Some(tls), ..options() });
    let (ours, _theirs) = accepted().await;
    let from = Peer { address: LOOPBACK, secure: true, introduced: false };
    lasts(HANDSHAKE, Arc::clone(&server).serve_stream(ours, from, server.limits.admit(Some(LOOPBACK)))).await;
}

/// 480 reads are the burst of the slowest pace, and 160 more each second.
#[tokio::test(start_paused = true)]
async fn a_byte_at_a_time_is_read_at_a_pace() {
    let server = having(Options { frames: Rate { burst: 1, every: PING }, ..options() });
    let (mut theirs, ours) = tokio::io::duplex(1);
    let from = Peer { address: LOOPBACK, secure: false, introduced: false };
    let (permit, options) = (server.admit(&server.limits, from), server.options());
    let ours = ReadLimited::new(ours, ReadCosts::of(options.frames, options.largest_frame));
    tokio::spawn(Arc::clone(&server).serve_client(Box::new(ours), from, permit, options));
    let request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: ";
    // Of two more nobody waits until they are read.
    let padding = vec![b'a'; 802 - request.len() - 4];
    lasts(Duration::from_secs(2), theirs.write_all(&[request, &padding[..], b"\r\n\r\n"].concat())).await;
    let mut answer = String::new();
    theirs.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn who_is_turned_away_has_the_handshake_time() {
    let server = having(options());
    let (ours, _theirs) = accepted().await;
    server.turn_away(ours, Peer { address: LOOPBACK, secure: false, introduced: false });
    lasts(HANDSHAKE, server.turned_away.idle()).await;
}

#[tokio::test(start_paused = true)]
async fn who_is_greeted_and_says_nothing_has_the_handshake_time_and_little_to_part_in() {
    let server = having(options());
    let reads = async {
        let Client { mut socket, .. } = Client::greeted(&server, LOOPBACK).await;
        while socket.next().await.is_some() {}
    };
    lasts(HANDSHAKE, reads).await;
    server.limits.idle().await;
    // A client that takes its last frames and does not close, ...
    let _open = Client::greeted(&server, LOOPBACK).await;
    lasts(HANDSHAKE + Duration::from_secs(1), server.limits.idle()).await;
    // ... one that does not even take them, ...
    let mut unread = connect(&server, 32);
    unread.write_all(UPGRADE).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(unread.read_u8().await.unwrap());
    }
    lasts(HANDSHAKE + Duration::from_secs(3), server.limits.idle()).await;
    // ... and one that does not read that there is a WebSocket now.
    let mut unread = connect(&server, 32);
    unread.write_all(UPGRADE).await.unwrap();
    lasts(HANDSHAKE + Duration::from_secs(3), server.limits.idle()).await;
}

#[tokio::test(start_paused = true)]
async fn who_answers_no_ping_is_away_at_the_next_and_out_after_the_grace() {
    let server = Server::new(options()).unwrap();
    let serving = server.serve(vec![]).unwrap();
    let mut answers = member(&server, LOOPBACK, 1).await;
    let stays = async { while answers.next().await.is_some() {} };
    assert!(tokio::time::timeout(20 * PING, stays).await.is_err(), "who answers stays");
    let answered = tokio::time::Instant::now();
    // The last ping that it has answered may be as long ago as a ping takes.
    server.limits.idle().await;
    let gone = answered.elapsed();
    assert!(gone >= PING && gone < 2 * PING + Duration::from_secs(1) + MOMENT, "{gone:?}");
    assert_eq!(server.counts().members, 1, "away");
    let over = async {
        while server.counts().members > 0 {
            tokio::time::sleep(MOMENT / 4).await;
        }
    };
    // It began a second ago, when the connection was still read on.
    lasts(GRACE.saturating_sub(Duration::from_secs(1)), over).await;
    serving.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_daemon_that_stops_waits_700_ms_at_the_most() {
    for (there, expected) in [(false, Duration::ZERO), (true, Duration::from_millis(700))] {
        let server = Server::new(options()).unwrap();
        let serving = server.serve(vec![]).unwrap();
        let _silent = there.then(|| connect(&server, WIDE));
        lasts(expected, serving.stop()).await;
    }
}

#[test]
fn as_many_are_told_that_there_is_no_place_as_there_are_connections_up_to_a_bound() {
    for (connections, told) in [(1, 1), (15, 15), (16, 16), (17, 16), (100_000, 16)] {
        assert_eq!(turned_away(connections), told);
    }
}

#[tokio::test]
async fn a_listener_that_the_system_does_not_take_is_an_error_before_anything_is_served() {
    let no_socket = OwnedFd::from(std::fs::File::open("/dev/null").unwrap());
    let listener = Listener { socket: no_socket.into(), secure: false };
    assert!(Server::new(options()).unwrap().serve(vec![listener]).is_err());
}
