//! What surrounds the daemon, judged by the tools that will read it: the units by systemd's own, the profile of
//! `AppArmor` by its parser. Debian's packages `systemd` and `apparmor` have them.
#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The exposure that `systemd-analyze security` may find, in tenths: as a service with the machine's network.
const PLAIN: &str = "14";
/// And behind its socket, in a network namespace of its own.
const BEHIND_SOCKET: &str = "2";

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn run(program: &str, arguments: &[&str], unit: &Path) -> Output {
    Command::new(program)
        .args(arguments)
        .arg(unit)
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}: apt-get install systemd apparmor"))
}

fn succeeds(output: &Output) {
    let told =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
}

/// The units as installed, with this build's program in place, in a folder that is gone with the guard.
struct Installed(PathBuf);

impl Installed {
    fn new(name: &str, drop_ins: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("sanctuary.service.d")).unwrap();
        let service = fs::read_to_string(repository("systemd/sanctuary.service")).unwrap();
        let service =
            service.replace("/usr/bin/sanctuary serve", concat!(env!("CARGO_BIN_EXE_sanctuary"), " serve"));
        fs::write(folder.join("sanctuary.service"), service).unwrap();
        fs::copy(repository("systemd/sanctuary.socket"), folder.join("sanctuary.socket")).unwrap();
        for drop_in in drop_ins {
            let file = repository("systemd").join(drop_in);
            fs::copy(file, folder.join("sanctuary.service.d").join(drop_in)).unwrap();
        }
        Self(folder)
    }

    fn unit(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn exposure_is_within(&self, tenths: &str) {
        let threshold = format!("--threshold={tenths}");
        let arguments = ["security", "--offline=true", "--no-pager", &threshold];
        succeeds(&run("systemd-analyze", &arguments, &self.unit("sanctuary.service")));
    }

    fn is_clean(&self, unit: &str) {
        let output = run("systemd-analyze", &["verify", "--man=no"], &self.unit(unit));
        succeeds(&output);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{unit}");
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
#[ignore = "needs systemd"]
fn systemd_finds_no_fault_with_the_units() {
    let plain = Installed::new("units-verified", &[]);
    plain.is_clean("sanctuary.service");
    plain.is_clean("sanctuary.socket");
    Installed::new("units-verified-socket", &["behind-socket.conf"]).is_clean("sanctuary.service");
}

#[test]
#[ignore = "needs systemd"]
fn the_service_exposes_as_little_as_a_web_server_can() {
    Installed::new("units-plain", &[]).exposure_is_within(PLAIN);
}

#[test]
#[ignore = "needs systemd"]
fn behind_its_socket_the_service_exposes_next_to_nothing() {
    Installed::new("units-socket", &["behind-socket.conf"]).exposure_is_within(BEHIND_SOCKET);
}

/// A line that nobody can give a reason for is a line that nobody dares to change.
#[test]
fn every_line_stands_under_its_reason() {
    let key = |line: &str| line.split('=').next().unwrap().to_owned();
    for file in ["systemd/sanctuary.service", "systemd/behind-socket.conf", "systemd/sanctuary.socket"] {
        for (section, lines) in sections(&read(file)) {
            // The user and the place where it stands need none.
            let plain =
                |line: &str| ["Description", "Documentation", "WantedBy"].contains(&key(line).as_str());
            is_reasoned(&format!("{file} [{section}]"), lines.iter().filter(|line| !plain(line)), key);
        }
    }
    let profile = read("packaging/apparmor/sanctuary");
    let rules = profile.split("profile sanctuary {").nth(1).unwrap();
    let rules: Vec<String> =
        rules.lines().map(|line| line.trim().to_owned()).filter(|line| line != "}").collect();
    is_reasoned("the profile", rules.iter(), |line| line.split_whitespace().take(1).collect());
}

fn is_reasoned<'a>(file: &str, lines: impl Iterator<Item = &'a String>, kind: impl Fn(&str) -> String) {
    let mut before = "";
    for line in lines {
        let more_of_the_same = kind(before) == kind(line);
        let reasoned =
            line.is_empty() || line.starts_with('#') || before.starts_with('#') || more_of_the_same;
        assert!(reasoned, "{file}: `{line}` has no reason above it");
        before = line;
    }
}

fn sections(unit: &str) -> Vec<(String, Vec<String>)> {
    let mut sections = vec![(String::new(), Vec::new())];
    for line in unit.lines() {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => sections.push((name.to_owned(), Vec::new())),
            None => sections.last_mut().unwrap().1.push(line.to_owned()),
        }
    }
    sections
}

