//! The command line, and what documents say of it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sanctuary-join"));
    command.args(arguments).stdin(Stdio::null()).env_remove("ALL_PROXY").output().unwrap()
}

#[test]
fn the_help_and_the_document_have_the_same_exit_statuses() {
    for (arguments, document) in [
        (&["--help"][..], include_str!("../../../docs/plain.md")),
        (&["verify", "--help"], include_str!("../../../docs/verify.md")),
    ] {
        let help = String::from_utf8(run(arguments).stdout).unwrap();
        let table = document.split("| status | meaning |\n| --- | --- |\n").nth(1).expect("a table");
        let documented: Vec<String> = table
            .lines()
            .take_while(|line| line.starts_with('|'))
            .map(|line| line.trim_matches(['|', ' ']).replace(" | ", " "))
            .collect();
        let told = help.split("Exit status:\n").nth(1).expect("statuses").lines();
        let told = told.filter(|line| !line.is_empty());
        let told: Vec<String> =
            told.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(told, documented, "{arguments:?}");
    }
}

#[test]
fn what_is_wrong_in_the_command_line_is_told_before_anything_is_asked() {
    for (arguments, status, why) in [
        (&["pi.local"][..], 64, "as a browser has it"),
        (&["-"], 66, "no link can be read there"),
        (
            &["--alias", "a", "--fingerprint", "ab", "http://127.0.0.1:1/#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D"],
            64,
            "begins with https",
        ),
        (&["verify", "--ca", "/nowhere", "http://127.0.0.1:1/"], 64, "begins with https"),
        (&["--alias", "a b", "http://127.0.0.1:1/#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D"], 64, "no spaces"),
        (&["--alias", "a", "http://127.0.0.1:1/#K7QM-4XZD"], 64, "copy the whole invitation"),
        (
            &["--alias", "a", "--fingerprint", "ab", "https://127.0.0.1:1/#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D"],
            64,
            "SHA-256",
        ),
        (&["--alias", "a", "--link-fd", "77"], 66, "descriptor 77"),
        (&["--link-fd", "1"], 64, "--link-fd"),
    ] {
        let output = run(arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {told}");
        assert!(told.contains(why), "{arguments:?}: {told}");
    }
}

#[test]
fn every_event_has_a_name_that_the_document_lists() {
    let document = include_str!("../../../docs/plain.md");
    let source = include_str!("../src/words/mod.rs");
    let names = source.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next());
    let names: Vec<&str> = names.filter(|name| !name.contains(' ')).collect();
    assert!(names.len() >= 30, "{names:?}");
    for name in names {
        assert!(document.contains(&format!("`{name}`")), "{name}");
    }
}
