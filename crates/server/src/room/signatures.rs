//! Who signed what, by the protocol's one rule of verification.
//!
//! Keys are kept as the 32 bytes that came over the line and read anew for each signature: the
//! point that they stand for takes six times as much memory, for as long as its member stays, and
//! reading it no longer than the check itself.
//!
//! To ask whether a key counts takes as long as to check a signature. It is asked of a gate once,
//! when a room gets it, and of a seat's key only where the signature holds: who has neither
//! password nor seat does not make the daemon ask.

use sanctuary_sign::PublicKey;
use sanctuary_wire::Signature;

/// The key that stands in where there is none: that of RFC 8032, 7.1, test 1. Its secret key is
/// public, so the result of checking against it is never used.
const NONE: [u8; 32] = [
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e,
    0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
];

/// Whether these bytes are a key.
pub(super) fn is_key(key: &[u8; 32]) -> bool {
    remembered((key, &[], None), || PublicKey::from_bytes(key).is_ok())
}

/// Whether a message is signed by a key that counts; `None` if there is no such seat.
pub(super) fn is_signed(key: Option<&[u8; 32]>, message: &[u8], signature: &Signature) -> bool {
    is_signed_by_checked(key, message, signature) && key.is_some_and(is_key)
}

/// Whether a message is signed by a key of which [`is_key`] was asked before; `None` if there is no
/// such room. The work is the same either way, so that the time it takes does not tell which exist.
pub(super) fn is_signed_by_checked(key: Option<&[u8; 32]>, message: &[u8], signature: &Signature) -> bool {
    let known = key.unwrap_or(&NONE);
    let holds = remembered((known, message, Some(signature)), || {
        PublicKey::from_checked(known).is_ok_and(|key| key.verify(message, &signature.0).is_ok())
    });
    holds & key.is_some()
}

/// What is asked: whether this is a key, or signed by it.
type Question<'a> = (&'a [u8; 32], &'a [u8], Option<&'a Signature>);

#[cfg(not(test))]
fn remembered(_: Question<'_>, verdict: impl FnOnce() -> bool) -> bool {
    verdict()
}

/// The search through all small worlds asks the same questions millions of times.
#[cfg(test)]
fn remembered((key, message, signature): Question<'_>, verdict: impl FnOnce() -> bool) -> bool {
    let signature = signature.map_or(&[][..], |signature| &signature.0);
    super::tests::remembered([&key[..], message, signature].concat(), verdict)
}
