//! What a hostile member seals: whatever it likes, under keys that it has.
//!
//! Written anew after the protocol's section 2, with nothing of `sanctuary_seal`, which gives no key away.

use aes::Aes256;
use aes::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha256, Sha512};

/// What every plaintext is filled up to a multiple of.
const FILL: usize = 128;

/// `IV ‖ ciphertext ‖ tag` (RFC 7518, 5.2.5) of this very plaintext, under an IV of zeros.
pub fn sealed(key: &[u8; 64], plaintext: &[u8], aad: &[u8]) -> Vec<u8> {
    let (mac_key, cipher_key) = key.split_at(32);
    let iv = [0; 16];
    let cipher = cbc::Encryptor::<Aes256>::new_from_slices(cipher_key, &iv).unwrap();
    let ciphertext = cipher.encrypt_padded_vec::<Pkcs7>(plaintext);
    let mut mac = Hmac::<Sha512>::new_from_slice(mac_key).unwrap();
    for part in [aad, &iv, &ciphertext, &(aad.len() as u64 * 8).to_be_bytes()] {
        mac.update(part);
    }
    [&iv[..], &ciphertext, &mac.finalize().into_bytes()[..32]].concat()
}

/// HKDF-SHA-256 (RFC 5869).
pub fn hkdf(salt: &[u8], ikm: &[u8], info: &[u8]) -> [u8; 64] {
    let mut key = [0; 64];
    Hkdf::<Sha256>::new(Some(salt), ikm).expand(info, &mut key).unwrap();
    key
}

/// Its expand step alone.
pub fn expand(key: &[u8; 32], label: &str) -> [u8; 32] {
    let mut expanded = [0; 32];
    Hkdf::<Sha256>::from_prk(key).unwrap().expand(label.as_bytes(), &mut expanded).unwrap();
    expanded
}

/// Followed by zeros.
pub fn filled(mut plaintext: Vec<u8>) -> Vec<u8> {
    plaintext.resize(plaintext.len().next_multiple_of(FILL), 0);
    plaintext
}
