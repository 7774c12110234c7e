//! `resume`: who takes a seat again, and what the others learn who try.

use super::*;

const HERE: bool = false;

#[test]
fn who_resumes_is_back_with_a_fresh_welcome_and_the_same_seat() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    house.says(ADA, ClientFrame::Say { payload: b"missed" });
    house.after(GRACE / 2);
    let members = [(1, ADA, HERE), (2, BOB, HERE), (3, CYD, HERE)];
    let effects = house.resume(DOT, 2, BOB);
    let stands = Standing { said: 1, ..house.standing(&members) };
    expect(&effects, &[to_all_but(DOT, &DaemonFrame::Back(Id(2))), stands.welcome(DOT, 2)]);
    assert_eq!(house.present(), [ADA, DOT, CYD]);
    expect(&house.after(GRACE), &[]);
    house.on(DOT, Event::Broke);
    let effects = house.resume(BOB, 2, BOB);
    let stands = Standing { said: 1, ..house.standing(&members) };
    expect(&effects, &[to_all_but(BOB, &DaemonFrame::Back(Id(2))), stands.welcome(BOB, 2)]);
}

#[test]
fn a_resume_is_signed_by_the_seats_key_for_this_connection_room_and_seat() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    let signed = |by, message: Vec<u8>| sign(&seat_seed(mark(by)), &message);
    let overheard = signed(BOB, signed::resume(&nonce(BOB), ROOM, Id(2)));
    let bad = [
        ("by another seat", 2, signed(ADA, signed::resume(&nonce(CYD), ROOM, Id(2)))),
        ("for another connection", 2, overheard),
        ("for another room", 2, signed(BOB, signed::resume(&nonce(CYD), ELSEWHERE, Id(2)))),
        ("for another seat", 2, signed(BOB, signed::resume(&nonce(CYD), ROOM, Id(1)))),
        ("of another's seat", 1, signed(BOB, signed::resume(&nonce(CYD), ROOM, Id(1)))),
        ("of no seat", 3, signed(BOB, signed::resume(&nonce(CYD), ROOM, Id(3)))),
        ("by the gate", 2, sign(&gate_seed(ROOM, 0), &signed::resume(&nonce(CYD), ROOM, Id(2)))),
        ("zeros", 2, Signature([0; 64])),
    ];
    for (name, id, signature) in bad {
        let frame = ClientFrame::Resume { room: ROOM, id: Id(id), signature };
        assert_eq!(house.first_frame(CYD, frame), [refused(CYD, Refusal::NoEntry)], "{name}");
    }
    let elsewhere = signed(BOB, signed::resume(&nonce(CYD), ELSEWHERE, Id(2)));
    let frame = ClientFrame::Resume { room: ELSEWHERE, id: Id(2), signature: elsewhere };
    expect(&house.first_frame(CYD, frame), &[refused(CYD, Refusal::NoEntry)]);
    assert_eq!(house.present(), [ADA]);
}

#[test]
fn neither_lock_nor_fullness_nor_a_coming_restart_refuses_a_resume() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.locks(ADA, true);
    house.rooms.set_limits(Limits { members: 1, rooms: 0, ..LIMITS });
    house.rooms.announce(house.now, house.now, &mut Vec::new());
    house.on(BOB, Event::Broke);
    let effects = house.resume(CYD, 2, BOB);
    let stands = Standing { locked: true, ..house.standing(&[(1, ADA, HERE), (2, BOB, HERE)]) };
    let back = [to_all_but(CYD, &DaemonFrame::Back(Id(2))), stands.welcome(CYD, 2)];
    expect(&effects[..2], &back);
}

#[test]
fn a_resume_on_a_living_connection_takes_over_from_it() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let effects = house.resume(CYD, 2, BOB);
    let expected = [
        ended(BOB, End::ResumedElsewhere, 4005),
        to_all_but(CYD, &DaemonFrame::Back(Id(2))),
        house.standing(&[(1, ADA, HERE), (2, BOB, HERE)]).welcome(CYD, 2),
    ];
    expect(&effects, &expected);
    assert_eq!(house.present(), [ADA, CYD]);
    assert!(!house.rooms.is_member(BOB));
    expect(&house.on(BOB, Event::Closed), &[]);
    assert_eq!(house.present(), [ADA, CYD]);
}

#[test]
fn a_seat_is_resumed_8_times_at_once_and_then_once_in_5_seconds() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let second = Duration::from_secs(1);
    for time in 0..8 {
        house.resume(CYD, 2, BOB);
        assert!(house.rooms.is_member(CYD), "{time}");
        house.on(CYD, Event::Broke);
    }
    expect(&house.resume(CYD, 2, BOB), &[refused_for(CYD, Refusal::Busy, 5000)]);
    // Another seat has a ration of its own.
    house.resume(DOT, 1, ADA);
    assert!(house.rooms.is_member(DOT));
    house.after(4 * second);
    expect(&house.resume(CYD, 2, BOB), &[refused_for(CYD, Refusal::Busy, 1000)]);
    house.after(second);
    house.resume(CYD, 2, BOB);
    assert!(house.rooms.is_member(CYD), "refusals cost nothing");
}

