//! Leaving, going away, coming back, and the ends that the edge decides.

use super::*;

const HERE: bool = false;
const AWAY: bool = true;

#[test]
fn who_exits_is_out_at_once() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(
        &house.says(BOB, ClientFrame::Exit),
        &[Effect::Close { to: BOB, frame: None, code: 1000 }, to_all(&left(2, Departure::Exit, None))],
    );
    assert_eq!(house.present(), [ADA]);
}

#[test]
fn who_closes_is_out_at_once() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.on(BOB, Event::Closed), &[to_all(&left(2, Departure::Gone, None))]);
    expect(&house.first_frame(CYD, resume(token(BOB))), &[refused(CYD, Refusal::NoEntry)]);
}

#[test]
fn a_broken_connection_leaves_its_seat_away_for_the_grace() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.on(BOB, Event::Broke), &[to_all(&DaemonFrame::Away(Id(2)))]);
    assert_eq!(house.present(), [ADA]);
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 2 });
    assert_eq!(house.rooms.next_deadline(), Some(house.now + GRACE));
    expect(&house.after(GRACE.checked_sub(Duration::from_millis(1)).unwrap()), &[]);
    expect(&house.after(Duration::from_millis(1)), &[to_all(&left(2, Departure::Gone, None))]);
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 1 });
    assert_eq!(house.rooms.next_deadline(), None);
}

#[test]
fn a_changed_grace_counts_for_what_breaks_from_then_on() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    house.rooms.set_limits(Limits { grace: GRACE * 2, ..LIMITS });
    house.on(CYD, Event::Broke);
    expect(&house.after(GRACE), &[to_all(&left(2, Departure::Gone, None))]);
    expect(&house.after(GRACE), &[to_all(&left(3, Departure::Gone, None))]);
}

#[test]
fn the_away_are_marked_in_a_welcome() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    let stands = standing(&[(1, ADA, HERE), (2, BOB, AWAY), (3, CYD, HERE)]);
    expect(
        &house.first_frame(CYD, enter(CYD, CYD)),
        &[to_all_but(CYD, &joined(3, CYD)), stands.welcome(CYD, 3, token(CYD))],
    );
}

#[test]
fn who_resumes_is_back_with_a_fresh_welcome_and_the_same_seat() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    house.says(ADA, ClientFrame::Say { payload: b"missed" });
    house.after(GRACE / 2);
    let stands = Standing { said: 1, ..standing(&[(1, ADA, HERE), (2, BOB, HERE), (3, CYD, HERE)]) };
    let expected = [to_all_but(DOT, &DaemonFrame::Back(Id(2))), stands.welcome(DOT, 2, token(BOB))];
    expect(&house.first_frame(DOT, resume(token(BOB))), &expected);
    assert_eq!(house.present(), [ADA, DOT, CYD]);
    expect(&house.after(GRACE), &[]);
    house.on(DOT, Event::Broke);
    let expected = [to_all_but(BOB, &DaemonFrame::Back(Id(2))), stands.welcome(BOB, 2, token(BOB))];
    expect(&house.first_frame(BOB, resume(token(BOB))), &expected);
}

#[test]
fn a_resume_needs_the_seat_and_its_room() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    expect(&house.first_frame(CYD, resume(token(CYD))), &[refused(CYD, Refusal::NoEntry)]);
    let elsewhere = ClientFrame::Resume { room: ELSEWHERE, seat: token(BOB) };
    expect(&house.first_frame(CYD, elsewhere), &[refused(CYD, Refusal::NoEntry)]);
    for bit in 0..128 {
        let mut almost = token(BOB);
        almost.0[bit / 8] ^= 1 << (bit % 8);
        expect(&house.first_frame(CYD, resume(almost)), &[refused(CYD, Refusal::NoEntry)]);
    }
    assert_eq!(house.present(), [ADA]);
}

#[test]
fn a_resume_after_the_grace_comes_too_late() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    house.after(GRACE);
    expect(&house.first_frame(CYD, resume(token(BOB))), &[refused(CYD, Refusal::NoEntry)]);
}

