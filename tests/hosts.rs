//! Under which names the real binary serves its pages and upgrades, so that no page of another site reaches it by
//! making its own name lead here (DNS rebinding), and what browsers are told to insist on.

#![allow(clippy::unwrap_used)]

mod support;

use nix::sys::signal::Signal;
use support::{Daemon, Issued, exchange, secure, status};
use tokio_rustls::rustls::version::TLS13;

const UPGRADE: &str = "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sanctuary.1\r\n";

/// What is answered to this request line and these header fields.
async fn ask(daemon: &Daemon, line: &str, fields: &str) -> String {
    exchange(daemon.address(), format!("{line}\r\n{fields}Connection: close\r\n\r\n").as_bytes()).await
}

async fn page(daemon: &Daemon, host: &str) -> String {
    ask(daemon, "GET / HTTP/1.1", &format!("Host: {host}\r\n")).await
}

/// The status of an upgrade from a page of this very host, as a browser asks for it.
async fn upgrade(daemon: &Daemon, host: &str) -> String {
    let fields = format!("Host: {host}\r\nOrigin: http://{host}\r\n{UPGRADE}");
    let request = format!("GET /ws/abc HTTP/1.1\r\n{fields}\r\n");
    status(&support::begin(daemon.address(), request.as_bytes()).await).to_owned()
}

#[tokio::test]
async fn a_page_whose_name_was_made_to_lead_here_gets_neither_page_nor_socket() {
    let daemon = Daemon::start().await;
    let port = daemon.address().port();
    for host in ["rebound.example", "rebound.example:80", "127.0.0.1.nip.example", "localhost.example"] {
        let host = if host.contains(':') { host.to_owned() } else { format!("{host}:{port}") };
        for path in ["/", "/app.js", "/farewell", "/nothing"] {
            let answer = ask(&daemon, &format!("GET {path} HTTP/1.1"), &format!("Host: {host}\r\n")).await;
            assert_eq!(status(&answer), "421", "{path} of {host}");
        }
        assert_eq!(upgrade(&daemon, &host).await, "421", "{host}");
        let answer = ask(&daemon, "GET /healthz HTTP/1.1", &format!("Host: {host}\r\n")).await;
        assert_eq!(status(&answer), "200", "a monitor may use any name");
    }
}

#[tokio::test]
async fn addresses_and_this_machine_s_own_names_are_served() {
    let daemon = Daemon::start().await;
    let name = nix::unistd::gethostname().unwrap().into_string().unwrap();
    let first = name.split('.').next().unwrap();
    for host in [
        "127.0.0.1",
        "203.0.113.7:8080",
        "[::1]",
        "[2001:DB8::1]:80",
        "LOCALHOST:1",
        "localhost.",
        &name,
        &format!("{first}.local"),
        &format!("{}.LOCAL.:8080", first.to_uppercase()),
    ] {
        assert_eq!(status(&page(&daemon, host).await), "200", "{host}");
        assert_eq!(upgrade(&daemon, host).await, "101", "{host}");
    }
}

#[tokio::test]
async fn what_is_no_address_is_a_name_and_what_is_no_host_is_refused() {
    let daemon = Daemon::start().await;
    for (host, expected) in [
        ("0x7f.1", "421"),
        ("2130706433", "421"),
        ("127.1", "421"),
        ("0177.0.0.1", "421"),
        ("127.0.0.01", "421"),
        ("127.0.0.1.", "200"),
        ("xn--e1afmkfd.example", "421"),
        ("a_b.example", "421"),
        ("me@127.0.0.1", "400"),
        ("127.0.0.1@rebound.example", "400"),
        ("rebound.example, 127.0.0.1", "400"),
        ("127.0.0.1,127.0.0.1", "400"),
        ("127.0.0.1 rebound.example", "400"),
        ("127.0.0.1:80:80", "400"),
        ("127.0.0.1:port", "400"),
        ("127.0.0.1:65536", "400"),
        ("127.0.0.1:", "200"),
        ("::1", "400"),
        ("[::1", "400"),
        ("[127.0.0.1]", "400"),
        ("[::1].example", "400"),
        ("127.0.0.1/", "400"),
        ("127.0.0.1?x", "400"),
        ("<script>alert(1)</script>", "400"),
        ("localhost%00.example", "400"),
        ("localhost\\.example", "400"),
        ("bücher.example", "400"),
        (".", "400"),
        ("a..example", "400"),
        (".example", "400"),
        ("", "400"),
    ] {
        assert_eq!(status(&page(&daemon, host).await), expected, "{host:?}");
    }
    let long = format!("{}example", "a.".repeat(150));
    assert_eq!(status(&page(&daemon, &long).await), "400");
}

