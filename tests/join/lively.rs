//! What a lively room takes of memory.

use std::env;
use std::fs;

use super::joined::Joined;
use super::support::Daemon;

/// Kilobytes that it may have had at once, in lines and without pictures.
const MEMORY_MOST: u64 = 8 * 1024;
const LINES: usize = 700;

/// Kilobytes that a process had resident, at most.
fn peak(pid: i32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    peak.split_whitespace().next().unwrap().parse().unwrap()
}

#[tokio::test]
#[allow(clippy::print_stdout, reason = "a figure")]
async fn it_takes_little_memory_in_a_lively_room() {
    let daemon = Daemon::with(&[("frame_rate", "1000")]).await;
    let (mut ada, link) = Joined::opens(&format!("http://{}/", daemon.address()), "ada").await;
    let mut ben = Joined::enters(&link, "ben", &[]).await;
    ben.reads("* Room").await;
    ada.reads("* ben ").await;
    for at in 0..LINES {
        ada.types(&format!("{at} {}", "tea ".repeat(50))).await;
        ben.reads(&format!("ada: {at} ")).await;
    }
    let peak = peak(ben.pid());
    println!("FIGURE {peak} KB of memory in a lively room");
    // A program that is built for tests is larger.
    if env::var_os("SANCTUARY_JOIN_BIN").is_some() {
        assert!(peak <= MEMORY_MOST, "{peak} KB, and {MEMORY_MOST} at most are promised");
    }
}
