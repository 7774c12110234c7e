//! What `sanctuary doctor` says of the daemon that runs or does not, of this machine's addresses and of what it can't
//! know: the real binary in networks of the test's own, asked by root and by somebody else.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

use std::fs::{self, Permissions};
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use support::{Network, Started, binary, copy_program};

/// A network with one line out, or none for who may not make one.
fn network() -> Option<Network> {
    let network = Network::new();
    match &network {
        None => eprintln!("not root: nobody else can make a network, so nothing is held"),
        Some(network) => network.line("lan0", &["192.0.2.5/24"]),
    }
    network
}

/// A folder that everybody may enter, with what a test needs; it is gone on drop.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sanctuary-doctor-{}-{name}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        // Where others may enter, for the tests' own folder may be closed to them.
        copy_program(binary(), folder.join("sanctuary"));
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.0.join(name), text).unwrap();
        self.path(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What it says to root, and to somebody who has no rights.
fn asked(network: &Network, folder: &Folder, arguments: &[&str]) -> [(Option<i32>, String); 2] {
    let program = folder.path("sanctuary");
    [&[][..], &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]].map(|before| {
        let words = [before, &[&program, "doctor"], arguments].concat();
        let output = network.command(words[0]).args(&words[1..]).output().unwrap();
        let said = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
        (output.status.code(), said)
    })
}

/// The addresses that are told.
fn addresses(said: &str) -> Vec<&str> {
    said.lines().map(str::trim).filter(|line| line.starts_with("http")).collect()
}

fn serve(network: &Network, folder: &Folder, arguments: &[&str]) -> Started {
    let mut command = network.command(&folder.path("sanctuary"));
    command.args(["serve"]).args(arguments);
    Started::by(command)
}

#[test]
#[ignore = "needs iproute2"]
fn whether_somebody_serves_is_asked_and_what_has_changed_since_is_told() {
    let Some(network) = network() else { return };
    let folder = Folder::new("serves");
    let settings =
        |listen: &str| folder.write("s.toml", &format!("user = \"nobody\"\nlisten = [\"{listen}\"]\n"));
    let file = settings("[::]:8080");
    let arguments = ["--config", &file];
    for (status, said) in asked(&network, &folder, &arguments) {
        assert_ne!(status, Some(0), "{said}");
        assert!(said.contains("FAULT  nobody serves on port 8080 yet: "), "{said}");
        assert!(said.contains("once it is served:\n  http://192.0.2.5:8080/\n"), "{said}");
    }
    let daemon = serve(&network, &folder, &arguments);
    for arguments in [&arguments[..], &[]] {
        for (status, said) in asked(&network, &folder, arguments) {
            assert_eq!(status, Some(0), "{said}");
            assert!(said.contains("good   sanctuary itself listens on port 8080\n"), "{said}");
            assert!(said.contains("to open in a browser:\n  http://192.0.2.5:8080/\n"), "{said}");
            assert!(!said.contains("changed since"), "{said}");
        }
    }
    // The same again, a little later, is a change for all that can be known.
    let _ = settings("[::]:8080");
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    for (status, said) in asked(&network, &folder, &[]) {
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains(&format!("note   the settings in {file} have changed since")), "{said}");
        assert!(said.contains("`kill -HUP "), "{said}");
    }
    // The answer tells what is served, not what the file says by now.
    let _ = settings("[::]:8081");
    let [(_, to_root), (_, to_others)] = asked(&network, &folder, &[]);
    for said in [&to_root, &to_others] {
        assert!(
            said.contains("FAULT  nobody serves on port 8081 yet: a daemon runs, but not there: "),
            "{said}"
        );
        assert!(said.contains("have changed since"), "{said}");
    }
    assert_eq!(addresses(&to_root), ["http://192.0.2.5:8080/", "http://localhost:8080/"], "{to_root}");
    assert!(
        to_root.contains("sanctuary listens on port 8080, of which its settings say nothing"),
        "{to_root}"
    );
    drop(daemon);
    let [(_, said), _] = asked(&network, &folder, &arguments);
    assert!(
        said.contains("FAULT  nobody serves on port 8081 yet: `systemctl enable --now sanctuary`"),
        "{said}"
    );
}

