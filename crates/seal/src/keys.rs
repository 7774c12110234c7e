//! The keys of one stay.

use std::fmt;

use sanctuary_sign::{PublicKey, SigningKey};
use sanctuary_wire::cbor::{Encoder, Item, Reader, Write, Written};
use sanctuary_wire::{Id, Nonce, RoomId, SeatKey, Signature, WireError, signed};
use x25519_dalek::{SharedSecret, StaticSecret};

use super::{Random, SealError};

/// The Ed25519 public key by which members know one another.
pub type Voice = PublicKey;

/// An X25519 public key (RFC 7748) in its canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Public([u8; 32]);

impl Public {
    /// Reads a key; [`SealError::WeakKey`] if it is not below 2²⁵⁵ − 19, so that no two encodings are
    /// one key.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, SealError> {
        // The prime 2²⁵⁵ − 19 is ed ff … ff 7f, least byte first.
        let [least, middle @ .., most] = &bytes;
        let is_above =
            *most > 0x7f || *most == 0x7f && *least >= 0xed && middle.iter().all(|&byte| byte == 0xff);
        if is_above { Err(SealError::WeakKey) } else { Ok(Self(bytes)) }
    }

    /// Its encoding.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl<'a> Item<'a> for Public {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        Self::from_bytes(reader.read()?).map_err(|_| WireError::Malformed)
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        self.0.write(to)
    }
}

/// An X25519 pair; the secret half is wiped on drop.
#[derive(Clone)]
pub struct KeyPair {
    pub(super) secret: StaticSecret,
    public: Public,
}

impl KeyPair {
    /// A new one.
    pub fn draw(random: &mut Random) -> Self {
        Self::from_secret(random.secret::<32>().0.into())
    }

    pub(super) fn from_secret(secret: StaticSecret) -> Self {
        // The result of a scalar multiplication is reduced: it is canonical.
        let public = Public(x25519_dalek::PublicKey::from(&secret).to_bytes());
        Self { secret, public }
    }

    /// The half that others may know.
    #[must_use]
    pub fn public(&self) -> Public {
        self.public
    }

    /// What both have in common; [`SealError::WeakKey`] where that is all zeros (RFC 7748, 6.1).
    pub(super) fn agree(&self, other: Public) -> Result<SharedSecret, SealError> {
        let shared = self.secret.diffie_hellman(&other.0.into());
        if shared.was_contributory() { Ok(shared) } else { Err(SealError::WeakKey) }
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyPair(…)")
    }
}

/// A member's voice: wiped on drop, silent in `Debug`.
pub(super) fn draw_voice(random: &mut Random) -> SigningKey {
    SigningKey::from_seed(&random.secret().0)
}

/// The key of a seat: by it the daemon knows that a frame is the seat's.
#[derive(Clone, Debug)]
pub struct Seat(SigningKey);

impl Seat {
    /// A new one.
    pub fn draw(random: &mut Random) -> Self {
        Self(SigningKey::from_seed(&random.secret().0))
    }

    #[cfg(test)]
    pub(super) fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_seed(seed))
    }

    /// What the daemon checks with.
    #[must_use]
    pub fn public(&self) -> SeatKey {
        SeatKey(self.0.public().to_bytes())
    }

    /// Signs a `resume`.
    #[must_use]
    pub fn sign_resume(&self, nonce: &Nonce, room: RoomId, id: Id) -> Signature {
        Signature(self.0.sign(&signed::resume(nonce, room, id)))
    }

    /// Signs an order.
    #[must_use]
    pub fn sign_order(&self, nonce: &Nonce, command: &[u8]) -> Signature {
        Signature(self.0.sign(&signed::order(nonce, command)))
    }
}
