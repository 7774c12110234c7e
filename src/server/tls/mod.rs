//! TLS 1.2 and 1.3 (RFC 5246, RFC 8446), for http/1.1 alone: a certificate and its key, proved to belong
//! together, and the handshake. This knows no file: whoever has read one hands its bytes over.

use std::fmt::Write as _;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{CertificateParams, DnType, KeyPair, SanType};
use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::NoServerSessionStorage;
use tokio_rustls::rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{self, CipherSuite, ServerConfig};

use self::certificate::{Certificate, key};
use super::Stream;

mod certificate;
mod pem;

/// Bytes that may wait in one connection for the network, sealed and not; what comes in is one record at most.
const BUFFER: usize = 16 * 1024;

/// Bytes that TLS adds to a connection: what waits, a record that comes in (RFC 8446, 5.2), the state.
pub const TLS_MEMORY: usize = 2 * BUFFER + 18 * 1024;

/// The longest that browsers take a certificate for, also one that they were told to trust.
const SELF_SIGNED_FOR: Duration = Duration::from_secs(825 * 24 * 3600);

/// Whose the certificate says to be that is made at start.
const MADE_HERE: &str = "Sanctuary";

/// Clocks of others may be behind ours by as much.
const CLOCKS: Duration = Duration::from_secs(24 * 3600);

/// Why nothing can be served with a certificate; the texts go on from the file's name.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// No certificate in PEM: what there is instead.
    #[error("{0}")]
    NoCertificate(&'static str),
    /// No key in PEM, or an encrypted one: what there is instead.
    #[error("{0}")]
    NoKey(&'static str),
    /// The key is another certificate's.
    #[error("this key does not belong to the certificate: name the two that were issued together")]
    OtherKey,
    /// The key is another certificate's, and others follow it.
    #[error(
        "it holds several keys, and the first does not belong to the certificate: leave in it the one that does"
    )]
    SeveralKeys,
    /// The key is that of a certificate that comes later.
    #[error(
        "another certificate comes before the server's own, such as the authority's: put the server's first, then \
         those that vouch for it, each by the next"
    )]
    WrongOrder,
    /// A certificate without extensions.
    #[error(
        "it is of X.509 version 1, which browsers refuse: have it made with `subjectAltName`, as by `openssl x509` \
         with `-extfile`"
    )]
    Version1,
    /// A key of a kind that is not spoken here.
    #[error(
        "it is a key of {kind}, which cannot be used: ask for a certificate with a new one, of ECDSA P-256 from \
         `openssl ecparam -name prime256v1 -genkey -noout`, or of RSA with 2048 to 4096 bits"
    )]
    Kind {
        /// What it is instead.
        kind: String,
        /// The library's error.
        source: rustls::Error,
    },
    /// They cannot be read.
    #[error("it is no certificate that can be read: {source}")]
    Unreadable {
        /// The library's error.
        source: rustls::Error,
    },
    /// They cannot be made.
    #[error("{source}")]
    NotMade {
        /// The library's error.
        #[from]
        source: rcgen::Error,
    },
}

impl From<rustls::Error> for TlsError {
    fn from(error: rustls::Error) -> Self {
        match error {
            rustls::Error::InconsistentKeys(_) => Self::OtherKey,
            source => Self::Unreadable { source },
        }
    }
}

/// A certificate and its key, proved to belong together: all that a handshake takes.
#[derive(Clone, Debug)]
pub struct TlsIdentity {
    config: Arc<ServerConfig>,
    fingerprint: String,
    validity: Option<(SystemTime, SystemTime)>,
    self_signed: bool,
    names: Vec<String>,
    doubts: Vec<&'static str>,
}

