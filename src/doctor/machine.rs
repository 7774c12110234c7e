//! What the machine's memory and network mean for the daemon.

use std::fs;

use nix::sys::resource::{RLIM_INFINITY, Resource, setrlimit};

use super::Finding;
use crate::hardening::{Missing, Starter};

pub(super) fn look() -> Vec<Finding> {
    let mut findings = vec![
        swap(&fs::read_to_string("/proc/swaps").unwrap_or_default()),
        ipv6(fs::read_to_string("/proc/net/if_inet6").ok().as_deref()),
    ];
    // As the daemon does; whoever has the right needs no higher limit to begin with.
    let unlimited = setrlimit(Resource::RLIMIT_MEMLOCK, RLIM_INFINITY, RLIM_INFINITY).is_ok();
    findings.push(memory_lock(unlimited, Starter::of_this_process()));
    findings
}

/// `table` is /proc/swaps: a heading, and a line for each device.
fn swap(table: &str) -> Finding {
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

/// `table` is `/proc/net/if_inet6`: not there where the kernel has no IPv6, empty where it is switched off.
fn ipv6(table: Option<&str>) -> Finding {
    const GLOBAL: &str = "00"; // the scope, in the fourth column
    let Some(table) = table.filter(|table| !table.is_empty()) else {
        return Finding::Note("this machine has no IPv6".into(), "it is reached by IPv4 alone".into());
    };
    if table.lines().any(|line| line.split_whitespace().nth(3) == Some(GLOBAL)) {
        Finding::Good("this machine has an IPv6 address that others can reach".into())
    } else {
        Finding::Note(
            "this machine's IPv6 ends at its own link".into(),
            "others reach it by IPv4 alone".into(),
        )
    }
}

fn memory_lock(unlimited: bool, starter: Starter) -> Finding {
    if unlimited {
        Finding::Good("any amount of memory may be locked".into())
    } else {
        Finding::Note(
            "little memory may be locked by programs started from here".into(),
            starter.advice(Missing::LockedMemory),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swap_is_told_by_its_devices() {
        let heading = "Filename\tType\tSize\tUsed\tPriority\n";
        assert!(matches!(swap(heading), Finding::Good(_)));
        let found = swap(&format!("{heading}/dev/sda2 partition 1000 0 -2\n/swapfile file 1000 0 -3\n"));
        assert!(
            matches!(found, Finding::Note(text, _) if text == "memory is swapped to /dev/sda2, /swapfile")
        );
    }

    #[test]
    fn ipv6_counts_when_it_leaves_the_link() {
        let link = "fe80000000000000000000000000000a 02 40 20 80 eth0\n00000000000000000000000000000001 01 80 10 80 lo\n";
        let none = ipv6(None);
        assert!(matches!(&none, Finding::Note(text, _) if text == "this machine has no IPv6"));
        assert_eq!(ipv6(Some("")), none);
        assert!(matches!(ipv6(Some(link)), Finding::Note(text, _) if text.ends_with("at its own link")));
        let global = format!("{link}20010db800000000000000000000000a 02 40 00 80 eth0\n");
        assert!(matches!(ipv6(Some(&global)), Finding::Good(_)));
    }
}