#[tokio::test]
async fn what_may_be_said_once_is_not_said_twice() {
    let daemon = Daemon::start().await;
    for (line, fields, expected) in [
        ("GET / HTTP/1.1", "", "400"),
        ("GET /healthz HTTP/1.1", "", "400"),
        ("GET /%23K7QM-4XZD:secret HTTP/1.1", "", "400"),
        ("GET / HTTP/1.1", "Host: 127.0.0.1\r\nHost: 127.0.0.1\r\n", "400"),
        ("GET / HTTP/1.1", "Host: 127.0.0.1\r\nHost: rebound.example\r\n", "400"),
        ("GET / HTTP/1.0", "Host: 127.0.0.1\r\nHost: 127.0.0.1\r\n", "400"),
        (
            "GET / HTTP/1.1",
            "Host: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nOrigin: http://127.0.0.1\r\n",
            "400",
        ),
        ("GET /healthz HTTP/1.1", "Host:\r\n", "200"),
        ("GET / HTTP/1.0", "", "200"),
        ("GET /healthz HTTP/1.0", "", "200"),
        ("GET / HTTP/1.0", "Host: rebound.example\r\n", "421"),
        ("GET / HTTP/1.0", "Host: 127.0.0.1\r\n", "200"),
    ] {
        assert_eq!(status(&ask(&daemon, line, fields).await), expected, "{line} {fields:?}");
    }
    let origins = "Origin: http://evil.example\r\nOrigin: http://127.0.0.1\r\n";
    for twice in [origins, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "Sec-WebSocket-Version: 13\r\n"]
    {
        let fields = format!("Host: 127.0.0.1\r\n{twice}{UPGRADE}");
        assert_eq!(status(&ask(&daemon, "GET /ws/abc HTTP/1.1", &fields).await), "400", "{twice}");
    }
}

#[tokio::test]
async fn an_upgrade_by_http_1_0_is_passed_over() {
    let daemon = Daemon::start().await;
    for host in ["", "Host: 127.0.0.1\r\n"] {
        let answer = ask(&daemon, "GET /ws/abc HTTP/1.0", &format!("{host}{UPGRADE}")).await;
        assert_eq!(status(&answer), "426", "{host:?}");
        assert!(!answer.to_lowercase().contains("sec-websocket-accept"), "{answer}");
    }
}

#[tokio::test]
async fn a_target_that_names_its_host_overrides_the_field() {
    let daemon = Daemon::start().await;
    for (target, host, expected) in [
        ("http://rebound.example/", "127.0.0.1", "421"),
        ("http://rebound.example/healthz", "127.0.0.1", "200"),
        ("http://127.0.0.1/", "rebound.example", "200"),
        ("http://localhost:9/nothing", "rebound.example", "404"),
        ("http://me@127.0.0.1/", "127.0.0.1", "400"),
    ] {
        let answer = ask(&daemon, &format!("GET {target} HTTP/1.1"), &format!("Host: {host}\r\n")).await;
        assert_eq!(status(&answer), expected, "{target} {host}");
    }
    let origin = "Host: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n";
    let answer = ask(&daemon, "GET http://localhost/ws/abc HTTP/1.1", &format!("{origin}{UPGRADE}")).await;
    assert_eq!(status(&answer), "403", "the page's origin is compared with the same host");
}

