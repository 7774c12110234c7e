//! Who a member is, for the other members alone: alias and public key.

use std::fmt;

use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::{Alias, Door, Random, SealError, aead};
use sanctuary_wire::RoomId;
use sanctuary_wire::cbor::{self, Reader};

/// An X25519 public key (RFC 7748).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Public(pub [u8; 32]);

/// An X25519 pair, made afresh on every entry; the secret half is wiped on drop.
#[derive(Clone)]
pub struct KeyPair {
    pub(super) secret: StaticSecret,
    pub(super) public: Public,
}

impl KeyPair {
    /// A new one.
    pub fn draw(random: &mut Random) -> Self {
        Self::from_secret(random.secret::<32>().0.into())
    }

    pub(super) fn from_secret(secret: StaticSecret) -> Self {
        let public = Public(PublicKey::from(&secret).to_bytes());
        Self { secret, public }
    }

    /// The half that others may know.
    #[must_use]
    pub fn public(&self) -> Public {
        self.public
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyPair(…)")
    }
}

/// A member's alias and public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What the member calls itself.
    pub alias: Alias,
    /// What is passed to it is sealed for this key.
    pub public: Public,
}

impl Card {
    /// Seals the card for everyone who knows the password.
    #[must_use]
    pub fn seal(&self, door: &Door, random: &mut Random) -> Vec<u8> {
        aead::seal(random, &door.card_key, &self.plaintext(), &aad(door.room()))
    }

    /// Opens another member's card. One whose alias breaks the rules is refused.
    pub fn open(door: &Door, sealed: &[u8]) -> Result<Self, SealError> {
        let plaintext = aead::open(&door.card_key, sealed, &aad(door.room()))?;
        let mut reader = Reader::new(&plaintext);
        let (alias, public) = reader.read::<(&str, _)>()?;
        aead::end(&reader)?;
        Ok(Self { alias: alias.parse().map_err(|_| SealError::Alias)?, public: Public(public) })
    }

    pub(super) fn plaintext(&self) -> Zeroizing<Vec<u8>> {
        aead::filled(&(self.alias.as_str(), self.public.0))
    }
}

pub(super) fn aad(room: RoomId) -> Vec<u8> {
    cbor::encode(&("card", room))
}
