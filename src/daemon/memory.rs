//! How much memory the daemon may need, and how much there is for it: the machine's, or what a service manager or a
//! container leaves of it.

use std::fs::{File, read_to_string};
use std::io::Read as _;
use std::path::Path;

use nix::sys::sysinfo::sysinfo;

use crate::config::Settings;
use crate::server;

/// Where control groups are mounted (systemd's file-hierarchy(7)); of their first version each resource by itself.
const GROUPS: &str = "/sys/fs/cgroup";
const MEMORY_GROUPS: &str = "/sys/fs/cgroup/memory";

/// Bytes of memory, the smaller of the machine's and of the limits that hold for this process. Where a limit cannot be
/// read, the machine counts; where that cannot either, as much as the smallest of Raspberry Pis has.
pub(super) fn total() -> u64 {
    const SMALLEST: u64 = 512 << 20;
    let machine = sysinfo().map_or(SMALLEST, |info| info.ram_total());
    let groups = read_to_string("/proc/self/cgroup").unwrap_or_default();
    group_limit(&groups, &mut read_limit).map_or(machine, |limit| limit.min(machine))
}

/// Bytes by which a daemon with these settings may grow, where there is so much `memory`.
pub(super) fn growth(settings: &Settings, memory: u64) -> u64 {
    // Beside what waits for all, each connection has its own buffers, a request's head among them, and so has each that
    // is told that it has no place.
    const BUFFERS: usize = 32 * 1024;
    let tls = if settings.tls.is_some() { server::TLS_MEMORY } else { 0 };
    let connections = settings.connections.saturating_add(server::turned_away(settings.connections));
    let connections = connections.saturating_mul(BUFFERS + tls);
    settings.waiting_within(memory).saturating_add(connections) as u64
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
    fn this_machine_has_some() {
        assert!(total() > 1 << 20);
    }
}
