//! Settings and certificates behind links, as the real binary reads them anew from inside its sandbox.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod cases;
mod certificates;
mod root;
#[path = "../support/mod.rs"]
mod support;

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use cases::{OUTSIDE, WITHIN, take};
use root::Root;
use support::{Started, binary, copy_program};

/// What a reload says of settings that it has read: this one is another than at the start.
const READ: &str = "`user` has changed: it takes a restart\n";

/// The tests become another user, and look at Landlock where the kernel has it.
fn is_root() -> bool {
    let is_root = nix::unistd::geteuid().is_root();
    if !is_root {
        eprintln!("not root: the daemon can become nobody else, so nothing is held");
    }
    is_root
}

fn has_landlock(daemon: &Started) -> bool {
    let has_it = !daemon.said().contains("no landlock");
    if !has_it {
        eprintln!("this kernel has no Landlock, so that nothing is kept out");
    }
    has_it
}

#[test]
fn settings_behind_links_are_read_anew_wherever_a_change_leaves_them_in_a_folder_of_theirs() {
    if !is_root() {
        return;
    }
    for (what, before, change) in WITHIN {
        let root = Root::new();
        take(before, &root, "nobody");
        let daemon = root.serve("etc/s.toml");
        assert_eq!(daemon.reload(), "", "{what}: nothing has changed");
        take(change, &root, "daemon");
        assert_eq!(daemon.reload(), READ, "{what}");
    }
}

#[test]
fn what_came_to_lie_outside_is_said_to_take_a_restart_and_no_right_is_asked_for() {
    if !is_root() {
        return;
    }
    for (what, before, change) in OUTSIDE {
        let root = Root::new();
        take(before, &root, "nobody");
        let daemon = root.serve("etc/s.toml");
        if !has_landlock(&daemon) {
            return;
        }
        take(change, &root, "daemon");
        let said = daemon.reload();
        assert!(said.starts_with("the settings stay as they were: cannot read "), "{what}: {said}");
        assert!(said.contains("takes a restart") && !said.contains("let the user"), "{what}: {said}");
    }
}

#[test]
fn what_is_missing_at_a_reload_is_asked_for_and_no_restart() {
    if !is_root() {
        return;
    }
    let root = Root::new();
    root.settings("etc/s.toml", "nobody");
    let daemon = root.serve("etc/s.toml");
    fs::set_permissions(root.at("etc/s.toml"), Permissions::from_mode(0o600)).unwrap();
    let said = daemon.reload();
    assert!(said.contains("let the user that sanctuary runs as read it"), "{said}");
    assert!(!said.contains("restart"), "{said}");
    fs::set_permissions(root.at("etc/s.toml"), Permissions::from_mode(0o644)).unwrap();
    assert_eq!(daemon.reload(), "");
    fs::set_permissions(root.at("etc"), Permissions::from_mode(0o700)).unwrap();
    let said = daemon.reload();
    assert!(said.contains("enter its folders") && !said.contains("restart"), "{said}");
    fs::set_permissions(root.at("etc"), Permissions::from_mode(0o755)).unwrap();
    fs::remove_file(root.at("etc/s.toml")).unwrap();
    let said = daemon.reload();
    assert!(said.ends_with(": No such file or directory (os error 2): put it there again\n"), "{said}");
    root.folder("etc/s.toml");
    assert!(daemon.reload().ends_with("Is a directory (os error 21)\n"), "no right is missing");
}

#[test]
fn a_file_in_somebody_s_home_is_not_said_to_lack_a_right_alone() {
    if !is_root() {
        return;
    }
    let root = Root::new();
    copy_program(binary(), root.at("sanctuary"));
    symlink("/root/s.toml", root.at("to-a-home.toml")).unwrap();
    root.settings("closed/s.toml", "nobody");
    fs::set_permissions(root.at("closed"), Permissions::from_mode(0o700)).unwrap();
    for (path, is_at_home) in [
        (Path::new("/root/s.toml"), true),
        (&root.at("to-a-home.toml"), true),
        (&root.at("closed/s.toml"), false),
    ] {
        let mut command = Command::new(root.at("sanctuary"));
        let output = command.args(["check", "-c"]).arg(path).uid(65534).gid(65534).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said.contains("the package's unit shows nobody's home"), is_at_home, "{said}");
        assert!(said.contains("let the user that sanctuary runs as read it"), "{said}");
    }
}

#[test]
fn settings_that_only_root_can_read_are_said_at_once_to_take_a_restart() {
    if !is_root() {
        return;
    }
    let root = Root::new();
    root.settings("etc/s.toml", "nobody");
    fs::set_permissions(root.at("etc/s.toml"), Permissions::from_mode(0o600)).unwrap();
    let said = root.serve("etc/s.toml").said();
    assert!(said.contains("changed settings will take a restart, not a reload: cannot read"), "{said}");
    assert!(said.contains("let the user that sanctuary runs as read it"), "{said}");
}

