//! What a room keeps when its password changes.

use sanctuary_wire::RoomId;

use super::hkdf::{expand, hkdf};
use super::{Heart, Secret};

/// The salt under which all keys are derived that do not follow from the password: of chains, of what
/// passes between two, of boxes.
#[derive(Clone, Debug)]
pub struct RoomSalt {
    room: RoomId,
    salt: Secret<32>,
}

impl RoomSalt {
    /// Of the room with this heart.
    #[must_use]
    pub fn of(room: RoomId, heart: &Heart) -> Self {
        Self { room, salt: expand(&heart.secret, "sanctuary/1 salt") }
    }

    /// The room.
    #[must_use]
    pub fn room(&self) -> RoomId {
        self.room
    }

    /// Extract and expand.
    pub(super) fn derive<const N: usize>(&self, ikm: &[u8], info: &[u8]) -> Secret<N> {
        hkdf(&self.salt, ikm, info)
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.salt.0
    }
}
