//! Who can read what, and what members are told, under an honest daemon.

use sanctuary_wire::{ClientFrame, Denial, Departure, End, Id, Refusal, Rule};

use super::super::*;
use super::room::{Players, message, words};
use super::vectors::door;

fn read(from: u64, text: &str) -> (Id, String) {
    (Id(from), text.to_owned())
}

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

#[test]
fn a_word_that_is_denied_for_haste_is_said_later_under_the_same_counter() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "one");
    room.settle();
    room.say(0, "two");
    room.group(0).frames();
    let denied = sanctuary_wire::DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 500 };
    room.hears(0, &denied.encode());
    room.settle();
    assert_eq!(room.read(1), [read(1, "one")]);
    assert_eq!(room.all[0].group.next_tick(), Some(room.now + 500));
    room.ticks(499);
    room.settle();
    assert_eq!(room.read(1), []);
    room.ticks(1);
    room.settle();
    assert_eq!(room.told(1).len(), 1, "and nothing is missing");
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

fn names(room: &mut Players, at: usize) -> Vec<String> {
    room.group(at).members().iter().map(|member| member.showing.to_string()).collect()
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
    room.breaks(1);
    room.daemon.gives_up(Id(2));
    room.settle();
    assert_eq!(names(&mut room, 0), ["Cleo", "Alice"]);
}

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
fn an_order_whose_object_left_meanwhile_is_denied_and_uses_up_no_counter() {
    let mut room = Players::under(Rule::Everyone, &["Ada", "Ben", "Cleo"]);
    let now = room.now;
    room.group(0).kick(Id(3), now).unwrap();
    room.collect(0);
    room.group(2).leave(Some(words("bye")), now).unwrap();
    while room.up(2) {}
    room.settle();
    room.say(0, "hello");
    room.settle();
    let told = room.told(1);
    assert!(matches!(told[1], Happening::Left { id: Id(3), how: Departure::Exit }));
    assert!(matches!(told[2], Happening::Said { from: Id(1), .. }) && told.len() == 3, "{told:?}");
}

/// Another door, and its password.
pub(super) fn other_door(number: u8) -> (Door, Password) {
    let password = Password::read(&format!("another password {number}")).unwrap();
    (Door::of(door().room(), Secret([number; 32])), password)
}

#[test]
fn another_password_leaves_those_out_who_are_not_listed_and_all_goes_on() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo", "Dora"]);
    room.breaks(3);
    room.settle();
    room.told(0);
    let (new, password) = other_door(1);
    room.group(0).relock(new.clone(), password.clone(), &[Id(2), Id(4)]).unwrap();
    room.settle();
    let relocked = Happening::Relocked { by: Id(1), out: vec![Id(3)], without: None, keyless: vec![] };
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
    let by_welcome = Happening::Relocked { by: Id(1), out: vec![], without: None, keyless: vec![] };
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
fn who_renewed_while_the_room_was_relocked_has_no_key_and_the_maker_is_told() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let now = room.now;
    room.group(1).thawed(now);
    while room.up(1) {}
    let (new, password) = other_door(1);
    room.group(0).relock(new, password, &[Id(2)]).unwrap();
    room.settle();
    let told = |without, keyless| Happening::Relocked { by: Id(1), out: vec![], without, keyless };
    // The maker's next card is sealed for the door that Ben lacks.
    assert_eq!(room.told(1), [told(Some(SealError::NoDoor), vec![]), Happening::NotReady(Id(1))]);
    assert_eq!(room.told(0), [told(None, vec![Id(2)])]);
    let (new, password) = other_door(2);
    room.group(0).relock(new, password, &[Id(2)]).unwrap();
    room.settle();
    assert_eq!(room.told(1).first(), Some(&told(None, vec![])));
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
