//! Rules 10 and 11: who reads slowly, and who sends to it.

use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Denial, End, Id, Refusal};

use super::support::{ByHand, Daemon, Heard, Line, Member, Next, ROOM, Sitting, answered, refused};
use super::{all_hear, joined, line, message, room_of, told};

const SAY: u8 = 4;
const PASS: u8 = 5;

#[tokio::test]
async fn who_reads_too_slowly_goes_away_and_nobody_waits() {
    let settings = [("members", "4"), ("largest_frame", "\"64 KiB\""), ("backlog", "\"256 KiB\"")];
    let daemon = Daemon::with(&settings).await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let slow = Line::narrow(daemon.address(), ROOM).await;
    let mut slow = Member::enter_on(slow, "Cleo").await.unwrap();
    all_hear([&mut ada, &mut ben], &joined(3, "Cleo")).await;

    let text = "x".repeat(60_000);
    let mut number = 0;
    loop {
        ada.say(&text).await;
        let heard = ada.next().await;
        if heard == Heard::Away(3) {
            break;
        }
        number += 1;
        assert_eq!(heard, message(number, 1, &text));
        assert_eq!(ben.next().await, heard);
        assert!(number < 1000, "60 MB were taken without a reader");
    }
    assert_eq!(ben.next().await, Heard::Away(3));

    let end = loop {
        match slow.next().await {
            Heard::Message { .. } | Heard::Sealed { .. } | Heard::Missing { .. } => {}
            other => break other,
        }
    };
    assert_eq!(end, Heard::Over(End::TooSlow, None));
    assert_eq!(slow.next().await, Heard::Closed(4003));
    let back = slow.cut().resume(daemon.address()).await.unwrap();
    assert_eq!(back.id, 3);
}

/// A keeper on a line that takes little, and somebody who has entered its room.
async fn narrow_keeper(daemon: &Daemon) -> [Sitting; 2] {
    let keeper = Sitting::create(Line::narrow(daemon.address(), ROOM).await).await;
    [keeper, Sitting::enter(line(daemon).await).await]
}

/// The keeper takes up what waits for it, and puts that member out. Returns how many passes it got.
async fn puts_out(mut keeper: Sitting, mut other: Sitting) -> usize {
    let id = Id(other.id);
    keeper.order(|turn| Command::Kick { turn, id, payload: b"" }).await;
    let mut passed = 0;
    loop {
        match told(&keeper.frame().await) {
            DaemonFrame::Passed { .. } => passed += 1,
            DaemonFrame::Kicked { .. } => break,
            DaemonFrame::Joined { .. } | DaemonFrame::Said { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    other.hears_at_last(&DaemonFrame::Over { end: End::Kicked, by: Some(Id(1)), payload: Some(b"") }).await;
    passed
}

#[tokio::test]
async fn passes_that_wait_are_denied_to_their_sender_and_make_nobody_too_slow() {
    const LARGE: usize = 60_000;
    const BACKLOG: usize = 256 * 1024;
    let settings = [("members", "4"), ("backlog", "\"256 KiB\"")];
    let daemon = Daemon::with(&settings).await;
    let [keeper, mut mallory] = narrow_keeper(&daemon).await;
    // Many times what its line and its backlog hold.
    let (large, mut sent, mut denials) = (vec![0x66; LARGE], 0, 0);
    while denials < 100 {
        mallory.pass(1, &large).await;
        sent += 1;
        // A denial is told before the answer to this.
        mallory.pass(99, b"").await;
        loop {
            match told(&mallory.frame().await) {
                // By its own ration, a moment later there is more.
                DaemonFrame::Denied { frame: PASS, why: Denial::TooFast, retry_ms: 1 } => sent -= 1,
                DaemonFrame::Denied { frame: PASS, why: Denial::TooFast, retry_ms: 1000 } => denials += 1,
                DaemonFrame::Denied { frame: PASS, why: Denial::NoSuchMember, .. } => break,
                other => panic!("{other:?}"),
            }
        }
        assert!(sent < 1000, "60 MB were taken without a reader");
    }
    // To another member they go.
    let mut ben = Sitting::enter(line(&daemon).await).await;
    mallory.pass(3, b"well").await;
    ben.hears(&DaemonFrame::Passed { from: Id(2), passed: b"well" }).await;
    // The keeper is there, hears what is said, and gets what was not denied.
    ben.say(b"aloud").await;
    let said = DaemonFrame::Said { from: Id(3), payload: b"aloud" };
    for member in [&mut ben, &mut mallory] {
        member.hears_at_last(&said).await;
    }
    assert_eq!(puts_out(keeper, mallory).await, sent - denials);
    assert!((sent - denials) * LARGE > BACKLOG / 4, "less waited than may");
}

/// Within its ration, a member made the keeper's line too slow with 64 KB whispers and messages, and the
/// office went to whom it had seated under the keeper's alias.
#[tokio::test]
async fn a_keeper_on_a_narrow_line_keeps_its_office_whatever_a_member_sends() {
    // The ration that daemons have, but that what comes back to it in a minute is as good as nothing.
    let daemon = Daemon::with(&[("frame_rate", "1"), ("frame_burst", "128")]).await;
    let [keeper, mut mallory] = narrow_keeper(&daemon).await;
    let large = vec![0x66; 65_000];
    // Two megabytes, and as many denials as are no flood yet.
    for turn in 0..32 {
        match turn % 4 {
            0 => mallory.pass(1, &large).await,
            _ => mallory.say(&large).await,
        }
    }
    let mut answered_says = 0;
    while answered_says < 24 {
        match told(&mallory.frame().await) {
            DaemonFrame::Said { .. } | DaemonFrame::Denied { frame: SAY, why: Denial::TooFast, .. } => {
                answered_says += 1;
            }
            DaemonFrame::Denied { frame: PASS, why: Denial::TooFast, .. } => {}
            other => panic!("{other:?}"),
        }
    }
    // Under the keeper's alias there is nobody to come in.
    for _ in 0..2 {
        let (mut line, mut hand) = (line(&daemon).await, ByHand::new());
        hand.tag = keeper.hand.tag.clone();
        let enter = hand.enter(&line.nonce);
        assert_eq!(refused(&answered(&mut line, enter).await), (Refusal::AliasInUse, 0));
    }
    assert_eq!(puts_out(keeper, mallory).await, 1);
}

#[tokio::test]
async fn whatever_a_member_may_say_at_once_waits_for_who_does_not_read() {
    for bytes in [1, 1024, 65_000] {
        let daemon = Daemon::with(&[("frame_rate", "1"), ("frame_burst", "1000000")]).await;
        let [mut keeper, mut mallory] = narrow_keeper(&daemon).await;
        // Until it is denied, by its own ration alone.
        let mut said = 0;
        loop {
            mallory.say(&vec![0x66; bytes]).await;
            match told(&mallory.frame().await) {
                DaemonFrame::Said { .. } => said += 1,
                DaemonFrame::Denied { frame: SAY, why: Denial::TooFast, .. } => break,
                other => panic!("{other:?}"),
            }
            assert!(said < 1000, "never too fast");
        }
        assert!(said >= 4, "{said} of {bytes} bytes");
        for _ in 0..said {
            let frame = keeper.frame().await;
            assert!(matches!(told(&frame), DaemonFrame::Said { .. } | DaemonFrame::Joined { .. }));
        }
        keeper.line.send(&ClientFrame::Exit).await;
        while keeper.next().await != Next::Closed(1000) {}
    }
}
