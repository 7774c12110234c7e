//! What one member passes to one other: chains and whispers.

use x25519_dalek::PublicKey;
use zeroize::Zeroizing;

use sanctuary_wire::cbor::{self, Reader};

use super::hkdf::hkdf;
use super::{Chain, Door, KeyPair, Public, Random, SealError, Secret, TimedText, aead};

/// What was passed, once it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passed {
    /// The sender's chain from a counter on.
    Chain(Chain),
    /// A whisper.
    Whisper(TimedText),
}

/// The keys of two members, one for each direction, and their whispers' counters.
#[derive(Clone, Debug)]
pub struct Pair {
    outward: Direction,
    inward: Direction,
}

/// One direction: its key, what is authenticated beside all that is sealed under it, and the lowest
/// counter that no whisper has used.
#[derive(Clone, Debug)]
pub(super) struct Direction {
    pub(super) key: Secret<64>,
    pub(super) aad: Vec<u8>,
    next: u64,
}

impl Pair {
    /// Agrees on the keys with another member. A public key that gives an all-zero result is refused
    /// (RFC 7748, 6.1).
    pub fn agree(door: &Door, own: &KeyPair, other: Public) -> Result<Self, SealError> {
        let shared = own.secret.diffie_hellman(&PublicKey::from(other.0));
        if !shared.was_contributory() {
            return Err(SealError::WeakKey);
        }
        Ok(Self {
            outward: Direction::new(door, shared.as_bytes(), own.public, other),
            inward: Direction::new(door, shared.as_bytes(), other, own.public),
        })
    }

    /// Seals one's own chain, at its present counter, for the other.
    pub fn pass_chain(&self, random: &mut Random, chain: &Chain) -> Vec<u8> {
        self.outward.seal(random, &chain_plaintext(chain))
    }

    /// Seals a whisper for the other.
    pub fn whisper(&mut self, random: &mut Random, said: &TimedText) -> Result<Vec<u8>, SealError> {
        let counter = self.outward.next;
        self.outward.next = counter.checked_add(1).ok_or(SealError::Exhausted)?;
        Ok(self.outward.seal(random, &whisper_plaintext(counter, said)))
    }

    /// Opens what the other passed: nothing for a body of a later version, which is passed over. A
    /// whisper is refused if its counter does not rise.
    pub fn open(&mut self, passed: &[u8]) -> Result<Option<Passed>, SealError> {
        let plaintext = aead::open(&self.inward.key, passed, &self.inward.aad)?;
        let mut reader = Reader::new(&plaintext);
        match reader.head()? {
            (0, 3) => {
                let chain = Chain::at(reader.read()?, reader.read()?, Secret(reader.read()?));
                aead::end(&reader)?;
                Ok(Some(Passed::Chain(chain)))
            }
            (1, 3) => {
                let (counter, said) = (reader.read()?, TimedText::read(&mut reader)?);
                aead::end(&reader)?;
                self.inward.rise(counter)?;
                Ok(Some(Passed::Whisper(said)))
            }
            (0 | 1, _) => Err(SealError::Malformed),
            (_, rest) => {
                reader.skip(rest)?;
                aead::end(&reader)?;
                Ok(None)
            }
        }
    }

    #[cfg(test)]
    pub(super) fn outward(&self) -> &Direction {
        &self.outward
    }
}

impl Direction {
    pub(super) fn new(door: &Door, shared: &[u8], from: Public, to: Public) -> Self {
        let info = cbor::encode(&("pair", from.0, to.0));
        let aad = cbor::encode(&("pass", door.room(), from.0, to.0));
        Self { key: hkdf(&door.room_salt, shared, &info), aad, next: 0 }
    }

    fn rise(&mut self, counter: u64) -> Result<(), SealError> {
        if counter < self.next {
            return Err(SealError::Replayed);
        }
        self.next = counter.checked_add(1).ok_or(SealError::Exhausted)?;
        Ok(())
    }

    fn seal(&self, random: &mut Random, plaintext: &[u8]) -> Vec<u8> {
        aead::seal(random, &self.key, plaintext, &self.aad)
    }
}

pub(super) fn chain_plaintext(chain: &Chain) -> Zeroizing<Vec<u8>> {
    aead::filled(&(0u8, chain.generation(), chain.counter(), chain.key().0.as_slice()))
}

pub(super) fn whisper_plaintext(counter: u64, said: &TimedText) -> Zeroizing<Vec<u8>> {
    aead::filled(&(1u8, counter, said.at, said.text.as_str()))
}
