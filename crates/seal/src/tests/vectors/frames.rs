//! Every frame, and what is no frame.

use sanctuary_wire::{
    ClientFrame, Code, Command, DaemonFrame, Denial, Departure, End, Hash, Id, LargestFrame, Nonce, Passes,
    Refusal, Rule, SealedCard, SealedDoor, SealedHeart, Seated, Staying, cbor, limits,
};
use serde_json::{Map, Value, json};

use super::said::{first_chain, message, say};
use super::world::{World, bytes, hex};

/// The sealed parts that frames carry.
struct Parts {
    heart: Vec<u8>,
    ada: Vec<u8>,
    ben: Vec<u8>,
    payload: Vec<u8>,
    passed: Vec<u8>,
}

pub(super) fn made(world: &World) -> Value {
    let payload = say(message("Hello <b>there</b>!"));
    let parts = Parts {
        heart: world.sealed_heart(),
        ada: world.ada.sealed_card(&world.door),
        ben: world.ben.sealed_card(&world.door),
        payload: payload
            .seal_with(&world.salt, &first_chain(), &world.ada.voice, bytes("IV of say 0"))
            .unwrap(),
        passed: bytes::<192>("something passed").to_vec(),
    };
    let mut all = client(world, &parts);
    all.extend(commands(world, &parts));
    all.extend(daemon(world, &parts));
    json!({
        "frames": all,
        "bad_client_frames": bad_client(world, &parts),
        "bad_commands": bad_commands(world, &parts),
        "bad_daemon_frames": bad_daemon(),
    })
}

fn entry(side: &str, name: &str, encoded: &[u8]) -> Value {
    json!({ "side": side, "name": name, "hex": hex(encoded) })
}

fn create<'a>(world: &World, parts: &'a Parts, code: Option<Code<'a>>) -> ClientFrame<'a> {
    let (door, nonce) = (&world.door, Nonce(bytes("nonce")));
    let heart = SealedHeart::try_from(parts.heart.as_slice()).unwrap();
    let card = SealedCard::try_from(parts.ada.as_slice()).unwrap();
    let (seat, tag, rule) = (world.ada.seat.public(), door.alias_tag(&world.ada.alias), Rule::Keeper);
    let signature = door.sign_create(&nonce, heart, rule, &seat, card, &tag);
    ClientFrame::Create {
        room: door.room(),
        gate: door.gate(),
        heart,
        seat,
        card,
        tag,
        rule,
        signature,
        code,
    }
}

fn client(world: &World, parts: &Parts) -> Vec<Value> {
    let (door, nonce) = (&world.door, Nonce(bytes("nonce")));
    let (room, seat, tag) = (door.room(), world.ada.seat.public(), door.alias_tag(&world.ada.alias));
    let card = SealedCard::try_from(parts.ada.as_slice()).unwrap();
    let signature = door.sign_enter(&nonce, &seat, card, &tag);
    let longest = [b'x'; limits::CODE_MOST];
    let command = Command::Lock { turn: 1, locked: true }.encode();
    let sixty_four: Vec<_> = (1..=64).map(|id| (Id(id), parts.passed.as_slice())).collect();
    let all = [
        ("create", create(world, parts, None)),
        ("create with a code", create(world, parts, Some(b"let me".into()))),
        ("create with the longest code", create(world, parts, Some((&longest).into()))),
        ("enter", ClientFrame::Enter { room, seat, card, tag, signature }),
        (
            "resume",
            ClientFrame::Resume {
                room,
                id: Id(7),
                signature: world.ada.seat.sign_resume(&nonce, room, Id(7)),
            },
        ),
        ("say", ClientFrame::Say { payload: &parts.payload }),
        ("say nothing", ClientFrame::Say { payload: &[] }),
        ("pass", ClientFrame::Pass(Passes::of([(Id(2), &parts.passed)]))),
        ("pass to 64", ClientFrame::Pass(sixty_four.try_into().unwrap())),
        (
            "order",
            ClientFrame::Order { command: &command, signature: world.ada.seat.sign_order(&nonce, &command) },
        ),
        ("exit", ClientFrame::Exit),
    ];
    all.iter().map(|(name, frame)| entry("client", name, &frame.encode())).collect()
}

