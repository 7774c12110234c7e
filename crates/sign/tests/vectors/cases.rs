//! What is signed, as it should be and otherwise.

use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::traits::IsIdentity;
use curve25519_dalek::{EdwardsPoint, Scalar};
use sha2::{Digest, Sha512};

use super::unhex;

/// RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc), as seed, public key, message and signature.
pub(crate) const STANDARD: [[&str; 4]; 4] = [
    [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b\
         d25bf5f0595bbe24655141438e7a100b",
    ],
    [
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c\
         387b2eaeb4302aeeb00d291612bb0c00",
    ],
    [
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659\
         4a7c15e9716ed28dc027beceea1ec40a",
    ],
    [
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd\
         454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030\
         3dca179c138ac17ad9bef1177331a704",
    ],
];

/// L, the order of the base point.
const L: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// One signature, and what the rule says of it.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) key: [u8; 32],
    pub(crate) message: Vec<u8>,
    pub(crate) r: [u8; 32],
    pub(crate) s: [u8; 32],
    pub(crate) verdict: &'static str,
}

impl Case {
    /// The same, altered and called otherwise.
    fn but(&self, name: &str, alter: impl FnOnce(&mut Self)) -> Self {
        let mut altered = Self { name: name.to_owned(), verdict: "forged", ..self.clone() };
        alter(&mut altered);
        altered
    }

    /// The left side of the equation, less R, by whoever decodes both points as ZIP 215 does.
    fn difference(&self) -> EdwardsPoint {
        let point = |bytes| CompressedEdwardsY(bytes).decompress().unwrap();
        let s = Scalar::from_bytes_mod_order(self.s);
        EdwardsPoint::mul_base(&s)
            - challenge(self.r, self.key, &self.message) * point(self.key)
            - point(self.r)
    }

    /// Sees to it that a verifier which multiplies by the cofactor, or compares points, would take it: else
    /// the case would show nothing.
    fn fools(self, multiplies: bool) -> Self {
        let difference = self.difference();
        let holds = if multiplies { difference.mul_by_cofactor() } else { difference }.is_identity();
        assert!(holds, "{} fools nobody", self.name);
        self
    }
}

/// All cases.
pub(crate) fn judged() -> Vec<Case> {
    [standard(), altered(), of_torsion(), of_small_order(), not_canonical()].concat()
}

fn standard() -> Vec<Case> {
    let case = |(at, [_, key, message, signature]): (usize, &[&str; 4])| {
        let signature = unhex(signature);
        Case {
            name: format!("RFC 8032, 7.1, {}", ["test 1", "test 2", "test 3", "test SHA(abc)"][at]),
            key: unhex(key).try_into().unwrap(),
            message: unhex(message),
            r: signature[..32].try_into().unwrap(),
            s: signature[32..].try_into().unwrap(),
            verdict: "holds",
        }
    };
    STANDARD.iter().enumerate().map(case).collect()
}

/// What signs in the cases below: a secret scalar, and its public key.
fn signer() -> (Scalar, EdwardsPoint) {
    let secret = scalar("signer");
    (secret, EdwardsPoint::mul_base(&secret))
}

/// S = r + k·a for the encodings of R and A as they are given.
fn signed(name: &str, message: &[u8], a: Scalar, key: [u8; 32], r: Scalar, r_bytes: [u8; 32]) -> Case {
    let s = (r + challenge(r_bytes, key, message) * a).to_bytes();
    Case { name: name.to_owned(), key, message: message.to_owned(), r: r_bytes, s, verdict: "holds" }
}

