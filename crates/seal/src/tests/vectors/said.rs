//! What is said to all, and the chains that it is said under.

use sanctuary_wire::cbor;
use serde_json::{Value, json};

use super::super::super::*;
use super::world::{World, bytes, hex};

pub(super) fn made(world: &World) -> Value {
    json!({
        "bodies": bodies(world),
        "says": says(world),
        "skips": skips(world),
        "hand_overs": hand_overs(),
    })
}

/// A body, and how the vectors write it.
fn written(world: &World) -> Vec<(Value, Body)> {
    let said = |text: &str| TimedText { at: 1_700_000_000_000, timer: 0, text: text.into() };
    let timed = TimedText { at: (1 << 53) - 1, timer: (1 << 53) - 1, text: "".into() };
    let (to, at) = (Name(bytes("name")), 1_700_000_000_000u64);
    let (voice, named) = (world.ben.voice.public(), hex(to.0));
    vec![
        (json!([1, at, 0, "Hello <b>there</b>!"]), Body::Message(said("Hello <b>there</b>!"))),
        (json!([1, timed.at, timed.timer, ""]), Body::Message(timed)),
        (json!([3, at, 0, "Bye"]), Body::Farewell(said("Bye"))),
        (json!([5, at, 0, "waves"]), Body::Action(said("waves"))),
        (json!([7, at, 0, "Yes", named]), Body::Reply { said: said("Yes"), to }),
        (json!([2, at, "👍", named]), Body::Reaction { at, text: "👍".into(), to }),
        (json!([2, at, "", named]), Body::Reaction { at, text: "".into(), to }),
        (json!([4, at, named]), Body::Unsend { at, to }),
        (json!([6, at]), Body::Typing { at }),
        (json!([8, hex(voice.to_bytes())]), Body::Kick(voice)),
        (json!([10]), Body::Stop),
        (json!([12, hex(voice.to_bytes())]), Body::Hand(voice)),
        (json!([14, 300]), Body::Timer { seconds: 300 }),
    ]
}

fn bodies(world: &World) -> Value {
    let known = written(world).into_iter().map(
        |(fields, body)| json!({ "body": fields, "encoded": hex(body.encode().unwrap()), "kind": "known" }),
    );
    let unknown = [
        (cbor::encode(&(16u8, 1u8, "later")), "passed over"),
        (vec![0x81, 0x00], "passed over"),
        // Everything that the protocol's CBOR has, nested and empty, and the largest kinds.
        (
            [
                &[0x89, 0x10, 0x80, 0x40, 0x60, 0xf4, 0xf5, 0xf6, 0x81, 0x82, 0x17, 0x18, 0x18][..],
                &[0x62, 0xc3, 0xbc],
            ]
            .concat(),
            "passed over",
        ),
        (cbor::encode(&((1u64 << 53) - 2, "later")), "passed over"),
        (cbor::encode(&((1u64 << 53) - 1, "later")), "can't be shown"),
        (cbor::encode(&(9u8, 1u8, "later")), "can't be shown"),
        (cbor::encode(&(255u8, (1u8, (2u8, "nested")))), "can't be shown"),
    ];
    let unknown = unknown.iter().map(|(encoded, kind)| json!({ "encoded": hex(encoded), "kind": kind }));
    known.chain(unknown).collect()
}

/// Ada's chain before the first of `says`.
pub(super) fn first_chain() -> Chain {
    Chain::at(3, 7, Secret(bytes("chain")))
}

pub(super) fn say(body: Body) -> Say {
    Say { n: 0, lock: 2, count: 1000, view: View(bytes("view")), body }
}

pub(super) fn message(text: &str) -> Body {
    Body::Message(TimedText { at: 1_700_000_000_000, timer: 0, text: text.into() })
}

fn says(world: &World) -> Value {
    let mut chain = first_chain();
    // Texts around the smallest plaintext, and around a multiple of 128 bytes above it.
    let texts = [0, 100, 140, 141, 142, 143, 144, 145, 146, 268, 269, 270, 271, 272, 273, 1000];
    let texts = texts.map(|length| {
        (json!([1, 1_700_000_000_000u64, 0, "x".repeat(length)]), message(&"x".repeat(length)))
    });
    let all = written(world).into_iter().chain(texts);
    let made = all.enumerate().map(|(at, (fields, body))| {
        let say = say(body);
        let iv = bytes(&format!("IV of say {at}"));
        let payload = say.seal_with(&world.salt, &chain, &world.ada.voice, iv).unwrap();
        let plaintext =
            aead::open(&chain.message_key(&world.salt), &payload[8..], &aad(world, &chain)).unwrap();
        let signed = super::super::super::say::signed_bytes(&world.salt, &chain, &world.ada.voice, &say);
        let counter = chain.counter().unwrap();
        let body = say.body.encode().unwrap();
        let name = Name::of_say(world.door.room(), world.ada.voice.public(), counter, &body);
        let mut made = json!({
            "from": "ada", "generation": chain.generation(), "counter": chain.counter().unwrap(),
            "chain": hex(chain.key().0), "message_key": hex(chain.message_key(&world.salt).0),
            "n": say.n, "lock": say.lock, "count": say.count, "view": hex(say.view.0),
            "body": fields, "encoded": hex(say.body.encode().unwrap()), "signed": hex(&signed),
            "signature": hex(world.ada.voice.sign(&signed)), "plaintext": hex(plaintext), "iv": hex(iv),
            "payload": hex(&payload), "name": hex(name.0),
        });
        chain.step(&world.salt);
        made["next_chain"] = hex(chain.key().0).into();
        made
    });
    made.collect()
}

