//! Where secrets come from: each is a draw of its own from the source, and nothing else goes into it.

use super::super::*;
use super::by_hand::{ByHand, words};
use super::vectors::first_door;
use sanctuary_wire::Id;

/// What a source gives, draw by draw: a short draw is the beginning of a long one.
struct Draws(Vec<[u8; 32]>);

impl Draws {
    fn of(seed: [u8; 32]) -> Self {
        let mut random = Random::of(seed);
        Self((0..100).map(|_| random.bytes()).collect())
    }

    /// Holds that these bytes are a draw, and that nothing else was made of it.
    fn spend(&mut self, bytes: &[u8], what: &str) {
        let draw = self.0.iter().position(|draw| draw.starts_with(bytes));
        self.0.remove(draw.unwrap_or_else(|| panic!("{what} is no draw of its own")));
    }

    /// The same of the secret behind a public key.
    fn spend_secret(&mut self, public: Public) {
        let is_behind = |draw: &[u8; 32]| KeyPair::from_secret((*draw).into()).public() == public;
        self.0.remove(self.0.iter().position(is_behind).expect("the X25519 secret is no draw"));
    }
}

fn ada(seed: [u8; 32]) -> (Group, Public, Vec<u8>) {
    let mut ada = Group::new(first_door(), "Ada".parse().unwrap(), Random::of(seed));
    let card = ada.card();
    let public = Card::open(&first_door(), &card).unwrap().public;
    (ada, public, card)
}

#[test]
fn every_secret_and_every_iv_is_a_draw_of_its_own() {
    let mut draws = Draws::of([7; 32]);
    let (mut ada, public, card) = ada([7; 32]);
    draws.spend_secret(public);
    draws.spend(&card[..16], "the IV of a card");
    let mut ben = ByHand::enters(&mut ada, public, 2, "Ben");
    for (count, id) in (3..6).enumerate() {
        // Somebody who leaves before the next generation.
        let other = ByHand::enters(&mut ada, public, id, "Cleo");
        let sealed = ada.message(words("one")).unwrap();
        let chain = ben.chain(&sealed);
        assert_eq!((chain.generation() as usize, chain.counter()), (count, 0));
        draws.spend(&chain.key().0, "the chain of a generation");
        assert_eq!(sealed.passes.len(), 2);
        for (_, passed) in &sealed.passes {
            draws.spend(&passed[..16], "the IV of a pass");
        }
        draws.spend(&sealed.payload[8..24], "the IV of a message");
        let farewell = ada.farewell(words("two")).unwrap();
        draws.spend(&farewell.payload[8..24], "the IV of a farewell");
        let whisper = ada.whisper(Id(2), &words("psst")).unwrap();
        draws.spend(&whisper[..16], "the IV of a whisper");
        ada.left(other.id);
    }
    // A denied pass and a fresh welcome make generations as well.
    ada.passes_denied();
    let sealed = ada.message(words("three")).unwrap();
    draws.spend(&ben.chain(&sealed).key().0, "the chain after a denied pass");
}

/// All that an attacker could know beforehand is the same here: room, password, alias, and what is said to whom.
#[test]
fn two_of_one_alias_behind_one_door_have_no_secret_in_common() {
    let keys = [[1; 32], [2; 32]].map(|seed| {
        let (mut ada, public, _) = ada(seed);
        let mut ben = ByHand::enters(&mut ada, public, 2, "Ben");
        let first = ben.chain(&ada.message(words("one")).unwrap());
        ada.passes_denied();
        let second = ben.chain(&ada.message(words("one")).unwrap());
        [public.0, first.key().0, second.key().0]
    });
    let parts: Vec<&[u8]> = keys.as_flattened().iter().flat_map(|key| key.chunks(4)).collect();
    let apart: std::collections::HashSet<_> = parts.iter().collect();
    assert_eq!(apart.len(), parts.len(), "four bytes stand in two of these keys");
}

#[test]
fn a_key_pair_is_made_of_the_whole_draw() {
    let drawn = KeyPair::draw(&mut Random::of([7; 32]));
    assert_eq!(drawn.secret.to_bytes(), Random::of([7; 32]).secret::<32>().0);
}

/// 40 and 80 bits: every bit of a room key is drawn, and of a password every symbol at every place.
#[test]
fn room_keys_and_passwords_are_drawn_whole() {
    let mut random = Random::from_system().unwrap();
    let (mut ones, mut zeros) = ([0; 5], [0; 5]);
    let mut symbols = vec![std::collections::HashSet::new(); 16];
    for _ in 0..1500 {
        for (at, byte) in RoomKey::draw(&mut random).room().0.into_iter().enumerate() {
            ones[at] |= byte;
            zeros[at] |= !byte;
        }
        let password = Password::generate(&mut random).write().replace('-', "");
        for (seen, symbol) in symbols.iter_mut().zip(password.chars()) {
            seen.insert(symbol);
        }
    }
    assert_eq!((ones, zeros), ([0xff; 5], [0xff; 5]));
    assert!(symbols.iter().all(|seen| seen.len() == 32), "{symbols:?}");
}
