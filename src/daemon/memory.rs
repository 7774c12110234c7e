//! How much memory the daemon may need, and how much there is for it: the machine's, or what a service manager or a
//! container leaves of it.

use std::fs::{File, read_to_string};
use std::io::Read as _;
use std::path::Path;

use nix::sys::sysinfo::sysinfo;

use crate::config::Settings;
use sanctuary_server as server;

/// Where control groups are mounted (systemd's file-hierarchy(7)); of their first version each resource by itself.
const GROUPS: &str = "/sys/fs/cgroup";
const MEMORY_GROUPS: &str = "/sys/fs/cgroup/memory";

/// The group of the package's unit, in the form of `/proc/self/cgroup`.
const UNIT: &str = "0::/system.slice/sanctuary.service";

/// Bytes of memory, the smaller of the machine's and of the limits that hold for this process. Where a limit cannot be
/// read, the machine counts.
pub(super) fn total() -> u64 {
    let groups = read_to_string("/proc/self/cgroup").unwrap_or_default();
    group_limit(&groups, &mut read_limit).map_or(machine(), |limit| limit.min(machine()))
}

/// Bytes that the machine has; where that cannot be read, as many as the smallest of Raspberry Pis.
fn machine() -> u64 {
    const SMALLEST: u64 = 512 << 20;
    sysinfo().map_or(SMALLEST, |info| info.ram_total())
}

/// A warning if these settings can ask for more than the package's unit may have, whose
/// `MemoryMax=` is `max`.
pub(super) fn unit_warning(settings: &Settings, max: &str) -> Option<String> {
    let limits = [group_limit(UNIT, &mut read_limit), size(max, machine()), Some(total())];
    warning(settings, limits.into_iter().flatten().min()?)
}

/// Bytes that such a setting of systemd's stands for (systemd.resource-control(5)), its fraction left out; `None` where
/// it is no limit.
fn size(text: &str, machine: u64) -> Option<u64> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let number: u64 = text[..digits].parse().ok()?;
    let power = match text.chars().last()? {
        '%' => return Some(machine / 100 * number.min(100)),
        'K' => 10,
        'M' => 20,
        'G' => 30,
        'T' => 40,
        _ => 0,
    };
    Some(number.saturating_mul(1 << power))
}

/// A warning if these settings can ask for more than there is `memory`.
pub(super) fn warning(settings: &Settings, memory: u64) -> Option<String> {
    // The program itself, and what the system keeps of a connection for which nothing waits there.
    const PROGRAM: u64 = 8 << 20;
    const SOCKET: u64 = 4 << 10;
    let sockets = SOCKET.saturating_mul(server::connections(settings.connections) as u64);
    let needed = growth(settings, memory).saturating_add(sockets).saturating_add(PROGRAM);
    (needed > memory).then(|| {
        format!(
            "up to {} MiB of memory may be needed, and there are {}: lower `connections` or `waiting`, \
             or raise `MemoryMax=` of the unit",
            needed.div_ceil(1 << 20),
            memory >> 20,
        )
    })
}

/// Bytes by which a daemon with these settings may grow, where there is so much `memory`.
pub(super) fn growth(settings: &Settings, memory: u64) -> u64 {
    // A connection without a seat has buffers for a request's head and its answer, even one that is
    // told that there is no place; a member's are small.
    const REQUEST: usize = 32 * 1024;
    const MEMBER: usize = 8 * 1024;
    let tls = if settings.https.is_some() { server::TLS_MEMORY } else { 0 };
    let seats = settings.connections;
    let others = server::connections(seats) - seats + server::turned_away(seats);
    let buffers = seats.saturating_mul(MEMBER + tls).saturating_add(others.saturating_mul(REQUEST + tls));
    settings.waiting_within(memory).saturating_add(buffers) as u64
}

