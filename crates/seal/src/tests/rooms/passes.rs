//! Whispers, and the keys of what passes between two.

use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, Id};

use super::super::super::*;
use super::super::by_hand::ByHand;
use super::super::room::{Players, message};
use super::super::vectors::door;

#[test]
fn a_whisper_reaches_its_member_alone_and_its_sender_hears_of_it() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let (number, name) = room.group(0).whisper(Id(2), message("psst")).unwrap();
    room.group(0).whisper(Id(2), message("psst again")).unwrap();
    room.settle();
    assert_eq!(room.told(2), []);
    let told = room.told(1);
    assert_eq!(told.len(), 2);
    assert_eq!(told[0], Happening::Whisper { from: Id(1), name, body: message("psst") });
    assert_eq!(room.told(0), [Happening::Delivered { to: Id(2), first: number, last: number }]);
    room.ticks(999);
    room.settle();
    assert_eq!(room.told(0), [], "one receipt a second");
    room.ticks(1);
    room.settle();
    assert_eq!(room.told(0), [Happening::Delivered { to: Id(2), first: 1, last: 1 }]);
    assert_eq!(room.group(0).whisper(Id(9), message("psst")), Err(SealError::NoSuchMember));
    let kick = Body::Kick(room.group(0).card(Id(2)).unwrap().voice);
    assert_eq!(room.group(0).whisper(Id(2), kick), Err(SealError::OutOfBounds));
}

#[test]
fn a_whisper_that_is_lost_is_missed_and_never_shown_as_delivered() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.group(0).whisper(Id(2), message("lost")).unwrap();
    room.group(0).frames();
    room.group(0).whisper(Id(2), message("came")).unwrap();
    room.settle();
    assert_eq!(room.told(1)[0], Happening::WhispersMissing { from: Id(1), count: 1 });
    assert_eq!(room.told(0), []);
    room.ticks(1000);
    room.group(0).whisper(Id(2), message("came, too")).unwrap();
    room.settle();
    assert_eq!(room.told(0), [Happening::Delivered { to: Id(2), first: 2, last: 2 }]);
}

#[test]
fn a_whisper_whose_body_is_malformed_counts_and_hides_no_other() {
    let mut room = Players::of(&["Ada"]);
    let mut eve = ByHand::enters(&mut room, &door(), "Eve");
    room.told(0);
    for (counter, said) in [vec![0xff].into(), message("psst").encode().unwrap()].into_iter().enumerate() {
        let whisper = Passed::Whisper { counter: u32::try_from(counter).unwrap(), said };
        let mut random = Random::from_system().unwrap();
        let passed = eve.pair(Id(1)).outward.seal(&mut random, &whisper).unwrap();
        room.hears(0, &DaemonFrame::Passed { from: eve.id, passed: &passed }.encode());
    }
    let told = room.told(0);
    let malformed = Happening::PassUnread { from: eve.id, why: SealError::Malformed };
    assert!(matches!(told.as_slice(), [first, Happening::Whisper { .. }] if *first == malformed), "{told:?}");
    room.settle();
    eve.listens(&mut room);
    let pair = eve.pair(Id(1));
    let arrived = |frame: &Vec<u8>| match DaemonFrame::decode(frame).unwrap() {
        DaemonFrame::Passed { passed, .. } => pair.inward.open(passed).unwrap(),
        _ => None,
    };
    let receipts: Vec<_> = eve.frames.iter().filter_map(arrived).collect();
    assert_eq!(receipts, [Passed::Arrived { counter: 1, arrived: 2 }]);
}

#[test]
fn keys_are_renewed_after_a_while_if_they_were_used_and_all_goes_on() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let public = |room: &mut Players| room.group(0).card(Id(2)).map(|card| (card.n, card.public)).unwrap();
    let before = public(&mut room);
    room.ticks(RENEWAL_MS + RENEWAL_SPREAD_MS);
    room.settle();
    assert_eq!(public(&mut room), before, "nothing was passed");
    room.group(0).whisper(Id(2), message("psst")).unwrap();
    room.settle();
    room.ticks(RENEWAL_MS + RENEWAL_SPREAD_MS);
    room.settle();
    let after = public(&mut room);
    assert!(after.0 == 1 && after.1 != before.1);
    room.told(1);
    room.group(0).whisper(Id(2), message("under the new key")).unwrap();
    room.say(1, "of the new key");
    room.settle();
    assert!(matches!(room.told(1)[0], Happening::Whisper { .. }));
    assert_eq!(room.told(0).last(), Some(&Happening::Delivered { to: Id(2), first: 1, last: 1 }));
}

