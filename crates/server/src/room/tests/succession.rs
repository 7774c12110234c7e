//! Who keeps the room.

use super::*;

#[test]
fn when_the_keeper_has_left_the_longest_present_member_keeps() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    expect(&house.on(ADA, Event::Closed), &[to_all(&left(1, Departure::Gone)), to_all(&keeper(2))]);
    expect(&house.locks(BOB, true), &[to_all(&locked(true, 2))]);
}

#[test]
fn when_another_leaves_the_keeper_stays() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    expect(&house.on(BOB, Event::Closed), &[to_all(&left(2, Departure::Gone))]);
}

#[test]
fn an_away_keeper_keeps_office_for_the_grace() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.on(ADA, Event::Broke), &[to_all(&DaemonFrame::Away(Id(1)))]);
    expect(&house.stops(BOB), &[denied(BOB, 9, Denial::NotYours)]);
    house.resume(CYD, 1, ADA);
    expect(&house.locks(CYD, true), &[to_all(&locked(true, 1))]);
}

#[test]
fn an_away_keepers_office_passes_when_its_grace_has_run_out() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(ADA, Event::Broke);
    expect(&house.after(GRACE), &[to_all(&left(1, Departure::Gone)), to_all(&keeper(2))]);
}

#[test]
fn the_office_passes_over_the_away_while_anybody_is_present() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD, DOT]);
    house.on(BOB, Event::Broke);
    expect(
        &house.says(ADA, ClientFrame::Exit),
        &[
            Effect::Close { to: ADA, frame: None, code: 1000 },
            to_all(&left(1, Departure::Exit)),
            to_all(&keeper(3)),
        ],
    );
}

#[test]
fn if_all_are_away_the_longest_seated_keeps() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(CYD, Event::Broke);
    house.on(BOB, Event::Broke);
    house.on(ADA, Event::Closed);
    let members = [(2, BOB, true), (3, CYD, false)];
    let effects = house.resume(DOT, 3, CYD);
    expect(&effects, &[to_all_but(DOT, &DaemonFrame::Back(Id(3))), house.standing(&members).welcome(DOT, 3)]);
}

#[test]
fn a_kicked_keepers_office_passes() {
    let mut house = House::with(Rule::Everyone, &[ADA, BOB, CYD]);
    expect(
        &house.kicks(CYD, 1),
        &[ended_by(ADA, End::Kicked, Some(3), Some(VOICE), 4001), to_all(&kicked(1, 3)), to_all(&keeper(2))],
    );
}

/// However fast its line is made to break: the office waits as long as the seat does.
#[test]
fn a_newcomer_of_the_away_keepers_alias_shares_neither_seat_nor_office() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(ADA, Event::Ended(End::TooSlow));
    let effects = house.first_frame(CYD, enter(CYD, ADA));
    let members = [(1, ADA, true), (2, BOB, false), (3, CYD, false)];
    expect(&effects, &[to_all_but(CYD, &joined(3, CYD)), house.standing(&members).welcome(CYD, 3)]);
    expect(&house.kicks(CYD, 2), &[denied(CYD, 8, Denial::NotYours)]);
    house.resume(DOT, 1, ADA);
    expect(&house.locks(DOT, true), &[to_all(&locked(true, 1))]);
}

#[test]
fn the_keeper_hands_its_office_to_somebody_present() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    let handed = |id, by| DaemonFrame::Handed { id: Id(id), by: Id(by), payload: VOICE };
    expect(&house.hands(ADA, 3), &[to_all(&handed(3, 1))]);
    expect(&house.locks(ADA, true), &[denied(ADA, 10, Denial::NotYours)]);
    expect(&house.locks(CYD, true), &[to_all(&locked(true, 3))]);
    expect(&house.hands(CYD, 2), &[to_all(&handed(2, 3))]);
    expect(&house.on(ADA, Event::Closed), &[to_all(&left(1, Departure::Gone))]);
}

#[test]
fn only_the_keeper_hands_its_office_under_either_rule() {
    for rule in [Rule::Keeper, Rule::Everyone] {
        let mut house = House::with(rule, &[ADA, BOB, CYD]);
        expect(&house.hands(BOB, 3), &[denied(BOB, 13, Denial::NotYours)]);
        expect(&house.hands(BOB, 99), &[denied(BOB, 13, Denial::NotYours)]);
    }
}

#[test]
fn an_office_is_not_handed_to_oneself_to_strangers_or_to_the_away() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    house.on(CYD, Event::Closed);
    for id in [0, 1, 2, 3, 4] {
        expect(&house.hands(ADA, id), &[denied(ADA, 13, Denial::NoSuchMember)]);
    }
    expect(&house.locks(ADA, true), &[to_all(&locked(true, 1))]);
}
