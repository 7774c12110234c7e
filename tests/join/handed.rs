//! `sanctuary join`, `open` and `verify`, which are handed on.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::joined::{Joined, link, program};
use super::support::{Daemon, PASSWORD, binary, copy_program};

/// A folder with the daemon's program in it.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    copy_program(binary(), folder.join("sanctuary"));
    folder
}

fn run(folder: &Path, path: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(folder.join("sanctuary")).args(arguments).env("PATH", path).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

/// A program that says its arguments.
fn echo(folder: &Path) {
    let written = folder.join("echo");
    fs::create_dir_all(folder).unwrap();
    fs::write(&written, "#!/bin/sh\nprintf '<%s>' \"$@\"\nexit 77\n").unwrap();
    fs::set_permissions(&written, Permissions::from_mode(0o755)).unwrap();
    copy_program(written, folder.join("sanctuary-join"));
}

#[tokio::test]
async fn two_talk_in_a_room_that_was_opened_and_joined_by_the_daemons_command() {
    let folder = folder("handed-room");
    copy_program(program(), folder.join("sanctuary-join"));
    let sanctuary = folder.join("sanctuary");
    let daemon = Daemon::with(&[]).await;
    let page = format!("http://{}/", daemon.address());
    let mut ada = Joined::run(&sanctuary, &["open", "--plain", "--alias", "ada", &page], &[]);
    let invitation = ada.reads("* Invitation: ").await;
    let mut ben = Joined::run(&sanctuary, &["join", "--plain", "--alias", "ben", "-"], &[]);
    ben.types(invitation.trim_start_matches("* Invitation: ")).await;
    ada.reads("* ben ").await;
    ben.types("hello").await;
    ada.reads("ben: hello").await;
    ben.types("/exit").await;
    assert_eq!(ben.ends().await.0, 0, "{}", ben.complaint().await);
}

#[test]
fn each_word_is_handed_on_as_it_stands_and_so_is_the_exit_status() {
    let folder = folder("handed-words");
    let elsewhere = folder.join("bin");
    echo(&elsewhere);
    let path = format!("/nonexistent:{}:/bin:/usr/bin", elsewhere.display());
    for (typed, handed) in [
        (&["join"][..], "<>"),
        (&["join", "--help"], "<--help>"),
        (&["join", "-V", "--", "a b", "$(x)", ""], "<-V><--><a b><$(x)><>"),
        (&["join", "--alias", "ada", "http://h/#K:P"], "<--alias><ada><http://h/#K:P>"),
        (&["open", "--json", "http://h/"], "<open><--json><http://h/>"),
        (&["verify", "-h"], "<verify><-h>"),
    ] {
        assert_eq!(run(&folder, &path, typed), (Some(77), handed.to_owned(), String::new()), "{typed:?}");
    }
}

#[test]
fn what_may_not_be_started_is_passed_over_for_what_may() {
    let folder = folder("handed-past");
    let elsewhere = folder.join("bin");
    echo(&elsewhere);
    fs::write(folder.join("sanctuary-join"), "no program").unwrap();
    let path = elsewhere.to_str().unwrap();
    assert_eq!(run(&folder, path, &["join", "x"]), (Some(77), "<x>".to_owned(), String::new()));
}

#[test]
fn where_it_is_missing_or_does_not_start_that_is_said_and_nothing_of_the_link() {
    let folder = folder("handed-nowhere");
    let secret = link("http://h/");
    let told = |expected: i32, arguments: &[&str]| {
        let (status, output, errors) = run(&folder, "", arguments);
        assert_eq!((status, output.as_str()), (Some(expected), ""), "{errors}");
        assert!(!errors.contains(PASSWORD) && !errors.contains('#'), "{errors}");
        errors
    };
    let missing = told(69, &["join", &secret]);
    assert!(missing.contains("sanctuary-join is not installed") && missing.contains("\n    "), "{missing}");
    fs::write(folder.join("sanctuary-join"), "").unwrap();
    assert!(told(71, &["join", &secret]).contains("Permission denied"));
    // Slips of who has the link at hand.
    for slip in
        [&[&*secret][..], &["jion", &secret], &["check", &secret], &["--listen", &secret], &["help", &secret]]
    {
        told(64, slip);
    }
}

/// So does the other program, whose slips are more.
#[tokio::test]
async fn a_command_line_that_is_wrong_is_told_without_the_link_in_it() {
    let secret = link("http://h/");
    for slip in [
        &["--alias", "ada", "ben", &secret][..],
        &["--link-fd", &secret],
        &["--jsn", &secret],
        &["--json", "--plain", &secret],
        &["open", "--rule", &secret, "http://h/"],
        &["open", &secret, &secret],
        &["opne", &secret],
    ] {
        let mut joined = Joined::with(slip, &[]);
        let (status, lines) = joined.ends().await;
        let told = joined.complaint().await;
        assert_eq!((status, lines.len()), (64, 0), "{slip:?}: {told}");
        assert!(!told.is_empty() && !told.contains(PASSWORD) && !told.contains('#'), "{slip:?}: {told}");
    }
}
