//! Messages that must not be read, and why.

use sanctuary_sign::SigningKey;
use sanctuary_wire::{RoomId, cbor};
use serde_json::{Value, json};

use super::super::super::*;
use super::bad_sealed::{Also, altered, filled, other_room};
use super::said::{aad, first_chain, message, say};
use super::world::{World, bytes, hex};

pub(super) fn made(world: &World) -> Value {
    json!({ "bad_bodies": bodies(), "bad_says": says(world) })
}

fn bodies() -> Value {
    let (at, name) = (1u64, [7; 16]);
    let beyond = 1u64 << 53;
    let all = [
        ("nothing", vec![]),
        ("an empty array", vec![0x80]),
        ("no array", vec![0x01]),
        ("a negative kind", vec![0x81, 0x20]),
        ("a message without its timer", cbor::encode(&(1u8, at, "x"))),
        ("a message with an element too many", cbor::encode(&(1u8, at, 0u8, "x", 1u8))),
        ("a text that is bytes", cbor::encode(&(1u8, at, 0u8, b"x".as_slice()))),
        (
            "a text that is no UTF-8",
            [&cbor::encode(&(1u8, at, 0u8))[..], &[0x61, 0xff]].concat().also(|bytes| bytes[0] = 0x84),
        ),
        (
            "a text of indefinite length",
            [&cbor::encode(&(1u8, at, 0u8))[..], &[0x7f, 0x61, 0x78, 0xff]]
                .concat()
                .also(|bytes| bytes[0] = 0x84),
        ),
        ("a clock of 2^53", cbor::encode(&(1u8, beyond, 0u8, "x"))),
        ("a timer of 2^53", cbor::encode(&(1u8, at, beyond, "x"))),
        ("a reply to nothing", cbor::encode(&(7u8, at, 0u8, "x"))),
        ("a reply to a name of 15 bytes", cbor::encode(&(7u8, at, 0u8, "x", [7; 15]))),
        ("a reaction with a timer", cbor::encode(&(2u8, at, 0u8, "x", name))),
        ("a reaction at 2^53", cbor::encode(&(2u8, beyond, "x", name))),
        ("an unsending of 17 bytes", cbor::encode(&(4u8, at, [7; 17]))),
        ("typing without a clock", vec![0x81, 0x06]),
        ("a kick of nobody", vec![0x81, 0x08]),
        ("a kick of a voice that is none", cbor::encode(&(8u8, [0xff; 32]))),
        ("a stop with an element too many", cbor::encode(&(10u8, 1u8))),
        ("a hand to a voice of 31 bytes", cbor::encode(&(12u8, [1; 31]))),
        ("a timer of 2^53 seconds", cbor::encode(&(14u8, beyond))),
        ("a timer without seconds", vec![0x81, 0x0e]),
        ("something after it", vec![0x81, 0x0a, 0x00]),
        ("something after an unknown one", vec![0x81, 0x10, 0x00]),
        ("an unknown one that is cut short", vec![0x82, 0x10]),
        ("an unknown one whose bytes are cut short", vec![0x82, 0x10, 0x42, 0x00]),
        ("an unknown one whose array is cut short", vec![0x82, 0x10, 0x82, 0x00]),
    ];
    all.iter()
        .map(|(name, encoded)| json!({ "name": name, "encoded": hex(encoded), "failure": "malformed" }))
        .collect()
}

/// A message with all that a forger could choose.
struct Forged {
    voice: SigningKey,
    room: RoomId,
    counter: u32,
    label: &'static str,
    /// n, lock, count and view, as they are signed.
    seen: (u64, u64, u64, Vec<u8>),
    /// The same, as they are sealed.
    sealed: (u64, u64, u64, Vec<u8>),
    body: Vec<u8>,
}

impl Forged {
    fn of(world: &World) -> Self {
        let seen = (0, 2, 1000, bytes::<16>("view").to_vec());
        Self {
            voice: world.ada.voice.clone(),
            room: world.door.room(),
            counter: 7,
            label: "sanctuary/1 say",
            sealed: seen.clone(),
            seen,
            body: message("forged").encode().unwrap().to_vec(),
        }
    }

    fn plaintext(&self, world: &World) -> Vec<u8> {
        let voice = world.ada.voice.public().to_bytes();
        let (n, lock, count, view) = &self.seen;
        let signed = cbor::encode(&(
            self.label,
            self.room,
            voice,
            3u8,
            self.counter,
            *n,
            *lock,
            *count,
            view.as_slice(),
            self.body.as_slice(),
        ));
        let (n, lock, count, view) = &self.sealed;
        let signature = self.voice.sign(&signed);
        cbor::encode(&(*n, *lock, *count, view.as_slice(), self.body.as_slice(), signature))
    }

