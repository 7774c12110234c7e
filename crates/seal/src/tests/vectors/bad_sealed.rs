//! What must not open, and why: sealed with the right key, as only a member can, but otherwise than the
//! protocol says; and sealed as it should be, but for another place.

use sanctuary_sign::SigningKey;
use sanctuary_wire::{Hash, Id, RoomId, cbor};
use serde_json::{Value, json};

use super::super::super::*;
use super::said::message;
use super::sealed::pair;
use super::world::{Someone, World, bytes, hex};

pub(super) fn made(world: &World) -> Value {
    json!({
        "bad_hearts": hearts(world),
        "bad_cards": cards(world),
        "bad_publics": publics(),
        "bad_passes": passes(world),
        "bad_boxes": boxes(world),
    })
}

/// An item of CBOR, filled up as it should be.
pub(super) fn filled(item: &[u8], least: usize) -> Vec<u8> {
    let mut plaintext = item.to_vec();
    plaintext.resize(item.len().next_multiple_of(128).max(least), 0);
    plaintext
}

pub(super) fn altered(sealed: &[u8]) -> Vec<u8> {
    let mut altered = sealed.to_vec();
    altered[20] ^= 1;
    altered
}

pub(super) fn other_room() -> RoomId {
    RoomId(bytes("another room"))
}

fn hearts(world: &World) -> Value {
    let heart = &world.heart;
    let seal = |plaintext: &[u8], aad: &[u8]| {
        aead::seal_with(bytes("IV of a bad heart"), &world.door.card_key, plaintext, aad)
    };
    let here = heart::aad(world.door.room());
    let (secret, password) = (heart.secret.0, heart.password.as_bytes());
    let item = |item: Vec<u8>| seal(&filled(&item, 0), &here);
    let whole = cbor::encode(&(secret, 0u8, password, "Ada", 1u64));
    let mut trailing = filled(&whole, 0);
    trailing[whole.len()] = 1;
    let all = [
        ("altered", altered(&world.sealed_heart()), "forged"),
        ("cut short", world.sealed_heart()[..47].to_vec(), "forged"),
        ("of another room", seal(&filled(&whole, 0), &heart::aad(other_room())), "forged"),
        ("sealed as a card", seal(&filled(&whole, 0), &card::aad(world.door.room())), "forged"),
        ("a secret of 31 bytes", item(cbor::encode(&([1; 31], 0u8, password, "Ada", 1u64))), "malformed"),
        ("another rule", item(cbor::encode(&(secret, 2u8, password, "Ada", 1u64))), "malformed"),
        (
            "a password that is text",
            item(cbor::encode(&(secret, 0u8, "9F3KTQ2MXA7B0C1D", "Ada", 1u64))),
            "malformed",
        ),
        (
            "a password not in its form",
            item(cbor::encode(&(secret, 0u8, b"9f3ktq2mxa7b0c1d".as_slice(), "Ada", 1u64))),
            "malformed",
        ),
        (
            "a password that is no UTF-8",
            item(cbor::encode(&(secret, 0u8, [0xff; 9].as_slice(), "Ada", 1u64))),
            "malformed",
        ),
        ("no password", item(cbor::encode(&(secret, 0u8, [0; 0].as_slice(), "Ada", 1u64))), "malformed"),
        ("an alias against the rule", item(cbor::encode(&(secret, 0u8, password, "A da", 1u64))), "alias"),
        ("an alias not in its form", item(cbor::encode(&(secret, 0u8, password, "Ａda", 1u64))), "alias"),
        ("a clock of 2^53", item(cbor::encode(&(secret, 0u8, password, "Ada", 1u64 << 53))), "malformed"),
        ("an element too few", item(cbor::encode(&(secret, 0u8, password, "Ada"))), "malformed"),
        ("an element too many", item(cbor::encode(&(secret, 0u8, password, "Ada", 1u64, 1u8))), "malformed"),
        ("something after it", seal(&trailing, &here), "malformed"),
    ];
    all.iter()
        .map(|(name, sealed, failure)| json!({ "name": name, "sealed": hex(sealed), "failure": failure }))
        .collect()
}

