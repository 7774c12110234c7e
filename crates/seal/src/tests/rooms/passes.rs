//! Whispers, and the keys of what passes between two.

use sanctuary_wire::{DaemonFrame, Id};

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

#[test]
fn a_renewal_that_is_neither_shown_nor_denied_is_told_once() {
    let mut room = Players::of(&["Ada"]);
    let now = room.now;
    room.group(0).thawed(now);
    room.group(0).frames();
    room.ticks(119_999);
    assert_eq!(room.told(0), []);
    room.ticks(1);
    assert_eq!(room.told(0), [Happening::NotRenewed]);
    room.ticks(1_000_000);
    assert_eq!(room.told(0), []);
}
