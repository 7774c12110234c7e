//! `testdata/signatures.json`: signatures and keys with their verdicts, the same for the daemon, every member
//! and every browser's engine. They are made here, of hashes of names; `SANCTUARY_TABLES=write cargo test -p
//! sanctuary-sign --test vectors` writes them anew.

#![allow(clippy::unwrap_used)]

mod cases;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use sanctuary_sign::{PublicKey, SignatureError, SigningKey};
use serde_json::Value;

use cases::{Case, STANDARD, judged};

const ABOUT: &str = "Ed25519 under the protocol's one rule of verification: `signed` has keys and signatures \
    made from seeds, `judged` signatures with their verdict. Made by crates/sign/tests/vectors, not by hand.";

#[test]
fn the_verdicts_are_those_of_the_rule() {
    let vectors = vectors();
    let judged = vectors["judged"].as_array().unwrap();
    for case in judged {
        let verdict = match judge(&bytes(&case["key"]), &bytes(&case["message"]), &bytes(&case["signature"]))
        {
            Ok(()) => "holds",
            Err(SignatureError::Forged) => "forged",
            Err(SignatureError::WeakKey) => "weak-key",
        };
        assert_eq!(verdict, case["verdict"], "{}", case["name"]);
    }
    let of = |verdict| judged.iter().filter(|case| case["verdict"] == verdict).count();
    assert_eq!((of("holds"), of("forged"), of("weak-key")), (HOLDS, FORGED, WEAK_KEYS));
}

/// How many cases have which verdict, so that none gets lost.
const HOLDS: usize = 8;
const FORGED: usize = 63;
const WEAK_KEYS: usize = 71;

#[test]
fn keys_and_signatures_are_those_of_the_standard() {
    let vectors = vectors();
    let signed = vectors["signed"].as_array().unwrap();
    assert_eq!(signed.len(), STANDARD.len());
    for case in signed {
        let key = SigningKey::from_seed(&bytes(&case["seed"]).try_into().unwrap());
        assert_eq!(key.public().to_bytes().as_slice(), bytes(&case["key"]));
        assert_eq!(key.sign(&bytes(&case["message"])).as_slice(), bytes(&case["signature"]));
        assert_eq!(PublicKey::from_bytes(&key.public().to_bytes()), Ok(key.public()));
    }
}

#[test]
fn the_file_is_made_from_this() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/signatures.json");
    let wanted = file(&judged());
    if env::var("SANCTUARY_TABLES").is_ok_and(|what| what == "write") {
        fs::write(&path, &wanted).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap() == wanted, "{} is not made from this", path.display());
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../testdata/signatures.json")).unwrap()
}

fn judge(key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
    PublicKey::from_bytes(key.try_into().unwrap())?.verify(message, signature.try_into().unwrap())
}

fn bytes(hex: &Value) -> Vec<u8> {
    unhex(hex.as_str().unwrap())
}

fn file(judged: &[Case]) -> String {
    let mut file = format!("{{\n  \"about\": {ABOUT:?},\n  \"signed\": [\n");
    let signed = STANDARD.map(|[seed, key, message, signature]| {
        let made = format!(r#""message": "{message}", "signature": "{signature}""#);
        format!(r#"    {{ "seed": "{seed}", "key": "{key}", {made} }}"#)
    });
    file += &signed.join(",\n");
    file += "\n  ],\n  \"judged\": [\n";
    let judged = judged.iter().map(|case| {
        format!(
            r#"    {{ "name": "{}", "key": "{}", "message": "{}", "signature": "{}{}", "verdict": "{}" }}"#,
            case.name,
            hex(&case.key),
            hex(&case.message),
            hex(&case.r),
            hex(&case.s),
            case.verdict
        )
    });
    file += &judged.collect::<Vec<_>>().join(",\n");
    file + "\n  ]\n}\n"
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn unhex(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}
