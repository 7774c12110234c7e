//! What the room's opener hands to all who enter: the secret that stays when the password changes.

use sanctuary_wire::cbor::{self, Reader};
use sanctuary_wire::{RoomId, Rule};
use zeroize::Zeroizing;

use super::bounds::Count;
use super::{Alias, Door, Password, Random, SealError, Secret, aead};

/// A room's heart (protocol, section 2, "What the password opens").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heart {
    /// From which all follows that outlives a password.
    pub(super) secret: Secret<32>,
    /// Who may moderate.
    pub rule: Rule,
    /// The room's password, for who asks for an invitation.
    pub password: Password,
    /// Who opened the room.
    pub alias: Alias,
    /// When, by the opener's clock, in milliseconds since 1970.
    pub at: u64,
}

impl Heart {
    /// Of a room that is opened.
    #[must_use]
    pub fn draw(random: &mut Random, rule: Rule, password: Password, alias: Alias, at: u64) -> Self {
        Self { secret: random.secret(), rule, password, alias, at }
    }

    /// Seals it for everyone who knows the password; [`SealError::OutOfBounds`] by a wrong clock.
    pub fn seal(&self, door: &Door, random: &mut Random) -> Result<Vec<u8>, SealError> {
        Ok(aead::seal(random, &door.card_key, &self.plaintext()?, &aad(door.room())))
    }

    /// Opens the heart of the room behind the door.
    pub fn open(door: &Door, sealed: &[u8]) -> Result<Self, SealError> {
        let plaintext = aead::open(&door.card_key, sealed, &aad(door.room()))?;
        let mut reader = Reader::new(&plaintext);
        let (secret, rule, password, alias, at): (_, _, &[u8], &str, Count) = reader.read()?;
        aead::end(&reader)?;
        Ok(Self {
            secret: Secret(secret),
            rule,
            password: Password::of_bytes(password).ok_or(SealError::Malformed)?,
            alias: Alias::as_written(alias)?,
            at: at.0,
        })
    }

    /// Whether it is that of the same room under another password.
    pub(super) fn is_of_same_room(&self, other: &Self) -> bool {
        let is_of_same_opening = (self.rule, &self.alias, self.at) == (other.rule, &other.alias, other.at);
        self.secret == other.secret && is_of_same_opening
    }

    pub(super) fn plaintext(&self) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (password, at) = (self.password.as_bytes(), Count::of(self.at)?);
        Ok(aead::filled(&(self.secret.0.as_slice(), self.rule, password, self.alias.as_str(), at)))
    }
}

pub(super) fn aad(room: RoomId) -> Vec<u8> {
    cbor::encode(&("heart", room))
}
