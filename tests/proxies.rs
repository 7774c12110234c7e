//! The shipped examples of proxies, with the real nginx, `HAProxy` and Caddy: a conversation passes, connections count for whom
//! the proxy speaks for, and nobody writes down who was there.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::fs;
use std::net::{SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sanctuary_wire::{Refusal, Rule};
use support::{Daemon, Heard, Issued, Line, Member, Next, ROOM, patiently, secure_from};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::rustls::version::TLS13;

const VISITORS: [&str; 4] = ["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"];

/// The name that the examples give the site.
const SITE: &str = "chat.example.org";

/// What the daemon is told beside what the example says; each visitor may come once, the first alone may open rooms,
/// and whoever comes by plain http would be sent on.
const MORE: [(&str, &str); 4] = [
    ("connections_by_address", "1"),
    ("open_rooms", r#"["127.0.0.2"]"#),
    ("self_signed", "true"),
    ("listen_tls", r#"["127.0.0.1:0"]"#),
];

/// A daemon with the settings that the example names, but for the port that it listens on.
async fn behind(name: &str) -> Daemon {
    let text = example(name, &[]);
    let settings = text.lines().filter_map(|line| line.strip_prefix("#     ")?.split_once(" = "));
    let settings: Vec<_> = settings.filter(|(key, _)| *key != "listen").chain(MORE).collect();
    assert_eq!(settings.len(), 2 + MORE.len(), "`hosts` and `proxies`: {settings:?}");
    Daemon::with(&settings).await
}

/// A proxy that runs in the background; it is ended on drop.
struct Proxy {
    plain: SocketAddr,
    secure: SocketAddr,
    pid_file: PathBuf,
}

impl Proxy {
    /// Starts it. It returns when its sockets are bound and a child of its has gone into the background.
    fn started(command: &mut Command, [plain, secure]: [SocketAddr; 2], pid_file: PathBuf) -> (Self, Output) {
        let output = command.output().expect("the proxy: apt-get install nginx-light haproxy caddy");
        assert!(output.status.success(), "{output:?}");
        (Self { plain, secure, pid_file }, output)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let pid = fs::read_to_string(&self.pid_file).unwrap();
        kill(Pid::from_raw(pid.trim().parse().unwrap()), Signal::SIGTERM).unwrap();
    }
}

/// Two addresses that are free at this moment.
fn free() -> [SocketAddr; 2] {
    let sockets = [0; 2].map(|_| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    sockets.map(|socket| socket.local_addr().unwrap())
}

/// The example, with each of these texts, which must be in it, replaced.
fn example(name: &str, replacements: &[(&str, &str)]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/examples").join(name);
    let mut text = fs::read_to_string(path).unwrap();
    for (from, to) in replacements {
        assert!(text.contains(from), "{name}: {from}");
        text = text.replace(from, to);
    }
    text
}

/// A stream through the proxy from one of the loopback's other addresses.
async fn visit(proxy: &Proxy, from: &str) -> Box<dyn support::Carrier> {
    Box::new(secure_from(from.parse().unwrap(), proxy.secure, &TLS13).await)
}

/// The head of the answer.
async fn head(mut stream: Box<dyn support::Carrier>, asked: &str) -> String {
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.windows(4).any(|window| window == b"\r\n\r\n") {
        let length = patiently("the answer", stream.read_buf(&mut answer)).await.unwrap();
        assert!(length > 0, "{}", String::from_utf8_lossy(&answer));
    }
    String::from_utf8_lossy(&answer).to_lowercase()
}

async fn status(stream: Box<dyn support::Carrier>, asked: &str) -> String {
    support::status(&head(stream, asked).await).to_owned()
}

async fn converse(proxy: &Proxy) {
    let host = format!("{SITE}:{}", proxy.secure.port());
    let [first, second, third, fourth] = VISITORS;
    let line = async |from| Line::carried(visit(proxy, from).await, &host, ROOM).await;
    let refused = Member::create_on(line(fourth).await, Rule::Keeper, "Zoe").await.err();
    assert_eq!(refused, Some(Refusal::NotFromHere), "the proxy's own address opens nothing");
    let mut ada = Member::create_on(line(first).await, Rule::Keeper, "Ada").await.unwrap();
    let mut bob = Member::enter_on(line(second).await, "Bob").await.unwrap();
    let long = "through the proxy ".repeat(2000);
    assert!(matches!(ada.next().await, Heard::Joined(..)));
    ada.say(&long).await;
    assert!(bob.next().await == Heard::Message { number: 1, from: ada.id, text: long });

    // Seats count for the visitor, who can neither be the proxy nor claim to be somebody else.
    let again = Member::enter_on(line(first).await, "Cleo").await.err();
    assert_eq!(again, Some(Refusal::Busy));
    let upgrade = |more: &str| {
        format!(
            "GET /ws/abc HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{more}\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             Sec-WebSocket-Protocol: sanctuary.1\r\nOrigin: https://{host}\r\n\r\n"
        )
    };
    // So do connections without one: the next of the same visitor takes its place.
    let mut waits = line(third).await;
    let claim = upgrade("X-Forwarded-For: 192.0.2.1\r\n");
    assert_eq!(status(visit(proxy, third).await, &claim).await, "101");
    assert!(matches!(waits.next().await, Next::Broken | Next::Closed(_)));
    let page = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let answer = head(visit(proxy, third).await, &page).await;
    assert_eq!(support::status(&answer), "200", "who came by https is not sent on: {answer}");
    assert!(!answer.contains("strict-transport-security"), "unless asked for: {answer}");
    let plain = tokio::net::TcpStream::connect(proxy.plain).await.unwrap();
    assert_eq!(status(Box::new(plain), &page).await, "308");
    bob.exit("").await;
    let heard = ada.next_few(3).await;
    assert!(matches!(heard[..], [Heard::Message { number: 1, .. }, Heard::Farewell { .. }, Heard::Left(..)]));
}

/// Whoever makes a name lead here gets as little through the proxy.
async fn serves_no_other_name(proxy: &Proxy) {
    let page = "GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n";
    assert_eq!(status(visit(proxy, VISITORS[0]).await, page).await, "421");
}

/// What the proxy answers once the daemon has gone.
async fn in_vain(proxy: &Proxy) -> String {
    let page = format!("GET / HTTP/1.1\r\nHost: {SITE}\r\n\r\n");
    status(visit(proxy, VISITORS[0]).await, &page).await
}

/// The real `HAProxy` with the example and these changes to it.
fn haproxy(issued: &Issued, daemon: &Daemon, log: SocketAddr, changes: &[(&str, &str)]) -> Proxy {
    let ports = free();
    let pair = ["certificate.pem", "key.pem"].map(|name| fs::read_to_string(issued.path(name)).unwrap());
    fs::write(issued.path("pair.pem"), pair.concat()).unwrap();
    let [plain, secure, daemon] = [ports[0], ports[1], daemon.address()].map(|address| address.to_string());
    let pair = issued.path("pair.pem").display().to_string();
    let places = [
        (":::80 v4v6", &*plain),
        (":::443 v4v6", &*secure),
        ("127.0.0.1:8080", &*daemon),
        ("/etc/haproxy/chat.example.org.pem", &*pair),
    ];
    let site = example("haproxy.cfg", &[changes, &places].concat());
    let around = format!("global\n log {log} local0 debug\ndefaults\n log global\n");
    fs::write(issued.path("haproxy.cfg"), around + &site).unwrap();
    let mut command = Command::new("haproxy");
    command.arg("-D").arg("-f").arg(issued.path("haproxy.cfg")).arg("-p").arg(issued.path("pid"));
    let (proxy, output) = Proxy::started(&mut command, ports, issued.path("pid"));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "no warning about the example");
    proxy
}

/// The real Caddy with the example and these changes to it.
fn caddy(issued: &Issued, daemon: &Daemon, changes: &[(&str, &str)]) -> Proxy {
    let ports = free();
    let path = |name: &str| issued.path(name).display().to_string();
    let [plain, secure] = ports.map(|address| address.port());
    // No certificate is asked for, and all that it has to say goes to a file.
    let options = format!(
        "\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port {plain}\n\thttps_port {secure}\n\
         \tstorage file_system {}\n\tlog {{\n\t\toutput file {}\n",
        path("storage"),
        path("log"),
    );
    let site = format!(
        "https://127.0.0.1, https://{SITE} {{\n\ttls {} {}\n",
        path("certificate.pem"),
        path("key.pem")
    );
    let daemon = daemon.address().to_string();
    let places = [("\tlog {\n", &*options), ("chat.example.org {\n", &*site), ("127.0.0.1:8080", &*daemon)];
    let text = example("Caddyfile", &[changes, &places].concat());
    fs::write(issued.path("Caddyfile"), text).unwrap();
    let mut command = Command::new("caddy");
    command.args(["start", "--adapter", "caddyfile", "--config"]).arg(issued.path("Caddyfile"));
    command.arg("--pidfile").arg(issued.path("pid")).env("HOME", issued.path(""));
    // A process that it leaves in the background would hold a pipe open.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    Proxy::started(&mut command, ports, issued.path("pid")).0
}

/// The page, its WebSocket and nothing else, with `/chat/` before every path.
async fn serves_below_a_path(proxy: &Proxy) {
    let host = format!("{SITE}:{}", proxy.secure.port());
    let get = async |path: &str, more: &str| {
        let asked = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n");
        head(visit(proxy, VISITORS[0]).await, &asked).await
    };
    let answer = get("/chat", "").await;
    assert_eq!(support::status(&answer), "308", "{answer}");
    assert!(answer.contains("\r\nlocation: /chat/\r\n"), "{answer}");
    for path in ["/chat/", "/chat/app.js", "/chat/farewell"] {
        let answer = get(path, "").await;
        assert_eq!(support::status(&answer), "200", "{path}: {answer}");
        assert!(!answer.contains("clear-site-data"), "of the whole host: {answer}");
    }
    let socket = format!(
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sanctuary.1\r\n\
         Origin: https://{host}\r\n"
    );
    let answer = get("/chat/ws/abc", &socket).await;
    assert_eq!(support::status(&answer), "101", "{answer}");
    for path in ["/", "/app.js", "/ws/abc"] {
        let answer = get(path, "").await;
        assert!(!answer.contains("cross-origin-embedder-policy"), "{path} is not the daemon's: {answer}");
    }
}

#[tokio::test]
#[ignore = "needs nginx-light"]
async fn nginx_passes_a_conversation_on_and_writes_nothing_down() {
    let (issued, mut daemon, ports) = (Issued::new(), behind("nginx.conf").await, free());
    let path = |name: &str| issued.path(name).display().to_string();
    let site = example(
        "nginx.conf",
        &[
            ("listen 80;", &format!("listen {};", ports[0])),
            ("listen 443 ssl;", &format!("listen {} ssl;", ports[1])),
            ("listen [::]:80;", ""),
            ("listen [::]:443 ssl;", ""),
            ("127.0.0.1:8080", &daemon.address().to_string()),
            ("/etc/letsencrypt/live/chat.example.org/fullchain.pem", &path("certificate.pem")),
            ("/etc/letsencrypt/live/chat.example.org/privkey.pem", &path("key.pem")),
        ],
    );
    fs::write(issued.path("site.conf"), site).unwrap();
    // Around the example, everything is logged.
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {};\n", path(kind)))
        .concat();
    let main = format!(
        "pid {};\nerror_log {} info;\nevents {{}}\nhttp {{\naccess_log {};\n{temporary}include {};\n}}\n",
        path("pid"),
        path("error.log"),
        path("access.log"),
        path("site.conf"),
    );
    fs::write(issued.path("main.conf"), main).unwrap();
    let mut command = Command::new("nginx");
    command.arg("-c").arg(issued.path("main.conf")).arg("-e").arg(issued.path("error.log"));
    let (proxy, _) = Proxy::started(&mut command, ports, issued.path("pid"));
    converse(&proxy).await;
    serves_no_other_name(&proxy).await;
    daemon.signal(Signal::SIGTERM);
    assert!(daemon.ended().await.success());
    assert_eq!(in_vain(&proxy).await, "502");
    assert_eq!(fs::read_to_string(issued.path("access.log")).unwrap(), "");
    let errors = fs::read_to_string(issued.path("error.log")).unwrap();
    assert!(VISITORS.iter().all(|visitor| !errors.contains(visitor)), "{errors}");
}

#[tokio::test]
#[ignore = "needs haproxy"]
async fn haproxy_passes_a_conversation_on_and_writes_nothing_down() {
    let (issued, mut daemon) = (Issued::new(), behind("haproxy.cfg").await);
    // Around the example, everything is logged.
    let log = UdpSocket::bind("127.0.0.1:0").unwrap();
    log.set_nonblocking(true).unwrap();
    let proxy = haproxy(&issued, &daemon, log.local_addr().unwrap(), &[]);
    converse(&proxy).await;
    serves_no_other_name(&proxy).await;
    daemon.signal(Signal::SIGTERM);
    assert!(daemon.ended().await.success());
    assert_eq!(in_vain(&proxy).await, "503");
    let mut line = [0; 2048];
    while let Ok(length) = log.recv(&mut line) {
        let line = String::from_utf8_lossy(&line[..length]);
        assert!(VISITORS.iter().all(|visitor| !line.contains(visitor)), "{line}");
    }
}

#[tokio::test]
#[ignore = "needs caddy"]
async fn caddy_passes_a_conversation_on_and_writes_nothing_down() {
    let (issued, mut daemon) = (Issued::new(), behind("Caddyfile").await);
    let proxy = caddy(&issued, &daemon, &[]);
    converse(&proxy).await;
    daemon.signal(Signal::SIGTERM);
    assert!(daemon.ended().await.success());
    assert_eq!(in_vain(&proxy).await, "502");
    let log = fs::read_to_string(issued.path("log")).unwrap();
    assert!(log.contains("serving initial configuration"), "{log}");
    assert!(VISITORS.iter().all(|visitor| !log.contains(visitor)), "{log}");
}

#[tokio::test]
#[ignore = "needs haproxy"]
async fn haproxy_serves_the_page_below_a_path() {
    let (issued, daemon) = (Issued::new(), behind("haproxy.cfg").await);
    let log = UdpSocket::bind("127.0.0.1:0").unwrap();
    let front = "    http-request redirect code 308 location /chat/ if { path /chat }\n    \
                 use_backend chat if { path_beg /chat/ }\n";
    let proxy = haproxy(
        &issued,
        &daemon,
        log.local_addr().unwrap(),
        &[
            (&front.replace("    ", "#    "), ""),
            ("    default_backend sanctuary\n", front),
            ("backend sanctuary from sanctuary\n    no log\n    server daemon 127.0.0.1:8080\n", ""),
            ("#backend chat", "backend chat"),
            ("#    no log", "    no log"),
            ("#    # It would", "    # It would"),
            ("#    http-re", "    http-re"),
            ("#    server", "    server"),
        ],
    );
    serves_below_a_path(&proxy).await;
}

#[tokio::test]
#[ignore = "needs caddy"]
async fn caddy_serves_the_page_below_a_path() {
    let (issued, daemon) = (Issued::new(), behind("Caddyfile").await);
    let proxy = caddy(
        &issued,
        &daemon,
        &[
            ("\n\treverse_proxy 127.0.0.1:8080\n\n", "\n"),
            ("\t#redir", "\tredir"),
            ("\t#handle_path", "\thandle_path"),
            ("\t#\t", "\t\t"),
            ("\t#}", "\t}"),
        ],
    );
    serves_below_a_path(&proxy).await;
}
