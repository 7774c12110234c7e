//! What the service manager is told (`sd_notify(3)`), word for word: how the daemon fares, and counts of nobody in
//! particular.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use nix::sys::signal::Signal;
use nix::time::{ClockId, clock_gettime};
use support::{Daemon, Member};

/// Ticks come after half of it.
const WATCHDOG: &str = "WATCHDOG_USEC=200000";

/// The protections in force or not, as the daemon prints them at its start, and the counts.
fn status(daemon: &Daemon, rooms: usize, members: usize) -> String {
    let table = daemon.printed();
    let table = table.iter().take_while(|line| !line.starts_with("Sanctuary "));
    let protections: Vec<_> = table.filter_map(|line| brief(line)).collect();
    assert!(protections.len() >= 6, "{protections:?}");
    format!("STATUS={}; {rooms} rooms, {members} members", protections.join(", "))
}

/// `core dumps   in force  no dumps`; what is not in force goes on with `: why; remedy`.
fn brief(line: &str) -> Option<&str> {
    let column = line.split("  ").filter(|column| !column.is_empty()).nth(2)?;
    column.trim().split(": ").next()
}

/// Microseconds, as `RELOADING=1` is to name them.
fn monotonic() -> i64 {
    let now = clock_gettime(ClockId::CLOCK_MONOTONIC).unwrap();
    now.tv_sec() * 1_000_000 + now.tv_nsec() / 1000
}

#[tokio::test]
async fn the_status_counts_rooms_and_members_and_names_nobody() {
    let daemon = Daemon::under(&["env", WATCHDOG], &[("grace", "\"1 s\"")]).await;
    let address = daemon.address();
    let ticks = async |rooms, members| {
        let wanted = format!("WATCHDOG=1\n{}", status(&daemon, rooms, members));
        let mut said = Vec::new();
        while said.last() != Some(&wanted) {
            said.push(daemon.notice("WATCHDOG=1").await);
            assert!(said.len() < 100, "no {wanted:?} but {said:?}");
        }
    };
    ticks(0, 0).await;
    let ada = Member::create(address, "Ada").await;
    ticks(1, 1).await;
    let ben = Member::enter(address, "Ben").await;
    ticks(1, 2).await;
    drop(ben); // A broken connection: his seat is kept for the grace.
    ticks(1, 1).await;
    ada.close().await;
    ticks(0, 0).await;
}

#[tokio::test]
async fn every_stage_of_its_life_is_told_in_the_words_of_the_service_manager() {
    // No watchdog was asked for, or another process's.
    for program in [&["env"][..], &["env", WATCHDOG, "WATCHDOG_PID=1"]] {
        let mut daemon = Daemon::under(program, &[]).await;
        let _ada = Member::create(daemon.address(), "Ada").await;
        assert_eq!(daemon.ready, format!("READY=1\n{}", status(&daemon, 0, 0)));
        let before = monotonic();
        daemon.signal(Signal::SIGHUP);
        let reloading = daemon.told().await;
        let at = reloading.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").expect(&reloading).parse().unwrap();
        assert!((before..=monotonic()).contains(&at), "{before} {at}");
        assert_eq!(daemon.told().await, format!("READY=1\n{}", status(&daemon, 1, 1)));
        daemon.signal(Signal::SIGTERM);
        assert_eq!(daemon.told().await, "STOPPING=1");
        assert!(daemon.ended().await.success());
    }
}
