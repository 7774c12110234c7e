//! `create` and `enter`: who is let in, who is refused and why, and what everyone sees of it.

use ed25519_dalek::{Signer, SigningKey};
use nix::time::{ClockId, clock_gettime};

use super::*;

#[test]
fn the_creator_is_welcomed_as_member_1_and_keeper() {
    let mut house = House::empty();
    let effects = house.first_frame(ADA, create(ADA, Rule::Everyone));
    let stands = Standing { rule: Rule::Everyone, ..standing(&[(1, ADA, false)]) };
    expect(&effects, &[stands.welcome(ADA, 1, token(ADA))]);
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
fn a_gate_must_be_a_point_of_the_curve_and_not_weak() {
    let no_point = [2; 32];
    let mut identity = [0; 32];
    identity[0] = 1;
    let order_two = [&[0xec][..], &[0xff; 30], &[0x7f]].concat().try_into().unwrap();
    for bad in [no_point, identity, [0; 32], order_two] {
        let mut house = House::empty();
        let frame = ClientFrame::Create {
            room: ROOM,
            gate: Gate(bad),
            card: card(ADA),
            tag: tag(ADA),
            rule: Rule::Keeper,
            code: None,
        };
        expect(&house.first_frame(ADA, frame), &[refused(ADA, Refusal::Malformed)]);
        assert_eq!(house.rooms.counts(), Counts { rooms: 0, members: 0 });
    }
}

#[test]
fn there_are_rooms_up_to_the_limit() {
    let mut house = House::empty();
    for (number, fits) in [(1, true), (2, true), (3, true), (4, false)] {
        let from = ConnectionId(number);
        let room = RoomId([mark(from); 5]);
        let frame = ClientFrame::Create {
            room,
            gate: gate(room),
            card: card(from),
            tag: tag(from),
            rule: Rule::Keeper,
            code: None,
        };
        let effects = house.first_frame(from, frame);
        assert_eq!(house.rooms.is_member(from), fits, "{:?}", shown(&effects));
        if !fits {
            expect(&effects, &[refused(from, Refusal::Busy)]);
        }
    }
}

#[test]
fn a_newcomer_gets_the_welcome_and_the_others_joined() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB]);
    let stands = standing(&[(1, ADA, false), (2, BOB, false), (3, CYD, false)]);
    expect(
        &house.first_frame(CYD, enter(CYD, CYD)),
        &[to_all_but(CYD, &joined(3, CYD)), stands.welcome(CYD, 3, token(CYD))],
    );
    assert_eq!(house.present(), [ADA, BOB, CYD]);
}

#[test]
fn a_welcome_tells_rule_keeper_and_what_has_been_said() {
    let mut house = House::with(Rule::Everyone, &[ADA, BOB]);
    house.says(BOB, ClientFrame::Say { payload: b"one" });
    house.says(ADA, ClientFrame::Say { payload: b"two" });
    house.says(ADA, ClientFrame::Exit);
    let stands = Standing { rule: Rule::Everyone, said: 2, ..standing(&[(2, BOB, false), (3, CYD, false)]) };
    expect(
        &house.first_frame(CYD, enter(CYD, CYD)),
        &[to_all_but(CYD, &joined(3, CYD)), stands.welcome(CYD, 3, token(CYD))],
    );
}

#[test]
fn no_room_and_a_wrong_password_are_refused_alike() {
    let wrong = |proof| ClientFrame::Enter { room: ROOM, proof, card: card(BOB), tag: tag(BOB) };
    let proofs = || {
        [
            ("the password of another room", proof(ELSEWHERE, BOB, ROOM)),
            ("signed for another room", proof(ROOM, BOB, ELSEWHERE)),
            ("signed for another connection", proof(ROOM, ADA, ROOM)),
            ("zeros", Proof([0; 64])),
            ("no signature at all", Proof([0xff; 64])),
        ]
    };
    let mut empty = House::empty();
    let mut house = House::with(Rule::Keeper, &[ADA]);
    for (name, proof) in proofs() {
        let effects = house.first_frame(BOB, wrong(proof.clone()));
        assert_eq!(effects, [refused(BOB, Refusal::NoEntry)], "{name}");
        assert_eq!(empty.first_frame(BOB, wrong(proof)), effects, "{name}");
    }
    expect(&empty.first_frame(BOB, enter(BOB, BOB)), &[refused(BOB, Refusal::NoEntry)]);
}

