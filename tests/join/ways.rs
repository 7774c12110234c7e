//! Ways to the daemon: https, and through a proxy.

use std::net::SocketAddr;

use nix::sys::signal::Signal;
use sanctuary_wire::Refusal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::joined::{Joined, link};
use super::support::{ByHand, Daemon, Heard, Issued, Line, Member, ROOM, answered, refused};

/// Made at start, on the loopback.
const SELF_SIGNED: [(&str, &str); 2] = [("self_signed", "true"), ("listen_tls", r#"["127.0.0.1:0"]"#)];

#[tokio::test]
async fn a_certificate_is_trusted_by_its_fingerprint_and_no_other_is() {
    let daemon = Daemon::with(&SELF_SIGNED).await;
    let page = format!("https://{}/", daemon.secure[0]);
    let printed = daemon.printed().join("\n");
    let mut words = printed.split(|c: char| !(c.is_ascii_hexdigit() || c == ':'));
    let fingerprint = words.find(|word| word.len() == 95).expect("a fingerprint").to_owned();
    let mut ada = Joined::with(&["open", "--alias", "ada", "--fingerprint", &fingerprint, &page], &[]);
    ada.reads("* Room").await;
    for more in [&["--fingerprint", &"00".repeat(32)][..], &[]] {
        let mut ben = Joined::enters(&link(&page), "ben", more).await;
        let (status, _) = ben.ends().await;
        let told = ben.complaint().await;
        assert!(status == 69 && told.contains("certificate"), "{status} {told}");
    }
}

#[tokio::test]
async fn a_certificate_is_trusted_by_the_authority_that_is_named() {
    let issued = Issued::new();
    let settings = issued.settings();
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let daemon = Daemon::with(&settings).await;
    let page = format!("https://127.0.0.1:{}/", daemon.secure[0].port());
    let authority = issued.authority();
    let mut ada = Joined::with(&["open", "--alias", "ada", "--ca", authority.to_str().unwrap(), &page], &[]);
    ada.reads("* Room").await;
    let mut missing = Joined::with(&["open", "--alias", "ada", "--ca", "/nonexistent", &page], &[]);
    assert_eq!(missing.ends().await.0, 66);
}

#[tokio::test]
async fn a_daemon_that_drains_is_asked_for_three_other_rooms_and_no_more() {
    // One is Ada's.
    let daemon = Daemon::with(&[("drain", "\"1 h\""), ("tries_by_address", "5")]).await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    daemon.signal(Signal::SIGUSR2);
    while !daemon.told().await.contains("makes way") {}
    let page = format!("http://{}/", daemon.address());
    let mut ben = Joined::with(&["open", "--alias", "ben", &page], &[]);
    let (status, told) = ben.ends().await;
    assert!(status == 75 && told.join("\n").contains("opens no rooms"), "{status} {told:?}");
    let mut line = Line::open(daemon.address(), ROOM).await;
    let create = ByHand::new().create(&line.nonce, None);
    assert_eq!(refused(&answered(&mut line, create).await).0, Refusal::Busy, "all tries are spent");
}

/// A SOCKS 5 server that resolves every name to the daemon, and tells what it was asked for.
pub(crate) async fn socks(daemon: SocketAddr) -> (SocketAddr, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, (tell, told)) = (listener.local_addr().unwrap(), mpsc::unbounded_channel());
    tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            let mut head = [0; 2];
            from.read_exact(&mut head).await.unwrap();
            let mut methods = vec![0; usize::from(head[1])];
            from.read_exact(&mut methods).await.unwrap();
            from.write_all(&[5, 0]).await.unwrap();
            let mut request = [0; 5];
            from.read_exact(&mut request).await.unwrap();
            assert_eq!(request[..4], [5, 1, 0, 3], "a name, for the proxy to resolve");
            let mut name = vec![0; usize::from(request[4]) + 2];
            from.read_exact(&mut name).await.unwrap();
            name.truncate(name.len() - 2);
            tell.send(String::from_utf8(name).unwrap()).unwrap();
            from.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
            tokio::spawn(async move {
                let mut to = TcpStream::connect(daemon).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut from, &mut to).await;
            });
        }
    });
    (address, told)
}

#[tokio::test]
async fn a_proxy_resolves_names_and_nothing_goes_past_one_that_can_t_be_used() {
    let daemon = Daemon::with(&[("hosts", "[\"room.test\"]")]).await;
    let mut member = Member::create(daemon.address(), "Ada").await;
    let (proxy, mut asked) = socks(daemon.address()).await;
    let proxy = format!("socks5h://{proxy}");
    let link = link("http://room.test/");
    let mut ben = Joined::with(&["--alias", "ben", "-"], &[("ALL_PROXY", &proxy)]);
    ben.types(&link).await;
    ben.reads("* Room").await;
    assert_eq!(asked.recv().await.unwrap(), "room.test");
    assert!(matches!(member.next().await, Heard::Joined(..)));
    member.say("hello").await;
    ben.reads("Ada: hello").await;
    let mut verifies = Joined::with(&["verify", "http://room.test/"], &[("ALL_PROXY", &proxy)]);
    assert_eq!(verifies.ends().await.0, 0);
    assert_eq!(asked.recv().await.unwrap(), "room.test");
    let mut other = Joined::with(&["--alias", "cleo", "-"], &[("all_proxy", "http://127.0.0.1:1")]);
    let _ = other.types_if_open(&link).await;
    assert_eq!(other.ends().await.0, 64);
}
