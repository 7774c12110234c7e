//! `kick`, `stop` and `lock`, under both rules.

use super::*;

#[test]
fn under_rule_0_only_the_keeper_moderates() {
    for (frame, kind) in [(ClientFrame::Kick(Id(1)), 6), (ClientFrame::Stop, 7), (ClientFrame::Lock(true), 9)]
    {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        expect(&house.says(BOB, frame), &[denied(BOB, kind, Denial::NotYours)]);
        assert_eq!(house.present(), [ADA, BOB]);
    }
}

#[test]
fn under_rule_0_nobody_else_learns_whom_a_kick_would_hit() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.says(BOB, ClientFrame::Kick(Id(99))), &[denied(BOB, 6, Denial::NotYours)]);
}

#[test]
fn under_rule_1_everyone_moderates() {
    let mut house = House::with(Rule::Everyone, &[ADA, BOB, CYD]);
    expect(&house.says(BOB, ClientFrame::Lock(true)), &[to_all(&DaemonFrame::Locked(true))]);
    expect(
        &house.says(CYD, ClientFrame::Kick(Id(2))),
        &[ended(BOB, End::Kicked, Some(3), 4001), to_all(&left(2, Departure::Kicked, Some(3)))],
    );
    expect(
        &house.says(CYD, ClientFrame::Stop),
        &[ended(ADA, End::Stopped, Some(3), 4002), ended(CYD, End::Stopped, Some(3), 4002)],
    );
}

#[test]
fn a_kick_ends_the_members_connection() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    expect(
        &house.says(ADA, ClientFrame::Kick(Id(2))),
        &[ended(BOB, End::Kicked, Some(1), 4001), to_all(&left(2, Departure::Kicked, Some(1)))],
    );
    assert_eq!(house.present(), [ADA, CYD]);
    expect(&house.first_frame(DOT, resume(token(BOB))), &[refused(DOT, Refusal::NoEntry)]);
}

#[test]
fn an_away_member_can_be_kicked() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    expect(&house.says(ADA, ClientFrame::Kick(Id(2))), &[to_all(&left(2, Departure::Kicked, Some(1)))]);
    assert_eq!(house.rooms.next_deadline(), None);
    expect(&house.first_frame(CYD, resume(token(BOB))), &[refused(CYD, Refusal::NoEntry)]);
}

#[test]
fn nobody_kicks_themselves() {
    for rule in [Rule::Keeper, Rule::Everyone] {
        let mut house = House::with(rule, &[ADA, BOB]);
        expect(&house.says(ADA, ClientFrame::Kick(Id(1))), &[denied(ADA, 6, Denial::NotYours)]);
        assert_eq!(house.present(), [ADA, BOB]);
    }
}

#[test]
fn a_kick_needs_a_member() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.says(CYD, ClientFrame::Exit);
    for id in [0, 3, 4, u64::MAX] {
        expect(&house.says(ADA, ClientFrame::Kick(Id(id))), &[denied(ADA, 6, Denial::NoSuchMember)]);
    }
}

#[test]
fn a_stop_ends_every_connection_and_the_room() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    expect(
        &house.says(ADA, ClientFrame::Stop),
        &[ended(ADA, End::Stopped, Some(1), 4002), ended(CYD, End::Stopped, Some(1), 4002)],
    );
    assert_eq!(house.rooms.counts(), Counts { rooms: 0, members: 0 });
    assert_eq!(house.rooms.next_deadline(), None);
    expect(&house.first_frame(DOT, resume(token(BOB))), &[refused(DOT, Refusal::NoEntry)]);
    expect(&house.first_frame(DOT, enter(DOT, DOT)), &[refused(DOT, Refusal::NoEntry)]);
}

#[test]
fn a_stop_leaves_other_rooms_alone() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let other = ClientFrame::Create {
        room: ELSEWHERE,
        gate: gate(ELSEWHERE),
        card: card(CYD),
        tag: tag(CYD),
        rule: Rule::Keeper,
        code: None,
    };
    house.first_frame(CYD, other);
    house.says(ADA, ClientFrame::Stop);
    assert_eq!(house.rooms.present(&ELSEWHERE).collect::<Vec<_>>(), [CYD]);
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 1 });
}

#[test]
fn a_lock_is_told_only_when_it_changes() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.says(ADA, ClientFrame::Lock(false)), &[]);
    expect(&house.says(ADA, ClientFrame::Lock(true)), &[to_all(&DaemonFrame::Locked(true))]);
    expect(&house.says(ADA, ClientFrame::Lock(true)), &[]);
    expect(&house.says(ADA, ClientFrame::Lock(false)), &[to_all(&DaemonFrame::Locked(false))]);
}
