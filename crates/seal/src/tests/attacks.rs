//! Daemons that lie and members that forge, each with all that it can have. What is not read, not shown under
//! another's name, not handed a key, or told to a person, is named by each test.

use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::{EdwardsPoint, Scalar};
use sanctuary_sign::SigningKey;
use sanctuary_wire::{ClientFrame, DaemonFrame, Entry, Id, Rule, SealedCard};
use serde_json::Value;
use sha2::{Digest, Sha512};

use super::super::*;
use super::by_hand::ByHand;
use super::room::{Players, message};
use super::vectors::{bytes, door, unhex};

fn said_or_whispered(told: &[Happening]) -> bool {
    told.iter().any(|told| matches!(told, Happening::Said { .. } | Happening::Whisper { .. }))
}

fn card(sealed: &[u8]) -> SealedCard<'_> {
    sealed.try_into().unwrap()
}

/// Frames of the daemon for one member, taken away before they arrive.
fn intercepted(room: &mut Players, at: usize) -> Vec<Vec<u8>> {
    while (0..room.all.len()).any(|other| room.up(other) || other != at && room.down(other)) {}
    let on = room.all[at].on.unwrap();
    room.daemon.down.get_mut(&on).unwrap().drain(..).collect()
}

// A member who left is brought back.

#[test]
fn a_member_who_left_cannot_be_brought_back_by_a_daemon_without_the_password() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let now = room.now;
    room.say(1, "I resign");
    room.group(1).whisper(Id(1), message("psst")).unwrap();
    let frames = intercepted(&mut room, 0);
    room.hears_all(0, &frames);
    let seat = room.daemon.seats[1].clone();
    room.group(1).leave(None, now).unwrap();
    room.settle();
    room.told(0);

    let joined =
        |id, entry: &Entry| DaemonFrame::Joined { id, entry: entry.clone(), card: card(&seat.card) }.encode();
    for (id, entry) in [(2, seat.entry.clone()), (3, seat.entry.clone()), (4, Entry([9; 16]))] {
        room.hears(0, &joined(Id(id), &entry));
        for frame in &frames {
            let again = match DaemonFrame::decode(frame).unwrap() {
                DaemonFrame::Said { payload, .. } => DaemonFrame::Said { from: Id(id), payload }.encode(),
                DaemonFrame::Passed { passed, .. } => DaemonFrame::Passed { from: Id(id), passed }.encode(),
                _ => continue,
            };
            room.hears(0, &again);
        }
        let told = room.told(0);
        assert!(!said_or_whispered(&told), "as {id}: {told:?}");
        let refused = match id {
            2 => Happening::Lie(Lie::Returned(Id(2))),
            3 => Happening::Unreadable { id: Id(3), why: SealError::Taken },
            _ => Happening::Unreadable { id: Id(4), why: SealError::Unsigned },
        };
        assert!(told.contains(&refused), "{told:?}");
        assert_eq!(room.group(0).accepted(), []);
    }
}

#[test]
fn a_member_who_left_is_not_brought_back_by_a_welcome() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let now = room.now;
    room.say(1, "I resign");
    room.settle();
    let before = room.daemon.seats.clone();
    room.group(1).leave(None, now).unwrap();
    room.settle();
    room.told(0);
    room.breaks(0);
    // The daemon shows who has left as if nothing had been.
    room.daemon.seats.push(before[1].clone());
    room.returns(0);
    room.settle();
    assert!(room.told(0).contains(&Happening::Lie(Lie::Returned(Id(2)))));
    assert_eq!(room.group(0).accepted(), []);
}

// One member speaks as another.

#[test]
fn who_holds_a_chain_cannot_speak_for_its_owner_nor_keep_it_from_being_heard() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let mut eve = ByHand::enters(&mut room, &door(), "Eve");
    room.say(0, "one");
    room.settle();
    let mut chain = eve.chain_of(&mut room, Id(1)).expect("Ada's chain");
    chain.step(&eve.salt);
    room.told(1);
    let standing = &room.daemon;
    let say =
        Say { n: 0, lock: 0, count: standing.order.count, view: View([0; 16]), body: message("I resign") };
    // Sealed for Ada's voice, signed by Eve's: the place of a message names the voice that is claimed.
    let forged = forged(&eve, &chain, room.group(1).card(Id(1)).unwrap().voice, &say);
    room.daemon.all(&DaemonFrame::Said { from: Id(1), payload: &forged });
    room.settle();
    assert_eq!(room.told(1), [Happening::Unread { from: Id(1), why: SealError::Unsigned }]);
    room.say(0, "two");
    room.settle();
    let told = room.told(1);
    assert!(matches!(told.as_slice(), [Happening::Said { from: Id(1), .. }]), "{told:?}");
}

