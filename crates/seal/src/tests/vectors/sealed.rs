//! What is derived, sealed and signed as it should be.

use sanctuary_wire::{Hash, Id, Nonce, SealedCard, SealedHeart, cbor, signed};
use serde_json::{Value, json};

use super::super::super::hkdf::expand;
use super::super::super::*;
use super::world::{DOORS, Someone, World, bytes, derive, hex};

pub(super) fn made(world: &World) -> Value {
    json!({
        "doors": doors(),
        "heart": heart(world),
        "people": world.people(),
        "cards": cards(world),
        "signatures": signatures(world),
        "pairs": pairs(world),
        "passes": passes(world),
        "passed_over": passed_over(world),
        "box": boxed(world),
    })
}

fn doors() -> Value {
    let door = |which: usize| {
        let (room_key, typed) = DOORS[which];
        let (password, door) = (Password::read(typed).unwrap(), derive(which));
        let tagged = |alias: &str| {
            let tag = door.alias_tag(&alias.parse().unwrap());
            json!({ "alias": alias, "tag": hex(tag.0) })
        };
        let tags = ["Ada", "ADA", "Ａda", "Zoë", "straße", "山田"].map(tagged);
        json!({
            "room_key": room_key,
            "room": hex(door.room().0),
            "password": typed,
            "password_bytes": hex(password.as_bytes()),
            "door": hex(door.key().0),
            "gate_seed": hex(expand::<32>(door.key(), "sanctuary/1 gate").0),
            "gate": hex(door.gate().0),
            "card_key": hex(door.card_key.0),
            "alias_key": hex(expand::<32>(door.key(), "sanctuary/1 alias").0),
            "shard": shard(door.room()),
            "tags": tags,
        })
    };
    (0..DOORS.len()).map(door).collect()
}

fn heart(world: &World) -> Value {
    let heart = &world.heart;
    json!({
        "secret": hex(heart.secret.0),
        "rule": heart.rule as u64,
        "password": hex(heart.password.as_bytes()),
        "alias": heart.alias.as_str(),
        "at": heart.at,
        "plaintext": hex(heart.plaintext().unwrap()),
        "iv": hex(bytes::<16>("IV of the heart")),
        "sealed": hex(world.sealed_heart()),
        "room_salt": hex(world.salt.bytes()),
    })
}

fn cards(world: &World) -> Value {
    let largest = Someone::new("cleo", &"🦀".repeat(ALIAS_MOST), u32::MAX);
    let card = |someone: &Someone| {
        let (card, room) = (someone.card(), world.door.room());
        let signed = card.signed(room, &someone.entry);
        let signature = someone.voice.sign(&signed);
        json!({
            "alias": card.alias.as_str(),
            "voice": hex(card.voice.to_bytes()),
            "public": hex(card.public.to_bytes()),
            "n": card.n,
            "entry": hex(someone.entry.0),
            "signed": hex(signed),
            "signature": hex(signature),
            "plaintext": hex(card.plaintext(&signature)),
            "iv": hex(someone.card_iv()),
            "sealed": hex(someone.sealed_card(&world.door)),
        })
    };
    json!([
        card(&world.ada),
        card(&world.ben),
        card(&Someone::new("ada", "Ada Lovelace".replace(' ', "_").as_str(), 1)),
        card(&largest),
    ])
}

fn signatures(world: &World) -> Value {
    let (door, nonce) = (&world.door, Nonce(bytes("nonce")));
    let (heart, card) = (world.sealed_heart(), world.ada.sealed_card(door));
    let heart = SealedHeart::try_from(heart.as_slice()).unwrap();
    let card = SealedCard::try_from(card.as_slice()).unwrap();
    let (rule, seat) = (world.heart.rule, world.ada.seat.public());
    let (room, tag) = (door.room(), door.alias_tag(&world.ada.alias));
    let command = sanctuary_wire::Command::Lock { turn: 1, locked: true }.encode();
    let id = Id(7);
    let create = signed::create(&nonce, room, &door.gate(), heart, rule, &seat, card, &tag);
    json!({
        "nonce": hex(nonce.0),
        "entry": hex(nonce.entry().0),
        "create": {
            "gate": hex(door.gate().0), "heart": hex(&*heart), "rule": rule as u64, "seat": hex(seat.0),
            "card": hex(&*card), "tag": hex(tag.0), "signed": hex(create),
            "signature": hex(door.sign_create(&nonce, heart, rule, &seat, card, &tag).0),
        },
        "enter": {
            "seat": hex(seat.0), "card": hex(&*card), "tag": hex(tag.0),
            "signed": hex(signed::enter(&nonce, room, &seat, card, &tag)),
            "signature": hex(door.sign_enter(&nonce, &seat, card, &tag).0),
        },
        "resume": {
            "id": id.0, "signed": hex(signed::resume(&nonce, room, id)),
            "signature": hex(world.ada.seat.sign_resume(&nonce, room, id).0),
        },
        "order": {
            "command": hex(&command), "signed": hex(signed::order(&nonce, &command)),
            "signature": hex(world.ada.seat.sign_order(&nonce, &command).0),
        },
    })
}

