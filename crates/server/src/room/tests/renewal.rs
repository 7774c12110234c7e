//! `renew`: another card in the place of one's own.

use super::*;

fn renewed(id: u64, alias: ConnectionId) -> Effect {
    to_all(&DaemonFrame::Renewed { id: Id(id), card: renewed_card(alias) })
}

#[test]
fn a_renewed_card_is_told_to_all_and_shown_to_who_comes_later() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.renews(BOB, BOB), &[renewed(2, BOB)]);
    let effects = house.first_frame(CYD, enter(CYD, CYD));
    let Effect::One { frame, .. } = &effects[1] else { panic!("{effects:?}") };
    let DaemonFrame::Welcome { members, .. } = DaemonFrame::decode(frame).unwrap() else { panic!() };
    let entry = nonce(BOB).entry();
    assert_eq!(members[1], Seated { id: Id(2), entry, card: renewed_card(BOB), away: false });
}

#[test]
fn with_another_tag_the_alias_is_another() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    expect(&house.renews(BOB, CYD), &[renewed(2, CYD)]);
    expect(&house.first_frame(CYD, enter(CYD, CYD)), &[refused(CYD, Refusal::AliasInUse)]);
    house.first_frame(DOT, enter(DOT, BOB));
    assert_eq!(house.present(), [ADA, BOB, DOT]);
}

#[test]
fn the_alias_of_who_is_present_is_in_use_and_that_of_who_is_away_is_not() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(CYD, Event::Broke);
    expect(&house.renews(BOB, ADA), &[denied(BOB, 12, Denial::AliasInUse)]);
    expect(&house.renews(BOB, CYD), &[renewed(2, CYD)]);
}

/// Two seats of one alias are both there when the first has come back. Each renews its keys.
#[test]
fn ones_own_alias_is_never_in_use() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    house.first_frame(CYD, enter(CYD, BOB));
    house.resume(DOT, 2, BOB);
    expect(&house.renews(DOT, BOB), &[renewed(2, BOB)]);
    expect(&house.renews(CYD, BOB), &[renewed(3, BOB)]);
}

#[test]
fn a_member_renews_3_times_at_once_and_then_once_in_30_seconds() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let too_fast = |retry_ms| [to(BOB, &DaemonFrame::Denied { frame: 12, why: Denial::TooFast, retry_ms })];
    for _ in 0..3 {
        expect(&house.renews(BOB, BOB), &[renewed(2, BOB)]);
    }
    expect(&house.renews(BOB, BOB), &too_fast(30_000));
    expect(&house.renews(ADA, ADA), &[renewed(1, ADA)]);
    house.after(Duration::from_millis(29_999));
    expect(&house.renews(BOB, BOB), &too_fast(1));
    house.after(Duration::from_millis(1));
    expect(&house.renews(BOB, BOB), &[renewed(2, BOB)]);
}

#[test]
fn a_renewal_that_is_denied_costs_none() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    for _ in 0..9 {
        expect(&house.renews(BOB, ADA), &[denied(BOB, 12, Denial::AliasInUse)]);
    }
    expect(&house.renews(BOB, BOB), &[renewed(2, BOB)]);
}

/// By another connection than the one that is about to be away: a seat, not a connection, has them.
#[test]
fn a_resume_gives_no_more_renewals() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    for _ in 0..3 {
        house.renews(BOB, BOB);
    }
    house.resume(CYD, 2, BOB);
    let denied = DaemonFrame::Denied { frame: 12, why: Denial::TooFast, retry_ms: 30_000 };
    expect(&house.renews(CYD, BOB), &[to(CYD, &denied)]);
}
