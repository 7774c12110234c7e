//! Every door, card, message and pass of the vectors, sealed with the IV given and opened.

use std::sync::OnceLock;

use serde_json::Value;

use super::super::pair::{chain_plaintext, whisper_plaintext};
use super::super::*;
use sanctuary_wire::{Nonce, RoomId};

pub(super) fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../testdata/protocol.json")).unwrap()
}

pub(super) fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap();
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn array<const N: usize>(hex: &Value) -> [u8; N] {
    bytes(hex).try_into().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The door behind which card, messages and passes of the vectors are.
pub(super) fn first_door() -> Door {
    // A door costs a good part of a second.
    static DOOR: OnceLock<Door> = OnceLock::new();
    let derive = || {
        let door = &vectors()["doors"][0];
        Door::derive(RoomId(array(&door["room"])), &Password::read(text(&door["password"])).unwrap())
    };
    DOOR.get_or_init(derive).clone()
}

pub(super) fn pair_of(secret: &Value) -> KeyPair {
    KeyPair::from_secret(array::<32>(secret).into())
}

pub(super) fn sender() -> KeyPair {
    pair_of(&vectors()["card"]["secret"])
}

#[test]
fn doors() {
    for door in vectors()["doors"].as_array().unwrap() {
        let room_key: RoomKey = text(&door["room_key"]).parse().unwrap();
        assert_eq!(room_key.room(), RoomId(array(&door["room"])));
        assert_eq!(room_key.to_string(), text(&door["room_key"]));

        let password = Password::read(text(&door["password"])).unwrap();
        assert_eq!(password.as_bytes(), bytes(&door["password_bytes"]));

        let opened = Door::derive(room_key.room(), &password);
        assert_eq!(opened.gate().0, array(&door["gate"]));
        assert_eq!(opened.card_key.0, array(&door["card_key"]));
        assert_eq!(opened.room_salt.0, array(&door["room_salt"]));
        assert_eq!(opened.prove(&Nonce(array(&door["nonce"]))).0, array(&door["proof"]));
        assert_eq!(shard(room_key.room()), text(&door["shard"]));
        for tagged in door["tags"].as_array().unwrap() {
            let alias: Alias = text(&tagged["alias"]).parse().unwrap();
            assert_eq!(opened.alias_tag(&alias).0, array(&tagged["tag"]), "{}", tagged["alias"]);
        }
    }
}

#[test]
fn card() {
    let (door, vector) = (first_door(), &vectors()["card"]);
    let card =
        Card { alias: text(&vector["alias"]).parse().unwrap(), public: Public(array(&vector["public"])) };
    assert_eq!(sender().public(), card.public);
    let sealed =
        aead::seal_with(array(&vector["iv"]), &door.card_key, &card.plaintext(), &card::aad(door.room()));
    assert_eq!(sealed, bytes(&vector["sealed"]));
    assert_eq!(Card::open(&door, &sealed), Ok(card));
}

pub(super) fn body(vector: &Value) -> Body {
    let words = TimedText { at: vector[1].as_u64().unwrap(), text: text(&vector[2]).into() };
    if vector[0] == 0 { Body::Message(words) } else { Body::Farewell(words) }
}

pub(super) fn number(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

/// The vectors' chain before its first message.
pub(super) fn first_chain() -> Chain {
    let say = &vectors()["says"][0];
    Chain::at(number(&say["generation"]), number(&say["counter"]), Secret(array(&say["chain"])))
}

#[test]
fn says() {
    let (door, from) = (first_door(), sender().public());
    let (mut ours, mut theirs) = (first_chain(), first_chain());
    for say in vectors()["says"].as_array().unwrap() {
        assert_eq!(ours.key().0, array(&say["chain"]));
        let body = body(&say["body"]);
        let payload = ours.seal_with(&door, from, array(&say["iv"]), &body.plaintext()).unwrap();
        assert_eq!(payload, bytes(&say["payload"]));
        assert_eq!(ours.key().0, array(&say["next_chain"]));
        assert_eq!(theirs.open(&door, from, &payload), Ok(Some(body)));
        assert_eq!(theirs, ours);
    }
}

#[test]
fn passes() {
    let door = first_door();
    let (own, other) = (sender(), pair_of(&vectors()["other"]["secret"]));
    let ours = Pair::agree(&door, &own, other.public()).unwrap();
    let mut theirs = Pair::agree(&door, &other, own.public()).unwrap();
    for pass in vectors()["passes"].as_array().unwrap() {
        assert_eq!((own.public().0, other.public().0), (array(&pass["sender"]), array(&pass["recipient"])));
        assert_eq!(ours.outward().key.0, array(&pass["pair"]));
        let content = &pass["body"];
        let (plaintext, passed) = if content[0] == 0 {
            let chain = Chain::at(number(&content[1]), number(&content[2]), Secret(array(&content[3])));
            (chain_plaintext(&chain), Passed::Chain(chain))
        } else {
            let words = TimedText { at: content[2].as_u64().unwrap(), text: text(&content[3]).into() };
            (whisper_plaintext(content[1].as_u64().unwrap(), &words), Passed::Whisper(words))
        };
        let direction = ours.outward();
        let sealed = aead::seal_with(array(&pass["iv"]), &direction.key, &plaintext, &direction.aad);
        assert_eq!(sealed, bytes(&pass["passed"]));
        assert_eq!(theirs.open(&sealed), Ok(Some(passed)));
    }
}
