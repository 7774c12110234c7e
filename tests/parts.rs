//! `make test` runs its parts side by side, tells how each ended, and fails if any did. Here make
//! itself is played.

#![allow(clippy::unwrap_used)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// Says which part it was asked for and what it was told, and fails if it is the one that is to.
const MAKE: &str = "#!/bin/sh\necho \"this is $2, packed: $PACKED.\"\n[ \"$2\" != \"$FAILS\" ]\n";

/// What all parts together say, and whether they passed, if one of them fails.
fn with_failing(part: &str) -> (String, bool) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("parts-{part}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("make"), MAKE).unwrap();
    fs::set_permissions(folder.join("make"), Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut node = Command::new("node");
    node.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tools/test.mjs")).arg(folder.join("logs"));
    let output = node.env("PATH", path).env("FAILS", part).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

/// How the table says that a part ended.
fn end<'a>(said: &'a str, part: &str) -> &'a str {
    let row = said.lines().rfind(|line| line.starts_with(&format!("{part} "))).unwrap();
    row.rsplit("  ").next().unwrap()
}

#[test]
fn every_part_is_run_and_said_and_packages_are_made_once() {
    let (said, passed) = with_failing("none");
    assert!(passed, "{said}");
    for (part, packed) in [("packed", ""), ("check", ""), ("test-rust", ""), ("test-boot", "1")] {
        assert!(said.contains(&format!("this is {part}, packed: {packed}.")), "{said}");
        assert_eq!(end(&said, part), "ok");
    }
    assert!(said.trim_end().ends_with("9 passed, 0 failed"), "{said}");
}

#[test]
fn a_part_that_fails_stops_no_other() {
    let (said, passed) = with_failing("test-rust");
    assert!(!passed);
    assert_eq!(["test-rust", "test-web", "test-boot"].map(|part| end(&said, part)), ["FAILED", "ok", "ok"]);
    assert!(said.trim_end().ends_with("8 passed, 1 failed"), "{said}");
}

#[test]
fn without_packages_their_tests_are_not_run() {
    let (said, passed) = with_failing("packed");
    assert!(!passed);
    assert_eq!(["packed", "test-rust"].map(|part| end(&said, part)), ["FAILED", "ok"]);
    assert_eq!(end(&said, "test-boot"), "not run, for packed failed");
    assert!(!said.contains("this is test-boot"), "{said}");
}