#[test]
fn neither_lock_nor_fullness_refuses_a_resume() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.says(ADA, ClientFrame::Lock(true));
    house.rooms.set_limits(Limits { members: 1, rooms: 0, ..LIMITS });
    house.on(BOB, Event::Broke);
    let stands = Standing { locked: true, ..standing(&[(1, ADA, HERE), (2, BOB, HERE)]) };
    let expected = [to_all_but(CYD, &DaemonFrame::Back(Id(2))), stands.welcome(CYD, 2, token(BOB))];
    expect(&house.first_frame(CYD, resume(token(BOB))), &expected);
}

#[test]
fn a_resume_on_a_living_connection_takes_over_from_it() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let stands = standing(&[(1, ADA, HERE), (2, BOB, HERE)]);
    let expected = [
        ended(BOB, End::ResumedElsewhere, None, 4005),
        to_all_but(CYD, &DaemonFrame::Back(Id(2))),
        stands.welcome(CYD, 2, token(BOB)),
    ];
    expect(&house.first_frame(CYD, resume(token(BOB))), &expected);
    assert_eq!(house.present(), [ADA, CYD]);
    assert!(!house.rooms.is_member(BOB));
    expect(&house.on(BOB, Event::Closed), &[]);
    assert_eq!(house.present(), [ADA, CYD]);
}

#[test]
fn an_alias_held_by_an_away_seat_is_given_up_to_a_newcomer() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    let stands = standing(&[(1, ADA, HERE), (3, CYD, HERE), (4, BOB, HERE)]);
    let expected = [
        to_all_but(DOT, &left(2, Departure::Gone, None)),
        to_all_but(DOT, &joined(4, BOB)),
        stands.welcome(DOT, 4, token(DOT)),
    ];
    expect(&house.first_frame(DOT, enter(DOT, BOB)), &expected);
    assert_eq!(house.rooms.next_deadline(), None);
    expect(&house.first_frame(BOB, resume(token(BOB))), &[refused(BOB, Refusal::NoEntry)]);
}

#[test]
fn an_away_alias_is_given_up_in_a_full_room_too() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    house.rooms.set_limits(Limits { members: 2, ..LIMITS });
    expect(&house.first_frame(DOT, enter(DOT, CYD)), &[refused(DOT, Refusal::Full)]);
    house.first_frame(DOT, enter(DOT, BOB));
    assert_eq!(house.present(), [ADA, DOT]);
}

#[test]
fn an_away_alias_is_not_given_up_in_a_locked_room() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.says(ADA, ClientFrame::Lock(true));
    house.on(BOB, Event::Broke);
    expect(&house.first_frame(DOT, enter(DOT, BOB)), &[refused(DOT, Refusal::Locked)]);
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 2 });
}

#[test]
fn a_room_outlives_its_only_seat_given_up_to_a_newcomer() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    house.says(ADA, ClientFrame::Say { payload: b"before" });
    house.on(ADA, Event::Broke);
    let stands = Standing { said: 1, ..standing(&[(2, ADA, HERE)]) };
    let expected = [
        to_all_but(BOB, &left(1, Departure::Gone, None)),
        to_all_but(BOB, &DaemonFrame::Keeper(Id(2))),
        to_all_but(BOB, &joined(2, ADA)),
        stands.welcome(BOB, 2, token(BOB)),
    ];
    expect(&house.first_frame(BOB, enter(BOB, ADA)), &expected);
    expect(&house.after(GRACE), &[]);
    assert_eq!(house.present(), [BOB]);
}

#[test]
fn with_its_last_seat_a_room_is_gone() {
    type Leave = fn(&mut House) -> Vec<Effect>;
    let ways: [(&str, Leave); 4] = [
        ("exit", |house| house.says(ADA, ClientFrame::Exit)),
        ("close", |house| house.on(ADA, Event::Closed)),
        ("end", |house| house.on(ADA, Event::Ended(End::Flooding))),
        ("grace", |house| {
            house.on(ADA, Event::Broke);
            house.after(GRACE)
        }),
    ];
    for (name, leave) in ways {
        let mut house = House::with(Rule::Keeper, &[ADA]);
        let effects = leave(&mut house);
        let told = |effect: &Effect| matches!(effect, Effect::Room { .. });
        assert!(!effects.iter().any(told), "{name}: there is nobody to tell");
        assert_eq!(house.rooms.counts(), Counts { rooms: 0, members: 0 }, "{name}");
        expect(&house.first_frame(BOB, enter(BOB, BOB)), &[refused(BOB, Refusal::NoEntry)]);
        house.first_frame(BOB, create(BOB, Rule::Keeper));
        assert_eq!(house.present(), [BOB], "{name}: the name is free again");
    }
}

