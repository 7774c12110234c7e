//! The daemon that runs, as far as the system tells everybody: nothing is asked of the daemon itself.

use std::ffi::OsString;
use std::fmt::Display;
use std::fs::{self, Metadata};
use std::io::Read as _;
use std::net::SocketAddr;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use nix::time::{ClockId, clock_gettime};
use nix::unistd::geteuid;

use super::Finding;
use super::sockets::{self, Listening};
use crate::hardening;

/// The name of the program, and that of its units.
const NAME: &str = "sanctuary";

/// Of the kernel's clock in `/proc/PID/stat`, each second (`USER_HZ`, the same on every processor but Alpha).
const TICKS: u64 = 100;

/// How long systemctl(1) and nft(8) may take, and how many bytes their answers may have.
const PATIENCE: Duration = Duration::from_secs(5);
const LARGEST_ANSWER: u64 = 4 << 20;

/// From this number on users are people (`UID_MIN` of login.defs(5)), up to `nobody`.
const PEOPLE: std::ops::Range<u32> = 1000..65_534;

/// The times that are compared are exact to a tick or two.
const SLACK: Duration = Duration::from_millis(100);

/// What is known of daemons on this machine.
#[derive(Debug, Default)]
pub struct Running {
    /// The service's, or else the oldest, that of a system's user before one of a person's.
    pub(super) process: Option<Process>,
    /// Why its settings are not known, if they are not.
    pub(super) unread: Option<String>,
    /// How many there are beside it.
    pub(super) others: usize,
    /// What systemd says of `sanctuary.service`, where it says something and has it.
    pub(super) service: Option<Unit>,
    /// Where `sanctuary.socket` listens, while it does.
    pub(super) handed_over: Vec<SocketAddr>,
}

/// One daemon.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) id: u32,
    arguments: Vec<OsString>,
    started: SystemTime,
    user: u32,
}

/// What systemd knows of a unit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// `active`, `inactive`, `failed` and more (systemctl(1)).
    pub(super) state: String,
    pub(super) is_enabled: bool,
    /// The last word of the daemon's.
    pub(super) status: String,
    process: u32,
    /// When it came into this state, from another one or from reloading.
    since: Option<SystemTime>,
    listens: Vec<SocketAddr>,
}

