//! What holds in all else and is not written as section 3 has it, wherever CBOR stands: heads that are not
//! the shortest, indefinite lengths, tags, floats, numbers of 2^53, and items that the protocol has none of.

use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Denial, End, Id, Passes, RoomId, Signature, cbor};
use serde_json::{Value, json};

use super::super::super::*;
use super::bad_said::sealed_at;
use super::bad_sealed::filled;
use super::said::{first_chain, message, say};
use super::sealed::pair;
use super::world::{World, bytes, hex, unhex};

pub(super) fn made(world: &World) -> Value {
    let mut all = vec![];
    for (place, whole) in frames() {
        all.extend(otherwise(&whole).into_iter().map(|(name, encoded)| (place, name, encoded)));
    }
    all.extend(too_large());
    for (place, whole, seal) in sealed_places(world) {
        let sealed = |(name, plaintext): (String, Vec<u8>)| (place, name, seal(&plaintext));
        all.extend(otherwise(&whole).into_iter().map(sealed));
    }
    let passed = |item: &[u8]| pair(world).outward.seal_with(bytes("IV"), &filled(item, 0));
    let bodies = [message("x").encode().unwrap().to_vec(), Body::Stop.encode().unwrap().to_vec()];
    for body in bodies {
        all.extend(otherwise(&body).into_iter().map(|(name, encoded)| ("body", name, encoded)));
    }
    for (name, strange) in strange() {
        let of = |kind: u8| [&[0x82, kind][..], &strange].concat();
        all.push(("body", format!("{name}, to be passed over"), of(16)));
        all.push(("body", format!("{name}, that can't be shown"), of(9)));
        all.push(("pass", format!("{name}, of a kind that is not known"), passed(&of(6))));
    }
    for (name, last) in [("2^53", 0), ("2^53 + 1", 1)] {
        let beyond = [0x81, 0x1b, 0, 0x20, 0, 0, 0, 0, 0, last];
        all.push(("body", format!("a kind of {name}"), beyond.to_vec()));
        all.push(("pass", format!("a kind of {name}"), passed(&beyond)));
    }
    let case = |(place, name, bytes): (&str, String, Vec<u8>)| json!({ "place": place, "name": name, "bytes": hex(bytes), "failure": "malformed" });
    json!({ "bad_encodings": all.into_iter().map(case).collect::<Vec<_>>() })
}

fn frames() -> Vec<(&'static str, Vec<u8>)> {
    let (id, room) = (Id(300), RoomId([1; 5]));
    let passed = [7; 24].as_slice();
    let denied = DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 1000 };
    let heart = [7; 100].as_slice();
    let relocked = DaemonFrame::Relocked {
        by: id,
        lock: 7,
        heart: heart.try_into().unwrap(),
        staying: vec![id, Id(2)].into(),
    };
    vec![
        ("client", ClientFrame::Resume { room, id, signature: Signature([1; 64]) }.encode()),
        ("client", ClientFrame::Say { payload: passed }.encode()),
        ("client", ClientFrame::Pass(Passes::of([(id, passed)])).encode()),
        ("client", ClientFrame::Exit.encode()),
        ("command", Command::Kick { turn: 7, id, payload: passed }.encode()),
        ("command", Command::Lock { turn: 7, locked: true }.encode()),
        ("daemon", DaemonFrame::Away(id).encode()),
        ("daemon", denied.encode()),
        ("daemon", DaemonFrame::Over { end: End::ShuttingDown, by: None, payload: None }.encode()),
        ("daemon", relocked.encode()),
    ]
}

fn too_large() -> Vec<(&'static str, String, Vec<u8>)> {
    let beyond = 1u64 << 53;
    let all = [
        ("client", "an id of 2^53", cbor::encode(&(3u8, [1; 5], beyond, [1; 64]))),
        ("command", "a turn of 2^53", cbor::encode(&(10u8, beyond, true))),
        ("daemon", "an id of 2^53", cbor::encode(&(7u8, beyond))),
        ("daemon", "a time of 2^53", cbor::encode(&(11u8, 4u8, 3u8, beyond))),
    ];
    all.map(|(place, name, encoded)| (place, name.to_owned(), encoded)).into()
}

