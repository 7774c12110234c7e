//! `create` and `enter`: who is let in, who is refused and why, and what everyone sees of it.

use super::*;

#[test]
fn the_creator_is_welcomed_as_member_1_and_keeper() {
    let mut house = House::empty();
    let effects = house.first_frame(ADA, create(ADA, Rule::Everyone));
    expect(&effects, &[house.standing(&[(1, ADA, false)]).welcome(ADA, 1)]);
    assert!(house.rooms.is_member(ADA));
    assert_eq!(house.present(), [ADA]);
}

#[test]
fn a_room_is_created_once() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    expect(&house.first_frame(BOB, create(BOB, Rule::Keeper)), &[refused(BOB, Refusal::Taken)]);
    assert!(!house.rooms.is_member(BOB));
}

#[test]
fn there_are_rooms_up_to_the_limit() {
    let mut house = House::empty();
    for (number, fits) in [(1, true), (2, true), (3, true), (4, false)] {
        let from = ConnectionId(number);
        let effects = house.first_frame(from, create_room(from, RoomId([mark(from); 5]), Rule::Keeper));
        assert_eq!(house.rooms.is_member(from), fits, "{:?}", shown(&effects));
        if !fits {
            expect(&effects, &[refused_for(from, Refusal::Busy, 30_000)]);
        }
    }
}

#[test]
fn a_newcomer_gets_the_welcome_and_the_others_joined() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let effects = house.first_frame(CYD, enter(CYD, CYD));
    let stands = house.standing(&[(1, ADA, false), (2, BOB, false), (3, CYD, false)]);
    expect(&effects, &[to_all_but(CYD, &joined(3, CYD)), stands.welcome(CYD, 3)]);
    assert_eq!(house.present(), [ADA, BOB, CYD]);
}

#[test]
fn a_welcome_counts_all_that_concerned_the_room() {
    let mut house = House::with(Rule::Everyone, &[ADA, BOB]);
    house.says(BOB, ClientFrame::Say { payload: b"one" });
    house.says(ADA, ClientFrame::Pass(Passes::of([(Id(2), b"psst")])));
    house.says(ADA, ClientFrame::Exit);
    let effects = house.first_frame(CYD, enter(CYD, CYD));
    // Joined, said, left, keeper, joined.
    assert_eq!(house.order.count, 5);
    let stands = Standing { said: 1, ..house.standing(&[(2, BOB, false), (3, CYD, false)]) };
    expect(&effects[1..], &[stands.welcome(CYD, 3)]);
}

#[test]
fn an_alias_of_a_present_member_is_in_use() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    expect(&house.first_frame(BOB, enter(BOB, ADA)), &[refused(BOB, Refusal::AliasInUse)]);
}

#[test]
fn aliases_are_compared_to_the_last_bit_of_their_tags() {
    for bit in 0..128 {
        let mut house = House::with(Rule::Keeper, &[ADA]);
        let Tag(mut bytes) = tag(ADA);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let (seat, card, tag) = (seat(BOB), card(BOB), Tag(bytes));
        let message = signed::enter(&nonce(BOB), ROOM, &seat, card, &tag);
        let signature = sign(&gate_seed(ROOM, 0), &message);
        house.first_frame(BOB, ClientFrame::Enter { room: ROOM, seat, card, tag, signature });
        assert_eq!(house.present(), [ADA, BOB], "bit {bit}");
    }
}

#[test]
fn an_alias_is_free_again_when_its_member_has_left() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Closed);
    house.first_frame(CYD, enter(CYD, BOB));
    assert_eq!(house.present(), [ADA, CYD]);
}

#[test]
fn there_are_members_up_to_the_limit_away_ones_too() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.on(BOB, Event::Broke);
    house.rooms.set_limits(Limits { members: 3, ..LIMITS });
    house.first_frame(CYD, enter(CYD, CYD));
    assert!(house.rooms.is_member(CYD), "the third of three");
    expect(&house.first_frame(DOT, enter(DOT, DOT)), &[refused(DOT, Refusal::Full)]);
    house.after(GRACE);
    house.first_frame(DOT, enter(DOT, DOT));
    assert!(house.rooms.is_member(DOT), "a seat is free again");
}

