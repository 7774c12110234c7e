//! The machine's addresses, as the real binary meets them in a network of the test's own: addresses that come late, and
//! addresses of which most lead nobody to the page.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, UdpSocket};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use support::{Network, PATIENCE, Started, binary};

/// A network, or none for who may not make one.
fn network() -> Option<Network> {
    let network = Network::new();
    if network.is_none() {
        eprintln!("not root: nobody else can make a network, so nothing is held");
    }
    network
}

/// `serve` with these arguments, in that network.
fn serve(network: &Network, arguments: &[&str]) -> Started {
    let mut command = network.command(&binary());
    command.args(["serve", "--user", "nobody"]).args(arguments);
    Started::by(command)
}

/// A line that says something, of each of these.
fn lines<'a>(said: &'a str, start: &str) -> Vec<&'a str> {
    said.lines().map(str::trim).filter(|line| line.starts_with(start)).collect()
}

/// The answer to a request with these headers; none where nobody listens.
fn get(network: &Network, to: &str, path: &str, headers: &str) -> Option<String> {
    get_under(to, network, to, path, headers)
}

/// The same under another name.
fn get_under(host: &str, network: &Network, to: &str, path: &str, headers: &str) -> Option<String> {
    let mut stream = network.connect(to.parse().unwrap()).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    Some(answer)
}

