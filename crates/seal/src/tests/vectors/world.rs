//! Who and what the vectors are about.

use std::fmt::Write;
use std::sync::OnceLock;

use sanctuary_sign::SigningKey;
use sanctuary_wire::{Entry, RoomId, Rule};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::super::keys::Seat;
use super::super::super::*;

/// Room keys and passwords.
pub(super) const DOORS: [(&str, &str); 7] = [
    ("Y1HE-DCG7", "9F3K-TQ2M-XA7B-0C1D"),
    ("QA4P-YWSS", "9f3k tq2m xa7b oc1d"),
    ("T118-SJN2", "correct horse battery"),
    ("HAP8-V7F7", "Zürich à la crème"),
    ("3P7C-NQK9", "0123456789ABCDEF0"),
    ("FBMH-JBWG", "パスワード安全"),
    ("XSDM-PWRK", "686cad23a6a79022bfead124"),
];

/// The first door, behind which all is that follows. It is derived once.
pub(in super::super) fn door() -> Door {
    static DOOR: OnceLock<Door> = OnceLock::new();
    DOOR.get_or_init(|| derive(0)).clone()
}

pub(super) fn derive(which: usize) -> Door {
    let (key, password) = DOORS[which];
    Door::derive(key.parse::<RoomKey>().unwrap().room(), &Password::read(password).unwrap())
}

/// Bytes that everybody can make again: SHA-256 of a name, and of a name and 1, 2, ...
pub(in super::super) fn bytes<const N: usize>(name: &str) -> [u8; N] {
    let block = |at: u8| Sha256::digest([name.as_bytes(), &[at]].concat());
    let stream: Vec<u8> = (0..=u8::MAX).flat_map(block).take(N).collect();
    stream.try_into().unwrap()
}

pub(in super::super) fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

pub(in super::super) fn unhex(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap();
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// Somebody with all keys of a stay.
pub(in super::super) struct Someone {
    pub(in super::super) name: &'static str,
    pub(in super::super) alias: Alias,
    pub(in super::super) voice: SigningKey,
    pub(in super::super) keys: KeyPair,
    pub(in super::super) n: u32,
    pub(in super::super) entry: Entry,
    pub(in super::super) seat: Seat,
}

impl Someone {
    pub(in super::super) fn new(name: &'static str, alias: &str, n: u32) -> Self {
        let part = |part: &str| bytes::<32>(&format!("{name}, {part}"));
        Self {
            name,
            alias: alias.parse().unwrap(),
            voice: SigningKey::from_seed(&part("voice")),
            keys: KeyPair::from_secret(part(&format!("X25519 {n}")).into()),
            n,
            entry: Entry(bytes(&format!("{name}, entry"))),
            seat: Seat::from_seed(&part("seat")),
        }
    }

    pub(in super::super) fn side(&self) -> (Voice, Public) {
        (self.voice.public(), self.keys.public())
    }

    pub(in super::super) fn card(&self) -> Card {
        let (voice, public) = self.side();
        Card { alias: self.alias.clone(), voice, public, n: self.n }
    }

    /// Her card as the vectors seal it.
    pub(in super::super) fn sealed_card(&self, door: &Door) -> Vec<u8> {
        let signature = self.voice.sign(&self.card().signed(door.room(), &self.entry));
        aead::seal_with(
            self.card_iv(),
            &door.card_key,
            &self.card().plaintext(&signature),
            &card::aad(door.room()),
        )
    }

    pub(super) fn card_iv(&self) -> [u8; 16] {
        bytes(&format!("{}, IV of card {}", self.name, self.n))
    }

    fn keys_json(&self, room: RoomId) -> Value {
        let part = |part: &str| hex(bytes::<32>(&format!("{}, {part}", self.name)));
        json!({
            "alias": self.alias.as_str(),
            "voice_seed": part("voice"),
            "voice": hex(self.voice.public().to_bytes()),
            "secret": hex(self.keys.secret.to_bytes()),
            "public": hex(self.keys.public().to_bytes()),
            "n": self.n,
            "entry": hex(self.entry.0),
            "seat_seed": part("seat"),
            "seat": hex(self.seat.public().0),
            "number": number(room, &self.voice.public()),
        })
    }
}

/// A room, and two members of it.
pub(in super::super) struct World {
    pub(in super::super) door: Door,
    pub(in super::super) heart: Heart,
    pub(in super::super) salt: RoomSalt,
    pub(in super::super) ada: Someone,
    pub(in super::super) ben: Someone,
}

impl World {
    pub(in super::super) fn new() -> Self {
        let (door, ada, ben) = (door(), Someone::new("ada", "Ada", 0), Someone::new("ben", "Ben", 0));
        let heart = Heart {
            secret: Secret(bytes("secret of the room")),
            rule: Rule::Keeper,
            password: Password::read(DOORS[0].1).unwrap(),
            alias: ada.alias.clone(),
            at: 1_700_000_000_000,
        };
        let salt = RoomSalt::of(door.room(), &heart);
        Self { door, heart, salt, ada, ben }
    }

    pub(in super::super) fn sealed_heart(&self) -> Vec<u8> {
        let plaintext = self.heart.plaintext().unwrap();
        aead::seal_with(
            bytes("IV of the heart"),
            &self.door.card_key,
            &plaintext,
            &heart::aad(self.door.room()),
        )
    }

    pub(super) fn people(&self) -> Value {
        json!({
            "ada": self.ada.keys_json(self.door.room()),
            "ben": self.ben.keys_json(self.door.room()),
        })
    }
}
