//! Hostile traffic against the real binary, while people talk who behave.
//!
//! Each kind of abuse runs at least twice, on a daemon whose members have talked for a while.
//! Afterwards its memory must be back within a tenth of what it was before. So it is with musl's
//! allocator, which the packages have (`packaging/tests/packages/processors.sh`). glibc's keeps a
//! heap that has grown once, for it gives back the heap's end alone, where something always lives
//! on, and of locked memory nothing else. How far a heap grows is partly chance, while memory that
//! is lost would be lost every time: there one time after the first must add less than that tenth,
//! within [`TIMES`]. In between and afterwards no connection, room or member of the abuse may be
//! left.
//!
//! The hostile come from 127.0.0.2 and on, so that what is rationed by address is not taken from
//! the others. Half-open in the sense of TCP, a SYN without an ACK, never reaches the daemon: the
//! kernel holds those.
//!
//! A clock that jumps is not tried, for it would jump for the whole machine; that the daemon asks
//! the monotonic clock alone is held by `signals::no_deadline_hangs_on_the_wall_clock`.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::print_stdout)] // Latency and memory are told, and judged by whoever reads them.

#[path = "../support/mod.rs"]
mod support;

mod bystanders;
mod connections;
mod crowd;
mod entrance;
mod frames;
mod members;
mod senders;
mod signals;
mod slowhttp;

use std::fs;
use std::net::SocketAddr;
use std::time::Duration;

use bystanders::{COMPANY, Company};
use support::{Daemon, PATIENCE, patiently};

/// As a machine on the network would have it, within what the company says.
const SETTINGS: [(&str, &str); 7] = [
    ("handshake", "\"3 s\""),
    ("grace", "\"1 s\""),
    ("connections_by_address", "100"),
    ("tries_by_address", "60"),
    ("frame_rate", "100"),
    ("frame_burst", "200"),
    ("frames_by_address", "1000"),
];

/// How often a kind of abuse is tried at the most, to find one time that adds nothing.
const TIMES: usize = 5;

/// Lets people talk while `abuse` goes on, at least twice; they lose nothing, and the daemon keeps
/// nothing of it.
async fn survives(what: &str, settings: &[(&str, &str)], abuse: impl AsyncFn(&Daemon)) {
    let daemon = Daemon::with(&[&SETTINGS, settings].concat()).await;
    survives_on(&daemon, what, abuse).await;
}

/// As [`survives`], on a daemon that was started in another way.
async fn survives_on(daemon: &Daemon, what: &str, abuse: impl AsyncFn(&Daemon)) {
    let company = Company::gather(daemon.address());
    let before = memory(daemon, "VmRSS");
    let (mut after, mut is_kept) = (Vec::new(), true);
    while is_kept && after.len() < TIMES {
        abuse(daemon).await;
        recovered(daemon, COMPANY).await;
        let base = if is_of_glibc(daemon) { *after.last().unwrap_or(&before) } else { before };
        let most = base + before / 10;
        let is_first = after.is_empty();
        after.push(if is_first { memory(daemon, "VmRSS") } else { memory_at_most(daemon, most).await });
        is_kept = is_first || after.last() > Some(&most);
    }
    let talk = company.part();
    println!("{what}: {talk}; {before} KiB before, then {after:?}, {} at most", memory(daemon, "VmHWM"));
    assert!(!is_kept, "{what}: {before} KiB have become {after:?}");
    recovered(daemon, 0).await;
}

/// The daemon's resident memory, once it is no more than this or has had time to become so.
async fn memory_at_most(daemon: &Daemon, most: u64) -> u64 {
    let wait = async {
        while memory(daemon, "VmRSS") > most {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let _ = tokio::time::timeout(PATIENCE, wait).await;
    memory(daemon, "VmRSS")
}

fn is_of_glibc(daemon: &Daemon) -> bool {
    fs::read_to_string(format!("/proc/{}/maps", daemon.pid())).unwrap().contains("/libc.so.6")
}

/// Waits until the daemon holds these members' room and connections, and no other.
async fn recovered(daemon: &Daemon, members: usize) {
    let expected = (usize::from(members > 0), members);
    let wait = async {
        while connections(daemon.address()) != members || daemon.counts().await != expected {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    patiently("nothing to be left of the abuse", wait).await;
}

/// Connections that the daemon holds.
fn connections(address: SocketAddr) -> usize {
    held(address).len()
}

/// For each connection that the daemon holds, whether bytes wait in the kernel for its other side.
fn held(address: SocketAddr) -> Vec<bool> {
    let local = format!("0100007F:{:04X}", address.port());
    let table = fs::read_to_string("/proc/net/tcp").unwrap();
    let connections = table.lines().skip(1).filter_map(|line| {
        // sl local remote state queues timer retransmits uid timeout inode (proc(5)).
        let fields: Vec<&str> = line.split_whitespace().collect();
        let is_held = fields[1] == local && fields[3] != LISTENING && fields[9] != "0";
        is_held.then(|| !fields[4].starts_with("00000000:"))
    });
    connections.collect()
}

/// `TCP_LISTEN` in `/proc/net/tcp`.
const LISTENING: &str = "0A";

/// A line of the daemon's `/proc/PID/status`, in KiB.
fn memory(daemon: &Daemon, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", daemon.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