#[test]
fn a_room_of_away_seats_stays_until_the_last_grace_runs_out() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(ADA, Event::Broke);
    house.after(GRACE / 2);
    house.on(BOB, Event::Broke);
    house.after(GRACE / 2);
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 1 });
    let stands = standing(&[(2, BOB, HERE)]);
    let expected = [to_all_but(CYD, &DaemonFrame::Back(Id(2))), stands.welcome(CYD, 2, token(BOB))];
    expect(&house.first_frame(CYD, resume(token(BOB))), &expected);
}

#[test]
fn who_is_too_slow_goes_away() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(
        &house.on(BOB, Event::Ended(End::TooSlow)),
        &[ended(BOB, End::TooSlow, None, 4003), to_all(&DaemonFrame::Away(Id(2)))],
    );
    house.first_frame(CYD, resume(token(BOB)));
    assert_eq!(house.present(), [ADA, CYD]);
}

#[test]
fn who_floods_or_is_malformed_is_out() {
    for (end, code) in [(End::Flooding, 4004), (End::Malformed, 4007)] {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        expect(
            &house.on(BOB, Event::Ended(end)),
            &[ended(BOB, end, None, code), to_all(&left(2, Departure::Gone, None))],
        );
        assert_eq!(house.present(), [ADA]);
    }
}

#[test]
fn the_daemon_can_end_all_rooms() {
    for (end, code) in [(End::Stopped, 4002), (End::ShuttingDown, 1001)] {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
        house.on(BOB, Event::Broke);
        let mut effects = Vec::new();
        house.rooms.end_all(end, &mut effects);
        expect(&effects, &[ended(ADA, end, None, code), ended(CYD, end, None, code)]);
        assert_eq!(house.rooms.counts(), Counts { rooms: 0, members: 0 });
        assert_eq!(house.rooms.next_deadline(), None);
        expect(&house.on(ADA, Event::Closed), &[]);
    }
}

#[test]
fn a_crowd_of_rooms_that_has_gone_leaves_no_place_for_itself_behind() {
    let mut house = House::empty();
    house.rooms.set_limits(Limits { rooms: 200, ..LIMITS });
    for number in 1..=200 {
        let (from, room) = (ConnectionId(number.into()), RoomId([number; 5]));
        let gate = gate(ROOM);
        let rule = Rule::Keeper;
        let frame = ClientFrame::Create { room, gate, card: card(ADA), tag: tag(ADA), rule, code: None };
        house.on(from, Event::FirstFrame { frame, nonce: &nonce(ADA), seat: token(ADA) });
    }
    assert!(house.rooms.open.capacity() >= 200);
    for number in 2..=200 {
        house.on(ConnectionId(number), Event::Closed);
    }
    house.rooms.shrink();
    assert!(house.rooms.open.capacity() < 10);
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 1 });
}

#[test]
fn of_a_restart_every_room_is_told_and_who_comes_later_with_what_is_left() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let mut effects = Vec::new();
    let end = house.now + Duration::from_secs(60);
    house.rooms.announce(house.now, end, &mut effects);
    expect(&effects, &[to_all(&DaemonFrame::Closing(60))]);
    house.on(BOB, Event::Broke);
    for (passed, told) in [(500, 60), (500, 59), (58_999, 1), (1, 0), (5000, 0)] {
        house.after(Duration::from_millis(passed));
        house.on(CYD, Event::Closed);
        let effects = house.first_frame(CYD, enter(CYD, CYD));
        expect(&effects[effects.len() - 1..], &[to(CYD, &DaemonFrame::Closing(told))]);
    }
    let effects = house.first_frame(DOT, resume(token(ADA)));
    expect(&effects[effects.len() - 1..], &[to(DOT, &DaemonFrame::Closing(0))]);
    let eve = ConnectionId(5);
    expect(&house.first_frame(eve, enter(CYD, CYD)), &[refused(eve, Refusal::NoEntry)]);
}
