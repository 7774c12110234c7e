//! A member's chain: one key for each message, each made from the one before, none from a later one.

use super::hkdf::hkdf;
use super::{Body, Door, Public, Random, SealError, Secret, aead};
use sanctuary_wire::{RoomId, cbor};

/// The most steps forward that a reader takes for one sender, in all. A reader that misses a
/// message is passed the chain anew, so honest senders need next to none; a forged counter costs
/// its steps and gets nowhere.
pub const MAX_SKIP: u32 = 10_000;

/// A chain at one counter. Its former values are overwritten, so that it opens nothing from before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    generation: u32,
    counter: u32,
    key: Secret<32>,
    /// Steps taken past messages that did not come, in this generation and all before.
    skipped: u32,
}

impl Chain {
    pub(super) fn at(generation: u32, counter: u32, key: Secret<32>) -> Self {
        Self { generation, counter, key, skipped: 0 }
    }

    /// Counts the sender's fresh starts.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// The number of the next message within the generation, from 0.
    #[must_use]
    pub fn counter(&self) -> u32 {
        self.counter
    }

    pub(super) fn key(&self) -> &Secret<32> {
        &self.key
    }

    pub(super) fn message_key(&self, door: &Door) -> Secret<64> {
        hkdf(&door.room_salt, &self.key.0, b"sanctuary/1 message")
    }

    pub(super) fn step(&mut self, door: &Door) -> Result<(), SealError> {
        self.counter = self.counter.checked_add(1).ok_or(SealError::Exhausted)?;
        self.key = hkdf(&door.room_salt, &self.key.0, b"sanctuary/1 chain");
        Ok(())
    }

    /// Seals what its owner says, and steps on.
    pub(super) fn seal(
        &mut self,
        door: &Door,
        own: Public,
        random: &mut Random,
        body: &Body,
    ) -> Result<Vec<u8>, SealError> {
        self.seal_with(door, own, random.bytes(), &body.plaintext())
    }

    pub(super) fn seal_with(
        &mut self,
        door: &Door,
        own: Public,
        iv: [u8; 16],
        plaintext: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let (generation, counter, key) = (self.generation, self.counter, self.message_key(door));
        self.step(door)?;
        let aad = aad(door.room(), own, generation, counter);
        let sealed = aead::seal_with(iv, &key, plaintext, &aad);
        Ok([generation.to_be_bytes().as_slice(), &counter.to_be_bytes(), &sealed].concat())
    }

    /// Opens a message of the chain's owner and steps past it: nothing for a body of a later version.
    /// Forged bytes do not move the chain.
    pub fn open(&mut self, door: &Door, from: Public, payload: &[u8]) -> Result<Option<Body>, SealError> {
        let (generation, counter, sealed) = split(payload)?;
        if generation != self.generation {
            return Err(if generation < self.generation { SealError::Replayed } else { SealError::NoChain });
        }
        let steps = counter.checked_sub(self.counter).ok_or(SealError::Replayed)?;
        let skipped = self.skipped.saturating_add(steps);
        if skipped > MAX_SKIP {
            return Err(SealError::TooFar);
        }
        self.skipped = skipped;
        let mut ahead = self.clone();
        for _ in 0..steps {
            ahead.step(door)?;
        }
        let aad = aad(door.room(), from, generation, counter);
        let plaintext = aead::open(&ahead.message_key(door), sealed, &aad)?;
        ahead.step(door)?;
        *self = ahead;
        Body::read(&plaintext)
    }

    /// Takes over the chain as its owner passed it, unless that would turn back.
    pub fn renew(&mut self, mut passed: Chain) -> Result<(), SealError> {
        if (passed.generation, passed.counter) < (self.generation, self.counter) {
            return Err(SealError::Replayed);
        }
        // Else a fresh chain would buy fresh steps.
        passed.skipped = self.skipped;
        *self = passed;
        Ok(())
    }
}

/// Generation, counter and box of a payload.
fn split(payload: &[u8]) -> Result<(u32, u32, &[u8]), SealError> {
    let (generation, rest) = payload.split_first_chunk().ok_or(SealError::Malformed)?;
    let (counter, sealed) = rest.split_first_chunk().ok_or(SealError::Malformed)?;
    Ok((u32::from_be_bytes(*generation), u32::from_be_bytes(*counter), sealed))
}

fn aad(room: RoomId, from: Public, generation: u32, counter: u32) -> Vec<u8> {
    cbor::encode(&("say", room, from.0, generation, counter))
}
