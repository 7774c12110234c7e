//! `kick`, `stop` and `lock`, under both rules.

use sanctuary_wire::cbor::NUMBER_MOST;

use super::*;

type Order = fn(&mut House, ConnectionId) -> Vec<Effect>;

/// What only moderators may, by number, aimed at the keeper if at anybody.
const MODERATION: [(u8, Order); 4] = [
    (8, |house, from| house.kicks(from, 1)),
    (9, |house, from| house.stops(from)),
    (10, |house, from| house.locks(from, true)),
    (11, |house, from| house.relocks(from, 0, &[(1, ADA), (2, BOB)])),
];

#[test]
fn under_rule_0_only_the_keeper_moderates() {
    for (number, order) in MODERATION {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        expect(&order(&mut house, BOB), &[denied(BOB, number, Denial::NotYours)]);
        assert_eq!(house.present(), [ADA, BOB]);
    }
}

#[test]
fn under_rule_0_nobody_else_learns_whom_a_kick_would_hit() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.kicks(BOB, 99), &[denied(BOB, 8, Denial::NotYours)]);
}

#[test]
fn under_rule_1_everyone_moderates() {
    let mut house = House::with(Rule::Everyone, &[ADA, BOB, CYD]);
    expect(&house.locks(BOB, true), &[to_all(&locked(true, 2))]);
    expect(
        &house.kicks(CYD, 2),
        &[ended_by(BOB, End::Kicked, Some(3), Some(VOICE), 4001), to_all(&kicked(2, 3))],
    );
    let stopped = |to| ended_by(to, End::Stopped, Some(3), Some(VOICE), 4002);
    expect(&house.stops(CYD), &[stopped(ADA), stopped(CYD)]);
}

#[test]
fn a_kick_ends_the_members_connection_and_hands_on_what_was_said() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    expect(
        &house.kicks(ADA, 2),
        &[ended_by(BOB, End::Kicked, Some(1), Some(VOICE), 4001), to_all(&kicked(2, 1))],
    );
    assert_eq!(house.present(), [ADA, CYD]);
}

#[test]
fn an_away_member_can_be_kicked() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    expect(&house.kicks(ADA, 2), &[to_all(&kicked(2, 1))]);
    expect(&house.after(GRACE), &[]);
}

#[test]
fn nobody_kicks_themselves() {
    for rule in [Rule::Keeper, Rule::Everyone] {
        let mut house = House::with(rule, &[ADA, BOB]);
        expect(&house.kicks(ADA, 1), &[denied(ADA, 8, Denial::NotYours)]);
        assert_eq!(house.present(), [ADA, BOB]);
    }
}

#[test]
fn a_kick_needs_a_member() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.says(CYD, ClientFrame::Exit);
    for id in [0, 3, 4, NUMBER_MOST] {
        expect(&house.kicks(ADA, id), &[denied(ADA, 8, Denial::NoSuchMember)]);
    }
}

#[test]
fn a_stop_ends_every_connection_and_the_room() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    let stopped = |to| ended_by(to, End::Stopped, Some(1), Some(VOICE), 4002);
    expect(&house.stops(ADA), &[stopped(ADA), stopped(CYD)]);
    assert_eq!(house.rooms.counts(), Counts { rooms: 0, members: 0 });
    expect(&house.first_frame(DOT, enter(DOT, DOT)), &[refused(DOT, Refusal::NoEntry)]);
    expect(&house.after(GRACE), &[]);
}

#[test]
fn a_stop_leaves_other_rooms_alone() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.first_frame(CYD, create_room(CYD, ELSEWHERE, Rule::Keeper));
    house.stops(ADA);
    assert_eq!(house.rooms.present(&ELSEWHERE).collect::<Vec<_>>(), [CYD]);
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 1 });
}

#[test]
fn a_lock_is_told_only_when_it_changes() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.locks(ADA, false), &[]);
    expect(&house.locks(ADA, true), &[to_all(&locked(true, 1))]);
    expect(&house.locks(ADA, true), &[]);
    expect(&house.locks(ADA, false), &[to_all(&locked(false, 1))]);
}
