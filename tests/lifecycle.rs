//! How the real binary starts, reloads and stops, what it says meanwhile, and what it says to nobody.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::{Command, Stdio};
use std::time::Duration;

use nix::sys::signal::Signal;
use sanctuary_wire::{DaemonFrame, End, Refusal};
use support::{ByHand, Copy, Daemon, Heard, Line, Member, NOBODY, ROOM, answered};
use tokio::net::TcpStream;

/// For setpriv(1): a root of whom somebody has taken all rights but to become another.
const ROOT_WITHOUT_RIGHTS: &[&str] = &["--bounding-set=-all,+setuid,+setgid,+setpcap"];

/// What the daemon that `command` becomes says before a line with `end` in it, at which it is killed.
fn said_before(end: &str, command: &mut Command) -> Vec<String> {
    let mut daemon = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(daemon.stdout.take().unwrap()).lines().map(Result::unwrap);
    let said = lines.take_while(|line| !line.contains(end)).collect();
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    said
}

#[tokio::test]
async fn it_says_where_it_listens_and_that_it_stops_and_nothing_between() {
    let mut daemon = Daemon::start().await;
    let at_start = daemon.printed().len();
    let mut ada = Member::create(daemon.address(), "Ada").await;
    ada.say("nobody writes this down").await;
    ada.exit("").await;
    daemon.signal(Signal::SIGTERM);
    daemon.notice("STOPPING=1").await;
    assert!(daemon.ended().await.success());
    daemon.says("Sanctuary stops.").await;
    assert_eq!(daemon.printed()[at_start..], ["Sanctuary stops."]);
}

#[tokio::test]
async fn it_stops_although_somebody_does_not_read_and_somebody_says_nothing() {
    for signal in [Signal::SIGTERM, Signal::SIGINT] {
        let mut daemon = Daemon::start().await;
        let _silent = TcpStream::connect(daemon.address()).await.unwrap();
        let mut ada = Member::create(daemon.address(), "Ada").await;
        let _deaf = Member::enter(daemon.address(), "Bob").await;
        daemon.signal(signal);
        assert!(matches!(ada.next().await, Heard::Joined(2, _)));
        assert_eq!(ada.next().await, Heard::Over(End::ShuttingDown, None));
        assert_eq!(ada.next().await, Heard::Closed(1001));
        assert!(daemon.ended().await.success());
    }
}

#[tokio::test]
async fn told_to_make_way_where_no_room_is_it_does_so_at_once() {
    let mut daemon = Daemon::start().await;
    let _silent = TcpStream::connect(daemon.address()).await.unwrap();
    daemon.signal(Signal::SIGUSR2);
    daemon.notice("STOPPING=1").await;
    assert_eq!(daemon.ended().await.code(), Some(75));
}

#[tokio::test]
async fn told_to_make_way_it_still_reloads_purges_and_stops() {
    let mut daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    // Told twice, it says so once: the first minute counts.
    for _ in 0..2 {
        daemon.signal(Signal::SIGUSR2);
    }
    assert_eq!(ada.next().await, Heard::Closing(60));
    daemon.configure(&[("members", "1")]);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    assert_eq!(Member::try_enter(daemon.address(), "Bob").await.err(), Some(Refusal::Full));
    daemon.signal(Signal::SIGTERM);
    assert_eq!(ada.next().await, Heard::Over(End::ShuttingDown, None));
    assert!(daemon.ended().await.success());

    let mut daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    daemon.signal(Signal::SIGUSR2);
    assert_eq!(ada.next().await, Heard::Closing(60));
    daemon.signal(Signal::SIGUSR1);
    assert_eq!(ada.next().await, Heard::Over(End::Stopped, None));
    assert_eq!(daemon.ended().await.code(), Some(75));
}

#[tokio::test]
async fn a_reload_takes_up_new_settings_and_drops_nobody() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    daemon.configure(&[("members", "1")]);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    assert_eq!(Member::try_enter(daemon.address(), "Bob").await.err(), Some(Refusal::Full));
    ada.say("still here").await;
    assert!(matches!(ada.next().await, Heard::Message { number: 1, .. }));
}

#[tokio::test]
async fn a_reload_of_nonsense_says_where_it_is_wrong_and_changes_nothing() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    daemon.configure(&[("members", "\"many\"")]);
    daemon.signal(Signal::SIGHUP);
    daemon.says("the settings stay as they were").await;
    daemon.says("`members`").await;
    assert!(Member::try_enter(daemon.address(), "Bob").await.is_ok());
}

