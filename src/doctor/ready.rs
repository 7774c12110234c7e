//! What others can type on a machine of theirs, ready to be copied: to hold the page to its digests, and to enter from a
//! terminal.

use std::fmt;
use std::net::SocketAddr;

use ipnet::IpNet;

use super::Running;
use super::probe::{self, Answer};
use crate::addresses::{Scheme, Url};
use sanctuary_server::{DIGESTS, TlsIdentity, fingerprint, is_signed_by_itself};

/// Commands for one address.
#[derive(Debug)]
pub(super) struct Ready {
    /// The address that most others reach, or else this machine alone.
    url: Option<Url>,
    certificate: Vouched,
}

/// By what a program on another machine trusts the certificate.
#[derive(Debug, PartialEq, Eq)]
enum Vouched {
    /// There is none, or somebody vouches for it.
    ByOthers,
    /// By this fingerprint alone.
    ByNobody(String),
    /// By a fingerprint that only a running daemon knows.
    Unknown,
    /// By that of a daemon, if it is the daemon that shows it on this port.
    Unproven(u16),
}

impl Ready {
    /// Asks the daemon for its certificate where it serves by https: one that is made at start is known to it alone.
    pub(super) fn look(
        urls: &[Url],
        secure: &[SocketAddr],
        configured: Option<&TlsIdentity>,
        running: &Running,
        introducing: &[IpNet],
    ) -> Self {
        let url = urls.iter().find(|url| url.for_others).or(urls.first());
        let shown = secure.iter().find_map(|socket| Some((*socket, shown(*socket, introducing)?)));
        let certificate = match shown {
            _ if url.is_none_or(|url| url.scheme == Scheme::Http) => Vouched::ByOthers,
            Some((at, shown)) if is_signed_by_itself(&shown) => {
                let fingerprint = fingerprint(&shown);
                let is_configured = configured.is_some_and(|own| own.fingerprint() == fingerprint);
                if is_configured || running.surely_has(at) {
                    Vouched::ByNobody(fingerprint)
                } else {
                    Vouched::Unproven(at.port())
                }
            }
            None if configured.is_some_and(TlsIdentity::is_self_signed) => Vouched::Unknown,
            _ => Vouched::ByOthers,
        };
        Self { url: url.cloned(), certificate }
    }
}

fn shown(socket: SocketAddr, introducing: &[IpNet]) -> Option<Vec<u8>> {
    match probe::secure(socket, introducing) {
        Answer::Secure(certificate) => certificate,
        _ => None,
    }
}

impl fmt::Display for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "The page that this program serves, by SHA-256 (`sanctuary verify --digests FILE` takes this):"
        )?;
        for line in DIGESTS.lines() {
            writeln!(f, "  {line}")?;
        }
        let Some(url) = &self.url else { return Ok(()) };
        let trust = match &self.certificate {
            Vouched::ByOthers => String::new(),
            Vouched::ByNobody(fingerprint) => format!("--fingerprint {fingerprint} "),
            Vouched::Unknown => {
                return writeln!(
                    f,
                    "The certificate's fingerprint is not known, for no daemon serves it here: ask again once one runs."
                );
            }
            Vouched::Unproven(port) => {
                return writeln!(
                    f,
                    "The certificate's fingerprint is not told, for it can't be seen that it is the daemon that shows one \
                     on port {port}: run this as root."
                );
            }
        };
        let which = if url.for_others { "another" } else { "this" };
        writeln!(f, "From {which} machine, to hold the page to that, and to enter from a terminal:")?;
        writeln!(f, "  sanctuary verify {trust}{}", url.text)?;
        writeln!(f, "  sanctuary join {trust}{}", url.text)
    }
}