/// The lowest limit of the groups that `groups` names, in the form of `/proc/self/cgroup` (cgroups(7)), and of those
/// that they are within.
fn group_limit(groups: &str, read: &mut dyn FnMut(&Path) -> Option<u64>) -> Option<u64> {
    let mut lowest = None;
    for line in groups.lines() {
        let mut fields = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(path)) = (fields.next(), fields.next()) else { continue };
        let (root, file) = match controllers {
            "" => (GROUPS, "memory.max"),
            _ if controllers.split(',').any(|name| name == "memory") => {
                (MEMORY_GROUPS, "memory.limit_in_bytes")
            }
            _ => continue,
        };
        // A container may see its own group as the root, under a name that is another's.
        for group in Path::new(path.trim_start_matches('/')).ancestors() {
            let limit = read(&Path::new(root).join(group).join(file));
            lowest = lowest.into_iter().chain(limit).min();
        }
    }
    lowest
}

/// The number in such a file; "max" is none.
fn read_limit(file: &Path) -> Option<u64> {
    let mut text = String::new();
    File::open(file).ok()?.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_limit_counts_of_all_groups_that_the_process_is_within() {
        let files = [
            ("/sys/fs/cgroup/memory.max", 900),
            ("/sys/fs/cgroup/system.slice/memory.max", 700),
            ("/sys/fs/cgroup/system.slice/sanctuary.service/memory.max", 800),
            ("/sys/fs/cgroup/memory/memory.limit_in_bytes", 600),
            ("/sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes", 500),
        ];
        let limit = |groups: &str| {
            let read =
                |file: &Path| files.iter().find(|(name, _)| Path::new(name) == file).map(|file| file.1);
            group_limit(groups, &mut { read })
        };
        for (groups, expected) in [
            ("0::/system.slice/sanctuary.service\n", Some(700)),
            ("0::/user.slice/session:1.scope\n", Some(900)),
            ("0::/\n", Some(900)),
            ("5:memory:/docker/1\n3:cpu,cpuacct:/\n", Some(500)),
            ("5:hugetlb,memory:/docker/2\n0::/system.slice\n", Some(600)),
            ("3:cpu:/docker/1\n", None),
            ("", None),
            ("nonsense", None),
        ] {
            assert_eq!(limit(groups), expected, "{groups}");
        }
    }

    #[test]
    fn the_limit_of_a_unit_is_read_as_systemd_writes_it() {
        const MACHINE: u64 = 1000 << 20;
        for (text, expected) in [
            ("50%", Some(MACHINE / 2)),
            ("33.5%", Some(MACHINE / 100 * 33)),
            ("100%", Some(MACHINE)),
            ("32M", Some(32 << 20)),
            ("1.5G", Some(1 << 30)),
            ("2T", Some(2 << 40)),
            ("33554432", Some(32 << 20)),
            ("64K", Some(64 << 10)),
            ("0", Some(0)),
            ("99999999999T", Some(u64::MAX)),
            ("infinity", None),
            ("", None),
            ("%", None),
        ] {
            assert_eq!(size(text, MACHINE), expected, "{text}");
        }
    }

    #[test]
    fn settings_that_can_ask_for_more_than_there_is_are_doubted_and_no_others() {
        let plain = Settings::default();
        let secure = Settings::parse(b"self_signed = true").unwrap();
        let few = Settings { connections: 200, ..plain.clone() };
        let many = Settings { connections: 100_000, ..plain.clone() };
        let much = Settings { waiting: Some(4000 << 20), ..plain.clone() };
        // The unit takes half of a machine; 256 MiB are that of a Pi Zero.
        for (settings, mib, doubted) in [
            (&plain, 32, true),
            (&plain, 256, false),
            (&secure, 256, false),
            (&secure, 192, true),
            (&few, 32, false),
            (&many, 2048, true),
            (&many, 8192, false),
            (&much, 2048, true),
        ] {
            let warning = warning(settings, mib << 20);
            assert_eq!(warning.is_some(), doubted, "{mib} MiB: {warning:?}");
            assert!(warning.is_none_or(|warning| warning.contains(&format!("and there are {mib}: lower"))));
        }
    }

    #[test]
    fn this_machine_has_some() {
        assert!(total() > 1 << 20);
    }
}
