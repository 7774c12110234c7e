//! The attacker who was a member: it has kept every key and every frame, gets all frames since from the daemon,
//! and tries whatever can be made of what it has.

use sanctuary_wire::{DaemonFrame, Id, cbor};

use super::super::hkdf::expand;
use super::super::*;
use super::by_hand::ByHand;
use super::room::{Players, message};
use super::vectors::door;

/// What keys are derived under, and what somebody might have thought of.
const LABELS: &[&str] = &[
    "sanctuary/1 chain",
    "sanctuary/1 message",
    "sanctuary/1 gate",
    "sanctuary/1 card",
    "sanctuary/1 alias",
    "sanctuary/1 salt",
    "sanctuary/1 pair",
    "sanctuary/1 generation",
    "pair",
    "chain",
    "generation",
    "",
];

/// Keys of whatever length, with everything that follows from each by one more derivation.
struct Held {
    salt: RoomSalt,
    keys: Vec<Vec<u8>>,
    infos: Vec<Vec<u8>>,
}

impl Held {
    /// A member's own keys, those of the door and of the heart.
    fn of(member: &ByHand, heart: &Heart, others: &[Id]) -> Self {
        let door = door();
        let mut keys = vec![door.key().0.to_vec(), door.card_key.0.to_vec(), heart.secret.0.to_vec()];
        keys.extend([member.salt.bytes().to_vec(), member.keys.secret.to_bytes().to_vec(), vec![0; 32]]);
        let mut infos: Vec<Vec<u8>> = LABELS.iter().map(|label| label.as_bytes().to_vec()).collect();
        infos.extend([vec![0], vec![1], 1u32.to_be_bytes().to_vec()]);
        let side = |voice: Voice, public: Public| (voice.to_bytes(), public.to_bytes());
        let mut sides = vec![side(member.voice.public(), member.keys.public())];
        for id in others {
            let card = &member.cards[id];
            keys.push(member.keys.agree(card.public).unwrap().as_bytes().to_vec());
            keys.extend([card.public.to_bytes().to_vec(), card.voice.to_bytes().to_vec()]);
            sides.push(side(card.voice, card.public));
        }
        for from in &sides {
            for to in &sides {
                infos.push(cbor::encode(&("pair", door.room(), from.0, from.1, to.0, to.1)));
            }
        }
        Self { salt: member.salt.clone(), keys, infos }
    }

    /// A chain that was passed, and 100 steps of it.
    fn keep(&mut self, mut chain: Chain) {
        for _ in 0..100 {
            self.keys.extend([chain.key().0.to_vec(), chain.message_key(&self.salt).0.to_vec()]);
            chain.step(&self.salt);
        }
    }

    /// Every key that it has or makes, of 64 bytes: the first 32 are one, too.
    fn tried(&self) -> Vec<Secret<64>> {
        let mut tried = Vec::new();
        for key in &self.keys {
            let mut plain = Secret::blank();
            let length = key.len().min(64);
            plain.0[..length].copy_from_slice(&key[..length]);
            tried.push(plain);
            tried.extend(self.infos.iter().map(|info| self.salt.derive(key, info)));
            if let Ok(key) = key.as_slice().try_into() {
                tried.extend(LABELS.iter().map(|label| expand(&Secret(key), label)));
            }
        }
        tried
    }

    /// Whether anything that is tried, as a chain at the message's own place, opens it.
    fn reads(&self, from: Voice, payload: &[u8]) -> bool {
        let number = |at: usize| u32::from_be_bytes(payload[at..at + 4].try_into().unwrap());
        self.tried().iter().any(|key| {
            let mut reading = Reading::default();
            reading.take(Chain::at(number(0), number(4), Secret(key.0[..32].try_into().unwrap()))).unwrap();
            say::open(&self.salt, &mut reading, from, payload).is_ok()
        })
    }

    /// Whether anything that is tried opens what was passed.
    fn opens(&self, passed: &[u8]) -> bool {
        let aad = cbor::encode(&("pass", self.salt.room()));
        self.tried().iter().any(|key| aead::open(key, passed, &aad).is_ok())
    }
}

