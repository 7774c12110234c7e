//! Who has a right, and what becomes of an order.

use sanctuary_wire::{Denial, Departure, End, Id, Refusal, Rule};

use super::super::super::*;
use super::super::room::{Players, words};

#[test]
fn who_has_the_right_kicks_stops_hands_on_and_locks() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo", "Dora"]);
    let now = room.now;
    room.group(1).kick(Id(3), now).unwrap();
    room.settle();
    let denied = Happening::Denied { frame: 8, why: Denial::NotYours, retry_ms: 0 };
    assert_eq!(room.told(1), [denied]);
    room.group(0).kick(Id(3), now).unwrap();
    room.settle();
    let kicked = Happening::Kicked { id: Id(3), by: Id(1), proof: Proof::Proved };
    for at in [0, 1, 3] {
        assert_eq!(room.told(at), std::slice::from_ref(&kicked));
    }
    assert_eq!(room.told(2), [Happening::Over { end: End::Kicked, by: Some(Id(1)), proof: Proof::Proved }]);
    room.group(0).hand(Id(4), now).unwrap();
    room.settle();
    let handed = Happening::Handed { id: Id(4), by: Id(1), proof: Proof::Proved };
    for at in [0, 1, 3] {
        assert_eq!((room.told(at), room.group(at).keeper()), (vec![handed.clone()], Some(Id(4))));
    }
    room.group(3).lock(true).unwrap();
    room.settle();
    assert_eq!(room.told(0), [Happening::Locked { locked: true, by: Id(4) }]);
    let stranger = room.enters("Eve");
    room.settle();
    assert_eq!(room.told(stranger), [Happening::Refused { why: Refusal::Locked, retry_ms: 0 }]);
    room.group(3).stop(now).unwrap();
    room.settle();
    assert_eq!(room.told(1).len(), 2);
    for at in [0, 3] {
        let over = Happening::Over { end: End::Stopped, by: Some(Id(4)), proof: Proof::Proved };
        assert_eq!(room.told(at).last(), Some(&over));
    }
}

#[test]
fn an_order_that_was_denied_uses_up_its_counter() {
    let mut room = Players::under(Rule::Everyone, &["Ada", "Ben", "Cleo"]);
    let now = room.now;
    room.group(0).kick(Id(3), now).unwrap();
    room.collect(0);
    room.group(2).leave(Some(words("bye")), now).unwrap();
    while room.up(2) {}
    room.settle();
    room.say(0, "hello");
    room.ticks(999);
    room.settle();
    let told = room.told(1);
    assert!(matches!(told[1], Happening::Left { id: Id(3), how: Departure::Exit }));
    assert_eq!(told.len(), 2, "{told:?}");
    room.ticks(1);
    room.settle();
    let told = room.told(1);
    let [Happening::Said { body: Body::Typing { at: 0 }, .. }, Happening::Said { from: Id(1), .. }] =
        told.as_slice()
    else {
        panic!("{told:?}")
    };
}

#[test]
fn an_order_whose_answer_was_lost_uses_up_its_counter_once() {
    for is_kick in [false, true] {
        let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
        let now = room.now;
        if is_kick {
            room.group(0).kick(Id(3), now).unwrap();
        } else {
            room.group(0).hand(Id(3), now).unwrap();
        }
        while room.up(0) {}
        room.breaks(0);
        room.settle();
        room.returns(0);
        room.settle();
        room.told(1);
        room.say(0, "heard");
        room.settle();
        let told = room.told(1);
        assert!(matches!(told.as_slice(), [Happening::Said { .. }]), "{told:?}");
    }
}

#[test]
fn who_has_the_right_sets_for_how_long_messages_are_seen_up_to_a_week() {
    const WEEK: u64 = 604_800;
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    for (by, seconds, is_obeyed) in
        [(0, 30, true), (0, 0, true), (0, WEEK, true), (0, WEEK + 1, false), (1, 30, false)]
    {
        let now = room.now;
        room.group(by).say(Body::Timer { seconds }, now).unwrap();
        room.settle();
        let expected = if is_obeyed { vec![Happening::Timer { by: Id(1), seconds }] } else { vec![] };
        for at in 0..3 {
            assert_eq!(room.told(at), expected, "{seconds} by {by}");
        }
    }
    let whispered = room.group(0).whisper(Id(2), Body::Timer { seconds: 30 });
    assert!(matches!(whispered, Err(SealError::OutOfBounds)), "it is said to all alone");
}
