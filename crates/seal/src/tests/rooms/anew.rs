//! Entering anew, where the seat was given up.

use sanctuary_wire::{Departure, Id};

use super::super::super::*;
use super::super::room::{Players, message};
use super::names;

/// The seat of one is given up, and that one is in again.
fn enters_anew(room: &mut Players, at: usize, opening: Option<(u64, Option<Text>)>) -> usize {
    let group = room.group(at).anew(opening, Random::from_system().unwrap()).unwrap();
    let at = room.adds(group);
    room.settle();
    at
}

#[test]
fn a_newcomer_of_the_same_alias_is_told_what_has_changed_since() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let before = room.group(1).members()[1].showing.to_string();
    room.breaks(1);
    room.daemon.gives_up(Id(2));
    room.say(0, "one");
    room.settle();
    room.breaks(2);
    room.daemon.gives_up(Id(3));
    room.enters("Dora");
    room.settle();
    let again = enters_anew(&mut room, 1, None);
    let told = [
        Happening::EnteredAnew { missed: Some(1) },
        Happening::Left { id: Id(3), how: Departure::Gone },
        Happening::Joined(Id(4)),
    ];
    assert_eq!(room.told(again), told);
    assert_eq!((before.as_str(), room.id(again)), ("Ben", Id(5)));
    assert_eq!(names(&mut room, again), ["Ada", "Dora", "Ben"]);
    room.say(again, "here again");
    room.settle();
    assert_eq!(room.read(0).last(), Some(&(Id(5), "here again".to_owned())));
}

#[test]
fn a_voice_that_was_put_out_stays_out_for_who_enters_anew() {
    let mut room = Players::of(&["Ada", "Ben", "Eve"]);
    let now = room.now;
    let eve = room.daemon.seats[2].clone();
    room.group(0).kick(Id(3), now).unwrap();
    room.settle();
    room.breaks(1);
    room.daemon.gives_up(Id(2));
    room.settle();
    room.daemon.seats.push(eve);
    let again = enters_anew(&mut room, 1, None);
    let why = SealError::ShutOut;
    assert!(room.told(again).contains(&Happening::Unreadable { id: Id(3), why }));
}

#[test]
fn a_room_that_is_opened_again_is_another_one() {
    let mut room = Players::of(&["Ada"]);
    room.breaks(0);
    let mut other = Players::empty();
    let group = room.group(0).anew(Some((5, None)), Random::from_system().unwrap()).unwrap();
    let at = other.adds(group);
    other.settle();
    assert_eq!(other.told(at), [Happening::EnteredAnew { missed: None }]);
    assert_eq!(other.group(at).heart().unwrap().at, 5);
}

#[test]
fn a_whisper_that_may_not_have_come_is_whispered_again_and_read_once() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let (number, _) = room.group(0).whisper(Id(2), message("psst")).unwrap();
    room.group(0).frames();
    room.group(0).whisper_again(Id(2), number, &message("psst")).unwrap();
    room.group(0).whisper_again(Id(2), number, &message("psst")).unwrap();
    room.settle();
    assert!(matches!(room.told(1).as_slice(), [Happening::Whisper { .. }]));
    let delivered = Happening::Delivered { to: Id(2), first: number, last: number };
    assert_eq!(room.told(0), [delivered]);
}