/// Payloads, and what is passed to whom.
type Spoken = (Vec<Vec<u8>>, Vec<(Id, Vec<u8>)>);

/// What Ada says and passes, as the daemon has it.
fn spoken(room: &mut Players, deed: impl FnOnce(&mut Players)) -> Spoken {
    deed(room);
    let frames = room.group(0).frames();
    let (mut said, mut passed) = (vec![], vec![]);
    for frame in &frames {
        match sanctuary_wire::ClientFrame::decode(frame).unwrap() {
            sanctuary_wire::ClientFrame::Say { payload } => said.push(payload.to_vec()),
            sanctuary_wire::ClientFrame::Pass(several) => {
                passed.extend(several.iter().map(|(to, passed)| (*to, passed.to_vec())));
            }
            _ => {}
        }
        let on = room.all[0].on.unwrap();
        room.daemon.hears(on, frame);
    }
    room.settle();
    (said, passed)
}

#[test]
fn who_was_removed_opens_nothing_with_all_that_it_ever_held() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let mut cleo = ByHand::enters(&mut room, &door(), "Cleo");
    let heart = room.group(0).heart().unwrap().clone();
    let mut held = Held::of(&cleo, &heart, &[Id(1), Id(2)]);
    let ada = cleo.cards[&Id(1)].voice;
    let (said, passed) = spoken(&mut room, |room| room.say(0, "while she is there"));
    // Her tries open all that she might read.
    assert!(held.opens(&passed.iter().find(|(to, _)| *to == cleo.id).unwrap().1));
    held.keep(cleo.chain_of(&mut room, Id(1)).unwrap());
    assert!(held.reads(ada, &said[0]));

    let now = room.now;
    room.group(0).kick(cleo.id, now).unwrap();
    room.settle();
    room.told(1);
    for text in ["when she has gone", "still"] {
        let (said, passed) = spoken(&mut room, |room| room.say(0, text));
        assert!(passed.iter().all(|(to, passed)| *to == Id(2) && !held.opens(passed)), "the chain of {text}");
        assert!(!held.reads(ada, &said[0]), "{text}");
    }
    let (_, passed) = spoken(&mut room, |room| {
        room.group(0).whisper(Id(2), message("just us")).unwrap();
    });
    assert!(!held.opens(&passed[0].1));
    assert_eq!(room.read(1).len(), 2);
}

/// With the new password, it would read what was said since; with the old one, nothing.
#[test]
fn who_was_left_out_by_a_relock_opens_neither_boxes_nor_cards_nor_the_heart() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let cleo = ByHand::enters(&mut room, &door(), "Cleo");
    let old = room.group(0).heart().unwrap().clone();
    let held = Held::of(&cleo, &old, &[Id(1), Id(2)]);
    let (new, password) = super::rooms::other_door(1);
    room.group(0).relock(new.clone(), password, &[Id(2)]).unwrap();
    while room.up(0) {}
    let on = room.all[1].on.unwrap();
    let frames: Vec<_> = room.daemon.down[&on].iter().cloned().collect();
    room.settle();
    let opens = |sealed: &[u8], aads: &[Vec<u8>]| {
        held.tried().iter().any(|key| aads.iter().any(|aad| aead::open(key, sealed, aad).is_ok()))
    };
    let (id, mut seen) = (door().room(), 0);
    for frame in &frames {
        match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Boxed { door, .. } => {
                assert!(!opens(&door.0[32..], &[cbor::encode(&("box", id, 1u8))]));
                seen += 1;
            }
            DaemonFrame::Relocked { heart: sealed, .. } => {
                assert!(!opens(&sealed, &[heart::aad(id)]) && Heart::open(&new, &sealed).is_ok());
                seen += 1;
            }
            _ => {}
        }
    }
    assert_eq!(seen, 2);
    for seat in &room.daemon.seats {
        assert!(!opens(&seat.card, &[card::aad(id)]) && Card::open(&new, &seat.entry, &seat.card).is_ok());
    }
}