fn altered() -> Vec<Case> {
    let (a, point) = signer();
    let r = scalar("nonce");
    let honest = signed("signed", b"said", a, encode(point), r, encode(EdwardsPoint::mul_base(&r)));
    let other = encode(EdwardsPoint::mul_base(&scalar("other")));
    vec![
        honest.clone(),
        honest.but("message changed", |case| case.message[0] ^= 1),
        honest.but("message longer", |case| case.message.push(0)),
        honest.but("message shorter", |case| case.message.truncate(3)),
        honest.but("no message", |case| case.message.clear()),
        honest.but("another's key", |case| case.key = other),
        honest.but("first bit of R", |case| case.r[0] ^= 1),
        honest.but("sign of R", |case| case.r[31] ^= 0x80),
        honest.but("R is no point", |case| case.r = small(2)),
        honest.but("R is zero", |case| case.r = [0; 32]),
        honest.but("R is all ones", |case| case.r = [0xff; 32]),
        honest.but("R and S swapped", |case| std::mem::swap(&mut case.r, &mut case.s)),
        honest.but("first bit of S", |case| case.s[0] ^= 1),
        honest.but("S + 2^253", |case| case.s[31] ^= 0x20),
        honest.but("S + 2^254", |case| case.s[31] ^= 0x40),
        honest.but("S + 2^255", |case| case.s[31] ^= 0x80),
        honest.but("S + L", |case| case.s = sum(case.s, 1)).fools(false),
        honest.but("S + 2L", |case| case.s = sum(case.s, 2)).fools(false),
        honest.but("S + 7L", |case| case.s = sum(case.s, 7)).fools(false),
        honest.but("S is zero", |case| case.s = [0; 32]),
        honest.but("S is L", |case| case.s = L),
        honest.but("S is L - 1", |case| case.s = (-Scalar::ONE).to_bytes()),
        honest.but("S is all ones", |case| case.s = [0xff; 32]),
        honest.but("R is the identity, S is zero", |case| (case.r, case.s) = (small(1), [0; 32])),
        honest.but("the key is no point", |case| (case.key, case.verdict) = (small(2), "weak-key")),
        honest.but("the key is all ones", |case| (case.key, case.verdict) = ([0xff; 32], "weak-key")),
        signed("signed, long", &[b'x'; 1000], a, encode(point), r, encode(EdwardsPoint::mul_base(&r))),
        // The signer gives its secret away by it, and so nobody else can make one.
        signed(
            "signed with a nonce of zero: R is the identity",
            b"nonce",
            a,
            encode(point),
            Scalar::ZERO,
            small(1),
        ),
    ]
}

fn of_torsion() -> Vec<Case> {
    let (a, point) = signer();
    let mut cases = vec![];
    for (order, at) in [(8, 1), (4, 2), (8, 3), (2, 4), (8, 5), (4, 6), (8, 7)] {
        let torsion = EIGHT_TORSION[at];
        let name = |what: &str| format!("torsion {at}, of order {order}, in {what}");
        let key = encode(point + torsion);
        let r = scalar(&name("nonce"));
        let nonce = EdwardsPoint::mul_base(&r);

        cases.push(Case {
            verdict: "forged",
            ..signed(&name("R"), b"R", a, encode(point), r, encode(nonce + torsion)).fools(true)
        });
        cases.push(Case {
            verdict: "weak-key",
            ..signed(&name("A"), b"A", a, key, r, encode(nonce)).fools(true)
        });
        // A message whose k takes the torsion away: [k]A has none.
        let message =
            message(|message| challenge(encode(nonce), key, message).to_bytes()[0].is_multiple_of(8));
        cases.push(Case {
            verdict: "weak-key",
            ..signed(&name("A, out of [k]A"), &message, a, key, r, encode(nonce)).fools(false)
        });
        // R and [k]A have the same: the equation holds to the byte.
        let mixed = encode(nonce - torsion);
        let message = self::message(|message| challenge(mixed, key, message).to_bytes()[0] % 8 == 1);
        cases.push(Case {
            verdict: "weak-key",
            ..signed(&name("A and R"), &message, a, key, r, mixed).fools(false)
        });
    }
    cases
}

/// The eight points of small order, in each of their encodings.
fn small_encodings() -> Vec<(String, [u8; 32])> {
    let mut encodings: Vec<_> =
        (0..8).map(|at| (format!("small point {at}"), encode(EIGHT_TORSION[at]))).collect();
    let signed = |mut bytes: [u8; 32]| {
        bytes[31] |= 0x80;
        bytes
    };
    encodings.extend([
        ("the identity with a sign".to_owned(), signed(small(1))),
        ("y = -1 with a sign".to_owned(), signed(above(-1))),
        ("y = p".to_owned(), above(0)),
        ("y = p with a sign".to_owned(), signed(above(0))),
        ("y = p + 1".to_owned(), above(1)),
        ("y = p + 1 with a sign".to_owned(), signed(above(1))),
    ]);
    assert!(encodings.iter().all(|(_, bytes)| {
        CompressedEdwardsY(*bytes).decompress().is_some_and(|point| point.is_small_order())
    }));
    encodings
}

