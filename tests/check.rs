//! `sanctuary check` before the daemon is restarted: whatever would keep it from starting is told, as it would be to the
//! one that starts, be that the service, root by hand or anybody else.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use support::Issued;

/// What a shell does, as root in a machine of its own: /srv, /run and the network hold nothing but what is put there.
const MACHINE: &str = r#"
set -e
mount -t tmpfs -o mode=755 none /srv; mount -t tmpfs -o mode=755 none /run
ip link set lo up
cp "$BINARY" /srv/sanctuary; mkdir /srv/tls; cp "$PAIR/certificate.pem" "$PAIR/key.pem" /srv/tls
chgrp -R daemon /srv/tls; chmod 750 /srv/tls; chmod 640 /srv/tls/*
set_to() { printf '%s\n' "$@" >/srv/s.toml; }
https() { set_to 'listen_tls = ["127.0.0.1:443"]' "tls_certificate = \"$1/certificate.pem\"" "tls_key = \"$1/key.pem\"" 'user = "nobody"' 'listen = ["127.0.0.1:80"]'; }
unit() {
    mkdir -p /run/systemd/system/sanctuary.service.d
    cp "$UNIT" /run/systemd/system/sanctuary.service
    printf '%s\n' '[Service]' User=daemon Group= ExecStart= 'ExecStart=/usr/bin/sanctuary serve -c /srv/s.toml' "$@" \
        >/run/systemd/system/sanctuary.service.d/test.conf
}
# As some other program that has a port.
taken() { cp /srv/sanctuary /srv/other; /srv/other -l 127.0.0.1:80 -u nobody >/dev/null & until grep -q ':0050 .* 0A ' /proc/net/tcp; do :; done; }
check() { /srv/sanctuary check -c /srv/s.toml "$@"; }
nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
https /srv/tls
"#;

fn is_root() -> bool {
    let is_root = nix::unistd::geteuid().is_root();
    if !is_root {
        eprintln!("not root: no machine of its own can be made, so nothing is held");
    }
    is_root
}

/// Exit status and all that is said, where this is done in such a machine.
fn after(script: &str) -> (Option<i32>, String) {
    let issued = Issued::new();
    let mut machine = Command::new("unshare");
    machine.args(["--mount", "--net", "--pid", "--fork", "--mount-proc", "sh", "-c"]);
    machine.arg(format!("{MACHINE}\n{script}"));
    machine.env("BINARY", env!("CARGO_BIN_EXE_sanctuary")).env("PAIR", issued.path(""));
    machine.env("UNIT", concat!(env!("CARGO_MANIFEST_DIR"), "/systemd/sanctuary.service"));
    let output = machine.output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code(), said)
}

fn hold(cases: &[(&str, i32, &[&str])]) {
    if !is_root() {
        return;
    }
    for (script, status, told) in cases {
        let (ended, said) = after(script);
        assert_eq!(ended, Some(*status), "{script}: {said}");
        for part in *told {
            assert!(said.contains(part), "{script}: no {part:?} in {said}");
        }
    }
}

#[test]
#[ignore = "needs iproute2"]
fn for_the_service_all_is_read_as_its_user_and_what_it_does_not_see_is_not_there() {
    hold(&[
        ("unit; check", 0, &["/srv/s.toml is fine for sanctuary.service, which runs as daemon\n"]),
        ("unit; chmod 600 /srv/s.toml; check", 66, &["cannot read /srv/s.toml", "let the user"]),
        ("unit; chmod 700 /srv; check", 66, &["cannot read /srv/s.toml"]),
        (
            "unit; chmod 600 /srv/tls/key.pem; check",
            66,
            &["no https: cannot read /srv/tls/key.pem", "let the user"],
        ),
        ("unit; chmod 700 /srv/tls; check", 66, &["cannot read /srv/tls/certificate.pem"]),
        ("unit; rm /srv/tls/key.pem; check", 66, &["key.pem: No such file"]),
        (
            "unit; mv /srv/tls/key.pem /srv/k; mkfifo /srv/tls/key.pem; chmod 644 /srv/tls/key.pem; check",
            66,
            &["it is no file but a pipe"],
        ),
        (
            "unit; cp /srv/tls/certificate.pem /srv/tls/key.pem; check",
            78,
            &["it holds a certificate and no private key"],
        ),
        (
            "unit; mount -t tmpfs none /root; cp -r /srv/tls /root; chmod -R a+rX /root; https /root/tls; check",
            66,
            &["/root/tls/certificate.pem", "`ProtectHome=`", "below /etc/sanctuary"],
        ),
        (
            "unit; mount -t tmpfs none /tmp; cp -r /srv/tls /tmp; chmod -R a+rX /tmp; https /tmp/tls; check",
            66,
            &["`PrivateTmp=`"],
        ),
        (
            "unit; mount -t tmpfs none /home; cp /srv/tls/key.pem /home; chmod a+r /home/key.pem; ln -sf /home/key.pem /srv/tls/key.pem; check",
            66,
            &["/srv/tls/key.pem", "`ProtectHome=`"],
        ),
        ("unit InaccessiblePaths=/srv/tls; check", 66, &["`InaccessiblePaths=`"]),
        (
            "unit; mount -t tmpfs none /root; cp /srv/s.toml /root; chmod -R a+rX /root; unit ExecStart= 'ExecStart=/usr/bin/sanctuary serve --config=/root/s.toml'; /srv/sanctuary check -c /root/s.toml",
            66,
            &["cannot read /root/s.toml", "`ProtectHome=`"],
        ),
        ("unit Group=root; check", 66, &["cannot read"]),
        ("unit Group=root SupplementaryGroups=daemon; check", 0, &["is fine"]),
        ("unit User=nobody SupplementaryGroups='bin daemon'; check", 0, &["which runs as nobody"]),
        ("unit User=1; check", 0, &["which runs as 1\n"]),
        (
            "unit; mount -t tmpfs none /root; cp -r /srv/tls /root; chmod 700 /root; ln -s /root/tls /srv/link; https /srv/link; check",
            66,
            &["`ProtectHome=`"],
        ),
        ("unit Group=1; check", 0, &["is fine for sanctuary.service"]),
        ("unit Group=nosuch; check", 78, &["there is no group `nosuch`"]),
        ("unit SupplementaryGroups=nosuch; check", 78, &["there is no group `nosuch`"]),
        (
            "unit ExecStart= 'ExecStart=/usr/bin/sanctuary -c\"/srv/s.toml\"'; check",
            0,
            &["is fine for sanctuary.service"],
        ),
        ("unit User=nosuch; check", 78, &["there is no user `nosuch`"]),
        ("unit AmbientCapabilities=; check", 77, &["port 80 needs privilege: set AmbientCapabilities="]),
        (
            "unit; /srv/sanctuary doctor -c /srv/s.toml",
            1,
            &["This machine:", "nobody serves on ports 443 and 80 yet"],
        ),
        (
            "unit; chmod 600 /srv/tls/key.pem; /srv/sanctuary doctor -c /srv/s.toml",
            1,
            &["FAULT  the daemon would not start"],
        ),
        ("unit; chmod 600 /srv/s.toml; /srv/sanctuary doctor -c /srv/s.toml", 1, &["FAULT"]),
    ]);
}

#[test]
#[ignore = "needs iproute2"]
fn what_is_tried_by_hand_is_tried_for_who_tries_it() {
    hold(&[
        ("check", 0, &["/srv/s.toml is fine\n", "a renewed certificate will take a restart"]),
        ("chmod 600 /srv/s.toml; check", 0, &["changed settings will take a restart"]),
        ("chmod -R a+rX /srv; check | grep -qx '/srv/s.toml is fine'", 0, &[]),
        ("chmod -R a+rX /srv; check | grep restart", 1, &[]),
        ("set_to 'user = \"root\"'; check", 78, &["`root` is root"]),
        ("set_to 'user = \"nosuch\"'; check", 78, &["there is no user `nosuch`"]),
        ("check --user nosuch", 78, &["there is no user `nosuch`"]),
        (
            "set_to 'user = \"nosuch\"'; /srv/sanctuary serve -c /srv/s.toml",
            78,
            &["there is no user `nosuch`"],
        ),
        ("set_to 'user = \"root\"'; /srv/sanctuary serve -c /srv/s.toml", 78, &["`root` is root"]),
        (
            "set_to 'user = \"nosuch\"' 'listen = [\"8080\"]'; nobody /srv/sanctuary check -c /srv/s.toml",
            0,
            &["note: started by root: there is no user"],
        ),
        ("nobody /srv/sanctuary check -c /srv/s.toml", 77, &["port 80 needs privilege: start as root"]),
        (
            "sed -i s/:80/:8080/\\;s/:443/:8443/ /srv/s.toml; nobody /srv/sanctuary check -c /srv/s.toml",
            66,
            &["cannot read /srv/tls/certificate.pem"],
        ),
        (
            "set_to 'listen = [\"127.255.255.255:80\"]' 'user = \"nobody\"'; check",
            69,
            &["all machines of its network"],
        ),
        (
            "set_to 'listen = [\"203.0.113.7:80\"]' 'user = \"nobody\"'; check",
            0,
            &["note: not there yet: 203.0.113.7:80"],
        ),
        (
            "set_to 'listen = [\"[fe80::1]:80\"]'; check",
            78,
            &["fe80::1 means another machine on each interface"],
        ),
        (
            "set_to 'require_memory_lock = true' 'listen = [\"8080\"]'; nobody prlimit --memlock=0 /srv/sanctuary check -c /srv/s.toml",
            77,
            &["memory can't be locked"],
        ),
        // Candidates are not the service's.
        (
            "unit; cp /srv/s.toml /srv/new.toml; chmod 600 /srv/tls/key.pem; /srv/sanctuary check -c /srv/new.toml",
            0,
            &["/srv/new.toml is fine\n"],
        ),
    ]);
}

#[test]
#[ignore = "needs iproute2"]
fn a_port_that_sanctuary_has_is_no_fault_and_one_that_another_has_is() {
    hold(&[
        (
            "/srv/sanctuary serve -c /srv/s.toml >/srv/said & until grep -q ready /srv/said; do :; done; check; unit; check",
            0,
            &["is fine\n", "is fine for sanctuary.service"],
        ),
        // As in its ExecReload=, where the ports are its own.
        (
            "set_to 'listen = [\"127.0.0.1:8080\"]' 'user = \"nobody\"'; unit; setpriv --reuid=daemon --regid=daemon --clear-groups /srv/sanctuary serve -c /srv/s.toml >/srv/said & until grep -q ready /srv/said; do :; done; setpriv --reuid=daemon --regid=daemon --clear-groups /srv/sanctuary check -c /srv/s.toml | grep note",
            1,
            &[],
        ),
        ("taken; check", 69, &["port 80 is taken"]),
        ("unit; taken; check", 69, &["port 80 is taken"]),
        (
            "set_to 'listen = [\"8080\"]' 'user = \"nobody\"'; /srv/sanctuary serve -c /srv/s.toml >/srv/said & until grep -q ready /srv/said; do :; done; nobody /srv/sanctuary check -c /srv/s.toml",
            0,
            &["note: port 8080 is in use", "`sanctuary doctor`, as root"],
        ),
        // systemd has them, or somebody who keeps them from it.
        (
            "unit; mkdir -p /run/systemd/system/sanctuary.service.d; printf '[Unit]\\nRequires=sanctuary.socket\\n' >/run/systemd/system/sanctuary.service.d/behind-socket.conf; taken; check",
            0,
            &["is fine"],
        ),
        (
            "unit; mkdir -p /run/systemd/system/sanctuary.service.d; printf '[Unit]\\nRequires=sanctuary.socket\\n' >/run/systemd/system/sanctuary.service.d/behind-socket.conf; echo 'drain = \"1 h\"' >>/srv/s.toml; check",
            0,
            &["the next visitor to its socket starts it again: `systemctl stop sanctuary.socket`"],
        ),
        // Where nothing of the kind hands sockets over, nothing is said.
        ("unit; echo 'drain = \"1 h\"' >>/srv/s.toml; check | grep socket", 1, &[]),
    ]);
}

#[test]
#[ignore = "needs iproute2"]
fn who_cannot_know_what_the_service_can_is_told_so() {
    hold(&[
        (
            "unit; nobody /srv/sanctuary check -c /srv/s.toml",
            0,
            &[
                "as far as you can see\n",
                "note: you may not read /srv/tls/certificate.pem",
                "run this as root",
            ],
        ),
        ("unit; https /root/tls; nobody /srv/sanctuary check -c /srv/s.toml", 66, &["`ProtectHome=`"]),
        (
            "unit; chmod -R a+rX /srv/tls; cp /srv/tls/certificate.pem /srv/tls/key.pem; nobody /srv/sanctuary check -c /srv/s.toml",
            78,
            &["no private key"],
        ),
        ("unit; nobody /srv/sanctuary doctor -c /srv/s.toml", 1, &["nobody serves", "run this as root"]),
        // The service itself, as in its ExecReload=, knows all.
        (
            "unit; sed -i s/:80/:8080/\\;s/:443/:8443/ /srv/s.toml; setpriv --reuid=daemon --regid=daemon --clear-groups /srv/sanctuary check -c /srv/s.toml",
            0,
            &["is fine for sanctuary.service, which runs as daemon\n"],
        ),
        (
            "unit; chmod 600 /srv/tls/key.pem; sed -i s/:80/:8080/\\;s/:443/:8443/ /srv/s.toml; setpriv --reuid=daemon --regid=daemon --clear-groups /srv/sanctuary check -c /srv/s.toml",
            66,
            &["cannot read /srv/tls/key.pem"],
        ),
    ]);
}

#[test]
fn what_is_no_file_is_refused_at_once_by_every_command() {
    let folder = std::env::temp_dir().join(format!("sanctuary-no-file-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let pipe = folder.join("pipe");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let socket = folder.join("socket");
    let _listens = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in
        [pipe.to_str().unwrap(), socket.to_str().unwrap(), folder.to_str().unwrap(), "/dev/zero", "/dev/tty"]
    {
        let settings = folder.join("settings");
        let listen = "listen = [\"127.0.0.1:0\"]\nlisten_tls = [\"127.0.0.1:0\"]\nuser = \"nobody\"\n";
        fs::write(&settings, format!("{listen}tls_certificate = {path:?}\ntls_key = {path:?}\n")).unwrap();
        for command in ["check", "serve", "doctor"] {
            for config in [path, settings.to_str().unwrap()] {
                let mut sanctuary = Command::new("timeout");
                sanctuary.args(["20", env!("CARGO_BIN_EXE_sanctuary"), command, "--config", config]);
                let output = sanctuary.output().unwrap();
                let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
                let status = if command == "doctor" && config != path { 1 } else { 66 };
                assert_eq!(output.status.code(), Some(status), "{command} {config} {path}: {said}");
                assert!(said.contains(&format!("cannot read {path}: ")), "{command} {config} {path}: {said}");
            }
        }
    }
    fs::remove_dir_all(folder).unwrap();
}
