//! The certificate that the settings name: read from its files or made, and what is to be said of it.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::addresses::Machine;
use crate::config::{CertificateSource, Settings};
use crate::files::{self, ReadError};
use crate::host_names;
use sanctuary_server::{TlsError, TlsIdentity};

/// Bytes of the largest chain or key that is read; real ones have less than 16 KiB.
const LARGEST_FILE: u64 = 1024 * 1024;

/// How long before its end a certificate is warned of: by then, whatever renews it has failed.
const SOON: Duration = Duration::from_secs(7 * 24 * 3600);

const DAY: u64 = 24 * 3600;

/// Why there is no https.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("cannot read {}: {source}{}", path.display(), remedy(source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: ReadError,
    },
    /// A file does not hold what it should.
    #[error("{}: {source}", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: TlsError,
    },
    /// None can be made.
    #[error("cannot make a certificate: {source}")]
    NotMade {
        /// Why not.
        source: TlsError,
    },
}

impl CertificateError {
    /// The file that cannot be read and why, if that is what is wrong.
    #[must_use]
    pub fn reading(&self) -> Option<(&Path, &ReadError)> {
        let Self::Unreadable { path, source } = self else { return None };
        Some((path, source))
    }
}

fn remedy(error: &ReadError) -> &'static str {
    let is_missing = matches!(error, ReadError::Missing(_));
    if is_missing { ": correct the path in `tls_certificate` or `tls_key`" } else { "" }
}

/// Reads the certificate, or makes one for `machine`, as the settings say; `None` if there is to be
/// no https.
pub fn load(settings: &Settings, machine: &Machine) -> Result<Option<TlsIdentity>, CertificateError> {
    let Some(https) = &settings.https else { return Ok(None) };
    match &https.certificate {
        CertificateSource::SelfSigned => {
            // A configured address may be one that is yet to come.
            let configured = settings.listen.iter().chain(&https.listen);
            let configured =
                configured.map(|address| address.socket().ip()).filter(|ip| !ip.is_unspecified());
            let mut addresses: Vec<IpAddr> = machine.ips().chain(configured).collect();
            addresses.sort_unstable();
            addresses.dedup();
            TlsIdentity::self_signed(addresses, host_names::of_this_machine())
                .map(Some)
                .map_err(|source| CertificateError::NotMade { source })
        }
        CertificateSource::Files { certificate, key } => read_pair(certificate, key).map(Some),
    }
}

/// Reads the files once more; `None` where there are none.
pub fn reload(settings: &Settings) -> Result<Option<TlsIdentity>, CertificateError> {
    // A certificate that was made stays: whoever has compared its fingerprint should not have to do so again.
    pair(settings).map(|[certificate, key]| read_pair(certificate, key)).transpose()
}

/// What the operator should know of a certificate, if anything: of its time, and why browsers may refuse it anyway.
#[must_use]
pub fn warning(tls: &TlsIdentity) -> Option<String> {
    let warnings = tls.warnings().iter().map(|warning| format!("the certificate {warning}"));
    let all: Vec<String> = warning_at(tls, SystemTime::now()).into_iter().chain(warnings).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

fn warning_at(tls: &TlsIdentity, now: SystemTime) -> Option<String> {
    let (from, until) = tls.validity()?;
    if let Ok(ahead) = from.duration_since(now)
        && !ahead.is_zero()
    {
        return Some(
            "the certificate is not valid yet: look whether this machine's clock is right".to_owned(),
        );
    }
    match until.duration_since(now) {
        Err(_) => {
            Some("the certificate has expired, and browsers refuse it: renew it, then reload".to_owned())
        }
        Ok(left) if left < SOON => {
            let within = match left.as_secs() / DAY + 1 {
                1 => "a day".to_owned(),
                days => format!("{days} days"),
            };
            Some(format!("the certificate expires within {within}: renew it, then reload"))
        }
        Ok(_) => None,
    }
}

/// The files that a reload reads.
pub fn files(settings: &Settings) -> impl Iterator<Item = &Path> {
    pair(settings).into_iter().flatten()
}

fn pair(settings: &Settings) -> Option<[&Path; 2]> {
    match &settings.https.as_ref()?.certificate {
        CertificateSource::Files { certificate, key } => Some([certificate, key]),
        CertificateSource::SelfSigned => None,
    }
}

fn read_pair(certificate: &Path, key: &Path) -> Result<TlsIdentity, CertificateError> {
    let (chain, secret) = (read(certificate)?, read(key)?);
    TlsIdentity::from_pem(&chain, &secret).map_err(|source| {
        let path = if matches!(
            source,
            TlsError::NoKey(_) | TlsError::OtherKey | TlsError::SeveralKeys | TlsError::Kind { .. }
        ) {
            key
        } else {
            certificate
        };
        CertificateError::Unfit { path: path.to_owned(), source }
    })
}

fn read(path: &Path) -> Result<Vec<u8>, CertificateError> {
    files::read(path, LARGEST_FILE)
        .map_err(|source| CertificateError::Unreadable { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_certificate_is_warned_of_before_and_after_its_time_and_a_week_before_its_end() {
        let tls = TlsIdentity::self_signed([], []).unwrap();
        let (from, until) = tls.validity().unwrap();
        let second = Duration::from_secs(1);
        for (now, expected) in [
            (from - second, Some("not valid yet")),
            (from, None),
            (until - SOON, None),
            (until - SOON + second, Some("expires within 7 days")),
            (until, Some("expires within a day")),
            (until + second, Some("has expired")),
        ] {
            let warning = warning_at(&tls, now);
            match expected {
                None => assert_eq!(warning, None),
                Some(part) => assert!(warning.as_ref().unwrap().contains(part), "{warning:?}"),
            }
        }
    }
}
