//! Kinds of private keys, by what names them in DER.

use super::certificate::contains;

/// In DER, with the length in front (RFC 8410, 3).
pub(super) const ED25519: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];

/// The curve can be used, yet the key can't.
const UNFIT: &str = "ECDSA that is damaged or lacks its public part (`openssl ec -in FILE -conv_form uncompressed` may add it)";

/// The bytes that name an algorithm or a curve in DER.
const KINDS: &[(&[u8], &str)] = &[
    (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23], "ECDSA P-521"),
    (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x21], "ECDSA P-224"),
    (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a], "ECDSA secp256k1"),
    (&[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01], "ECDSA P-192"),
    (&[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01], "ECDSA by Brainpool"),
    (&[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07], UNFIT),
    (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22], UNFIT),
    (&[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x01, 0x01], "ECDSA whose curve has no name"),
    (&[0x06, 0x03, 0x2b, 0x65, 0x71], "Ed448"),
    (&[0x06, 0x03, 0x2b, 0x65, 0x6e], "X25519, which signs nothing"),
    (&[0x06, 0x03, 0x2b, 0x65, 0x6f], "X448, which signs nothing"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a], "RSA-PSS alone"),
    (&[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01], "DSA"),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03], "ML-DSA or SLH-DSA"),
];

/// The kind of a private key that cannot be used.
pub(super) fn kind(der: &[u8]) -> String {
    let named = KINDS.iter().find(|(part, _)| contains(der, part)).map(|(_, name)| *name);
    match (named, rsa_bits(der)) {
        (Some(name), _) => name.to_owned(),
        (None, Some(2048..=4096)) => "RSA whose parts do not fit together".to_owned(),
        (None, Some(bits)) => format!("RSA with {bits} bits"),
        (None, None) => "a kind that is not known here, or damaged".to_owned(),
    }
}

/// The length of the modulus of an RSA key. It comes after version 0, and begins with a zero (RFC
/// 8017, A.1.2).
fn rsa_bits(der: &[u8]) -> Option<usize> {
    const BEFORE: &[u8] = &[0x02, 0x01, 0x00, 0x02];
    let at = der.windows(BEFORE.len()).position(|window| window == BEFORE)?;
    let bytes = match *der.get(at + BEFORE.len()..)? {
        [0x82, high, low, ..] => usize::from(high) << 8 | usize::from(low),
        [0x81, length, ..] | [length @ 0..=0x7f, ..] => usize::from(length),
        _ => return None,
    };
    Some(bytes.saturating_sub(1) * 8)
}
