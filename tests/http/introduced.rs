//! For whom a proxy speaks that says so at the beginning of a connection, by the PROXY protocol.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use nix::sys::signal::Signal;
use sanctuary_wire::{DaemonFrame, Refusal};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::rustls::version::TLS13;

use super::support::{
    ByHand, Daemon, Grace, Line, Next, ROOM, answered, exchange_on, read_to_end, secure_over, status,
};

const PROXY: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// Another address of this machine, which no setting lists.
const STRANGER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

const BEHIND: [(&str, &str); 2] = [("proxies", r#"["127.0.0.1"]"#), ("proxy_protocol", "true")];

const HEALTH: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

async fn behind(more: &[(&str, &str)]) -> Daemon {
    Daemon::with(&[&BEHIND[..], more].concat()).await
}

/// A header that names this client, or speaks for the proxy itself.
fn header(client: Option<&str>) -> Vec<u8> {
    let signature = b"\r\n\r\n\0\r\nQUIT\n";
    match client.map(|client| client.parse().unwrap()) {
        None => [&signature[..], &[0x20, 0, 0, 0]].concat(),
        Some(IpAddr::V4(client)) => {
            let addresses = [&client.octets()[..], &[192, 0, 2, 99, 0x12, 0x67, 0, 80]].concat();
            [&signature[..], &[0x21, 0x11, 0, 12], &addresses].concat()
        }
        Some(IpAddr::V6(client)) => {
            let addresses = [&client.octets()[..], &[1; 16], &[0x12, 0x67, 0, 80]].concat();
            [&signature[..], &[0x21, 0x21, 0, 36], &addresses].concat()
        }
    }
}

async fn from(address: Ipv4Addr, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((address, 0).into()).unwrap();
    socket.connect(to).await.unwrap()
}

/// A connection of the proxy's that begins so.
async fn introduced(to: SocketAddr, first: &[u8]) -> TcpStream {
    let mut stream = from(PROXY, to).await;
    stream.write_all(first).await.unwrap();
    stream
}

async fn line(client: &str, daemon: &Daemon) -> Line {
    Line::over(introduced(daemon.address(), &header(Some(client))).await, ROOM).await
}

#[tokio::test]
async fn connections_and_seats_count_for_whom_the_header_names() {
    let daemon = behind(&[("connections_by_address", "1")]).await;
    let mut ada = line("192.0.2.7", &daemon).await;
    let create = ByHand::new().create(&ada.nonce, None);
    let welcome = answered(&mut ada, create).await;
    assert!(matches!(DaemonFrame::decode(&welcome), Ok(DaemonFrame::Welcome { .. })));
    for (client, refused) in [
        ("192.0.2.7", Some(Refusal::Busy)),
        ("192.0.2.8", None),
        ("2001:db8:7::7", None),
        ("2001:db8:7::8", Some(Refusal::Busy)),
    ] {
        let mut line = line(client, &daemon).await;
        let enter = ByHand::new().enter(&line.nonce);
        let answer = answered(&mut line, enter).await;
        let why = match DaemonFrame::decode(&answer).unwrap() {
            DaemonFrame::Refused { why, .. } => Some(why),
            _ => None,
        };
        assert_eq!(why, refused, "{client}");
        // The seat is left away, and is still its address's.
        drop(line);
    }
    // The next without a seat takes the place of the one before it, and of nobody else's.
    let (mut first, mut other) = (line("192.0.2.9", &daemon).await, line("192.0.2.10", &daemon).await);
    let _second = line("192.0.2.9", &daemon).await;
    assert_eq!(first.next().await, Next::Broken);
    let enter = ByHand::new().enter(&other.nonce);
    assert!(matches!(
        DaemonFrame::decode(&answered(&mut other, enter).await),
        Ok(DaemonFrame::Welcome { .. })
    ));
}

#[tokio::test]
async fn who_may_open_rooms_goes_by_the_header_whatever_a_request_claims() {
    let daemon = behind(&[("open_rooms", r#"["192.0.2.7"]"#)]).await;
    for (client, claimed, opens) in [
        (Some("192.0.2.8"), "192.0.2.7", false),
        // Nobody is named, or a proxy.
        (None, "192.0.2.7", false),
        (Some("127.0.0.1"), "192.0.2.7", false),
        // The last, for the room is open then.
        (Some("192.0.2.7"), "192.0.2.8", true),
    ] {
        let stream = introduced(daemon.address(), &header(client)).await;
        let mut line = Line::claiming(claimed, stream, ROOM).await;
        let create = ByHand::new().create(&line.nonce, None);
        let answer = answered(&mut line, create).await;
        let is_in = matches!(DaemonFrame::decode(&answer), Ok(DaemonFrame::Welcome { .. }));
        assert_eq!(is_in, opens, "{client:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_says_nothing_of_the_kind_is_hung_up_on_and_one_for_itself_is_not() {
    let daemon = behind(&[]).await;
    let named = [&header(Some("192.0.2.7"))[..], HEALTH].concat();
    let local = [&header(None)[..], HEALTH].concat();
    let twice = [&header(Some("192.0.2.7"))[..], &named].concat();
    for (bytes, expected) in [
        (&named[..], "200"),
        (&local, "200"),
        (HEALTH, "none"),
        (b"PROXY TCP4 192.0.2.7 192.0.2.99 4711 80\r\n", "none"),
        (&named[1..], "none"),
        (&twice, "400"),
    ] {
        let answer = exchange_on(&mut from(PROXY, daemon.address()).await, bytes).await;
        assert_eq!(status(&answer), expected, "{bytes:x?}");
    }
}

#[tokio::test]
async fn from_anybody_else_a_header_is_no_request() {
    let (behind, without) = (behind(&[]).await, Daemon::with(&BEHIND[..1]).await);
    let named = [&header(Some("192.0.2.7"))[..], HEALTH].concat();
    for (daemon, address) in [(&behind, STRANGER), (&without, PROXY), (&without, STRANGER)] {
        let answer = exchange_on(&mut from(address, daemon.address()).await, &named).await;
        assert_eq!(status(&answer), "400", "{address}");
        let answer = exchange_on(&mut from(address, daemon.address()).await, HEALTH).await;
        assert_eq!(status(&answer), "200", "{address}");
    }
}

#[tokio::test]
async fn before_https_too_it_is_said_for_whom() {
    let listen = ("listen_tls", r#"["127.0.0.1:0"]"#);
    let daemon = behind(&[("self_signed", "true"), listen, ("open_rooms", r#"["192.0.2.7"]"#)]).await;
    let to = daemon.secure[0];
    for (client, opens) in [("192.0.2.8", false), ("192.0.2.7", true)] {
        let stream = introduced(to, &header(Some(client))).await;
        let stream = secure_over(stream, &TLS13, &[b"http/1.1"]).await;
        let mut line = Line::carried(Box::new(stream), &to.to_string(), ROOM).await;
        let create = ByHand::new().create(&line.nonce, None);
        let answer = answered(&mut line, create).await;
        assert_eq!(
            matches!(DaemonFrame::decode(&answer), Ok(DaemonFrame::Welcome { .. })),
            opens,
            "{client}"
        );
    }
    // A visitor who came to the proxy by https is not sent on.
    let page = format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", daemon.address());
    for (more, expected) in [("", "308"), ("X-Forwarded-Proto: https\r\n", "200")] {
        let asked = [&header(Some("192.0.2.7"))[..], format!("{page}{more}\r\n").as_bytes()].concat();
        let answer = exchange_on(&mut from(PROXY, daemon.address()).await, &asked).await;
        assert_eq!(status(&answer), expected, "{more}");
    }
}

#[tokio::test]
async fn a_header_that_does_not_come_is_waited_for_no_longer_than_a_handshake() {
    let daemon = behind(&[("handshake", "\"1 s\"")]).await;
    // As long as the setting of another daemon says.
    let other = Daemon::with(&[("grace", "\"10 s\"")]).await;
    let whole = header(Some("192.0.2.7"));
    let hung_up = async {
        for cut in [0, 5, 16, 27] {
            let mut stream = introduced(daemon.address(), &whole[..cut]).await;
            assert_eq!(read_to_end(&mut stream).await, "", "{cut}");
        }
    };
    Grace::begins(other.address()).await.outlasts(hung_up).await;
}

#[tokio::test]
async fn who_says_nothing_more_makes_way_for_others_of_the_same_client_alone() {
    // A quarter of so many may be silent.
    let daemon = behind(&[("connections_by_address", "4")]).await;
    let silent = async |client| introduced(daemon.address(), &header(Some(client))).await;
    let (mut first, mut other) = (silent("192.0.2.7").await, silent("192.0.2.8").await);
    let _second = silent("192.0.2.7").await;
    assert_eq!(read_to_end(&mut first).await, "");
    assert_eq!(status(&exchange_on(&mut other, HEALTH).await), "200");
}

#[tokio::test]
async fn a_reload_begins_and_ends_it() {
    let daemon = Daemon::with(&BEHIND[..1]).await;
    let named = [&header(Some("192.0.2.7"))[..], HEALTH].concat();
    for (setting, expected) in [("true", ["200", "none"]), ("false", ["400", "200"])] {
        daemon.configure(&[BEHIND[0], ("proxy_protocol", setting)]);
        daemon.signal(Signal::SIGHUP);
        daemon.notice("READY=1").await;
        for (bytes, expected) in [&named[..], HEALTH].into_iter().zip(expected) {
            let answer = exchange_on(&mut from(PROXY, daemon.address()).await, bytes).await;
            assert_eq!(status(&answer), expected, "{setting}");
        }
    }
}
