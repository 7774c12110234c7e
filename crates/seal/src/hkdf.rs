//! HKDF-SHA-256 (RFC 5869) and HMAC-SHA-256 (RFC 2104).

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Secret;

/// The expand step alone, from a key that is uniform already.
pub(super) fn expand<const N: usize>(key: &Secret<32>, label: &str) -> Secret<N> {
    #[expect(clippy::expect_used, reason = "it fails below the hash's 32 bytes alone, and the key has 32")]
    let hkdf = Hkdf::<Sha256>::from_prk(&key.0).expect("a key of 32 bytes");
    filled(&hkdf, label.as_bytes())
}

/// Extract and expand.
pub(super) fn hkdf<const N: usize>(salt: &Secret<32>, ikm: &[u8], info: &[u8]) -> Secret<N> {
    filled(&Hkdf::<Sha256>::new(Some(&salt.0), ikm), info)
}

/// The first 16 bytes of the code.
pub(super) fn hmac16(key: &Secret<32>, message: &[u8]) -> [u8; 16] {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("a key of any length");
    mac.update(message);
    let mut code = [0; 16];
    code.copy_from_slice(&mac.finalize().into_bytes()[..16]);
    code
}

fn filled<const N: usize>(hkdf: &Hkdf<Sha256>, info: &[u8]) -> Secret<N> {
    const { assert!(N <= 255 * 32, "RFC 5869, 2.3: at most 255 blocks") };
    let mut key = Secret::blank();
    #[expect(clippy::expect_used, reason = "it fails above 255 blocks alone, and that does not compile")]
    hkdf.expand(info, &mut key.0).expect("no more than 255 blocks");
    key
}