/// The daemon's own list is the narrow one: what it asks for once it is closed in, and what it starts with.
#[test]
#[ignore = "needs systemd"]
fn the_units_let_the_daemon_make_every_call_that_it_makes() {
    const AT_START: &str = "execve socket bind listen connect epoll_create1 eventfd2 socketpair pipe2 dup2 dup3 prctl \
        prlimit64 mlockall capget landlock_create_ruleset landlock_add_rule landlock_restrict_self seccomp getuid \
        geteuid getsid uname sysinfo set_tid_address arch_prctl set_robust_list rseq";
    let list = ["src/hardening/filter/list.rs", "crates/harden/src/filter/calls.rs"].map(read).concat();
    let named = list.split("libc::SYS_").skip(1).map(name);
    let numbered = list.split("\npub const ").skip(1).map(name).filter(|name| name.ends_with("TIME64"));
    let asked: BTreeSet<String> = named
        .chain(numbered)
        .map(|name| name.to_lowercase())
        .chain(AT_START.split_whitespace().map(str::to_owned))
        .collect();
    assert!(
        asked.contains("clock_gettime64") && asked.contains("_llseek") && asked.contains("recvfrom"),
        "{asked:?}"
    );

    let allowed = allowed_by(&["systemd/sanctuary.service"]);
    assert!(allowed.contains("capset") && !allowed.contains("setuid") && !allowed.contains("keyctl"));
    let behind_socket = allowed_by(&["systemd/sanctuary.service", "systemd/behind-socket.conf"]);
    for (unit, allowed) in [("plain", allowed), ("behind its socket", behind_socket)] {
        let refused: Vec<_> = asked.difference(&allowed).collect();
        assert!(refused.is_empty(), "the unit {unit} refuses {refused:?}");
    }
}

fn name(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
}

/// What `SystemCallFilter=` comes to (systemd.exec(5)), its sets as this machine's systemd has them.
fn allowed_by(units: &[&str]) -> BTreeSet<String> {
    let output = Command::new("systemd-analyze").args(["--no-pager", "syscall-filter"]).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let mut sets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut set = "";
    for line in told.lines().take_while(|line| !line.contains("Unlisted")) {
        match line.trim() {
            name if !line.starts_with(' ') => set = name,
            comment if comment.starts_with('#') => {}
            member => sets.entry(set).or_default().push(member),
        }
    }
    let mut allowed: BTreeSet<String> = members(&sets, "@default").into_iter().collect();
    for unit in units {
        for line in
            read(unit).lines().filter_map(|line| line.strip_prefix("SystemCallFilter=").map(str::to_owned))
        {
            let (taken, names) = line.strip_prefix('~').map_or((false, line.as_str()), |names| (true, names));
            for call in names.split_whitespace().flat_map(|name| members(&sets, name)) {
                if taken {
                    allowed.remove(&call)
                } else {
                    allowed.insert(call)
                };
            }
        }
    }
    allowed
}

/// The calls of a set, those of the sets in it included.
fn members(sets: &BTreeMap<&str, Vec<&str>>, name: &str) -> Vec<String> {
    let Some(set) = sets.get(name) else { return vec![name.to_owned()] };
    set.iter().flat_map(|member| members(sets, member)).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap()
}

fn parsed(profile: &str, name: &str) -> Output {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, profile).unwrap();
    run("apparmor_parser", &["--skip-kernel-load", "--skip-cache"], &file)
}

#[test]
#[ignore = "needs apparmor"]
fn apparmor_reads_its_profile_which_grants_no_power_but_that_to_low_ports() {
    let profile = read("packaging/apparmor/sanctuary");
    let output = parsed(&profile, "apparmor-plain");
    succeeds(&output);
    let rules: Vec<&str> = profile.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect();
    let capabilities: Vec<_> = rules.iter().filter(|line| line.starts_with("capability")).collect();
    assert_eq!(capabilities, [&"capability net_bind_service,"]);
    assert!(!rules.iter().any(|line| line.contains("private")), "{rules:?}");
}

#[test]
#[ignore = "needs apparmor"]
fn what_the_profile_says_of_starting_as_root_is_read_too() {
    let profile = read("packaging/apparmor/sanctuary");
    let further: Vec<&str> = profile.lines().filter_map(|line| line.strip_prefix("#   ")).collect();
    let wanted = ["setuid", "setgid", "setpcap", "sys_resource"].map(|name| format!("capability {name},"));
    assert!(wanted.iter().all(|rule| further.contains(&rule.as_str())), "{further:?}");
    assert!(further.contains(&"/etc/ssl/private/** r,"), "{further:?}");
    let with = profile.replace("include if exists <local/sanctuary>", &further.join("\n"));
    succeeds(&parsed(&with, "apparmor-as-root"));
}

#[test]
#[ignore = "needs systemd"]
fn sysusers_makes_the_user_that_the_service_names() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sysusers-root");
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("etc")).unwrap();
    let argument = format!("--root={}", root.display());
    succeeds(&run("systemd-sysusers", &[&argument], &repository("packaging/sysusers.conf")));
    let passwd = fs::read_to_string(root.join("etc/passwd")).unwrap();
    let entry = passwd.lines().find(|line| line.starts_with("sanctuary:")).unwrap();
    assert!(entry.ends_with(":Sanctuary chat daemon:/:/usr/sbin/nologin"), "{entry}");
    let service = fs::read_to_string(repository("systemd/sanctuary.service")).unwrap();
    assert!(service.lines().any(|line| line == "User=sanctuary"));
    fs::remove_dir_all(&root).unwrap();
}
