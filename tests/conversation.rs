//! A whole stay in a room, of three: with a daemon of its own, or with the one that `SANCTUARY_ADDRESS` names
//! (several addresses are tried one after the other), such as an installed package's.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::env;
use std::net::SocketAddr;

use sanctuary::wire::{Departure, End, Refusal};
use support::{Daemon, Heard, Member, door};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

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
    // Derived before anybody knocks: on a slow machine that takes longer than the daemon waits for a first word.
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
    ada.whisper(cleo.id, "only for you").await;
    assert_eq!(cleo.next().await, Heard::Whisper { from: 1, text: "only for you".into() });

    ada.kick(ben.id).await;
    assert_eq!(ben.next().await, Heard::Over(End::Kicked, Some(1)));
    for member in [&mut ada, &mut cleo] {
        assert_eq!(member.next().await, Heard::Left(2, Departure::Kicked, Some(1)));
    }
    ada.stop().await;
    for member in [&mut ada, &mut cleo] {
        assert_eq!(member.next().await, Heard::Over(End::Stopped, Some(1)));
    }
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