fn answers(network: &Network, to: &str) -> bool {
    get(network, to, "/healthz", "").is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

#[test]
#[ignore = "needs iproute2"]
fn where_others_open_the_page_is_told_to_this_machine_alone() {
    let Some(network) = network() else { return };
    network.line("lan0", &["192.0.2.5/24"]);
    let (here, there) = ("127.0.0.1:8080", "192.0.2.5:8080");
    let _daemon = serve(&network, &["--listen", "8080"]);
    let told = get(&network, here, "/addresses", "").unwrap();
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    assert_eq!(lines(&told, "http:"), ["http://192.0.2.5:8080/"], "{told}");
    // A proxy on this machine passes on what strangers ask, whether or not anybody has listed it.
    for (to, headers) in [
        (there, ""),
        (here, "X-Forwarded-For: 192.0.2.9\r\n"),
        (here, "Forwarded: for=192.0.2.9\r\n"),
        (here, "Via: 1.1 proxy\r\n"),
        (here, "X-Real-IP: 192.0.2.9\r\n"),
    ] {
        let told = get(&network, to, "/addresses", headers).unwrap();
        assert!(told.starts_with("HTTP/1.1 404") && !told.contains("192.0.2.5"), "{to} {headers}: {told}");
    }
    // Some pass connections on and say nothing, but under the name by which strangers asked.
    for (host, status) in [(there, "404"), ("localhost:8080", "200"), ("[::1]:8080", "200")] {
        let told = get_under(host, &network, here, "/addresses", "").unwrap();
        assert!(told.starts_with(&format!("HTTP/1.1 {status}")), "{host}: {told}");
    }
    // Any name may be asked for; the address that asks is not chosen.
    let told = get_under("localhost:8080", &network, there, "/addresses", "").unwrap();
    assert!(told.starts_with("HTTP/1.1 404") && !told.contains("192.0.2.5"), "{told}");
    let config = format!("{}/proxies.toml", env!("CARGO_TARGET_TMPDIR"));
    fs::write(&config, "listen = [\"8081\"]\nproxies = [\"127.0.0.1\"]\nuser = \"nobody\"\n").unwrap();
    let _behind = Started::by({
        let mut command = network.command(&binary());
        command.args(["serve", "--config", &config]);
        command
    });
    let told = get(&network, "127.0.0.1:8081", "/addresses", "").unwrap();
    assert!(told.starts_with("HTTP/1.1 404"), "{told}");
}

#[test]
#[ignore = "needs iproute2"]
fn an_address_that_comes_late_is_told_and_served_once_it_is_there() {
    let Some(network) = network() else { return };
    network.line("lan0", &[]);
    let late = ["192.0.2.7:8080", "[2001:db8::7]:8080"];
    let listen = ["--listen", late[0], "--listen", late[1], "--listen", "127.0.0.1:8080"];
    let daemon = serve(&network, &listen);
    let told = late.map(|address| {
        format!("not there yet: {address}; the page is served there once this machine has that address")
    });
    let said = daemon.said();
    assert_eq!(lines(&said, "not there yet"), told, "{said}");
    assert_eq!(lines(&said, "http"), ["http://127.0.0.1:8080/"], "{said}");
    assert!(answers(&network, "127.0.0.1:8080"));

    // To anybody else these ports are taken, and that is final.
    for address in late {
        let (status, said) = network.sanctuary(&["serve", "--listen", address]);
        assert_eq!(status, Some(69), "{said}");
        assert!(said.contains("port 8080 is taken"), "{said}");
    }
    let doctor = || network.sanctuary(&[&["doctor", "--user", "nobody"], &listen[..]].concat()).1;
    let said = doctor();
    for address in ["192.0.2.7", "2001:db8::7"] {
        assert_eq!(lines(&said, &format!("note   not there yet: {address}:")).len(), 1, "{said}");
    }

    network.give("lan0", &["192.0.2.7/24", "2001:db8::7/64"]);
    for address in late {
        // The kernel puts an IPv6 address to use a moment after it has taken it.
        let begun = Instant::now();
        while !answers(&network, address) {
            assert!(begun.elapsed() < PATIENCE, "{address}");
        }
    }
    let said = doctor();
    assert!(!said.contains("not there yet"), "{said}");
    assert_eq!(
        lines(&said, "http"),
        ["http://192.0.2.7:8080/", "http://[2001:db8::7]:8080/", "http://127.0.0.1:8080/"]
    );
}

#[test]
#[ignore = "needs iproute2"]
fn an_address_of_many_machines_is_no_address_that_comes_late() {
    let Some(network) = network() else { return };
    network.line("lan0", &["192.0.2.5/24"]);
    let (status, said) = network.sanctuary(&["serve", "--listen", "192.0.2.255:8080"]);
    assert_eq!(status, Some(69), "{said}");
    assert!(said.contains("the address of all machines of its network"), "{said}");
    assert!(said.contains("set `listen` in /etc/sanctuary.toml to one of this machine's"), "{said}");
    let (status, said) = network.sanctuary(&["doctor", "--user", "nobody", "--listen", "192.0.2.255:8080"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("FAULT  192.0.2.255:8080 can't be listened on"), "{said}");
}

#[test]
#[ignore = "needs iproute2"]
fn an_address_that_others_may_have_is_looked_for_where_anything_can_be_bound() {
    let Some(network) = network() else { return };
    let bound =
        network.command("sysctl").args(["--quiet", "--write", "net.ipv4.ip_nonlocal_bind=1"]).status();
    assert!(bound.unwrap().success());
    let daemon = serve(&network, &["--listen", "192.0.2.7:8080", "--listen", "127.0.0.9:8080"]);
    let said = daemon.said();
    assert_eq!(lines(&said, "not there yet").len(), 1, "{said}");
    assert!(said.contains("not there yet: 192.0.2.7:8080"), "{said}");
}

#[test]
#[ignore = "needs iproute2"]
fn a_certificate_made_at_start_names_an_address_that_is_yet_to_come_and_this_machine() {
    let Some(network) = network() else { return };
    network.line("lan0", &["192.0.2.5/24"]);
    let config = format!("{}/late-certificate.toml", env!("CARGO_TARGET_TMPDIR"));
    let listen = "listen = [\"127.0.0.1:8080\"]\nlisten_tls = [\"192.0.2.7:8443\", \"127.0.0.1:8443\"]\n";
    fs::write(&config, format!("{listen}self_signed = true\nuser = \"nobody\"\n")).unwrap();
    let daemon = Started::by(called("chat-pi.example", &network, &["serve", "--config", &config]));
    assert_eq!(lines(&daemon.said(), "not there yet: 192.0.2.7:8443;").len(), 1, "{}", daemon.said());
    let certificate = network.inside(|| served("127.0.0.1:8443".parse().unwrap()));
    let names = [&b"chat-pi.example"[..], b"chat-pi.local", b"localhost", &[192, 0, 2, 7], &[192, 0, 2, 5]];
    for name in names {
        assert!(certificate.windows(name.len()).any(|part| part == name), "{name:?}");
    }
}

/// The certificate of a daemon that nobody vouches for.
fn served(address: SocketAddr) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let stream = support::secure(address, &tokio_rustls::rustls::version::TLS13).await;
        stream.get_ref().1.peer_certificates().unwrap()[0].to_vec()
    })
}