#[tokio::test]
async fn a_reload_may_ask_for_as_much_memory_as_may_be_locked() {
    const REFUSAL: &str = "more memory would be needed than may be locked: \
                           `connections`, `largest_frame`, `backlog`, `waiting` take a restart";
    if !nix::unistd::geteuid().is_root() {
        eprintln!("not root: nobody else can take the right to lock all memory away, so nothing is held");
        return;
    }
    let setpriv = [&["setpriv"], ROOT_WITHOUT_RIGHTS].concat();
    // 64 MiB hold the daemon and what it starts with; 64 KiB hold nothing, so that none is locked.
    let limited = [&["prlimit", "--memlock=67108864:67108864"], &setpriv[..]].concat();
    let unlocked = [&["prlimit", "--memlock=65536:65536"], &setpriv[..]].concat();
    for (program, connections, waiting, told, served) in [
        (&limited, "3", "\"2 MiB\"", false, 3),
        (&limited, "6", "\"4 MiB\"", false, 6),
        (&limited, "6", "\"64 MiB\"", true, 4),
        (&limited, "2000", "\"2 MiB\"", true, 4),
        (&unlocked, "6", "\"64 MiB\"", false, 6),
        (&vec!["env"], "6", "\"64 MiB\"", false, 6),
    ] {
        let mut own = Command::new(program[0]);
        if !own.args(program[1..].iter().chain(&["true"])).status().unwrap().success() {
            eprintln!("no right to raise the limit of locked memory: what {program:?} holds is not held");
            continue;
        }
        let daemon = Daemon::under(program, &[("connections", "4"), ("waiting", "\"2 MiB\"")]).await;
        daemon.configure(&[("connections", connections), ("waiting", waiting)]);
        daemon.signal(Signal::SIGHUP);
        let status = daemon.notice("READY=1").await;
        assert_eq!(status.contains(REFUSAL), told, "{program:?}: {connections}, {waiting}: {status}");
        assert_eq!(seats(&daemon, 7).await, served, "{program:?}: {connections} connections, {waiting}");
    }
}

#[tokio::test]
async fn a_reload_may_ask_for_more_connections_than_the_soft_limit_of_open_files_had_room_for() {
    let daemon = Daemon::under(&["prlimit", "--nofile=90:400"], &[("connections", "4")]).await;
    daemon.configure(&[("connections", "200"), ("connections_by_address", "200")]);
    daemon.signal(Signal::SIGHUP);
    daemon.notice("READY=1").await;
    assert_eq!(seats(&daemon, 180).await, 180);
}

/// How many of `count` members get a seat.
async fn seats(daemon: &Daemon, count: usize) -> usize {
    let mut members = Vec::new();
    for number in 0..count {
        let (member, mut line) = (ByHand::new(), Line::open(daemon.address(), ROOM).await);
        let nonce = line.nonce.clone();
        let frame = if number == 0 { member.create(&nonce, None) } else { member.enter(&nonce) };
        match DaemonFrame::decode(&answered(&mut line, frame).await).unwrap() {
            DaemonFrame::Welcome { .. } => members.push(line),
            other => assert_eq!(other, DaemonFrame::Refused { why: Refusal::Busy, retry_ms: 30_000 }),
        }
    }
    members.len()
}

#[tokio::test]
async fn a_purge_ends_every_room_and_serves_on() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    daemon.signal(Signal::SIGUSR1);
    assert_eq!(ada.next().await, Heard::Over(End::Stopped, None));
    assert_eq!(ada.next().await, Heard::Closed(4002));
    Member::create(daemon.address(), "Ada").await;
}

#[test]
fn it_names_every_address_of_this_machine_that_others_can_open() {
    let mut daemon = Command::new(env!("CARGO_BIN_EXE_sanctuary"));
    let said = said_before("//localhost:", daemon.args(["--listen", "[::]:0", "--user", "nobody"]));
    let open = |address: &IpAddr| match address {
        IpAddr::V4(v4) => !v4.is_loopback(),
        IpAddr::V6(v6) => !v6.is_loopback() && !v6.is_unicast_link_local(),
    };
    for address in sanctuary::addresses::Machine::look().ips().filter(open) {
        let url = SocketAddr::new(address, 0).to_string().trim_end_matches('0').to_owned();
        assert!(said.iter().any(|line| line.contains(&url)), "{url} is not in {said:?}");
    }
}

#[tokio::test]
async fn a_taken_port_says_so_and_what_to_do() {
    let daemon = Daemon::start().await;
    let output = Command::new(env!("CARGO_BIN_EXE_sanctuary"))
        .args(["--listen", &daemon.address().to_string()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(69));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("port {} is taken", daemon.address().port())), "{said}");
    assert!(said.contains("set `listen` in /etc/sanctuary.toml"), "{said}");
}

#[tokio::test]
async fn a_taken_port_of_https_names_its_own_setting() {
    let daemon = Daemon::start().await;
    let file = std::env::temp_dir().join(format!("sanctuary-taken-{}.toml", std::process::id()));
    let settings =
        format!("listen = [\"127.0.0.1:0\"]\nlisten_tls = [\"{}\"]\nself_signed = true\n", daemon.address());
    fs::write(&file, settings).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sanctuary")).arg("--config").arg(&file).output().unwrap();
    fs::remove_file(&file).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("stop whoever has it, or set `listen_tls` in "), "{said}");
    assert_eq!(output.status.code(), Some(69));
}

