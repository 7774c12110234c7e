//! Limits at, below and above; what is written within them; and that secrets stay silent and are wiped.

use proptest::prelude::*;
use sanctuary_wire::{Id, Rule, limits};
use zeroize::ZeroizeOnDrop;

use super::super::*;
use super::room::{Players, message, words};
use super::vectors::{World, door};

fn random() -> Random {
    Random::from_system().unwrap()
}

#[test]
fn the_largest_card_and_heart_keep_within_the_wire_s_limits() {
    let (world, alias) = (World::new(), "🦀".repeat(ALIAS_MOST));
    let card = Card { alias: alias.parse().unwrap(), n: u32::MAX, ..world.ada.card() };
    let sealed = card.seal(&world.door, &world.ada.voice, &world.ada.entry, &mut random());
    assert!(sealed.len() <= limits::CARD_MOST, "{} bytes", sealed.len());
    assert_eq!(Card::open(&world.door, &world.ada.entry, &sealed), Ok(card));

    let password = Password::read(&"x".repeat(PASSWORD_MOST)).unwrap();
    let at = (1 << 53) - 1;
    let heart = Heart::draw(&mut random(), Rule::Everyone, password, alias.parse().unwrap(), at);
    let sealed = heart.seal(&world.door, &mut random()).unwrap();
    assert!(sealed.len() <= limits::HEART_MOST, "{} bytes", sealed.len());
    assert_eq!(Heart::open(&world.door, &sealed), Ok(heart));
}

#[test]
fn a_clock_of_2_53_is_not_written() {
    let world = World::new();
    for (at, ok) in [((1 << 53) - 1, true), (1 << 53, false), (u64::MAX, false)] {
        let expected = if ok { Ok(()) } else { Err(SealError::OutOfBounds) };
        let heart = Heart { at, ..world.heart.clone() };
        assert_eq!(heart.seal(&world.door, &mut random()).map(drop), expected);
        for timed in [TimedText { at, ..words("x") }, TimedText { timer: at, ..words("x") }] {
            assert_eq!(Body::Message(timed).encode().map(drop), expected);
        }
        for body in [Body::Typing { at }, Body::Unsend { at, to: Name([0; 16]) }] {
            assert_eq!(body.encode().map(drop), expected);
        }
        let chain = Chain::at(0, 0, random().secret());
        let say = Say { n: 0, lock: 0, count: at, view: View([0; 16]), body: message("x") };
        assert_eq!(say.seal(&world.salt, &chain, &world.ada.voice, &mut random()).map(drop), expected);
    }
}

#[test]
fn the_last_counter_and_generation_end_a_chain() {
    let world = World::new();
    let mut last = Chain::at(u32::MAX, u32::MAX, random().secret());
    assert_eq!(last.counter(), Ok(u32::MAX));
    assert_eq!(last.renewed(random().secret()), Err(SealError::Exhausted));
    last.step(&world.salt);
    assert_eq!(last.counter(), Err(SealError::Exhausted));
    let say = Say { n: 0, lock: 0, count: 0, view: View([0; 16]), body: message("x") };
    let sealed = say.seal(&world.salt, &last, &world.ada.voice, &mut random());
    assert_eq!(sealed, Err(SealError::Exhausted));
    assert_eq!(Passed::Chain(last).plaintext().map(drop), Err(SealError::Exhausted));
}

#[test]
fn a_view_is_kept_for_1024_counts() {
    let world = World::new();
    let order = sanctuary_wire::Order::new(world.door.room());
    let told = Told {
        keeper: Id(1),
        locked: false,
        lock: 0,
        heart: &[1],
        count: 5,
        order: order.hash,
        members: &[],
    };
    let mut standing = Standing::new(world.door.room(), &told);
    let first = standing.view();
    assert_eq!((standing.view_at(5), standing.view_at(4)), (Some(first), None));
    let frame = sanctuary_wire::DaemonFrame::Locked { locked: true, by: Id(1) };
    for count in 1..VIEWS_KEPT as u64 {
        standing.push(&frame.encode(), &frame, true).unwrap();
        assert_eq!(standing.view_at(5 + count), Some(standing.view()));
    }
    assert_eq!(standing.view_at(5), Some(first));
    standing.push(&frame.encode(), &frame, true).unwrap();
    assert_eq!(standing.view_at(5), None);
    assert!(standing.view_at(6).is_some() && standing.view_at(standing.count() + 1).is_none());
}

