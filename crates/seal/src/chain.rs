//! A member's chain: one key for each message, each made from the one before, none from a later one.

use std::cmp::Ordering;

use super::{RoomSalt, SealError, Secret};

/// The most steps that a reader takes along one chain, as it was handed over, past messages that it
/// did not get. Forged counters spend them, too: they cost so many steps in all, and get nowhere.
pub const MAX_SKIP: u64 = 128;

/// A chain at one counter. Its former values are overwritten, so that it opens nothing from before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    generation: u32,
    /// Below 2³²; there, the chain is used up.
    counter: u64,
    key: Secret<32>,
}

impl Chain {
    pub(super) fn at(generation: u32, counter: u32, key: Secret<32>) -> Self {
        Self { generation, counter: counter.into(), key }
    }

    /// A new generation, which goes on where this one ends.
    pub(super) fn renewed(&self, key: Secret<32>) -> Result<Self, SealError> {
        let generation = self.generation.checked_add(1).ok_or(SealError::Exhausted)?;
        Ok(Self { generation, counter: self.counter, key })
    }

    /// Counts the sender's fresh starts.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// The number of the next message, from 0 through the whole stay.
    pub fn counter(&self) -> Result<u32, SealError> {
        self.counter.try_into().map_err(|_| SealError::Exhausted)
    }

    pub(super) fn key(&self) -> &Secret<32> {
        &self.key
    }

    pub(super) fn message_key(&self, salt: &RoomSalt) -> Secret<64> {
        salt.derive(&self.key.0, b"sanctuary/1 message")
    }

    pub(super) fn step(&mut self, salt: &RoomSalt) {
        self.counter += 1;
        self.key = salt.derive(&self.key.0, b"sanctuary/1 chain");
    }
}

/// Another member's chain, as one reads along it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    handed: Option<Chain>,
    /// Steps taken along it past messages that did not come.
    skipped: u64,
    /// Above all counters that were opened, of whatever chain.
    next: u64,
    /// Whether all messages from `next` on were to be read here.
    follows: bool,
}

impl Reading {
    /// Takes over a chain as its owner handed it out, unless that would turn back.
    pub fn take(&mut self, handed: Chain) -> Result<(), SealError> {
        if let Some(known) = &self.handed
            && (handed.generation, handed.counter) < (known.generation, known.counter)
        {
            return Err(SealError::Replayed);
        }
        if !self.follows {
            (self.next, self.follows) = (self.next.max(handed.counter), true);
        }
        (self.handed, self.skipped) = (Some(handed), 0);
        Ok(())
    }

    /// Messages may have been said that nobody had to expect: the next are read by a chain that is
    /// handed out since.
    pub fn forget(&mut self) {
        (self.handed, self.follows) = (None, false);
    }

    /// The chain at the place of a payload, on which nothing is spent but steps.
    pub(super) fn ahead(
        &mut self,
        salt: &RoomSalt,
        generation: u32,
        counter: u32,
    ) -> Result<Chain, SealError> {
        let counter = u64::from(counter);
        if counter < self.next {
            return Err(SealError::Replayed);
        }
        let chain = self.handed.as_ref().ok_or(SealError::NoChain)?;
        match generation.cmp(&chain.generation) {
            Ordering::Less => return Err(SealError::Replayed),
            Ordering::Greater => return Err(SealError::NoChain),
            Ordering::Equal => {}
        }
        let steps = counter.checked_sub(chain.counter).ok_or(SealError::Replayed)?;
        if self.skipped + steps > MAX_SKIP {
            return Err(SealError::TooFar);
        }
        self.skipped += steps;
        let mut ahead = chain.clone();
        (0..steps).for_each(|_| ahead.step(salt));
        Ok(ahead)
    }

    /// Goes past a message that was opened with this chain. Returns how many should have come between
    /// it and the one that was opened before.
    pub(super) fn pass(&mut self, salt: &RoomSalt, mut opened: Chain) -> u64 {
        let between = if self.follows { opened.counter - self.next } else { 0 };
        (self.next, self.follows) = (opened.counter + 1, true);
        opened.step(salt);
        self.handed = Some(opened);
        between
    }

    #[cfg(test)]
    pub(super) fn chain(&self) -> Option<&Chain> {
        self.handed.as_ref()
    }
}
