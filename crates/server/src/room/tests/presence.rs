//! Leaving, going away, coming back, and the ends that the edge decides.

use super::*;

const HERE: bool = false;
const AWAY: bool = true;

#[test]
fn who_exits_is_out_at_once() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(
        &house.says(BOB, ClientFrame::Exit),
        &[Effect::Close { to: BOB, frame: None, code: 1000 }, to_all(&left(2, Departure::Exit))],
    );
    assert_eq!(house.present(), [ADA]);
}

#[test]
fn who_closes_is_out_at_once() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.on(BOB, Event::Closed), &[to_all(&left(2, Departure::Gone))]);
    assert_eq!(house.present(), [ADA]);
}

#[test]
fn a_broken_connection_leaves_its_seat_away_for_the_grace() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.on(BOB, Event::Broke), &[to_all(&DaemonFrame::Away(Id(2)))]);
    assert_eq!(house.present(), [ADA]);
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 2 });
    assert_eq!(house.rooms.next_deadline(), Some(house.now + GRACE));
    expect(&house.after(GRACE.checked_sub(Duration::from_millis(1)).unwrap()), &[]);
    expect(&house.after(Duration::from_millis(1)), &[to_all(&left(2, Departure::Gone))]);
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 1 });
}

#[test]
fn a_changed_grace_counts_for_what_breaks_from_then_on() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    house.rooms.set_limits(Limits { grace: GRACE * 2, ..LIMITS });
    house.on(CYD, Event::Broke);
    expect(&house.after(GRACE), &[to_all(&left(2, Departure::Gone))]);
    expect(&house.after(GRACE), &[to_all(&left(3, Departure::Gone))]);
}

#[test]
fn the_away_are_marked_in_a_welcome() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    let effects = house.first_frame(CYD, enter(CYD, CYD));
    let stands = house.standing(&[(1, ADA, HERE), (2, BOB, AWAY), (3, CYD, HERE)]);
    expect(&effects, &[to_all_but(CYD, &joined(3, CYD)), stands.welcome(CYD, 3)]);
}

/// A crashed tab keeps nobody out, and nobody who comes puts its seat out.
#[test]
fn an_alias_of_an_away_seat_lets_a_newcomer_in_beside_it() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    let effects = house.first_frame(DOT, enter(DOT, BOB));
    let stands = house.standing(&[(1, ADA, HERE), (2, BOB, AWAY), (3, CYD, HERE), (4, DOT, HERE)]);
    expect(&effects, &[to_all_but(DOT, &joined(4, DOT)), stands.welcome(DOT, 4)]);
    let eve = ConnectionId(5);
    let effects = house.resume(eve, 2, BOB);
    let stands = house.standing(&[(1, ADA, HERE), (2, BOB, HERE), (3, CYD, HERE), (4, DOT, HERE)]);
    expect(&effects, &[to_all_but(eve, &DaemonFrame::Back(Id(2))), stands.welcome(eve, 2)]);
}

#[test]
fn of_two_seats_of_one_alias_the_present_one_counts() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    house.first_frame(CYD, enter(CYD, BOB));
    expect(&house.first_frame(DOT, enter(DOT, BOB)), &[refused(DOT, Refusal::AliasInUse)]);
    house.on(CYD, Event::Broke);
    house.first_frame(DOT, enter(DOT, BOB));
    assert_eq!(house.present(), [ADA, DOT]);
}

#[test]
fn neither_fullness_nor_a_lock_yields_to_an_away_alias() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    house.rooms.set_limits(Limits { members: 2, ..LIMITS });
    expect(&house.first_frame(DOT, enter(DOT, BOB)), &[refused(DOT, Refusal::Full)]);
    house.locks(ADA, true);
    expect(&house.first_frame(DOT, enter(DOT, BOB)), &[refused(DOT, Refusal::Locked)]);
}

/// Whatever the others do, but for a kick, a relock and a stop.
#[test]
fn a_room_of_one_away_seat_waits_for_it() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    house.says(ADA, ClientFrame::Say { payload: b"before" });
    house.on(ADA, Event::Broke);
    house.first_frame(BOB, enter(BOB, ADA));
    house.on(BOB, Event::Closed);
    house.after(GRACE / 2);
    let effects = house.resume(CYD, 1, ADA);
    let stands = Standing { said: 1, ..house.standing(&[(1, ADA, HERE)]) };
    expect(&effects, &[to_all_but(CYD, &DaemonFrame::Back(Id(1))), stands.welcome(CYD, 1)]);
    expect(&house.after(GRACE), &[]);
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
    let effects = house.resume(CYD, 2, BOB);
    let stands = house.standing(&[(2, BOB, HERE)]);
    expect(&effects, &[to_all_but(CYD, &DaemonFrame::Back(Id(2))), stands.welcome(CYD, 2)]);
}

#[test]
fn who_is_too_slow_goes_away() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(
        &house.on(BOB, Event::Ended(End::TooSlow)),
        &[ended(BOB, End::TooSlow, 4003), to_all(&DaemonFrame::Away(Id(2)))],
    );
    house.resume(CYD, 2, BOB);
    assert_eq!(house.present(), [ADA, CYD]);
}

