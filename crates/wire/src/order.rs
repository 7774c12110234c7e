//! The one order of all that concerns a whole room (protocol, section 2, "One order for all").

use sha2::{Digest, Sha256};

use super::Id;
use super::RoomId;
use super::cbor::{self, transparent};

/// A SHA-256 that members compare: of an order, or of a list of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

transparent! { Hash }

impl Hash {
    /// Of who stays when the room is relocked, as `relock` and `relocked` list them.
    #[must_use]
    pub fn of_staying(ids: &[Id]) -> Self {
        let list: Vec<Id> = ids.to_vec();
        Self(Sha256::digest(cbor::encode(&list)).into())
    }
}

/// How many frames have concerned the whole room, and the hash of their bytes, each over the one
/// before. Two who hold the same have seen the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// How many frames.
    pub count: u64,
    /// Of all of them.
    pub hash: Hash,
}

impl Order {
    /// Of a room in which nothing has happened.
    #[must_use]
    pub fn new(room: RoomId) -> Self {
        let begin = Sha256::new().chain_update(b"sanctuary/1 order").chain_update(room.0);
        Self { count: 0, hash: Hash(begin.finalize().into()) }
    }

    /// Takes in one more frame, as it goes over the line.
    pub fn push(&mut self, frame: &[u8]) {
        let next = Sha256::new().chain_update(self.hash.0).chain_update(frame);
        self.hash = Hash(next.finalize().into());
        self.count += 1;
    }
}
