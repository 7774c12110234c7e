//! One process of the daemon's program, as the system shows it to everybody.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::time::{Duration, SystemTime};

use nix::time::{ClockId, clock_gettime};

/// The name of the program.
const NAME: &str = "sanctuary";

/// Ticks a second of the times in `/proc/PID/stat` (`USER_HZ`, the same on every processor but
/// Alpha).
const TICKS: u64 = 100;

/// How exact the time of a start is: to a tick or two.
pub(super) const SLACK: Duration = Duration::from_millis(100);

/// One daemon.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) id: u32,
    pub(super) arguments: Vec<OsString>,
    pub(super) started: SystemTime,
    pub(super) user: u32,
}

impl Process {
    /// `None` where it is no daemon, or one in another network.
    pub(super) fn read(id: u32, is_main: bool) -> Option<Self> {
        let of = |name: &str| format!("/proc/{id}/{name}");
        if fs::read_to_string(of("comm")).ok()?.trim_end() != NAME || id == std::process::id() {
            return None;
        }
        let arguments = fs::read(of("cmdline")).ok()?;
        let arguments: Vec<OsString> =
            arguments.split(|byte| *byte == 0).map(|word| OsString::from_vec(word.to_vec())).collect();
        // The last one ends by a zero byte, too.
        let arguments = arguments[..arguments.len() - 1].to_vec();
        let asks = |word: &OsString| ["check", "doctor", "help"].iter().any(|command| word == command);
        // The number of this table is another one in each network.
        let network = |id: &str| fs::metadata(format!("/proc/{id}/net/tcp")).map(|table| table.ino()).ok();
        let is_here = is_main || network(&id.to_string()) == network("self");
        // One that has ended has none.
        if arguments.is_empty() || arguments.get(1).is_some_and(asks) || !is_here {
            return None;
        }
        let (started, user) = (started(&fs::read_to_string(of("stat")).ok()?)?, user(id)?);
        Some(Self { id, arguments, started, user })
    }

    pub(super) fn command(&self) -> String {
        let words: Vec<_> = self.arguments.iter().map(|word| word.to_string_lossy()).collect();
        super::short(&words.join(" "), super::NAME)
    }
}

/// A process that cannot be dumped belongs to root in /proc, so its state is asked.
fn user(id: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let users = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    users.split_whitespace().next()?.parse().ok()
}

/// See `proc_pid_stat(5)`: the 22nd field, in ticks since the boot.
fn started(stat: &str) -> Option<SystemTime> {
    let ticks: u64 = stat.rsplit(')').next()?.split_whitespace().nth(19)?.parse().ok()?;
    let up = Duration::from(clock_gettime(ClockId::CLOCK_BOOTTIME).ok()?);
    let age = up.saturating_sub(Duration::from_millis(ticks * (1000 / TICKS)));
    SystemTime::now().checked_sub(age)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_process_has_begun_between_boot_and_now() {
        let stat = fs::read_to_string("/proc/self/stat").unwrap();
        let began = started(&stat).unwrap();
        assert!(began <= SystemTime::now());
        // A name may hold anything.
        let named = stat.replacen('(', "(x) y (", 1);
        assert!(started(&named).unwrap() < began + SLACK && began < started(&named).unwrap() + SLACK);
        assert_eq!(started("1 (x) S"), None);
    }
}
