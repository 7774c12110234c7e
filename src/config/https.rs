//! How https is served: the table of its settings, and what they come to together.

use std::path::PathBuf;
use std::time::Duration;

use super::ListenAddress;
use super::reader::TomlReader;
use super::table::Kind::{List, Path, Switch, Time};
use super::table::{Effect, Setting, settings};
use super::units::{HOUR, SECOND};
use super::value::{ReadToml, WriteToml};

/// How https is served. It always has a certificate, so nobody who holds this need ask for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Https {
    /// Where to listen; no address is covered by another, nor by one for plain http.
    pub listen: Vec<ListenAddress>,
    /// Where the certificate comes from.
    pub certificate: CertificateSource,
    /// Whether plain requests are sent on to https.
    pub redirect: bool,
    /// How long browsers are told to refuse plain http; they are told nothing without it.
    pub hsts: Option<Duration>,
}

/// Where the certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateSource {
    /// Two files in PEM, read again on a reload.
    Files {
        /// The chain, the server's own certificate first.
        certificate: PathBuf,
        /// The certificate's private key.
        key: PathBuf,
    },
    /// Made at start, and kept in memory.
    SelfSigned,
}

settings! {
    /// What `sanctuary.toml` says of https, each key by itself.
    pub(super) struct HttpsKeys {
        /// The chain, the server's own certificate first.
        tls_certificate: Option<PathBuf> = None, Path, Restart;
        /// The certificate's private key.
        tls_key: Option<PathBuf> = None, Path, Restart;
        /// Whether a certificate is made at start.
        self_signed: bool = false, Switch, Restart;
        /// Where to listen for https, once there is a certificate.
        listen_tls: Vec<ListenAddress> = vec![ListenAddress::EVERYWHERE_TLS], List(ListenAddress::COUNT), Restart;
        /// Whether plain requests are sent on to https.
        redirect_to_https: bool = true, Switch, Reload;
        /// How long browsers are told to refuse plain http. Nothing tells them to forget what they were told.
        hsts: Option<Duration> = None, Time(0..=365 * 24 * HOUR), Reload;
    }
}

impl HttpsKeys {
    /// The keys that say this.
    pub(super) fn of(https: Option<&Https>) -> Self {
        let Some(Https { listen, certificate, redirect, hsts }) = https.cloned() else {
            return Self::default();
        };
        let (self_signed, tls_certificate, tls_key) = match certificate {
            CertificateSource::Files { certificate, key } => (false, Some(certificate), Some(key)),
            CertificateSource::SelfSigned => (true, None, None),
        };
        Self { tls_certificate, tls_key, self_signed, listen_tls: listen, redirect_to_https: redirect, hsts }
    }

    /// How https is served, if there is a certificate. Keys that do not go together are reported to `reader`.
    pub(super) fn into_https(self, reader: &mut TomlReader) -> Option<Https> {
        let certificate = self.certificate(reader);
        if let Some(fault) = self.fault_of_hsts(certificate.as_ref()) {
            reader.fault(&["hsts"], fault);
        }
        let Self { listen_tls: listen, redirect_to_https: redirect, hsts, .. } = self;
        certificate.map(|certificate| Https { listen, certificate, redirect, hsts })
    }

    fn certificate(&self, reader: &mut TomlReader) -> Option<CertificateSource> {
        let (key, fault) = match (&self.tls_certificate, &self.tls_key) {
            (None, None) => return self.self_signed.then_some(CertificateSource::SelfSigned),
            (Some(certificate), Some(key)) if !self.self_signed => {
                return Some(CertificateSource::Files { certificate: certificate.clone(), key: key.clone() });
            }
            (Some(_), None) => ("tls_certificate", "`tls_certificate` is of no use alone: set `tls_key` too"),
            (None, Some(_)) => ("tls_key", "`tls_key` is of no use alone: set `tls_certificate` too"),
            (Some(_), Some(_)) => (
                "self_signed",
                "`self_signed` makes a certificate although `tls_certificate` names one: take one of them out",
            ),
        };
        reader.fault(&[key], fault);
        None
    }

    /// `hsts` is refused where browsers would not do what it says (RFC 6797, 8.1 and 11.3).
    fn fault_of_hsts(&self, certificate: Option<&CertificateSource>) -> Option<&'static str> {
        let how_long = self.hsts?;
        match certificate {
            _ if !how_long.is_zero() && how_long < Duration::from_millis(SECOND) => Some(
                "`hsts`: browsers count whole seconds: write \"1 s\" or more, or \"0 s\" to take it back",
            ),
            None => Some(
                "`hsts` is of no use without https: name a `tls_certificate`; \
                 where a proxy serves https, it is the proxy that says so",
            ),
            Some(CertificateSource::SelfSigned) => Some(
                "browsers pass `hsts` over where nobody vouches for the certificate: take it or `self_signed` out",
            ),
            Some(CertificateSource::Files { .. }) if !self.redirect_to_https && !how_long.is_zero() => Some(
                "`hsts` makes browsers refuse the plain http that `redirect_to_https = false` serves: \
                 take one of them out, or write \"0 s\" to take it back",
            ),
            Some(CertificateSource::Files { .. }) => None,
        }
    }
}