#[test]
#[ignore = "needs iproute2"]
fn a_daemon_that_wants_a_proxy_s_word_from_this_machine_gets_it() {
    let Some(network) = network() else { return };
    let folder = Folder::new("introduced");
    let listen = "user = \"nobody\"\nlisten = [\"8080\"]\nlisten_tls = [\"8443\"]\nself_signed = true\n";
    let behind = "proxies = [\"127.0.0.1\", \"::1\"]\nproxy_protocol = true\n";
    let file = folder.write("s.toml", &format!("{listen}{behind}"));
    let _daemon = serve(&network, &folder, &["--config", &file]);
    for (status, said) in asked(&network, &folder, &[]) {
        assert_eq!(status, Some(0), "{said}");
        for port in [8080, 8443] {
            assert!(said.contains(&format!("good   sanctuary itself listens on port {port}\n")), "{said}");
        }
    }
}

#[test]
#[ignore = "needs iproute2"]
fn a_daemon_with_options_of_its_own_is_told_as_it_runs() {
    let Some(network) = network() else { return };
    let folder = Folder::new("options");
    let daemon = serve(&network, &folder, &["--listen", "192.0.2.5:8082", "--user", "nobody"]);
    for (status, said) in asked(&network, &folder, &[]) {
        assert_eq!(status, Some(0), "{said}");
        assert_eq!(addresses(&said), ["http://192.0.2.5:8082/"], "{said}");
        assert!(said.contains("serve --listen 192.0.2.5:8082 --user nobody` runs, process "), "{said}");
    }
    // Where the settings are is said to nobody else, and nothing is made up then.
    folder.write("s.toml", "listen = [\"192.0.2.5:8084\"]\nuser = \"nobody\"\n");
    drop(daemon);
    let mut command = network.command(&folder.path("sanctuary"));
    command.args(["serve", "--config", "s.toml"]).current_dir(&folder.0);
    let _daemon = Started::by(command);
    let [(status, to_root), (_, to_others)] = asked(&network, &folder, &[]);
    assert_eq!(status, Some(0), "{to_root}");
    assert_eq!(addresses(&to_root), ["http://192.0.2.5:8084/"], "{to_root}");
    assert!(to_others.contains("note   the daemon's settings can't be known from here: "), "{to_others}");
    assert_eq!(addresses(&to_others), [] as [&str; 0], "{to_others}");
    // Which of those that are free it has got, root alone may see where root has started it.
    let any = Folder::new("any");
    let network = self::network().unwrap();
    let daemon = serve(&network, &any, &["--listen", "192.0.2.5:0", "--user", "nobody"]);
    let [(status, to_root), (_, to_others)] = asked(&network, &any, &[]);
    assert_eq!(status, Some(0), "{to_root}");
    assert_eq!(addresses(&to_root), addresses(&daemon.said()), "{to_root}");
    assert!(to_others.contains("note   the port that it was given can't be seen by you"), "{to_others}");
    assert_eq!(addresses(&to_others), [] as [&str; 0], "{to_others}");
    // A question about other addresses is answered for these.
    for (status, said) in asked(&network, &folder, &["--listen", "8083"]) {
        assert_ne!(status, Some(0), "{said}");
        assert!(said.contains("FAULT  nobody serves on port 8083 yet"), "{said}");
    }
}

#[test]
#[ignore = "needs iproute2"]
fn whoever_else_answers_is_not_taken_for_the_daemon() {
    let Some(network) = network() else { return };
    let folder = Folder::new("others");
    let listener = network.inside(|| TcpListener::bind("0.0.0.0:8080").unwrap());
    let serving = std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let _ = stream.unwrap().write_all(b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\nsanctuary\n");
        }
    });
    for (status, said) in asked(&network, &folder, &["--listen", "8080", "--user", "nobody"]) {
        assert_ne!(status, Some(0), "{said}");
        assert!(said.contains("FAULT  port 8080 is taken"), "{said}");
        assert_eq!(addresses(&said), [] as [&str; 0], "{said}");
        assert!(!said.contains("  sanctuary verify "), "{said}");
    }
    serving.join().unwrap();
}

