//! What the real binary answers to HTTP, well-formed and not, within its bounds of time and number.

#![allow(clippy::unwrap_used)]

#[path = "http/forwarded.rs"]
mod forwarded;
#[path = "http/introduced.rs"]
mod introduced;
mod support;

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use nix::sys::signal::Signal;
use support::{
    ByHand, Daemon, Grace, Line, ROOM, answered, begin, exchange, exchange_on, patiently, read_to_end,
    secure, status, welcomed,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::rustls::version::TLS13;

async fn get(address: SocketAddr, path: &str, headers: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n");
    exchange(address, request.as_bytes()).await
}

#[tokio::test]
async fn the_page_is_served_on_both_families_with_its_headers() {
    let daemon = Daemon::start().await;
    for &address in &daemon.addresses {
        let scripts = ["/start.js", "/app.js", "/late.js", "/derive.js", "/farewell.js"];
        let later = ["/inside.js", "/aliases.js", "/pictures.js", "/qr.js"];
        let packed_once = ["/words/en.js", "/words/de.js", "/confusables.js", "/markdown.js"];
        let others = ["/", "/style.css", "/icon.svg", "/farewell"];
        for path in others.into_iter().chain(scripts).chain(later).chain(packed_once) {
            let answer = get(address, path, "Accept-Encoding: gzip, br\r\n").await;
            assert_eq!(status(&answer), "200", "{path}");
            let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
            let is_document = head.contains("content-type: text/html");
            let coding = head.lines().find_map(|line| line.strip_prefix("content-encoding: "));
            let packed = Some(if packed_once.contains(&path) { "gzip" } else { "br" });
            assert_eq!(coding, packed.filter(|_| !is_document), "{path}");
            assert!(head.contains("default-src 'none'") && !head.contains("unsafe-"), "{path}");
            assert!(head.contains("cache-control: no-store") && !head.contains("set-cookie"), "{path}");
            // Cookies are shared with every other site below the same registered domain.
            let clears = head.lines().find(|line| line.starts_with("clear-site-data"));
            let expected = (path == "/farewell").then_some(r#"clear-site-data: "cache", "storage""#);
            assert_eq!(clears, expected, "{path}");
        }
    }
}

#[tokio::test]
async fn requests_in_a_row_wait_for_their_turn() {
    let daemon = Daemon::with(&[("frames_by_address", "20")]).await;
    let address = daemon.address();
    let request = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".repeat(29);
    let last = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let begun = std::time::Instant::now();
    let answers = exchange(address, (request + last).as_bytes()).await;
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 30, "none is lost");
    assert!(begun.elapsed() >= Duration::from_millis(499), "20 at once, then one each 50 ms");
}

#[tokio::test]
async fn monitors_get_a_word_and_strangers_nothing() {
    let daemon = Daemon::start().await;
    let address = daemon.address();
    assert!(get(address, "/healthz", "").await.ends_with("\r\n\r\nok\n"));
    assert_eq!(status(&get(address, "/etc/passwd", "").await), "404");
    assert_eq!(status(&get(address, "/ws/abc", "").await), "426");
    // A page asks so whether its host was changed on the way.
    for (named, expected) in
        [(format!("http://{address}"), "426"), ("http://elsewhere.example".into(), "403")]
    {
        let answer = get(address, "/ws/abc", &format!("Sanctuary-Origin: {named}\r\n")).await;
        assert_eq!(status(&answer), expected, "{named}");
    }
    // An invitation that was taken for a path is led out, and nothing of it is repeated.
    for path in ["/%23K7QM-4XZD:secret", "/?K7QM-4XZD:secret", "/K7QM-4XZD:secret"] {
        let answer = get(address, path, "").await;
        assert_eq!(status(&answer), "303", "{path}");
        assert!(answer.to_lowercase().contains("location: ./#exposed\r\n"), "{answer}");
        assert!(!answer.contains("K7QM") && !answer.contains("secret"), "{answer}");
    }
}

#[tokio::test]
async fn other_methods_bodies_and_nonsense_are_refused_and_hung_up_on() {
    let daemon = Daemon::start().await;
    for (request, expected) in [
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n", "405"),
        ("PUT /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", "405"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n", "400"),
        ("NONSENSE\r\n\r\n", "400"),
        ("GET / HTTP/9.9\r\n\r\n", "400"),
    ] {
        let answer = exchange(daemon.address(), request.as_bytes()).await;
        assert_eq!(status(&answer), expected, "{request}");
        assert!(!answer.contains("100 Continue"), "{request}");
    }
}

/// A reset, by which systems answer what nobody has read, would destroy them.
#[tokio::test]
async fn last_answers_arrive_whatever_has_been_sent_after_their_requests() {
    let daemon = Daemon::start().await;
    let more = "x".repeat(60_000);
    for (head, expected) in [
        ("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "200"),
        ("GET /healthz HTTP/1.0\r\n\r\n", "200"),
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n", "405"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n", "400"),
        ("NONSENSE\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nX-Long: ", "431"),
    ] {
        let mut stream = TcpStream::connect(daemon.address()).await.unwrap();
        stream.write_all(format!("{head}{more}").as_bytes()).await.unwrap();
        let mut answer = String::new();
        let end = patiently("the end", stream.read_to_string(&mut answer)).await;
        assert!(end.is_ok() && status(&answer) == expected, "{head:?}: {end:?}: {answer}");
    }
}

#[tokio::test]
async fn a_request_head_may_have_16_kib_and_no_byte_more() {
    let daemon = Daemon::start().await;
    for (bytes, expected) in [(16_383, "200"), (16_384, "200"), (16_385, "431")] {
        let start = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Padding: ";
        let head = format!("{start}{:x<1$}", "", bytes - start.len() - 4) + "\r\n\r\n";
        assert_eq!(head.len(), bytes);
        assert_eq!(status(&exchange(daemon.address(), head.as_bytes()).await), expected, "{bytes} bytes");
    }
}

#[tokio::test]
async fn a_slow_or_silent_client_is_dropped_in_the_handshake_time() {
    let daemon = Daemon::with(&[("handshake", "\"2 s\""), ("grace", "\"12 s\"")]).await;
    let begun = tokio::time::Instant::now();
    let dropped = join_all(["", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "].map(async |start| {
        let mut stream = TcpStream::connect(daemon.address()).await.unwrap();
        stream.write_all(start.as_bytes()).await.unwrap();
        read_to_end(&mut stream).await;
        assert!(begun.elapsed() >= Duration::from_millis(1900), "given its time: {start:?}");
    }));
    Grace::begins(daemon.address()).await.outlasts(dropped).await;
}

const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// The status of an upgrade with these headers more.
async fn upgrade(address: SocketAddr, headers: &str) -> String {
    let request = format!("GET /ws/abc HTTP/1.1\r\nHost: {address}\r\n{UPGRADE}{headers}\r\n");
    status(&begin(address, request.as_bytes()).await).to_owned()
}

#[tokio::test]
async fn an_upgrade_needs_the_subprotocol_and_its_own_or_a_listed_origin() {
    let daemon = Daemon::with(&[("origins", r#"["https://chat.example.org"]"#)]).await;
    let address = daemon.address();
    let with = |origin: &str| format!("Sec-WebSocket-Protocol: sanctuary.1\r\nOrigin: {origin}\r\n");
    let port = address.port();
    assert_eq!(upgrade(address, "").await, "400");
    assert_eq!(upgrade(address, "Sec-WebSocket-Protocol: sanctuary.1\r\n").await, "101");
    assert_eq!(upgrade(address, &with(&format!("http://{address}"))).await, "101");
    assert_eq!(upgrade(address, &with("https://chat.example.org")).await, "101");
    for other in [
        "https://evil.example",
        "null",
        "",
        // Not by their beginning, nor by their end.
        &format!("http://{address}.evil.example"),
        &format!("http://127.0.0.1.evil.example:{port}"),
        &format!("http://127.0.0.1:{port}0"),
        &format!("http://127.0.0.10:{port}"),
        &format!("http://evil.example/{address}"),
        &format!("http://evil.example@{address}"),
        "https://chat.example.org.evil.example",
        "https://chat.example.org:8443",
        "https://chat.example.orgy",
        "https://evil-chat.example.org",
        "https://evil.chat.example.org",
        "http://chat.example.org",
        // Another port of this machine is another site.
        &format!("http://127.0.0.1:{}", port ^ 1),
        "http://127.0.0.1",
        &format!("http://localhost:{port}"),
    ] {
        assert_eq!(upgrade(address, &with(other)).await, "403", "{other}");
    }
}

/// Whatever compresses what is sealed beside what is not tells of its content by its length.
#[tokio::test]
async fn an_upgrade_that_offers_compression_gets_none() {
    let daemon = Daemon::start().await;
    let address = daemon.address();
    for offer in ["permessage-deflate", "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame"]
    {
        let request = format!(
            "GET /ws/0af HTTP/1.1\r\nHost: {address}\r\n{UPGRADE}Sec-WebSocket-Protocol: sanctuary.1\r\n\
             Sec-WebSocket-Extensions: {offer}\r\n\r\n"
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(patiently("the answer's head", stream.read_u8()).await.unwrap());
        }
        let head = String::from_utf8(head).unwrap().to_lowercase();
        assert_eq!(status(&head), "101");
        assert!(head.contains("sec-websocket-protocol: sanctuary.1"), "{head}");
        assert!(!head.contains("sec-websocket-extensions"), "{head}");
    }
}

#[tokio::test]
async fn an_upgrade_needs_version_13() {
    let daemon = Daemon::start().await;
    let request = "GET /ws/abc HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\
                   Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
                   Sec-WebSocket-Protocol: sanctuary.1\r\n\r\n";
    let answer = exchange(daemon.address(), request.as_bytes()).await.to_lowercase();
    assert_eq!(status(&answer), "426");
    assert!(answer.contains("sec-websocket-version: 13"));
}

#[tokio::test]
async fn connections_are_bounded_for_one_address_and_for_all() {
    // Those without a seat are a quarter of the seats.
    let daemon = Daemon::with(&[("connections_by_address", "12")]).await;
    assert_eq!(daemon.serves(5).await, 3);
    let daemon = Daemon::with(&[("connections", "16")]).await;
    assert_eq!(daemon.serves(6).await, 4);
}

/// A daemon that takes up that no more than so many may connect, when there are as many members as may be of both, with
/// a seat and without: nobody can make way for anybody else.
async fn overfilled(connections: usize, settings: &[(&str, &str)]) -> (Daemon, Vec<Line>) {
    let daemon = Daemon::with(settings).await;
    let mut members = Vec::new();
    for number in 0..connections + connections.div_ceil(4) {
        let (member, mut line) = (ByHand::new(), Line::open(daemon.address(), ROOM).await);
        let nonce = line.nonce.clone();
        let frame = if number == 0 { member.create(&nonce, None) } else { member.enter(&nonce) };
        welcomed(&answered(&mut line, frame).await);
        members.push(line);
    }
    daemon.configure(&[("connections", &connections.to_string())]);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    (daemon, members)
}

#[tokio::test]
async fn who_finds_no_place_is_told_so_on_a_page() {
    let proxied: &[_] = &[("proxies", r#"["127.0.0.1"]"#)];
    let tls: &[_] =
        &[("self_signed", "true"), ("listen_tls", r#"["127.0.0.1:0"]"#), ("redirect_to_https", "false")];
    for settings in [&[][..], proxied, tls] {
        let (daemon, _members) = overfilled(2, settings).await;
        let address = daemon.address();
        let upgrade =
            format!("{UPGRADE}X-Forwarded-For: 192.0.2.1\r\nSec-WebSocket-Protocol: sanctuary.1\r\n");
        let request = format!("GET /ws/abc HTTP/1.1\r\nHost: {address}\r\n{upgrade}\r\n");
        let mut answers = vec![exchange(address, request.as_bytes()).await, get(address, "/", "").await];
        for address in &daemon.secure {
            let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n");
            answers.push(exchange_on(&mut secure(*address, &TLS13).await, request.as_bytes()).await);
        }
        for answer in answers {
            let (head, body) = answer.split_once("\r\n\r\n").unwrap();
            let head = head.to_lowercase();
            assert!(head.starts_with("http/1.1 503") && head.contains("retry-after: 30"), "{answer}");
            assert!(head.contains("text/html") && head.contains("default-src 'none'"), "{answer}");
            assert!(
                body.contains("<h1>Too many connections</h1>") && body.contains("connections_by"),
                "{answer}"
            );
        }
    }
}

#[tokio::test]
async fn those_who_are_turned_away_are_bounded_in_number_and_time() {
    // As many are told in words at a time as may have seats.
    let (daemon, _members) = overfilled(2, &[("handshake", "\"1 s\"")]).await;
    let address = daemon.address();
    let mut silent = vec![TcpStream::connect(address).await.unwrap()];
    assert!(
        get(address, "/", "").await.contains("<h1>Too many connections"),
        "the last that is told in words"
    );
    silent.push(TcpStream::connect(address).await.unwrap());
    let answer = get(address, "/", "").await;
    assert!(answer.ends_with("\r\n\r\ntoo many connections\n") && answer.contains("Retry-After"), "{answer}");
    for mut stream in silent {
        read_to_end(&mut stream).await;
    }
    assert!(get(address, "/", "").await.contains("<h1>Too many connections"), "there is room for more words");
}

#[tokio::test]
async fn nobody_keeps_the_words_from_others_who_find_no_place() {
    let (daemon, _members) = overfilled(16, &[("handshake", "\"20 s\"")]).await;
    let address = daemon.address();
    let _words: Vec<_> = join_all((0..4).map(|_| TcpStream::connect(address))).await;
    assert!(get(address, "/", "").await.ends_with("\r\n\r\ntoo many connections\n"), "of one address");
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    let mut other = socket.connect(address).await.unwrap();
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n");
    assert!(exchange_on(&mut other, request.as_bytes()).await.contains("<h1>Too many connections"));
}