#[test]
fn who_cannot_sign_spends_nothing_of_a_seats_resumes() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    for _ in 0..20 {
        expect(&house.resume(CYD, 2, ADA), &[refused(CYD, Refusal::NoEntry)]);
    }
    house.resume(CYD, 2, BOB);
    assert!(house.rooms.is_member(CYD));
}

type Deed = fn(&mut House);

/// How Bob loses his seat, and what he is told who comes back for it.
const LOSSES: [(&str, Deed, Refusal); 10] = [
    ("by exit", |house| drop(house.says(BOB, ClientFrame::Exit)), Refusal::GraceOver),
    ("by closing", |house| drop(house.on(BOB, Event::Closed)), Refusal::GraceOver),
    ("by flooding", |house| drop(house.on(BOB, Event::Ended(End::Flooding))), Refusal::GraceOver),
    (
        "by not coming back",
        |house| {
            house.on(BOB, Event::Broke);
            house.after(GRACE);
        },
        Refusal::GraceOver,
    ),
    ("by a kick", |house| drop(house.kicks(ADA, 2)), Refusal::Kicked),
    (
        "by a kick while away",
        |house| {
            house.on(BOB, Event::Broke);
            house.kicks(ADA, 2);
        },
        Refusal::Kicked,
    ),
    ("by a relock", |house| drop(house.relocks(ADA, 0, &[(1, ADA)])), Refusal::Kicked),
    ("by a stop", |house| drop(house.stops(ADA)), Refusal::Stopped),
    (
        "by a stop while away",
        |house| {
            house.on(BOB, Event::Broke);
            house.stops(ADA);
        },
        Refusal::Stopped,
    ),
    (
        "as the last",
        |house| {
            house.on(ADA, Event::Closed);
            house.on(BOB, Event::Closed);
        },
        Refusal::RoomGone,
    ),
];

#[test]
fn who_comes_back_for_a_seat_that_was_given_up_learns_how() {
    for (name, lose, why) in LOSSES {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        lose(&mut house);
        for _ in 0..2 {
            assert_eq!(house.resume(CYD, 2, BOB), [refused(CYD, why)], "{name}");
        }
        assert_eq!(house.resume(CYD, 2, ADA), [refused(CYD, Refusal::NoEntry)], "{name}, by another key");
        assert_eq!(house.resume(CYD, 3, BOB), [refused(CYD, Refusal::NoEntry)], "{name}, another seat");
    }
}

/// Room keys and seats were kept for the grace, by a host who meant to erase them.
#[test]
fn when_the_host_ends_all_rooms_nothing_is_remembered_of_any_seat() {
    for (name, lose, _) in LOSSES {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        house.first_frame(CYD, create_room(CYD, ELSEWHERE, Rule::Keeper));
        lose(&mut house);
        house.rooms.end_all(End::Stopped, &mut Vec::new());
        assert!(house.rooms.tombstones.seats().is_empty(), "{name}");
        assert_eq!(house.rooms.next_deadline(), None, "{name}");
        assert_eq!(house.resume(DOT, 2, BOB), [refused(DOT, Refusal::NoEntry)], "{name}");
    }
}

#[test]
fn why_a_seat_was_given_up_is_forgotten_after_the_grace() {
    for (name, lose, why) in LOSSES {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        lose(&mut house);
        house.after(GRACE.checked_sub(Duration::from_millis(1)).unwrap());
        assert_eq!(house.resume(CYD, 2, BOB), [refused(CYD, why)], "{name}");
        assert_eq!(house.rooms.next_deadline(), Some(house.now + Duration::from_millis(1)), "{name}");
        house.after(Duration::from_millis(1));
        assert_eq!(house.resume(CYD, 2, BOB), [refused(CYD, Refusal::NoEntry)], "{name}");
        assert_eq!(house.rooms.next_deadline(), None, "{name}");
    }
}

#[test]
fn the_oldest_causes_go_where_there_are_more_than_there_may_be_seats() {
    for (most, is_told) in [(1, [false, true]), (2, [true, true])] {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
        house.rooms.set_limits(Limits { tombstones: most, ..LIMITS });
        house.on(BOB, Event::Closed);
        house.after(Duration::from_secs(1));
        house.on(CYD, Event::Closed);
        let why = |is_told| if is_told { Refusal::GraceOver } else { Refusal::NoEntry };
        expect(&house.resume(DOT, 2, BOB), &[refused(DOT, why(is_told[0]))]);
        expect(&house.resume(DOT, 3, CYD), &[refused(DOT, why(is_told[1]))]);
    }
}

/// A room that was opened anew counts its members from 1 again.
#[test]
fn a_new_room_of_the_same_key_takes_no_seat_and_no_cause_away() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    house.stops(ADA);
    house.first_frame(BOB, create(BOB, Rule::Keeper));
    expect(&house.resume(CYD, 1, ADA), &[refused(CYD, Refusal::Stopped)]);
    house.resume(CYD, 1, BOB);
    assert_eq!(house.present(), [CYD]);
    house.after(GRACE / 2);
    house.on(CYD, Event::Closed);
    expect(&house.resume(DOT, 1, ADA), &[refused(DOT, Refusal::NoEntry)]);
    // Not with the one that stood in its place.
    house.after(GRACE / 2);
    expect(&house.resume(DOT, 1, BOB), &[refused(DOT, Refusal::RoomGone)]);
    house.after(GRACE / 2);
    assert_eq!(house.rooms.next_deadline(), None);
}