/// A program of somebody's, called as the daemon is, that shows a certificate as the daemon makes one.
#[test]
#[ignore = "needs iproute2"]
fn a_fingerprint_is_told_of_the_daemon_alone() {
    let Some(network) = network() else { return };
    let folder = Folder::new("impostor");
    let settings =
        "user = \"nobody\"\nlisten = [\"[::]:8080\"]\nlisten_tls = [\"[::]:8443\"]\nself_signed = true\n";
    let settings = folder.write("s.toml", settings);
    let mut command = network.command("setpriv");
    command.args(["--reuid=1234", "--regid=1234", "--clear-groups", &folder.path("sanctuary"), "serve"]);
    command.args(["--config", &settings]);
    let impostor = Started::by(command);
    for (_, said) in asked(&network, &folder, &["--config", &settings]) {
        assert!(said.contains("The certificate's fingerprint is not told, for it can't be seen"), "{said}");
        assert!(!said.contains("--fingerprint") && !said.contains("  sanctuary join "), "{said}");
    }
    drop(impostor);
    let _daemon = serve(&network, &folder, &["--config", &settings]);
    for (_, said) in asked(&network, &folder, &["--config", &settings]) {
        assert!(said.contains("  sanctuary join --fingerprint "), "{said}");
    }
}

/// A program of somebody's that is called as the daemon is, with settings of its choice.
#[test]
#[ignore = "needs iproute2"]
fn who_calls_a_program_so_neither_ends_the_diagnosis_nor_writes_in_it() {
    let Some(network) = network() else { return };
    let folder = Folder::new("stranger");
    fs::create_dir(folder.path("theirs")).unwrap();
    copy_program("/bin/dash", folder.path("theirs/sanctuary"));
    // That shell is told to do nothing.
    folder.write("theirs/serve", "read -r never\n");
    folder.write("theirs/spoilt.toml", "no settings\n");
    let long = format!("\u{202e}{}", "x".repeat(10_000));
    let mut command = network.command("setpriv");
    command.args(["--reuid=1234", "--regid=1234", "--clear-groups", "./sanctuary", "serve"]);
    command.args(["--config", "spoilt.toml", &long]).current_dir(folder.path("theirs")).stdin(Stdio::piped());
    let mut theirs = command.spawn().unwrap();
    let begun = Instant::now();
    let said = loop {
        let [(_, said), _] = asked(&network, &folder, &[]);
        if said.contains("./sanctuary serve") || begun.elapsed() > support::PATIENCE {
            break said;
        }
    };
    assert!(
        said.contains("./sanctuary serve --config spoilt.toml") && said.contains("This machine:"),
        "{said}"
    );
    assert!(!said.contains('\u{202e}') && said.lines().all(|line| line.len() < 1000), "{said}");
    // One of the system's is asked before it.
    let file = folder.write("s.toml", "user = \"nobody\"\nlisten = [\"[::]:8080\"]\n");
    let _daemon = serve(&network, &folder, &["--config", &file]);
    let [(status, said), _] = asked(&network, &folder, &[]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("good   sanctuary itself listens on port 8080\n"), "{said}");
    theirs.kill().unwrap();
    theirs.wait().unwrap();
}

