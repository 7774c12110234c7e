//! `make test` runs its parts side by side, tells how each ended, and fails if any did. Here make
//! itself is played.

#![allow(clippy::unwrap_used)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

const PATIENCE: Duration = Duration::from_secs(60);

/// Says which part it was asked for and what it was told, and fails if it is the one that is to.
const FAILS: &str = "echo \"this is $2, packed: $PACKED.\"\n[ \"$2\" != \"$PART\" ]\n";
/// One waits for a program without an end, and writes which that is; others wait until they may go on.
const HANGS: &str = "if [ \"$2\" = \"$PART\" ]; then sleep 1000 & echo $! >\"$0.pid\"; wait; fi\n\
    until [ -e \"$0.go\" ]; do sleep 0.1; done\n";

/// All parts together, by a make of which one does something of its own.
fn parts(make: &str, part: &str, folder: &Path) -> Command {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("make"), format!("#!/bin/sh\n{make}")).unwrap();
    fs::set_permissions(folder.join("make"), Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut node = Command::new("node");
    node.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tools/test.mjs")).arg(folder.join("logs"));
    node.env("PATH", path).env("PART", part).stdin(Stdio::null());
    node
}

/// What all parts together say, and whether they passed, if one of them fails.
fn with_failing(part: &str) -> (String, bool) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("parts-{part}"));
    let output = parts(FAILS, part, &folder).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

/// How the table says that a part ended.
fn end<'a>(said: &'a str, part: &str) -> &'a str {
    let row = said.lines().rfind(|line| line.starts_with(&format!("{part} "))).unwrap();
    row.rsplit("  ").next().unwrap()
}

#[test]
fn every_part_is_run_and_said_and_packages_are_made_once() {
    let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parts-none/logs/beside");
    fs::create_dir_all(beside.parent().unwrap()).unwrap();
    fs::write(&beside, "").unwrap();
    let (said, passed) = with_failing("none");
    assert!(passed, "{said}");
    assert!(beside.exists(), "not a log of a part");
    for (part, packed) in [("packed", ""), ("check", ""), ("test-rust", ""), ("test-boot", "1")] {
        assert!(said.contains(&format!("this is {part}, packed: {packed}.")), "{said}");
        assert_eq!(end(&said, part), "ok");
    }
    assert!(said.trim_end().ends_with("10 passed, 0 failed"), "{said}");
}

#[test]
fn a_part_that_fails_stops_no_other() {
    let (said, passed) = with_failing("test-rust");
    assert!(!passed);
    assert_eq!(["test-rust", "test-web", "test-boot"].map(|part| end(&said, part)), ["FAILED", "ok", "ok"]);
    assert!(said.trim_end().ends_with("9 passed, 1 failed"), "{said}");
}

#[test]
fn without_packages_their_tests_are_not_run() {
    let (said, passed) = with_failing("packed");
    assert!(!passed);
    assert_eq!(["packed", "test-rust"].map(|part| end(&said, part)), ["FAILED", "ok"]);
    assert_eq!(end(&said, "test-boot"), "not run, for packed failed");
    assert!(!said.contains("this is test-boot"), "{said}");
}

/// Whether a process runs still: whatever waits for it may take its time.
fn runs(id: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    !matches!(stat.rsplit(") ").next().unwrap().chars().next(), None | Some('Z'))
}

/// All parts, of which one hangs, and the program that this one waits for.
fn hanging(part: &str, folder: &Path) -> (Child, i32) {
    let _ = fs::remove_file(folder.join("make.pid"));
    let mut node = parts(HANGS, part, folder);
    let node = node.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let told = || fs::read_to_string(folder.join("make.pid")).unwrap_or_default();
    until("the part hangs", || told().ends_with('\n'));
    (node, told().trim().parse().unwrap())
}

/// Waits for what is sure to come, unless something is broken.
fn until(what: &str, has_come: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !has_come() {
        assert!(Instant::now() < deadline, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn nothing_of_a_part_outlives_a_signal_to_end_them_all() {
    for part in ["packed", "test-rust"] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ended-{part}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("make.go"), "").unwrap();
        let (mut node, id) = hanging(part, &folder);
        kill(Pid::from_raw(i32::try_from(node.id()).unwrap()), Signal::SIGTERM).unwrap();
        assert_eq!(node.wait().unwrap().code(), Some(1), "{part}");
        until("its program ends", || !runs(id));
    }
}

#[test]
fn nothing_of_a_part_outlives_the_reader_of_its_words() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unheard");
    let _ = fs::remove_file(folder.join("make.go"));
    let (mut node, id) = hanging("packed", &folder);
    drop(node.stdout.take());
    fs::write(folder.join("make.go"), "").unwrap();
    assert!(!node.wait().unwrap().success());
    until("its program ends", || !runs(id));
}
