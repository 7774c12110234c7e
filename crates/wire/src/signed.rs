//! What a client signs for the daemon (protocol, section 3, rule 1): the bytes under each signature.
//! Each covers the nonce of its connection, so that it serves on no other, and begins with a label of
//! its own, so that it serves no other purpose.

use sha2::{Digest, Sha256};

use super::bounded::{SealedCard, SealedHeart};
use super::cbor;
use super::ids::{Gate, Id, Nonce, RoomId, Rule, SeatKey, Tag};

/// Under the signature of a `create`, by the gate's key.
#[must_use]
#[expect(clippy::too_many_arguments, reason = "every part of the frame is covered")]
pub fn create(
    nonce: &Nonce,
    room: RoomId,
    gate: &Gate,
    heart: SealedHeart<'_>,
    rule: Rule,
    seat: &SeatKey,
    card: SealedCard<'_>,
    tag: &Tag,
) -> Vec<u8> {
    let (heart, card) = (sha256(&heart), sha256(&card));
    cbor::encode(&("sanctuary/1 create", nonce.0, room, gate.0, heart, rule, seat.0, card, tag.0))
}

/// Under the signature of an `enter`, by the gate's key.
#[must_use]
pub fn enter(nonce: &Nonce, room: RoomId, seat: &SeatKey, card: SealedCard<'_>, tag: &Tag) -> Vec<u8> {
    cbor::encode(&("sanctuary/1 enter", nonce.0, room, seat.0, sha256(&card), tag.0))
}

/// Under the signature of a `resume`, by the seat's key.
#[must_use]
pub fn resume(nonce: &Nonce, room: RoomId, id: Id) -> Vec<u8> {
    cbor::encode(&("sanctuary/1 resume", nonce.0, room, id))
}

/// Under the signature of an order, by the seat's key.
#[must_use]
pub fn order(nonce: &Nonce, command: &[u8]) -> Vec<u8> {
    cbor::encode(&("sanctuary/1 order", nonce.0, command))
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
