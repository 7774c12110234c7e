//! What one member passes to one other: chains, whispers, and what they tell each other of these.
//! None of it is signed: each could have written it.

use sanctuary_wire::RoomId;
use sanctuary_wire::cbor::{self, Reader};
use x25519_dalek::SharedSecret;
use zeroize::Zeroizing;

use super::body::Alone;
use super::{Chain, KeyPair, Public, Random, RoomSalt, SealError, Secret, Voice, aead};

/// What was passed, once it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passed {
    /// The sender's chain from a counter on.
    Chain(Chain),
    /// A whisper.
    Whisper {
        /// Rises by one for each whisper to this member.
        counter: u32,
        /// What is whispered: the body of a message, encoded.
        said: Zeroizing<Vec<u8>>,
    },
    /// What has arrived of the other's whispers.
    Arrived {
        /// Of the last.
        counter: u32,
        /// How many, in this stay.
        arrived: u32,
    },
    /// The sender lacks the chain.
    Lack,
}

/// The keys of two members, one for each direction.
#[derive(Clone, Debug)]
pub struct Pair {
    /// For what one passes to the other.
    pub outward: PassKey,
    /// For what one is passed.
    pub inward: PassKey,
}

/// The key of one direction.
#[derive(Clone, Debug)]
pub struct PassKey {
    room: RoomId,
    pub(super) key: Secret<64>,
}

/// One of the two: its voice, and its public key.
pub(super) type Side = (Voice, Public);

impl Pair {
    /// Agrees on the keys with another member; [`SealError::WeakKey`] by a public key that keeps no
    /// secret.
    pub fn agree(
        salt: &RoomSalt,
        voice: Voice,
        own: &KeyPair,
        other: (Voice, Public),
    ) -> Result<Self, SealError> {
        let (shared, ours) = (own.agree(other.1)?, (voice, own.public()));
        Ok(Self {
            outward: PassKey::new(salt, &shared, ours, other),
            inward: PassKey::new(salt, &shared, other, ours),
        })
    }
}

impl PassKey {
    fn new(salt: &RoomSalt, shared: &SharedSecret, from: Side, to: Side) -> Self {
        let (from_voice, to_voice) = (from.0.to_bytes(), to.0.to_bytes());
        let info = cbor::encode(&("pair", salt.room(), from_voice, from.1, to_voice, to.1));
        Self { room: salt.room(), key: salt.derive(shared.as_bytes(), &info) }
    }

    fn aad(&self) -> Vec<u8> {
        cbor::encode(&("pass", self.room))
    }

    /// Seals what is passed.
    pub fn seal(&self, random: &mut Random, passed: &Passed) -> Result<Vec<u8>, SealError> {
        Ok(self.seal_with(random.bytes(), &passed.plaintext()?))
    }

    pub(super) fn seal_with(&self, iv: [u8; 16], plaintext: &[u8]) -> Vec<u8> {
        aead::seal_with(iv, &self.key, plaintext, &self.aad())
    }

    /// Opens what was passed: nothing for a body of a later version, which is passed over.
    pub fn open(&self, passed: &[u8]) -> Result<Option<Passed>, SealError> {
        let plaintext = aead::open(&self.key, passed, &self.aad())?;
        let mut reader = Reader::new(&plaintext);
        let opened = match reader.head()? {
            (0, 3) => Some(Passed::Chain(Chain::at(reader.read()?, reader.read()?, Secret(reader.read()?)))),
            (1, 2) => {
                let counter = reader.read()?;
                let said = reader.read::<&[u8]>()?;
                Some(Passed::Whisper { counter, said: Zeroizing::new(said.to_vec()) })
            }
            (2, 2) => Some(Passed::Arrived { counter: reader.read()?, arrived: reader.read()? }),
            (4, 0) => Some(Passed::Lack),
            (0..=2 | 4, _) => return Err(SealError::Malformed),
            (_, rest) => {
                reader.skip(rest)?;
                None
            }
        };
        aead::end(&reader)?;
        Ok(opened)
    }
}

impl Passed {
    pub(super) fn plaintext(&self) -> Result<Zeroizing<Vec<u8>>, SealError> {
        Ok(match self {
            Self::Chain(chain) => {
                let (generation, counter, key) = (chain.generation(), chain.counter()?, &chain.key().0);
                aead::filled(&(0u8, generation, counter, key.as_slice()))
            }
            Self::Whisper { counter, said } => aead::filled(&(1u8, *counter, said.as_slice())),
            Self::Arrived { counter, arrived } => aead::filled(&(2u8, *counter, *arrived)),
            Self::Lack => aead::filled(&Alone(4)),
        })
    }
}
