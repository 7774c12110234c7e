//! What the service manager is told (`sd_notify(3)`), word for word: how the daemon fares, and
//! counts of nobody in particular.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

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

/// The status that a reload ends with.
async fn reloaded(daemon: &Daemon) -> String {
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await.split_once("STATUS=").unwrap().1.to_owned()
}

#[tokio::test]
async fn what_a_reload_did_not_take_up_stands_in_the_status_until_it_is_put_right() {
    let daemon = Daemon::start().await;
    let fine = status(&daemon, 0, 0);
    let fine = fine.strip_prefix("STATUS=").unwrap();
    daemon.configure(&[("members", "\"many\""), ("require_memory_lock", "false")]);
    for _ in 0..2 {
        let refused = reloaded(&daemon).await;
        assert!(refused.starts_with("the settings stay as they were: /"), "{refused}");
        assert!(refused.contains(": `members`: ") && refused.ends_with(&format!("; {fine}")), "{refused}");
    }
    let restart = format!("`user` has changed: it takes a restart; {fine}");
    daemon.configure(&[("members", "12"), ("user", "\"somebody\"")]);
    assert_eq!(reloaded(&daemon).await, restart);
    // The setting that takes a restart is still in the file, behind a fault in another place.
    daemon.configure(&[("rooms", "0")]);
    let both = reloaded(&daemon).await;
    assert!(both.contains(": `rooms`: ") && both.ends_with(&format!("; {restart}")), "{both}");
    daemon.configure(&[("rooms", "10"), ("user", "\"nobody\"")]);
    assert_eq!(reloaded(&daemon).await, fine);
}

#[tokio::test]
async fn the_status_is_one_line_however_much_is_wrong() {
    let daemon = Daemon::start().await;
    let fine = status(&daemon, 0, 0);
    let hosts = format!("[{}]", "\"ü b\", ".repeat(60));
    daemon.configure(&[("hosts", &hosts), ("members", "0"), ("rooms", "0"), ("grace", "0")]);
    let told = reloaded(&daemon).await;
    let (wrong, rest) = told.split_once("…; ").unwrap();
    assert_eq!(wrong.chars().count(), 500, "{told}");
    assert_eq!(format!("STATUS={rest}"), fine);
    assert!(!told.contains(char::is_control), "{told:?}");
}

#[tokio::test]
async fn settings_that_may_need_more_memory_than_there_is_stand_in_the_status_from_the_start() {
    // As in a group of 32 MiB.
    const LIMITED: &str = "mount -t tmpfs none /sys/fs/cgroup && echo 33554432 >/sys/fs/cgroup/memory.max && \
                           exec \"$@\"";
    if !nix::unistd::geteuid().is_root() {
        eprintln!("not root: nobody else can show the daemon another limit of memory, so nothing is held");
        return;
    }
    let limited = ["unshare", "--mount", "sh", "-c", LIMITED, "sh"];
    let daemon = Daemon::under(&limited, &[("connections", "2000")]).await;
    let told = daemon.ready.split_once("STATUS=").unwrap().1;
    let doubt = "MiB of memory may be needed, and there are 32: lower `connections` or `waiting`";
    assert!(told.starts_with("up to ") && told.contains(doubt), "{told}");
    daemon.says(doubt).await;
    daemon.configure(&[("connections", "200")]);
    assert!(!reloaded(&daemon).await.contains("lower"));
    daemon.configure(&[("connections", "2000")]);
    assert!(reloaded(&daemon).await.contains(doubt));
}