fn cards(world: &World) -> Value {
    let (ada, room) = (&world.ada, world.door.room());
    let seal = |plaintext: &[u8], aad: &[u8]| {
        aead::seal_with(bytes("IV of a bad card"), &world.door.card_key, plaintext, aad)
    };
    let here = card::aad(room);
    let (voice, public) = (ada.voice.public().to_bytes(), ada.keys.public().to_bytes());
    let entry = ada.entry.0;
    let signed = |signer: &SigningKey, entry: [u8; 16], alias: &str, public: [u8; 32], n: u64| {
        signer.sign(&cbor::encode(&("sanctuary/1 card", room, entry, alias, public, n)))
    };
    let of = |alias: &str, voice: [u8; 32], public: [u8; 32], n: u64| {
        let signature = signed(&ada.voice, entry, alias, public, n);
        seal(&filled(&cbor::encode(&(alias, voice, public, n, signature)), 0), &here)
    };
    let with =
        |signature: [u8; 64]| seal(&filled(&cbor::encode(&("Ada", voice, public, 0u8, signature)), 0), &here);
    let signature = signed(&ada.voice, entry, "Ada", public, 0);
    let whole = cbor::encode(&("Ada", voice, public, 0u8, signature));
    let [mut trailing, mut last] = [filled(&whole, 0), filled(&whole, 0)];
    trailing[whole.len()] = 1;
    *last.last_mut().unwrap() = 1;
    let mut high = public;
    high[31] |= 0x80;
    let unlabelled = ada.voice.sign(&cbor::encode(&("card", room, entry, "Ada", public, 0u8)));
    let elsewhere =
        ada.voice.sign(&cbor::encode(&("sanctuary/1 card", other_room(), entry, "Ada", public, 0u8)));
    let all = [
        ("altered", altered(&ada.sealed_card(&world.door)), "forged"),
        ("cut short", ada.sealed_card(&world.door)[..47].to_vec(), "forged"),
        ("of another room", seal(&filled(&whole, 0), &card::aad(other_room())), "forged"),
        (
            "signed for another entry",
            with(signed(&ada.voice, bytes("another entry"), "Ada", public, 0)),
            "unsigned",
        ),
        ("signed for another room", with(elsewhere), "unsigned"),
        ("signed under another label", with(unlabelled), "unsigned"),
        ("signed by another voice", with(signed(&world.ben.voice, entry, "Ada", public, 0)), "unsigned"),
        ("signed for another alias", with(signed(&ada.voice, entry, "Ben", public, 0)), "unsigned"),
        (
            "signed for another key",
            with(signed(&ada.voice, entry, "Ada", world.ben.keys.public().to_bytes(), 0)),
            "unsigned",
        ),
        ("signed for another number", with(signed(&ada.voice, entry, "Ada", public, 1)), "unsigned"),
        ("no alias", of("", voice, public, 0), "alias"),
        ("an alias against the rule", of("A da", voice, public, 0), "alias"),
        ("an alias not in its form", of("Ａda", voice, public, 0), "alias"),
        ("a command for an alias", of("/stop", voice, public, 0), "alias"),
        (
            "a voice of order 1",
            of(
                "Ada",
                [1; 1].iter().chain(&[0; 31]).copied().collect::<Vec<_>>().try_into().unwrap(),
                public,
                0,
            ),
            "weak_key",
        ),
        (
            "a voice that is no point",
            of(
                "Ada",
                [2; 1].iter().chain(&[0; 31]).copied().collect::<Vec<_>>().try_into().unwrap(),
                public,
                0,
            ),
            "weak_key",
        ),
        ("a public key with its highest bit", of("Ada", voice, high, 0), "weak_key"),
        ("a public key of 2^255 - 19", of("Ada", voice, prime(0), 0), "weak_key"),
        ("a number of 2^32", of("Ada", voice, public, 1 << 32), "malformed"),
        ("no signature", seal(&filled(&cbor::encode(&("Ada", voice, public, 0u8)), 0), &here), "malformed"),
        (
            "a signature of 63 bytes",
            seal(&filled(&cbor::encode(&("Ada", voice, public, 0u8, [1; 63])), 0), &here),
            "malformed",
        ),
        (
            "an element too many",
            seal(&filled(&cbor::encode(&("Ada", voice, public, 0u8, signature, 0u8)), 0), &here),
            "malformed",
        ),
        ("something after it", seal(&trailing, &here), "malformed"),
        ("something in its last byte", seal(&last, &here), "malformed"),
        (
            "an array of indefinite length",
            seal(&filled(&[&[0x9f][..], &whole[1..], &[0xff]].concat(), 0), &here),
            "malformed",
        ),
        ("nothing", seal(&[], &here), "malformed"),
        ("only zeros", seal(&[0; 128], &here), "malformed"),
    ];
    all.iter()
        .map(|(name, sealed, failure)| {
            json!({ "name": name, "entry": hex(entry), "sealed": hex(sealed), "failure": failure })
        })
        .collect()
}

/// So much above 2²⁵⁵ − 19.
fn prime(more: i8) -> [u8; 32] {
    std::array::from_fn(|at| match at {
        0 => 0xed_u8.wrapping_add_signed(more),
        31 => 0x7f,
        _ => 0xff,
    })
}

/// The points of small order (RFC 7748, 6.1), canonical and otherwise, and what is no encoding.
fn publics() -> Value {
    let small = |least: u8| std::array::from_fn(|at| if at == 0 { least } else { 0 });
    let order_8: [[u8; 32]; 2] = [
        [
            0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
            0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
        ],
        [
            0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
            0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
        ],
    ];
    let all = [
        ("0", small(0)),
        ("1", small(1)),
        ("of order 8", order_8[0]),
        ("of order 8, another", order_8[1]),
        ("p - 1", prime(-1)),
        ("p", prime(0)),
        ("p + 1", prime(1)),
        ("2^255 - 1", prime(18)),
        ("2^256 - 1", [0xff; 32]),
    ];
    all.iter()
        .map(|(name, public)| json!({ "name": name, "public": hex(public), "failure": "weak_key" }))
        .collect()
}

