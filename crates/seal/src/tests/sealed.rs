//! Messages and passes that must not open: altered, moved, replayed, ill-formed; and the limits at,
//! below and above.

use proptest::prelude::*;

use super::super::*;
use super::vectors::{bytes, first_chain, first_door, pair_of, sender, vectors};
use sanctuary_wire::RoomId;

fn words(text: &str) -> TimedText {
    TimedText { at: 1, text: text.into() }
}

pub(super) fn random() -> Random {
    Random::from_system().unwrap()
}

fn place(chain: &Chain) -> (u32, u32, &Secret<32>) {
    (chain.generation(), chain.counter(), chain.key())
}

/// A door of another room and password, without the wait.
pub(super) fn other_door() -> Door {
    Door::derive(RoomId([9; 5]), &Password::read("another password").unwrap())
}

fn pairs(door: &Door) -> (Pair, Pair) {
    let (own, other) = (sender(), pair_of(&vectors()["other"]["secret"]));
    (Pair::agree(door, &own, other.public()).unwrap(), Pair::agree(door, &other, own.public()).unwrap())
}

#[test]
fn a_message_opens_once_and_in_order() {
    let (door, from) = (first_door(), sender().public());
    let says = vectors();
    let payload = |at: usize| bytes(&says["says"][at]["payload"]);
    let mut chain = first_chain();
    assert!(chain.open(&door, from, &payload(0)).is_ok());
    assert_eq!(chain.open(&door, from, &payload(0)), Err(SealError::Replayed));
    assert!(chain.open(&door, from, &payload(3)).is_ok(), "what was missed is stepped over");
    assert_eq!(chain.open(&door, from, &payload(1)), Err(SealError::Replayed));
    assert!(chain.open(&door, from, &payload(4)).is_ok());
}

#[test]
fn a_message_moved_or_altered_is_forged_and_moves_nothing() {
    let (door, from) = (first_door(), sender().public());
    let payload = bytes(&vectors()["says"][0]["payload"]);
    let mut chain = first_chain();
    assert_eq!(chain.open(&door, Public([5; 32]), &payload), Err(SealError::Forged), "another sender");
    for at in 7..payload.len() {
        let mut altered = payload.clone();
        altered[at] ^= 8; // The counter's last byte: 7 becomes 15.
        assert_eq!(chain.open(&door, from, &altered), Err(SealError::Forged), "byte {at}");
    }
    assert_eq!(place(&chain), place(&first_chain()));
    assert!(chain.open(&door, from, &payload).is_ok());
    for length in 0..8 {
        assert_eq!(chain.open(&door, from, &payload[..length]), Err(SealError::Malformed));
    }
}

#[test]
fn another_generation_is_refused() {
    let (door, from) = (first_door(), sender().public());
    let mut payload = bytes(&vectors()["says"][0]["payload"]);
    payload[3] = 4;
    assert_eq!(first_chain().open(&door, from, &payload), Err(SealError::NoChain));
    payload[3] = 2;
    assert_eq!(first_chain().open(&door, from, &payload), Err(SealError::Replayed));
}

#[test]
fn a_chain_goes_forward_10_000_steps_and_no_more() {
    let (door, from, body) = (first_door(), sender().public(), Body::Message(words("x")));
    for (steps, opened) in [(MAX_SKIP - 1, true), (MAX_SKIP, true), (MAX_SKIP + 1, false)] {
        let mut far = first_chain();
        (0..steps).for_each(|_| far.step(&door).unwrap());
        let payload = far.seal(&door, from, &mut random(), &body).unwrap();
        let mut chain = first_chain();
        let expected = if opened { Ok(Some(body.clone())) } else { Err(SealError::TooFar) };
        assert_eq!(chain.open(&door, from, &payload), expected, "{steps} steps");
        assert_eq!(place(&chain) == place(&far), opened);
    }
}

#[test]
fn forged_counters_spend_a_senders_steps_and_no_fresh_chain_brings_them_back() {
    let (door, from, body) = (first_door(), sender().public(), Body::Message(words("x")));
    let mut reading = first_chain();
    let forged = |generation: u32, counter: u32| {
        [generation.to_be_bytes().as_slice(), &counter.to_be_bytes(), &[0; 208]].concat()
    };
    let far = forged(reading.generation(), reading.counter() + MAX_SKIP / 2);
    assert_eq!(reading.open(&door, from, &far), Err(SealError::Forged));
    assert_eq!(reading.open(&door, from, &far), Err(SealError::Forged));
    assert_eq!(reading.open(&door, from, &bytes(&vectors()["says"][1]["payload"])), Err(SealError::TooFar));
    let generation = reading.generation() + 1;
    let mut fresh = Chain::at(generation, 0, Secret([1; 32]));
    reading.renew(fresh.clone()).unwrap();
    assert_eq!(reading.open(&door, from, &forged(generation, 1)), Err(SealError::TooFar));
    // A message that needs no step is read on.
    let payload = fresh.seal(&door, from, &mut random(), &body).unwrap();
    assert_eq!(reading.open(&door, from, &payload), Ok(Some(body)));
}

#[test]
fn the_last_counter_ends_a_chain() {
    let door = first_door();
    let mut last = Chain::at(1, u32::MAX, Secret([1; 32]));
    let body = Body::Message(words("x"));
    assert_eq!(last.seal(&door, sender().public(), &mut random(), &body), Err(SealError::Exhausted));
}

#[test]
fn a_passed_chain_never_turns_back() {
    let at = |generation, counter| Chain::at(generation, counter, Secret([1; 32]));
    for (passed, result) in [
        (at(2, 999), Err(SealError::Replayed)),
        (at(3, 6), Err(SealError::Replayed)),
        (at(3, 7), Ok(())),
        (at(3, 8), Ok(())),
        (at(4, 0), Ok(())),
    ] {
        assert_eq!(first_chain().renew(passed), result);
    }
}