fn commands(world: &World, parts: &Parts) -> Vec<Value> {
    let (gate, tag) = (world.door.gate(), world.door.alias_tag(&world.ada.alias));
    let heart = SealedHeart::try_from(parts.heart.as_slice()).unwrap();
    let card = SealedCard::try_from(parts.ada.as_slice()).unwrap();
    let staying =
        |id| Staying { id: Id(id), tag: tag.clone(), door: SealedDoor(bytes(&format!("box {id}"))) };
    let payload = parts.payload.as_slice();
    let all = [
        ("kick", Command::Kick { turn: 1, id: Id(70_000), payload }),
        ("stop", Command::Stop { turn: 2, payload }),
        ("lock", Command::Lock { turn: 3, locked: true }),
        ("lock: off", Command::Lock { turn: 1 << 32, locked: false }),
        (
            "relock",
            Command::Relock {
                turn: 5,
                lock: 0,
                gate: gate.clone(),
                heart,
                staying: vec![staying(1), staying(300)],
            },
        ),
        ("relock for nobody", Command::Relock { turn: 6, lock: u32::MAX, gate, heart, staying: vec![] }),
        ("renew", Command::Renew { turn: 7, card, tag: tag.clone() }),
        ("hand", Command::Hand { turn: 8, id: Id(2), payload }),
    ];
    all.iter().map(|(name, frame)| entry("command", name, &frame.encode())).collect()
}

fn daemon(world: &World, parts: &Parts) -> Vec<Value> {
    let card = |card: &'static str| {
        SealedCard::try_from(if card == "ada" { parts.ada.as_slice() } else { parts.ben.as_slice() }).unwrap()
    };
    let heart = SealedHeart::try_from(parts.heart.as_slice()).unwrap();
    let (ada, ben) = (world.ada.entry.clone(), world.ben.entry.clone());
    let members = vec![
        Seated { id: Id(1), entry: ada, card: card("ada"), away: true },
        Seated { id: Id(2), entry: ben.clone(), card: card("ben"), away: false },
    ];
    let welcome = |lock, boxed| DaemonFrame::Welcome {
        you: Id(2),
        keeper: Id(1),
        locked: true,
        lock,
        heart,
        said: 42,
        count: 1 << 33,
        order: Hash(bytes("order")),
        protections: 0b111_1101,
        members: members.clone().into(),
        boxed,
    };
    let (payload, passed) = (parts.payload.as_slice(), parts.passed.as_slice());
    let boxed = SealedDoor(bytes("box 2"));
    let hello_with = |largest| DaemonFrame::Hello {
        nonce: Nonce(bytes("nonce")),
        largest_frame: LargestFrame::nearest(largest),
        silence_ms: 45_000,
    };
    let mut all = vec![
        ("hello".to_owned(), hello_with(65_536)),
        ("hello with the smallest largest frame".to_owned(), hello_with(limits::SMALLEST_LARGEST_FRAME)),
        ("hello with the largest largest frame".to_owned(), hello_with(limits::LARGEST_LARGEST_FRAME)),
        ("welcome".to_owned(), welcome(0, None)),
        ("welcome with a box".to_owned(), welcome(1, Some((Id(1), Hash(bytes("staying")), boxed.clone())))),
        ("joined".to_owned(), DaemonFrame::Joined { id: Id(2), entry: ben, card: card("ben") }),
        ("left: exit".to_owned(), DaemonFrame::Left { id: Id(2), how: Departure::Exit }),
        ("left: gone".to_owned(), DaemonFrame::Left { id: Id(2), how: Departure::Gone }),
        ("said".to_owned(), DaemonFrame::Said { from: Id(1), payload }),
        ("passed".to_owned(), DaemonFrame::Passed { from: Id(1), passed }),
        ("away".to_owned(), DaemonFrame::Away(Id(1))),
        ("back".to_owned(), DaemonFrame::Back(Id(1))),
        ("keeper".to_owned(), DaemonFrame::Keeper(Id(2))),
        ("locked".to_owned(), DaemonFrame::Locked { locked: true, by: Id(1) }),
        ("closing".to_owned(), DaemonFrame::Closing(60)),
        ("kicked".to_owned(), DaemonFrame::Kicked { id: Id(2), by: Id(1), payload }),
        ("handed".to_owned(), DaemonFrame::Handed { id: Id(2), by: Id(1), payload }),
        ("renewed".to_owned(), DaemonFrame::Renewed { id: Id(2), card: card("ben") }),
        (
            "relocked".to_owned(),
            DaemonFrame::Relocked { by: Id(1), lock: 1, heart, staying: vec![Id(1), Id(2), Id(300)].into() },
        ),
        ("boxed".to_owned(), DaemonFrame::Boxed { by: Id(1), door: boxed }),
        ("alive".to_owned(), DaemonFrame::Alive),
        (
            "over: kicked, with what was said to it".to_owned(),
            DaemonFrame::Over { end: End::Kicked, by: Some(Id(1)), payload: Some(payload) },
        ),
    ];
    for why in (1..=14).map(|number| Refusal::try_from(number).unwrap()) {
        let retry_ms = if why == Refusal::Busy { 1500 } else { 0 };
        all.push((format!("refused: {why:?}"), DaemonFrame::Refused { why, retry_ms }));
    }
    for why in (1..=5).map(|number| Denial::try_from(number).unwrap()) {
        let retry_ms = if why == Denial::TooFast { 1500 } else { 0 };
        all.push((format!("denied: {why:?}"), DaemonFrame::Denied { frame: 4, why, retry_ms }));
    }
    for end in (1..=7).map(|number| End::try_from(number).unwrap()) {
        all.push((format!("over: {end:?}"), DaemonFrame::Over { end, by: None, payload: None }));
    }
    all.iter().map(|(name, frame)| entry("daemon", name, &frame.encode())).collect()
}