/// A message under another's chain and name, with one's own signature.
fn forged(by: &ByHand, chain: &Chain, as_if: Voice, say: &Say) -> Vec<u8> {
    forged_with(by, chain, as_if, say, |signed| by.voice.sign(signed))
}

fn forged_with(
    by: &ByHand,
    chain: &Chain,
    as_if: Voice,
    say: &Say,
    sign: impl Fn(&[u8]) -> [u8; 64],
) -> Vec<u8> {
    use sanctuary_wire::cbor::encode;
    let (room, voice, body) = (by.salt.room(), as_if.to_bytes(), say.body.encode().unwrap());
    let (generation, counter) = (chain.generation(), chain.counter().unwrap());
    let signed = encode(&(
        "sanctuary/1 say",
        room,
        voice,
        generation,
        counter,
        say.n,
        say.lock,
        say.count,
        say.view.0,
        body.as_slice(),
    ));
    let plaintext =
        aead::filled_to(256, &(say.n, say.lock, say.count, say.view.0, body.as_slice(), sign(&signed)));
    let aad = encode(&("say", room, voice, generation, counter));
    let sealed = aead::seal_with([7; 16], &chain.message_key(&by.salt), &plaintext, &aad);
    [&generation.to_be_bytes()[..], &counter.to_be_bytes(), &sealed].concat()
}

// A departure is hidden.

#[test]
fn a_departure_that_is_hidden_from_one_member_is_told_by_the_others_next_word_and_its_own() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let now = room.now;
    room.group(0).kick(Id(2), now).unwrap();
    // Cleo is not told.
    intercepted(&mut room, 2);
    room.settle();
    (0..3).for_each(|at| drop(room.told(at)));
    assert_eq!(room.group(2).accepted(), [Id(1), Id(2)]);
    room.say(0, "he is gone");
    room.settle();
    let told = room.told(2);
    assert!(told.contains(&Happening::Differs(Id(1))), "{told:?}");
    room.say(2, "is Ben there?");
    room.settle();
    assert!(room.told(0).contains(&Happening::Differs(Id(3))));
    room.say(0, "no!");
    room.settle();
    assert!(!room.told(2).contains(&Happening::Differs(Id(1))), "once a member");
}

#[test]
fn who_was_kicked_by_a_voice_is_shut_out_whatever_the_daemon_makes_of_it() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let now = room.now;
    room.say(2, "while Ben is there");
    room.settle();
    room.group(0).kick(Id(2), now).unwrap();
    let kicked = intercepted(&mut room, 2);
    let Some(DaemonFrame::Kicked { payload, .. }) = kicked.iter().find_map(|frame| {
        Some(DaemonFrame::decode(frame).unwrap()).filter(|frame| matches!(frame, DaemonFrame::Kicked { .. }))
    }) else {
        panic!("not kicked")
    };
    room.told(2);
    // Its chain comes first; then the daemon shows the order as mere words.
    for frame in
        kicked.iter().filter(|frame| matches!(DaemonFrame::decode(frame), Ok(DaemonFrame::Passed { .. })))
    {
        room.hears(2, frame);
    }
    room.hears(2, &DaemonFrame::Said { from: Id(1), payload }.encode());
    assert_eq!(room.told(2), [Happening::ShutOut { id: Id(2), by: Id(1) }]);
    assert_eq!(room.group(2).accepted(), [Id(1)]);
    room.say(2, "without Ben");
    let passes = room
        .group(2)
        .frames()
        .iter()
        .filter_map(|frame| match ClientFrame::decode(frame).unwrap() {
            ClientFrame::Pass(passes) => Some(passes.iter().map(|(to, _)| *to).collect::<Vec<_>>()),
            _ => None,
        })
        .collect::<Vec<_>>();
    assert_eq!(passes, [[Id(1)]], "a new generation, not for Ben");
}

