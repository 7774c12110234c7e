//! How the real binary starts, reloads and stops, what it says meanwhile, and what it says to nobody.

#![allow(clippy::unwrap_used)]

mod support;

use std::io::{BufRead, BufReader};
use std::net::{IpAddr, SocketAddr};
use std::process::{Command, Stdio};

use nix::sys::signal::Signal;
use sanctuary::wire::{End, Refusal};
use support::{Daemon, Heard, Member};
use tokio::net::TcpStream;

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
    let mut daemon = Command::new(env!("CARGO_BIN_EXE_sanctuary"))
        .args(["--listen", "[::]:0", "--user", "nobody"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(daemon.stdout.take().unwrap()).lines().map(Result::unwrap);
    let said: Vec<String> = lines.take_while(|line| !line.contains("//localhost:")).collect();
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    let open = |address: &IpAddr| match address {
        IpAddr::V4(v4) => !v4.is_loopback(),
        IpAddr::V6(v6) => !v6.is_loopback() && !v6.is_unicast_link_local(),
    };
    for address in sanctuary::addresses::of_this_machine().iter().filter(|address| open(address)) {
        let url = SocketAddr::new(*address, 0).to_string().trim_end_matches('0').to_owned();
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