#[test]
#[ignore = "needs iproute2"]
fn https_is_asked_for_its_certificate() {
    let Some(network) = network() else { return };
    let folder = Folder::new("https");
    let issued = support::Issued::new();
    let (certificate, key) = (folder.path("c.pem"), folder.path("k.pem"));
    let issue = || {
        issued.renew_for(&["192.0.2.5"]);
        fs::copy(issued.path("certificate.pem"), &certificate).unwrap();
        fs::copy(issued.path("key.pem"), &key).unwrap();
        fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    };
    let listen = "user = \"nobody\"\nlisten = [\"[::]:8080\"]\nlisten_tls = [\"[::]:8443\"]\n";
    let made = folder.write("made.toml", &format!("{listen}self_signed = true\n"));
    let pair = format!("{listen}tls_certificate = \"{certificate}\"\ntls_key = \"{key}\"\n");
    let pair = folder.write("pair.toml", &pair);
    issue();
    for (status, said) in asked(&network, &folder, &["--config", &made]) {
        assert_ne!(status, Some(0), "{said}");
        assert!(
            said.contains("The certificate's fingerprint is not known, for no daemon serves it"),
            "{said}"
        );
        assert!(!said.contains("  sanctuary join "), "{said}");
    }
    for file in [made, pair.clone()] {
        let daemon = serve(&network, &folder, &["--config", &file]);
        let mut words = daemon.said().split_whitespace().map(str::to_owned).collect::<Vec<_>>().into_iter();
        // Somebody vouches for the other one.
        let trust = words.find(|word| word.len() == 95 && word.contains(':'));
        assert_eq!(trust.is_some(), file != pair);
        let trust = trust.map_or_else(String::new, |fingerprint| format!("--fingerprint {fingerprint} "));
        for (status, said) in asked(&network, &folder, &["--config", &file]) {
            for command in ["verify", "join"] {
                let ready = format!("\n  sanctuary {command} {trust}https://192.0.2.5:8443/\n");
                assert!(said.contains(&ready), "{ready}: {said}");
            }
            assert_eq!(status, Some(0), "{said}");
            assert!(said.contains("good   sanctuary itself listens on port 8443\n"), "{said}");
            assert_eq!(addresses(&said), ["https://192.0.2.5:8443/", "https://localhost:8443/"], "{said}");
        }
        if file == pair {
            // A change within a moment of the start may have been read.
            let begun = Instant::now();
            let [(_, to_root), (_, to_others)] = loop {
                issue();
                let said = asked(&network, &folder, &[]);
                if said[0].1.contains("have changed since") || begun.elapsed() > support::PATIENCE {
                    break said;
                }
            };
            assert!(
                to_root.contains("serves another certificate on port 8443 than the one in its files"),
                "{to_root}"
            );
            for said in [to_root, to_others] {
                assert!(said.contains("note   certificate or key have changed since"), "{said}");
            }
        }
    }
}