#[test]
fn an_order_of_who_has_no_right_is_not_obeyed() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let now = room.now;
    // Ben is no keeper; his word goes as any word would, and then with the daemon's help as an order.
    let voice = room.group(1).card(Id(3)).unwrap().voice;
    room.group(1).say(Body::Kick(voice), now).unwrap();
    room.settle();
    assert_eq!(room.told(0), [Happening::NoRight(Id(2))]);
    assert_eq!(room.group(0).accepted(), [Id(2), Id(3)]);
    room.group(1).say(Body::Stop, now).unwrap();
    room.settle();
    assert_eq!(room.told(0), [Happening::NoRight(Id(2))]);

    room.group(1).say(Body::Kick(voice), now).unwrap();
    let frames = intercepted(&mut room, 0);
    let Ok(DaemonFrame::Said { payload, .. }) = DaemonFrame::decode(frames.last().unwrap()) else { panic!() };
    room.hears(0, &DaemonFrame::Kicked { id: Id(3), by: Id(2), payload }.encode());
    assert_eq!(room.told(0), [Happening::Kicked { id: Id(3), by: Id(2), proof: Proof::Refuted }]);
}

#[test]
fn the_daemon_orders_nothing_in_a_members_name() {
    let mut room = Players::under(Rule::Everyone, &["Ada", "Ben", "Cleo"]);
    room.say(1, "hello");
    let frames = intercepted(&mut room, 0);
    room.hears_all(0, &frames);
    room.told(0);
    let Ok(DaemonFrame::Said { payload, .. }) = DaemonFrame::decode(frames.last().unwrap()) else { panic!() };
    room.hears(0, &DaemonFrame::Handed { id: Id(3), by: Id(1), payload }.encode());
    assert_eq!(room.told(0), [Happening::Handed { id: Id(3), by: Id(1), proof: Proof::Refuted }]);
    assert_eq!(room.group(0).keeper(), Some(Id(1)), "what is refuted is not obeyed");
    room.hears(0, &DaemonFrame::Keeper(Id(3)).encode());
    assert_eq!(room.told(0), [Happening::Lie(Lie::Keeper(Id(3)))]);
    assert_eq!(room.group(0).keeper(), Some(Id(1)));
    room.hears(0, &DaemonFrame::Kicked { id: Id(3), by: Id(2), payload }.encode());
    assert_eq!(room.told(0), [Happening::Kicked { id: Id(3), by: Id(2), proof: Proof::Refuted }]);
}

// Another's key is shown as one's own.

#[test]
fn nobody_shows_anothers_key_as_its_own() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let borrowed = room.group(0).card(Id(2)).unwrap().public;
    let keys = KeyPair::draw(&mut Random::from_system().unwrap());
    let mallory = ByHand::enters_showing(&mut room, &door(), "Mallory", keys, borrowed);
    for at in [0, 1] {
        let refused = Happening::Unreadable { id: mallory.id, why: SealError::Taken };
        assert_eq!(room.told(at), [refused], "member {at}");
    }
    // What Ada passes goes to Ben alone, and what Ben gets back of it is nobody's.
    room.group(0).whisper(Id(2), message("I resign")).unwrap();
    let frames = intercepted(&mut room, 1);
    for frame in &frames {
        let Ok(DaemonFrame::Passed { passed, .. }) = DaemonFrame::decode(frame) else { continue };
        room.hears(1, &DaemonFrame::Passed { from: mallory.id, passed }.encode());
        room.hears(0, &DaemonFrame::Passed { from: Id(2), passed }.encode());
    }
    assert!(!said_or_whispered(&room.told(0)) && !said_or_whispered(&room.told(1)));
}

// Messages are dropped, repeated and put in another order.

#[test]
fn a_message_that_is_dropped_is_missed_and_its_reader_seen_to_differ() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "Do");
    room.settle();
    room.say(0, "not");
    intercepted(&mut room, 1);
    room.say(0, "attack");
    room.settle();
    let told = room.told(1);
    assert!(told.contains(&Happening::Missing { from: Id(1), count: 1 }), "{told:?}");
    assert!(told.contains(&Happening::Differs(Id(1))), "{told:?}");
    room.say(1, "attacking");
    room.settle();
    assert!(room.told(0).contains(&Happening::Differs(Id(2))));
}

#[test]
fn messages_that_are_shown_in_another_order_or_twice_are_told() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    room.say(0, "first");
    room.say(1, "second");
    room.settle();
    (0..3).for_each(|at| drop(room.told(at)));
    room.say(0, "yes");
    room.say(1, "no");
    let mut frames = intercepted(&mut room, 2);
    frames.reverse();
    room.hears_all(2, &frames);
    room.hears_all(2, &frames);
    let said = room.told(2).iter().filter(|told| matches!(told, Happening::Said { .. })).count();
    assert_eq!(said, 2, "nothing is shown twice");
    room.say(2, "what?");
    room.settle();
    assert!(room.told(0).contains(&Happening::Differs(Id(3))));
}

