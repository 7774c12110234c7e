//! How the daemon itself ends rooms: when it stops, and on a purge.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use sanctuary_wire::{End, Refusal};

use super::support::{Daemon, Heard, Line, Member, Next, ROOM};
use super::{joined, message, room_of};

#[tokio::test]
async fn everyone_is_told_when_the_daemon_stops() {
    for signal in [Signal::SIGTERM, Signal::SIGINT] {
        let mut daemon = Daemon::start().await;
        let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
        let mut greeted = Line::open(daemon.address(), ROOM).await;
        let asked = Instant::now();
        daemon.signal(signal);
        for member in [&mut ada, &mut ben] {
            assert_eq!(member.next_few(2).await, [Heard::Over(End::ShuttingDown, None), Heard::Closed(1001)]);
        }
        while let Next::Frame(_) = greeted.next().await {}
        assert!(daemon.ended().await.success());
        assert!(asked.elapsed() < Duration::from_secs(1), "gone after {:?}", asked.elapsed());
    }
}

#[tokio::test]
async fn nobody_can_keep_the_daemon_from_stopping() {
    let mut daemon = Daemon::start().await;
    let _silent = Line::open(daemon.address(), ROOM).await;
    let _unread = Member::create(daemon.address(), "Ada").await;
    let _half = tokio::net::TcpStream::connect(daemon.address()).await.unwrap();
    let asked = Instant::now();
    daemon.signal(Signal::SIGTERM);
    assert!(daemon.ended().await.success());
    assert!(asked.elapsed() < Duration::from_secs(1), "gone after {:?}", asked.elapsed());
}

#[tokio::test]
async fn a_purge_ends_every_room_and_the_daemon_goes_on() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    let cleo = cleo.cut();
    assert_eq!([ada.next().await, ben.next().await], [Heard::Away(3), Heard::Away(3)]);
    ada.say("one").await;
    assert_eq!(ben.next().await, message(1, 1, "one"));
    assert_eq!(ada.next().await, message(1, 1, "one"));
    daemon.signal(Signal::SIGUSR1);
    for member in [&mut ada, &mut ben] {
        assert_eq!(member.next_few(2).await, [Heard::Over(End::Stopped, None), Heard::Closed(4002)]);
    }
    assert_eq!(cleo.resume(daemon.address()).await.err(), Some(Refusal::NoEntry), "nothing is remembered");
    let mut anew = Member::create(daemon.address(), "Ada").await;
    let other = Member::enter(daemon.address(), "Ben").await;
    assert_eq!(anew.next().await, joined(other.id, "Ben"));
}

/// All that the daemon prints in its life, its addresses apart.
async fn last_words(mut daemon: Daemon) -> Vec<String> {
    daemon.signal(Signal::SIGTERM);
    daemon.says("Sanctuary stops.").await;
    daemon.ended().await;
    daemon.printed().into_iter().filter(|line| !line.trim().starts_with("http://")).collect()
}

#[tokio::test]
async fn a_daemon_in_use_prints_what_an_unused_one_prints() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.say("hello").await;
    ben.whisper(1, "psst").await;
    ben.line.send_bytes(vec![0xff]).await;
    while ben.next().await != Heard::Closed(4007) {}
    assert_eq!(Member::try_enter(daemon.address(), "Ada").await.err(), Some(Refusal::AliasInUse));
    let unused = Daemon::start().await;
    assert_eq!(last_words(daemon).await, last_words(unused).await);
}
