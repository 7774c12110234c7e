//! Whom a request is counted for, with a proxy in front and without one.

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use sanctuary_wire::{ClientFrame, DaemonFrame, Proof, Refusal, Rule, Tag};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::{Daemon, Line, ROOM, door, patiently, status};
use super::{UPGRADE, get};

#[tokio::test]
async fn behind_a_proxy_connections_count_for_whom_it_names() {
    let proxies = ("proxies", r#"["127.0.0.1", "::1"]"#);
    let daemon = Daemon::with(&[proxies, ("connections_by_address", "1")]).await;
    let address = daemon.address();
    let mut open = Vec::new();
    for (client, expected) in
        [("192.0.2.1", "101"), ("192.0.2.1", "503"), ("203.0.113.1, 192.0.2.1", "503"), ("192.0.2.2", "101")]
    {
        let request = format!(
            "GET /ws/abc HTTP/1.1\r\nHost: {address}\r\n{UPGRADE}X-Forwarded-For: {client}\r\n\
             Sec-WebSocket-Protocol: sanctuary.1\r\n\r\n"
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = [0; 16];
        patiently("the answer", stream.read_exact(&mut head)).await.unwrap();
        assert_eq!(status(&String::from_utf8_lossy(&head)), expected, "{client}");
        if expected == "503" {
            // Its proxy must not take this connection for somebody else's request, who would be refused too.
            patiently("the end", stream.read_to_end(&mut Vec::new())).await.unwrap();
        }
        open.push(stream);
    }
}

#[tokio::test]
async fn requests_of_one_address_behind_a_proxy_leave_places_to_others_while_they_wait() {
    let proxies = ("proxies", r#"["127.0.0.1"]"#);
    let bounds = [("connections", "20"), ("connections_by_address", "4"), ("frames_by_address", "1")];
    let daemon = Daemon::with(&[&[proxies][..], &bounds].concat()).await;
    let ask = |client| get(daemon.address(), "/healthz", client);
    let mut crowd: FuturesUnordered<_> = (0..20).map(|_| ask("X-Forwarded-For: 192.0.2.1\r\n")).collect();
    let mut refused = 0;
    for _ in 0..16 {
        let answer = crowd.next().await.unwrap();
        assert!(["200", "503"].contains(&status(&answer)), "{answer}");
        refused += usize::from(status(&answer) == "503");
    }
    assert!(refused > 0, "all of them waited");
    assert_eq!(status(&ask("X-Forwarded-For: 192.0.2.2\r\n").await), "200");
}

#[tokio::test]
async fn who_is_no_proxy_cannot_name_another() {
    let daemon = Daemon::with(&[("connections_by_address", "1")]).await;
    let _first = TcpStream::connect(daemon.address()).await.unwrap();
    let answer = get(daemon.address(), "/healthz", "X-Forwarded-For: 192.0.2.1\r\n").await;
    assert_eq!(status(&answer), "503");

    // Nor at the upgrade, in whatever counts by address.
    let daemon = Daemon::with(&[("tries_by_address", "3")]).await;
    let enter =
        ClientFrame::Enter { room: ROOM, proof: Proof([7; 64]), card: (&[7]).into(), tag: Tag([7; 16]) };
    for number in 0..12 {
        let expected = if number < 3 { Refusal::NoEntry } else { Refusal::Busy };
        assert_eq!(refusal(&daemon, number, &enter).await, Some(expected), "try {number}");
    }
    let create = ClientFrame::Create {
        room: ROOM,
        gate: door().gate(),
        card: (&[7]).into(),
        tag: Tag([7; 16]),
        rule: Rule::Keeper,
        code: None,
    };
    let daemon = Daemon::with(&[("rooms_by_address", "1")]).await;
    assert_eq!(refusal(&daemon, 1, &create).await, None);
    assert_eq!(refusal(&daemon, 2, &create).await, Some(Refusal::Busy));
    let daemon = Daemon::with(&[("open_rooms", r#"["192.0.2.0/24"]"#)]).await;
    assert_eq!(refusal(&daemon, 1, &create).await, Some(Refusal::NotFromHere));
}

/// How this first frame is refused, if it is, of who claims to come from 192.0.2.`number`.
async fn refusal(daemon: &Daemon, number: u8, frame: &ClientFrame<'_>) -> Option<Refusal> {
    let claimed = format!("192.0.2.{number}");
    let mut line = Line::on_behalf_of(&claimed, daemon.address(), ROOM).await;
    line.send(frame).await;
    match DaemonFrame::decode(&line.frame().await).unwrap() {
        DaemonFrame::Refused(why) => Some(why),
        _ => None,
    }
}