#[test]
fn all_that_passes_but_whispers_is_of_one_size_and_messages_of_few() {
    let world = World::new();
    let pair = Pair::agree(&world.salt, world.ada.voice.public(), &world.ada.keys, world.ben.side()).unwrap();
    let chain = Chain::at(u32::MAX, u32::MAX, random().secret());
    let receipt = Passed::Arrived { counter: u32::MAX, arrived: u32::MAX };
    for passed in [Passed::Chain(chain), receipt, Passed::Lack] {
        assert_eq!(pair.outward.seal(&mut random(), &passed).unwrap().len(), 16 + 128 + 16 + 32);
    }
    let chain = Chain::at(0, 0, random().secret());
    let length = |text: usize| {
        let body = message(&"x".repeat(text));
        let say = Say { n: u32::MAX, lock: u32::MAX, count: 1, view: View([0; 16]), body };
        say.seal(&world.salt, &chain, &world.ada.voice, &mut random()).unwrap().len()
    };
    let least = 8 + 16 + 256 + 16 + 32;
    assert_eq!((length(0), length(100), length(200), length(400)), (least, least, least + 128, least + 256));
}

#[test]
fn secrets_are_silent_in_debug() {
    let world = World::new();
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "hush");
    room.group(0).whisper(Id(2), message("hush")).unwrap();
    let (told, group) = (format!("{:?}", room.told(0)), format!("{:?}", room.group(0)));
    let heart = format!("{:?} {:?} {:?} {:?}", world.heart, world.salt, world.ada.seat, world.ada.keys);
    let shown = format!("{told} {group} {heart}");
    // Lengths of buffers may be seen, but no byte of what is secret.
    for secret in ["Ada", "Ben", "hush", "9F3K"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let keys = [world.door.card_key.0.as_slice(), &world.heart.secret.0, world.salt.bytes()];
    for key in keys {
        assert!(!shown.contains(&format!("{key:?}")));
    }
}

/// This no longer compiles where a secret is not wiped on drop; those of others' crates are wiped by them.
#[test]
fn secrets_are_wiped_on_drop() {
    const fn wiped<T: ZeroizeOnDrop>() {}
    const {
        wiped::<Secret<32>>();
        wiped::<x25519_dalek::StaticSecret>();
        wiped::<x25519_dalek::SharedSecret>();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_said_and_whispered_is_read(text: String, timer in 0u64..1 << 53) {
        let mut room = Players::of(&["Ada", "Ben"]);
        let (body, now) = (Body::Action(TimedText { at: 1, timer, text: text.as_str().into() }), room.now);
        room.group(0).say(body.clone(), now).unwrap();
        room.group(0).whisper(Id(2), body.clone()).unwrap();
        room.settle();
        let bodies = room.told(1).into_iter().filter_map(|told| match told {
            Happening::Said { body, .. } | Happening::Whisper { body, .. } => Some(body),
            _ => None,
        });
        prop_assert_eq!(bodies.collect::<Vec<_>>(), vec![body.clone(), body]);
    }

    #[test]
    fn any_body_is_read_or_refused(encoded in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(Some(body)) = Body::read(&encoded) {
            prop_assert!(body == Body::Unknown || body.encode().is_ok());
        }
    }

    #[test]
    fn any_bytes_are_refused_in_every_place(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut room = Players::of(&["Ada", "Ben"]);
        room.say(1, "hello");
        room.settle();
        room.told(0);
        let (from, payload) = (Id(2), bytes.as_slice());
        for frame in [
            sanctuary_wire::DaemonFrame::Said { from, payload },
            sanctuary_wire::DaemonFrame::Passed { from, passed: payload },
        ] {
            room.hears(0, &frame.encode());
        }
        let unread = room.told(0);
        let is_unread = |told: &Happening| {
            matches!(told, Happening::Unread { .. } | Happening::PassUnread { .. })
        };
        prop_assert!(unread.iter().all(is_unread));
        prop_assert!(Card::open(&door(), &sanctuary_wire::Entry([0; 16]), payload).is_err());
        prop_assert!(Heart::open(&door(), payload).is_err());
    }
}
