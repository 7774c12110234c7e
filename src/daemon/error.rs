//! Why the daemon does not run, and what the operator can do about it.

use std::net::SocketAddr;

use crate::certificate_source::CertificateError;
use crate::config::ConfigError;
use crate::exit::Exit;
use crate::hardening::{HardeningError, Missing, StartedBy};
use crate::server;

/// Why the daemon does not run.
#[derive(Debug, thiserror::Error)]
pub enum DaemonError {
    /// Somebody else listens there.
    #[error("port {} is taken: stop whoever has it, or set {place}", .address.port())]
    Taken {
        /// The address.
        address: SocketAddr,
        /// Where it is set.
        place: String,
    },
    /// A port that only root, or who has `CAP_NET_BIND_SERVICE`, may have.
    #[error(
        "port {} needs privilege: {}, or set {place} to a port from {} on",
        .address.port(), started_by.advice(Missing::Port), server::first_unprivileged_port()
    )]
    Privileged {
        /// Who lacks it.
        started_by: StartedBy,
        /// The address.
        address: SocketAddr,
        /// Where it is set.
        place: String,
    },
    /// A port that anybody may have, but that something forbids this process.
    #[error(
        "cannot listen on {address}: a security module forbids it, such as SELinux or AppArmor: allow it there, or \
         set {place} to another port"
    )]
    Forbidden {
        /// The address.
        address: SocketAddr,
        /// Where it is set.
        place: String,
    },
    /// It cannot be bound for another reason.
    #[error("cannot listen on {address}: {error}: set {place} to one of this machine's addresses")]
    Unbound {
        /// The address.
        address: SocketAddr,
        /// Where it is set.
        place: String,
        /// What the system said.
        error: std::io::Error,
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
    System(#[from] std::io::Error),
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
