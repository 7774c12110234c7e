//! The daemon that runs, as far as the system tells everybody: nothing is asked of the daemon itself.

use std::ffi::OsString;
use std::fmt::Display;
use std::fs::{self, Metadata};
use std::net::SocketAddr;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use nix::unistd::geteuid;

use super::Finding;
use super::process::{Process, SLACK};
use super::sockets::{self, Listening};
use super::systemd::UnitStatus;
use crate::hardening;

/// From this number on users are people (`UID_MIN` of login.defs(5)), up to `nobody`.
const PEOPLE: std::ops::Range<u32> = 1000..65_534;

/// What is known of daemons on this machine.
#[derive(Debug, Default)]
pub struct Running {
    /// The service's process, or else the oldest; one of a system's user goes before a person's.
    pub(super) process: Option<Process>,
    /// Why its settings are not known, if they are not.
    pub(super) unread: Option<String>,
    /// How many there are beside it.
    pub(super) others: usize,
    /// What systemd says of `sanctuary.service`, where it says something and has it.
    pub(super) service: Option<UnitStatus>,
    /// Where `sanctuary.socket` listens, while it does.
    pub(super) handed_over: Vec<SocketAddr>,
}

impl Running {
    /// Looks for daemons in the network that this process is in.
    #[must_use]
    pub fn look() -> Self {
        let service = UnitStatus::of("service");
        let socket = UnitStatus::of("socket").filter(|socket| socket.state == "active");
        let main = service.as_ref().map_or(0, |service| service.process);
        let mut processes: Vec<Process> = fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(|id| Process::read(id, id == main))
            .collect();
        // Anybody may call a program so: somebody else's is the least likely to be meant.
        let rank = |process: &Process| (process.id != main, is_somebody_s(process.user), process.started);
        let first = processes.iter().enumerate().min_by_key(|(_, process)| rank(process));
        let first = first.map(|(place, _)| place);
        Self {
            process: first.map(|place| processes.swap_remove(place)),
            unread: None,
            others: processes.len(),
            service,
            handed_over: socket.map_or_else(Vec::new, |socket| socket.listens),
        }
    }

    /// Whether a daemon runs with rights that this process has not.
    #[must_use]
    pub fn has_more_rights(&self) -> bool {
        self.process.is_some() && !hardening::is_root()
    }

    /// The same, with settings that can't be known.
    #[must_use]
    pub fn unread(self, error: &dyn Display) -> Self {
        Self { unread: Some(error.to_string()), ..self }
    }

    /// What `read` makes of the command line of the daemon, in its folder if that may be entered:
    /// paths in it start there.
    pub fn command_line<T>(&self, read: impl FnOnce(&[OsString]) -> Option<T>) -> Option<T> {
        let process = self.process.as_ref()?;
        let here = std::env::current_dir();
        let _ = std::env::set_current_dir(format!("/proc/{}/cwd", process.id));
        let found = read(&process.arguments);
        // We do nothing else in a folder of somebody else's choice.
        let _ = std::env::set_current_dir(here.unwrap_or_else(|_| "/".into()));
        found
    }

    /// Whether systemd is to be asked for what is to be done, rather than a process.
    pub(super) fn is_a_service(&self) -> bool {
        match (&self.service, &self.process) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(service), Some(process)) => service.process == process.id,
        }
    }

    /// How the daemon is made to `reload` or to `restart`.
    pub(super) fn how_to(&self, act: &str) -> String {
        match &self.process {
            Some(process) if !self.is_a_service() && act == "reload" => {
                format!("`kill -HUP {}` lets it read them again, unless that is done", process.id)
            }
            Some(process) if !self.is_a_service() => format!("end process {} and start it again", process.id),
            _ => format!("`systemctl {act} sanctuary`"),
        }
    }

    /// What is to be said of the daemon itself.
    pub(super) fn finding(&self) -> Option<Finding> {
        let process = self.process.as_ref()?;
        let mut told = format!("`{}` runs, process {}", process.command(), process.id);
        if let Some(service) =
            self.service.as_ref().filter(|service| self.is_a_service() && !service.status.is_empty())
        {
            told = format!("{told}: {}", service.status);
        }
        Some(if self.others == 0 {
            Finding::Good(told)
        } else {
            Finding::Note(told, format!("{} more of it run here, each with settings of its own", self.others))
        })
    }

    /// Whether `path` was changed after the daemon has read it, be it the file or a link to it.
    pub(super) fn has_not_read(&self, path: &Path) -> bool {
        let started = self.process.as_ref().map(|process| process.started);
        // systemd tells it even if we may not see the process.
        let service =
            self.service.as_ref().filter(|service| self.is_a_service() && service.state == "active");
        let Some(read) = started.max(service.and_then(|service| service.since)) else { return false };
        [path.metadata(), path.symlink_metadata()]
            .into_iter()
            .flatten()
            .any(|found| changed(&found) > read + SLACK)
    }

    /// Whether it is the daemon that listens there, as the kernel tells it. Of a daemon that can't be looked into, the socket
    /// must have been made by its user, or by root: others may listen where it does not, and call themselves as they like.
    pub(super) fn surely_has(&self, at: SocketAddr) -> bool {
        let Some(process) = self.process.as_ref().filter(|process| !is_somebody_s(process.user)) else {
            return false;
        };
        let held = sockets::held_by(process.id);
        let is_its = |socket: &Listening| match &held {
            Some(held) => held.contains(&socket.inode),
            None => socket.user == process.user || socket.user == 0,
        };
        let mut there = sockets::listening();
        there.retain(|socket| {
            let is_any = socket.at.ip().is_unspecified() || at.ip().is_unspecified();
            socket.at.port() == at.port() && (is_any || socket.at.ip() == at.ip())
        });
        !there.is_empty() && there.iter().all(is_its)
    }

    /// Where the daemon listens, where that may be known: of sockets of its own, or of those of its user alone.
    pub(super) fn sockets(&self) -> Vec<SocketAddr> {
        let Some(process) = &self.process else { return Vec::new() };
        let held = sockets::held_by(process.id);
        let is_its = |socket: &&Listening| match &held {
            Some(held) => held.contains(&socket.inode),
            None => socket.user == process.user && process.user != 0,
        };
        sockets::listening().iter().filter(is_its).map(|socket| socket.at).collect()
    }
}

/// Whether this user is a person, and another than who asks.
fn is_somebody_s(user: u32) -> bool {
    PEOPLE.contains(&user) && user != geteuid().as_raw()
}

/// When it was written, replaced, or given other rights.
fn changed(found: &Metadata) -> SystemTime {
    let since = |seconds: i64| Duration::from_secs(seconds.try_into().unwrap_or(0));
    UNIX_EPOCH + since(found.ctime()) + Duration::from_nanos(found.ctime_nsec().try_into().unwrap_or(0))
}
