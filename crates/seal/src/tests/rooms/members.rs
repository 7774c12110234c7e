//! How members are shown.

use sanctuary_wire::{Denial, Id};

use super::super::super::*;
use super::super::room::Players;
use super::names;

#[test]
fn an_alias_is_changed_by_a_renewed_card() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let now = room.now;
    room.group(0).rename("Lovelace".parse().unwrap(), now).unwrap();
    room.settle();
    assert_eq!(room.told(1), [Happening::Renamed(Id(1))]);
    assert_eq!(names(&mut room, 1), ["Lovelace", "Ben"]);
    room.group(0).rename("BEN".parse().unwrap(), now).unwrap();
    room.settle();
    assert!(matches!(room.told(0).last(), Some(Happening::Denied { why: Denial::AliasInUse, .. })));
    assert_eq!(names(&mut room, 0), ["Lovelace", "Ben"]);
}

#[test]
fn two_of_one_alias_are_numbered_as_long_as_both_are_seated() {
    let mut room = Players::of(&["Cleo", "alice"]);
    room.breaks(1);
    room.settle();
    let second = room.enters("Alice");
    room.settle();
    assert_eq!(names(&mut room, 0), ["Cleo", "alice 1", "Alice 2"]);
    assert_eq!(names(&mut room, second), ["Cleo", "alice 1", "Alice 2"]);
    room.returns(1);
    room.settle();
    for at in 0..3 {
        assert_eq!(names(&mut room, at), ["Cleo", "alice 1", "Alice 2"]);
    }
    // Another spelling of the same alias is none that somebody else has.
    let now = room.now;
    room.group(second).rename("ALICE".parse().unwrap(), now).unwrap();
    room.settle();
    for at in 0..3 {
        assert_eq!(names(&mut room, at), ["Cleo", "alice 1", "ALICE 2"]);
    }
    room.breaks(1);
    room.daemon.gives_up(Id(2));
    room.settle();
    assert_eq!(names(&mut room, 0), ["Cleo", "ALICE"]);
}

#[test]
fn a_room_is_opened_by_whom_and_when_its_heart_says() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let heart = room.group(1).heart().unwrap();
    assert_eq!((heart.alias.as_str(), heart.at), ("Ada", 1_700_000_000_000));
}

#[test]
fn each_voice_has_a_number_that_all_read_alike() {
    let mut room = Players::of(&["Ada", "Ben"]);
    for id in [Id(1), Id(2)] {
        let number = room.group(0).number(id).unwrap();
        assert_eq!(room.group(1).number(id), Some(number.clone()));
        let groups: Vec<_> = number.split(' ').map(str::len).collect();
        assert_eq!(groups, [5, 5, 5, 5]);
    }
}
