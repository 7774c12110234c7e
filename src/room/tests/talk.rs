//! `say` and `pass`, and what stays secret.

use zeroize::ZeroizeOnDrop;

use super::*;

fn passed(from: u64, passed: &[u8]) -> DaemonFrame<'_> {
    DaemonFrame::Passed { from: Id(from), passed }
}

#[test]
fn a_message_goes_to_every_member_the_sender_too_and_is_counted_from_1() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    for (from, id, number, payload) in [(BOB, 2, 1, b"one"), (ADA, 1, 2, b"two"), (BOB, 2, 3, b"six")] {
        let said = DaemonFrame::Said { number, from: Id(id), payload };
        expect(&house.says(from, ClientFrame::Say { payload }), &[to_all(&said)]);
    }
}

#[test]
fn a_message_to_many_is_one_effect() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    house.rooms.set_limits(Limits { members: 100, ..LIMITS });
    for number in 2..=100 {
        let from = ConnectionId(number);
        let frame = ClientFrame::Enter {
            room: ROOM,
            proof: proof(ROOM, from, ROOM),
            card: b"a card".into(),
            tag: tag(from),
        };
        house.first_frame(from, frame);
    }
    let said = DaemonFrame::Said { number: 1, from: Id(100), payload: b"all of you" };
    let effects = house.says(ConnectionId(100), ClientFrame::Say { payload: b"all of you" });
    expect(&effects, &[to_all(&said)]);
    assert_eq!(house.present(), (1..=100).map(ConnectionId).collect::<Vec<_>>());
}

#[test]
fn rooms_do_not_hear_each_other() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    let other = ClientFrame::Create {
        room: ELSEWHERE,
        gate: gate(ELSEWHERE),
        card: card(CYD),
        tag: tag(CYD),
        rule: Rule::Keeper,
        code: None,
    };
    house.first_frame(CYD, other);
    let said = DaemonFrame::Said { number: 1, from: Id(1), payload: b"here" }.encode().into();
    let effects = house.says(CYD, ClientFrame::Say { payload: b"here" });
    expect(&effects, &[Effect::Room { room: ELSEWHERE, except: None, frame: said }]);
    expect(
        &house.says(CYD, ClientFrame::Pass(Passes::of([(Id(2), b"psst")]))),
        &[denied(CYD, 5, Denial::NoSuchMember)],
    );
}

#[test]
fn a_pass_hands_each_its_own() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    expect(
        &house.says(CYD, ClientFrame::Pass(Passes::of([(Id(2), b"for Bob"), (Id(1), b"for Ada")]))),
        &[to(BOB, &passed(3, b"for Bob")), to(ADA, &passed(3, b"for Ada"))],
    );
}

#[test]
fn a_pass_to_some_who_are_not_there_is_denied_once_and_reaches_the_others() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD, DOT]);
    house.on(BOB, Event::Broke);
    house.on(CYD, Event::Closed);
    let away_left_oneself_unknown_and_there =
        Passes::of([(Id(2), b"2"), (Id(3), b"3"), (Id(1), b"1"), (Id(9), b"9"), (Id(4), b"4")]);
    expect(
        &house.says(ADA, ClientFrame::Pass(away_left_oneself_unknown_and_there)),
        &[to(DOT, &passed(1, b"4")), denied(ADA, 5, Denial::NoSuchMember)],
    );
}

#[test]
fn ids_are_never_given_twice() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    for id in 2..10 {
        let effects = house.first_frame(BOB, enter(BOB, BOB));
        expect(&effects[..1], &[to_all_but(BOB, &joined(id, BOB))]);
        house.on(BOB, Event::Closed);
    }
}

#[test]
fn what_a_room_holds_of_its_members_is_wiped_on_drop() {
    fn wiped<T: ZeroizeOnDrop>(_: &T) {}
    let house = House::with(Rule::Keeper, &[ADA]);
    let room = &house.rooms.open[&ROOM];
    wiped(&room.gate);
    for member in room.members.iter() {
        wiped(&member.secrets.token);
        wiped(&member.secrets.tag);
        wiped(&member.secrets.card);
    }
}

#[test]
fn an_effect_shows_no_bytes_in_debug() {
    let mut house = House::empty();
    let effects = house.first_frame(ADA, create(ADA, Rule::Keeper));
    let shown = format!("{effects:?}");
    assert!(shown.contains("bytes") && !shown.contains("card"), "{shown}");
}
