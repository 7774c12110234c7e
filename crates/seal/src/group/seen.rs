//! Which keys were shown by whom: hashes, in a memory that forgets the oldest.

use std::collections::{HashMap, VecDeque};

use sanctuary_wire::Id;
use sha2::{Digest, Sha256};

/// Voices and public keys that are remembered, together.
pub const SEEN_MOST: usize = 4096;

/// Bytes of a hash.
type Hash = [u8; 16];

/// Whose the last keys were that were accepted.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    owners: HashMap<Hash, Id>,
    in_order: VecDeque<Hash>,
}

impl Seen {
    /// Whether somebody else has shown this key.
    pub(super) fn is_taken(&self, key: &[u8; 32], by: Id) -> bool {
        self.owner(key).is_some_and(|owner| owner != by)
    }

    /// Who has shown this key.
    pub(super) fn owner(&self, key: &[u8; 32]) -> Option<Id> {
        self.owners.get(&hash(key)).copied()
    }

    /// Remembers a key as the latest; where there are too many, the oldest goes.
    pub(super) fn remember(&mut self, key: &[u8; 32], of: Id) {
        let hash = hash(key);
        if self.owners.insert(hash, of).is_some() {
            self.in_order.retain(|other| *other != hash);
        }
        self.in_order.push_back(hash);
        if self.in_order.len() > SEEN_MOST
            && let Some(oldest) = self.in_order.pop_front()
        {
            self.owners.remove(&oldest);
        }
    }
}

fn hash(key: &[u8; 32]) -> Hash {
    let mut hash = [0; 16];
    hash.copy_from_slice(&Sha256::digest(key)[..16]);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> [u8; 32] {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&number.to_be_bytes());
        key
    }

    #[test]
    fn so_many_keys_are_remembered_and_the_oldest_goes() {
        let mut seen = Seen::default();
        (0..SEEN_MOST).for_each(|number| seen.remember(&key(number), Id(1)));
        assert!(seen.is_taken(&key(0), Id(2)) && !seen.is_taken(&key(0), Id(1)));
        // A key that is shown again is the latest.
        seen.remember(&key(1), Id(1));
        seen.remember(&key(SEEN_MOST), Id(1));
        seen.remember(&key(SEEN_MOST + 1), Id(1));
        let gone = (0..4).map(|number| !seen.is_taken(&key(number), Id(2))).collect::<Vec<_>>();
        assert_eq!(gone, [true, false, true, false]);
        assert!(seen.is_taken(&key(SEEN_MOST), Id(2)));
        assert_eq!((seen.owners.len(), seen.in_order.len()), (SEEN_MOST, SEEN_MOST));
    }
}
