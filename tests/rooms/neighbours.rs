//! A stranger behind the same router: it has the members' address, and takes nothing that they need.

use sanctuary_seal::Door;
use sanctuary_wire::{ClientFrame, Refusal, RoomId, Signature};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::support::{ByHand, Daemon, Heard, Line, Member, Next, Sitting, password, refused, welcomed};
use super::{all_hear, answer, joined, line, message, room_of};

/// Few tries and places, and the frames that daemons allow.
const SETTINGS: [(&str, &str); 5] = [
    ("tries_by_address", "6"),
    ("connections_by_address", "8"),
    ("frames_by_address", "200"),
    ("frame_rate", "20"),
    ("frame_burst", "128"),
];

/// Its false resumes used up the tries, and the seat was lost.
#[tokio::test]
async fn a_resume_is_checked_whatever_a_stranger_at_its_address_does() {
    let daemon = Daemon::with(&SETTINGS).await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    let stranger = ByHand::new();
    for _ in 0..50 {
        let resume = answer(&daemon, |line| stranger.resume(&line.nonce, 2)).await;
        assert_eq!(refused(&resume.0), (Refusal::NoEntry, 0));
    }
    // None of them was a try.
    let mut cleo = Member::enter(daemon.address(), "Cleo").await;
    assert_eq!(ada.next().await, joined(3, "Cleo"));
    let mut guesses = 0;
    let wrong = || stranger.enter_with(Signature([0; 64]));
    while refused(&answer(&daemon, |_| wrong()).await.0).0 != Refusal::Busy {
        guesses += 1;
        assert!(guesses < 20, "guesses are rationed");
    }
    // A seat is no matter of them.
    let mut ben = ben.resume(daemon.address()).await.unwrap();
    all_hear([&mut ada, &mut cleo], &Heard::Back(2)).await;
    assert_eq!(ben.next().await, joined(3, "Cleo"));
    ben.say("here again").await;
    all_hear([&mut ada, &mut ben, &mut cleo], &message(1, 2, "here again")).await;
}

/// Its 64 connections left none for who came back, or in.
#[tokio::test]
async fn connections_of_a_stranger_leave_places_for_members_at_its_address() {
    let daemon = Daemon::with(&SETTINGS).await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    let (mut silent, mut greeted) = (Vec::new(), Vec::new());
    for _ in 0..64 {
        silent.push(TcpStream::connect(daemon.address()).await.unwrap());
        greeted.push(line(&daemon).await);
    }
    // Nor are they in its way while it is about to take its seat, as long as a round trip takes.
    let back = line(&daemon).await;
    for _ in 0..64 {
        silent.push(TcpStream::connect(daemon.address()).await.unwrap());
    }
    let mut ben = ben.resume_on(back).await.unwrap();
    assert_eq!(ada.next().await, Heard::Back(2));
    let mut cleo = Member::enter(daemon.address(), "Cleo").await;
    all_hear([&mut ada, &mut ben], &joined(3, "Cleo")).await;
    cleo.say("there is room").await;
    all_hear([&mut ada, &mut ben, &mut cleo], &message(1, 3, "there is room")).await;
}

/// Its frames made members count as flooding.
#[tokio::test]
async fn frames_of_a_stranger_are_no_member_s_haste() {
    let daemon = Daemon::with(&SETTINGS).await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    // On connections without a seat, and by requests.
    for _ in 0..8 {
        let mut stranger = line(&daemon).await;
        let _ = stranger.stream().write_all(&[0x89, 0x80, 0, 0, 0, 0].repeat(1000)).await;
        let _ = stranger.stream().write_all(&[0x02, 0x80, 0, 0, 0, 0]).await;
        let _ = stranger.stream().write_all(&[0x00, 0x80, 0, 0, 0, 0].repeat(60)).await;
    }
    for number in 1..=20 {
        ada.say("unmoved").await;
        all_hear([&mut ada, &mut ben], &message(number, 1, "unmoved")).await;
    }
    // Nor those of a member, in a room of its own: its share is its own, and so is its end.
    let elsewhere = RoomId([7; 5]);
    let hand = ByHand::behind(Door::derive(elsewhere, &password()));
    let mut mallory = Line::open(daemon.address(), elsewhere).await;
    let create = hand.create(&mallory.nonce, None);
    mallory.send_bytes(create).await;
    let id = welcomed(&mallory.frame().await);
    let mut mallory = Sitting { line: mallory, hand, id };
    for _ in 0..400 {
        mallory.line.send(&ClientFrame::Say { payload: b"" }).await;
    }
    for number in 21..=40 {
        ada.say("unmoved").await;
        all_hear([&mut ada, &mut ben], &message(number, 1, "unmoved")).await;
    }
    while let Next::Frame(_) = mallory.next().await {}
}