#[test]
fn what_crosses_a_renewal_still_opens_for_two_minutes() {
    for (milliseconds, opens) in [(FORMER_MS - 1, true), (FORMER_MS, false)] {
        let mut room = Players::of(&["Ada", "Ben"]);
        room.group(0).whisper(Id(2), message("crosses")).unwrap();
        let frames = room.group(0).frames();
        let now = room.now;
        room.group(1).thawed(now);
        room.settle();
        room.ticks(milliseconds);
        let on = room.all[0].on.unwrap();
        room.daemon.hears_all(on, &frames);
        room.settle();
        assert_eq!(matches!(room.told(1).as_slice(), [Happening::Whisper { .. }]), opens);
    }
}

/// A renewal of Ada's is denied for haste.
fn denies(room: &mut Players, retry_ms: u64) {
    let (frame, why) = (12, Denial::TooFast);
    room.hears(0, &DaemonFrame::Denied { frame, why, retry_ms }.encode());
}

#[test]
fn a_renewal_that_is_not_shown_is_told_once_whatever_is_denied() {
    for is_denied in [false, true] {
        let mut room = Players::of(&["Ada"]);
        let now = room.now;
        room.group(0).thawed(now);
        let is_told = |room: &mut Players| room.told(0).contains(&Happening::NotRenewed);
        for _ in 0..4 {
            room.group(0).frames();
            if is_denied {
                denies(&mut room, 29_999);
            }
            assert!(!is_told(&mut room));
            room.ticks(29_999);
        }
        room.ticks(3);
        assert!(!is_told(&mut room));
        room.ticks(1);
        assert!(is_told(&mut room), "{is_denied}");
        room.ticks(1_000_000);
        assert!(!is_told(&mut room));
    }
}

#[test]
fn no_renewal_is_missed_without_a_connection() {
    let mut room = Players::of(&["Ada"]);
    let now = room.now;
    room.group(0).thawed(now);
    room.group(0).frames();
    room.breaks(0);
    assert_eq!(room.group(0).next_tick(), None);
    room.ticks(1_000_000);
    room.returns(0);
    room.settle();
    room.ticks(1_000_000);
    assert!(!room.told(0).contains(&Happening::NotRenewed));
}

#[test]
fn a_renewal_that_is_denied_waits_for_a_second_at_least() {
    for (retry_ms, waits) in [(1, 1_000), (1_000, 1_000), (1_001, 1_001)] {
        let mut room = Players::of(&["Ada"]);
        let now = room.now;
        room.group(0).thawed(now);
        room.group(0).frames();
        denies(&mut room, retry_ms);
        room.ticks(waits - 1);
        assert_eq!(room.group(0).frames().len(), 0, "{retry_ms}");
        room.ticks(1);
        assert_eq!(room.group(0).frames().len(), 1, "{retry_ms}");
    }
}

#[test]
fn a_chain_whose_pass_was_denied_is_handed_again_to_those_of_that_pass_alone() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    room.say(0, "one");
    room.settle();
    room.enters("Dora");
    room.settle();
    room.say(0, "two");
    let to = |frames: &[Vec<u8>]| {
        let to = |frame: &Vec<u8>| match ClientFrame::decode(frame).unwrap() {
            ClientFrame::Pass(passes) => passes.iter().map(|(to, _)| *to).collect(),
            _ => vec![],
        };
        frames.iter().flat_map(to).collect::<Vec<_>>()
    };
    let frames = room.group(0).frames();
    assert_eq!(to(&frames), [Id(4)]);
    room.hears(0, &DaemonFrame::Denied { frame: 5, why: Denial::TooFast, retry_ms: 100 }.encode());
    let on = room.all[0].on.unwrap();
    room.daemon.hears_all(on, &frames);
    room.settle();
    room.say(0, "three");
    room.ticks(100);
    assert_eq!(to(&room.group(0).frames()), [Id(4)]);
}
