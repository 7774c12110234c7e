//! Https as the real binary serves it: what is spoken and what is not, with which certificate, and whither plain
//! requests are sent.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::Duration;

use futures_util::future::join_all;
use nix::sys::signal::Signal;
use sanctuary_wire::Rule;
use sha2::{Digest, Sha256};
use support::{Daemon, Grace, Heard, Issued, Line, Member, ROOM, client_hello, patiently, secure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::version::{TLS12, TLS13};

/// Made at start, on the loopback.
const SELF_SIGNED: [(&str, &str); 2] = [("self_signed", "true"), ("listen_tls", r#"["127.0.0.1:0"]"#)];

async fn with(issued: &Issued, more: &[(&str, &str)]) -> Daemon {
    let settings = issued.settings();
    let mut settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    settings.extend(more);
    Daemon::with(&settings).await
}

async fn get(stream: &mut (impl support::Carrier + ?Sized), path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    patiently("the answer", stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

async fn served(address: SocketAddr) -> CertificateDer<'static> {
    let stream = secure(address, &TLS13).await;
    stream.get_ref().1.peer_certificates().unwrap()[0].clone().into_owned()
}

async fn line(address: SocketAddr) -> Line {
    Line::carried(Box::new(secure(address, &TLS13).await), &address.to_string(), ROOM).await
}

/// Without the alert `close_notify` it might have been cut off by somebody (RFC 8446, 6.1), which is an error to read.
#[tokio::test]
async fn every_last_answer_ends_as_tls_ends() {
    let daemon = with(&Issued::new(), &[]).await;
    for request in [
        "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nNONSENSE\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nX : x\r\n\r\n",
        &format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(17_000)),
    ] {
        let mut stream = secure(daemon.secure[0], &TLS13).await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        let end = patiently("the end", stream.read_to_string(&mut answer)).await;
        assert!(end.is_ok() && answer.contains("connection: close"), "{request:.80}: {end:?}: {answer}");
    }
}

#[tokio::test]
async fn the_page_is_served_by_both_versions_for_http_1_1() {
    let issued = Issued::new();
    let daemon = with(&issued, &[]).await;
    for version in [&TLS12, &TLS13] {
        let mut stream = secure(daemon.secure[0], version).await;
        assert_eq!(stream.get_ref().1.protocol_version(), Some(version.version));
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
        let answer = get(&mut stream, "/").await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[tokio::test]
async fn a_conversation_passes_and_goes_on_over_a_reload_with_another_certificate() {
    let issued = Issued::new();
    let daemon = with(&issued, &[]).await;
    let address = daemon.secure[0];
    let mut ada = Member::create_on(line(address).await, Rule::Keeper, "Ada").await.unwrap();
    let mut bob = Member::enter_on(line(address).await, "Bob").await.unwrap();
    assert!(matches!(ada.next().await, Heard::Joined(..)));
    ada.say("over TLS").await;
    let heard = Heard::Message { number: 1, from: ada.id, text: "over TLS".to_owned() };
    assert_eq!(bob.next().await, heard);

    let before = served(address).await;
    let renewed = issued.renew(2041);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    assert!(served(address).await == renewed && renewed != before);
    let long = "and a long one ".repeat(3000);
    bob.say(&long).await;
    assert!(matches!(ada.next().await, Heard::Message { number: 1, .. }));
    assert!(ada.next().await == Heard::Message { number: 2, from: bob.id, text: long });
    bob.exit("").await;
    assert!(matches!(ada.next_few(2).await[..], [Heard::Farewell { .. }, Heard::Left(..)]));
}

#[tokio::test]
async fn a_pair_that_was_saved_with_a_byte_order_mark_is_served() {
    let issued = Issued::new();
    let saved = |name: &str| format!("\u{feff}{}", fs::read_to_string(issued.path(name)).unwrap());
    let [certificate, key] = ["certificate.pem", "key.pem"].map(saved);
    fs::write(issued.path("certificate.pem"), certificate.replace('\n', "\r\n")).unwrap();
    let utf16: Vec<u8> = key.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(issued.path("key.pem"), utf16).unwrap();
    let daemon = with(&issued, &[]).await;
    served(daemon.secure[0]).await;
}

#[tokio::test]
async fn a_reload_of_a_bad_pair_says_so_and_keeps_the_old_one() {
    let issued = Issued::new();
    let daemon = with(&issued, &[]).await;
    let before = served(daemon.secure[0]).await;
    let other = Issued::new();
    fs::copy(other.path("key.pem"), issued.path("key.pem")).unwrap();
    daemon.signal(Signal::SIGHUP);
    daemon.says("the certificate stays as it was").await;
    daemon.says("this key does not belong to the certificate").await;
    daemon.notice("READY=1").await;
    assert_eq!(served(daemon.secure[0]).await, before);
}

#[tokio::test]
async fn an_expired_certificate_is_warned_of_and_served() {
    let issued = Issued::new();
    issued.renew(2021);
    let daemon = with(&issued, &[]).await;
    daemon.says("warning: the certificate has expired").await;
    served(daemon.secure[0]).await;
}

#[tokio::test]
async fn what_is_printed_of_a_certificate_made_at_start_is_what_is_served_and_binds_no_browser() {
    let daemon = Daemon::with(&SELF_SIGNED).await;
    let digest = Sha256::digest(served(daemon.secure[0]).await);
    let fingerprint: Vec<String> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
    daemon.says(&fingerprint.join(":")).await;
    let answer = get(&mut secure(daemon.secure[0], &TLS13).await, "/").await;
    assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("strict-transport-security"), "{answer}");
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    assert_eq!(Sha256::digest(served(daemon.secure[0]).await), digest, "compared once is enough");
}

#[tokio::test]
async fn plain_requests_are_sent_on_unless_the_settings_say_otherwise() {
    let daemon = Daemon::with(&SELF_SIGNED).await;
    let address = daemon.address();
    let plain = async |path| get(&mut TcpStream::connect(address).await.unwrap(), path).await;
    let port = daemon.secure[0].port();
    for path in ["/", "/ws/abc"] {
        let answer = plain(path).await;
        assert!(answer.starts_with("HTTP/1.1 308"), "{answer}");
        assert!(answer.contains(&format!("location: https://localhost:{port}{path}\r\n")), "{answer}");
        assert!(!answer.contains("strict-transport-security"), "it counts for nothing there (RFC 6797, 7.2)");
    }
    assert!(plain("/healthz").await.starts_with("HTTP/1.1 200"));
    daemon.configure(&[("redirect_to_https", "false")]);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    assert!(plain("/").await.starts_with("HTTP/1.1 200"));
}

async fn answer_to(address: SocketAddr, hello: &[u8]) -> [u8; 7] {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(hello).await.unwrap();
    let mut answer = [0; 7];
    patiently("an answer", stream.read_exact(&mut answer)).await.unwrap();
    answer
}

#[tokio::test]
async fn older_versions_and_plain_requests_are_refused() {
    let daemon = Daemon::with(&SELF_SIGNED).await;
    // Fatal: protocol_version (RFC 8446, 6.2). Of 1.2, the very same is taken.
    assert_eq!(answer_to(daemon.secure[0], &client_hello(1)).await, [21, 3, 3, 0, 2, 2, 70]);
    assert_eq!(answer_to(daemon.secure[0], &client_hello(2)).await, [21, 3, 3, 0, 2, 2, 70]);
    assert_eq!(answer_to(daemon.secure[0], &client_hello(3)).await[0], 22);
    let mut stream = TcpStream::connect(daemon.secure[0]).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = patiently("the end", stream.read_to_end(&mut answer)).await;
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
}

#[tokio::test]
async fn a_slow_handshake_is_dropped_in_the_handshake_time() {
    let times = [("handshake", "\"2 s\""), ("grace", "\"12 s\""), ("redirect_to_https", "false")];
    let daemon = Daemon::with(&[&SELF_SIGNED[..], &times].concat()).await;
    let begun = tokio::time::Instant::now();
    let greeting = client_hello(3);
    let dropped = join_all([&[][..], &greeting[..20], &greeting].map(async |start| {
        let mut stream = TcpStream::connect(daemon.secure[0]).await.unwrap();
        stream.write_all(start).await.unwrap();
        let _ = stream.read_to_end(&mut Vec::new()).await;
        assert!(begun.elapsed() >= Duration::from_millis(1900), "given its time");
    }));
    Grace::begins(daemon.address()).await.outlasts(dropped).await;
}

/// What the daemon says and exits with when it does not start with these settings.
fn refusal(issued: &Issued) -> (Option<i32>, String) {
    let config = issued.path("sanctuary.toml");
    let mut text = "listen = [\"127.0.0.1:0\"]\nuser = \"nobody\"\n".to_owned();
    for (name, value) in issued.settings() {
        text += &[name, " = ", &value, "\n"].concat();
    }
    fs::write(&config, text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sanctuary")).arg("--config").arg(config).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_certificate_that_cannot_be_served_is_told_with_its_file_and_remedy() {
    let issued = Issued::new();
    let other = Issued::new();
    fs::copy(other.path("key.pem"), issued.path("key.pem")).unwrap();
    let (status, said) = refusal(&issued);
    assert_eq!(status, Some(78), "{said}");
    assert!(said.contains("key.pem: this key does not belong to the certificate: name the two"), "{said}");
    fs::remove_file(issued.path("key.pem")).unwrap();
    let (status, said) = refusal(&issued);
    assert_eq!(status, Some(66), "{said}");
    assert!(said.contains("key.pem: No such file") && said.contains("correct the path"), "{said}");
}

#[tokio::test]
async fn a_key_that_the_daemon_s_user_cannot_read_is_read_by_root_and_said_to_take_a_restart() {
    if !nix::unistd::Uid::effective().is_root() {
        return;
    }
    let issued = Issued::new();
    let folder = issued.path("");
    nix::unistd::chown(&folder, Some(0.into()), None).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    let daemon = with(&issued, &[]).await;
    served(daemon.secure[0]).await;
    daemon.says("a renewed certificate will take a restart, not a reload: cannot read").await;
}

/// Everything that testssl.sh rates above "low", but for these.
#[tokio::test]
#[ignore = "needs testssl.sh"]
async fn testssl_finds_nothing_to_speak_of() {
    const EXCEPTIONS: [&str; 5] = [
        // The test's authority is in no list, revokes nothing, and its certificates must not age.
        "cert_chain_of_trust",
        "cert_revocation",
        "cert_validityPeriod",
        "overall_grade",
        // Lines in which testssl speaks of the openssl on this machine.
        "engine_problem",
    ];
    let issued = Issued::new();
    let daemon = with(&issued, &[]).await;
    let report = issued.path("testssl.json");
    let output = tokio::process::Command::new("testssl")
        .args(["--quiet", "--warnings", "off", "--color", "0", "--severity", "MEDIUM", "--jsonfile"])
        .arg(&report)
        .arg(daemon.secure[0].to_string())
        .output()
        .await
        .expect("testssl.sh: apt-get install testssl.sh");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("Done"), "it ran to its end: {told}");
    let findings: Vec<serde_json::Value> =
        serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    let grave: Vec<_> =
        findings.iter().filter(|finding| !EXCEPTIONS.contains(&finding["id"].as_str().unwrap())).collect();
    assert!(grave.is_empty(), "{grave:#?}");
}
