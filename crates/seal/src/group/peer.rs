//! Another member, as one knows it.

use sanctuary_wire::Entry;

use super::super::pair::Side;
use super::super::{Card, KeyPair, Pair, PassKey, Passed, Reading, RoomSalt, SealError, Voice};

/// Milliseconds for which what was passed under keys that have been renewed is still opened.
pub const FORMER_MS: u64 = 120_000;

/// Former keys that are kept of one member: more than an honest daemon lets two members make in that time.
pub(super) const FORMER_MOST: usize = 16;

/// Somebody who has a seat.
#[derive(Debug)]
pub(super) struct Peer {
    pub(super) entry: Entry,
    /// The count when it joined; 0 where that was before one's own time.
    pub(super) since: u64,
    pub(super) state: State,
    /// A card of it was refused.
    pub(super) was_refused: bool,
    /// While it is not ready, to be tried again.
    pub(super) sealed: Option<Box<[u8]>>,
    /// Since a card of it was accepted. Its counters are kept even where it is refused later, so that
    /// nothing comes twice.
    pub(super) known: Option<Box<Known>>,
}

/// What is thought of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Accepted,
    /// Its card is sealed for another door.
    NotReady,
    Refused(SealError),
}

impl State {
    /// Why it is not heard.
    pub(super) fn why(self) -> Option<SealError> {
        match self {
            Self::Accepted => None,
            Self::NotReady => Some(SealError::NotReady),
            Self::Refused(why) => Some(why),
        }
    }
}

impl Peer {
    pub(super) fn accepted(&self) -> Option<&Known> {
        if self.state == State::Accepted { self.known.as_deref() } else { None }
    }

    pub(super) fn accepted_mut(&mut self) -> Result<&mut Known, SealError> {
        match (self.state.why(), &mut self.known) {
            (None, Some(known)) => Ok(known),
            (why, _) => Err(why.unwrap_or(SealError::NoSuchMember)),
        }
    }
}

/// What is shared with a member.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug)]
pub(super) struct Known {
    pub(super) card: Card,
    pair: Pair,
    /// What it may still be sealing under, oldest first, and until when.
    former: Vec<(PassKey, u64)>,
    pub(super) reading: Reading,
    /// The count at its last message: it never sees less than it has seen.
    pub(super) count: u64,
    /// Messages of it that could not be read for want of its chain since the last that could.
    pub(super) unread: u64,
    /// It holds one's own chain of the present generation.
    pub(super) holds: bool,
    /// The counter of the next whisper to it.
    pub(super) next_whisper: u64,
    /// Above the counter of the last whisper that it said it had got, and how many it had then.
    pub(super) arrived: (u64, u64),
    /// Above the counters of all whispers of it, and how many came.
    pub(super) heard: (u64, u64),
    pub(super) receipt: Receipt,
    /// When it was last told that one lacks its chain.
    pub(super) lack_told: Option<u64>,
    /// It lacks one's own chain, and is to be handed it.
    pub(super) asks: bool,
    /// When it last got one's own chain because it lacked it.
    pub(super) lack_answered: Option<u64>,
    /// It has said a word since one's last `welcome` that it had sealed before.
    pub(super) crossed: bool,
    /// It was told already that what it sees differs.
    pub(super) differs: bool,
}

/// What it is to be told of its whispers.
#[derive(Debug, Default)]
pub(super) struct Receipt {
    pub(super) is_due: bool,
    /// Not before.
    pub(super) after: u64,
}

impl Known {
    pub(super) fn new(card: Card, pair: Pair) -> Self {
        Self {
            card,
            pair,
            former: Vec::new(),
            reading: Reading::default(),
            unread: 0,
            holds: false,
            next_whisper: 0,
            arrived: (0, 0),
            heard: (0, 0),
            count: 0,
            receipt: Receipt::default(),
            lack_told: None,
            asks: false,
            lack_answered: None,
            crossed: false,
            differs: false,
        }
    }

    /// Voice and public key.
    pub(super) fn side(&self) -> Side {
        (self.card.voice, self.card.public)
    }

    /// What one passes to it is sealed under this key.
    pub(super) fn outward(&self) -> &PassKey {
        &self.pair.outward
    }

    /// Agrees anew, since one of the two has another public key. Passes under way are still opened.
    pub(super) fn agree(
        &mut self,
        salt: &RoomSalt,
        voice: Voice,
        own: &KeyPair,
        now: u64,
    ) -> Result<(), SealError> {
        let pair = Pair::agree(salt, voice, own, self.side())?;
        // The key of what one passes to it goes at once.
        let former = std::mem::replace(&mut self.pair, pair);
        if self.former.len() == FORMER_MOST {
            self.former.remove(0);
        }
        self.former.push((former.inward, now + FORMER_MS));
        Ok(())
    }

    /// Opens what it passed. The first under later keys ends those before.
    pub(super) fn open(&mut self, passed: &[u8], now: u64) -> Result<Option<Passed>, SealError> {
        self.forget(now);
        let mut result = self.pair.inward.open(passed);
        let mut at = self.former.len();
        while result == Err(SealError::Forged) && at > 0 {
            at -= 1;
            result = self.former[at].0.open(passed);
        }
        if result != Err(SealError::Forged) {
            self.former.drain(..at);
        }
        result
    }

    /// Forgets former keys whose time is over.
    pub(super) fn forget(&mut self, now: u64) {
        self.former.retain(|(_, until)| now < *until);
    }

    /// When the next former key is to be forgotten.
    pub(super) fn forget_at(&self) -> Option<u64> {
        self.former.first().map(|(_, until)| *until)
    }
}