/// Names and bytes, in order of names.
fn named<'n>(all: impl IntoIterator<Item = (&'n str, Vec<u8>)>) -> Value {
    Value::Object(
        all.into_iter().map(|(name, encoded)| (name.to_owned(), hex(encoded).into())).collect::<Map<_, _>>(),
    )
}

fn bad_client(world: &World, parts: &Parts) -> Value {
    // With one element more than it says, which the head then claims.
    let create_with = |more: &[u8]| {
        let mut encoded = create(world, parts, None).encode();
        encoded[0] += 1;
        encoded.extend(more);
        encoded
    };
    let signature = [0x58, 0x40].iter().copied().chain([1; 64]).collect::<Vec<u8>>();
    let with_signature = |head: &[u8]| [head, &signature].concat();
    let passes = |ids: &[u64]| {
        let passes: Vec<_> = ids.iter().map(|id| (Id(*id), b"x".as_slice())).collect();
        cbor::encode(&(5u8, passes))
    };
    named([
        ("not_cbor", vec![0xff]),
        ("empty", vec![]),
        ("trailing", vec![0x81, 0x07, 0x00]),
        ("unknown_type", vec![0x81, 0x18, 0x63]),
        ("a_command", vec![0x83, 0x0a, 0x01, 0xf5]),
        ("text_item", b"dstop".to_vec()),
        ("short_room", with_signature(&[0x84, 0x03, 0x44, 0xf0, 0x62, 0xe6, 0xb2, 0x07])),
        ("short_signature", [&[0x84, 0x03, 0x45, 1, 2, 3, 4, 5, 0x07, 0x58, 0x3f][..], &[1; 63]].concat()),
        ("long_array", vec![0x82, 0x07, 0x01]),
        ("indefinite", vec![0x9f, 0x07, 0xff]),
        ("indefinite_bytes", vec![0x82, 0x04, 0x5f, 0x41, 0x78, 0xff]),
        ("negative_id", with_signature(&[0x84, 0x03, 0x45, 1, 2, 3, 4, 5, 0x20])),
        ("wrong_type", vec![0x82, 0x04, 0x61, 0x31]),
        ("empty_pass", passes(&[])),
        ("long_pass", passes(&(1..=65).collect::<Vec<_>>())),
        ("pass_to_one_twice", passes(&[1, 2, 1])),
        ("order_without_a_signature", vec![0x82, 0x06, 0x41, 0x78]),
        ("nested", vec![0x81; 2000]),
        ("huge_claim", vec![0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        ("huge_bytes", vec![0x82, 0x04, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        ("empty_code", create_with(&[0x40])),
        ("long_code", create_with(&[&[0x58, 65][..], &[b'x'; 65]].concat())),
        ("null_code", create_with(&[0xf6])),
        ("text_code", create_with(b"\x68let me in")),
        ("the_old_resume", [&[0x83, 0x03, 0x45, 1, 2, 3, 4, 5, 0x50][..], &[1; 16]].concat()),
    ])
}

fn bad_commands(world: &World, parts: &Parts) -> Value {
    let gate = world.door.gate().0;
    let (heart, card, tag) = (parts.heart.as_slice(), parts.ada.as_slice(), [1; 16]);
    let relock = |lock: u64, staying: Vec<(u64, [u8; 16], Vec<u8>)>| {
        let staying: Vec<_> = staying.iter().map(|(id, tag, door)| (*id, *tag, door.as_slice())).collect();
        cbor::encode(&(11u8, 1u8, lock, gate, heart, staying))
    };
    named([
        ("empty", vec![]),
        ("a_client_frame", vec![0x81, 0x07]),
        ("unknown_type", vec![0x82, 0x0e, 0x01]),
        ("kick_without_a_payload", vec![0x83, 0x08, 0x01, 0x02]),
        ("negative_turn", vec![0x83, 0x0a, 0x20, 0xf5]),
        ("lock_by_number", vec![0x83, 0x0a, 0x01, 0x01]),
        ("relock_after_2_32", relock(1 << 32, vec![])),
        ("relock_with_a_short_box", relock(0, vec![(1, tag, vec![1; 223])])),
        ("relock_with_a_long_box", relock(0, vec![(1, tag, vec![1; 225])])),
        (
            "relock_with_a_long_heart",
            cbor::encode(&(11u8, 1u8, 0u8, gate, [1; limits::HEART_MOST + 1], vec![0u64; 0])),
        ),
        ("renew_with_a_long_card", cbor::encode(&(12u8, 1u8, [1; limits::CARD_MOST + 1], tag))),
        ("renew_with_a_short_tag", cbor::encode(&(12u8, 1u8, card, [1; 15]))),
        ("trailing", vec![0x83, 0x0a, 0x01, 0xf5, 0x00]),
    ])
}

/// Whatever numbers a daemon may give.
fn hello(largest_frame: usize) -> Vec<u8> {
    cbor::encode(&(0u8, [1; 32], largest_frame as u64, 45_000u32))
}

fn relocked(staying: usize) -> Vec<u8> {
    cbor::encode(&(17u8, 1u8, 1u8, [1; 100].as_slice(), vec![1u64; staying]))
}

fn bad_daemon() -> Value {
    named([
        ("empty", vec![]),
        ("unknown_type", vec![0x81, 0x14]),
        ("short_nonce", cbor::encode(&(0u8, [1; 31], 65_536u32, 45_000u32))),
        ("hello_with_a_small_largest_frame", hello(limits::SMALLEST_LARGEST_FRAME - 1)),
        ("hello_with_a_large_largest_frame", hello(limits::LARGEST_LARGEST_FRAME + 1)),
        ("refused_without_a_time", vec![0x82, 0x02, 0x01]),
        ("refused_for_an_unknown_cause", vec![0x83, 0x02, 0x0f, 0x00]),
        ("joined_without_an_entry", cbor::encode(&(3u8, 2u8, [1; 100]))),
        ("joined_with_a_long_card", cbor::encode(&(3u8, 2u8, [1; 16], [1; limits::CARD_MOST + 1]))),
        ("left_by_somebody", vec![0x84, 0x04, 0x02, 0x00, 0xf6]),
        ("relocked_for_too_many", relocked(limits::SEATS_MOST + 1)),
        ("relocked_after_2_32", cbor::encode(&(17u8, 1u8, 1u64 << 32, [1; 100], vec![1u64]))),
        ("boxed_short", cbor::encode(&(18u8, 1u8, [1; 223]))),
        ("trailing", vec![0x81, 0x13, 0x00]),
    ])
}