    fn seal(self, world: &World) -> Vec<u8> {
        sealed_at(world, &filled(&self.plaintext(world), 256))
    }

    fn both(mut self, alter: impl Fn(&mut (u64, u64, u64, Vec<u8>))) -> Self {
        alter(&mut self.seen);
        alter(&mut self.sealed);
        self
    }
}

/// Under Ada's chain at its first place.
pub(super) fn sealed_at(world: &World, plaintext: &[u8]) -> Vec<u8> {
    let chain = first_chain();
    let sealed =
        aead::seal_with(bytes("IV"), &chain.message_key(&world.salt), plaintext, &aad(world, &chain));
    [&3u32.to_be_bytes()[..], &7u32.to_be_bytes(), &sealed].concat()
}

fn says(world: &World) -> Value {
    let of = || Forged::of(world);
    let good = of().seal(world);
    let place = |generation: u32, counter: u32| {
        [&generation.to_be_bytes()[..], &counter.to_be_bytes(), &good[8..]].concat()
    };
    let whole = of().plaintext(world);
    let [mut trailing, mut last] = [filled(&whole, 256), filled(&whole, 256)];
    trailing[whole.len()] = 1;
    *last.last_mut().unwrap() = 1;
    let other =
        say(message("x")).seal_with(&world.salt, &first_chain(), &world.ben.voice, bytes("IV")).unwrap();
    let plus_l = {
        let mut plaintext = whole.clone();
        let at = plaintext.len() - 32;
        add_order(&mut plaintext[at..]);
        sealed_at(world, &filled(&plaintext, 256))
    };
    let all = [
        ("altered", altered(&good), "forged"),
        ("7 bytes", good[..7].to_vec(), "malformed"),
        ("8 bytes", good[..8].to_vec(), "forged"),
        ("at another counter", place(3, 8), "forged"),
        ("at a counter before", place(3, 6), "replayed"),
        ("of a generation before", place(2, 7), "replayed"),
        ("of a generation that was not handed out", place(4, 7), "no_chain"),
        ("of another voice, whole", other, "forged"),
        (
            "signed by another voice",
            Forged { voice: world.ben.voice.clone(), ..of() }.seal(world),
            "unsigned",
        ),
        ("signed for another room", Forged { room: other_room(), ..of() }.seal(world), "unsigned"),
        ("signed for another counter", Forged { counter: 8, ..of() }.seal(world), "unsigned"),
        ("signed under another label", Forged { label: "sanctuary/1 card", ..of() }.seal(world), "unsigned"),
        (
            "signed with another key number",
            Forged { seen: (1, 2, 1000, bytes::<16>("view").to_vec()), ..of() }.seal(world),
            "unsigned",
        ),
        (
            "signed with another lock number",
            Forged { seen: (0, 1, 1000, bytes::<16>("view").to_vec()), ..of() }.seal(world),
            "unsigned",
        ),
        (
            "signed with another count",
            Forged { seen: (0, 2, 999, bytes::<16>("view").to_vec()), ..of() }.seal(world),
            "unsigned",
        ),
        (
            "signed with another view",
            Forged { seen: (0, 2, 1000, vec![0; 16]), ..of() }.seal(world),
            "unsigned",
        ),
        ("a signature with S + L", plus_l, "unsigned"),
        ("a key number of 2^32", of().both(|seen| seen.0 = 1 << 32).seal(world), "malformed"),
        ("a lock number of 2^32", of().both(|seen| seen.1 = 1 << 32).seal(world), "malformed"),
        ("a count of 2^53", of().both(|seen| seen.2 = 1 << 53).seal(world), "malformed"),
        ("a view of 15 bytes", of().both(|seen| seen.3.truncate(15)).seal(world), "malformed"),
        ("something after it", sealed_at(world, &trailing), "malformed"),
        ("something in its last byte", sealed_at(world, &last), "malformed"),
        ("only zeros", sealed_at(world, &[0; 256]), "malformed"),
    ];
    all.iter()
        .map(|(name, payload, failure)| json!({ "name": name, "payload": hex(payload), "failure": failure }))
        .collect()
}

/// Adds L, the order of the base point, to the S of a signature.
fn add_order(s: &mut [u8]) {
    const L: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0;
    for (byte, order) in s.iter_mut().zip(L) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        (*byte, carry) = (sum.to_le_bytes()[0], sum >> 8);
    }
}