#[test]
fn links_that_lead_nowhere_or_in_a_circle_are_told_at_the_start_and_at_a_reload() {
    let root = Root::new();
    root.link("etc/nowhere.toml", "../srv/gone.toml");
    root.link("etc/far.toml", "nowhere.toml");
    root.link("etc/one.toml", "two.toml");
    root.link("etc/two.toml", "/etc/one.toml");
    root.link("etc/itself.toml", "itself.toml");
    let circle = "its links lead in a circle: let one of them lead to a file\n".to_owned();
    let gone =
        format!("it is a link to {}, and nothing is there\n", root.at("etc/../srv/gone.toml").display());
    for (name, why) in
        [("nowhere", &gone), ("far", &gone), ("one", &circle), ("two", &circle), ("itself", &circle)]
    {
        let path = root.at(&format!("etc/{name}.toml"));
        for command in ["check", "serve"] {
            let output = Command::new(binary()).args([command, "-c"]).arg(&path).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(said, format!("sanctuary: cannot read {}: {why}", path.display()));
            assert_eq!(output.status.code(), Some(66), "{said}");
        }
    }
    if is_root() {
        root.settings("etc/s.toml", "nobody");
        let daemon = root.serve("etc/s.toml");
        root.link("etc/s.toml", "one.toml");
        assert!(daemon.reload().ends_with(&circle));
        root.link("etc/s.toml", "far.toml");
        assert!(daemon.reload().ends_with(&gone));
    }
}

/// A pipe that nobody writes into would be waited for, and a device may have no end.
#[test]
fn what_is_no_file_is_refused_and_never_waited_for() {
    const NO_FILE: &str = "it is no file but a pipe, a socket or a device\n";
    let root = Root::new();
    root.folder("etc");
    let pipe = root.at("etc/pipe");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::from_bits_truncate(0o644)).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(root.at("etc/socket")).unwrap();
    root.link("etc/link", "pipe");
    for path in [&pipe, &root.at("etc/link"), &root.at("etc/socket"), Path::new("/dev/zero")] {
        for arguments in [&["check", "-c"][..], &["serve", "-c"]] {
            let output = Command::new(binary()).args(arguments).arg(path).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(said, format!("sanctuary: cannot read {}: {NO_FILE}", path.display()));
            assert_eq!(output.status.code(), Some(66));
        }
        let settings = format!(
            "tls_certificate = {path:?}\ntls_key = {path:?}\nlisten = [\"127.0.0.1:0\"]\n\
             listen_tls = [\"127.0.0.1:0\"]\n"
        );
        fs::write(root.at("etc/tls.toml"), settings).unwrap();
        let output = Command::new(binary()).args(["serve", "-c"]).arg(root.at("etc/tls.toml")).output();
        let output = output.unwrap();
        assert!(String::from_utf8(output.stderr).unwrap().ends_with(NO_FILE));
        assert_eq!(output.status.code(), Some(66));
    }
    if is_root() {
        root.settings("etc/s.toml", "nobody");
        let daemon = root.serve("etc/s.toml");
        for place in ["pipe", "socket"] {
            root.link("etc/s.toml", place);
            let said = daemon.reload();
            assert!(said.ends_with(NO_FILE), "{said}");
        }
    }
}

#[test]
fn a_path_from_where_it_was_started_is_that_path_for_ever() {
    if !is_root() {
        return;
    }
    let root = Root::new();
    root.settings("srv/real.toml", "nobody");
    root.link("etc/s.toml", "../srv/real.toml");
    let mut command = Command::new(binary());
    command.args(["serve", "--config", "../etc/s.toml"]).current_dir(root.at("srv"));
    let daemon = Started::by(command);
    root.settings("srv/real.toml", "daemon");
    assert_eq!(daemon.reload(), READ);
}

/// With an `/etc` of the test's own.
fn with_etc(root: &Root) -> Started {
    fs::copy("/etc/passwd", root.at("etc/passwd")).unwrap();
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", "mount --bind \"$0\" /etc && exec \"$@\""]);
    command.arg(root.at("etc")).args([&binary(), "serve", "--listen", "127.0.0.1:0", "--user", "nobody"]);
    Started::by(command)
}

#[test]
fn the_default_file_may_come_later() {
    if !is_root() {
        return;
    }
    let root = Root::new();
    root.folder("etc");
    let daemon = with_etc(&root);
    assert_eq!(daemon.reload(), "");
    fs::write(root.at("etc/sanctuary.toml"), "require_memory_lock = true\n").unwrap();
    assert_eq!(daemon.reload(), "`require_memory_lock` has changed: it takes a restart\n");
    fs::remove_file(root.at("etc/sanctuary.toml")).unwrap();
    assert_eq!(daemon.reload(), "", "it was not there at the start either");
}

/// The folder becomes `/`, with all that a program needs in it.
const START: &str = "for name in usr lib lib64 bin etc tmp proc dev; do
        if [ -L /$name ]; then cp -P /$name \"$0/$name\"
        elif [ -d /$name ]; then mkdir -p \"$0/$name\" && mount --rbind /$name \"$0/$name\"; fi
    done; exec chroot \"$0\" /sanctuary \"$@\"";

#[test]
fn settings_in_the_first_folder_let_in_nothing_else() {
    if !is_root() {
        return;
    }
    let root = Root::new();
    root.settings("s.toml", "nobody");
    copy_program(binary(), root.at("sanctuary"));
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", START]).arg(&root.0).args(["serve", "--config", "/s.toml"]);
    let daemon = Started::by(command);
    assert_eq!(daemon.reload(), "");
    root.settings("secret/s.toml", "daemon");
    root.link("s.toml", "secret/s.toml");
    if has_landlock(&daemon) {
        assert!(daemon.reload().contains("in another folder than at the start, it takes a restart"));
    }
}