/// Both directions of Ada and Ben, as Ada has them.
pub(super) fn pair(world: &World) -> Pair {
    Pair::agree(&world.salt, world.ada.voice.public(), &world.ada.keys, world.ben.side()).unwrap()
}

fn pairs(world: &World) -> Value {
    let pair = pair(world);
    json!([
        { "from": "ada", "to": "ben", "key": hex(pair.outward.key.0) },
        { "from": "ben", "to": "ada", "key": hex(pair.inward.key.0) },
    ])
}

fn passes(world: &World) -> Value {
    let key = pair(world).outward;
    let chain = Chain::at(3, 7, Secret(bytes("chain")));
    let body = |text: &str| Body::Message(TimedText { at: 1_700_000_000_100, timer: 60, text: text.into() });
    let whisper = |counter, body: Body| Passed::Whisper { counter, said: body.encode().unwrap() };
    let name = Name(bytes("name"));
    let reaction = Body::Reaction { at: 5, text: "👍".into(), to: name };
    let all = [
        (json!([0, 3, 7, hex(chain.key().0)]), Passed::Chain(chain)),
        (json!([1, 0, hex(body("psst").encode().unwrap())]), whisper(0, body("psst"))),
        (json!([1, 1, hex(reaction.encode().unwrap())]), whisper(1, reaction)),
        (
            json!([1, u32::MAX, hex(body(&"ü".repeat(200)).encode().unwrap())]),
            whisper(u32::MAX, body(&"ü".repeat(200))),
        ),
        (json!([2, 41, 40]), Passed::Arrived { counter: 41, arrived: 40 }),
        (json!([4]), Passed::Lack),
    ];
    let made = all.into_iter().enumerate().map(|(at, (fields, passed))| {
        let (plaintext, iv) = (passed.plaintext().unwrap(), bytes(&format!("IV of pass {at}")));
        let mut made = json!({
            "from": "ada", "to": "ben", "body": fields, "plaintext": hex(&plaintext), "iv": hex(iv),
            "passed": hex(key.seal_with(iv, &plaintext)),
        });
        if let Passed::Whisper { counter, said } = &passed {
            let (ada, ben) = (world.ada.voice.public(), world.ben.voice.public());
            made["name"] = hex(Name::of_whisper(world.door.room(), ada, ben, *counter, said).0).into();
        }
        made
    });
    made.collect()
}

fn passed_over(world: &World) -> Value {
    let key = pair(world).outward;
    let kick = Body::Kick(world.ada.voice.public()).encode().unwrap();
    let unknown = cbor::encode(&(16u8, "later"));
    let all: [(&str, Vec<u8>); 4] = [
        ("an even kind of pass", cbor::encode(&(6u8, 1u8))),
        ("an odd kind of pass", cbor::encode(&(3u8, (1u8, "x")))),
        ("a whispered order", cbor::encode(&(1u8, 0u32, kick.as_slice()))),
        ("a whisper of an even kind", cbor::encode(&(1u8, 0u32, unknown.as_slice()))),
    ];
    all.iter()
        .map(|(name, item)| {
            let mut plaintext = item.clone();
            plaintext.resize(item.len().next_multiple_of(128), 0);
            json!({ "name": name, "passed": hex(key.seal_with(bytes(name), &plaintext)) })
        })
        .collect()
}

pub(super) fn boxed(world: &World) -> Value {
    let new = Door::of(world.door.room(), Secret(bytes("the next door")));
    let ephemeral = KeyPair::from_secret(bytes::<32>("ephemeral").into());
    let (lock, iv) = (3, bytes("IV of a box"));
    let staying = [Id(1), Id(2), Id(300)];
    let (hash, signer) = (Hash::of_staying(&staying), &world.ada.voice);
    let boxed =
        boxed::seal_with(&world.salt, lock, &new, signer, &hash, world.ben.side(), &ephemeral, iv).unwrap();
    let staying = staying.map(|id| id.0);
    json!({
        "by": "ada", "to": "ben", "lock": lock, "staying": staying, "staying_hash": hex(hash.0), "door": hex(new.key().0), "gate": hex(new.gate().0),
        "ephemeral_secret": hex(bytes::<32>("ephemeral")), "ephemeral": hex(ephemeral.public().to_bytes()),
        "iv": hex(iv), "box": hex(boxed.0),
    })
}
