//! What is said to all.

use sanctuary_wire::cbor::NUMBER_MOST;
use sanctuary_wire::{ClientFrame, Denial, Id};

use super::super::super::*;
use super::super::room::{Players, message, words};
use super::read;

#[test]
fn everyone_present_reads_what_is_said_and_the_sender_too() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    for text in ["one", "two", "three"] {
        room.say(1, text);
    }
    room.settle();
    for at in 0..3 {
        assert_eq!(room.read(at), [read(2, "one"), read(2, "two"), read(2, "three")]);
    }
}

#[test]
fn all_kinds_of_bodies_arrive_under_one_name_for_all() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "first");
    room.settle();
    let name_of = |told: Vec<Happening>| match told.as_slice() {
        [Happening::Said { name, .. }] => *name,
        told => panic!("{told:?}"),
    };
    let to = name_of(room.told(1));
    assert_eq!(name_of(room.told(0)), to);
    let bodies = [
        Body::Action(words("waves")),
        Body::Reply { said: words("yes"), to },
        Body::Reaction { at: 1, text: "👍".into(), to },
        Body::Unsend { at: 1, to },
        Body::Typing { at: 1 },
    ];
    for body in bodies {
        let now = room.now;
        room.group(0).say(body.clone(), now).unwrap();
        room.settle();
        let told = room.told(1);
        let [Happening::Said { from: Id(1), body: heard, .. }] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(*heard, body);
    }
}

#[test]
fn who_enters_reads_nothing_from_before() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "before");
    room.settle();
    let cleo = room.enters("Cleo");
    room.settle();
    assert_eq!(room.told(cleo), [Happening::Entered]);
    room.say(0, "after");
    room.settle();
    assert_eq!(room.read(cleo), [read(1, "after")]);
    assert_eq!(room.read(1), [read(1, "before"), read(1, "after")]);
}

#[test]
fn a_word_that_crosses_a_newcomer_is_unreadable_for_it_and_the_next_is_not() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "crosses");
    room.collect(0);
    let cleo = room.enters("Cleo");
    while room.down(cleo) || room.up(cleo) {}
    room.settle();
    let unread = Happening::Unread { from: Id(1), why: SealError::NoChain };
    assert_eq!(room.told(cleo), [Happening::Entered, unread]);
    room.say(0, "next");
    room.settle();
    assert_eq!(room.told(cleo).len(), 1, "nothing is missing");
}

#[test]
fn a_new_generation_begins_when_somebody_has_left_after_200_words_and_after_10_minutes() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let passes = |room: &mut Players| {
        room.say(0, "x");
        let frames = room.group(0).frames();
        for frame in &frames {
            let on = room.all[0].on.unwrap();
            room.daemon.hears(on, frame);
        }
        room.settle();
        frames.iter().filter(|frame| matches!(ClientFrame::decode(frame), Ok(ClientFrame::Pass(_)))).count()
    };
    assert_eq!((passes(&mut room), passes(&mut room)), (1, 0), "handed out once");
    let now = room.now;
    room.group(2).leave(None, now).unwrap();
    room.settle();
    assert_eq!((passes(&mut room), passes(&mut room)), (1, 0), "after a departure");
    for _ in 2..GENERATION_SAYS {
        assert_eq!(passes(&mut room), 0);
    }
    assert_eq!((passes(&mut room), passes(&mut room)), (1, 0), "after 200");
    room.ticks(GENERATION_MS - 1);
    assert_eq!(passes(&mut room), 0);
    room.ticks(1);
    assert_eq!(passes(&mut room), 1, "after 10 minutes");
    assert!(room.read(1).iter().all(|(from, _)| *from == Id(1)));
}

#[test]
fn who_is_away_misses_what_is_said_and_is_told_how_much() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    room.say(0, "first");
    room.settle();
    room.breaks(1);
    room.settle();
    room.say(0, "missed");
    room.say(2, "missed, too");
    room.settle();
    assert_eq!(room.told(2)[1], Happening::Away(Id(2)));
    room.read(1);
    room.returns(1);
    room.settle();
    assert_eq!(room.told(1)[0], Happening::Resumed { missed: 2 });
    room.say(0, "again");
    room.say(1, "here again");
    room.settle();
    for at in 0..3 {
        let heard = room.read(at);
        assert!(heard.ends_with(&[read(1, "again"), read(2, "here again")]), "{at}: {heard:?}");
    }
}

#[test]
fn a_word_that_was_under_way_when_the_connection_broke_is_read_once() {
    for reaches_the_daemon in [false, true] {
        let mut room = Players::of(&["Ada", "Ben"]);
        room.say(0, "once");
        if reaches_the_daemon {
            while room.up(0) {}
        }
        room.breaks(0);
        room.settle();
        room.returns(0);
        room.settle();
        room.say(0, "more");
        room.settle();
        assert_eq!(room.read(0), [read(1, "once"), read(1, "more")]);
        assert_eq!(room.read(1), [read(1, "once"), read(1, "more")]);
    }
}

/// In a minute at the latest, whatever a daemon says.
#[test]
fn a_word_that_is_denied_for_haste_is_said_later_under_the_same_counter() {
    for (retry_ms, waits) in [(500, 500), (59_999, 59_999), (60_001, 60_000), (NUMBER_MOST, 60_000)] {
        let mut room = Players::of(&["Ada", "Ben"]);
        room.say(0, "one");
        room.settle();
        room.say(0, "two");
        room.group(0).frames();
        let denied = sanctuary_wire::DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms };
        room.hears(0, &denied.encode());
        room.settle();
        assert_eq!(room.read(1), [read(1, "one")]);
        assert_eq!(room.all[0].group.next_tick(), Some(room.now + waits), "{retry_ms}");
        room.ticks(waits - 1);
        room.settle();
        assert_eq!(room.read(1), []);
        room.ticks(1);
        room.settle();
        assert_eq!(room.told(1).len(), 1, "and nothing is missing");
    }
}

#[test]
fn words_that_wait_are_bounded() {
    let mut room = Players::of(&["Ada"]);
    let now = room.now;
    // The first is sent.
    (0..=WAITING_MOST).for_each(|_| room.group(0).say(message("x"), now).unwrap());
    assert_eq!(room.group(0).say(message("x"), now), Err(SealError::TooMuch));
}

#[test]
fn a_word_fits_the_largest_frame_or_is_refused() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let now = room.now;
    let fits = |length: usize, room: &mut Players| room.group(0).say(message(&"x".repeat(length)), now);
    let longest = (60_000..65_536).rev().find(|length| fits(*length, &mut room).is_ok()).unwrap();
    assert!(longest > 65_000);
    assert_eq!(fits(longest + 1, &mut room), Err(SealError::TooLong));
    assert!(room.group(0).frames().iter().all(|frame| frame.len() <= 65_536));
    assert_eq!(room.group(0).whisper(Id(2), message(&"x".repeat(65_536))), Err(SealError::TooLong));
}
