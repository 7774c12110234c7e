//! What surrounds the daemon, judged by the tools that will read it: the units by systemd's own, the profile of
//! `AppArmor` by its parser. Debian's packages `systemd` and `apparmor` have them.
#![allow(clippy::unwrap_used)]

use std::{
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
fn systemd_finds_no_fault_with_the_units() {
    let plain = Installed::new("units-verified", &[]);
    plain.is_clean("sanctuary.service");
    plain.is_clean("sanctuary.socket");
    Installed::new("units-verified-socket", &["behind-socket.conf"]).is_clean("sanctuary.service");
}

#[test]
fn the_service_exposes_as_little_as_a_web_server_can() {
    Installed::new("units-plain", &[]).exposure_is_within(PLAIN);
}

#[test]
fn behind_its_socket_the_service_exposes_next_to_nothing() {
    Installed::new("units-socket", &["behind-socket.conf"]).exposure_is_within(BEHIND_SOCKET);
}

/// A line that nobody can give a reason for is a line that nobody dares to change.
#[test]
fn every_hardening_line_stands_under_its_reason() {
    for file in ["systemd/sanctuary.service", "systemd/behind-socket.conf"] {
        let text = fs::read_to_string(repository(file)).unwrap();
        let service = text.split("[Service]").nth(1).unwrap().split("[Install]").next().unwrap();
        let mut before = "";
        for line in service.lines() {
            let key = line.split('=').next().unwrap();
            let more_of_the_same = before.split('=').next() == Some(key);
            let reasoned =
                line.is_empty() || line.starts_with('#') || before.starts_with('#') || more_of_the_same;
            assert!(reasoned, "{file}: `{line}` has no reason above it");
            before = line;
        }
    }
}

#[test]
fn apparmor_reads_its_profile() {
    succeeds(&run(
        "apparmor_parser",
        &["--skip-kernel-load", "--skip-cache"],
        &repository("packaging/apparmor/sanctuary"),
    ));
}

#[test]
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
