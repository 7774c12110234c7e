//! What every order has to be: signed by the seat for its connection, and later than the one
//! before.

use super::*;

const LOCK: Command<'static> = Command::Lock { turn: 7, locked: true };

fn out(id: u64, from: ConnectionId) -> [Effect; 2] {
    [ended(from, End::Malformed, 4007), to_all(&left(id, Departure::Gone))]
}

#[test]
fn an_order_that_the_seat_has_not_signed_for_this_connection_is_malformed() {
    let command = LOCK.encode();
    let signed = |by, message: Vec<u8>| sign(&seat_seed(mark(by)), &message);
    let other = Command::Lock { turn: 7, locked: false }.encode();
    let bad = [
        ("by another seat", signed(BOB, signed::order(&nonce(ADA), &command))),
        ("for another connection", signed(ADA, signed::order(&nonce(BOB), &command))),
        ("another order", signed(ADA, signed::order(&nonce(ADA), &other))),
        ("by the gate", sign(&gate_seed(ROOM, 0), &signed::order(&nonce(ADA), &command))),
        ("zeros", Signature([0; 64])),
    ];
    for (name, signature) in bad {
        let mut house = House::with(Rule::Everyone, &[BOB, ADA]);
        let effects = house.says(ADA, ClientFrame::Order { command: &command, signature });
        assert_eq!(effects, out(2, ADA), "{name}");
    }
}

#[test]
fn an_order_that_is_none_is_malformed() {
    let none = [
        ("nothing", vec![]),
        ("a frame", ClientFrame::Exit.encode()),
        ("bytes behind it", [LOCK.encode(), vec![0]].concat()),
    ];
    for (name, command) in none {
        let mut house = House::with(Rule::Everyone, &[BOB, ADA]);
        assert_eq!(house.says(ADA, order(ADA, ADA, &command)), out(2, ADA), "{name}");
    }
}

#[test]
fn the_turns_of_a_connection_rise() {
    const MOST: u64 = u32::MAX as u64 - 1;
    for (first, then, rises) in [
        (0, 1, true),
        (0, 0, false),
        (7, 8, true),
        (7, 7, false),
        (7, 6, false),
        (7, MOST, true),
        (7, MOST + 1, false),
        (MOST, MOST, false),
        (7, u64::MAX, false),
    ] {
        let mut house = House::with(Rule::Everyone, &[BOB, ADA]);
        for (turn, locked) in [(first, true), (then, false)] {
            let command = Command::Lock { turn, locked }.encode();
            house.says(ADA, order(ADA, ADA, &command));
        }
        assert_eq!(house.rooms.is_member(ADA), rises, "{first}, then {then}");
    }
}

#[test]
fn an_order_that_is_denied_has_had_its_turn() {
    let mut house = House::with(Rule::Keeper, &[BOB, ADA]);
    let command = LOCK.encode();
    expect(&house.says(ADA, order(ADA, ADA, &command)), &[denied(ADA, 10, Denial::NotYours)]);
    expect(&house.says(ADA, order(ADA, ADA, &command)), &out(2, ADA));
}

#[test]
fn each_connection_of_a_seat_begins_its_turns_anew() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let command = LOCK.encode();
    house.says(ADA, order(ADA, ADA, &command));
    house.resume(CYD, 1, ADA);
    let unlock = Command::Lock { turn: 0, locked: false }.encode();
    expect(&house.says(CYD, order(CYD, ADA, &unlock)), &[to_all(&locked(false, 1))]);
}

#[test]
fn what_was_signed_on_the_connection_before_orders_nothing() {
    let mut house = House::with(Rule::Keeper, &[BOB, ADA]);
    let overheard = LOCK.encode();
    house.resume(CYD, 2, ADA);
    expect(&house.says(CYD, order(ADA, ADA, &overheard)), &out(2, CYD));
}
