//! Another password.

use sanctuary_wire::{DaemonFrame, Denial, End, Id, Refusal, Rule};

use super::super::super::*;
use super::super::attacks::intercepted;
use super::super::room::{Players, message};
use super::{names, other_door, read};

#[test]
fn another_password_leaves_those_out_who_are_not_listed_and_all_goes_on() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo", "Dora"]);
    room.breaks(3);
    room.settle();
    room.told(0);
    let (new, password) = other_door(1);
    room.group(0).relock(new.clone(), password.clone(), &[Id(2), Id(4)]).unwrap();
    room.settle();
    let relocked = Happening::Relocked { by: Id(1), out: vec![Id(3)], without: None };
    assert_eq!(room.told(0), std::slice::from_ref(&relocked));
    assert_eq!(room.told(1).last(), Some(&relocked));
    assert_eq!(
        room.told(2).last(),
        Some(&Happening::Over { end: End::Kicked, by: Some(Id(1)), proof: Proof::Absent })
    );
    for at in [0, 1] {
        assert_eq!(room.group(at).lock_number(), Some(1));
        assert_eq!(room.group(at).heart().unwrap().password, password);
        assert_eq!(room.group(at).door().gate(), new.gate());
    }
    room.returns(3);
    room.settle();
    let told = room.told(3);
    let by_welcome = Happening::Relocked { by: Id(1), out: vec![], without: None };
    assert!(told.contains(&by_welcome), "{told:?}");
    let eve = room.enters_by(new, "Eve");
    let old = room.enters("Mallory");
    room.settle();
    assert_eq!(room.told(eve), [Happening::Entered]);
    assert_eq!(room.told(old), [Happening::Refused { why: Refusal::NoEntry, retry_ms: 0 }]);
    for from in [0, 1, 3, eve] {
        (0..room.all.len()).for_each(|at| drop(room.told(at)));
        room.say(from, "hello");
        room.settle();
        for at in [0, 1, 3, eve] {
            assert_eq!(room.read(at).len(), 1, "{from} to {at}");
        }
    }
}

#[test]
fn a_newcomer_behind_the_new_door_finds_cards_that_are_not_ready_until_they_are_renewed() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let (new, password) = other_door(1);
    room.group(0).relock(new.clone(), password, &[Id(2)]).unwrap();
    while room.up(0) {}
    // Nobody has renewed a card yet.
    let cleo = room.enters_by(new, "Cleo");
    while room.down(cleo) || room.up(cleo) {}
    let (ada, ben) = (Happening::NotReady(Id(1)), Happening::NotReady(Id(2)));
    assert_eq!(room.told(cleo), [Happening::Entered, ada, ben]);
    room.settle();
    assert_eq!(room.told(cleo), [Happening::Ready(Id(1)), Happening::Ready(Id(2))]);
    assert_eq!(names(&mut room, cleo), ["Ada", "Ben", "Cleo"]);
}

#[test]
fn two_who_relock_at_once_do_not_cross() {
    let mut room = Players::under(Rule::Everyone, &["Ada", "Ben"]);
    let ((first, password), (second, other)) = (other_door(1), other_door(2));
    room.group(0).relock(first.clone(), password, &[Id(2)]).unwrap();
    room.group(1).relock(second, other, &[Id(1)]).unwrap();
    room.collect(0);
    room.collect(1);
    room.settle();
    assert!(matches!(room.told(1)[0], Happening::Relocked { by: Id(1), without: None, .. }));
    for at in 0..2 {
        assert_eq!(room.group(at).door().gate(), first.gate());
        assert_eq!(room.group(at).lock_number(), Some(1));
    }
}

#[test]
fn a_box_for_a_key_that_was_renewed_opens_for_ten_seconds_and_no_longer() {
    for (milliseconds, opens) in [(FORMER_OWN_MS - 1, true), (FORMER_OWN_MS, false)] {
        let mut room = Players::of(&["Ada", "Ben"]);
        let now = room.now;
        room.group(1).thawed(now);
        while room.up(1) {}
        let (new, password) = other_door(1);
        room.group(0).relock(new.clone(), password, &[Id(2)]).unwrap();
        // Ada has made the box before she hears of Ben's card, and Ben hears of both cards before.
        while room.up(0) {}
        room.down(1);
        room.ticks(milliseconds);
        room.settle();
        let told = |without| Happening::Relocked { by: Id(1), out: vec![], without };
        assert_eq!(room.told(0)[0], told(None));
        assert_eq!(room.told(1)[0], told((!opens).then_some(SealError::NoDoor)), "{milliseconds}");
        if opens {
            room.say(0, "hello");
            room.settle();
            assert_eq!(room.read(1), [read(1, "hello")]);
        } else {
            // Another relock gives Ben the room's key.
            let (new, password) = other_door(2);
            room.group(0).relock(new, password, &[Id(2)]).unwrap();
            room.settle();
            assert!(room.told(1).contains(&told(None)));
        }
    }
}

#[test]
fn a_former_key_and_a_former_door_are_wiped_when_their_time_is_over() {
    let mut room = Players::of(&["Ada"]);
    let now = room.now;
    let (new, password) = other_door(1);
    room.group(0).relock(new, password, &[]).unwrap();
    room.settle();
    for milliseconds in [FORMER_OWN_MS, FORMER_MS] {
        assert_eq!(room.all[0].group.next_tick(), Some(now + milliseconds));
        room.ticks(now + milliseconds - room.now);
    }
    assert_eq!(room.all[0].group.next_tick(), None);
}

