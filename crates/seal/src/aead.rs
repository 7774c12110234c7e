//! `AEAD_AES_256_CBC_HMAC_SHA_512` (RFC 7518, 5.2.5): `IV ‖ ciphertext ‖ 32-byte tag`.

use aes::Aes256;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{Random, SealError, Secret};
use sanctuary_wire::cbor::{self, Item, Reader};

const IV: usize = 16;
const TAG: usize = 32;

/// A plaintext is filled up to a multiple of this many bytes, so that its length tells little.
pub(super) const FILL: usize = 128;

/// An item, filled up with zeros to be sealed. Its buffer never grows, so that no copy of it stays
/// behind.
pub(super) fn filled<'a>(item: &impl Item<'a>) -> Zeroizing<Vec<u8>> {
    filled_to(FILL, item)
}

/// The same, to so many bytes at the least, a multiple of [`FILL`].
pub(super) fn filled_to<'a>(least: usize, item: &impl Item<'a>) -> Zeroizing<Vec<u8>> {
    let length = cbor::length(item).next_multiple_of(FILL).max(least);
    let mut plaintext = Zeroizing::new(Vec::with_capacity(length));
    cbor::write(item, &mut plaintext);
    plaintext.resize(length, 0);
    plaintext
}

/// Nothing but zeros may follow what was read of a plaintext.
pub(super) fn end(reader: &Reader) -> Result<(), SealError> {
    if reader.rest().iter().all(|&byte| byte == 0) { Ok(()) } else { Err(SealError::Malformed) }
}

/// Seals under a fresh IV.
pub(super) fn seal(random: &mut Random, key: &Secret<64>, plaintext: &[u8], aad: &[u8]) -> Vec<u8> {
    seal_with(random.bytes(), key, plaintext, aad)
}

pub(super) fn seal_with(iv: [u8; IV], key: &Secret<64>, plaintext: &[u8], aad: &[u8]) -> Vec<u8> {
    let (mac_key, cipher_key) = halves(key);
    let cipher = cbc::Encryptor::<Aes256>::new(cipher_key.into(), &iv.into());
    let ciphertext = cipher.encrypt_padded_vec::<Pkcs7>(plaintext);
    let tag = tag(mac_key, &iv, &ciphertext, aad);
    [iv.as_slice(), &ciphertext, &tag].concat()
}

/// Opens; nothing is decrypted before the tag is seen to fit.
pub(super) fn open(key: &Secret<64>, sealed: &[u8], aad: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (iv, rest) = sealed.split_first_chunk::<IV>().ok_or(SealError::Forged)?;
    let (ciphertext, claimed) = rest.split_last_chunk::<TAG>().ok_or(SealError::Forged)?;
    let (mac_key, cipher_key) = halves(key);
    if !bool::from(tag(mac_key, iv, ciphertext, aad).ct_eq(claimed)) {
        return Err(SealError::Forged);
    }
    let cipher = cbc::Decryptor::<Aes256>::new(cipher_key.into(), iv.into());
    cipher.decrypt_padded_vec::<Pkcs7>(ciphertext).map(Zeroizing::new).map_err(|_| SealError::Malformed)
}

/// The first half authenticates, the second encrypts.
fn halves(key: &Secret<64>) -> (&[u8; 32], &[u8; 32]) {
    let [mac_key, cipher_key] = key.0.as_chunks::<32>().0 else { unreachable!("64 bytes are two halves") };
    (mac_key, cipher_key)
}

fn tag(mac_key: &[u8; 32], iv: &[u8; IV], ciphertext: &[u8], aad: &[u8]) -> [u8; TAG] {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha512>::new_from_slice(mac_key).expect("a key of any length");
    let aad_bits = aad.len() as u64 * 8;
    for part in [aad, iv, ciphertext, &aad_bits.to_be_bytes()] {
        mac.update(part);
    }
    let mut tag = [0; TAG];
    tag.copy_from_slice(&mac.finalize().into_bytes()[..TAG]);
    tag
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> Secret<64> {
        Secret(std::array::from_fn(|at| u8::try_from(at).unwrap()))
    }

    /// RFC 7518, appendix B.3.
    #[test]
    fn the_example_of_the_standard() {
        let plaintext =
            b"A cipher system must not be required to be secret, and it must be able to fall into \
            the hands of the enemy without inconvenience";
        let iv =
            [0x1a, 0xf3, 0x8c, 0x2d, 0xc2, 0xb9, 0x6f, 0xfd, 0xd8, 0x66, 0x94, 0x09, 0x23, 0x41, 0xbc, 0x04];
        let sealed = seal_with(iv, &key(), plaintext, b"The second principle of Auguste Kerckhoffs");
        let tag = [
            0x4d, 0xd3, 0xb4, 0xc0, 0x88, 0xa7, 0xf4, 0x5c, 0x21, 0x68, 0x39, 0x64, 0x5b, 0x20, 0x12, 0xbf,
            0x2e, 0x62, 0x69, 0xa8, 0xc5, 0x6a, 0x81, 0x6d, 0xbc, 0x1b, 0x26, 0x77, 0x61, 0x95, 0x5b, 0xc5,
        ];
        assert_eq!(&sealed[..16], iv);
        assert_eq!(&sealed[16..20], [0x4a, 0xff, 0xaa, 0xad]);
        assert_eq!(&sealed[sealed.len() - 32..], tag);
    }

    #[test]
    fn a_change_anywhere_is_noticed() {
        let sealed = seal_with([1; 16], &key(), &[7; 128], b"aad");
        assert_eq!(open(&key(), &sealed, b"aad").unwrap().as_slice(), [7; 128]);
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert_eq!(open(&key(), &altered, b"aad"), Err(SealError::Forged), "byte {at}");
        }
        for length in 0..sealed.len() {
            assert_eq!(open(&key(), &sealed[..length], b"aad"), Err(SealError::Forged), "{length} bytes");
        }
        for aad in [b"".as_slice(), b"aae", b"aad\0", b"aa"] {
            assert_eq!(open(&key(), &sealed, aad), Err(SealError::Forged));
        }
    }

    #[test]
    fn another_key_opens_nothing() {
        let sealed = seal_with([1; 16], &key(), b"text", b"");
        for at in [0, 31] {
            let mut other = key();
            other.0[at] ^= 0x80;
            assert_eq!(open(&other, &sealed, b""), Err(SealError::Forged));
        }
    }

    /// A tag that fits over a ciphertext that is no padded plaintext: only a member can make one.
    #[test]
    fn wrong_padding_under_a_right_tag_is_refused() {
        let key = key();
        let (mac_key, _) = halves(&key);
        for ciphertext in [vec![], vec![0; 15], vec![0; 17], vec![9; 32]] {
            let tag = tag(mac_key, &[1; 16], &ciphertext, b"");
            let sealed = [[1; 16].as_slice(), &ciphertext, &tag].concat();
            assert_eq!(open(&key, &sealed, b""), Err(SealError::Malformed), "{} bytes", ciphertext.len());
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_is_opened(
            plaintext in proptest::collection::vec(any::<u8>(), 0..600),
            aad in proptest::collection::vec(any::<u8>(), 0..100),
            iv: [u8; 16],
        ) {
            let sealed = seal_with(iv, &key(), &plaintext, &aad);
            let opened = open(&key(), &sealed, &aad).unwrap();
            prop_assert_eq!(opened.as_slice(), plaintext.as_slice());
        }

        #[test]
        fn any_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(open(&key(), &bytes, b""), Err(SealError::Forged));
        }
    }
}