type Seal<'w> = Box<dyn Fn(&[u8]) -> Vec<u8> + 'w>;

/// Plaintexts of all that is sealed, signed where that is due, and how each is sealed.
fn sealed_places(world: &World) -> Vec<(&'static str, Vec<u8>, Seal<'_>)> {
    let (ada, door) = (&world.ada, &world.door);
    let by_door = |aad: Vec<u8>| {
        move |plaintext: &[u8]| aead::seal_with(bytes("IV"), &door.card_key, &filled(plaintext, 0), &aad)
    };
    let (secret, password) = (world.heart.secret.0, world.heart.password.as_bytes());
    let heart = cbor::encode(&(secret, world.heart.rule, password, "Ada", world.heart.at));
    let (voice, public) = (ada.voice.public().to_bytes(), ada.keys.public());
    let signature = ada.voice.sign(&ada.card().signed(door.room(), &ada.entry));
    let card = cbor::encode(&("Ada", voice, public, 0u8, signature));
    let chain = cbor::encode(&(0u8, 1u8, 300u32, [7; 32]));
    let whisper = cbor::encode(&(1u8, 0u8, message("psst").encode().unwrap().as_slice()));
    let pass = |plaintext: &[u8]| pair(world).outward.seal_with(bytes("IV"), &filled(plaintext, 0));
    let payload = say(message("x")).seal_with(&world.salt, &first_chain(), &ada.voice, bytes("IV")).unwrap();
    let key = first_chain().message_key(&world.salt);
    let said = aead::open(&key, &payload[8..], &super::said::aad(world, &first_chain())).unwrap();
    vec![
        ("heart", heart, Box::new(by_door(heart::aad(door.room())))),
        ("card", card, Box::new(by_door(card::aad(door.room())))),
        ("pass", chain, Box::new(pass)),
        ("pass", whisper, Box::new(pass)),
        ("say", item(&said).to_vec(), Box::new(|plaintext| sealed_at(world, &filled(plaintext, 256)))),
        boxed_place(world),
    ]
}

/// The box that the vectors have, opened by Ben and closed again.
fn boxed_place(world: &World) -> (&'static str, Vec<u8>, Seal<'_>) {
    let sealed = unhex(&super::sealed::boxed(world)["box"]);
    let (public, lock, to) = (sealed[..32].to_vec(), 3, world.ben.side());
    let ephemeral = Public::from_bytes(public.clone().try_into().unwrap()).unwrap();
    let key = boxed::key(&world.salt, &world.ben.keys.agree(ephemeral).unwrap(), lock, ephemeral, to);
    let aad = boxed::aad(world.door.room(), lock);
    let plaintext = aead::open(&key, &sealed[32..], &aad).unwrap();
    let seal = move |plaintext: &[u8]| {
        [&public[..], &aead::seal_with(bytes("IV"), &key, &filled(plaintext, 0), &aad)].concat()
    };
    ("box", item(&plaintext).to_vec(), Box::new(seal))
}

/// What stands in an array of one that the protocol has no such item for.
fn strange() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a break", vec![0xff]),
        ("an array of indefinite length", vec![0x9f, 0xff]),
        ("an array of indefinite length within another", vec![0x81, 0x9f, 0x01, 0xff]),
        ("bytes of indefinite length", vec![0x5f, 0x41, 0x01, 0xff]),
        ("a text of indefinite length", vec![0x7f, 0x61, 0x78, 0xff]),
        ("a map", vec![0xa1, 0x01, 0x02]),
        ("an empty map", vec![0xa0]),
        ("a map of indefinite length", vec![0xbf, 0xff]),
        ("a negative number", vec![0x20]),
        ("a tag", vec![0xc1, 0x01]),
        ("a bignum", vec![0xc2, 0x41, 0x01]),
        ("undefined", vec![0xf7]),
        ("a simple value", vec![0xe0]),
        ("a simple value in two bytes", vec![0xf8, 0x20]),
        ("false in two bytes", vec![0xf8, 0x14]),
        ("a float of two bytes", vec![0xf9, 0x3c, 0x00]),
        ("NaN", vec![0xf9, 0x7e, 0x00]),
        ("an infinity", vec![0xf9, 0x7c, 0x00]),
        ("a float of four bytes", vec![0xfa, 0x3f, 0x80, 0, 0]),
        ("a float of eight bytes", vec![0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0]),
        ("a number that is not the shortest", vec![0x18, 0x17]),
        ("a number of 2^53", vec![0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0]),
        ("a number of 2^64 - 1", [&[0x1b][..], &[0xff; 8]].concat()),
        ("a number with a reserved head", vec![0x1c]),
        ("bytes whose length is not the shortest", vec![0x58, 0x01, 0x00]),
        ("a text that is no UTF-8", vec![0x61, 0xff]),
        ("a text with half a surrogate pair", vec![0x63, 0xed, 0xa0, 0x80]),
        ("an array whose length is not the shortest", vec![0x98, 0x01, 0x00]),
        ("an array of 2^64 - 1", [&[0x9b][..], &[0xff; 8]].concat()),
    ]
}

