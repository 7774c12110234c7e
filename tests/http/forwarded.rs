//! Whom a request is counted for, with a proxy in front and without one.

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use sanctuary_wire::{DaemonFrame, Nonce, Refusal};

use super::get;
use super::support::{ByHand, Daemon, Line, Next, ROOM, answered, status};

#[tokio::test]
async fn behind_a_proxy_connections_count_for_whom_it_names() {
    let proxies = ("proxies", r#"["127.0.0.1", "::1"]"#);
    let daemon = Daemon::with(&[proxies, ("connections_by_address", "1")]).await;
    // One without a seat of each client, which makes way for the next of the same.
    let mut open = Vec::new();
    for (client, makes_way) in [
        ("192.0.2.1", None),
        ("192.0.2.2", None),
        ("192.0.2.1", Some(0)),
        ("203.0.113.1, 192.0.2.1", Some(2)),
    ] {
        open.push(Line::on_behalf_of(client, daemon.address(), ROOM).await);
        if let Some(number) = makes_way {
            let line: &mut Line = &mut open[number];
            assert_eq!(line.next().await, Next::Broken, "{client}");
        }
    }
    // And one seat.
    assert_eq!(refusal(&mut open[3], |member, nonce| member.create(nonce, None)).await, None);
    let mut again = Line::on_behalf_of("192.0.2.1", daemon.address(), ROOM).await;
    assert_eq!(refusal(&mut again, ByHand::enter).await, Some(Refusal::Busy));
    assert_eq!(refusal(&mut open[1], ByHand::enter).await, None);
}

#[tokio::test]
async fn requests_of_one_address_behind_a_proxy_leave_places_to_others_while_they_wait() {
    let proxies = ("proxies", r#"["127.0.0.1"]"#);
    let bounds = [("connections", "80"), ("connections_by_address", "4"), ("frames_by_address", "1")];
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
    let mut first = Line::open(daemon.address(), ROOM).await;
    let _second = Line::on_behalf_of("192.0.2.1", daemon.address(), ROOM).await;
    assert_eq!(first.next().await, Next::Broken, "it made way");

    // Nor at the upgrade, in whatever counts by address.
    let daemon = Daemon::with(&[("tries_by_address", "3")]).await;
    for number in 0..12 {
        let expected = if number < 3 { Refusal::NoEntry } else { Refusal::Busy };
        let mut line = claiming(&daemon, number).await;
        let refusal = refusal(&mut line, ByHand::enter).await;
        assert_eq!(refusal, Some(expected), "try {number}");
    }
    let opens = async |daemon, number| {
        let mut line = claiming(daemon, number).await;
        refusal(&mut line, |member, nonce| member.create(nonce, None)).await
    };
    let daemon = Daemon::with(&[("rooms_by_address", "1")]).await;
    assert_eq!(opens(&daemon, 1).await, None);
    assert_eq!(opens(&daemon, 2).await, Some(Refusal::Busy));
    let daemon = Daemon::with(&[("open_rooms", r#"["192.0.2.0/24"]"#)]).await;
    assert_eq!(opens(&daemon, 1).await, Some(Refusal::NotFromHere));
}

/// A line of who claims to come from 192.0.2.`number`.
async fn claiming(daemon: &Daemon, number: u8) -> Line {
    Line::on_behalf_of(&format!("192.0.2.{number}"), daemon.address(), ROOM).await
}

/// How somebody's first frame is refused, if it is.
async fn refusal(line: &mut Line, frame: impl FnOnce(&ByHand, &Nonce) -> Vec<u8>) -> Option<Refusal> {
    let frame = frame(&ByHand::new(), &line.nonce);
    match DaemonFrame::decode(&answered(line, frame).await).unwrap() {
        DaemonFrame::Refused { why, .. } => Some(why),
        _ => None,
    }
}
