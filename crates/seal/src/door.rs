//! What room key and password open: the keys that all members share, and the proof for the daemon.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use super::hkdf::{expand, hmac16};
use super::{Alias, Password, Secret};
use sanctuary_wire::{Gate, Nonce, PROOF_CONTEXT, Proof, RoomId, Tag};

/// Rounds of PBKDF2-HMAC-SHA-256 (RFC 8018) between a guess and its answer.
pub const ROUNDS: u32 = 600_000;

/// A room's shared keys (protocol, section 2). They are wiped on drop.
#[derive(Clone)]
pub struct Door {
    room: RoomId,
    gate: SigningKey,
    pub(super) card_key: Secret<64>,
    alias_key: Secret<32>,
    pub(super) room_salt: Secret<32>,
}

impl Door {
    /// Derives the keys. It takes a good part of a second, on a small machine several.
    #[must_use]
    pub fn derive(room: RoomId, password: &Password) -> Self {
        let salt = [b"sanctuary/1 ".as_slice(), &room.0].concat();
        let mut door = Secret::blank();
        pbkdf2::pbkdf2_hmac::<Sha256>(password.as_bytes(), &salt, ROUNDS, &mut door.0);
        Self {
            room,
            gate: SigningKey::from_bytes(&expand(&door, "sanctuary/1 gate").0),
            card_key: expand(&door, "sanctuary/1 card"),
            alias_key: expand(&door, "sanctuary/1 alias"),
            room_salt: expand(&door, "sanctuary/1 salt"),
        }
    }

    /// The room behind it.
    #[must_use]
    pub fn room(&self) -> RoomId {
        self.room
    }

    /// What the room's opener gives the daemon to check proofs with.
    #[must_use]
    pub fn gate(&self) -> Gate {
        Gate(self.gate.verifying_key().to_bytes())
    }

    /// Shows the daemon, on one connection alone, that the password is known.
    #[must_use]
    pub fn prove(&self, nonce: &Nonce) -> Proof {
        let signed = [PROOF_CONTEXT, &nonce.0, &self.room.0].concat();
        Proof(self.gate.sign(&signed).to_bytes())
    }

    /// By which the daemon sees that two aliases are the same.
    #[must_use]
    pub fn alias_tag(&self, alias: &Alias) -> Tag {
        Tag(hmac16(&self.alias_key, alias.folded().as_bytes()))
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
