//! The members of one room as one of them sees them: the keys it shares with each, the chains it
//! holds, and who holds its own. It decides who can read what is said next (protocol, section 2).

use std::collections::{BTreeMap, VecDeque};

use super::{Alias, Body, Card, Chain, Door, KeyPair, Pair, Passed, Random, SealError, TimedText};
use sanctuary_wire::{ClientFrame, Id, Passes, Seated, limits};

/// One's own keys in a room, and what one knows of the others.
#[derive(Debug)]
pub struct Group {
    door: Door,
    alias: Alias,
    own: KeyPair,
    random: Random,
    you: Option<Id>,
    others: BTreeMap<Id, Other>,
    chain: Chain,
    /// Somebody who may hold the chain has left since it was last used.
    stale: bool,
    /// What was said and has not come back yet.
    unheard: VecDeque<(Vec<u8>, Body)>,
}

#[derive(Debug)]
struct Other {
    card: Card,
    pair: Pair,
    chain: Option<Chain>,
    away: bool,
    holds_ours: bool,
}

/// What must be sent to say something: first the passes, each for one member, then the payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedMessage {
    /// One's chain, for those who do not hold it yet.
    pub passes: Vec<(Id, Vec<u8>)>,
    /// For the whole room.
    pub payload: Vec<u8>,
}

impl Group {
    /// Fresh keys, for one entry into the room behind `door`.
    #[must_use]
    pub fn new(door: Door, alias: Alias, mut random: Random) -> Self {
        let own = KeyPair::draw(&mut random);
        let chain = Chain::at(0, 0, random.secret());
        let (others, unheard) = (BTreeMap::new(), VecDeque::new());
        Self { door, alias, own, random, you: None, others, chain, stale: false, unheard }
    }

    /// The room's shared keys.
    #[must_use]
    pub fn door(&self) -> &Door {
        &self.door
    }

    /// One's own alias.
    #[must_use]
    pub fn alias(&self) -> &Alias {
        &self.alias
    }

    /// One's own card, sealed.
    pub fn card(&mut self) -> Vec<u8> {
        let card = Card { alias: self.alias.clone(), public: self.own.public() };
        card.seal(&self.door, &mut self.random)
    }

    /// Another member's card, if it is known and may be shown.
    #[must_use]
    pub fn member(&self, id: Id) -> Option<&Card> {
        self.others.get(&id).map(|other| &other.card)
    }

    /// Takes in a `welcome`, the first or one after a resume. After a resume the chain starts afresh,
    /// since nobody told who came, went or missed a pass meanwhile. Returns the members whose cards
    /// were refused, and why.
    pub fn welcome(&mut self, you: Id, members: &[Seated]) -> Vec<(Id, SealError)> {
        self.stale |= self.you.replace(you).is_some();
        self.unheard.clear();
        self.others.retain(|id, _| members.iter().any(|member| member.id == *id));
        let mut refused = Vec::new();
        for member in members.iter().filter(|member| member.id != you) {
            if !self.others.contains_key(&member.id)
                && let Err(error) = self.joined(member.id, &member.card)
            {
                refused.push((member.id, error));
            }
            if let Some(other) = self.others.get_mut(&member.id) {
                other.away = member.away;
            }
        }
        refused
    }

    /// Takes in a newcomer. One whose card is refused is not known here: it is neither shown, nor
    /// heard, nor given any key.
    pub fn joined(&mut self, id: Id, sealed_card: &[u8]) -> Result<&Card, SealError> {
        let card = Card::open(&self.door, sealed_card)?;
        let pair = Pair::agree(&self.door, &self.own, card.public)?;
        let other = Other { card, pair, chain: None, away: false, holds_ours: false };
        self.others.remove(&id);
        Ok(&self.others.entry(id).or_insert(other).card)
    }

    /// Somebody is out: the next word is said with a chain that it does not hold.
    pub fn left(&mut self, id: Id) {
        self.stale |= self.others.remove(&id).is_some();
    }

    /// Somebody's connection broke: a pass may have been lost, so it counts as not holding the chain.
    pub fn away(&mut self, id: Id) {
        if let Some(other) = self.others.get_mut(&id) {
            (other.away, other.holds_ours) = (true, false);
        }
    }