#[test]
fn an_ordinary_user_is_told_what_a_low_port_takes() {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("not root: nobody else can become another user, so nothing is held");
        return;
    }
    // In a network of its own, where ports are as privileged as ever.
    let binary = Copy::for_others();
    for (who, advice) in
        [(NOBODY, "start as root or by systemd"), (ROOT_WITHOUT_RIGHTS, "give its container")]
    {
        let output = Command::new("unshare")
            .args(["--net", "setpriv"])
            .args(who)
            .arg(&*binary)
            .args(["--listen", "80"])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with(&format!("sanctuary: port 80 needs privilege: {advice}")), "{said}");
        assert!(
            said.ends_with(", or set `listen` in /etc/sanctuary.toml to a port from 1024 on\n"),
            "{said}"
        );
        assert_eq!(output.status.code(), Some(77));
    }
    // Some machines have another bound, and it is that one which is told.
    let script = format!(
        "echo 9000 > /proc/sys/net/ipv4/ip_unprivileged_port_start && exec setpriv {} {} --listen 8999",
        NOBODY.join(" "),
        binary.display()
    );
    let output = Command::new("unshare").args(["--net", "sh", "-c", &script]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("to a port from 9000 on\n"), "{said}");
}

#[test]
fn memory_that_is_not_locked_is_told_in_one_line_with_what_helps() {
    if !nix::unistd::Uid::effective().is_root() {
        eprintln!("not root: nobody else can become another user, so nothing is held");
        return;
    }
    let binary = Copy::for_others();
    for (who, advice) in [
        (NOBODY, "the package's systemd unit allows it"),
        (ROOT_WITHOUT_RIGHTS, "give its container `--ulimit memlock=-1`"),
    ] {
        let mut daemon = Command::new("prlimit");
        daemon.args(["--memlock=65536:65536", "setpriv"]).args(who).arg(&*binary);
        let said = said_before("is ready", daemon.args(["--listen", "127.0.0.1:0", "--user", "nobody"]));
        let said: Vec<_> = said.iter().filter(|line| line.to_lowercase().contains("lock")).collect();
        let [line, landlock] = said[..] else { panic!("{said:?}") };
        assert!(line.contains("MEMORY NOT LOCKED: only 0 MiB") && line.ends_with(advice), "{line}");
        assert!(landlock.starts_with("Landlock"), "{landlock}");
    }
}

#[test]
#[ignore = "needs strace"]
fn where_the_kernel_has_no_ipv6_every_ipv4_address_is_served() {
    // The answer of socket(2) where Linux was started with `ipv6.disable=1`, to the first call, which is for [::].
    let mut daemon = Command::new("strace")
        .args(["-D", "-qqq", "--output=/dev/null", "--inject=socket:error=EAFNOSUPPORT:when=1"])
        .args([env!("CARGO_BIN_EXE_sanctuary"), "--listen", "[::]:0", "--user", "nobody"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(daemon.stdout.take().unwrap()).lines().map(Result::unwrap);
    let here = lines.find_map(|line| line.trim().strip_prefix("http://localhost:").map(str::to_owned));
    let port = here.unwrap().split('/').next().unwrap().parse().unwrap();
    let families = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    let served = families.map(|address: IpAddr| std::net::TcpStream::connect((address, port)).is_ok());
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    assert_eq!(served, [true, false]);
}

#[test]
fn connections_that_do_not_fit_the_limit_of_open_files_are_told() {
    // 80 files beside those of connections.
    for (limit, told) in [(180, false), (179, true)] {
        let config = env::temp_dir().join(format!("sanctuary-{}-{limit}.toml", std::process::id()));
        fs::write(&config, "listen = [\"127.0.0.1:0\"]\nuser = \"nobody\"\nconnections = 100\n").unwrap();
        let mut daemon = Command::new("prlimit");
        daemon.arg(format!("--nofile=32:{limit}")).args([env!("CARGO_BIN_EXE_sanctuary"), "--config"]);
        let said = said_before("is ready", daemon.arg(&config));
        fs::remove_file(&config).unwrap();
        let warning = "only 99 connections at once, for the limit of open files is too low: ";
        assert_eq!(said.iter().any(|line| line.starts_with(warning)), told, "{said:?}");
    }
}

/// `make test-patience` runs these.
mod patience {
    use super::*;

    #[tokio::test]
    #[ignore = "takes a minute"]
    async fn rooms_that_were_told_of_a_restart_end_when_their_minute_is_over() {
        let mut daemon = Daemon::start().await;
        let mut ada = Member::create(daemon.address(), "Ada").await;
        daemon.signal(Signal::SIGUSR2);
        assert_eq!(ada.next().await, Heard::Closing(60));
        // Members who are there keep it until then.
        for number in 1..=5 {
            tokio::time::sleep(Duration::from_secs(10)).await;
            ada.say("still here").await;
            assert!(matches!(ada.next().await, Heard::Message { number: heard, .. } if heard == number));
        }
        assert_eq!(ada.next().await, Heard::Over(End::ShuttingDown, None));
        assert_eq!(daemon.ended().await.code(), Some(75));
    }
}
