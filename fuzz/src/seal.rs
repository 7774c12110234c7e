//! What a member reads of others: cards, passes and payloads, forged or sealed by a hostile member.

use std::sync::OnceLock;

use sanctuary_seal::{Alias, Card, Door, Group, KeyPair, Pair, Password, Public, Random};
use sanctuary_wire::cbor::encode;
use sanctuary_wire::{Id, RoomId, Seated};
use x25519_dalek::{PublicKey, StaticSecret};

use super::Choices;
use super::forge::{hkdf, sealed};

const ME: Id = Id(1);
const OTHER: Id = Id(2);

/// A door whose keys the vectors give away.
struct Keys {
    door: Door,
    room: [u8; 5],
    card: [u8; 64],
    salt: [u8; 32],
}

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../testdata/protocol.json")).unwrap();
        let door = &vectors["doors"][0];
        let room = bytes(&door["room"]);
        let password = Password::read(door["password"].as_str().unwrap()).unwrap();
        Keys {
            door: Door::derive(RoomId(room), &password),
            room,
            card: bytes(&door["card_key"]),
            salt: bytes(&door["room_salt"]),
        }
    })
}

fn bytes<const N: usize>(hex: &serde_json::Value) -> [u8; N] {
    let hex = hex.as_str().unwrap();
    std::array::from_fn(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
}

/// A member, and the hostile one whom it met.
struct Meeting {
    group: Group,
    own: Public,
    secret: StaticSecret,
}

impl Meeting {
    fn new() -> Self {
        let keys = keys();
        let random = || Random::from_system().unwrap();
        let mut group = Group::new(keys.door.clone(), "Ada".parse::<Alias>().unwrap(), random());
        let own = Card::open(&keys.door, &group.card()).unwrap().public;
        let mine = group.card();
        let seated = [Seated { id: ME, card: mine.as_slice().try_into().unwrap(), away: false }];
        assert_eq!(group.welcome(ME, &seated), []);
        let secret = StaticSecret::from([7; 32]);
        let alias = "Eve".parse().unwrap();
        let card = Card { alias, public: Public(PublicKey::from(&secret).to_bytes()) };
        group.joined(OTHER, &card.seal(&keys.door, &mut random())).unwrap();
        Self { group, own, secret }
    }

    fn other(&self) -> [u8; 32] {
        PublicKey::from(&self.secret).to_bytes()
    }

    /// Passes a body sealed as it should be.
    fn pass(&mut self, body: &[u8]) {
        let (keys, from, to) = (keys(), self.other(), self.own.0);
        let shared = self.secret.diffie_hellman(&PublicKey::from(to));
        let info = encode(&("pair", from, to));
        let key = hkdf(&keys.salt, shared.as_bytes(), &info);
        let aad = encode(&("pass", keys.room, from, to));
        let _ = self.group.passed(OTHER, &sealed(&key, body, &aad));
    }

    /// Says a body sealed under a chain of zeros, which it passes first.
    fn say(&mut self, generation: u32, counter: u32, body: &[u8]) {
        self.pass(&encode(&(0u8, generation, counter, [0; 32])));
        let (keys, from) = (keys(), self.other());
        let key = hkdf(&keys.salt, &[0; 32], b"sanctuary/1 message");
        let aad = encode(&("say", keys.room, from, generation, counter));
        let sealed = sealed(&key, body, &aad);
        let payload = [&generation.to_be_bytes()[..], &counter.to_be_bytes(), &sealed].concat();
        let _ = self.group.said(OTHER, &payload);
    }
}

pub fn seal_open(data: &[u8]) {
    let mut choices = Choices(data);
    let mut meeting = Meeting::new();
    let keys = keys();
    while let Some(choice) = choices.below(7) {
        let length = choices.next().map_or(0, usize::from) * 2;
        let body = choices.take(length);
        match choice {
            0 => forged(&mut meeting.group, body),
            1 => card(&sealed(&keys.card, body, &encode(&("card", keys.room)))),
            2 => meeting.pass(body),
            3 => meeting.say(0, 0, body),
            4 => meeting.say(u32::MAX, u32::MAX - u32::from(body.len() % 2 == 0), body),
            5 => agree(body),
            _ => typed(body),
        }
    }
    // One can still speak, and be understood by oneself, whatever was heard.
    assert!(meeting.group.message(words()).is_ok());
}

fn words() -> sanctuary_seal::TimedText {
    sanctuary_seal::TimedText { at: 0, text: "still here".into() }
}

/// Bytes that nobody sealed open nothing.
fn forged(group: &mut Group, body: &[u8]) {
    assert!(group.passed(OTHER, body).is_err());
    assert!(group.said(OTHER, body).is_err());
    // A card may be a true one that the corpus holds.
    let _ = group.joined(Id(3), body);
}

/// A card that opens has an alias that may be shown.
fn card(sealed: &[u8]) {
    if let Ok(card) = Card::open(&keys().door, sealed) {
        let again: Alias = card.alias.as_str().parse().unwrap();
        assert_eq!(again.as_str(), card.alias.as_str());
    }
}

/// Any public key is agreed with or refused.
fn agree(body: &[u8]) {
    let mut public = [0; 32];
    let length = body.len().min(32);
    public[..length].copy_from_slice(&body[..length]);
    let own = KeyPair::draw(&mut Random::from_system().unwrap());
    let _ = Pair::agree(&keys().door, &own, Public(public));
}

/// What people type reads the same when it was written out.
fn typed(body: &[u8]) {
    let Ok(text) = std::str::from_utf8(body) else { return };
    if let Ok(invitation) = sanctuary_seal::Invitation::read(text) {
        let written = invitation.write();
        let again = sanctuary_seal::Invitation::read(&written).unwrap();
        assert!(again.write() == written, "an invitation reads as another");
    }
    if let Ok(alias) = text.parse::<Alias>() {
        let again: Alias = alias.as_str().parse().unwrap();
        assert_eq!(again.as_str(), alias.as_str());
    }
}
