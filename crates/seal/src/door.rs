//! What room key and password open: the keys that all members share, and the signatures by which one
//! enters.

use std::fmt;

use sanctuary_sign::SigningKey;
use sanctuary_wire::{Gate, Nonce, RoomId, Rule, SealedCard, SealedHeart, SeatKey, Signature, Tag, signed};
use sha2::{Digest, Sha256};

use super::hkdf::{expand, hmac16};
use super::{Alias, Password, Secret};

/// Rounds of PBKDF2-HMAC-SHA-256 (RFC 8018) between a guess and its answer.
pub const ROUNDS: u32 = 600_000;

/// What follows from the password (protocol, section 2, "What the password opens"). It is wiped on
/// drop.
#[derive(Clone)]
pub struct Door {
    room: RoomId,
    key: Secret<32>,
    gate: SigningKey,
    pub(super) card_key: Secret<64>,
    alias_key: Secret<32>,
}

impl Door {
    /// Derives the keys. It takes a good part of a second, on a small machine several.
    #[must_use]
    pub fn derive(room: RoomId, password: &Password) -> Self {
        let salt = [b"sanctuary/1 ".as_slice(), &room.0].concat();
        let mut key = Secret::blank();
        pbkdf2::pbkdf2_hmac::<Sha256>(password.as_bytes(), &salt, ROUNDS, &mut key.0);
        Self::of(room, key)
    }

    /// The door of a key that somebody else has derived.
    pub(super) fn of(room: RoomId, key: Secret<32>) -> Self {
        Self {
            room,
            gate: SigningKey::from_seed(&expand(&key, "sanctuary/1 gate").0),
            card_key: expand(&key, "sanctuary/1 card"),
            alias_key: expand(&key, "sanctuary/1 alias"),
            key,
        }
    }

    /// The room behind it.
    #[must_use]
    pub fn room(&self) -> RoomId {
        self.room
    }

    /// From which all follows.
    pub(super) fn key(&self) -> &Secret<32> {
        &self.key
    }

    /// What the daemon checks with who enters.
    #[must_use]
    pub fn gate(&self) -> Gate {
        Gate(self.gate.public().to_bytes())
    }

    /// By which the daemon sees that two aliases are the same.
    #[must_use]
    pub fn alias_tag(&self, alias: &Alias) -> Tag {
        Tag(hmac16(&self.alias_key, alias.folded().as_bytes()))
    }

    /// Signs a `create`.
    #[must_use]
    pub fn sign_create(
        &self,
        nonce: &Nonce,
        heart: SealedHeart<'_>,
        rule: Rule,
        seat: &SeatKey,
        card: SealedCard<'_>,
        tag: &Tag,
    ) -> Signature {
        self.sign(&signed::create(nonce, self.room, &self.gate(), heart, rule, seat, card, tag))
    }

    /// Signs an `enter`.
    #[must_use]
    pub fn sign_enter(&self, nonce: &Nonce, seat: &SeatKey, card: SealedCard<'_>, tag: &Tag) -> Signature {
        self.sign(&signed::enter(nonce, self.room, seat, card, tag))
    }

    fn sign(&self, signed: &[u8]) -> Signature {
        Signature(self.gate.sign(signed))
    }
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Door(…)")
    }
}

/// The part of `/ws/{shard}` by which a load balancer keeps a room on one machine: three hexadecimal
/// digits.
#[must_use]
pub fn shard(room: RoomId) -> String {
    let digest = Sha256::new().chain_update(b"sanctuary/1 shard").chain_update(room.0).finalize();
    format!("{:02x}{:x}", digest[0], digest[1] >> 4)
}
