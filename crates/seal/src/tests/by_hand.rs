//! Members played by hand, so that their keys are at hand.

use super::super::*;
use super::vectors::first_door;
use sanctuary_wire::Id;

pub(super) fn words(text: &str) -> TimedText {
    TimedText { at: 1, text: text.into() }
}

/// Another member, as one who knows of the group's owner only what the card shows.
pub(super) struct ByHand {
    pub(super) id: Id,
    pub(super) keys: KeyPair,
    pub(super) pair: Pair,
}

impl ByHand {
    pub(super) fn enters(group: &mut Group, of: Public, id: u64, alias: &str) -> Self {
        let (door, id, mut random) = (first_door(), Id(id), Random::from_system().unwrap());
        let keys = KeyPair::draw(&mut random);
        let card = Card { alias: alias.parse().unwrap(), public: keys.public() };
        group.joined(id, &card.seal(&door, &mut random)).unwrap();
        let pair = Pair::agree(&door, &keys, of).unwrap();
        Self { id, keys, pair }
    }

    /// What was passed to it with a message.
    pub(super) fn passed<'a>(&self, sealed: &'a SealedMessage) -> &'a [u8] {
        &sealed.passes.iter().find(|(to, _)| *to == self.id).unwrap().1
    }

    /// The chain that was passed to it.
    pub(super) fn chain(&mut self, sealed: &SealedMessage) -> Chain {
        let passed = self.pair.open(self.passed(sealed));
        let Ok(Some(Passed::Chain(chain))) = passed else { panic!("no chain: {passed:?}") };
        chain
    }
}
