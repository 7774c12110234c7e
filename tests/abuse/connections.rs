//! Connections: too slow, too many, never finished.

use std::cell::Cell;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures_util::future::join_all;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use sanctuary_seal::shard;
use sanctuary_wire::SUBPROTOCOL;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::version::TLS13;

use super::bystanders::COMPANY;
use super::senders::{connect, connect_from, room};
use super::support::{Daemon, Member, client_hello, patiently, secure_from};
use super::{SETTINGS, connections, held, memory, survives, survives_on};

#[tokio::test]
async fn slow_heads() {
    survives("100 heads, a byte at a time", &[], async |daemon| {
        join_all((0..100).map(|_| drip(daemon.address()))).await;
    })
    .await;
}

/// Sends a head byte by byte, and no end of it, until the daemon has had enough.
async fn drip(address: SocketAddr) {
    let mut stream = connect(address).await;
    let dripping = async {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: ").await.unwrap();
        while stream.write_all(b"a").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await; // This is the abuse.
        }
    };
    patiently("the end of a slow head", dripping).await;
}

#[tokio::test]
async fn those_for_whom_nothing_waits_take_little() {
    const MANY: usize = 1000;
    const EACH: u64 = 6; // KiB; what an allocator takes beside is in it
    let page: &[u8] = b"GET /farewell HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (what, asked) in
        [("nothing", &b""[..]), ("half a request", b"GET /ws/0af HTTP/1.1\r\nHost: x\r\n"), ("a page", page)]
    {
        // A quarter as many may be there without a seat.
        let settings =
            [("connections", "8000"), ("connections_by_address", "8000"), ("handshake", "\"1 min\"")];
        let daemon = Daemon::with(&[&SETTINGS[..], &settings].concat()).await;
        let ask = async |asked: &[u8]| {
            let mut stream = connect(daemon.address()).await;
            stream.write_all(asked).await.unwrap();
            if asked == page {
                let answer = patiently("the page", stream.read(&mut vec![0; 16 * 1024])).await;
                assert!(answer.unwrap() > 0);
            }
            stream
        };
        drop(ask(page).await);
        let before = memory(&daemon, "VmRSS");
        let mut all = Vec::new();
        for _ in 0..MANY {
            all.push(ask(asked).await);
        }
        // The last one is answered when the others have been heard.
        all.push(ask(page).await);
        let each = memory(&daemon, "VmRSS").saturating_sub(before) / MANY as u64;
        println!("{MANY} connections that have sent {what}: {each} KiB each");
        assert!(each < EACH, "{what}: {each} KiB");
    }
}

