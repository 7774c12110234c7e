//! Ed25519 (RFC 8032) under one rule of verification.
//!
//! The RFC leaves open what implementations answer to some signatures and keys that nobody makes by
//! accident, and they do differ ("Taming the many `EdDSAs`", <https://eprint.iacr.org/2020/1244>).
//! Where members use different ones, a forger could show them different conversations. So the
//! protocol leaves nothing open; the page's `web/src/seal/signature.ts` has the same rule, and
//! `testdata/signatures.json` holds both to it:
//!
//! - A public key A counts if it is the canonical encoding (5.1.3; y < p, and no sign where x = 0)
//!   of a point of prime order L: one without torsion that is not the identity.
//! - A signature R ‖ S of a message M holds if S < L and the encoding of \[S\]B − \[k\]A is R to the
//!   byte, where k = SHA-512(R ‖ A ‖ M) mod L.

use std::fmt;

use curve25519_dalek::{EdwardsPoint, Scalar};
use ed25519_dalek::{Signature, Signer, Verifier, VerifyingKey};

/// Bytes of a seed, which is what RFC 8032, 5.1.5 calls the private key.
pub const SEED: usize = 32;
/// Bytes of a public key.
pub const PUBLIC_KEY: usize = 32;
/// Bytes of a signature: R, then S.
pub const SIGNATURE: usize = 64;

/// Why a public key or a signature does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not the canonical encoding of a point of prime order.
    #[error("a public key that is no canonical point of prime order")]
    WeakKey,
    /// The signature does not hold for this message under this key.
    #[error("not signed with this key")]
    Forged,
}

/// What signs: wiped on drop, silent in `Debug`.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key of 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: &[u8; SEED]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// What others check its signatures with.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        // [a]B for a clamped a: torsion-free, and never the identity.
        PublicKey(self.0.verifying_key())
    }

    /// Signs as RFC 8032, 5.1.6 says: the same bytes for the same message.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// A public key that counts. Its point is kept, so that it is checked once, however often it is used.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a key; [`SignatureError::WeakKey`] if it does not count.
    pub fn from_bytes(bytes: &[u8; PUBLIC_KEY]) -> Result<Self, SignatureError> {
        // This reads encodings that are not canonical, too (ZIP 215). They need no check of their own:
        // the few that there are belong to points with torsion or to the identity, as the vectors show.
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| SignatureError::WeakKey)?;
        let is_sound = is_torsion_free(key.to_edwards()) && !key.is_weak();
        if is_sound { Ok(Self(key)) } else { Err(SignatureError::WeakKey) }
    }

    /// Reads a key that [`PublicKey::from_bytes`] has read before, in half of the time: what was
    /// asked then is not asked again. Of other bytes it may make a key that does not count.
    pub fn from_checked(bytes: &[u8; PUBLIC_KEY]) -> Result<Self, SignatureError> {
        VerifyingKey::from_bytes(bytes).map(Self).map_err(|_| SignatureError::WeakKey)
    }

    /// Its encoding.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; PUBLIC_KEY] {
        self.0.to_bytes()
    }

    /// Checks a signature; [`SignatureError::Forged`] if it does not hold. The time it takes depends
    /// on public bytes alone.
    pub fn verify(&self, message: &[u8], signature: &[u8; SIGNATURE]) -> Result<(), SignatureError> {
        // dalek's `verify` is the rule itself: it refuses S ≥ L and compares R as bytes. Its
        // `verify_strict` looks beside that for points of small order: as A, which `from_bytes` has
        // refused, and as R, where the rule takes the identity. Neither asks whether A has torsion.
        self.0.verify(message, &Signature::from_bytes(signature)).map_err(|_| SignatureError::Forged)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicKey(…)")
    }
}

/// Whether \[L\]A is the identity, asked as \[L − 1\]A = −A: by the routine that verifies, which the
/// daemon has anyway. `EdwardsPoint::is_torsion_free` would bring it another, of 16 KB.
fn is_torsion_free(point: EdwardsPoint) -> bool {
    EdwardsPoint::vartime_double_scalar_mul_basepoint(&-Scalar::ONE, &point, &Scalar::ZERO) == -point
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_silent() {
        let key = SigningKey::from_seed(&[7; SEED]);
        assert_eq!(format!("{key:?} {:?}", key.public()), "SigningKey(…) PublicKey(…)");
    }

    /// Wiping is dalek's part: this no longer compiles where its feature `zeroize` is lost.
    #[test]
    fn signing_keys_are_wiped_on_drop() {
        const fn wiped<T: zeroize::ZeroizeOnDrop>() {}
        const { wiped::<ed25519_dalek::SigningKey>() }
    }
}