#[test]
fn lowered_limits_put_nobody_out() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.rooms.set_limits(Limits { rooms: 0, members: 1, ..LIMITS });
    assert_eq!(house.present(), [ADA, BOB, CYD]);
    expect(&house.first_frame(DOT, enter(DOT, DOT)), &[refused(DOT, Refusal::Full)]);
}

#[test]
fn a_locked_room_refuses_only_who_proved_the_password() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    house.locks(ADA, true);
    expect(&house.first_frame(BOB, enter(BOB, BOB)), &[refused(BOB, Refusal::Locked)]);
    expect(&house.first_frame(BOB, enter_by(BOB, BOB, 1)), &[refused(BOB, Refusal::NoEntry)]);
    house.locks(ADA, false);
    house.first_frame(BOB, enter(BOB, BOB));
    assert!(house.rooms.is_member(BOB));
}

#[test]
fn locked_is_said_before_alias_in_use_and_that_before_full() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.rooms.set_limits(Limits { members: 3, ..LIMITS });
    expect(&house.first_frame(DOT, enter(DOT, DOT)), &[refused(DOT, Refusal::Full)]);
    expect(&house.first_frame(DOT, enter(DOT, ADA)), &[refused(DOT, Refusal::AliasInUse)]);
    house.locks(ADA, true);
    expect(&house.first_frame(DOT, enter(DOT, ADA)), &[refused(DOT, Refusal::Locked)]);
}

#[test]
fn as_many_enter_at_once_as_may_be_members_and_then_one_a_second() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    for time in 0..4 {
        house.first_frame(BOB, enter(BOB, BOB));
        assert!(house.rooms.is_member(BOB), "{time}");
        house.on(BOB, Event::Closed);
    }
    expect(&house.first_frame(BOB, enter(BOB, BOB)), &[refused_for(BOB, Refusal::Busy, 1000)]);
    house.after(Duration::from_millis(999));
    expect(&house.first_frame(BOB, enter(BOB, BOB)), &[refused_for(BOB, Refusal::Busy, 1)]);
    house.after(Duration::from_millis(1));
    house.first_frame(BOB, enter(BOB, BOB));
    assert!(house.rooms.is_member(BOB));
}

#[test]
fn who_is_not_let_in_spends_nothing_of_a_rooms_entries() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    for _ in 0..9 {
        house.first_frame(BOB, enter_by(BOB, BOB, 1));
        house.first_frame(BOB, enter(BOB, ADA));
    }
    house.first_frame(BOB, enter(BOB, BOB));
    assert!(house.rooms.is_member(BOB));
}

#[test]
fn a_first_frame_must_create_enter_or_resume() {
    let command = Command::Lock { turn: 0, locked: true }.encode();
    let frames = [
        ClientFrame::Say { payload: b"hello" },
        ClientFrame::Pass(Passes::of([(Id(1), b"psst")])),
        order(BOB, BOB, &command),
        ClientFrame::Exit,
    ];
    let mut house = House::with(Rule::Everyone, &[ADA]);
    for frame in frames {
        expect(&house.first_frame(BOB, frame), &[refused(BOB, Refusal::Malformed)]);
    }
    assert_eq!(house.present(), [ADA]);
}

#[test]
fn an_entry_frame_of_a_member_is_malformed() {
    for frame in [create(BOB, Rule::Keeper), enter(BOB, BOB), resume(BOB, 2, BOB)] {
        let expected = [ended(BOB, End::Malformed, 4007), to_all(&left(2, Departure::Gone))];
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        expect(&house.says(BOB, frame.clone()), &expected);
        let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
        expect(&house.first_frame(BOB, frame), &expected);
        assert_eq!(house.present(), [ADA]);
    }
}

#[test]
fn who_sits_nowhere_changes_nothing() {
    let mut house = House::with(Rule::Everyone, &[ADA]);
    let stop = Command::Stop { turn: 0, payload: VOICE }.encode();
    let nonce = nonce(BOB);
    let events = [
        Event::Frame { frame: order(BOB, BOB, &stop), nonce: &nonce },
        Event::Frame { frame: order(BOB, ADA, &stop), nonce: &nonce },
        Event::Frame { frame: enter(BOB, BOB), nonce: &nonce },
        Event::Closed,
        Event::Broke,
        Event::Ended(End::TooSlow),
        Event::Ended(End::Flooding),
    ];
    for event in events {
        expect(&house.on(BOB, event), &[]);
    }
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 1 });
}