#[test]
fn another_list_or_keeper_for_a_newcomer_is_told() {
    for lie in ["hidden", "keeper", "locked", "order"] {
        let mut room = Players::of(&["Ada", "Ben"]);
        let cleo = room.enters("Cleo");
        room.down(cleo);
        room.up(cleo);
        let on = room.all[cleo].on.unwrap();
        let sent = room.daemon.down.get_mut(&on).unwrap().pop_front().unwrap();
        let mut welcome = DaemonFrame::decode(&sent).unwrap();
        let DaemonFrame::Welcome { keeper, locked, order, members, .. } = &mut welcome else { panic!() };
        match lie {
            "hidden" => drop(members.remove(1)),
            "keeper" => *keeper = Id(2),
            "locked" => *locked = true,
            _ => order.0[0] ^= 1,
        }
        room.hears(cleo, &welcome.encode());
        room.settle();
        room.say(cleo, "hello");
        room.settle();
        assert!(room.told(0).contains(&Happening::Differs(Id(3))), "{lie}");
    }
}

// A device is seized.

#[test]
fn who_seizes_a_device_after_a_renewal_opens_nothing_that_was_passed_before() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "hello");
    room.group(0).whisper(Id(2), message("before")).unwrap();
    let frames = intercepted(&mut room, 1);
    room.hears_all(1, &frames);
    room.settle();
    let recorded: Vec<_> = frames.iter().filter(|frame| frame[1] == 6).cloned().collect();
    assert_eq!(recorded.len(), 2);
    let opens = |room: &mut Players| {
        let (voice, keys, salt) = room.group(1).seized();
        let card = room.group(1).card(Id(1)).unwrap().clone();
        let pair = Pair::agree(&salt, voice.public(), &keys, (card.voice, card.public)).unwrap();
        let open = |frame: &Vec<u8>| match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Passed { passed, .. } => pair.inward.open(passed).is_ok(),
            _ => unreachable!(),
        };
        recorded.iter().filter(|frame| open(frame)).count()
    };
    assert_eq!(opens(&mut room), 2, "before it is renewed");
    let now = room.now;
    room.group(1).thawed(now);
    room.settle();
    assert_eq!(opens(&mut room), 0);
    // What is kept for what was under way goes after two minutes, or at the first pass.
    room.ticks(FORMER_MS);
    room.told(1);
    room.hears_all(1, &recorded);
    let forged = Happening::PassUnread { from: Id(1), why: SealError::Forged };
    assert_eq!(room.told(1), [forged.clone(), forged]);
}

#[test]
fn the_first_pass_under_a_new_key_ends_the_old_one() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.group(0).whisper(Id(2), message("under way")).unwrap();
    let under_way = intercepted(&mut room, 1);
    let now = room.now;
    room.group(1).thawed(now);
    room.settle();
    room.group(0).whisper(Id(2), message("new")).unwrap();
    room.settle();
    room.told(1);
    room.hears_all(1, &under_way);
    assert_eq!(room.told(1), [Happening::PassUnread { from: Id(1), why: SealError::Forged }]);
}

// Signatures that engines judge differently.

/// R with torsion: engines that multiply by the cofactor take it (RFC 8032, 5.1.7), others don't.
fn signed_with_torsion(seed: &[u8; 32], key: &SigningKey, message: &[u8]) -> [u8; 64] {
    let hashed = Sha512::digest(seed);
    let mut clamped: [u8; 32] = hashed[..32].try_into().unwrap();
    clamped[0] &= 0xf8;
    clamped[31] = clamped[31] & 0x7f | 0x40;
    let wide = |parts: [&[u8]; 3]| Scalar::from_bytes_mod_order_wide(&Sha512::digest(parts.concat()).into());
    let (secret, nonce) = (Scalar::from_bytes_mod_order(clamped), wide([&hashed[32..], message, b""]));
    let r = (EdwardsPoint::mul_base(&nonce) + EIGHT_TORSION[1]).compress().to_bytes();
    let s = nonce + wide([&r, &key.public().to_bytes(), message]) * secret;
    [r, s.to_bytes()].concat().try_into().unwrap()
}