#[tokio::test]
async fn half_open_handshakes() {
    // A quarter of the seats that may be.
    const KNOCKING: usize = 500;
    let settings = [("connections", "2000"), ("connections_by_address", "400"), ("handshake", "\"5 s\"")];
    survives("2000 connections that say nothing or half of it", &settings, async |daemon| {
        let address = daemon.address();
        let mut halves = Vec::new();
        for number in 0..2000 {
            let mut stream = connect_from(number % 20, address, None).await;
            if number % 2 == 0 {
                let _ = stream.write_all(b"GET /ws/0af HTTP/1.1\r\nConnection: Upgrade\r\n").await;
            }
            halves.push(stream);
            if number == KNOCKING + 50 {
                let full = async {
                    while connections(address) != KNOCKING + COMPANY {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                };
                patiently("the bound to be reached and kept", full).await;
            }
        }
        for stream in &mut halves {
            patiently("the end of a handshake", ended(stream)).await;
        }
        assert!(Member::try_enter(address, "Dora").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn half_open_handshakes_of_tls() {
    let settings = [
        ("self_signed", "true"),
        ("listen_tls", r#"["127.0.0.1:0"]"#),
        ("redirect_to_https", "false"),
        ("connections", "4000"),
        ("connections_by_address", "400"),
        ("handshake", "\"5 s\""),
    ];
    survives("1000 TLS handshakes that end with the daemon's signature", &settings, async |daemon| {
        let mut halves = Vec::new();
        for number in 0..1000 {
            let mut stream = connect_from(number % 20, daemon.secure[0], None).await;
            stream.write_all(&client_hello(3)).await.unwrap();
            halves.push(stream);
        }
        for stream in &mut halves {
            assert_eq!(patiently("the daemon's part", stream.read_u8()).await.unwrap(), HANDSHAKE);
            patiently("the end of a handshake", ended(stream)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn records_of_tls_that_hold_next_to_nothing() {
    /// What is sent of one kind, a record at a time, until the daemon has had enough.
    async fn flood(stream: &mut TlsStream<TcpStream>, bytes: &[u8], key_updates: usize) {
        let flood = async {
            for byte in bytes.iter().cycle() {
                for _ in 0..key_updates {
                    stream.get_mut().1.refresh_traffic_keys().unwrap();
                }
                let sent = stream.write_all(&[*byte]).await.is_ok() && stream.flush().await.is_ok();
                if !sent {
                    break;
                }
            }
        };
        patiently("the end of a flood of records", flood).await;
    }

    let settings = [
        ("self_signed", "true"),
        ("listen_tls", r#"["127.0.0.1:0"]"#),
        ("redirect_to_https", "false"),
        ("connections_by_address", "100"),
    ];
    survives("20 who update their keys, or say a byte at a time", &settings, async |daemon| {
        let head =
            b"GET /ws/abc HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
            Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
            Sec-WebSocket-Protocol: sanctuary.1\r\n\r\n";
        join_all((0..20).map(async |number| {
            let from = Ipv4Addr::new(127, 0, 1, number).into();
            let mut stream = secure_from(from, daemon.secure[0], &TLS13).await;
            match number % 4 {
                // A head that never ends, with more key updates than may follow on each other, with
                // as many, and none.
                0 => flood(&mut stream, b"a", 40).await,
                1 => flood(&mut stream, b"a", 30).await,
                2 => flood(&mut stream, b"a", 0).await,
                // Pings, masked and empty.
                _ => {
                    // Too late, where the others leave it no turn.
                    let _ = stream.write_all(head).await;
                    flood(&mut stream, &[0x89, 0x80, 0, 0, 0, 0], 30).await;
                }
            }
        }))
        .await;
    })
    .await;
}

/// What a TLS record holds that is neither an alert nor anything else (RFC 8446, 5.1).
const HANDSHAKE: u8 = 22;

async fn ended(stream: &mut TcpStream) {
    let mut answer = [0; 256];
    while matches!(stream.read(&mut answer).await, Ok(1..)) {}
}

/// It takes a minute; by its name it begins first, beside all others.
#[tokio::test]
async fn a_page_that_is_not_read() {
    let wait_for_the_daemon = Cell::new(false);
    let settings = [("connections_by_address", "400")];
    survives("50 who ask for the page and do not read it", &settings, async |daemon| {
        let mut readers = Vec::new();
        for _ in 0..50 {
            let mut stream = connect_from(0, daemon.address(), Some(4096)).await;
            let request = "GET /app.js HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(40);
            stream.write_all(request.as_bytes()).await.unwrap();
            readers.push(stream);
        }
        let stuck = async {
            while held(daemon.address()).iter().filter(|bytes_wait| **bytes_wait).count() < 50 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        patiently("all of them to be stuck", stuck).await;
        // At first they go away by themselves; then it is the daemon that must have had enough, in
        // a minute.
        if wait_for_the_daemon.replace(true) {
            let wait = async {
                while connections(daemon.address()) > COMPANY {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            };
            tokio::time::timeout(Duration::from_secs(70), wait).await.expect("slow readers are cut off");
        }
    })
    .await;
}

#[tokio::test]
async fn idle_connections_up_to_the_bound() {
    // One descriptor here and one in the daemon, which may have as many.
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard).unwrap();
    let idle = usize::try_from(hard).unwrap().saturating_sub(4000).min(10_000) / 20 * 20;
    assert!(idle >= 100, "only {hard} open files are allowed");
    // A quarter as many have no seat.
    let bound = (4 * idle).to_string();
    let settings = [
        ("connections", &*bound),
        ("connections_by_address", "100000"),
        ("handshake", "\"120 s\""),
        ("ping", "\"600 s\""),
    ];
    survives(&format!("{idle} idle connections"), &settings, async |daemon| {
        let (address, before) = (daemon.address(), memory(daemon, "VmRSS"));
        let lines = join_all((0..20).map(async |part| {
            let mut lines = Vec::new();
            for _ in 0..idle / 20 {
                lines.push(greeted(connect_from(part, address, None).await).await.expect("below the bound"));
            }
            lines
        }));
        let mut lines = lines.await.into_iter().flatten().collect::<Vec<_>>();
        // The remains of the first crowd may have gone meanwhile.
        let each = memory(daemon, "VmRSS").saturating_sub(before) * 1024 / idle as u64;
        println!("{each} bytes for each idle connection");
        let as_many = async {
            while connections(address) != idle + COMPANY {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        // Others make way for those above it.
        for _ in 0..100 {
            lines.push(greeted(connect(address).await).await.expect("above the bound"));
        }
        patiently("as many as may be", as_many).await;
    })
    .await;
}

/// Upgrades and reads as far as `hello`; `None` when there is no place.
async fn greeted(mut stream: TcpStream) -> Option<TcpStream> {
    let request = format!(
        "GET /ws/{} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n",
        shard(room(0))
    );
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let hello = async {
        while !answer.windows(5).any(|window| window == b"\r\n\r\n\x82") {
            if stream.read_buf(&mut answer).await.unwrap_or(0) == 0 {
                return false;
            }
        }
        true
    };
    let greeted = patiently("hello", hello).await;
    assert!(
        greeted || answer.is_empty() || answer.starts_with(b"HTTP/1.1 503 "),
        "neither place nor refusal"
    );
    greeted.then_some(stream)
}

#[tokio::test]
async fn descriptors_run_out() {
    let settings = [("connections_by_address", "400")];
    let daemon = Daemon::under(&["prlimit", "--nofile=40:40"], &[&SETTINGS[..], &settings].concat()).await;
    survives_on(&daemon, "60 connections where 40 files may be open", async |daemon| {
        let mut idle = Vec::new();
        for _ in 0..60 {
            idle.push(connect(daemon.address()).await);
        }
        // They still hold on: a newcomer comes in when the first of them have run out of time.
        let newcomer = Member::enter(daemon.address(), "Dora").await;
        newcomer.close().await;
    })
    .await;
}
