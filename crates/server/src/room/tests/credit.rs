//! The credit of free passes (protocol, section 3, rule 10).

use super::*;

impl House {
    /// The credit of members, by connection.
    fn credit<const N: usize>(&self, of: [ConnectionId; N]) -> [u32; N] {
        of.map(|from| self.rooms.clone().take_credit(from, u32::MAX))
    }

    fn spends(&mut self, from: ConnectionId) {
        self.rooms.take_credit(from, u32::MAX);
    }
}

#[test]
fn who_comes_may_hand_its_chain_to_all_and_all_to_who_comes() {
    let house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    assert_eq!(house.credit([ADA, BOB, CYD]), [3, 3, 3]);
}

type Deed = fn(&mut House);

#[test]
fn what_makes_members_hand_out_chains_gives_credit_for_it() {
    let table: [(&str, Deed, u32); 9] = [
        ("left", |house| drop(house.on(DOT, Event::Closed)), 3),
        ("kicked", |house| drop(house.kicks(ADA, 4)), 3),
        ("relocked", |house| drop(house.relocks(ADA, 0, &[(1, ADA), (2, BOB), (3, CYD)])), 3),
        ("back", |house| drop(house.resume(ConnectionId(5), 4, DOT)), 1),
        ("renewed", |house| drop(house.renews(DOT, DOT)), 1),
        ("away", |house| drop(house.on(DOT, Event::Broke)), 0),
        ("said", |house| drop(house.says(DOT, ClientFrame::Say { payload: b"so" })), 0),
        ("locked", |house| drop(house.locks(ADA, true)), 0),
        ("handed", |house| drop(house.hands(ADA, 2)), 0),
    ];
    for (name, deed, credit) in table {
        let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD, DOT]);
        for from in [ADA, BOB, CYD] {
            house.spends(from);
        }
        deed(&mut house);
        assert_eq!(house.credit([ADA, BOB, CYD]), [credit; 3], "{name}");
    }
}

#[test]
fn credit_is_at_most_4_passes_for_each_member_of_the_room() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    for credit in [3, 4, 5, 6, 7, 8, 8, 8] {
        house.now += Duration::from_secs(30);
        house.renews(BOB, BOB);
        assert_eq!(house.credit([BOB]), [credit]);
    }
    house.on(ADA, Event::Closed);
    assert_eq!(house.credit([BOB]), [4], "of one member");
}

const ALL: [(u64, ConnectionId); 3] = [(1, ADA), (2, BOB), (3, CYD)];

/// Who left and entered again and again lent the others megabytes a second.
#[test]
fn four_departures_at_once_give_credit_and_one_more_each_second() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    let table = [(0, 3), (0, 3), (0, 3), (0, 3), (0, 0), (999, 0), (1, 3), (1000, 3), (999, 0), (1, 3)];
    for (lock, (millis, credit)) in (0..).zip(table) {
        house.now += Duration::from_millis(millis);
        house.spends(BOB);
        house.relocks(ADA, lock, &ALL);
        assert_eq!(house.credit([BOB]), [credit], "the {lock}th, after {millis} ms");
    }
    house.spends(BOB);
    house.kicks(ADA, 3);
    assert_eq!(house.credit([BOB]), [0], "of whatever kind");
}

#[test]
fn a_departure_that_gives_no_credit_takes_what_is_above_the_most() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    for lock in 0..4 {
        house.relocks(ADA, lock, &ALL);
    }
    assert_eq!(house.credit([BOB]), [12]);
    house.on(CYD, Event::Closed);
    assert_eq!(house.credit([BOB]), [8]);
}

#[test]
fn as_much_is_free_as_there_is_credit_and_it_is_spent_once() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    assert_eq!([1, 0, 5, 5].map(|wanted| house.rooms.take_credit(CYD, wanted)), [1, 0, 2, 0]);
    assert_eq!(house.rooms.take_credit(BOB, 1), 1, "each has its own");
    assert_eq!(house.rooms.take_credit(DOT, 1), 0, "in no room");
}

#[test]
fn an_away_seat_keeps_its_credit_and_gains_what_others_gain() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.on(CYD, Event::Broke);
    house.renews(BOB, BOB);
    house.resume(DOT, 3, CYD);
    assert_eq!(house.credit([DOT]), [5]);
}

#[test]
fn who_comes_back_may_hand_its_chain_to_all_whatever_it_has_spent() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.spends(CYD);
    house.resume(DOT, 3, CYD);
    assert_eq!(house.credit([DOT]), [3]);
}