#[test]
fn a_message_whose_signature_engines_judge_differently_is_refused_by_all() {
    let mut room = Players::of(&["Ada"]);
    let mut eve = ByHand::enters(&mut room, &door(), "Eve");
    let seed = bytes("a voice");
    eve.voice = SigningKey::from_seed(&seed);
    let voice = eve.voice.public();
    let mut random = Random::from_system().unwrap();
    let chain = Chain::at(0, 0, random.secret());
    let say = Say { n: 0, lock: 0, count: 0, view: View([0; 16]), body: message("x") };
    let open = |payload: &[u8]| {
        let mut reading = Reading::default();
        reading.take(chain.clone()).unwrap();
        say::open(&eve.salt, &mut reading, voice, payload).map(drop)
    };
    let good = forged_with(&eve, &chain, voice, &say, |signed| eve.voice.sign(signed));
    assert_eq!(open(&good), Ok(()));
    let torsion =
        forged_with(&eve, &chain, voice, &say, |signed| signed_with_torsion(&seed, &eve.voice, signed));
    assert_eq!(open(&torsion), Err(SealError::Unsigned));
}

#[test]
fn a_voice_that_engines_judge_differently_is_none() {
    let cases: Value = serde_json::from_str(include_str!("../../../../testdata/signatures.json")).unwrap();
    let mut weak = 0;
    for case in cases["judged"].as_array().unwrap().iter().filter(|case| case["verdict"] == "weak-key") {
        let (door, entry) = (door(), Entry([1; 16]));
        let voice: [u8; 32] = unhex(&case["key"]).try_into().unwrap();
        let public = KeyPair::draw(&mut Random::from_system().unwrap()).public();
        let plaintext = aead::filled(&("Ada", voice, public, 0u8, [0; 64]));
        let sealed =
            aead::seal_with([1; 16], &door.card_key, &plaintext, &super::super::card::aad(door.room()));
        assert_eq!(Card::open(&door, &entry, &sealed), Err(SealError::WeakKey), "{}", case["name"]);
        weak += 1;
    }
    assert!(weak > 50);
}

// A chain is asked for while a word is under way.

#[test]
fn a_chain_is_handed_to_nobody_while_a_word_under_it_is_under_way() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "one");
    room.settle();
    room.say(0, "not for Eve");
    let payload = room.group(0).frames();
    let mut eve = ByHand::enters(&mut room, &door(), "Eve");
    let lack = eve.pair(Id(1)).outward.seal(&mut Random::from_system().unwrap(), &Passed::Lack).unwrap();
    room.hears(0, &DaemonFrame::Passed { from: eve.id, passed: &lack }.encode());
    room.settle();
    assert_eq!(eve.chain_of(&mut room, Id(1)), None);
    // It is, when the word is known to be said.
    let on = room.all[0].on.unwrap();
    room.daemon.hears_all(on, &payload);
    room.settle();
    assert_eq!(eve.chain_of(&mut room, Id(1)).unwrap().counter(), Ok(2));
}

// Work that a forger makes others do.

#[test]
fn forged_counters_cost_a_reader_128_steps_in_all_and_keep_nobody_from_being_read() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "one");
    room.settle();
    room.told(1);
    let forged = |counter: u32| [&0u32.to_be_bytes()[..], &counter.to_be_bytes(), &[7; 320]].concat();
    for (counter, why) in [
        (u32::MAX, SealError::TooFar),
        (1 + 129, SealError::TooFar),
        (1 + 128, SealError::Forged),
        (1 + 1, SealError::TooFar),
        (1, SealError::Forged),
        (0, SealError::Replayed),
    ] {
        room.hears(1, &DaemonFrame::Said { from: Id(1), payload: &forged(counter) }.encode());
        let told = room.told(1);
        let expected = vec![Happening::Unread { from: Id(1), why }];
        assert_eq!(told, if why == SealError::Replayed { vec![] } else { expected }, "{counter}");
    }
    room.say(0, "two");
    room.settle();
    assert_eq!(room.read(1), [(Id(1), "two".to_owned())]);
}