/// The binary on a machine of that name.
fn called(name: &str, network: &Network, arguments: &[&str]) -> Command {
    let mut command = network.command("unshare");
    command.args(["--uts", "sh", "-c", "hostname \"$0\" && exec \"$@\"", name, &binary()]).args(arguments);
    command
}

/// Docker's bridge came first, then a VPN that takes everything; what people at home reach came last.
fn crowded() -> Option<Network> {
    let network = network()?;
    for bridge in ["docker0", "br-0123456789ab", "virbr0", "office"] {
        network.ip(&format!("link add {bridge} type bridge"));
    }
    network.give("docker0", &["172.17.0.1/16"]);
    network.give("br-0123456789ab", &["172.18.0.1/16"]);
    network.give("virbr0", &["192.168.122.1/24"]);
    network.give("office", &["10.99.0.1/24"]);
    network.line("tun0", &["10.8.0.2/24", "fd08::2/64"]);
    network.line("wg-home", &["10.9.0.2/32"]);
    network.line("lan1", &["192.168.2.5/24"]);
    network.line("lan0", &["192.168.1.5/24", "2001:db8::5/64"]);
    network.ip("address add 2001:db8::dead/64 dev lan0 preferred_lft 0 nodad");
    network.ip("route add default via 192.168.1.1 metric 600");
    network.ip("route add default dev tun0 metric 50");
    Some(network)
}

const CROWDED: [&str; 11] = [
    "http://192.168.1.5:8080/",
    "http://[2001:db8::5]:8080/",
    "http://192.168.2.5:8080/",
    "http://[2001:db8::dead]:8080/ (deprecated: not for much longer)",
    "http://10.8.0.2:8080/ (VPN tun0: only its members)",
    "http://[fd08::2]:8080/ (VPN tun0: only its members)",
    "http://10.9.0.2:8080/ (VPN wg-home: only its members)",
    "http://172.17.0.1:8080/ (Docker's bridge docker0: only containers on this machine)",
    "http://172.18.0.1:8080/ (Docker's bridge br-0123456789ab: only containers on this machine)",
    "http://192.168.122.1:8080/ (bridge of virtual machines virbr0: only virtual machines on this machine)",
    "http://10.99.0.1:8080/ (bridge office: only containers and virtual machines on this machine)",
];

#[test]
#[ignore = "needs iproute2"]
fn what_people_nearby_reach_comes_first_and_bridges_and_vpns_last_and_named() {
    let Some(network) = crowded() else { return };
    let expected = [&CROWDED[..], &["http://localhost:8080/"]].concat();
    let said = serve(&network, &["--listen", "8080"]).said();
    assert_eq!(lines(&said, "http"), expected, "{said}");
    let doctor = ["doctor", "--user", "nobody", "--listen", "8080"];
    let (_, said) = network.sanctuary(&doctor);
    assert_eq!(lines(&said, "http"), expected, "{said}");
    let said = network.at_a_terminal(&doctor, &[("LANG", "C.UTF-8")]);
    assert!(said.contains(&code_of("http://192.168.1.5:8080/")), "{said}");
    // Named ones keep that order, whatever theirs is.
    let reversed = ["172.17.0.1:8080", "10.8.0.2:8080", "192.168.2.5:8080", "192.168.1.5:8080"];
    let listen = reversed.map(|address| ["--listen", address]).concat();
    let said = serve(&network, &listen).said();
    assert_eq!(lines(&said, "http"), [0, 2, 4, 7].map(|at| CROWDED[at]), "{said}");
}

