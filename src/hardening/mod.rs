//! Leaves an intruder in this process little: memory that is locked, wiped and never dumped, a user
//! without rights, no file, no way out.
//!
//! This module is handed a plain [`Policy`] and imports nothing else of this crate, so that it can
//! be audited alone. It knows neither rooms nor settings nor connections. Everything here must run
//! while the process has one thread: in Linux, credentials, Landlock and seccomp belong to a
//! thread, and only threads that it starts later inherit them.
//!
//! Every protection says in the [`Report`] whether it is in force; none fails silently.

mod capabilities;
mod filter;
mod load_filter;
mod memory;
mod notify;
mod output;
mod panics;
mod privileges;
mod report;
mod sandbox;
mod sockets;
mod started_by;
mod terminal;
#[cfg(test)]
mod tests;

use std::{io, path::PathBuf};

pub use sanctuary_harden::LockError;
pub use sd_notify::NotifyState;

pub use self::{
    notify::Notifier,
    output::{complain, open_standard_streams, say},
    panics::hush_panics,
    privileges::{can_be, find_user, is_root, stand_in_for},
    report::{Protection, Report, State},
    sockets::take_sockets,
    started_by::{Missing, StartedBy},
    terminal::Terminal,
};

/// All that the hardening knows of the settings.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The user to become when started as root.
    pub user: String,
    /// Whether memory that can't be locked is a reason not to start.
    pub require_memory_lock: bool,
    /// By how many bytes memory may grow while the process runs: the most that the settings allow.
    pub growth: u64,
    /// The files that a later reload reads, or their directories. Nothing else can be opened. A
    /// file is named by its inode, so one that editors or certificate clients replace needs its
    /// directory here.
    pub readable: Vec<PathBuf>,
}

/// Why the process must not go on.
#[derive(Debug, thiserror::Error)]
pub enum HardeningError {
    /// `require_memory_lock` is set and memory can't be locked.
    #[error("memory can't be locked: {source}; {remedy}, or set `require_memory_lock = false`")]
    MemoryNotLocked {
        /// The reason.
        source: LockError,
        /// What the operator can do.
        remedy: String,
    },
    /// The user to become does not exist.
    #[error(
        "there is no user `{0}` to run as: make one with `useradd --system --no-create-home --shell /usr/sbin/nologin {0}`, \
         or name another as `user` in the settings"
    )]
    NoSuchUser(String),
    /// A group to have does not exist.
    #[error("there is no group `{0}`: make one with `groupadd --system {0}`, or name another in the unit")]
    NoSuchGroup(String),
    /// The user to become is root.
    #[error("`{0}` is root, which this daemon does not run as: name another `user` in the settings")]
    UserIsRoot(String),
    /// The kernel refused a step that gives up rights.
    #[error("can't {step}: {source}; start it as the user that it is to run as, who has none")]
    NotDropped {
        /// The step, as in "can't ...".
        step: &'static str,
        /// The system's error.
        source: io::Error,
    },
    /// Rights were given up, yet some are still there.
    #[error("rights given up came back ({0}): this kernel or container can't run the daemon safely")]
    CameBack(&'static str),
    /// A file that a reload must read can't be named in the sandbox.
    #[error("can't allow reading {path} in the sandbox: {source}")]
    Unreadable {
        /// The path of the policy.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The kernel has a protection, yet refuses to put it in force.
    #[error("the kernel refused {what}: {source}")]
    Refused {
        /// The protection.
        what: &'static str,
        /// The system's error.
        source: io::Error,
    },
    /// `LISTEN_PID` or `LISTEN_FDS` is no number, or they name descriptors that are not there.
    #[error(
        "the sockets of LISTEN_FDS can't be taken: {source}; start it by its socket unit, or without LISTEN_FDS"
    )]
    NotHandedOver {
        /// The system's error.
        source: io::Error,
    },
    /// `LISTEN_FDS` hands over something else than listening TCP sockets.
    #[error(
        "socket {number} of LISTEN_FDS is no listening TCP socket: the socket unit needs `ListenStream=` with a TCP port"
    )]
    NotAListener {
        /// Its descriptor.
        number: i32,
    },
}

impl HardeningError {
    /// Whether the operator can help it by granting a right, rather than by another kernel or
    /// setting.
    #[must_use]
    pub fn is_a_missing_right(&self) -> bool {
        matches!(self, Self::MemoryNotLocked { .. } | Self::NotDropped { .. })
    }

    /// Whether the operator has to correct what the settings, or the socket unit, say.
    #[must_use]
    pub fn is_a_wrong_setting(&self) -> bool {
        matches!(
            self,
            Self::NoSuchUser(_)
                | Self::NoSuchGroup(_)
                | Self::UserIsRoot(_)
                | Self::NotHandedOver { .. }
                | Self::NotAListener { .. }
        )
    }
}

/// Puts every protection in force that the system has, in the only order that works: steps that
/// need rights come before these are given up, and steps that forbid come last.
///
/// Sockets must be bound, files read and the runtime's own descriptors opened before; threads must
/// be started after.
pub fn harden(policy: &Policy) -> Result<Report, HardeningError> {
    let terminal = terminal::leave()?;
    let (locked, growth) = memory::lock(policy.require_memory_lock, policy.growth)?;
    let user = privileges::drop_to(&policy.user)?;
    let dumps = memory::forbid_dumps()?; // after the change of user, which allows dumps anew
    let privileges = privileges::refuse_new()?;
    let landlock = sandbox::close(&policy.readable)?;
    let calls = load_filter::load()?;
    let mut report = Report::new([terminal, locked, dumps, user, privileges, landlock, calls]);
    report.growth = growth;
    Ok(report)
}
