//! Reads PEM (RFC 7468), and says of files that are something else what they are and what to do.

use super::certificate::contains;

/// Cleans PEM of what editors and shells have made of it: byte order marks, blanks around lines,
/// other ends of lines, and UTF-16, which Windows writes.
pub(super) fn plain_lines(text: &[u8]) -> Vec<u8> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let narrow = |unit: u16| u8::try_from(unit).ok().filter(u8::is_ascii).unwrap_or(b'?');
    let units = |unit: fn([u8; 2]) -> u16| {
        text[2..].chunks_exact(2).map(move |pair| narrow(unit([pair[0], pair[1]])))
    };
    let text: Vec<u8> = match text {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes).collect(),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes).collect(),
        _ => text.to_vec(),
    };
    let mut lines = Vec::with_capacity(text.len());
    for line in text.split(|byte| b"\r\n".contains(byte)) {
        lines.extend_from_slice(line.strip_prefix(MARK).unwrap_or(line).trim_ascii());
        lines.push(b'\n');
    }
    lines
}

const DAMAGED: &str =
    "it is damaged, a part of it missing or changed: copy it again, from `-----BEGIN` to `-----END`";
const ENCRYPTED: &str = "the key is encrypted, and nobody is there to type its passphrase: \
                         `openssl pkey -in FILE -out NEW-FILE` takes that off";

/// Labels of certificates in PEM.
const CERTIFICATES: &[&str] = &["CERTIFICATE"];

/// Labels of keys in PEM that can be used.
const KEYS: &[&str] = &["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

/// Parts of other labels, and what each means.
const OTHERS: &[(&str, &str)] = &[
    (
        "OPENSSH PRIVATE KEY-----",
        "it is a key of SSH, which no browser knows: name the one that belongs to the certificate",
    ),
    (
        "CERTIFICATE REQUEST-----",
        "it is a request for a certificate: name the certificate that the authority has made of it",
    ),
    (
        "PKCS7",
        "it is PKCS #7: `openssl pkcs7 -print_certs -in FILE -out NEW-FILE` takes the certificates out",
    ),
    (
        "TRUSTED",
        "it is a certificate as OpenSSL marks it: `openssl x509 -in FILE -out NEW-FILE` makes a plain one",
    ),
    ("PUBLIC KEY-----", "it is a public key: name the private one, which was made with it"),
    (
        "BEGIN X509 CRL-----",
        "it is a list of certificates that were taken back: name the server's own certificate",
    ),
    (
        "DSA",
        "it is a key of DSA, which no browser takes: make one with `openssl ecparam -name prime256v1 -genkey`",
    ),
];

/// Why no certificate is found in these lines.
pub(super) fn instead_of_certificates(file: &[u8], lines: &[u8]) -> &'static str {
    instead(file, lines, CERTIFICATES, KEYS).unwrap_or(
        "there is no certificate in it: it must hold `-----BEGIN CERTIFICATE-----`, the server's own first",
    )
}

/// Why no key is found in these lines.
pub(super) fn instead_of_a_key(file: &[u8], lines: &[u8]) -> &'static str {
    instead(file, lines, KEYS, CERTIFICATES)
        .unwrap_or("there is no private key in it: it must hold `-----BEGIN PRIVATE KEY-----`")
}

fn instead(file: &[u8], lines: &[u8], wanted: &[&str], swapped: &[&str]) -> Option<&'static str> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    let wants_certificates = wanted == CERTIFICATES;
    // The end is compared too, for other labels contain these, such as "PRIVATE KEY".
    let has_any = |labels: &[&str]| {
        labels.iter().any(|label| contains(lines, &[BEGIN, label.as_bytes(), b"-----"].concat()))
    };
    let is_encrypted = contains(lines, b"ENCRYPTED");
    if lines.trim_ascii().is_empty() {
        return Some("it is empty: copy into it what the authority or the program gave you that made it");
    }
    if is_encrypted && !wants_certificates {
        return Some(ENCRYPTED);
    }
    if has_any(wanted) {
        return Some(DAMAGED);
    }
    if !contains(lines, BEGIN) {
        return binary(file);
    }
    for (part, told) in OTHERS {
        if contains(lines, part.as_bytes()) {
            return Some(told);
        }
    }
    (has_any(swapped) || is_encrypted).then_some(if wants_certificates {
        "it holds a private key and no certificate: are `tls_certificate` and `tls_key` in each other's place?"
    } else {
        "it holds a certificate and no private key: are `tls_certificate` and `tls_key` in each other's place?"
    })
}

/// Tells a binary file by the bytes that it begins with (X.690; RFC 7292, 4; RFC 5652, 3).
fn binary(file: &[u8]) -> Option<&'static str> {
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    const VERSION_3: &[u8] = &[0x02, 0x01, 0x03, 0x30];
    let head = &file[..file.len().min(24)];
    let is_sequence = matches!(head, [0x30, 0x80..=0xff, ..] | [0x30, _, 0x02 | 0x30, ..]);
    if !is_sequence {
        head.starts_with(&[0xfe, 0xed, 0xfe, 0xed]).then_some(
            "it is a keystore of Java: `keytool -importkeystore -srckeystore FILE -destkeystore NEW-FILE \
             -deststoretype pkcs12` makes PKCS #12 of it, and OpenSSL can read that",
        )
    } else if contains(head, SIGNED_DATA) {
        Some(
            "it is PKCS #7: `openssl pkcs7 -inform DER -print_certs -in FILE -out NEW-FILE` takes the certificates out",
        )
    } else if contains(head, VERSION_3) {
        Some(
            "it is PKCS #12: `openssl pkcs12 -nokeys -in FILE -out CERTIFICATE-FILE` takes the certificates out, and \
             `openssl pkcs12 -nocerts -nodes -in FILE -out KEY-FILE` the key",
        )
    } else {
        Some(
            "it is DER, not PEM: `openssl x509 -inform DER -in FILE -out NEW-FILE` makes PEM of a certificate, \
             `openssl pkey -inform DER -in FILE -out NEW-FILE` of a key",
        )
    }
}