#[test]
fn what_a_member_makes_another_pass_is_bounded() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let eve = ByHand::enters(&mut room, &door(), "Eve");
    room.say(0, "hello");
    room.settle();
    let lack = eve.pair(Id(1)).outward.seal(&mut Random::from_system().unwrap(), &Passed::Lack).unwrap();
    let answers = |room: &mut Players| {
        for _ in 0..5 {
            let frame = DaemonFrame::Passed { from: eve.id, passed: &lack }.encode();
            room.hears(0, &frame);
        }
        room.group(0).frames().len()
    };
    assert_eq!(answers(&mut room), 1);
    room.ticks(9_999);
    assert_eq!(answers(&mut room), 0);
    room.ticks(1);
    assert_eq!(answers(&mut room), 1);

    // And so is how often a member tells that it lacks a chain.
    let unknown = |counter: u32| [&9u32.to_be_bytes()[..], &counter.to_be_bytes(), &[7; 320]].concat();
    let asks = |room: &mut Players| {
        for counter in 0..5 {
            let frame = DaemonFrame::Said { from: eve.id, payload: &unknown(counter) }.encode();
            room.hears(0, &frame);
        }
        room.group(0).frames().len()
    };
    assert_eq!(asks(&mut room), 1);
    room.ticks(9_999);
    assert_eq!(asks(&mut room), 0);
    room.ticks(1);
    assert_eq!(asks(&mut room), 1);
}

#[test]
fn more_members_than_a_room_can_have_are_not_believed() {
    let mut room = Players::of(&["Ada"]);
    let joined =
        |id: u64| DaemonFrame::Joined { id: Id(id), entry: Entry([1; 16]), card: card(&[1; 100]) }.encode();
    for id in 2..=SEATS_MOST as u64 {
        room.hears(0, &joined(id));
    }
    room.told(0);
    room.hears(0, &joined(SEATS_MOST as u64 + 1));
    assert_eq!(room.told(0), [Happening::Lie(Lie::TooMany)]);
    assert_eq!(room.group(0).members().len(), SEATS_MOST);
}

// Another password.

#[test]
fn who_was_put_out_does_not_come_back_by_the_old_door_with_the_daemon() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let mut random = Random::from_system().unwrap();
    let mallory = ByHand::enters(&mut room, &door(), "Mallory");
    let (new, password) = super::rooms::other_door(1);
    room.group(0).relock(new, password, &[Id(2)]).unwrap();
    room.settle();
    room.told(1);
    // With a card for the old door, which the daemon shows as a newcomer's.
    let (entry, voice) = (Entry([5; 16]), SigningKey::from_seed(&bytes("another voice")));
    let shown =
        Card { alias: "Mal".parse().unwrap(), voice: voice.public(), public: mallory.keys.public(), n: 0 };
    let sealed = shown.seal(&door(), &voice, &entry, &mut random);
    room.hears(1, &DaemonFrame::Joined { id: Id(9), entry, card: card(&sealed) }.encode());
    assert_eq!(room.told(1), [Happening::Unreadable { id: Id(9), why: SealError::Forged }]);
}

#[test]
fn a_door_of_who_has_no_right_or_for_another_list_is_not_taken() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let (new, password) = super::rooms::other_door(1);
    // Ben is no keeper: a daemon that helps him does what the honest one denies.
    room.group(1).relock(new.clone(), password.clone(), &[Id(1), Id(3)]).unwrap();
    room.daemon.keeper = Id(2);
    room.settle();
    let told = room.told(2);
    assert!(told.contains(&Happening::Lie(Lie::NoRight(Id(2)))), "{told:?}");
    assert!(matches!(told.as_slice(), [_, Happening::Relocked { without: Some(SealError::NoDoor), .. }, ..]));

    // The daemon leaves somebody out who should stay, or keeps somebody who should go.
    for staying in [vec![Id(1), Id(2)], vec![Id(1), Id(2), Id(3), Id(4)]] {
        let mut room = Players::of(&["Ada", "Ben", "Cleo", "Dora"]);
        room.group(0).relock(new.clone(), password.clone(), &[Id(2), Id(3)]).unwrap();
        let mut frames = intercepted(&mut room, 1);
        let position = frames.iter().position(|frame| frame[1] == 17).unwrap();
        let relocked = frames.remove(position);
        let Ok(DaemonFrame::Relocked { by, lock, heart, .. }) = DaemonFrame::decode(&relocked) else {
            panic!()
        };
        room.hears_all(1, &frames[..position]);
        room.hears(1, &DaemonFrame::Relocked { by, lock, heart, staying }.encode());
        let told = room.told(1);
        assert!(
            matches!(told.as_slice(), [Happening::Relocked { without: Some(SealError::NoDoor), .. }]),
            "{told:?}"
        );
    }
}
