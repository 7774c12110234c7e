//! A daemon that is told to make way and drains: what goes on there, what begins elsewhere, and how it ends.

#![allow(clippy::unwrap_used)]

mod support;

use std::net::SocketAddr;

use nix::sys::signal::Signal;
use sanctuary_wire::{End, Refusal};
use support::{ByHand, Daemon, Heard, Line, Member, ROOM, answered, binary, exchange, refused, status};
use tokio::process::Command;

const DRAIN: &[(&str, &str)] = &[("drain", "\"168 h\""), ("rooms_by_address", "2")];

async fn health(address: SocketAddr) -> String {
    let request = "GET /healthz HTTP/1.1\r\nHost: any.example\r\nConnection: close\r\n\r\n";
    status(&exchange(address, request.as_bytes()).await).to_owned()
}

/// What `sanctuary doctor` says of a daemon there.
async fn doctor(address: SocketAddr) -> String {
    let listen = address.to_string();
    let output = Command::new(binary()).args(["doctor", "--listen", &listen]).output().await.unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// What the service manager is told of rooms and members, once that is this.
async fn status_ends(daemon: &Daemon, end: &str) -> String {
    loop {
        let told = daemon.told().await;
        let status = told.lines().find_map(|line| line.strip_prefix("STATUS="));
        if let Some(status) = status.filter(|status| status.ends_with(end)) {
            return status.to_owned();
        }
    }
}

/// Tells it to make way, and waits until it does.
async fn drains(daemon: &Daemon, left: &str) {
    daemon.signal(Signal::SIGUSR2);
    let status = status_ends(daemon, left).await;
    assert!(status.starts_with("makes way for good, so no rooms are opened; "), "{status}");
}

#[tokio::test]
async fn who_drains_lets_rooms_go_on_opens_none_and_ends_with_the_last() {
    let mut daemon = Daemon::with(DRAIN).await;
    let address = daemon.address();
    let mut ada = Member::create(address, "Ada").await;
    let mut bob = Member::enter(address, "Bob").await;
    assert!(matches!(ada.next().await, Heard::Joined(2, _)));
    assert_eq!(health(address).await, "200");
    drains(&daemon, "; 1 rooms, 2 members").await;

    assert_eq!(health(address).await, "404");
    let said = doctor(address).await;
    let made_out = format!("note   sanctuary on port {} makes way, so no rooms are opened: ", address.port());
    let line = said.lines().find(|line| line.contains(&made_out)).unwrap_or_else(|| panic!("{said}"));
    assert!(!line.contains("restart"), "the service may be another one, with rooms of its own: {line}");
    let mut line = Line::open(address, ROOM).await;
    let create = ByHand::new().create(&line.nonce, None);
    assert_eq!(refused(&answered(&mut line, create).await), (Refusal::Draining, 0), "nor will it ever");
    // However many rooms one may open.
    for _ in 0..3 {
        let mut line = Line::open(address, ROOM).await;
        let create = ByHand::new().create(&line.nonce, None);
        assert_eq!(refused(&answered(&mut line, create).await), (Refusal::Draining, 0));
    }

    ada.say("still here").await;
    assert!(matches!(bob.next().await, Heard::Message { number: 1, .. }));
    assert!(matches!(ada.next().await, Heard::Message { number: 1, .. }), "and no word of an end");
    let mut cyd = Member::enter(address, "Cyd").await;
    status_ends(&daemon, "; 1 rooms, 3 members").await;
    assert!(matches!(ada.next().await, Heard::Joined(3, _)));
    let mut bob = bob.cut().resume(address).await.unwrap();
    bob.say("back").await;
    // Told a second time, it goes on as before.
    daemon.signal(Signal::SIGUSR2);
    let heard = bob.next_few(2).await;
    assert!(matches!(heard[..], [Heard::Joined(3, _), Heard::Message { number: 2, .. }]), "{heard:?}");
    for member in [&mut ada, &mut bob] {
        member.exit("").await;
    }
    status_ends(&daemon, "; 1 rooms, 1 members").await;
    cyd.exit("").await;
    daemon.notice("STOPPING=1").await;
    assert_eq!(daemon.ended().await.code(), Some(0), "which systemd does not start again");
}

#[tokio::test]
async fn who_drains_still_stops_at_once_and_reloads() {
    let mut daemon = Daemon::with(DRAIN).await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    drains(&daemon, "; 1 rooms, 1 members").await;
    daemon.configure(&[("members", "1")]);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    assert_eq!(Member::try_enter(daemon.address(), "Bob").await.err(), Some(Refusal::Full));
    daemon.signal(Signal::SIGTERM);
    assert_eq!(ada.next().await, Heard::Over(End::ShuttingDown, None));
    assert!(daemon.ended().await.success());
}

#[tokio::test]
async fn who_is_told_of_drain_by_a_reload_drains_and_a_minute_before_the_end_rooms_are_told() {
    let mut daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    daemon.configure(&[("drain", "\"1 min\"")]);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    drains(&daemon, "; 1 rooms, 1 members").await;
    assert_eq!(ada.next().await, Heard::Closing(60));
    let mut line = Line::open(daemon.address(), ROOM).await;
    let create = ByHand::new().create(&line.nonce, None);
    assert_eq!(refused(&answered(&mut line, create).await), (Refusal::Draining, 0));
    daemon.signal(Signal::SIGUSR1);
    assert_eq!(ada.next().await, Heard::Over(End::Stopped, None));
    assert_eq!(daemon.ended().await.code(), Some(0));
}

/// `make test-patience` runs these.
mod patience {
    use super::*;

    #[tokio::test]
    #[ignore = "takes a minute"]
    async fn who_drains_ends_at_the_set_time() {
        let mut daemon = Daemon::with(&[("drain", "\"61 s\"")]).await;
        let mut ada = Member::create(daemon.address(), "Ada").await;
        drains(&daemon, "; 1 rooms, 1 members").await;
        assert_eq!(ada.next().await, Heard::Closing(60));
        for number in 1..=5 {
            tokio::time::sleep(std::time::Duration::from_secs(10)).await;
            ada.say("still here").await;
            assert!(matches!(ada.next().await, Heard::Message { number: heard, .. } if heard == number));
        }
        assert_eq!(ada.next().await, Heard::Over(End::ShuttingDown, None));
        assert_eq!(daemon.ended().await.code(), Some(0));
    }
}