#[test]
#[ignore = "needs iproute2"]
fn who_installs_a_package_is_told_the_same_addresses() {
    let Some(network) = crowded() else { return };
    let folder = std::env::temp_dir().join(format!("sanctuary-installed-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    let script = include_str!("../packaging/where-to-browse");
    let program = folder.join("sanctuary");
    let script = script.replace("/usr/bin/sanctuary", program.to_str().unwrap());
    let tell = || {
        let output = network.command("sh").args(["-c", &script]).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let without_the_program = tell();
    std::os::unix::fs::symlink(binary(), &program).unwrap();
    let said = tell();
    fs::remove_dir_all(folder).unwrap();
    assert_eq!(lines(&without_the_program, "http"), ["http://localhost/"]);
    let expected: Vec<String> = CROWDED.iter().map(|line| line.replace(":8080", "")).collect();
    assert_eq!(lines(&said, "http"), [&expected[..], &["http://localhost/".to_owned()]].concat(), "{said}");
}

/// The QR code as `doctor` draws it.
fn code_of(url: &str) -> String {
    let code = QrCode::new(url).unwrap();
    code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build()
}

#[test]
#[ignore = "needs iproute2"]
fn of_default_routes_the_one_of_the_least_metric_counts_and_without_any_all_are_alike() {
    let Some(network) = network() else { return };
    network.line("lan0", &["192.168.1.5/24"]);
    network.line("lan1", &["192.168.2.5/24"]);
    let first = |network: &Network| {
        let (_, said) = network.sanctuary(&["doctor", "--user", "nobody", "--listen", "8080"]);
        lines(&said, "http").first().map(|line| (*line).to_owned()).unwrap()
    };
    assert_eq!(first(&network), "http://192.168.1.5:8080/");
    network.ip("route add default via 192.168.2.1 metric 200");
    assert_eq!(first(&network), "http://192.168.2.5:8080/");
    network.ip("route add default via 192.168.1.1 metric 100");
    assert_eq!(first(&network), "http://192.168.1.5:8080/");
    // A bridge by which the machine reaches the world is the network's, whoever made it.
    network.ip("link add br0 type bridge");
    network.give("br0", &["192.168.3.5/24"]);
    network.ip("route add default via 192.168.3.1 metric 50");
    assert_eq!(first(&network), "http://192.168.3.5:8080/");
}

#[test]
#[ignore = "needs iproute2"]
fn the_local_name_stands_beside_the_first_address_where_a_responder_runs() {
    let Some(network) = network() else { return };
    network.line("lan0", &["192.168.1.5/24"]);
    let said = |arguments: &[&str]| {
        let output = called("chat-pi.example", &network, arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let doctor = ["doctor", "--user", "nobody", "--listen", "8080"];
    let without = ["http://192.168.1.5:8080/", "http://localhost:8080/"];
    assert_eq!(lines(&said(&doctor), "http"), without);
    // A program of somebody's looks for devices; it answers nobody.
    // The children of other tests have a copy of what was open here, until they run their programs.
    let bind = || {
        let begun = Instant::now();
        loop {
            match UdpSocket::bind("0.0.0.0:5353") {
                Err(error) if error.kind() == ErrorKind::AddrInUse && begun.elapsed() < PATIENCE => {}
                bound => break Arc::new(bound.unwrap()),
            }
        }
    };
    let browser = network.inside(move || {
        let socket = bind();
        nix::unistd::fchown(&*socket, Some(1000.into()), None).unwrap();
        socket
    });
    assert_eq!(lines(&said(&doctor), "http"), without);
    drop(browser);
    let _responder = network.inside(bind);
    let with = ["http://192.168.1.5:8080/", "http://chat-pi.local:8080/", "http://localhost:8080/"];
    let told = said(&doctor);
    assert_eq!(lines(&told, "http"), with);
    let daemon =
        Started::by(called("chat-pi.example", &network, &["serve", "-u", "nobody", "--listen", "8080"]));
    assert_eq!(lines(&daemon.said(), "http"), with, "{}", daemon.said());
}

#[test]
#[ignore = "needs iproute2"]
fn without_netlink_and_most_of_proc_as_under_our_unit_the_same_is_said() {
    let Some(network) = crowded() else { return };
    let mut command = network.command("unshare");
    // The effect of `ProcSubset=pid`, and `RestrictAddressFamilies=` without AF_NETLINK.
    let start = "mount -t proc -o subset=pid proc /proc && exec strace -D -qqq --output=/dev/null \
                 --inject=sendto:error=EPERM --trace=sendto \"$@\"";
    command.args([
        "--mount",
        "sh",
        "-c",
        start,
        "sh",
        &binary(),
        "serve",
        "-u",
        "nobody",
        "--listen",
        "8080",
    ]);
    let said = Started::by(command).said();
    assert_eq!(lines(&said, "http"), [&CROWDED[..], &["http://localhost:8080/"]].concat(), "{said}");
}
