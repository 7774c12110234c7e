//! Wycheproof's vectors (`testdata/wycheproof`) for all that sealing is made of, through this crate's own
//! functions where they take what a vector has, and else through the libraries that those call.

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::{Sha256, Sha512};

use super::super::hkdf::{hkdf, hmac16};
use super::super::*;
use super::vectors::unhex;

/// The tests of a file; how many there are is said, so that none gets lost.
macro_rules! tests {
    ($name:literal, $count:literal) => {{
        let text = include_str!(concat!("../../../../testdata/wycheproof/", $name, ".json"));
        let file: Value = serde_json::from_str(text).unwrap();
        let tests = file["tests"].as_array().unwrap().clone();
        assert_eq!(tests.len(), $count);
        tests
    }};
}

fn secret<const N: usize>(bytes: &[u8]) -> Secret<N> {
    Secret(bytes.try_into().unwrap())
}

fn is_valid(test: &Value) -> bool {
    test["result"] == "valid"
}

fn mac<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(key).unwrap();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

#[test]
fn aes_256_cbc_hmac_sha_512() {
    for test in tests!("a256cbc_hs512", 94) {
        let [key, iv, aad, message] = ["key", "iv", "aad", "msg"].map(|field| unhex(&test[field]));
        let sealed = [iv.as_slice(), &unhex(&test["ct"]), &unhex(&test["tag"])].concat();
        let opened = aead::open(&secret(&key), &sealed, &aad);
        if is_valid(&test) {
            assert_eq!(opened.unwrap().as_slice(), message, "{test}");
            assert_eq!(
                aead::seal_with(iv.try_into().unwrap(), &secret(&key), &message, &aad),
                sealed,
                "{test}"
            );
        } else {
            assert_eq!(opened, Err(SealError::Forged), "{test}");
        }
    }
}

/// Under a tag that fits, for nothing is decrypted under another.
#[test]
fn aes_cbc_with_padding() {
    let all = tests!("aes_cbc_pkcs5", 216);
    // Keys of 128 and 192 bits are not the protocol's.
    let tests: Vec<_> = all.iter().filter(|test| unhex(&test["key"]).len() == 32).collect();
    assert_eq!(tests.len(), 72);
    for test in tests {
        let [key, iv, message, ciphertext] = ["key", "iv", "msg", "ct"].map(|field| unhex(&test[field]));
        let key = [[0; 32].as_slice(), &key].concat();
        let tag = mac::<Hmac<Sha512>>(&key[..32], &[&iv, &ciphertext, &[0; 8]]);
        let sealed = [&iv, &ciphertext, &tag[..32]].concat();
        let opened = aead::open(&secret(&key), &sealed, &[]);
        if is_valid(test) {
            assert_eq!(opened.unwrap().as_slice(), message, "{test}");
            assert_eq!(
                aead::seal_with(iv.try_into().unwrap(), &secret(&key), &message, &[]),
                sealed,
                "{test}"
            );
        } else {
            assert_eq!(opened, Err(SealError::Malformed), "{test}");
        }
    }
}

#[test]
fn hmac_sha_256_and_sha_512() {
    let mut by_our_own = 0;
    let compute = [mac::<Hmac<Sha256>>, mac::<Hmac<Sha512>>];
    for (compute, tests) in compute.into_iter().zip([tests!("hmac_sha256", 174), tests!("hmac_sha512", 174)])
    {
        for test in tests {
            let [key, message, tag] = ["key", "msg", "tag"].map(|field| unhex(&test[field]));
            let computed = compute(&key, &[&message]);
            assert_eq!(computed[..tag.len()] == tag, is_valid(&test), "{test}");
            if computed.len() == 32 && key.len() == 32 && tag.len() == 16 {
                assert_eq!(hmac16(&secret(&key), &message).as_slice() == tag, is_valid(&test), "{test}");
                by_our_own += 1;
            }
        }
    }
    assert_eq!(by_our_own, 81);
}

#[test]
fn hkdf_sha_256() {
    let mut by_our_own = 0;
    for test in tests!("hkdf_sha256", 86) {
        let [ikm, mut salt, info, expected] = ["ikm", "salt", "info", "okm"].map(|field| unhex(&test[field]));
        let size = usize::try_from(test["size"].as_u64().unwrap()).unwrap();
        let mut found = vec![0; size];
        let expanded = ::hkdf::Hkdf::<Sha256>::new(Some(&salt), &ikm).expand(&info, &mut found);
        // Longer than 255 blocks there is none (RFC 5869, 2.3): of our own function it does not compile.
        assert_eq!(expanded.is_ok(), is_valid(&test), "{test}");
        if expanded.is_err() {
            continue;
        }
        assert_eq!(found, expected, "{test}");
        if salt.len() > 32 {
            continue;
        }
        // A key of HMAC is filled up with zeros (RFC 2104, 2), and so is our salt.
        salt.resize(32, 0);
        let salt = secret(&salt);
        let ours = match size {
            20 => hkdf::<20>(&salt, &ikm, &info).0.to_vec(),
            32 => hkdf::<32>(&salt, &ikm, &info).0.to_vec(),
            42 => hkdf::<42>(&salt, &ikm, &info).0.to_vec(),
            64 => hkdf::<64>(&salt, &ikm, &info).0.to_vec(),
            8160 => hkdf::<8160>(&salt, &ikm, &info).0.to_vec(),
            _ => continue,
        };
        assert_eq!(ours, expected, "{test}");
        by_our_own += 1;
    }
    assert_eq!(by_our_own, 67);
}

/// Through the library: a door's salt and rounds are the protocol's own.
#[test]
fn pbkdf2_hmac_sha_256() {
    for test in tests!("pbkdf2_hmacsha256", 60) {
        let [password, salt, expected] = ["password", "salt", "dk"].map(|field| unhex(&test[field]));
        let rounds = u32::try_from(test["iterationCount"].as_u64().unwrap()).unwrap();
        let mut found = vec![0; expected.len()];
        pbkdf2::pbkdf2_hmac::<Sha256>(&password, &salt, rounds, &mut found);
        assert_eq!(found, expected, "{test}");
        assert!(is_valid(&test), "{test}");
    }
}

/// RFC 7748 answers the vectors that Wycheproof calls acceptable: points of the twist are taken (5), a secret of
/// zeros is not (6.1). Encodings that are not canonical are none here.
#[test]
fn x25519() {
    let (mut refused, mut not_canonical) = (0, 0);
    for test in tests!("x25519", 518) {
        let own = KeyPair::from_secret(<[u8; 32]>::try_from(unhex(&test["private"])).unwrap().into());
        let Ok(other) = Public::from_bytes(unhex(&test["public"]).try_into().unwrap()) else {
            not_canonical += 1;
            continue;
        };
        let is_zero = test["flags"].as_array().unwrap().iter().any(|flag| flag == "ZeroSharedSecret");
        match own.agree(other) {
            Ok(shared) => {
                assert!(shared.as_bytes().as_slice() == unhex(&test["shared"]) && !is_zero, "{test}");
            }
            Err(error) => {
                assert!(error == SealError::WeakKey && is_zero, "{test}");
                refused += 1;
            }
        }
    }
    assert_eq!((refused, not_canonical), (15, 29));
}
