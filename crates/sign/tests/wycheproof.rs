//! Wycheproof's vectors for Ed25519 (`testdata/wycheproof`). Nowhere that they look is the rule stricter than
//! RFC 8032: what they call valid holds, and nothing else.

#![allow(clippy::unwrap_used)]

use sanctuary_sign::PublicKey;
use serde_json::Value;

#[test]
fn ed25519() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../../testdata/wycheproof/ed25519.json")).unwrap();
    let mut ran = [0, 0];
    for test in vectors["tests"].as_array().unwrap() {
        let key: [u8; 32] = bytes(&test["key"]).try_into().unwrap();
        // A signature of another length is none.
        let signature: Option<[u8; 64]> = bytes(&test["sig"]).try_into().ok();
        let holds = PublicKey::from_bytes(&key).is_ok_and(|key| {
            signature.is_some_and(|signature| key.verify(&bytes(&test["msg"]), &signature).is_ok())
        });
        assert_eq!(holds, test["result"] == "valid", "{test}");
        ran[usize::from(holds)] += 1;
    }
    assert_eq!(ran, [63, 88], "how many are refused, and hold");
}

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap();
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}
