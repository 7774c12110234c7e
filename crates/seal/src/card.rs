//! Who a member is, for the other members alone: alias, voice and public key.

use sanctuary_sign::SigningKey;
use sanctuary_wire::cbor::{self, Reader};
use sanctuary_wire::{Entry, RoomId};
use zeroize::Zeroizing;

use super::{Alias, Door, Public, Random, SealError, Voice, aead};

/// A member's card (protocol, section 2, "What a member has").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What the member calls itself.
    pub alias: Alias,
    /// By which its messages are known.
    pub voice: Voice,
    /// What is passed to it is sealed for this key.
    pub public: Public,
    /// How many such keys it had before.
    pub n: u32,
}

impl Card {
    /// Signs and seals the card for everyone who knows the password, for the stay that began by `entry`.
    #[must_use]
    pub fn seal(&self, door: &Door, signer: &SigningKey, entry: &Entry, random: &mut Random) -> Vec<u8> {
        let signature = signer.sign(&self.signed(door.room(), entry));
        aead::seal(random, &door.card_key, &self.plaintext(&signature), &aad(door.room()))
    }

    /// Opens the card of a member whose stay began by `entry`.
    pub fn open(door: &Door, entry: &Entry, sealed: &[u8]) -> Result<Self, SealError> {
        let plaintext = aead::open(&door.card_key, sealed, &aad(door.room()))?;
        let mut reader = Reader::new(&plaintext);
        let (alias, voice, public, n, signature): (&str, _, _, _, _) = reader.read()?;
        aead::end(&reader)?;
        let card = Self {
            alias: Alias::as_written(alias)?,
            voice: Voice::from_bytes(&voice)?,
            public: Public::from_bytes(public)?,
            n,
        };
        card.voice.verify(&card.signed(door.room(), entry), &signature)?;
        Ok(card)
    }

    pub(super) fn plaintext(&self, signature: &[u8; 64]) -> Zeroizing<Vec<u8>> {
        aead::filled(&(self.alias.as_str(), self.voice.to_bytes(), self.public, self.n, *signature))
    }

    pub(super) fn signed(&self, room: RoomId, entry: &Entry) -> Zeroizing<Vec<u8>> {
        let label = "sanctuary/1 card";
        Zeroizing::new(cbor::encode(&(label, room, entry.0, self.alias.as_str(), self.public, self.n)))
    }
}

pub(super) fn aad(room: RoomId) -> Vec<u8> {
    cbor::encode(&("card", room))
}