/// The time of the processor alone, and of many tries the quickest, whatever else this machine
/// does.
#[test]
fn no_room_takes_as_long_as_a_wrong_password() {
    let wrong = |proof| ClientFrame::Enter { room: ROOM, proof, card: card(BOB), tag: tag(BOB) };
    let spent = || Duration::from(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap());
    let mut houses = [House::empty(), House::with(Rule::Keeper, &[ADA])];
    let mut quickest = [Duration::MAX; 2];
    for _ in 0..100 {
        for (house, quickest) in houses.iter_mut().zip(&mut quickest) {
            let frame = wrong(proof(ELSEWHERE, BOB, ROOM));
            let before = spent();
            let effects = house.first_frame(BOB, frame);
            *quickest = spent().saturating_sub(before).min(*quickest);
            expect(&effects, &[refused(BOB, Refusal::NoEntry)]);
        }
    }
    let [no_room, room] = quickest;
    assert!(
        no_room > room * 3 / 4 && no_room < room * 4 / 3,
        "{no_room:?} without a room, {room:?} with one"
    );
}

#[test]
fn where_there_is_no_room_the_published_key_opens_none() {
    // The secret key of RFC 8032, 7.1, test 1.
    let secret = [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44,
        0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
    ];
    let signed = [b"sanctuary/1 enter".as_slice(), &nonce(ADA).0, &ROOM.0].concat();
    let proof = Proof(SigningKey::from_bytes(&secret).sign(&signed).to_bytes());
    let held_against_it = Gate(SigningKey::from_bytes(&secret).verifying_key().to_bytes());
    assert!(gate::opens(Some(&held_against_it), &nonce(ADA), ROOM, &proof), "the proof itself is good");
    assert!(!gate::opens(None, &nonce(ADA), ROOM, &proof));
}

#[test]
fn the_proof_of_the_vectors_opens_their_gate() {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../../testdata/protocol.json")).unwrap();
    for door in vectors["doors"].as_array().unwrap() {
        let bytes = |name: &str| -> Vec<u8> {
            let hex = door[name].as_str().unwrap();
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
        };
        let gate = Gate(bytes("gate").try_into().unwrap());
        let nonce = Nonce(bytes("nonce").try_into().unwrap());
        let room = RoomId(bytes("room").try_into().unwrap());
        let proof = Proof(bytes("proof").try_into().unwrap());
        assert!(gate::is_sound(&gate));
        assert!(gate::opens(Some(&gate), &nonce, room, &proof));
        assert!(!gate::opens(Some(&gate), &nonce, ROOM, &proof));
    }
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
        let other = ClientFrame::Enter {
            room: ROOM,
            proof: proof(ROOM, BOB, ROOM),
            card: card(BOB),
            tag: Tag(bytes),
        };
        house.first_frame(BOB, other);
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
    house.says(ADA, ClientFrame::Lock(true));
    expect(&house.first_frame(BOB, enter(BOB, BOB)), &[refused(BOB, Refusal::Locked)]);
    let wrong =
        ClientFrame::Enter { room: ROOM, proof: proof(ELSEWHERE, BOB, ROOM), card: card(BOB), tag: tag(BOB) };
    expect(&house.first_frame(BOB, wrong), &[refused(BOB, Refusal::NoEntry)]);
    house.says(ADA, ClientFrame::Lock(false));
    house.first_frame(BOB, enter(BOB, BOB));
    assert!(house.rooms.is_member(BOB));
}

#[test]
fn locked_is_said_before_alias_in_use_and_that_before_full() {
    let mut house = House::with(Rule::Keeper, &[ADA, BOB, CYD]);
    house.rooms.set_limits(Limits { members: 3, ..LIMITS });
    expect(&house.first_frame(DOT, enter(DOT, DOT)), &[refused(DOT, Refusal::Full)]);
    expect(&house.first_frame(DOT, enter(DOT, ADA)), &[refused(DOT, Refusal::AliasInUse)]);
    house.says(ADA, ClientFrame::Lock(true));
    expect(&house.first_frame(DOT, enter(DOT, ADA)), &[refused(DOT, Refusal::Locked)]);
}

#[test]
fn a_first_frame_must_create_enter_or_resume() {
    let frames = [
        ClientFrame::Say { payload: b"hello" },
        ClientFrame::Pass(Passes::of([(Id(1), b"psst")])),
        ClientFrame::Kick(Id(1)),
        ClientFrame::Stop,
        ClientFrame::Exit,
        ClientFrame::Lock(true),
    ];
    let mut house = House::with(Rule::Everyone, &[ADA]);
    for frame in frames {
        expect(&house.first_frame(BOB, frame), &[refused(BOB, Refusal::Malformed)]);
    }
    assert_eq!(house.present(), [ADA]);
}

#[test]
fn an_entry_frame_of_a_member_is_malformed() {
    for frame in [create(BOB, Rule::Keeper), enter(BOB, BOB), resume(token(BOB))] {
        let expected = [ended(BOB, End::Malformed, None, 4007), to_all(&left(2, Departure::Gone, None))];
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
    let events = || {
        [
            Event::Frame(ClientFrame::Stop),
            Event::Frame(enter(BOB, BOB)),
            Event::Closed,
            Event::Broke,
            Event::Ended(End::TooSlow),
            Event::Ended(End::Flooding),
        ]
    };
    for event in events() {
        expect(&house.on(BOB, event), &[]);
    }
    assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 1 });
}
