//! Why the daemon does not run, and what the operator can do about it.

use std::io;
use std::net::SocketAddr;

use crate::certificate_source::CertificateError;
use crate::config::ConfigError;
use crate::exit::Exit;
use crate::hardening::{HardeningError, Missing, StartedBy};
use sanctuary_server as server;

/// Why the daemon does not run.
#[derive(Debug, thiserror::Error)]
pub enum DaemonError {
    /// Somebody else listens there.
    #[error("port {} is taken: stop whoever has it, or set {setting}", .address.port())]
    Taken {
        /// The address.
        address: SocketAddr,
        /// Where it is set.
        setting: String,
    },
    /// A port that only root, or who has `CAP_NET_BIND_SERVICE`, may have.
    #[error(
        "port {} needs privilege: {}, or set {setting} to a port from {} on",
        .address.port(), started_by.advice(Missing::Port), server::first_unprivileged_port()
    )]
    Privileged {
        /// Who lacks it.
        started_by: StartedBy,
        /// The address.
        address: SocketAddr,
        /// Where it is set.
        setting: String,
    },
    /// A port that anybody may have, but that something forbids this process.
    #[error(
        "cannot listen on {address}: a security module forbids it, such as SELinux or AppArmor: allow it there, or \
         set {setting} to another port"
    )]
    Forbidden {
        /// The address.
        address: SocketAddr,
        /// Where it is set.
        setting: String,
    },
    /// It cannot be bound for another reason.
    #[error("cannot listen on {address}: {source}: set {setting} to one of this machine's addresses")]
    Unbound {
        /// The address.
        address: SocketAddr,
        /// Where it is set.
        setting: String,
        /// What the system said.
        source: io::Error,
    },
    /// The settings cannot be read by the user that the daemon runs as.
    #[error(transparent)]
    Settings(#[from] ConfigError),
    /// Https is asked for and cannot be served.
    #[error("no https: {0}")]
    Certificate(#[from] CertificateError),
    /// A protection that must be there is not.
    #[error(transparent)]
    Unprotected(#[from] HardeningError),
    /// The system failed us.
    #[error("cannot start: {0}")]
    System(#[from] io::Error),
}

impl DaemonError {
    /// The status to exit with.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Taken { .. } | Self::Unbound { .. } => Exit::Unavailable,
            Self::Settings(_) | Self::Certificate(CertificateError::Unreadable { .. }) => Exit::NoInput,
            Self::Certificate(_) => Exit::Config,
            Self::Privileged { .. } | Self::Forbidden { .. } => Exit::NoPermission,
            Self::Unprotected(error) if error.is_a_wrong_setting() => Exit::Config,
            Self::Unprotected(error) if error.is_a_missing_right() => Exit::NoPermission,
            Self::Unprotected(_) | Self::System(_) => Exit::OsError,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::path::PathBuf;

    use super::*;
    use crate::files::ReadError;
    use sanctuary_server::TlsError;

    /// What each cause in turn is said to be; the last is the root of all.
    fn causes(error: &dyn Error) -> Vec<String> {
        std::iter::successors(error.source(), |&cause| cause.source()).map(ToString::to_string).collect()
    }

    #[test]
    fn whatever_is_wrong_leads_to_what_the_system_said() {
        let system = || io::Error::from(io::ErrorKind::NotFound);
        let (said, path) = (vec![system().to_string()], PathBuf::from("/a"));
        for read in
            [ReadError::Missing, ReadError::NoRight, ReadError::AtHome, ReadError::KeptOut, ReadError::Other]
        {
            let file = read(system());
            assert_eq!(causes(&file), said);
            let through = [vec![file.to_string()], said.clone()].concat();
            let settings = ConfigError::Unreadable { path: path.clone(), source: read(system()) };
            assert_eq!(causes(&settings), through);
            assert_eq!(causes(&DaemonError::from(settings)), through, "as if it were the settings' own");
            let certificate = CertificateError::Unreadable { path: path.clone(), source: read(system()) };
            let whole = certificate.to_string();
            assert_eq!(causes(&certificate), through);
            assert_eq!(causes(&DaemonError::from(certificate)), [vec![whole], through].concat());
        }
        let (address, setting) = ("127.0.0.1:80".parse().unwrap(), String::new());
        assert_eq!(causes(&DaemonError::Unbound { address, setting, source: system() }), said);
        assert_eq!(causes(&DaemonError::from(system())), said);
    }

    #[test]
    fn a_certificate_that_is_of_no_use_leads_to_why() {
        let why = || TlsError::Version1;
        let unfit = CertificateError::Unfit { path: "/a".into(), source: why() };
        let not_made = CertificateError::NotMade { source: why() };
        for error in [unfit, not_made] {
            let whole = error.to_string();
            assert_eq!(causes(&error), [why().to_string()]);
            assert_eq!(causes(&DaemonError::from(error)), [whole, why().to_string()]);
        }
    }
}
