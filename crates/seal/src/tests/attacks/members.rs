//! Who is let pass for a member: who has left, who was put out, and who borrows a key.

use sanctuary_wire::{DaemonFrame, Entry, Id};

use super::super::super::*;
use super::super::by_hand::ByHand;
use super::super::room::{Players, message};
use super::super::vectors::door;
use super::{card, intercepted, said_or_whispered};

#[test]
fn a_member_who_left_cannot_be_brought_back_by_a_daemon_without_the_password() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let now = room.now;
    room.say(1, "I resign");
    room.group(1).whisper(Id(1), message("psst")).unwrap();
    let frames = intercepted(&mut room, 0);
    room.hears_all(0, &frames);
    let seat = room.daemon.seats[1].clone();
    room.group(1).leave(None, now).unwrap();
    room.settle();
    room.told(0);

    let joined =
        |id, entry: &Entry| DaemonFrame::Joined { id, entry: entry.clone(), card: card(&seat.card) }.encode();
    for (id, entry) in [(2, seat.entry.clone()), (3, seat.entry.clone()), (4, Entry([9; 16]))] {
        room.hears(0, &joined(Id(id), &entry));
        for frame in &frames {
            let again = match DaemonFrame::decode(frame).unwrap() {
                DaemonFrame::Said { payload, .. } => DaemonFrame::Said { from: Id(id), payload }.encode(),
                DaemonFrame::Passed { passed, .. } => DaemonFrame::Passed { from: Id(id), passed }.encode(),
                _ => continue,
            };
            room.hears(0, &again);
        }
        let told = room.told(0);
        assert!(!said_or_whispered(&told), "as {id}: {told:?}");
        let refused = match id {
            2 => Happening::Lie(Lie::Returned(Id(2))),
            3 => Happening::Unreadable { id: Id(3), why: SealError::Taken },
            _ => Happening::Unreadable { id: Id(4), why: SealError::Unsigned },
        };
        assert!(told.contains(&refused), "{told:?}");
        assert_eq!(room.group(0).accepted(), []);
    }
}

#[test]
fn a_member_who_left_is_not_brought_back_by_a_welcome() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let now = room.now;
    room.say(1, "I resign");
    room.settle();
    let before = room.daemon.seats.clone();
    room.group(1).leave(None, now).unwrap();
    room.settle();
    room.told(0);
    room.breaks(0);
    // The daemon shows who has left as if nothing had been.
    room.daemon.seats.push(before[1].clone());
    room.returns(0);
    room.settle();
    assert!(room.told(0).contains(&Happening::Lie(Lie::Returned(Id(2)))));
    assert_eq!(room.group(0).accepted(), []);
}

#[test]
fn who_was_brought_back_stays_refused_whatever_card_it_shows() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.hears(0, &DaemonFrame::Left { id: Id(2), how: sanctuary_wire::Departure::Gone }.encode());
    room.breaks(0);
    room.returns(0);
    room.settle();
    assert!(room.told(0).contains(&Happening::Lie(Lie::Returned(Id(2)))));
    let now = room.now;
    room.group(1).thawed(now);
    room.settle();
    assert_eq!(room.told(0), []);
    assert_eq!(room.group(0).accepted(), []);
}

#[test]
fn nobody_shows_anothers_key_as_its_own() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let borrowed = room.group(0).card(Id(2)).unwrap().public;
    let keys = KeyPair::draw(&mut Random::from_system().unwrap());
    let mallory = ByHand::enters_showing(&mut room, &door(), "Mallory", keys, borrowed);
    for at in [0, 1] {
        let refused = Happening::Unreadable { id: mallory.id, why: SealError::Taken };
        assert_eq!(room.told(at), [refused], "member {at}");
    }
    // Ada's pass goes to Ben alone, and what Ben gets back of it is nobody's.
    room.group(0).whisper(Id(2), message("I resign")).unwrap();
    let frames = intercepted(&mut room, 1);
    for frame in &frames {
        let Ok(DaemonFrame::Passed { passed, .. }) = DaemonFrame::decode(frame) else { continue };
        room.hears(1, &DaemonFrame::Passed { from: mallory.id, passed }.encode());
        room.hears(0, &DaemonFrame::Passed { from: Id(2), passed }.encode());
    }
    assert!(!said_or_whispered(&room.told(0)) && !said_or_whispered(&room.told(1)));
}
