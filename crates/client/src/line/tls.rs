//! Whose certificate is trusted.

use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};

/// Bytes of a SHA-256.
const HASH: usize = 32;

/// Whose certificate is trusted.
#[derive(Clone, Debug)]
pub enum Trust {
    /// That of whom the roots of this machine vouch for.
    System,
    /// That of whom the certificates of a file vouch for.
    Authorities(Vec<CertificateDer<'static>>),
    /// The one of this SHA-256, whoever vouches for it.
    Fingerprint([u8; HASH]),
}

/// Why nothing can be trusted.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file of authorities can't be read.
    #[error("it can't be read: {0}")]
    File(tokio_rustls::rustls::pki_types::pem::Error),
    /// It holds none.
    #[error("it holds no certificate (PEM)")]
    Empty,
    /// A fingerprint that is none.
    #[error("a fingerprint is a SHA-256: 64 hexadecimal digits, with or without colons")]
    Fingerprint,
    /// The system has no roots, or none that can be used.
    #[error("this machine has no certificates to trust: name one by --ca or --fingerprint")]
    NoRoots,
}

impl Trust {
    /// The authorities of a file.
    pub fn authorities(file: &Path) -> Result<Self, TrustError> {
        let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let found = read.map_err(TrustError::File)?;
        if found.is_empty() { Err(TrustError::Empty) } else { Ok(Self::Authorities(found)) }
    }

    /// A fingerprint as it is typed.
    pub fn fingerprint(typed: &str) -> Result<Self, TrustError> {
        let digits: Vec<u32> = typed
            .chars()
            .filter(|&c| c != ':' && !c.is_whitespace())
            .map(|c| c.to_digit(16).ok_or(TrustError::Fingerprint))
            .collect::<Result<_, _>>()?;
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| u8::try_from(pair.iter().fold(0, |byte, digit| byte << 4 | digit)).unwrap_or(0))
            .collect();
        let is_whole = digits.len() == 2 * HASH;
        let hash: [u8; HASH] = bytes.try_into().map_err(|_| TrustError::Fingerprint)?;
        if is_whole { Ok(Self::Fingerprint(hash)) } else { Err(TrustError::Fingerprint) }
    }

    pub(super) fn config(&self) -> Result<Arc<ClientConfig>, TrustError> {
        let provider = Arc::new(default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|_| TrustError::NoRoots)?;
        let builder = builder.dangerous();
        let verifier: Arc<dyn ServerCertVerifier> = match self {
            Self::Fingerprint(hash) => Arc::new(Pinned { hash: *hash, provider }),
            Self::System => by_roots(rustls_native_certs::load_native_certs().certs, &provider)?,
            Self::Authorities(found) => by_roots(found.clone(), &provider)?,
        };
        Ok(Arc::new(builder.with_custom_certificate_verifier(verifier).with_no_client_auth()))
    }
}

fn by_roots(
    found: Vec<CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, TrustError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(found);
    let verifier = WebPkiServerVerifier::builder_with_provider(roots.into(), Arc::clone(provider));
    verifier.build().map_err(|_| TrustError::NoRoots)
}

/// One certificate, known by its hash: neither its names nor its dates say more.
#[derive(Debug)]
struct Pinned {
    hash: [u8; HASH],
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if Sha256::digest(end_entity)[..] == self.hash {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_with_colons_and_without() {
        let plain = "ab".repeat(HASH);
        let colons = vec!["AB"; HASH].join(":");
        for typed in [&plain, &colons] {
            assert!(
                matches!(Trust::fingerprint(typed), Ok(Trust::Fingerprint(hash)) if hash == [0xab; HASH])
            );
        }
        for typed in ["", "ab", &plain[1..], &format!("{plain}a"), &"zz".repeat(HASH)] {
            assert!(Trust::fingerprint(typed).is_err(), "{typed}");
        }
    }
}
