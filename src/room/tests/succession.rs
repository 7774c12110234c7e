//! Who keeps the room.

use super::*;

fn keeper(id: u64) -> DaemonFrame<'static> {
    DaemonFrame::Keeper(Id(id))
}

#[test]
fn when_the_keeper_has_left_the_longest_present_member_keeps() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    expect(&house.on(ADA, Event::Closed), &[to_all(&left(1, Departure::Gone, None)), to_all(&keeper(2))]);
    expect(&house.says(BOB, ClientFrame::Lock(true)), &[to_all(&DaemonFrame::Locked(true))]);
}

#[test]
fn when_another_leaves_the_keeper_stays() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    expect(&house.on(BOB, Event::Closed), &[to_all(&left(2, Departure::Gone, None))]);
}

#[test]
fn an_away_keeper_keeps_office_for_the_grace() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.on(ADA, Event::Broke), &[to_all(&DaemonFrame::Away(Id(1)))]);
    expect(&house.says(BOB, ClientFrame::Stop), &[denied(BOB, 7, Denial::NotYours)]);
    house.first_frame(CYD, resume(token(ADA)));
    expect(&house.says(CYD, ClientFrame::Lock(true)), &[to_all(&DaemonFrame::Locked(true))]);
}

#[test]
fn an_away_keepers_office_passes_when_its_grace_has_run_out() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(ADA, Event::Broke);
    expect(&house.after(GRACE), &[to_all(&left(1, Departure::Gone, None)), to_all(&keeper(2))]);
}

#[test]
fn the_office_passes_over_the_away_while_anybody_is_present() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD, DOT]);
    house.on(BOB, Event::Broke);
    expect(
        &house.says(ADA, ClientFrame::Exit),
        &[
            Effect::Close { to: ADA, frame: None, code: 1000 },
            to_all(&left(1, Departure::Exit, None)),
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
    expect(
        &house.first_frame(DOT, resume(token(CYD))),
        &[to_all_but(DOT, &DaemonFrame::Back(Id(3))), standing(&members).welcome(DOT, 3, token(CYD))],
    );
}

#[test]
fn a_kicked_keepers_office_passes() {
    let mut house = House::with(Rule::Everyone, &[ADA, BOB, CYD]);
    expect(
        &house.says(CYD, ClientFrame::Kick(Id(1))),
        &[
            ended(ADA, End::Kicked, Some(3), 4001),
            to_all(&left(1, Departure::Kicked, Some(3))),
            to_all(&keeper(2)),
        ],
    );
}

#[test]
fn an_away_keeper_given_up_passes_its_office_to_the_longest_present() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(ADA, Event::Broke);
    let stands = standing(&[(2, BOB, false), (3, ADA, false)]);
    expect(
        &house.first_frame(CYD, enter(CYD, ADA)),
        &[
            to_all_but(CYD, &left(1, Departure::Gone, None)),
            to_all_but(CYD, &keeper(2)),
            to_all_but(CYD, &joined(3, ADA)),
            stands.welcome(CYD, 3, token(CYD)),
        ],
    );
}

#[test]
fn an_away_keeper_given_up_passes_its_office_to_the_newcomer_if_all_others_are_away() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(ADA, Event::Broke);
    house.on(BOB, Event::Broke);
    let stands = Standing { keeper: 3, ..standing(&[(2, BOB, true), (3, ADA, false)]) };
    let effects = house.first_frame(CYD, enter(CYD, ADA));
    expect(&effects[effects.len() - 1..], &[stands.welcome(CYD, 3, token(CYD))]);
    assert_eq!(house.present(), [CYD]);
}