    /// Somebody is there again, perhaps without having been seen away: a seat can be resumed while
    /// its connection still lives, and passes on their way to that connection are lost.
    pub fn back(&mut self, id: Id) {
        if let Some(other) = self.others.get_mut(&id) {
            (other.away, other.holds_ours) = (false, false);
        }
    }

    /// A pass was denied: nobody knows who holds the chain, so everyone is given it anew.
    pub fn passes_denied(&mut self) {
        self.stale = true;
    }

    /// Seals a message for everyone who is seen in the room.
    pub fn message(&mut self, said: TimedText) -> Result<SealedMessage, SealError> {
        self.speak(Body::Message(said))
    }

    /// Seals a farewell for everyone who is seen in the room.
    pub fn farewell(&mut self, said: TimedText) -> Result<SealedMessage, SealError> {
        self.speak(Body::Farewell(said))
    }

    fn speak(&mut self, body: Body) -> Result<SealedMessage, SealError> {
        if self.stale {
            let generation = self.chain.generation().checked_add(1).ok_or(SealError::Exhausted)?;
            self.chain = Chain::at(generation, 0, self.random.secret());
            self.others.values_mut().for_each(|other| other.holds_ours = false);
            self.stale = false;
        }
        let mut passes = Vec::new();
        for (id, other) in self.others.iter_mut().filter(|(_, other)| !other.away && !other.holds_ours) {
            passes.push((*id, other.pair.pass_chain(&mut self.random, &self.chain)));
            other.holds_ours = true;
        }
        let payload = self.chain.seal(&self.door, self.own.public(), &mut self.random, &body)?;
        self.unheard.push_back((payload.clone(), body));
        Ok(SealedMessage { passes, payload })
    }

    /// Seals a whisper.
    pub fn whisper(&mut self, to: Id, said: &TimedText) -> Result<Vec<u8>, SealError> {
        let other = self.others.get_mut(&to).ok_or(SealError::NoSuchMember)?;
        other.pair.whisper(&mut self.random, said)
    }

    /// Opens a `said`, one's own too, which is given back as it was sealed. Nothing for a body of a
    /// later version.
    pub fn said(&mut self, from: Id, payload: &[u8]) -> Result<Option<Body>, SealError> {
        if self.you == Some(from) {
            let at = self.unheard.iter().position(|(sent, _)| sent == payload).ok_or(SealError::Replayed)?;
            // Those sent before it that did not come back were denied.
            return Ok(self.unheard.drain(..=at).next_back().map(|(_, body)| body));
        }
        let other = self.others.get_mut(&from).ok_or(SealError::NoSuchMember)?;
        let chain = other.chain.as_mut().ok_or(SealError::NoChain)?;
        chain.open(&self.door, other.card.public, payload)
    }

    /// Opens a `passed`: a chain is kept, a whisper given back.
    pub fn passed(&mut self, from: Id, passed: &[u8]) -> Result<Option<TimedText>, SealError> {
        let other = self.others.get_mut(&from).ok_or(SealError::NoSuchMember)?;
        match other.pair.open(passed)? {
            Some(Passed::Chain(chain)) => match &mut other.chain {
                Some(known) => known.renew(chain).map(|()| None),
                unknown => {
                    *unknown = Some(chain);
                    Ok(None)
                }
            },
            Some(Passed::Whisper(said)) => Ok(Some(said)),
            None => Ok(None),
        }
    }
}

impl SealedMessage {
    /// The frames to send, in order: as many `pass` frames as `largest` bytes for each ask for, and
    /// the `say` frame.
    #[must_use]
    pub fn frames(&self, largest: usize) -> Vec<Vec<u8>> {
        let mut frames = Vec::new();
        let mut rest = self.passes.as_slice();
        while !rest.is_empty() {
            let mut size = limits::OVERHEAD;
            let fits = |(_, passed): &&(Id, Vec<u8>)| {
                size += passed.len() + limits::OVERHEAD;
                size <= largest
            };
            // One at the least, however large it is.
            let count = rest.iter().take(limits::PASSES_MOST).take_while(fits).count().max(1);
            let (batch, after) = rest.split_at(count);
            let batch: Vec<_> = batch.iter().map(|(id, passed)| (*id, passed.as_slice())).collect();
            frames.extend(Passes::try_from(batch).map(|passes| ClientFrame::Pass(passes).encode()));
            rest = after;
        }
        frames.push(ClientFrame::Say { payload: &self.payload }.encode());
        frames
    }
}
