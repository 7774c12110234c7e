//! Every state, and every event in it.

use sanctuary_wire::cbor::NUMBER_MOST;
use sanctuary_wire::{Departure, End, Id, LargestFrame, Refusal};

use super::super::*;
use super::world::{World, door, entry, password};

/// The states, each as it is reached.
const STATES: [&str; 6] = ["deriving", "connecting", "room", "leaving", "reconnecting", "over"];

fn reached(state: &str) -> World {
    let mut world = World::of(&["ada", "ben"]);
    match state {
        "deriving" => {
            let (session, _) = Session::new(entry("cleo", false), Random::from_system().unwrap(), world.now);
            world.players[1].session = session;
        }
        "connecting" => {
            let (mut session, _) =
                Session::new(entry("cleo", false), Random::from_system().unwrap(), world.now);
            session.derived(&password(), door(&password()), world.now);
            world.players[1].session = session;
        }
        "leaving" => world.act(1, |session, now| {
            session.leave(None, now);
            vec![]
        }),
        "reconnecting" => world.act(1, |session, now| {
            session.lost(now);
            vec![]
        }),
        "over" => world.act(1, |session, now| {
            session.frame(b"nonsense", now);
            vec![]
        }),
        _ => {}
    }
    world
}

fn name(session: &Session) -> &'static str {
    match (session.phase(), session.membership()) {
        (Phase::Deriving, _) => "deriving",
        (Phase::Connecting, _) => "connecting",
        (Phase::Room(_), Some(_)) => "room",
        (Phase::Room(_), None) => "leaving",
        (Phase::Reconnecting(..), _) => "reconnecting",
        (Phase::Over(_), _) => "over",
    }
}

fn hello() -> Vec<u8> {
    let nonce = sanctuary_wire::Nonce([7; 32]);
    DaemonFrame::Hello { nonce, largest_frame: LargestFrame::nearest(65_536), silence_ms: 30_000 }.encode()
}

/// What a session asks for when what it has opened, or entered, is refused so.
fn refused(session: &mut Session, why: Refusal, retry_ms: u64) -> Vec<Effect> {
    session.derived(&password(), door(&password()), 0);
    session.frame(&hello(), 0);
    session.frame(&DaemonFrame::Refused { why, retry_ms }.encode(), 0)
}

#[test]
fn where_a_daemon_opens_no_rooms_any_more_other_keys_are_tried_and_no_more_than_so_many() {
    let begin = |opens| Session::new(entry("cleo", opens), Random::from_system().unwrap(), 0).0;
    let mut session = begin(true);
    let mut rooms = vec![super::world::ROOM];
    for _ in 0..REDRAWS_MOST {
        let effects = refused(&mut session, Refusal::Draining, 0);
        let [Effect::Phase, Effect::Close, Effect::Derive(room, with)] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert!(*with == password() && !rooms.contains(room));
        rooms.push(*room);
    }
    let effects = refused(&mut session, Refusal::Draining, 0);
    assert_eq!(effects, [Effect::Phase, Effect::Close]);
    let Phase::Over(Over::Refused(why, 0)) = session.phase() else { panic!("{:?}", session.phase()) };
    assert_eq!(*why, Refused::By(Refusal::Draining));

    // Elsewhere nothing is gained by another key, or there is none.
    for (opens, why, retry_ms) in
        [(true, Refusal::Draining, 1), (true, Refusal::Full, 0), (false, Refusal::Draining, 0)]
    {
        let mut session = begin(opens);
        assert_eq!(refused(&mut session, why, retry_ms), [Effect::Phase, Effect::Close], "{opens} {why:?}");
        assert!(matches!(session.phase(), Phase::Over(_)));
    }
}

