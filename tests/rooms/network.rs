//! Who records the whole of a plain connection can take no seat by it.

use sanctuary_wire::{ClientFrame, DaemonFrame, Departure, End, Id, Refusal};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::{Capture, Daemon, Heard, Member, Sitting, Tap, patiently, refused};
use super::{answer, line, message, told};

/// A conversation with all kinds of frames, of which the keeper's connections are recorded. She sits there
/// still.
async fn recorded(daemon: &Daemon) -> (Member, Member, Vec<Capture>) {
    let tap = Tap::before(daemon.address()).await;
    let mut ada = Member::create(tap.address, "Ada").await;
    let mut ben = Member::enter(daemon.address(), "Ben").await;
    assert_eq!(ada.next().await, Heard::Joined(2, "Ben".into()));
    ada.lock(true).await;
    ada.lock(false).await;
    ada.rename("Countess").await;
    ada.whisper(2, "psst").await;
    ada.say("hello").await;
    while ben.next().await != message(1, 1, "hello") {}
    while ada.next().await != message(1, 1, "hello") {}
    let ada = ada.cut();
    assert_eq!(ben.next().await, Heard::Away(1));
    let mut ada = ada.resume(tap.address).await.unwrap();
    assert_eq!(ben.next().await, Heard::Back(1));
    ada.lock(true).await;
    assert_eq!(ada.next().await, Heard::Locked(true));
    assert_eq!(ben.next().await, Heard::Locked(true));
    (ada, ben, tap.captures())
}

#[tokio::test]
async fn nothing_of_a_connection_serves_another() {
    let daemon = Daemon::start().await;
    let (mut ada, mut ben, captures) = recorded(&daemon).await;
    assert_eq!(captures.len(), 2, "one that broke, and one on which the seat was taken again");
    let sent: Vec<Vec<u8>> = captures.iter().flat_map(Capture::client_messages).collect();
    let kinds: Vec<u8> = sent.iter().map(|frame| ClientFrame::decode(frame).unwrap().number()).collect();
    for kind in [1, 3, 4, 5, 6] {
        assert!(kinds.contains(&kind), "{kind} is not in {kinds:?}");
    }
    // As the first frame of a connection: while she is there, ...
    let replays = async || {
        for frame in &sent {
            let (why, _) = refused(&answer(&daemon, |_| frame.clone()).await.0);
            assert!(matches!(why, Refusal::NoEntry | Refusal::Malformed), "{why:?}");
        }
        for capture in &captures {
            assert_eq!(outcome(&daemon, &capture.from_client).await, Some(Refusal::CLOSE_CODE));
        }
    };
    replays().await;
    ben.say("unmoved").await;
    assert_eq!(ada.next().await, message(2, 2, "unmoved"), "nobody took her seat");
    assert_eq!(ben.next().await, message(2, 2, "unmoved"));
    // ... while she is away, ...
    let ada = ada.cut();
    assert_eq!(ben.next().await, Heard::Away(1));
    replays().await;
    let mut ada = ada.resume(daemon.address()).await.unwrap();
    assert_eq!(ben.next().await, Heard::Back(1));
    // ... and when her seat is given up.
    ada.stop().await;
    assert_eq!(ben.next().await, Heard::Over(End::Stopped, Some(1)));
    replays().await;
    assert_eq!(daemon.counts().await, (0, 0));
}

/// All bytes of a connection, its upgrade and masks too, once more. The code with which that is closed.
async fn outcome(daemon: &Daemon, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(daemon.address()).await.unwrap();
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = patiently("the end of what was replayed", stream.read_to_end(&mut answer)).await;
    let messages = Capture { from_client: vec![], from_daemon: answer }.daemon_messages();
    let refused = |frame: &Vec<u8>| matches!(told(frame), DaemonFrame::Refused { .. });
    let welcomed = |frame: &Vec<u8>| matches!(told(frame), DaemonFrame::Welcome { .. });
    assert!(!messages.iter().any(welcomed));
    messages.iter().any(refused).then_some(Refusal::CLOSE_CODE)
}

/// Somebody who sits in the room and has recorded the keeper's connection carries out none of her orders.
#[tokio::test]
async fn what_the_keeper_ordered_is_no_order_of_who_saw_it() {
    let daemon = Daemon::start().await;
    let tap = Tap::before(daemon.address()).await;
    let mut keeper = Sitting::create(super::Line::open(tap.address, super::ROOM).await).await;
    keeper.lock(true).await;
    keeper.lock(false).await;
    keeper.hears(&DaemonFrame::Locked { locked: true, by: Id(1) }).await;
    keeper.hears(&DaemonFrame::Locked { locked: false, by: Id(1) }).await;
    let sent = tap.captures().iter().flat_map(Capture::client_messages).collect::<Vec<_>>();
    let orders: Vec<_> = sent.into_iter().filter(|frame| frame[1] == 6).collect();
    assert_eq!(orders.len(), 2);
    for order in orders {
        let mut mallory = Sitting::enter(line(&daemon).await).await;
        let id = Id(mallory.id);
        mallory.line.send_bytes(order).await;
        mallory.is_over(End::Malformed).await;
        keeper.hears_at_last(&DaemonFrame::Left { id, how: Departure::Gone }).await;
    }
}