#[test]
fn who_floods_or_is_malformed_is_out() {
    for (end, code) in [(End::Flooding, 4004), (End::Malformed, 4007)] {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        expect(
            &house.on(BOB, Event::Ended(end)),
            &[ended(BOB, end, code), to_all(&left(2, Departure::Gone))],
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
        expect(&effects, &[ended(ADA, end, code), ended(CYD, end, code)]);
        assert_eq!(house.rooms.counts(), Counts { rooms: 0, members: 0 });
        expect(&house.on(ADA, Event::Closed), &[]);
    }
}

#[test]
fn a_crowd_of_rooms_that_has_gone_leaves_no_place_for_itself_behind() {
    let mut house = House::empty();
    house.rooms.set_limits(Limits { rooms: 200, ..LIMITS });
    for number in 1..=200 {
        let (from, frame) =
            (ConnectionId(number.into()), create_room(ADA, RoomId([number; 5]), Rule::Keeper));
        house.on(from, Event::FirstFrame { frame, nonce: &nonce(ADA), place: None });
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
    let effects = house.resume(DOT, 1, ADA);
    expect(&effects[effects.len() - 1..], &[to(DOT, &DaemonFrame::Closing(0))]);
    let eve = ConnectionId(5);
    expect(&house.first_frame(eve, enter(CYD, CYD)), &[refused(eve, Refusal::NoEntry)]);
}

#[test]
fn a_daemon_that_is_about_to_stop_opens_no_rooms() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    let end = house.now + Duration::from_secs(60);
    house.rooms.announce(house.now, end, &mut Vec::new());
    house.after(Duration::from_secs(20));
    let frame = create_room(BOB, ELSEWHERE, Rule::Keeper);
    expect(&house.first_frame(BOB, frame), &[refused_for(BOB, Refusal::Draining, 40_000)]);
    expect(
        &house.first_frame(BOB, create(BOB, Rule::Keeper)),
        &[refused_for(BOB, Refusal::Draining, 40_000)],
    );
    house.first_frame(BOB, enter(BOB, BOB));
    assert_eq!(house.present(), [ADA, BOB]);
}

#[test]
fn a_daemon_that_drains_opens_no_rooms_and_lets_those_there_are_go_on() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    house.rooms.drain();
    let refused_for_good = |house: &mut House, room| {
        let frame = create_room(BOB, room, Rule::Keeper);
        expect(&house.first_frame(BOB, frame), &[refused(BOB, Refusal::Draining)]);
    };
    refused_for_good(&mut house, ELSEWHERE);
    refused_for_good(&mut house, ROOM);
    let effects = house.first_frame(BOB, enter(BOB, BOB));
    assert_eq!(house.present(), [ADA, BOB]);
    assert!(
        matches!(effects[..], [Effect::Room { .. }, Effect::One { .. }]),
        "no word of an end: {effects:?}"
    );
    house.on(ADA, Event::Broke);
    house.resume(CYD, 1, ADA);
    assert_eq!(house.present(), [CYD, BOB]);

    // Once the end is told, there is still nothing to wait for.
    let (end, mut effects) = (house.now + Duration::from_secs(60), Vec::new());
    house.rooms.announce(house.now, end, &mut effects);
    expect(&effects, &[to_all(&DaemonFrame::Closing(60))]);
    house.on(BOB, Event::Closed);
    refused_for_good(&mut house, ELSEWHERE);
}

/// What the server keeps for a seat, its place among the connections of an address, is there as
/// long as the seat.
#[test]
fn a_place_is_kept_as_long_as_its_seat() {
    type Event = fn(&mut House);
    let ends: [(&str, Event, bool); 8] = [
        ("breaks", |house| drop(house.on(BOB, super::Event::Broke)), true),
        ("is too slow", |house| drop(house.on(BOB, super::Event::Ended(End::TooSlow))), true),
        ("closes", |house| drop(house.on(BOB, super::Event::Closed)), false),
        ("is kicked", |house| drop(house.kicks(ADA, 2)), false),
        ("is not listed", |house| drop(house.relocks(ADA, 0, &[(1, ADA)])), false),
        ("is stopped", |house| drop(house.stops(ADA)), false),
        ("comes back elsewhere", |house| drop(house.resume(CYD, 2, BOB)), true),
        (
            "does not come back",
            |house| {
                house.on(BOB, super::Event::Broke);
                house.after(GRACE);
            },
            false,
        ),
    ];
    for (name, end, keeps) in ends {
        let mut house = House::with(Rule::Keeper, &[ADA]);
        let place = Arc::new(());
        let (frame, nonce) = (enter(BOB, BOB), nonce(BOB));
        house.on(BOB, super::Event::FirstFrame { frame, nonce: &nonce, place: Some(place.clone()) });
        assert_eq!(Arc::strong_count(&place), 2);
        end(&mut house);
        assert_eq!(Arc::strong_count(&place) == 2, keeps, "who {name}");
    }
}

#[test]
fn who_is_refused_gets_no_place() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    let place = Arc::new(());
    let (frame, nonce) = (enter(BOB, ADA), nonce(BOB));
    house.on(BOB, Event::FirstFrame { frame, nonce: &nonce, place: Some(place.clone()) });
    assert_eq!(Arc::strong_count(&place), 1);
}
