//! Settings and certificates behind links, as the real binary reads them anew from inside its sandbox.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use support::{Issued, Started, binary};

/// What a reload says of settings that it has read: this one is another than at the start.
const READ: &str = "`user` has changed: it takes a restart\n";

/// A folder as a machine's `/`; it is removed on drop.
struct Root(PathBuf);

impl Root {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("sanctuary-links-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let root = Self(env::temp_dir().join(name));
        fs::create_dir(&root.0).unwrap();
        fs::set_permissions(&root.0, Permissions::from_mode(0o755)).unwrap();
        root
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn folder(&self, path: &str) {
        fs::create_dir_all(self.at(path)).unwrap();
    }

    /// Settings, put in the place of what was there.
    fn settings(&self, path: &str, user: &str) {
        self.folder(Path::new(path).parent().unwrap().to_str().unwrap());
        let text = format!("listen = [\"127.0.0.1:0\"]\nuser = \"{user}\"\n");
        self.put(path, |new| fs::write(new, &text).unwrap());
    }

    /// A link; `to` begins with `/` where it is to be a whole path.
    fn link(&self, path: &str, to: &str) {
        self.folder(Path::new(path).parent().unwrap().to_str().unwrap());
        let to = to.strip_prefix('/').map_or_else(|| to.into(), |to| self.at(to));
        self.put(path, |new| symlink(&to, new).unwrap());
    }

    fn put(&self, path: &str, make: impl FnOnce(&Path)) {
        let new = self.at(&format!("{path}.new"));
        make(&new);
        fs::rename(new, self.at(path)).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.at(from), self.at(to)).unwrap();
    }