fn of_small_order() -> Vec<Case> {
    let (a, point) = signer();
    let mut cases = vec![];
    for (name, encoding) in small_encodings() {
        // The key of which anybody can sign: S is zero, and R the identity.
        let message =
            message(|message| challenge(small(1), encoding, message).to_bytes()[0].is_multiple_of(8));
        let key = format!("{name} as A");
        let by_anybody = signed(&key, &message, Scalar::ZERO, encoding, Scalar::ZERO, small(1));
        cases.push(Case { verdict: "weak-key", ..by_anybody.fools(false) });

        let by_small = signed(&format!("{name} as R"), b"small R", a, encode(point), Scalar::ZERO, encoding);
        let verdict = if encoding == small(1) { "holds" } else { "forged" };
        cases.push(Case { verdict, ..by_small.fools(true) });

        let both =
            signed(&format!("{name} as A and R"), b"both", Scalar::ZERO, encoding, Scalar::ZERO, encoding);
        cases.push(Case { verdict: "weak-key", ..both.fools(true) });
    }
    cases
}

/// Points whose y is not reduced: p..2^255 has 19 numbers, and some are on the curve. The first two, of small
/// order, are above.
fn not_canonical() -> Vec<Case> {
    let (a, point) = signer();
    let honest = signed("", b"canonical", a, encode(point), Scalar::ONE, encode(ED25519_BASEPOINT_POINT));
    let mut cases = vec![];
    for (y, sign) in (2..19).flat_map(|y| [(y, 0), (y, 0x80)]) {
        let mut encoding = above(y);
        encoding[31] |= sign;
        let Some(decoded) = CompressedEdwardsY(encoding).decompress() else { continue };
        // So whoever looks for torsion refuses as A whatever is not canonical.
        assert!(!decoded.is_torsion_free());
        let name = format!("y = p + {y}{}", if sign == 0 { "" } else { " with a sign" });
        cases.push(honest.but(&format!("{name} as R"), |case| case.r = encoding));
        cases.push(honest.but(&format!("{name} as A"), |case| {
            (case.key, case.verdict) = (encoding, "weak-key");
        }));
    }
    cases
}

/// SHA-512(R ‖ A ‖ M) mod L.
fn challenge(r: [u8; 32], key: [u8; 32], message: &[u8]) -> Scalar {
    Scalar::from_hash(Sha512::new().chain_update(r).chain_update(key).chain_update(message))
}

fn scalar(name: &str) -> Scalar {
    Scalar::from_hash(Sha512::new().chain_update(name))
}

/// The first of many messages that is as it should be.
fn message(is_wanted: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    (0..1000).map(|at| format!("message {at}").into_bytes()).find(|message| is_wanted(message)).unwrap()
}

fn encode(point: EdwardsPoint) -> [u8; 32] {
    point.compress().to_bytes()
}

/// The encoding of a small y.
fn small(y: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = y;
    bytes
}

/// The encoding of p + y, for the few y below 2^255 - p.
fn above(y: i8) -> [u8; 32] {
    let mut bytes = [0xff; 32];
    bytes[0] = 0xed_u8.checked_add_signed(y).unwrap();
    bytes[31] = 0x7f;
    bytes
}

/// S and so many times L.
fn sum(mut s: [u8; 32], times: u16) -> [u8; 32] {
    let mut carry = 0;
    for (byte, of_l) in s.iter_mut().zip(L) {
        carry += u16::from(*byte) + times * u16::from(of_l);
        *byte = carry.to_le_bytes()[0];
        carry >>= 8;
    }
    assert_eq!(carry, 0, "it has no more than 32 bytes");
    s
}
