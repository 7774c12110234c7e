//! Storms of signals, and the clock.

use std::path::Path;

use nix::sys::signal::Signal;
use sanctuary_wire::End;

use super::bystanders::Company;
use super::support::{Daemon, Heard, Member};
use super::{memory, recovered, survives};

#[tokio::test]
async fn reloads() {
    survives("2000 SIGHUP", &[], async |daemon| {
        for turn in 0..2000 {
            daemon.signal(Signal::SIGHUP);
            if turn % 100 == 0 {
                daemon.counts().await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn purges() {
    let daemon = Daemon::start().await;
    let mut resident = Vec::new();
    for _ in 0..2 {
        for _ in 0..50 {
            let mut ada = Member::create(daemon.address(), "Ada").await;
            for _ in 0..20 {
                daemon.signal(Signal::SIGUSR1);
            }
            assert_eq!(ada.next_few(2).await, [Heard::Over(End::Stopped, None), Heard::Closed(4002)]);
        }
        recovered(&daemon, 0).await;
        resident.push(memory(&daemon, "VmRSS"));
    }
    println!("1000 SIGUSR1: {} KiB before, {} after", resident[0], resident[1]);
    assert!(resident[1] <= resident[0] + resident[0] / 10);
    // The last of them may still be on its way when the next room is opened.
    daemon.counts().await;
    let company = Company::gather(daemon.address());
    recovered(&daemon, super::COMPANY).await;
    company.part();
}

/// Graces, pings, handshakes and rations hang on `Instant`, which is `CLOCK_MONOTONIC`
/// (`clock_gettime(2)`): it does not jump when the time is set.
#[test]
fn no_deadline_hangs_on_the_wall_clock() {
    let mut places: Vec<_> = ["src/daemon.rs", "crates/server/src", "crates/wire/src"].map(repository).into();
    let mut files = Vec::new();
    while let Some(place) = places.pop() {
        if place.is_dir() {
            places.extend(std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            files.push(place);
        }
    }
    assert!(files.len() > 40, "{files:?}");
    // A certificate's dates are the wall clock's own.
    files.retain(|file| !file.starts_with(repository("crates/server/src/tls")));
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("SystemTime"), "{}", file.display());
    }
}

fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