    fn serve(&self, config: &str) -> Started {
        let mut command = Command::new(binary());
        command.arg("serve").arg("--config").arg(self.at(config));
        Started::by(command)
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

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

/// What it is; how it is at the start; how it is changed.
type Case = (&'static str, fn(&Root), fn(&Root));

/// Settings that stay in the folders that they were in.
const WITHIN: &[Case] = &[
    ("a file", |root| root.settings("etc/s.toml", "nobody"), |root| root.settings("etc/s.toml", "daemon")),
    (
        "a link beside it",
        |root| {
            root.settings("etc/real.toml", "nobody");
            root.link("etc/s.toml", "real.toml");
        },
        |root| root.settings("etc/real.toml", "daemon"),
    ),
    (
        "a whole path",
        |root| {
            root.settings("srv/x/real.toml", "nobody");
            root.link("etc/s.toml", "/srv/x/real.toml");
        },
        |root| root.settings("srv/x/real.toml", "daemon"),
    ),
    (
        "stow",
        |root| {
            root.settings("usr/stow/chat/etc/s.toml", "nobody");
            root.link("etc/s.toml", "../usr/stow/chat/etc/s.toml");
        },
        |root| root.settings("usr/stow/chat/etc/s.toml", "daemon"),
    ),
    (
        "a chain, changed at its end",
        |root| {
            root.settings("c/s.toml", "nobody");
            root.link("b/s.toml", "../c/s.toml");
            root.link("a/s.toml", "/b/s.toml");
            root.link("etc/s.toml", "../a/s.toml");
        },
        |root| root.settings("c/s.toml", "daemon"),
    ),
    (
        "a chain, cut in the middle by a file",
        |root| {
            root.settings("c/s.toml", "nobody");
            root.link("b/s.toml", "../c/s.toml");
            root.link("etc/s.toml", "../b/s.toml");
        },
        |root| root.settings("b/s.toml", "daemon"),
    ),
    (
        "a link in whose place an editor puts a file",
        |root| {
            root.settings("srv/real.toml", "nobody");
            root.link("etc/s.toml", "../srv/real.toml");
        },
        |root| root.settings("etc/s.toml", "daemon"),
    ),
    (
        "a link to another file of that folder",
        |root| {
            root.settings("srv/one.toml", "nobody");
            root.link("etc/s.toml", "../srv/one.toml");
        },
        |root| {
            root.settings("srv/two.toml", "daemon");
            root.link("etc/s.toml", "../srv/two.toml");
        },
    ),
    (
        "a folder that is a link",
        |root| {
            root.settings("srv/x/s.toml", "nobody");
            root.link("etc", "srv/x");
        },
        |root| root.settings("srv/x/s.toml", "daemon"),
    ),
    (
        "a folder that is a link to a link",
        |root| {
            root.settings("srv/x/s.toml", "nobody");
            root.link("srv/current", "x");
            root.link("etc", "/srv/current");
        },
        |root| root.settings("srv/x/s.toml", "daemon"),
    ),
    (
        "NixOS, switched to another generation",
        |root| {
            root.settings("store/1-s.toml", "nobody");
            root.link("store/1-etc/etc/s.toml", "/store/1-s.toml");
            root.link("etc/static", "/store/1-etc/etc");
            root.link("etc/s.toml", "/etc/static/s.toml");
        },
        |root| {
            root.settings("store/2-s.toml", "daemon");
            root.link("store/2-etc/etc/s.toml", "/store/2-s.toml");
            root.link("etc/static", "/store/2-etc/etc");
        },
    ),
    (
        "Kubernetes, which puts another folder in place",
        |root| {
            root.settings("etc/..1/s.toml", "nobody");
            root.link("etc/..data", "..1");
            root.link("etc/s.toml", "..data/s.toml");
        },
        |root| {
            root.settings("etc/..2/s.toml", "daemon");
            root.link("etc/..data", "..2");
        },
    ),
];

#[test]
fn settings_behind_links_are_read_anew_wherever_a_change_leaves_them_in_a_folder_of_theirs() {
    if !is_root() {
        return;
    }
    for (what, before, change) in WITHIN {
        let root = Root::new();
        before(&root);
        let daemon = root.serve("etc/s.toml");
        assert_eq!(daemon.reload(), "", "{what}: nothing has changed");
        change(&root);
        assert_eq!(daemon.reload(), READ, "{what}");
    }
}

/// Settings that came to lie in another folder.
const OUTSIDE: &[Case] = &[
    (
        "a link to another folder",
        |root| {
            root.settings("a/s.toml", "nobody");
            root.link("etc/s.toml", "../a/s.toml");
        },
        |root| {
            root.settings("b/s.toml", "daemon");
            root.link("etc/s.toml", "../b/s.toml");
        },
    ),
    (
        "a file in whose place a link is put",
        |root| root.settings("etc/s.toml", "nobody"),
        |root| {
            root.settings("b/s.toml", "daemon");
            root.link("etc/s.toml", "../b/s.toml");
        },
    ),
    (
        "a folder that is a link to another one",
        |root| {
            root.settings("a/s.toml", "nobody");
            root.link("etc", "a");
        },
        |root| {
            root.settings("b/s.toml", "daemon");
            root.link("etc", "b");
        },
    ),
    (
        "another folder of that name",
        |root| root.settings("etc/s.toml", "nobody"),
        |root| {
            root.settings("new/s.toml", "daemon");
            root.rename("etc", "old");
            root.rename("new", "etc");
        },
    ),
];

#[test]
fn what_came_to_lie_outside_is_said_to_take_a_restart_and_no_right_is_asked_for() {
    if !is_root() {
        return;
    }
    for (what, before, change) in OUTSIDE {
        let root = Root::new();
        before(&root);
        let daemon = root.serve("etc/s.toml");
        if !has_landlock(&daemon) {
            return;
        }
        change(&root);
        let said = daemon.reload();
        assert!(said.starts_with("the settings stay as they were: cannot read "), "{what}: {said}");
        assert!(said.contains("takes a restart") && !said.contains("let the user"), "{what}: {said}");
    }
}

#[test]
fn a_right_that_is_missing_is_asked_for_and_no_restart() {
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
    root.folder("etc/s.toml");
    assert!(daemon.reload().ends_with("Is a directory (os error 21)\n"), "no right is missing");
}

#[test]
fn a_file_in_somebody_s_home_is_not_said_to_lack_a_right_alone() {
    if !is_root() {
        return;
    }
    let root = Root::new();
    fs::copy(binary(), root.at("sanctuary")).unwrap();
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
        let settings =
            format!("tls_certificate = {path:?}\ntls_key = {path:?}\nlisten = [\"127.0.0.1:0\"]\n");
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

/// What the filter refuses is refused to an intruder; the daemon itself would get an error that nobody understands.
#[test]
fn no_reload_asks_for_what_the_filter_refuses() {
    if !is_root() {
        return;
    }
    let issued = Issued::new();
    let root = Root::new();
    for name in ["certificate", "key"] {
        root.folder("archive");
        fs::copy(issued.path(&format!("{name}.pem")), root.at(&format!("archive/{name}.pem"))).unwrap();
        fs::set_permissions(root.at(&format!("archive/{name}.pem")), Permissions::from_mode(0o644)).unwrap();
        root.link(&format!("live/{name}.pem"), &format!("../archive/{name}.pem"));
    }
    root.settings("srv/real.toml", "nobody");
    let text = fs::read_to_string(root.at("srv/real.toml")).unwrap();
    let pem = |name: &str| root.at(&format!("live/{name}.pem"));
    let tls = format!("tls_certificate = {:?}\ntls_key = {:?}\n", pem("certificate"), pem("key"));
    fs::write(root.at("srv/real.toml"), text + "listen_tls = [\"127.0.0.1:0\"]\n" + &tls).unwrap();
    root.link("etc/s.toml", "../srv/real.toml");
    let mut command = Command::new("strace");
    command.args(["-D", "-q", "-o"]).arg(root.at("trace"));
    command.arg(binary()).args(["serve", "--config"]).arg(root.at("etc/s.toml"));
    let daemon = Started::by(command);
    assert!(!daemon.reload().contains("stay"));
    fs::set_permissions(root.at("srv/real.toml"), Permissions::from_mode(0o600)).unwrap();
    assert!(daemon.reload().contains("let the user"));
    nix::unistd::mkfifo(&root.at("etc/pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    for to in ["gone.toml", "s.toml", "/srv", "../archive/certificate.pem", "pipe", "/etc/passwd"] {
        root.link("etc/s.toml", to);
        root.link("live/key.pem", to);
        let said = daemon.reload();
        assert!(said.contains("the settings stay") && said.contains("the certificate stays"), "{said}");
    }
    drop(daemon);
    let ended = || fs::read_to_string(root.at("trace")).ok().filter(|trace| trace.contains("+++ killed"));
    let trace = std::iter::repeat_with(ended).flatten().next().unwrap();
    let (_, closed_in) = trace.rsplit_once("seccomp(").unwrap();
    let refused: Vec<_> = closed_in
        .lines()
        .filter(|call| ["EPERM", "ENOSYS"].iter().any(|refusal| call.contains(refusal)))
        .collect();
    assert!(closed_in.contains("open") && refused.is_empty(), "{refused:#?}");
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

#[test]
fn certificates_behind_links_are_followed_as_the_settings_are() {
    if !is_root() {
        return;
    }
    let issued = Issued::new();
    let root = Root::new();
    let renew = |folder: &str, number: u32, year| {
        issued.renew(year);
        root.folder(folder);
        for name in ["certificate", "key"] {
            let new = root.at(&format!("{folder}/{name}{number}.pem"));
            fs::copy(issued.path(&format!("{name}.pem")), &new).unwrap();
            fs::set_permissions(new, Permissions::from_mode(0o644)).unwrap();
            root.link(&format!("live/chat/{name}.pem"), &format!("../../{folder}/{name}{number}.pem"));
        }
    };
    renew("archive/chat", 1, 2040);
    let pem = |name| root.at(&format!("live/chat/{name}.pem")).display().to_string();
    root.settings("etc/s.toml", "nobody");
    let text = fs::read_to_string(root.at("etc/s.toml")).unwrap();
    let more = "listen_tls = [\"127.0.0.1:0\"]\n";
    let (certificate, key) = (pem("certificate"), pem("key"));
    let text = format!("{text}{more}tls_certificate = \"{certificate}\"\ntls_key = \"{key}\"\n");
    fs::write(root.at("etc/s.toml"), text).unwrap();
    let daemon = root.serve("etc/s.toml");
    assert!(!daemon.said().contains("restart"), "{}", daemon.said());
    renew("archive/chat", 2, 2021); // certbot's way
    assert!(daemon.reload().contains("the certificate has expired"), "it was taken up");
    if has_landlock(&daemon) {
        renew("archive/chat-0001", 1, 2040);
        let said = daemon.reload();
        assert!(said.starts_with("the certificate stays as it was: cannot read "), "{said}");
        assert!(said.contains("takes a restart") && !said.contains("let the user"), "{said}");
    }
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
    fs::copy(binary(), root.at("sanctuary")).unwrap();
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