impl Running {
    /// Looks for daemons in the network that this process is in.
    #[must_use]
    pub fn look() -> Self {
        let service = unit("service");
        let socket = unit("socket").filter(|socket| socket.state == "active");
        let main = service.as_ref().map_or(0, |service| service.process);
        let mut processes: Vec<Process> = fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(|id| Process::read(id, id == main))
            .collect();
        // Anybody may call a program so: one of somebody else's is the last that is meant.
        let is_somebody_s = |user| PEOPLE.contains(&user) && user != geteuid().as_raw();
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

    /// What the command line of the daemon is to `read`, in its folder where that may be entered, for paths in it.
    pub fn command_line<T>(&self, read: impl FnOnce(&[OsString]) -> Option<T>) -> Option<T> {
        let process = self.process.as_ref()?;
        let here = std::env::current_dir();
        let _ = std::env::set_current_dir(format!("/proc/{}/cwd", process.id));
        let found = read(&process.arguments);
        // Nothing else is to be done in a folder of somebody else's choice.
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
    pub(super) fn told(&self) -> Option<Finding> {
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
        // Whoever may not see the process is told by systemd all the same.
        let service =
            self.service.as_ref().filter(|service| self.is_a_service() && service.state == "active");
        let Some(read) = started.max(service.and_then(|service| service.since)) else { return false };
        [path.metadata(), path.symlink_metadata()]
            .into_iter()
            .flatten()
            .any(|found| changed(&found) > read + SLACK)
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

impl Process {
    /// `None` where it is no daemon, or one in another network.
    fn read(id: u32, is_main: bool) -> Option<Self> {
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
        super::short(&words.join(" "))
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

/// When it was written, replaced, or given other rights.
fn changed(found: &Metadata) -> SystemTime {
    let since = |seconds: i64| Duration::from_secs(seconds.try_into().unwrap_or(0));
    UNIX_EPOCH + since(found.ctime()) + Duration::from_nanos(found.ctime_nsec().try_into().unwrap_or(0))
}

/// What a program answers, if it is there, ends in time and succeeds.
pub(super) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let (input, errors) = (Stdio::null(), Stdio::null());
    let mut command = Command::new(program);
    let mut child =
        command.args(arguments).stdin(input).stdout(Stdio::piped()).stderr(errors).spawn().ok()?;
    let output = child.stdout.take()?;
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut said = Vec::new();
        let _ = output.take(LARGEST_ANSWER).read_to_end(&mut said);
        let _ = tell.send(said);
    });
    let until = Instant::now() + PATIENCE;
    let said = told.recv_timeout(PATIENCE).ok();
    // One that has nothing more to say may still be there.
    while child.try_wait().ok()?.is_none() {
        if Instant::now() >= until {
            let _ = child.kill();
            break;
        }
        thread::sleep(Duration::from_millis(1));
    }
    let succeeded = child.wait().ok()?.success();
    said.filter(|_| succeeded).map(|said| String::from_utf8_lossy(&said).into_owned())
}

/// Asks systemd, which answers everybody; `None` where there is none, or no such unit.
fn unit(kind: &str) -> Option<Unit> {
    let unit = format!("{NAME}.{kind}");
    read_unit(&answer("env", &["TZ=UTC", "LC_ALL=C", "systemctl", "show", "--timestamp=us", &unit])?)
}

fn read_unit(text: &str) -> Option<Unit> {
    let pairs: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('=')).collect();
    let value = |key| pairs.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| value);
    let listens = pairs.iter().filter(|(name, _)| *name == "Listen");
    let listens = listens.filter_map(|(_, value)| value.strip_suffix(" (Stream)")?.parse().ok());
    (value("LoadState") == "loaded").then(|| Unit {
        state: value("ActiveState").to_owned(),
        is_enabled: value("UnitFileState") == "enabled",
        status: value("StatusText").to_owned(),
        process: value("MainPID").parse().unwrap_or(0),
        since: time(value("StateChangeTimestamp")),
        listens: listens.collect(),
    })
}

/// As in "Thu 2026-11-26 03:16:33.123456 UTC".
fn time(text: &str) -> Option<SystemTime> {
    let mut words = text.split(' ').skip(1);
    let [year, month, day] = numbers(words.next()?, '-')?;
    let (clock, fraction) = words.next()?.split_once('.')?;
    let [hours, minutes, seconds] = numbers(clock, ':')?;
    // Days since 1970 in the Gregorian calendar, of years that begin in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
    let seconds = ((days.checked_sub(719_469)? * 24 + hours) * 60 + minutes) * 60 + seconds;
    Some(UNIX_EPOCH + Duration::from_secs(seconds) + Duration::from_micros(fraction.parse().ok()?))
}

fn numbers(text: &str, separator: char) -> Option<[u64; 3]> {
    let mut numbers =
        text.split(separator).map_while(|number| number.parse().ok().filter(|number| *number < 10_000));
    Some([numbers.next()?, numbers.next()?, numbers.next()?])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_program_has_little_time_and_room_to_answer() {
        assert_eq!(answer("echo", &["a word"]).as_deref(), Some("a word\n"));
        let asked = [
            ("false", &[][..]),
            ("nosuch-program", &[]),
            ("sleep", &["1000"]),
            ("sh", &["-c", "exec >&- 2>&-; exec sleep 1000"]),
            ("yes", &[]),
        ]
        .map(|(program, arguments)| (program, thread::spawn(move || answer(program, arguments))));
        for (program, told) in asked {
            assert_eq!(told.join().unwrap(), None, "{program}");
        }
    }

    #[test]
    fn the_times_of_systemd_are_read() {
        for (text, expected) in [
            ("Wed 2025-11-26 03:16:40.000001 UTC", Some(1_764_127_000)),
            ("Tue 2000-02-29 00:00:00.000001 UTC", Some(951_782_400)),
            ("Thu 1970-01-01 00:00:00.000001 UTC", Some(0)),
            ("Wed 1969-12-31 23:59:59.000001 UTC", None),
            ("n/a", None),
            ("", None),
            ("Wed 2025-11-26", None),
            ("Wed 99999999999-11-26 03:16:40.000001 UTC", None),
        ] {
            let expected = expected.map(|seconds| UNIX_EPOCH + Duration::new(seconds, 1000));
            assert_eq!(time(text), expected, "{text}");
        }
    }

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

    #[test]
    fn a_unit_is_what_systemd_shows_of_it() {
        let shown = "Listen=[::]:80 (Stream)\nListen=/run/x (Stream)\nListen=0.0.0.0:443 (Stream)\nMainPID=77\n\
                     StatusText=memory locked; a=b\nLoadState=loaded\nActiveState=active\n\
                     StateChangeTimestamp=Wed 2025-11-26 03:16:40.000000 UTC\nUnitFileState=enabled\n";
        let unit = read_unit(shown).unwrap();
        assert_eq!((unit.state.as_str(), unit.is_enabled, unit.process), ("active", true, 77));
        assert_eq!(unit.status, "memory locked; a=b");
        assert_eq!(unit.listens, ["[::]:80", "0.0.0.0:443"].map(|at| at.parse().unwrap()));
        assert!(unit.since.is_some());
        assert_eq!(read_unit("LoadState=not-found\nActiveState=inactive\n"), None);
        assert_eq!(read_unit(""), None);
    }
}
