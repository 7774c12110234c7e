//! Who may enter: an Ed25519 signature (RFC 8032) by the key that the room's password leads to.

use ed25519_dalek::{Signature, VerifyingKey};

use sanctuary_wire::{Gate, Nonce, PROOF_CONTEXT as CONTEXT, Proof, RoomId};

/// The gate that stands in where there is no room: the public key of RFC 8032, 7.1, test 1. Its
/// secret key is public, so the result of checking against it is never used.
const NO_ROOM: [u8; 32] = [
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e,
    0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
];

/// Whether a room may have this gate: it must be a point of the curve, and none of the few for
/// which anybody can sign.
pub(super) fn is_sound(gate: &Gate) -> bool {
    VerifyingKey::from_bytes(&gate.0).is_ok_and(|key| !key.is_weak())
}

/// Whether `proof` opens the room of this gate; the gate is `None` if there is no such room. The
/// work is the same either way, so that the time it takes does not tell which rooms exist.
pub(super) fn opens(gate: Option<&Gate>, nonce: &Nonce, room: RoomId, proof: &Proof) -> bool {
    let mut signed = [0; CONTEXT.len() + 32 + 5];
    signed[..CONTEXT.len()].copy_from_slice(CONTEXT);
    signed[CONTEXT.len()..][..32].copy_from_slice(&nonce.0);
    signed[CONTEXT.len() + 32..].copy_from_slice(&room.0);

    let key = gate.map_or(&NO_ROOM, |gate| &gate.0);
    let signature = Signature::from_bytes(&proof.0);
    let holds = VerifyingKey::from_bytes(key).is_ok_and(|key| key.verify_strict(&signed, &signature).is_ok());
    holds & gate.is_some()
}
