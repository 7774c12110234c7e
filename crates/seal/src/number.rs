//! The number of a voice, which is read aloud.

use sanctuary_wire::{RoomId, cbor};
use sha2::{Digest, Sha256};

use super::Voice;

/// 20 digits in groups of five, by which its owner's listeners tell a voice from any other.
#[must_use]
pub fn number(room: RoomId, voice: &Voice) -> String {
    let hash = Sha256::digest(cbor::encode(&("sanctuary/1 number", room, voice.to_bytes())));
    let mut first = [0; 16];
    first.copy_from_slice(&hash[..16]);
    let digits = format!("{:020}", u128::from_be_bytes(first) % 10u128.pow(20));
    [0, 5, 10, 15].map(|at| &digits[at..at + 5]).join(" ")
}