#[test]
fn a_card_for_the_door_before_is_taken_for_two_minutes_and_no_longer() {
    for (milliseconds, opens) in [(FORMER_MS - 1, true), (FORMER_MS, false)] {
        let mut room = Players::of(&["Ada", "Ben"]);
        let now = room.now;
        room.group(1).thawed(now);
        room.collect(1);
        let (new, password) = other_door(1);
        room.group(0).relock(new, password, &[Id(2)]).unwrap();
        while room.up(0) || room.down(0) {}
        room.ticks(milliseconds);
        room.told(0);
        room.up(1);
        while room.down(0) {}
        let told = if opens { vec![] } else { vec![Happening::NotReady(Id(2))] };
        assert_eq!(room.told(0), told, "{milliseconds}");
    }
}

fn keyless() -> (Players, Door) {
    keyless_after(|_| {})
}

/// Ada gives the room another door, and a daemon keeps Ben's box from him.
fn keyless_after(deeds: impl FnOnce(&mut Players)) -> (Players, Door) {
    let mut room = Players::of(&["Ada", "Ben"]);
    deeds(&mut room);
    let (new, password) = other_door(1);
    room.group(0).relock(new.clone(), password, &[Id(2)]).unwrap();
    for frame in intercepted(&mut room, 1) {
        if frame[1] != 18 {
            room.hears(1, &frame);
        }
    }
    let told = room.told(1);
    let without = Happening::Relocked { by: Id(1), out: vec![], without: Some(SealError::NoDoor) };
    assert!(told.contains(&without), "{told:?}");
    (room, new)
}

#[test]
fn who_has_no_key_to_the_room_shows_no_card_that_nobody_could_open() {
    let (mut room, _) = keyless();
    room.group(0).whisper(Id(2), message("psst")).unwrap();
    room.settle();
    room.told(0);
    room.ticks(RENEWAL_MS + RENEWAL_SPREAD_MS);
    room.settle();
    assert!(!room.told(0).contains(&Happening::NotReady(Id(2))));
    // So the next relock may list it.
    let (new, password) = other_door(2);
    room.group(0).relock(new, password, &[Id(2)]).unwrap();
    room.settle();
    assert!(room.told(1).contains(&Happening::Relocked { by: Id(1), out: vec![], without: None }));
}

#[test]
fn who_has_no_key_to_the_room_misses_no_renewal_until_it_has_one() {
    for is_denied in [false, true] {
        let (mut room, _) = keyless_after(|room| {
            let now = room.now;
            room.group(1).thawed(now);
            room.group(1).frames();
            if is_denied {
                let (frame, why) = (12, Denial::TooFast);
                room.hears(1, &DaemonFrame::Denied { frame, why, retry_ms: 30_000 }.encode());
            }
        });
        let is_told = |room: &mut Players| room.told(1).contains(&Happening::NotRenewed);
        room.ticks(1_000_000);
        assert!(!is_told(&mut room), "{is_denied}");
        let (new, password) = other_door(2);
        room.group(0).relock(new, password, &[Id(2)]).unwrap();
        room.settle();
        room.ticks(119_999);
        room.settle();
        assert!(!is_told(&mut room), "{is_denied}");
        room.ticks(1);
        assert_eq!(is_told(&mut room), !is_denied, "what was neither shown nor denied is told then");
    }
}

#[test]
fn cards_that_were_not_ready_are_numbered_as_those_of_a_welcome() {
    // The door comes by a later welcome, ...
    let (mut room, new) = keyless();
    let first = room.enters_by(new.clone(), "alice");
    room.settle();
    room.breaks(first);
    room.settle();
    room.enters_by(new, "Alice");
    room.settle();
    room.returns(first);
    room.settle();
    assert_eq!(names(&mut room, 1)[2..], ["(not ready)", "(not ready)"]);
    room.breaks(1);
    room.returns(1);
    room.settle();
    assert_eq!(names(&mut room, 1), ["Ada", "Ben", "alice 1", "Alice 2"]);

    // ... or the cards come for the door that one has.
    let mut room = Players::of(&["Cleo", "alice"]);
    room.breaks(1);
    room.settle();
    room.enters("Alice");
    room.settle();
    let (new, password) = other_door(1);
    room.group(0).relock(new.clone(), password, &[Id(2), Id(3)]).unwrap();
    while room.up(0) {}
    let dora = room.enters_by(new, "Dora");
    while room.down(dora) || room.up(dora) {}
    assert_eq!(names(&mut room, dora)[..3], ["(not ready)", "(not ready)", "(not ready)"]);
    room.settle();
    room.returns(1);
    room.settle();
    assert_eq!(names(&mut room, dora), ["Cleo", "alice 1", "Alice 2", "Dora"]);
}

#[test]
fn a_box_that_was_lost_with_its_line_comes_again_with_the_next_welcome() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let (new, password) = other_door(1);
    room.group(0).relock(new.clone(), password, &[Id(2)]).unwrap();
    while room.up(0) {}
    // The frames on their way to Ben are lost, and the daemon has not seen it.
    room.loses(1);
    room.returns(1);
    room.settle();
    assert_eq!(room.group(1).door().gate(), new.gate());
    room.say(0, "hello");
    room.settle();
    assert_eq!(room.read(1), [read(1, "hello")]);
}