#[test]
fn a_body_of_another_number_is_passed_over_and_an_ill_formed_one_refused() {
    let (door, from) = (first_door(), sender().public());
    for (plaintext, expected) in [
        (b"\x82\x02\x81\x82\x01\x61x".as_slice(), Ok(None)),
        (b"\x81\x18\x63\0\0", Ok(None)),
        (b"\x80", Err(SealError::Malformed)),
        (b"\x82\x00\x01", Err(SealError::Malformed)),
        (b"\x84\x00\x01\x61x\x01", Err(SealError::Malformed)),
        (b"\x83\x00\x61x\x01", Err(SealError::Malformed)),
        (b"\x83\x00\x01\x61\xff", Err(SealError::Malformed)),
        (b"\x83\x00\x01\x7f\x61x\xff", Err(SealError::Malformed)),
        (b"\x83\x20\x01\x61x", Err(SealError::Malformed)),
        (b"\x83\x02\x01", Err(SealError::Malformed)),
        (b"\x81\x02\x01", Err(SealError::Malformed)),
    ] {
        let payload = first_chain().seal_with(&door, from, [1; 16], plaintext).unwrap();
        assert_eq!(first_chain().open(&door, from, &payload), expected, "{plaintext:x?}");

        let (ours, mut theirs) = pairs(&door);
        let direction = ours.outward();
        let passed = aead::seal(&mut random(), &direction.key, plaintext, &direction.aad);
        assert_eq!(theirs.open(&passed), expected.map(|_| None), "{plaintext:x?} passed");
    }
}

#[test]
fn a_whisper_is_heard_once_and_by_one_only() {
    let door = first_door();
    let (mut ours, mut theirs) = pairs(&door);
    let mut whisper = |text| ours.whisper(&mut random(), &words(text)).unwrap();
    let (first, second, third) = (whisper("1"), whisper("2"), whisper("3"));
    assert_eq!(theirs.open(&first), Ok(Some(Passed::Whisper(words("1")))));
    assert_eq!(theirs.open(&first), Err(SealError::Replayed));
    assert_eq!(theirs.open(&third), Ok(Some(Passed::Whisper(words("3")))));
    assert_eq!(theirs.open(&second), Err(SealError::Replayed));

    assert_eq!(ours.open(&third), Err(SealError::Forged), "sent back to its sender");
    let stranger = KeyPair::draw(&mut random());
    let mut strange = Pair::agree(&door, &stranger, sender().public()).unwrap();
    assert_eq!(strange.open(&third), Err(SealError::Forged), "given to another member");
    let (_, mut elsewhere) = pairs(&other_door());
    assert_eq!(elsewhere.open(&third), Err(SealError::Forged), "in another room");
}

/// The points of small order (RFC 7748, 6.1), in their shortest forms.
#[test]
fn a_public_key_that_keeps_no_secret_is_refused() {
    let low = [
        [0; 32],
        std::array::from_fn(|at| u8::from(at == 0)),
        // p - 1, p and p + 1 of p = 2^255 - 19.
        std::array::from_fn(|at| [0xec, 0xff, 0x7f][usize::from(at > 0) + usize::from(at == 31)]),
        std::array::from_fn(|at| [0xed, 0xff, 0x7f][usize::from(at > 0) + usize::from(at == 31)]),
        std::array::from_fn(|at| [0xee, 0xff, 0x7f][usize::from(at > 0) + usize::from(at == 31)]),
    ];
    let door = first_door();
    for public in low {
        assert_eq!(
            Pair::agree(&door, &sender(), Public(public)).err(),
            Some(SealError::WeakKey),
            "{public:x?}"
        );
    }
}

#[test]
fn secrets_are_silent_in_debug() {
    let door = first_door();
    let (pair, _) = pairs(&door);
    let group = Group::new(door.clone(), "Ada".parse().unwrap(), random());
    let shown = format!("{door:?} {:?} {:?} {group:?} {:?}", first_chain().key(), sender(), words("hush"));
    assert!(!shown.contains("Ada") && !shown.contains("hush"), "{shown}");
    let key = format!("{:?}", pair.outward().key.0);
    assert!(!format!("{pair:?}").contains(&key));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_said_is_read(texts in proptest::collection::vec(any::<String>(), 1..6), at: u64) {
        let (door, from) = (first_door(), sender().public());
        let (mut ours, mut theirs) = (first_chain(), first_chain());
        let (mut own_pair, mut their_pair) = pairs(&door);
        for text in texts {
            let words = TimedText { at, text: text.into() };
            for body in [Body::Message(words.clone()), Body::Farewell(words.clone())] {
                let payload = ours.seal(&door, from, &mut random(), &body).unwrap();
                prop_assert_eq!(payload.len() % aead::FILL, 8 + 16 + 16 + 32);
                prop_assert_eq!(theirs.open(&door, from, &payload), Ok(Some(body)));
            }
            let whisper = own_pair.whisper(&mut random(), &words).unwrap();
            prop_assert_eq!(their_pair.open(&whisper), Ok(Some(Passed::Whisper(words))));
        }
    }

    #[test]
    fn any_plaintext_is_read_or_refused(plaintext in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Body::read(&plaintext);
    }

    #[test]
    fn any_payload_is_refused(payload in proptest::collection::vec(any::<u8>(), 0..200)) {
        let (door, from) = (first_door(), sender().public());
        let (_, mut pair) = pairs(&door);
        prop_assert!(first_chain().open(&door, from, &payload).is_err());
        prop_assert!(Card::open(&door, &payload).is_err());
        prop_assert!(pair.open(&payload).is_err());
    }
}
