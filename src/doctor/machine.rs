//! What the machine's memory and network mean for the daemon.

use std::fs;
use std::path::Path;

use nix::sys::resource::{RLIM_INFINITY, Resource, setrlimit};

use super::Finding;
use crate::addresses::Machine;
use crate::hardening::{Missing, StartedBy};

pub(super) fn look(machine: &Machine) -> Vec<Finding> {
    let read = |path| fs::read_to_string(path).ok();
    // A kernel without IPv6 has its other tables all the same.
    let table = read("/proc/self/net/if_inet6")
        .or_else(|| Path::new("/proc/self/net/dev").exists().then(String::new));
    let mut findings = vec![
        swap(read("/proc/swaps").as_deref(), read("/proc/meminfo").as_deref()),
        ipv6(table.as_deref(), machine.is_reached(false), machine.is_reached(true)),
    ];
    // The daemon raises its limit so, if it has the right to.
    let unlimited = setrlimit(Resource::RLIMIT_MEMLOCK, RLIM_INFINITY, RLIM_INFINITY).is_ok();
    findings.push(memory_lock(unlimited, StartedBy::detect()));
    findings
}

/// `table` is /proc/swaps: a heading, and a line for each device. A kernel that knows no swap has none, and says so in
/// `/proc/meminfo`.
fn swap(table: Option<&str>, memory: Option<&str>) -> Finding {
    let Some(table) = table.filter(|table| !table.is_empty()) else {
        let none = |line: &str| line.split_whitespace().eq(["SwapTotal:", "0", "kB"]);
        if memory.is_some_and(|memory| memory.lines().any(none)) {
            return Finding::Good("nothing is swapped to disk".into());
        }
        return Finding::Note(
            "whether memory is swapped to disk can't be known: /proc/swaps can't be read".into(),
            "`require_memory_lock = true` makes sure that none of the daemon's is".into(),
        );
    };
    let devices: Vec<&str> =
        table.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    if devices.is_empty() {
        Finding::Good("nothing is swapped to disk".into())
    } else {
        Finding::Note(
            format!("memory is swapped to {}", devices.join(", ")),
            "only locked memory stays out of it; `require_memory_lock = true` makes sure".into(),
        )
    }
}

/// `table` is `/proc/net/if_inet6`: `None` where that can't be known, empty where the kernel has no IPv6 or it is
/// switched off. `by_ipv6` and `by_ipv4` say how others come.
fn ipv6(table: Option<&str>, by_ipv6: bool, by_ipv4: bool) -> Finding {
    const LINK: &str = "20"; // the scope, in the fourth column
    let ends_at_its_link =
        |table: &str| table.lines().any(|line| line.split_whitespace().nth(3) == Some(LINK));
    let found = match table {
        _ if by_ipv6 => {
            return Finding::Good("this machine has an IPv6 address that others can reach".into());
        }
        None => "which IPv6 addresses this machine has can't be known: /proc can't be read",
        Some("") => "this machine has no IPv6",
        Some(table) if ends_at_its_link(table) => {
            "this machine's IPv6 ends at its own link, with addresses that no browser takes"
        }
        Some(_) => "this machine has no IPv6 address that others can reach",
    };
    let consequence = match (by_ipv4, table) {
        (_, None) => "look by `ip address`",
        (true, _) => "it is reached by IPv4 alone",
        (false, _) => {
            "nor by IPv4: nobody reaches it before it is connected to a network that gives it an address"
        }
    };
    Finding::Note(found.into(), consequence.into())
}

fn memory_lock(unlimited: bool, started_by: StartedBy) -> Finding {
    if unlimited {
        Finding::Good("any amount of memory may be locked".into())
    } else {
        Finding::Note(
            "little memory may be locked by programs started from here".into(),
            started_by.advice(Missing::LockedMemory),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether all is well, and what is found.
    fn told(finding: &Finding) -> (bool, &str) {
        let (Finding::Good(text) | Finding::Note(text, _) | Finding::Fault(text, _)) = finding;
        (matches!(finding, Finding::Good(_)), text)
    }

    #[test]
    fn swap_is_told_by_its_devices_and_what_cannot_be_known_as_unknown() {
        let heading = "Filename\tType\tSize\tUsed\tPriority\n";
        let swapped = format!("{heading}/dev/sda2 partition 1000 0 -2\n/swapfile file 1000 0 -3\n");
        let none = "MemTotal: 4096 kB\nSwapTotal:       0 kB\nSwapFree:       0 kB\n";
        let unknown = "whether memory is swapped to disk can't be known: /proc/swaps can't be read";
        for (table, memory, expected) in [
            (Some(heading), None, (true, "nothing is swapped to disk")),
            (Some(&*swapped), None, (false, "memory is swapped to /dev/sda2, /swapfile")),
            (Some(&*swapped), Some(none), (false, "memory is swapped to /dev/sda2, /swapfile")),
            (None, Some(none), (true, "nothing is swapped to disk")),
            (None, None, (false, unknown)),
            (Some(""), None, (false, unknown)),
            (None, Some("SwapTotal:       1024 kB\n"), (false, unknown)),
            (None, Some("SwapCached:       0 kB\n"), (false, unknown)),
        ] {
            assert_eq!(told(&swap(table, memory)), expected, "{table:?} {memory:?}");
        }
    }

    #[test]
    fn ipv6_counts_when_it_leaves_the_link_and_is_unknown_without_tables() {
        let host = "00000000000000000000000000000001 01 80 10 80 lo\n";
        let link = format!("fe80000000000000000000000000000a 02 40 20 80 eth0\n{host}");
        for (table, by_ipv6, expected) in [
            (Some(&*link), true, "this machine has an IPv6 address that others can reach"),
            (None, true, "this machine has an IPv6 address that others can reach"),
            (None, false, "which IPv6 addresses this machine has can't be known: /proc can't be read"),
            (Some(""), false, "this machine has no IPv6"),
            (
                Some(&*link),
                false,
                "this machine's IPv6 ends at its own link, with addresses that no browser takes",
            ),
            (Some(host), false, "this machine has no IPv6 address that others can reach"),
        ] {
            assert_eq!(told(&ipv6(table, by_ipv6, true)), (by_ipv6, expected));
        }
        let Finding::Note(_, alone) = ipv6(Some(host), false, false) else { panic!("it is well") };
        assert!(alone.contains("nobody reaches it"), "{alone}");
    }
}
