//! `say` and `pass`, and what stays secret.

use zeroize::ZeroizeOnDrop;

use super::*;

fn passes(from: ConnectionId, id: u64, to: ConnectionId, passed: &[u8]) -> Effect {
    let frame = DaemonFrame::Passed { from: Id(id), passed }.encode().into();
    Effect::Pass { from, to, frame }
}

#[test]
fn a_message_goes_to_every_member_the_sender_too_and_is_counted() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    for (from, id, payload) in [(BOB, 2, b"one"), (ADA, 1, b"two"), (BOB, 2, b"six")] {
        let said = DaemonFrame::Said { from: Id(id), payload };
        expect(&house.says(from, ClientFrame::Say { payload }), &[to_all(&said)]);
    }
    let effects = house.first_frame(CYD, enter(CYD, CYD));
    let members = [(1, ADA, false), (2, BOB, false), (3, CYD, false)];
    let stands = Standing { said: 3, ..house.standing(&members) };
    expect(&effects[1..], &[stands.welcome(CYD, 3)]);
}

#[test]
fn a_message_to_many_is_one_effect() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    house.rooms.set_limits(Limits { members: 4, ..LIMITS });
    for member in [BOB, CYD, DOT] {
        house.first_frame(member, enter(member, member));
    }
    let said = DaemonFrame::Said { from: Id(4), payload: b"all of you" };
    expect(&house.says(DOT, ClientFrame::Say { payload: b"all of you" }), &[to_all(&said)]);
    assert_eq!(house.present(), [ADA, BOB, CYD, DOT]);
}

#[test]
fn rooms_do_not_hear_each_other() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    house.first_frame(CYD, create_room(CYD, ELSEWHERE, Rule::Keeper));
    let said = DaemonFrame::Said { from: Id(1), payload: b"here" }.encode().into();
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
        &[passes(CYD, 3, BOB, b"for Bob"), passes(CYD, 3, ADA, b"for Ada")],
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
        &[passes(ADA, 1, DOT, b"4"), denied(ADA, 5, Denial::NoSuchMember)],
    );
}

#[test]
fn ids_are_never_given_twice() {
    let mut house = House::with(Rule::Keeper, &[ADA]);
    for id in 2..10 {
        house.now += Duration::from_secs(1);
        let effects = house.first_frame(BOB, enter(BOB, BOB));
        expect(&effects[..1], &[to_all_but(BOB, &joined(id, BOB))]);
        house.on(BOB, Event::Closed);
    }
}

#[test]
fn what_a_room_holds_of_its_members_is_wiped_on_drop() {
    fn wiped<T: ZeroizeOnDrop>(_: &T) {}
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    house.relocks(ADA, 0, &[(1, ADA)]);
    let room = &house.rooms.open[&ROOM];
    wiped(&room.gate);
    wiped(&room.heart);
    for member in room.members.iter() {
        wiped(&member.secrets.seat);
        wiped(&member.secrets.entry);
        wiped(&member.secrets.tag);
        wiped(&member.secrets.card);
        let kept = member.secrets.boxed.as_ref().unwrap();
        wiped(&kept.door);
        wiped(&kept.former_tag);
    }
    wiped(&house.rooms.tombstones.get(ROOM, Id(2)).unwrap().seat);
}

/// What a member takes beside its card, the server's place, and the tables that it stands in.
#[test]
fn a_member_takes_little() {
    use super::super::members::Secrets;
    assert!(
        size_of::<Member>() + size_of::<Secrets>() <= 184,
        "{} bytes",
        size_of::<Member>() + size_of::<Secrets>()
    );
}

#[test]
fn an_effect_shows_no_bytes_in_debug() {
    let mut house = House::empty();
    let effects = house.first_frame(ADA, create(ADA, Rule::Keeper));
    let shown = format!("{effects:?}");
    assert!(shown.contains("bytes") && !shown.contains("card"), "{shown}");
}