#[test]
fn each_event_leads_from_each_state_where_it_is_to_lead() {
    type Act = fn(&mut Session, u64) -> Vec<Effect>;
    let events: [(&str, Act, [&str; 6]); 9] = [
        (
            "derived",
            |session, now| session.derived(&password(), door(&password()), now),
            ["connecting", "connecting", "room", "leaving", "reconnecting", "over"],
        ),
        ("lost", Session::lost, ["deriving", "over", "reconnecting", "over", "reconnecting", "over"]),
        (
            "hello",
            |session, now| session.frame(&hello(), now),
            ["deriving", "connecting", "over", "over", "reconnecting", "over"],
        ),
        (
            "refused",
            |session, now| {
                let (why, retry_ms) = (Refusal::Kicked, 0);
                session.frame(&DaemonFrame::Refused { why, retry_ms }.encode(), now)
            },
            ["deriving", "over", "over", "over", "over", "over"],
        ),
        (
            "over",
            |session, now| {
                let (end, by, payload) = (End::ShuttingDown, None, None);
                session.frame(&DaemonFrame::Over { end, by, payload }.encode(), now)
            },
            ["deriving", "over", "over", "over", "over", "over"],
        ),
        (
            "left",
            |session, now| {
                let (id, how) = (Id(1), Departure::Exit);
                session.frame(&DaemonFrame::Left { id, how }.encode(), now)
            },
            ["deriving", "over", "room", "leaving", "reconnecting", "over"],
        ),
        (
            "nonsense",
            |session, now| session.frame(b"nonsense", now),
            ["over", "over", "over", "over", "over", "over"],
        ),
        ("wake", Session::wake, ["deriving", "connecting", "room", "leaving", "reconnecting", "over"]),
        (
            "leave",
            |session, now| session.leave(None, now).1,
            ["over", "over", "leaving", "leaving", "over", "over"],
        ),
    ];
    for (event, act, led_to) in events {
        for (state, expected) in STATES.iter().zip(led_to) {
            let mut world = reached(state);
            let now = world.now;
            let session = &mut world.players[1].session;
            assert_eq!(name(session), *state);
            let effects = act(session, now);
            assert_eq!(name(session), expected, "{event} in {state}");
            if expected == "over" && *state != "over" {
                assert!(effects.contains(&Effect::Close), "{event} in {state} closes");
                assert_eq!(session.due(), None);
            }
        }
    }
}

#[test]
fn each_refusal_at_the_entrance_is_told_with_its_time() {
    let times = [
        (5_000, 5_000),
        (ENTRY_WAIT_MOST_MS - 1, ENTRY_WAIT_MOST_MS - 1),
        (ENTRY_WAIT_MOST_MS + 1, ENTRY_WAIT_MOST_MS),
        (NUMBER_MOST, ENTRY_WAIT_MOST_MS),
    ];
    for (number, (retry_ms, told_ms)) in (1..=14).zip(times.into_iter().cycle()) {
        let why = Refusal::try_from(number).unwrap();
        let mut world = reached("connecting");
        let (now, session) = (world.now, &mut world.players[1].session);
        session.frame(&hello(), now);
        session.frame(&DaemonFrame::Refused { why, retry_ms }.encode(), now);
        let Phase::Over(over) = session.phase() else { panic!() };
        assert_eq!(*over, Over::Refused(Refused::By(why), told_ms));
    }
}

#[test]
fn a_wrong_password_is_no_entry() {
    let mut world = World::of(&["ada"]);
    let wrong = sanctuary_seal::Password::read("another one").unwrap();
    let entry = Entry { password: wrong, ..entry("ben", false) };
    let (session, effects) = Session::new(entry, Random::from_system().unwrap(), world.now);
    let Effect::Derive(room, password) = &effects[0] else { panic!() };
    let ben = world.enters("unused", false);
    world.players[ben].session = session;
    let door = sanctuary_seal::Door::derive(*room, password);
    world.act(ben, |session, now| session.derived(password, door, now));
    world.settle();
    let Phase::Over(over) = world.players[ben].session.phase() else { panic!() };
    assert_eq!(*over, Over::Refused(Refused::By(Refusal::NoEntry), 0));
}

#[test]
fn a_farewell_is_read_before_its_sender_is_gone() {
    let mut world = World::of(&["ada", "ben"]);
    world.act(1, |session, now| session.leave(Some("so long".into()), now).1);
    world.settle();
    assert_eq!(world.shown(0), ["ben at last: so long", "ben left"]);
    world.passes(2_000);
    let Phase::Over(over) = world.players[1].session.phase() else { panic!() };
    assert_eq!(*over, Over::Ended(Ended { ending: Ending::Left, by: None }));
}
