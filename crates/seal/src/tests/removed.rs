//! The attacker who was a member: it has kept every key and every frame, gets all frames since from the daemon,
//! and tries whatever can be made of what it has.

use super::super::hkdf::{expand, hkdf};
use super::super::pair::Direction;
use super::super::*;
use super::by_hand::{ByHand, words};
use super::vectors::{bytes, first_door, vectors};
use sanctuary_wire::{Id, cbor};

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
    door: Door,
    keys: Vec<Vec<u8>>,
    infos: Vec<Vec<u8>>,
}

impl Held {
    /// A member's own keys, and those of the door.
    fn of(member: &ByHand, other: Public) -> Self {
        let door = &vectors()["doors"][0];
        let mut keys: Vec<Vec<u8>> = ["door", "gate_seed", "card_key", "alias_key", "room_salt"]
            .iter()
            .map(|name| bytes(&door[*name]))
            .collect();
        let secret = &member.keys.secret;
        let shared = secret.diffie_hellman(&x25519_dalek::PublicKey::from(other.0));
        keys.extend([secret.to_bytes().to_vec(), shared.to_bytes().to_vec(), vec![0; 32]]);
        keys.extend([member.keys.public().0.to_vec(), other.0.to_vec()]);
        let mut infos: Vec<Vec<u8>> = LABELS.iter().map(|label| label.as_bytes().to_vec()).collect();
        infos.extend([vec![0], vec![1], 1u32.to_be_bytes().to_vec(), other.0.to_vec()]);
        for (from, to) in [(other, member.keys.public()), (member.keys.public(), other)] {
            infos.push(cbor::encode(&("pair", from.0, to.0)));
        }
        Self { door: first_door(), keys, infos }
    }

    /// A chain that was passed, and 100 steps of it.
    fn keep(&mut self, mut chain: Chain) {
        for _ in 0..100 {
            self.keys.extend([chain.key().0.to_vec(), chain.message_key(&self.door).0.to_vec()]);
            chain.step(&self.door).unwrap();
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
            tried.extend(self.infos.iter().map(|info| hkdf(&self.door.room_salt, key, info)));
            if let Ok(key) = key.as_slice().try_into() {
                tried.extend(LABELS.iter().map(|label| expand(&Secret(key), label)));
            }
        }
        tried
    }

    /// Whether anything that is tried, as a chain at the message's own place, opens it.
    fn reads(&self, from: Public, payload: &[u8]) -> bool {
        let number = |at: usize| u32::from_be_bytes(payload[at..at + 4].try_into().unwrap());
        self.tried().iter().any(|key| {
            let key = Secret(key.0[..32].try_into().unwrap());
            Chain::at(number(0), number(4), key).open(&self.door, from, payload).is_ok()
        })
    }

    /// Whether anything that is tried, as the key of that pair and direction, opens what was passed.
    fn opens(&self, direction: &Direction, passed: &[u8]) -> bool {
        self.tried().iter().any(|key| aead::open(key, passed, &direction.aad).is_ok())
    }
}

#[test]
fn who_was_removed_opens_nothing_with_all_that_it_ever_held() {
    let door = first_door();
    let mut ada = Group::new(door.clone(), "Ada".parse().unwrap(), Random::from_system().unwrap());
    let public = Card::open(&door, &ada.card()).unwrap().public;
    let mut ben = ByHand::enters(&mut ada, public, 2, "Ben");
    let mut cleo = ByHand::enters(&mut ada, public, 3, "Cleo");
    let mut held = Held::of(&cleo, public);
    let before = ada.message(words("while she is there")).unwrap();
    // Her tries open all that she might read.
    assert!(held.opens(&direction(public, &cleo), cleo.passed(&before)));
    held.keep(cleo.chain(&before));
    assert!(held.reads(public, &before.payload));

    ada.left(Id(3));
    let after = ada.message(words("when she has gone")).unwrap();
    let whisper = ada.whisper(Id(2), &words("just us")).unwrap();
    let later = ada.message(words("still")).unwrap();
    assert_eq!(after.passes.iter().map(|(to, _)| *to).collect::<Vec<_>>(), [Id(2)]);
    assert!(!held.reads(public, &after.payload), "a message of the next generation");
    assert!(!held.reads(public, &later.payload), "a later one");
    assert!(!held.opens(&direction(public, &ben), ben.passed(&after)), "the chain for somebody else");
    assert!(!held.opens(&direction(public, &ben), &whisper), "a whisper to somebody else");
    assert_eq!(
        ben.chain(&after).open(&door, public, &after.payload),
        Ok(Some(Body::Message(words("when she has gone"))))
    );
}

/// What is authenticated beside the boxes from one member to another.
fn direction(from: Public, to: &ByHand) -> Direction {
    Direction::new(&first_door(), &[], from, to.keys.public())
}