#[tokio::test]
async fn names_of_the_settings_are_served_and_taken_up_by_a_reload() {
    let daemon = Daemon::with(&[("hosts", r#"["Chat.example.org", "*.example.net"]"#)]).await;
    for (host, expected) in [
        ("chat.example.org", "200"),
        ("CHAT.EXAMPLE.ORG.:8443", "200"),
        ("a.example.net", "200"),
        ("a.b.example.net", "421"),
        ("example.net", "421"),
        ("*.example.net", "400"),
        ("chat.example.org.evil.example", "421"),
        ("evilchat.example.org", "421"),
    ] {
        assert_eq!(status(&page(&daemon, host).await), expected, "{host}");
    }
    daemon.configure(&[("hosts", r#"["other.example"]"#)]);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    assert_eq!(status(&page(&daemon, "chat.example.org").await), "421");
    assert_eq!(status(&page(&daemon, "other.example").await), "200");
}

#[tokio::test]
async fn a_refusal_is_a_page_that_says_what_to_set_and_runs_nothing() {
    let daemon = Daemon::start().await;
    let answer = page(&daemon, "Chat.Example.org:8080").await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    assert!(head.contains("content-type: text/html") && head.contains("connection: close"), "{head}");
    assert!(head.contains("default-src 'none'") && head.contains("cache-control: no-store"), "{head}");
    assert!(body.starts_with("<!doctype html>"), "{body}");
    assert!(body.contains(r#"hosts = ["chat.example.org"]"#), "{body}");
}

#[tokio::test]
async fn names_in_the_certificate_are_served_also_those_of_a_renewed_one() {
    let issued = Issued::new();
    issued.renew_for(&["chat.example.org", "*.example.net", "*.example"]);
    let settings = issued.settings();
    let mut settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    settings.push(("redirect_to_https", "false"));
    let daemon = Daemon::with(&settings).await;
    let (org, net) = ("chat.example.org", "a.example.net");
    for (host, expected) in [(org, "200"), (net, "200"), ("a.b.example.net", "421"), ("evil.example", "421")]
    {
        assert_eq!(status(&page(&daemon, host).await), expected, "{host}");
    }
    issued.renew_for(&["other.example.org"]);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    for (host, expected) in [(org, "421"), (net, "421"), ("other.example.org", "200")] {
        assert_eq!(status(&page(&daemon, host).await), expected, "{host}");
    }
}

#[tokio::test]
async fn nobody_is_sent_on_to_another_host() {
    let daemon = Daemon::with(&[("self_signed", "true"), ("listen_tls", r#"["127.0.0.1:0"]"#)]).await;
    let port = daemon.secure[0].port();
    for (line, host, expected) in [
        ("GET / HTTP/1.1", "localhost:8080", format!("308 https://localhost:{port}/")),
        ("GET /?x HTTP/1.1", "[::1]:8080", format!("308 https://[::1]:{port}/?x")),
        (
            "GET http://127.0.0.1/farewell HTTP/1.1",
            "rebound.example",
            format!("308 https://127.0.0.1:{port}/farewell"),
        ),
        ("GET //evil.example/ HTTP/1.1", "localhost", format!("308 https://localhost:{port}//evil.example/")),
        ("GET * HTTP/1.1", "localhost", format!("308 https://localhost:{port}/")),
        ("GET / HTTP/1.1", "rebound.example", "421".to_owned()),
        ("GET http://rebound.example/ HTTP/1.1", "localhost", "421".to_owned()),
        ("GET / HTTP/1.1", "localhost@rebound.example", "400".to_owned()),
    ] {
        let answer = ask(&daemon, line, &format!("Host: {host}\r\n")).await;
        let place = answer.lines().find_map(|line| line.strip_prefix("location: "));
        let found = [Some(status(&answer)), place].into_iter().flatten().collect::<Vec<_>>().join(" ");
        assert_eq!(found, expected, "{line} {host}");
    }
}

#[tokio::test]
async fn what_a_listed_proxy_says_of_its_visitor_s_scheme_is_believed() {
    let tls = [("self_signed", "true"), ("listen_tls", r#"["127.0.0.1:0"]"#)];
    let daemon = Daemon::with(&[&tls[..], &[("proxies", r#"["127.0.0.1", "10.0.0.0/8"]"#)]].concat()).await;
    let host = "Host: localhost\r\n";
    for (fields, expected) in [
        ("", "308"),
        ("X-Forwarded-Proto: https\r\n", "200"),
        ("X-Forwarded-Proto: HTTPS\r\n", "200"),
        ("X-Forwarded-Proto: http\r\n", "308"),
        ("X-Forwarded-Proto: httpsx\r\n", "308"),
        ("X-Forwarded-Proto:\r\n", "308"),
        // The visitor said all but the last of it.
        ("X-Forwarded-Proto: https, http\r\n", "308"),
        ("X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http\r\n", "308"),
        ("X-Forwarded-Proto: http, https\r\n", "200"),
        // Two proxies: the one that the visitor came to is the outer one.
        ("X-Forwarded-For: 192.0.2.1, 10.0.0.1\r\nX-Forwarded-Proto: https, http\r\n", "200"),
        ("X-Forwarded-For: 192.0.2.1, 10.0.0.1\r\nX-Forwarded-Proto: https\r\n", "200"),
        ("X-Forwarded-For: 192.0.2.1, 10.0.0.1\r\nX-Forwarded-Proto: http, https\r\n", "308"),
        ("X-Forwarded-For: 192.0.2.1, 192.0.2.2\r\nX-Forwarded-Proto: https, http\r\n", "308"),
    ] {
        let answer = ask(&daemon, "GET / HTTP/1.1", &format!("{host}{fields}")).await;
        assert_eq!(status(&answer), expected, "{fields:?}");
    }
    let stranger = Daemon::with(&tls).await;
    let answer = ask(&stranger, "GET / HTTP/1.1", &format!("{host}X-Forwarded-Proto: https\r\n")).await;
    assert_eq!(status(&answer), "308", "who is no proxy is not believed");
}

#[tokio::test]
async fn browsers_insist_on_https_only_where_they_are_asked_to() {
    let issued = Issued::new();
    issued.renew_for(&["chat.example.org", "localhost"]);
    for (hsts, told) in
        [(None, None), (Some("\"24 h\""), Some("max-age=86400")), (Some("\"0 s\""), Some("max-age=0"))]
    {
        let settings = issued.settings();
        let mut settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        settings.extend(hsts.map(|hsts| ("hsts", hsts)));
        let daemon = Daemon::with(&settings).await;
        for (host, path, expected) in [
            ("chat.example.org", "/", told),
            ("chat.example.org:8443", "/nothing", told),
            // Neither for whole addresses nor for what every machine calls itself, nor for another's name.
            ("127.0.0.1", "/", None),
            ("[::1]", "/", None),
            ("localhost", "/", None),
            ("rebound.example", "/", None),
            ("rebound.example", "/healthz", None),
        ] {
            let mut stream = secure(daemon.secure[0], &TLS13).await;
            let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let answer = support::exchange_on(&mut stream, request.as_bytes()).await;
            let found = answer.lines().find_map(|line| line.strip_prefix("strict-transport-security: "));
            assert_eq!(found, expected, "{hsts:?} {host} {path}");
        }
        let plain = page(&daemon, "chat.example.org").await;
        assert!(!plain.contains("strict-transport-security"), "it counts for nothing there (RFC 6797, 7.2)");
    }
}

#[tokio::test]
async fn where_nobody_vouches_for_the_certificate_nothing_is_insisted_on_and_that_is_said() {
    let issued = Issued::new();
    issued.renew_by_itself("chat.example.org");
    let settings = issued.settings();
    let mut settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    settings.push(("hsts", "\"24 h\""));
    let daemon = Daemon::with(&settings).await;
    daemon.says("`hsts` is passed over").await;
    let request = b"GET / HTTP/1.1\r\nHost: chat.example.org\r\nConnection: close\r\n\r\n";
    let answer = support::exchange_on(&mut secure(daemon.secure[0], &TLS13).await, request).await;
    assert!(status(&answer) == "200" && !answer.contains("strict-transport-security"), "{answer}");
}