impl TlsIdentity {
    /// From two files in PEM: the chain, the server's own certificate first, and its key.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        let lines = pem::plain_lines(chain);
        let chain = certificates(&lines)
            .ok_or_else(|| TlsError::NoCertificate(pem::instead_of_certificates(chain, &lines)))?;
        let lines = pem::plain_lines(key);
        let mut keys = PrivateKeyDer::pem_slice_iter(&lines);
        let Some(Ok(first)) = keys.next() else {
            return Err(TlsError::NoKey(pem::instead_of_a_key(key, &lines)));
        };
        Self::new(chain, first).map_err(|error| match error {
            TlsError::OtherKey if keys.next().is_some() => TlsError::SeveralKeys,
            other => other,
        })
    }

    /// Makes a key and a certificate for these addresses, these names and `localhost`, which are nowhere but in memory.
    pub fn self_signed(
        addresses: impl IntoIterator<Item = IpAddr>,
        names: impl IntoIterator<Item = String>,
    ) -> Result<Self, TlsError> {
        let names: Vec<String> = ["localhost".to_owned()].into_iter().chain(names).collect();
        let mut params = CertificateParams::new(names)?;
        params.subject_alt_names.extend(addresses.into_iter().map(SanType::IpAddress));
        params.distinguished_name.push(DnType::CommonName, MADE_HERE);
        let epoch = rcgen::date_time_ymd(1970, 1, 1);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        params.not_before = epoch + now.saturating_sub(CLOCKS);
        params.not_after = epoch + now + SELF_SIGNED_FOR - CLOCKS;
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        Self::new(vec![certificate.into()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
    }

    fn new(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<Self, TlsError> {
        let fingerprint = chain.first().map(|own| fingerprint(own)).unwrap_or_default();
        let read: Vec<_> = chain.iter().map(|certificate| Certificate::read(certificate)).collect();
        let provider = provider(has_aes());
        let kind = key::kind(key.secret_der());
        let key =
            provider.key_provider.load_private_key(key).map_err(|source| TlsError::Kind { kind, source })?;
        let of_key = |certificate: &CertificateDer<'static>| {
            CertifiedKey::new(vec![certificate.clone()], Arc::clone(&key)).keys_match()
        };
        if chain.iter().skip(1).any(|certificate| of_key(certificate).is_ok()) && of_key(&chain[0]).is_err() {
            return Err(TlsError::WrongOrder);
        }
        let doubts = doubts(&read);
        let read = read.into_iter().next().flatten();
        if read.as_ref().is_some_and(|own| own.is_version_1) {
            return Err(TlsError::Version1);
        }
        let certified = CertifiedKey::new(chain, key);
        match certified.keys_match() {
            Ok(()) | Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::Unknown)) => {}
            Err(error) => return Err(error.into()),
        }
        let mut config = ServerConfig::builder_with_provider(Arc::new(provider))
            .with_protocol_versions(&[&TLS13, &TLS12])?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(certified)));
        config.ignore_client_order = true; // all suites are good: what counts is which is fast here
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // Nothing about a visit is kept to recognise the next by, neither here nor, as a ticket, with the visitor.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Self {
            config: Arc::new(config),
            fingerprint,
            validity: read.as_ref().map(|read| (read.not_before, read.not_after)),
            self_signed: read.as_ref().is_some_and(|read| read.self_signed),
            names: read.map_or_else(Vec::new, |read| read.names),
            doubts,
        })
    }

    /// The SHA-256 of the server's own certificate, as browsers show it.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Whether `shown`, which somebody serves, is this certificate; that of a daemon which has made its own is one too.
    #[must_use]
    pub fn is_shown_as(&self, shown: &[u8]) -> bool {
        let is_made = || shown.windows(MADE_HERE.len()).any(|part| part == MADE_HERE.as_bytes());
        fingerprint(shown) == self.fingerprint || (self.self_signed && is_made())
    }

    /// From when and until when the certificate is valid, where that can be read.
    #[must_use]
    pub fn validity(&self) -> Option<(SystemTime, SystemTime)> {
        self.validity
    }

    /// Whether nobody but itself vouches for the certificate.
    #[must_use]
    pub fn is_self_signed(&self) -> bool {
        self.self_signed
    }

    /// The names of DNS that the certificate is for, wildcards among them, as they stand in it.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Why browsers may refuse it whatever the time, each as a sentence goes on from "the certificate".
    #[must_use]
    pub fn doubts(&self) -> &[&'static str] {
        &self.doubts
    }

    /// Shakes hands.
    pub(super) async fn accept(&self, stream: impl Stream + 'static) -> io::Result<Box<dyn Stream>> {
        let acceptor = TlsAcceptor::from(Arc::clone(&self.config));
        let accept = acceptor.accept_with(stream, |connection| connection.set_buffer_limit(Some(BUFFER)));
        Ok(Box::new(accept.await?))
    }
}

fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().ok()?;
    (!chain.is_empty()).then_some(chain)
}

/// What browsers may say of a chain that can be served.
fn doubts(chain: &[Option<Certificate>]) -> Vec<&'static str> {
    let Some(Some(own)) = chain.first() else { return Vec::new() };
    let mut doubts = own.doubts.clone();
    // One that can't be read vouches for nobody.
    let vouches =
        |pair: &[Option<Certificate>]| matches!(pair, [Some(one), Some(next)] if one.issuer == next.subject);
    let now = SystemTime::now();
    if chain.iter().skip(1).flatten().any(|next| now < next.not_before || next.not_after < now) {
        doubts.push("is followed by one that has expired or is not valid yet: renew those behind it, too");
    }
    if !chain.windows(2).all(vouches) {
        doubts.push(
            "is followed by others that do not vouch for it one by the next: put behind it those of its authority, \
             as in a `fullchain.pem`",
        );
    } else if chain.len() == 1 && !own.self_signed {
        doubts.push(
            "comes without the one that vouches for it: unless browsers know that by themselves, append the \
             authority's intermediate certificates, as in a `fullchain.pem`",
        );
    }
    doubts
}

/// The suites of ring, the fastest first.
fn provider(has_aes: bool) -> CryptoProvider {
    let mut provider = default_provider();
    if !has_aes {
        let is_chacha = |suite: CipherSuite| format!("{suite:?}").contains("CHACHA20");
        provider.cipher_suites.sort_by_key(|suite| !is_chacha(suite.suite()));
    }
    provider
}

/// Whether the processor has instructions for AES; a Raspberry Pi up to the fourth has none, and is several times as
/// fast with `ChaCha20`.
fn has_aes() -> bool {
    #[cfg(target_arch = "x86_64")]
    return std::arch::is_x86_feature_detected!("aes");
    #[cfg(target_arch = "aarch64")]
    return std::arch::is_aarch64_feature_detected!("aes");
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    return false;
}

fn fingerprint(certificate: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(certificate) {
        let colon = if text.is_empty() { "" } else { ":" };
        let _ = write!(text, "{colon}{byte:02X}");
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::error::Error as _;

    use tokio_rustls::rustls::SupportedCipherSuite;

    use super::*;

    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    fn pem() -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let certificate =
            CertificateParams::new(["a.example".to_owned()]).unwrap().self_signed(&key).unwrap();
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
        let (one, other) =
            (TlsIdentity::self_signed([], []).unwrap(), TlsIdentity::self_signed([], []).unwrap());
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
}