fn passes(world: &World) -> Value {
    let Pair { outward, inward } = pair(world);
    let iv = bytes("IV of a bad pass");
    let item = |item: Vec<u8>| outward.seal_with(iv, &filled(&item, 0));
    let good = Passed::Arrived { counter: 1, arrived: 1 }.plaintext().unwrap();
    let cleo = Someone::new("cleo", "Cleo", 0);
    let to_cleo = Pair::agree(&world.salt, world.ada.voice.public(), &world.ada.keys, cleo.side()).unwrap();
    // A member that shows the public key of another as its own.
    let (voice, borrowed) = (cleo.voice.public(), world.ben.keys.public());
    let mirrored =
        Pair::agree(&world.salt, world.ada.voice.public(), &world.ada.keys, (voice, borrowed)).unwrap();
    let said = message("psst").encode().unwrap();
    let mut trailing = said.to_vec();
    trailing.push(0);
    let all = [
        ("altered", altered(&outward.seal_with(iv, &good)), "forged"),
        ("sent back to its sender", inward.seal_with(iv, &good), "forged"),
        ("for another member", to_cleo.outward.seal_with(iv, &good), "forged"),
        ("for another voice with the same key", mirrored.outward.seal_with(iv, &good), "forged"),
        ("a chain of 31 bytes", item(cbor::encode(&(0u8, 1u8, 1u8, [1; 31]))), "malformed"),
        ("a generation of 2^32", item(cbor::encode(&(0u8, 1u64 << 32, 1u8, [1; 32]))), "malformed"),
        ("a counter of 2^32", item(cbor::encode(&(0u8, 1u8, 1u64 << 32, [1; 32]))), "malformed"),
        ("a chain with an element too many", item(cbor::encode(&(0u8, 1u8, 1u8, [1; 32], 1u8))), "malformed"),
        (
            "a whisper with a counter of 2^32",
            item(cbor::encode(&(1u8, 1u64 << 32, said.as_slice()))),
            "malformed",
        ),
        (
            "a whisper with something after it",
            item(cbor::encode(&(1u8, 1u8, trailing.as_slice()))),
            "malformed",
        ),
        ("a whisper of an empty body", item(cbor::encode(&(1u8, 1u8, [0; 0].as_slice()))), "malformed"),
        ("a receipt with a counter of 2^32", item(cbor::encode(&(2u8, 1u64 << 32, 1u8))), "malformed"),
        ("a receipt without how many", item(cbor::encode(&(2u8, 1u8))), "malformed"),
        ("a lack with an element too many", item(cbor::encode(&(4u8, 1u8))), "malformed"),
        ("an empty array", item(vec![0x80]), "malformed"),
        ("only zeros", item(vec![0]), "malformed"),
    ];
    all.iter()
        .map(|(name, passed, failure)| json!({ "name": name, "passed": hex(passed), "failure": failure }))
        .collect()
}

/// Alters a value in passing.
pub(super) trait Also: Sized {
    fn also(mut self, alter: impl FnOnce(&mut Self)) -> Self {
        alter(&mut self);
        self
    }
}

impl Also for Vec<u8> {}

fn boxes(world: &World) -> Value {
    let new = Door::of(world.door.room(), Secret(bytes("the next door")));
    let cleo = Someone::new("cleo", "Cleo", 0);
    let ephemeral = KeyPair::from_secret(bytes::<32>("ephemeral").into());
    let seal = |lock, signer: &Someone, staying: &[u64], to| {
        let staying: Vec<_> = staying.iter().map(|id| Id(*id)).collect();
        let (hash, iv) = (Hash::of_staying(&staying), bytes("IV of a bad box"));
        boxed::seal_with(&world.salt, lock, &new, &signer.voice, &hash, to, &ephemeral, iv)
            .unwrap()
            .0
            .to_vec()
    };
    let (ada, ben, staying) = (&world.ada, world.ben.side(), [1, 2, 300]);
    let good = seal(3, ada, &staying, ben);
    let borrowed = (cleo.voice.public(), world.ben.keys.public());
    let all = [
        ("altered", good.clone().also(|sealed| sealed[60] ^= 1), "forged"),
        ("under another ephemeral key", good.clone().also(|sealed| sealed[0] ^= 1), "forged"),
        ("under a key that keeps no secret", good.also(|sealed| sealed[..32].fill(0)), "weak_key"),
        ("for another lock number", seal(4, ada, &staying, ben), "forged"),
        ("for another member", seal(3, ada, &staying, cleo.side()), "forged"),
        ("for another voice with the same key", seal(3, ada, &staying, borrowed), "forged"),
        ("signed by another", seal(3, &cleo, &staying, ben), "unsigned"),
        ("signed for another list", seal(3, ada, &[1, 2], ben), "unsigned"),
        ("signed for another order of the list", seal(3, ada, &[2, 1, 300], ben), "unsigned"),
    ];
    all.iter()
        .map(|(name, sealed, failure)| json!({ "name": name, "box": hex(sealed), "failure": failure }))
        .collect()
}