/// An item that is written as it should be, otherwise: each of its heads in a longer form, of indefinite
/// length, behind a tag, and each number as a float.
fn otherwise(whole: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all = vec![];
    let heads = heads(whole);
    let last = heads[0].end;
    let name = |what: &str, at: usize| format!("{what} at byte {at} of {last}");
    for head in &heads {
        let (before, own, after) = (&whole[..head.at], &whole[head.at..head.body], &whole[head.body..]);
        let (content, rest) = (&whole[head.body..head.end], &whole[head.end..]);
        let major = own[0] & 0xe0;
        // There is none beyond that of nine bytes.
        if major != 0xe0 && head.width < 4 {
            let longer = [&[major | [24, 25, 26, 27][head.width]][..], &head.longer()].concat();
            all.push((name("a longer head", head.at), [before, &longer, after].concat()));
        }
        all.push((name("a tag", head.at), [before, &[0xc1], &whole[head.at..]].concat()));
        match major {
            0x00 => {
                #[expect(clippy::cast_precision_loss, reason = "these numbers are exact")]
                let float = (head.value as f64).to_be_bytes();
                all.push((name("a float", head.at), [before, &[0xfb], &float, after].concat()));
            }
            0x80 => {
                let endless = [before, &[0x9f], content, &[0xff], rest].concat();
                all.push((name("an indefinite length", head.at), endless));
            }
            0x40 | 0x60 => {
                let endless = [before, &[major | 31], own, content, &[0xff], rest].concat();
                all.push((name("an indefinite length", head.at), endless));
            }
            _ => {}
        }
    }
    all
}

/// What an item begins with, and where all of it ends.
struct Head {
    at: usize,
    body: usize,
    end: usize,
    /// 0 for a head of one byte, to 4 for one of nine.
    width: usize,
    value: u64,
}

impl Head {
    /// Its number in the next longer form.
    fn longer(&self) -> Vec<u8> {
        self.value.to_be_bytes()[8 - (1 << self.width)..].to_vec()
    }
}

/// The first item of a plaintext, without what it is filled up with.
fn item(plaintext: &[u8]) -> &[u8] {
    &plaintext[..heads(plaintext)[0].end]
}

/// All heads of an item, the outermost first.
fn heads(whole: &[u8]) -> Vec<Head> {
    let mut all = vec![];
    walk(whole, 0, &mut all);
    all
}

/// Returns where the item ends that begins there.
fn walk(whole: &[u8], at: usize, all: &mut Vec<Head>) -> usize {
    let (major, info) = (whole[at] >> 5, usize::from(whole[at] & 31));
    let width = info.saturating_sub(23);
    let more = if width == 0 { 0 } else { 1 << (width - 1) };
    let body = at + 1 + more;
    let number = whole[at + 1..body].iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let value = if width == 0 { info as u64 } else { number };
    let length = usize::try_from(value).unwrap();
    let own = all.len();
    all.push(Head { at, body, end: body, width, value });
    let end = match major {
        0 | 7 => body,
        2 | 3 => body + length,
        _ => (0..length).fold(body, |next, _| walk(whole, next, all)),
    };
    all[own].end = end;
    end
}
