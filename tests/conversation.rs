//! A whole stay in a room, of three: with a daemon of its own, or with the one that `SANCTUARY_ADDRESS` names
//! (several addresses are tried one after the other), such as an installed package's. `SANCTUARY_MEANWHILE` is a
//! command that does something to the machine while they are there: after each line that it prints, they talk.
//! `SANCTUARY_RESTART` is one that makes that daemon restart, such as an upgrade, and returns when it has.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::print_stdout)] // What happened to the machine meanwhile is told.

mod support;

use std::env;
use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use sanctuary::exit::Exit;
use sanctuary_wire::{End, Refusal};
use support::{Daemon, Heard, Member, door};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;

#[tokio::test]
async fn a_page_is_served_and_a_conversation_held() {
    if let Ok(addresses) = env::var("SANCTUARY_ADDRESS") {
        for address in addresses.split_whitespace() {
            visit(address.parse().expect("SANCTUARY_ADDRESS is like 127.0.0.1:80 or [::1]:80")).await;
        }
    } else {
        let daemon = Daemon::start().await;
        for &address in &daemon.addresses {
            visit(address).await;
        }
    }
}

async fn visit(address: SocketAddr) {
    browse(address).await;
    // Derived before anybody asks to enter: on a slow machine that takes longer than the daemon waits for a first word.
    door();
    let mut ada = Member::create(address, "Ada").await;
    let mut ben = Member::enter(address, "Ben").await;
    assert_eq!(ada.next().await, Heard::Joined(ben.id, "Ben".into()));
    assert_eq!(Member::try_enter(address, "ada").await.err(), Some(Refusal::AliasInUse));
    let mut cleo = Member::enter(address, "Cleo").await;
    for member in [&mut ada, &mut ben] {
        assert_eq!(member.next().await, Heard::Joined(cleo.id, "Cleo".into()));
    }

    ben.say("<b>hello</b>").await;
    for member in [&mut ada, &mut ben, &mut cleo] {
        assert_eq!(member.next().await, Heard::Message { number: 1, from: 2, text: "<b>hello</b>".into() });
    }
    if let Ok(command) = env::var("SANCTUARY_MEANWHILE") {
        talk_through(&command, [&mut ada, &mut ben, &mut cleo]).await;
    }
    ada.whisper(cleo.id, "only for you").await;
    assert_eq!(cleo.next().await, Heard::Whisper { from: 1, text: "only for you".into() });

    ada.kick(ben.id).await;
    assert_eq!(ben.next().await, Heard::Over(End::Kicked, Some(1)));
    for member in [&mut ada, &mut cleo] {
        assert_eq!(member.next().await, Heard::kicked(2, 1));
    }
    ada.stop().await;
    for member in [&mut ada, &mut cleo] {
        assert_eq!(member.next().await, Heard::Over(End::Stopped, Some(1)));
    }
}

#[tokio::test]
async fn a_restart_is_told_beforehand_and_waits_for_the_last_room() {
    let own = if env::var("SANCTUARY_ADDRESS").is_ok() { None } else { Some(Daemon::start().await) };
    let named = || env::var("SANCTUARY_ADDRESS").unwrap().split_whitespace().next().unwrap().parse().unwrap();
    let address: SocketAddr = own.as_ref().map_or_else(named, Daemon::address);
    let mut command = Command::new("sh");
    match (env::var("SANCTUARY_RESTART"), &own) {
        (Ok(restart), None) => command.args(["-c", &restart]),
        (_, Some(daemon)) => command.args(["-c", &format!("kill -USR2 {}", daemon.pid())]),
        // An installed daemon that is to be left alone.
        (Err(_), None) => return,
    };
    door();
    let mut ada = Member::create(address, "Ada").await;
    let mut running = command.spawn().unwrap();
    let told = async { while ada.next().await != Heard::Closing(60) {} };
    tokio::time::timeout(Duration::from_secs(60), told).await.expect("the word, once a package is unpacked");
    let mut ben = Member::enter(address, "Ben").await;
    assert_eq!(ada.next().await, Heard::Joined(ben.id, "Ben".into()));
    assert!(matches!(ben.next().await, Heard::Closing(seconds) if (1..=60).contains(&seconds)));
    ada.say("see you afterwards").await;
    assert!(matches!(ben.next().await, Heard::Message { text, .. } if text == "see you afterwards"));
    ada.exit("").await;
    ben.exit("").await;
    if let Some(mut daemon) = own {
        assert_eq!(daemon.ended().await.code(), Some(Exit::Restart.status().into()));
    }
    assert!(support::patiently("the restart", running.wait()).await.unwrap().success());
}

/// Everybody says something, and everybody hears it, after each line that the command prints.
async fn talk_through(command: &str, mut members: [&mut Member; 3]) {
    let mut running = Command::new("sh").args(["-c", command]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(running.stdout.take().unwrap()).lines();
    let mut said = 1;
    while let Some(line) = support::patiently("what the command does", lines.next_line()).await.unwrap() {
        println!("{line}");
        for speaker in 0..members.len() {
            members[speaker].say(&line).await;
            said += 1;
            for member in &mut members {
                let from = speaker as u64 + 1;
                assert_eq!(member.next().await, Heard::Message { number: said, from, text: line.clone() });
            }
        }
    }
    assert!(running.wait().await.unwrap().success(), "{command}");
}

async fn browse(address: SocketAddr) {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    support::patiently("the page", socket.read_to_string(&mut answer)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.contains("content-security-policy"), "{answer}");
}
