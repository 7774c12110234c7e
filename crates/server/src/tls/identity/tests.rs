//! Which certificates and keys are taken, and what is kept of a handshake.

#![allow(clippy::unwrap_used)]

use std::error::Error as _;

use rustls::SupportedCipherSuite;

use super::*;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn pem() -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["a.example".to_owned()]).unwrap().self_signed(&key).unwrap();
    let base64 = |bytes: &[u8], label| {
        let sextets = bytes.chunks(3).flat_map(|chunk| {
            let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
                << (8 * (3 - chunk.len()));
            (0..4).map(move |at| (at <= chunk.len()).then_some((word >> (18 - 6 * at) & 63) as usize))
        });
        let text: String = sextets.map(|sextet| sextet.map_or('=', |at| LETTERS[at].into())).collect();
        format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
    };
    (base64(certificate.der(), "CERTIFICATE"), base64(&key.serialize_der(), "PRIVATE KEY"))
}

#[test]
fn a_certificate_and_its_own_key_are_taken_and_no_other_pair() {
    let ((certificate, key), (other, _)) = (pem(), pem());
    assert!(TlsIdentity::from_pem(certificate.as_bytes(), key.as_bytes()).is_ok());
    let refusal =
        |chain: &str, key: &str| TlsIdentity::from_pem(chain.as_bytes(), key.as_bytes()).unwrap_err();
    assert!(matches!(refusal(&other, &key), TlsError::OtherKey));
    assert!(matches!(refusal("", &key), TlsError::NoCertificate(_)));
    assert!(matches!(refusal(&key, &key), TlsError::NoCertificate(_)));
    assert!(matches!(refusal(&certificate, &certificate), TlsError::NoKey(_)));
    let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let refused = refusal(nonsense, &key);
    assert!(matches!(refused, TlsError::Unreadable { .. }));
    assert!(matches!(refused.source(), Some(source) if source.is::<rustls::Error>()), "{refused:?}");
}

#[test]
fn pem_is_read_however_an_editor_has_saved_it() {
    let (certificate, key) = pem();
    let mark = "\u{feff}";
    let indented = |text: &str| format!("\t {}", text.replace('\n', " \n\t "));
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{mark}{text}").encode_utf16().flat_map(bytes).collect()
    };
    let saved = |text: &str| -> Vec<Vec<u8>> {
        vec![
            format!("{mark}{text}").into(),
            text.replace('\n', "\r\n").into(),
            text.replace('\n', "\r").into(),
            format!("{mark}Bag Attributes\r\n    friendlyName: ü\r\n{mark}{text}").into(),
            format!("  \n\n{}", indented(text)).into(),
            text.trim_end().into(),
            utf16(text, u16::to_le_bytes),
            utf16(&text.replace('\n', "\r\n"), u16::to_be_bytes),
        ]
    };
    for (chain, secret) in saved(&certificate).iter().zip(saved(&key)) {
        let read = TlsIdentity::from_pem(chain, &secret).map(|tls| tls.names().to_vec());
        assert_eq!(read.ok(), Some(vec!["a.example".to_owned()]), "{}", chain.escape_ascii());
    }
    // A chain whose files were put one behind the other, each with its mark.
    let chain = format!("{mark}{certificate}{mark}{}", pem().0);
    assert_eq!(certificates(&pem::plain_lines(chain.as_bytes())).unwrap().len(), 2);
}

#[test]
fn one_that_is_made_here_says_so_and_is_another_each_time() {
    let (one, other) = (TlsIdentity::self_signed([], []).unwrap(), TlsIdentity::self_signed([], []).unwrap());
    assert!(one.is_self_signed());
    assert_ne!(one.fingerprint(), other.fingerprint());
    assert_eq!(one.fingerprint().len(), 32 * 3 - 1);
    let (from, until) = one.validity().unwrap();
    let now = SystemTime::now();
    assert!(from < now && until > now + SELF_SIGNED_FOR - 2 * CLOCKS);
    assert!(until.duration_since(from).unwrap() <= SELF_SIGNED_FOR);
}

#[test]
fn without_aes_in_the_processor_chacha_goes_first_and_no_suite_goes_missing() {
    let names = |has_aes| -> Vec<CipherSuite> {
        provider(has_aes).cipher_suites.iter().map(SupportedCipherSuite::suite).collect()
    };
    let (with, without) = (names(true), names(false));
    assert_eq!(with[0], CipherSuite::TLS13_AES_256_GCM_SHA384);
    assert_eq!(without[0], CipherSuite::TLS13_CHACHA20_POLY1305_SHA256);
    assert!(with.len() == without.len() && with.iter().all(|suite| without.contains(suite)));
}

#[test]
fn nothing_is_kept_to_recognise_a_visitor_by() {
    let config = TlsIdentity::self_signed([], []).unwrap().config;
    assert!(!config.session_storage.can_cache() && !config.ticketer.enabled());
    assert_eq!((config.send_tls13_tickets, config.max_early_data_size), (0, 0));
}
