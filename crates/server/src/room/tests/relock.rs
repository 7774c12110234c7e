//! `relock`: another password, and who is handed the door behind it.

use super::*;

const HERE: bool = false;

fn relocked(by: u64, lock: u32, staying: &[u64]) -> DaemonFrame<'static> {
    let staying = staying.iter().copied().map(Id).collect();
    DaemonFrame::Relocked { by: Id(by), lock, heart: relocked_heart(), staying }
}

fn boxed(whom: ConnectionId, by: u64, id: u64, lock: u32) -> Effect {
    to(whom, &DaemonFrame::Boxed { by: Id(by), door: door(id, lock) })
}

fn malformed(from: ConnectionId) -> Effect {
    ended(from, End::Malformed, 4007)
}

#[test]
fn who_is_listed_gets_its_box_right_before_the_room_is_relocked_and_all_others_are_out() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD, DOT]);
    house.on(DOT, Event::Broke);
    expect(
        &house.relocks(ADA, 0, &[(2, BOB), (1, ADA)]),
        &[
            ended_by(CYD, End::Kicked, Some(1), None, 4001),
            boxed(BOB, 1, 2, 1),
            boxed(ADA, 1, 1, 1),
            to_all(&relocked(1, 1, &[2, 1])),
        ],
    );
    assert_eq!(house.present(), [ADA, BOB]);
    assert_eq!(house.rooms.counts().members, 2);
}

#[test]
fn the_room_opens_by_the_new_password_alone_and_shows_the_new_heart() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    house.relocks(ADA, 0, &[(1, ADA)]);
    expect(&house.first_frame(BOB, enter_by(BOB, BOB, 0)), &[refused(BOB, Refusal::NoEntry)]);
    let effects = house.first_frame(BOB, enter_by(BOB, BOB, 1));
    let stands = house.standing(&[(1, ADA, HERE), (2, BOB, HERE)]);
    let stands = Standing { lock: 1, heart: relocked_heart(), ..stands };
    expect(&effects, &[to_all_but(BOB, &joined(2, BOB)), stands.welcome(BOB, 2)]);
}

#[test]
fn the_tags_are_those_behind_the_new_door() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.relocks(ADA, 0, &[(1, ADA), (2, CYD)]);
    expect(&house.first_frame(CYD, enter_by(CYD, CYD, 1)), &[refused(CYD, Refusal::AliasInUse)]);
    house.first_frame(DOT, enter_by(DOT, BOB, 1));
    assert_eq!(house.present(), [ADA, BOB, DOT]);
}

#[test]
fn two_who_relock_at_once_do_not_cross() {
    let mut house = House::with(Rule::Everyone, &[ADA, BOB, CYD]);
    house.relocks(ADA, 0, &[(1, ADA), (2, BOB)]);
    for lock in [0, 2, 200] {
        let late = house.relocks(BOB, lock, &[(1, ADA), (2, BOB), (3, CYD)]);
        expect(&late, &[denied(BOB, 11, Denial::AnotherLock)]);
    }
    let effects = house.relocks(BOB, 1, &[(1, ADA), (2, BOB)]);
    expect(&effects[effects.len() - 1..], &[to_all(&relocked(2, 2, &[1, 2]))]);
}

/// Boxes are signed for the whole list, and somebody may leave while it is on its way.
#[test]
fn a_list_with_somebody_who_has_left_changes_nothing_and_costs_nobody_a_seat() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Closed);
    for list in [[(1, ADA), (2, BOB)], [(1, ADA), (4, DOT)], [(1, ADA), (0, BOB)]] {
        expect(&house.relocks(ADA, 0, &list), &[denied(ADA, 11, Denial::NoSuchMember)]);
    }
    assert_eq!(house.present(), [ADA, CYD]);
    let effects = house.relocks(ADA, 0, &[(1, ADA), (3, CYD)]);
    expect(&effects[2..], &[to_all(&relocked(1, 1, &[1, 3]))]);
}

#[test]
fn a_list_that_names_somebody_twice_is_malformed() {
    for list in [&[(1, ADA), (1, ADA)][..], &[(1, ADA), (2, BOB), (1, CYD)]] {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        let effects = house.relocks(ADA, 0, list);
        expect(&effects[..1], &[malformed(ADA)]);
        assert_eq!(house.present(), [BOB]);
    }
}

/// A moderator was out whose room had shrunk, while fewer members might be than before.
#[test]
fn a_list_that_is_too_long_has_somebody_who_is_not_there() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD, DOT]);
    house.on(DOT, Event::Closed);
    house.rooms.set_limits(Limits { members: 2, ..LIMITS });
    let all = [(1, ADA), (2, BOB), (3, CYD), (4, DOT)];
    expect(&house.relocks(ADA, 0, &all), &[denied(ADA, 11, Denial::NoSuchMember)]);
    let effects = house.relocks(ADA, 0, &all[..3]);
    expect(&effects[3..], &[to_all(&relocked(1, 1, &[1, 2, 3]))]);
}

#[test]
fn a_gate_that_is_no_key_is_malformed() {
    for bad in BAD_KEYS {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        let staying = vec![Staying { id: Id(1), tag: tag(ADA), door: door(1, 1) }];
        let effects = house.orders(ADA, |turn| Command::Relock {
            turn,
            lock: 0,
            gate: Gate(bad),
            heart: relocked_heart(),
            staying,
        });
        expect(&effects[..1], &[malformed(ADA)]);
    }
}

