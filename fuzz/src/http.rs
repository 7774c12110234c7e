//! The first bytes of a connection, and all that follow: the real edge on a loopback socket, where proxies introduce
//! themselves and where they don't.

use std::net::SocketAddr;
use std::time::Duration;

use sanctuary_server::room::Limits;
use sanctuary_server::{Allowance, Listener, Options, Places, Rate, Server, Serving, bind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};

/// The edge, on one runtime that runs only while an input is served.
struct Edge {
    runtime: Runtime,
    address: SocketAddr,
    _serving: Serving,
}

thread_local! {
    static EDGE: Edge = Edge::start(false);
    /// For what begins as a header of the PROXY protocol does.
    static INTRODUCED: Edge = Edge::start(true);
}

impl Edge {
    fn start(proxy_protocol: bool) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let socket = bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = socket.local_addr().unwrap();
        let listener = Listener { socket, secure: false };
        let server = Server::new(Options { proxy_protocol, ..options() }).unwrap();
        let serving = runtime.block_on(async { server.serve(vec![listener]) }).unwrap();
        Self { runtime, address, _serving: serving }
    }

    /// All that is answered to these bytes.
    fn answer(&self, asked: &[u8]) -> Vec<u8> {
        let talk = async {
            let mut stream = TcpStream::connect(self.address).await.unwrap();
            let mut answer = Vec::new();
            // Whoever sends nonsense may be cut off while sending; what was answered until then
            // counts.
            let _ = stream.write_all(asked).await;
            let _ = stream.shutdown().await;
            let _ = stream.read_to_end(&mut answer).await;
            answer
        };
        let in_time = async { tokio::time::timeout(Duration::from_secs(10), talk).await };
        self.runtime.block_on(in_time).expect("an end, although the client has closed")
    }
}

fn options() -> Options {
    let rate = Rate { burst: 1_000_000, every: Duration::from_nanos(1) };
    let places = Places { all: 1000, of_one: 1000 };
    let allowance = Allowance { seats: places, knocking: places, tries: rate, rooms: rate, frames: rate };
    let second = Duration::from_secs(1);
    Options {
        largest_frame: 4096,
        backlog: 256 * 1024,
        waiting: 1 << 20,
        handshake: second,
        ping: second,
        frames: rate,
        allowance,
        protections: 0,
        creators: sanctuary_server::Creators::Anyone,
        rooms: Limits { rooms: 100, members: 10, tombstones: 100, grace: second },
        hosts: vec!["a".to_owned()], // as the corpus has it
        origins: vec!["https://chat.example.org".to_owned()],
        proxies: vec!["127.0.0.0/8".parse().unwrap()],
        proxy_protocol: false,
        tls: None,
        redirect: None,
        for_others: Vec::new(),
        hsts: None,
    }
}

/// The statuses there are, hyper's own for heads that it cannot read included.
const STATUSES: [&[u8]; 10] =
    [b"101", b"200", b"400", b"403", b"404", b"405", b"414", b"421", b"426", b"431"];

pub fn http_upgrade(data: &[u8]) {
    let edge = if data.starts_with(b"\r\n\r\n\0") { &INTRODUCED } else { &EDGE };
    let answer = edge.with(|edge| edge.answer(data));
    if answer.is_empty() {
        return;
    }
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a whole head");
    let head = answer[..head].to_ascii_lowercase();
    assert!(head.starts_with(b"http/1.1 ") || head.starts_with(b"http/1.0 "));
    let status = &head[9..12];
    assert!(STATUSES.contains(&status), "{}", status.escape_ascii());
    assert!(!holds(&head, b"set-cookie") && !holds(&head, b"sec-websocket-extensions"));
    match status {
        b"101" => {
            assert!(holds(data, b"sanctuary.1"), "upgraded without the subprotocol");
            assert!(holds(&head, b"sec-websocket-protocol: sanctuary.1"));
        }
        b"200" => assert!(holds(&head, b"content-security-policy: default-src 'none'")),
        _ => {}
    }
}

fn holds(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