#[test]
#[ignore = "needs iproute2"]
fn an_address_that_others_cannot_open_is_told_for_what_it_is_and_no_code_leads_there() {
    const DOCTOR: [&str; 5] = ["doctor", "--user", "nobody", "--listen", "8080"];
    const LOCAL: &str = "http://localhost:8080/ (only this machine: none of its addresses leads others here)";
    type Case = (&'static str, &'static [&'static str], &'static [&'static str]);
    let cases: [Case; 8] = [
        ("loopback alone", &[], &[LOCAL]),
        (
            "switched off",
            &["link add lan0 type veth peer name far", "address add 192.0.2.5/24 dev lan0"],
            &[LOCAL, "http://192.0.2.5:8080/ (nobody now: lan0 is switched off)"],
        ),
        (
            "nothing at the other end",
            &[
                "link add lan0 type veth peer name far",
                "link set lan0 up",
                "address add 192.0.2.5/24 dev lan0",
                "address add 2001:db8::5/64 dev lan0 nodad",
            ],
            &[
                LOCAL,
                "http://192.0.2.5:8080/ (nobody now: lan0 is not connected to anything)",
                "http://[2001:db8::5]:8080/ (nobody now: lan0 is not connected to anything)",
            ],
        ),
        (
            "only a link's own",
            &["link add lan0 type veth peer name far", "link set far up", "link set lan0 up"],
            &[LOCAL],
        ),
        (
            "a VPN that is not connected",
            &["tuntap add dev tun0 mode tun", "link set tun0 up", "address add 10.8.0.2/24 dev tun0"],
            &[LOCAL, "http://10.8.0.2:8080/ (nobody now: tun0 is not connected to anything)"],
        ),
        (
            "made up",
            &[
                "link add lan0 type veth peer name far",
                "link set far up",
                "link set lan0 up",
                "address add 169.254.7.7/16 dev lan0",
            ],
            &[
                "http://169.254.7.7:8080/ (made up, for no router gave one: only who has such a one too)",
                "http://localhost:8080/",
            ],
        ),
        (
            "deprecated",
            &[
                "link add lan0 type veth peer name far",
                "link set far up",
                "link set lan0 up",
                "address add 2001:db8::5/64 dev lan0 nodad preferred_lft 0",
            ],
            &["http://[2001:db8::5]:8080/ (deprecated: not for much longer)", "http://localhost:8080/"],
        ),
        (
            "a bridge of containers",
            &["link add docker0 type bridge", "link set docker0 up", "address add 172.17.0.1/16 dev docker0"],
            &["http://172.17.0.1:8080/ (Docker's bridge docker0: only containers on this machine)", LOCAL],
        ),
    ];
    for (what, commands, expected) in cases {
        let Some(network) = Network::new() else { return };
        for command in commands {
            network.ip(command);
        }
        let said = network.at_a_terminal(&DOCTOR, &[("LANG", "C.UTF-8")]);
        assert_eq!(addresses(&said), expected, "{what}: {said}");
        assert!(said.contains("No QR code: none of these leads others to the page"), "{what}: {said}");
        assert!(!said.contains('\u{2588}'), "{what}: {said}");
        let mut command = network.command(&binary());
        command.args(["serve", "--user", "nobody", "--listen", "8080"]);
        let started = Started::by(command).said();
        assert_eq!(addresses(&started), expected, "{what}: {started}");
        match what {
            "only a link's own" => assert!(said.contains("IPv6 ends at its own link"), "{said}"),
            "nothing at the other end" => {
                assert!(!said.contains("good   this machine has an IPv6"), "{said}");
            }
            _ => {}
        }
    }
}

#[test]
#[ignore = "needs iproute2"]
fn an_address_that_another_machine_has_is_told_so() {
    let Some(network) = Network::new() else { return };
    network.line("lan0", &["192.0.2.5/24"]);
    network.give("lan0-far", &["2001:db8::5/64"]);
    network.ip("address add 2001:db8::5/64 dev lan0");
    // Whether somebody has it is asked for a second or so.
    let begun = std::time::Instant::now();
    let said = loop {
        let said = network.sanctuary(&["doctor", "--user", "nobody", "--listen", "8080"]).1;
        if !said.contains("(nobody yet: ") || begun.elapsed() > support::PATIENCE {
            break said;
        }
    };
    let told = "http://[2001:db8::5]:8080/ (nobody: another machine on this network has it too)";
    assert_eq!(addresses(&said).last(), Some(&told), "{said}");
}

#[test]
#[ignore = "needs iproute2"]
fn a_code_is_drawn_where_it_can_be_seen_and_nowhere_else() {
    let Some(network) = network() else { return };
    let doctor = ["doctor", "--user", "nobody", "--listen", "8080"];
    for (environment, drawn) in [
        (&[("LANG", "C.UTF-8")][..], true),
        (&[("LC_ALL", "de_DE.utf8"), ("LANG", "C")], true),
        (&[("LC_ALL", "C"), ("LC_CTYPE", "C.UTF-8"), ("LANG", "C.UTF-8")], false),
        (&[("LC_ALL", ""), ("LC_CTYPE", "C.UTF-8"), ("LANG", "C")], true),
        (&[("LC_CTYPE", "de_DE.ISO-8859-1"), ("LANG", "C.UTF-8")], false),
        (&[("LANG", "C")], false),
        (&[], false),
        (&[("LANG", "C.UTF-8"), ("TERM", "dumb")], false),
        (&[("LANG", "C.UTF-8"), ("NO_COLOR", "1")], true),
    ] {
        let said = network.at_a_terminal(&doctor, environment);
        assert_eq!(said.contains('\u{2588}'), drawn, "{environment:?}: {said}");
        assert_eq!(said.contains("No QR code: this terminal "), !drawn, "{environment:?}: {said}");
    }
    let (_, said) = network.sanctuary(&doctor);
    assert!(!said.contains('\u{2588}') && !said.contains("No QR code"), "{said}");
}

/// The binary, with its system changed by this script first.
fn elsewhere(network: &Network, script: &str, arguments: &[&str]) -> String {
    let mut command: Command = network.command("unshare");
    let script = format!("{script}\nexec \"$@\"");
    let output =
        command.args(["--mount", "sh", "-ec", &script, "sh", &binary()]).args(arguments).output().unwrap();
    [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat()
}

#[test]
#[ignore = "needs iproute2"]
fn what_cannot_be_read_is_said_not_to_be_known() {
    let Some(network) = network() else { return };
    let doctor = ["doctor", "--user", "nobody", "--listen", "8080"];
    for script in ["mount -t tmpfs tmpfs /proc", "mount -t proc -o subset=pid proc /proc"] {
        let said = elsewhere(&network, script, &doctor);
        assert!(said.contains("note   whether memory is swapped to disk can't be known"), "{script}: {said}");
        assert!(!said.contains("nothing is swapped"), "{script}: {said}");
        assert!(said.contains("http://192.0.2.5:8080/"), "{script}: {said}");
    }
    let said = elsewhere(&network, "mount -t tmpfs tmpfs /proc", &doctor);
    assert!(said.contains("note   which IPv6 addresses this machine has can't be known"), "{said}");
}

#[test]
#[ignore = "needs iproute2"]
fn the_settings_of_proxies_are_read_or_said_not_to_be() {
    let Some(network) = network() else { return };
    let folder = Folder::new("proxies");
    let script = "mount -t tmpfs tmpfs /etc/nginx; echo 'http { include *.site; }' >/etc/nginx/nginx.conf; \
                  echo 'server { access_log off; }' >/etc/nginx/a.site; chmod $mode /etc/nginx; \
                  echo 'server { location / { proxy_pass http://127.0.0.1:8080; } }' >/etc/nginx/b.site";
    let ask = |mode: &str, before: &str| {
        let script =
            format!("mode={mode}; {script}; exec {before} {} doctor --listen 8080", folder.path("sanctuary"));
        elsewhere(&network, &script, &[])
    };
    let others = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    let warning = "nginx passes visitors on and seems to write down who they are";
    for said in [ask("755", "env"), ask("755", others), ask("700", "env")] {
        assert!(said.contains(warning), "{said}");
    }
    let said = ask("700", others);
    assert!(said.contains("note   nginx is here, and not all of its settings can be read"), "{said}");
    for endless in [
        "echo 'include nginx.conf; include nginx.conf;' >/etc/nginx/nginx.conf",
        "echo 'include a.pipe;' >/etc/nginx/nginx.conf; mkfifo /etc/nginx/a.pipe",
    ] {
        let script = format!("mount -t tmpfs tmpfs /etc/nginx; {endless}");
        let said = elsewhere(&network, &script, &["doctor", "--listen", "8080"]);
        assert!(said.contains("note   nginx is here, and its settings hold more than is read"), "{said}");
    }
}

#[test]
#[ignore = "needs iproute2 nftables"]
fn a_firewall_counts_where_it_is_in_force_and_all_ports_are_to_be_opened() {
    let Some(network) = network() else { return };
    let folder = Folder::new("firewall");
    let listen =
        "listen = [\"[::]:8080\"]\nlisten_tls = [\"[::]:8443\"]\nself_signed = true\nuser = \"nobody\"\n";
    let file = folder.write("s.toml", listen);
    let told = || network.sanctuary(&["doctor", "--config", &file]).1;
    assert!(!told().contains("nftables guards"), "{}", told());
    let rules = |policy: &str| {
        let chain = format!("add chain inet f i {{ type filter hook input priority 0; policy {policy}; }}");
        let rules =
            folder.write("rules", &format!("add table inet f\n{chain}\nadd rule inet f i iif lo accept\n"));
        assert!(network.command("nft").args(["-f", &rules]).status().unwrap().success());
    };
    rules("accept");
    assert!(!told().contains("nftables guards"), "{}", told());
    rules("drop");
    assert!(told().contains("note   nftables guards this machine: "), "{}", told());
    assert!(told().contains("`tcp dport { 8443, 8080 } accept`"), "{}", told());
    // Only root is told what is in force.
    for (status, said) in asked(&network, &folder, &["--config", &file]).into_iter().skip(1) {
        assert_ne!(status, Some(0), "{said}");
        assert!(
            said.contains("note   whether a firewall guards this machine can't be known from here"),
            "{said}"
        );
    }
    let ufw = "mkdir -p /etc/ufw; mount -t tmpfs tmpfs /etc/ufw; echo ENABLED=yes >/etc/ufw/ufw.conf";
    let said = elsewhere(&network, ufw, &["doctor", "--config", &file]);
    assert!(said.contains("`ufw allow 8443,8080/tcp`"), "{said}");
}
