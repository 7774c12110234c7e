//! Messages that are forged, dropped, repeated, or shown in another room.

use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::{EdwardsPoint, Scalar};
use sanctuary_sign::SigningKey;
use sanctuary_wire::{DaemonFrame, Entry, Id};
use serde_json::Value;
use sha2::{Digest, Sha512};

use super::super::super::*;
use super::super::by_hand::ByHand;
use super::super::room::{Players, message};
use super::super::vectors::{bytes, door, unhex};
use super::intercepted;

#[test]
fn who_holds_a_chain_cannot_speak_for_its_owner_nor_keep_it_from_being_heard() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let mut eve = ByHand::enters(&mut room, &door(), "Eve");
    room.say(0, "one");
    room.settle();
    let mut chain = eve.chain_of(&mut room, Id(1)).expect("Ada's chain");
    chain.step(&eve.salt);
    room.told(1);
    let standing = &room.daemon;
    let say =
        Say { n: 0, lock: 0, count: standing.order.count, view: View([0; 16]), body: message("I resign") };
    // Sealed for Ada's voice, signed by Eve's: the place of a message names the voice that is claimed.
    let forged = forged(&eve, &chain, room.group(1).card(Id(1)).unwrap().voice, &say);
    room.daemon.all(&DaemonFrame::Said { from: Id(1), payload: &forged });
    room.settle();
    assert_eq!(room.told(1), [Happening::Unread { from: Id(1), why: SealError::Unsigned }]);
    room.say(0, "two");
    room.settle();
    let told = room.told(1);
    assert!(matches!(told.as_slice(), [Happening::Said { from: Id(1), .. }]), "{told:?}");
}

/// A message under another's chain and name, with one's own signature.
fn forged(by: &ByHand, chain: &Chain, as_if: Voice, say: &Say) -> Vec<u8> {
    forged_with(&by.salt, chain, as_if, say, |signed| by.voice.sign(signed))
}

/// A message under any chain and name, with any signature.
pub(in super::super) fn forged_with(
    salt: &RoomSalt,
    chain: &Chain,
    as_if: Voice,
    say: &Say,
    sign: impl Fn(&[u8]) -> [u8; 64],
) -> Vec<u8> {
    use sanctuary_wire::cbor::encode;
    let (room, voice, body) = (salt.room(), as_if.to_bytes(), say.body.encode().unwrap());
    let (generation, counter) = (chain.generation(), chain.counter().unwrap());
    let signed = encode(&(
        "sanctuary/1 say",
        room,
        voice,
        generation,
        counter,
        say.n,
        say.lock,
        say.count,
        say.view.0,
        body.as_slice(),
    ));
    let plaintext =
        aead::filled_to(256, &(say.n, say.lock, say.count, say.view.0, body.as_slice(), sign(&signed)));
    let aad = encode(&("say", room, voice, generation, counter));
    let sealed = aead::seal_with([7; 16], &chain.message_key(salt), &plaintext, &aad);
    [&generation.to_be_bytes()[..], &counter.to_be_bytes(), &sealed].concat()
}

#[test]
fn a_message_that_is_dropped_is_missed_and_its_reader_seen_to_differ() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "Do");
    room.settle();
    room.say(0, "not");
    intercepted(&mut room, 1);
    room.say(0, "attack");
    room.settle();
    let told = room.told(1);
    assert!(told.contains(&Happening::Missing { from: Id(1), count: 1 }), "{told:?}");
    assert!(told.contains(&Happening::Differs(Id(1))), "{told:?}");
    room.say(1, "attacking");
    room.settle();
    assert!(room.told(0).contains(&Happening::Differs(Id(2))));
}

#[test]
fn forgeries_hide_none_of_the_messages_that_are_missing() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "one");
    room.settle();
    room.say(0, "two");
    room.say(0, "three");
    intercepted(&mut room, 1);
    room.told(1);
    let forged = [&0u32.to_be_bytes()[..], &1u32.to_be_bytes(), &[7; 320]].concat();
    for _ in 0..2 {
        room.hears(1, &DaemonFrame::Said { from: Id(1), payload: &forged }.encode());
        assert_eq!(room.told(1), [Happening::Unread { from: Id(1), why: SealError::Forged }]);
    }
    room.say(0, "four");
    room.settle();
    assert!(room.told(1).contains(&Happening::Missing { from: Id(1), count: 2 }));
}

