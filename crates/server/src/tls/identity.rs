//! A certificate and its key, proved to belong together, and the handshake.

use std::fmt::Write as _;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{CertificateParams, DnType, KeyPair, SanType};
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::NoServerSessionStorage;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::version::{TLS12, TLS13};
use rustls::{CipherSuite, ServerConfig};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite};

use super::super::stream::Stream;
use super::certificate::Certificate;
use super::error::TlsError;
use super::stream::TlsStream;
use super::{key, pem};

#[cfg(test)]
mod tests;

/// The longest time that browsers accept in a certificate, even if they were told to trust it.
const SELF_SIGNED_FOR: Duration = Duration::from_secs(825 * 24 * 3600);

/// The name in a certificate that is made at start.
const MADE_HERE: &str = "Sanctuary";

/// Other clocks may be behind ours by so much.
const CLOCKS: Duration = Duration::from_secs(24 * 3600);

/// A certificate and its key, which belong together: all that a handshake needs.
#[derive(Clone, Debug)]
pub struct TlsIdentity {
    pub(super) config: Arc<ServerConfig>,
    fingerprint: String,
    validity: Option<(SystemTime, SystemTime)>,
    self_signed: bool,
    names: Vec<String>,
    warnings: Vec<&'static str>,
}

impl TlsIdentity {
    /// Reads two files in PEM: the chain, which begins with the server's own certificate, and its
    /// key.
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

    /// Makes a key and a certificate for these addresses, these names and `localhost`. Both exist
    /// only in memory.
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
        let warnings = warnings(&read);
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
        // Nothing is kept by which a client could be recognised: no session here, and no ticket
        // there.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Self {
            config: Arc::new(config),
            fingerprint,
            validity: read.as_ref().map(|read| (read.not_before, read.not_after)),
            self_signed: read.as_ref().is_some_and(|read| read.self_signed),
            names: read.map_or_else(Vec::new, |read| read.names),
            warnings,
        })
    }

    /// The SHA-256 of the server's own certificate, written as browsers show it.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Whether `shown`, which somebody serves, is this certificate. If this one was made at start,
    /// any that was so is.
    #[must_use]
    pub fn is_shown_as(&self, shown: &[u8]) -> bool {
        let is_made = || shown.windows(MADE_HERE.len()).any(|part| part == MADE_HERE.as_bytes());
        fingerprint(shown) == self.fingerprint || (self.self_signed && is_made())
    }

    /// From when until when the certificate is valid, if that can be read.
    #[must_use]
    pub fn validity(&self) -> Option<(SystemTime, SystemTime)> {
        self.validity
    }

    /// Whether the certificate is signed by itself alone.
    #[must_use]
    pub fn is_self_signed(&self) -> bool {
        self.self_signed
    }

    /// The DNS names of the certificate, wildcards among them, as they are written in it.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Why browsers may refuse it at any time; each continues a sentence that begins "the
    /// certificate".
    #[must_use]
    pub fn warnings(&self) -> &[&'static str] {
        &self.warnings
    }

    /// Does the handshake.
    pub(crate) async fn accept(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    ) -> io::Result<Box<dyn Stream>> {
        Ok(Box::new(TlsStream::accept(stream, &self.config).await?))
    }
}

fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().ok()?;
    (!chain.is_empty()).then_some(chain)
}

/// Why browsers may refuse a chain that can be served.
fn warnings(chain: &[Option<Certificate>]) -> Vec<&'static str> {
    let Some(Some(own)) = chain.first() else { return Vec::new() };
    let mut warnings = own.warnings.clone();
    // A certificate that can't be read vouches for nobody.
    let vouches =
        |pair: &[Option<Certificate>]| matches!(pair, [Some(one), Some(next)] if one.issuer == next.subject);
    let now = SystemTime::now();
    if chain.iter().skip(1).flatten().any(|next| now < next.not_before || next.not_after < now) {
        warnings.push("is followed by one that has expired or is not valid yet: renew those behind it, too");
    }
    if !chain.windows(2).all(vouches) {
        warnings.push(
            "is followed by others that do not vouch for it one by the next: put behind it those of its authority, \
             as in a `fullchain.pem`",
        );
    } else if chain.len() == 1 && !own.self_signed {
        warnings.push(
            "comes without the one that vouches for it: unless browsers know that by themselves, append the \
             authority's intermediate certificates, as in a `fullchain.pem`",
        );
    }
    warnings
}

/// The cipher suites of ring, the fastest first.
fn provider(has_aes: bool) -> CryptoProvider {
    let mut provider = default_provider();
    if !has_aes {
        let is_chacha = |suite: CipherSuite| format!("{suite:?}").contains("CHACHA20");
        provider.cipher_suites.sort_by_key(|suite| !is_chacha(suite.suite()));
    }
    provider
}

/// Whether the processor has instructions for AES. Raspberry Pis up to the fourth have none, and
/// are several times as fast with `ChaCha20`.
fn has_aes() -> bool {
    #[cfg(target_arch = "x86_64")]
    return std::arch::is_x86_feature_detected!("aes");
    #[cfg(target_arch = "aarch64")]
    return std::arch::is_aarch64_feature_detected!("aes");
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    return false;
}

/// Whether a certificate (DER) is signed by itself, as far as it can be read.
#[must_use]
pub fn is_signed_by_itself(certificate: &[u8]) -> bool {
    Certificate::read(certificate).is_some_and(|read| read.self_signed)
}

/// The SHA-256 of a certificate (DER), written as browsers show it.
#[must_use]
pub fn fingerprint(certificate: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(certificate) {
        let colon = if text.is_empty() { "" } else { ":" };
        let _ = write!(text, "{colon}{byte:02X}");
    }
    text
}