pub(super) fn aad(world: &World, chain: &Chain) -> Vec<u8> {
    let (room, voice) = (world.door.room(), world.ada.voice.public().to_bytes());
    cbor::encode(&("say", room, voice, chain.generation(), chain.counter().unwrap()))
}

/// A message at a place so many steps further.
fn at(world: &World, from: &Chain, steps: u64, iv: &str) -> Vec<u8> {
    let mut chain = from.clone();
    (0..steps).for_each(|_| chain.step(&world.salt));
    say(message("far")).seal_with(&world.salt, &chain, &world.ada.voice, bytes(iv)).unwrap()
}

/// A payload that nobody has sealed.
fn forged(from: &Chain, steps: u32) -> Vec<u8> {
    let counter = from.counter().unwrap() + steps;
    [&from.generation().to_be_bytes()[..], &counter.to_be_bytes(), &bytes::<300>("forged")].concat()
}

fn skips(world: &World) -> Value {
    let first = first_chain();
    let ok =
        |steps: u64| json!({ "payload": hex(at(world, &first, steps, "IV of a skip")), "verdict": "opened" });
    let no = |steps: u64, verdict: &str| json!({ "payload": hex(at(world, &first, steps, "IV of a skip")), "verdict": verdict });
    let bad =
        |steps: u32, verdict: &str| json!({ "payload": hex(forged(&first, steps)), "verdict": verdict });
    let take = json!({ "chain": hex(first.key().0), "generation": 3, "counter": 7, "verdict": "taken" });
    let last = Chain::at(u32::MAX, u32::MAX, Secret(bytes("chain")));
    let last_said =
        say(message("the last")).seal_with(&world.salt, &last, &world.ada.voice, bytes("IV")).unwrap();
    let last_json = json!({ "chain": hex(last.key().0), "generation": u32::MAX, "counter": u32::MAX, "verdict": "taken" });
    json!([
        { "name": "no chain", "steps": [no(0, "no_chain")] },
        { "name": "127", "steps": [take, ok(127), ok(128)] },
        { "name": "128", "steps": [take, ok(128)] },
        { "name": "129", "steps": [take, no(129, "too_far"), ok(0)] },
        { "name": "in all", "steps": [take, ok(100), no(130, "too_far"), ok(129), ok(130)] },
        { "name": "forged ones count", "steps": [take, bad(100, "forged"), no(29, "too_far"), ok(28), no(28, "replayed")] },
        { "name": "a chain handed out anew", "steps": [take, ok(128), {
            "chain": hex(stepped(world, &first, 200).key().0), "generation": 3, "counter": 207, "verdict": "taken",
        }, ok(328), no(329 + 8, "too_far")] },
        { "name": "one that turns back", "steps": [take, ok(5), take_at(world, &first, 5, "replayed"), take_at(world, &first, 6, "taken"), no(5, "replayed"), ok(6)] },
        { "name": "the last counter", "steps": [last_json, { "payload": hex(last_said), "verdict": "opened" }, { "payload": hex(
            say(message("the last")).seal_with(&world.salt, &last, &world.ada.voice, bytes("IV")).unwrap()), "verdict": "replayed" }] },
    ])
}

fn stepped(world: &World, from: &Chain, steps: u64) -> Chain {
    let mut chain = from.clone();
    (0..steps).for_each(|_| chain.step(&world.salt));
    chain
}

fn take_at(world: &World, from: &Chain, steps: u64, verdict: &str) -> Value {
    let chain = stepped(world, from, steps);
    let counter = chain.counter().unwrap();
    json!({ "chain": hex(chain.key().0), "generation": chain.generation(), "counter": counter, "verdict": verdict })
}

fn hand_overs() -> Value {
    let at = |generation: u32, counter: u32, verdict: &str| json!({ "generation": generation, "counter": counter, "verdict": verdict });
    json!([
        at(3, 7, "taken"),
        at(2, 999, "replayed"),
        at(3, 6, "replayed"),
        at(3, 7, "taken"),
        at(3, 8, "taken"),
        at(4, 0, "taken"),
        at(3, 9, "replayed"),
    ])
}