#[test]
fn messages_that_are_shown_in_another_order_or_twice_are_told() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    room.say(0, "first");
    room.say(1, "second");
    room.settle();
    (0..3).for_each(|at| drop(room.told(at)));
    room.say(0, "yes");
    room.say(1, "no");
    let mut frames = intercepted(&mut room, 2);
    frames.reverse();
    room.hears_all(2, &frames);
    room.hears_all(2, &frames);
    let said = room.told(2).iter().filter(|told| matches!(told, Happening::Said { .. })).count();
    assert_eq!(said, 2, "nothing is shown twice");
    room.say(2, "what?");
    room.settle();
    assert!(room.told(0).contains(&Happening::Differs(Id(3))));
}

#[test]
fn another_list_or_keeper_for_a_newcomer_is_told() {
    for lie in ["hidden", "keeper", "locked", "order"] {
        let mut room = Players::of(&["Ada", "Ben"]);
        let cleo = room.enters("Cleo");
        room.down(cleo);
        room.up(cleo);
        let on = room.all[cleo].on.unwrap();
        let sent = room.daemon.down.get_mut(&on).unwrap().pop_front().unwrap();
        let mut welcome = DaemonFrame::decode(&sent).unwrap();
        let DaemonFrame::Welcome { keeper, locked, order, members, .. } = &mut welcome else { panic!() };
        match lie {
            "hidden" => drop(members.remove(1)),
            "keeper" => *keeper = Id(2),
            "locked" => *locked = true,
            _ => order.0[0] ^= 1,
        }
        room.hears(cleo, &welcome.encode());
        room.settle();
        room.say(cleo, "hello");
        room.settle();
        assert!(room.told(0).contains(&Happening::Differs(Id(3))), "{lie}");
    }
}

/// R with torsion: engines that multiply by the cofactor take it (RFC 8032, 5.1.7), others don't.
fn signed_with_torsion(seed: &[u8; 32], key: &SigningKey, message: &[u8]) -> [u8; 64] {
    let hashed = Sha512::digest(seed);
    let mut clamped: [u8; 32] = hashed[..32].try_into().unwrap();
    clamped[0] &= 0xf8;
    clamped[31] = clamped[31] & 0x7f | 0x40;
    let wide = |parts: [&[u8]; 3]| Scalar::from_bytes_mod_order_wide(&Sha512::digest(parts.concat()).into());
    let (secret, nonce) = (Scalar::from_bytes_mod_order(clamped), wide([&hashed[32..], message, b""]));
    let r = (EdwardsPoint::mul_base(&nonce) + EIGHT_TORSION[1]).compress().to_bytes();
    let s = nonce + wide([&r, &key.public().to_bytes(), message]) * secret;
    [r, s.to_bytes()].concat().try_into().unwrap()
}

#[test]
fn a_message_whose_signature_engines_judge_differently_is_refused_by_all() {
    let mut room = Players::of(&["Ada"]);
    let mut eve = ByHand::enters(&mut room, &door(), "Eve");
    let seed = bytes("a voice");
    eve.voice = SigningKey::from_seed(&seed);
    let voice = eve.voice.public();
    let mut random = Random::from_system().unwrap();
    let chain = Chain::at(0, 0, random.secret());
    let say = Say { n: 0, lock: 0, count: 0, view: View([0; 16]), body: message("x") };
    let open = |payload: &[u8]| {
        let mut reading = Reading::default();
        reading.take(chain.clone()).unwrap();
        say::open(&eve.salt, &mut reading, voice, payload).map(drop)
    };
    let good = forged_with(&eve.salt, &chain, voice, &say, |signed| eve.voice.sign(signed));
    assert_eq!(open(&good), Ok(()));
    let torsion =
        forged_with(&eve.salt, &chain, voice, &say, |signed| signed_with_torsion(&seed, &eve.voice, signed));
    assert_eq!(open(&torsion), Err(SealError::Unsigned));
}

#[test]
fn a_voice_that_engines_judge_differently_is_none() {
    let cases: Value = serde_json::from_str(include_str!("../../../../../testdata/signatures.json")).unwrap();
    let mut weak = 0;
    for case in cases["judged"].as_array().unwrap().iter().filter(|case| case["verdict"] == "weak-key") {
        let (door, entry) = (door(), Entry([1; 16]));
        let voice: [u8; 32] = unhex(&case["key"]).try_into().unwrap();
        let public = KeyPair::draw(&mut Random::from_system().unwrap()).public();
        let plaintext = aead::filled(&("Ada", voice, public, 0u8, [0; 64]));
        let sealed = aead::seal_with(
            [1; 16],
            &door.card_key,
            &plaintext,
            &super::super::super::card::aad(door.room()),
        );
        assert_eq!(Card::open(&door, &entry, &sealed), Err(SealError::WeakKey), "{}", case["name"]);
        weak += 1;
    }
    assert!(weak > 50);
}