#[test]
fn who_relocks_stays() {
    for list in [&[][..], &[(2, BOB)]] {
        let mut house = House::with(Rule::Everyone, &[ADA, BOB]);
        expect(&house.relocks(ADA, 0, list), &[denied(ADA, 11, Denial::NotYours)]);
        assert_eq!(house.present(), [ADA, BOB]);
    }
}

#[test]
fn under_rule_1_the_keeper_may_be_out_and_its_office_passes() {
    let mut house = House::with(Rule::Everyone, &[ADA, BOB, CYD]);
    let effects = house.relocks(CYD, 0, &[(2, BOB), (3, CYD)]);
    expect(&effects[effects.len() - 2..], &[to_all(&relocked(3, 1, &[2, 3])), to_all(&keeper(2))]);
}

#[test]
fn who_was_away_gets_its_box_with_its_welcome() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    expect(
        &house.relocks(ADA, 0, &[(1, ADA), (2, BOB)]),
        &[boxed(ADA, 1, 1, 1), to_all(&relocked(1, 1, &[1, 2]))],
    );
    let effects = house.resume(CYD, 2, BOB);
    let stands = house.standing(&[(1, ADA, HERE), (2, BOB, HERE)]);
    let stands =
        Standing { lock: 1, heart: relocked_heart(), boxed: Some((1, &[1, 2], door(2, 1))), ..stands };
    expect(&effects[1..], &[stands.welcome(CYD, 2)]);
}

/// A line is often dead long before the daemon knows: what was sent on it is in no hands.
#[test]
fn a_box_is_kept_until_a_renewed_card_shows_that_it_arrived() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.relocks(ADA, 0, &[(1, ADA), (2, BOB)]);
    let with = |house: &House, boxed| {
        let stands = house.standing(&[(1, ADA, HERE), (2, BOB, HERE)]);
        Standing { lock: 1, heart: relocked_heart(), boxed, ..stands }
    };
    for from in [CYD, DOT] {
        let effects = house.resume(from, 2, BOB);
        let expected = with(&house, Some((1, &[1, 2], door(2, 1)))).welcome(from, 2);
        expect(&effects[effects.len() - 1..], &[expected]);
    }
    house.renews(DOT, BOB);
    house.resume(CYD, 2, BOB);
    assert!(house.rooms.open[&ROOM].members.get(Id(2)).unwrap().secrets.boxed.is_none());
}

/// Whoever held the line back made a member lose the key to the room by its own older card.
#[test]
fn a_card_that_crosses_a_relock_leaves_the_box_and_the_new_tag() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let behind = |tag: u8| Tag([tag; 16]);
    let renews = |house: &mut House, from, tag| {
        house.orders(from, |turn| Command::Renew { turn, card: renewed_card(BOB), tag })
    };
    let staying = vec![
        Staying { id: Id(1), tag: behind(11), door: door(1, 1) },
        Staying { id: Id(2), tag: behind(12), door: door(2, 1) },
    ];
    house.orders(ADA, |turn| Command::Relock {
        turn,
        lock: 0,
        gate: gate(ROOM, 1),
        heart: relocked_heart(),
        staying,
    });
    let secrets = |house: &House| house.rooms.open[&ROOM].members.get(Id(2)).unwrap().secrets.clone();
    for _ in 0..2 {
        expect(
            &renews(&mut house, BOB, tag(BOB)),
            &[to_all(&DaemonFrame::Renewed { id: Id(2), card: renewed_card(BOB) })],
        );
        let after = secrets(&house);
        assert!(after.boxed.is_some() && after.tag == behind(12));
    }
    let effects = house.resume(CYD, 2, BOB);
    let Effect::One { frame, .. } = effects.last().unwrap() else { panic!("{effects:?}") };
    let DaemonFrame::Welcome { boxed, .. } = DaemonFrame::decode(frame).unwrap() else { panic!() };
    assert_eq!(boxed.map(|(by, _, door)| (by, door)), Some((Id(1), door(2, 1))));
    renews(&mut house, CYD, behind(12));
    assert!(secrets(&house).boxed.is_none(), "it has arrived");
}

/// A new alias shows nothing either, but it is the member's from then on.
#[test]
fn another_alias_leaves_the_box_until_the_card_after_it() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.relocks(ADA, 0, &[(1, ADA), (2, BOB)]);
    for is_kept in [true, false] {
        house.renews(BOB, DOT);
        let secrets = &house.rooms.open[&ROOM].members.get(Id(2)).unwrap().secrets;
        assert_eq!((secrets.boxed.is_some(), &secrets.tag), (is_kept, &tag(DOT)));
    }
}

#[test]
fn a_later_box_takes_the_place_of_one_that_is_still_kept() {
    let mut house = House::with(Rule::Everyone, &[ADA, BOB, CYD]);
    house.on(BOB, Event::Broke);
    let all = [(1, ADA), (2, BOB), (3, CYD)];
    house.relocks(ADA, 0, &all);
    house.relocks(CYD, 1, &all);
    let effects = house.resume(DOT, 2, BOB);
    let stands = house.standing(&[(1, ADA, HERE), (2, BOB, HERE), (3, CYD, HERE)]);
    let stands =
        Standing { lock: 2, heart: relocked_heart(), boxed: Some((3, &[1, 2, 3], door(2, 2))), ..stands };
    expect(&effects[1..], &[stands.welcome(DOT, 2)]);
}
