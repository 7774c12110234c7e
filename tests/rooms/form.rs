//! Rule 9: the form and size of frames, and of what carries them.

use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, Departure, End, Id, Refusal};
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::protocol::Message;

use super::support::{Daemon, Heard, Line, Member, Next, ROOM, Sitting, refused};
use super::{all_hear, denied, joined, line, room_by_hand, room_of};

const LOCK: u8 = 10;

/// Name and bytes of frames that no client may send.
fn bad_frames() -> Vec<(String, Vec<u8>)> {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../testdata/protocol.json")).unwrap();
    let bytes = |hex: &str| {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    };
    let bad = vectors["bad_client_frames"].as_object().unwrap();
    bad.iter().map(|(name, hex)| (name.clone(), bytes(hex.as_str().unwrap()))).collect()
}

#[tokio::test]
async fn a_malformed_frame_ends_the_connection() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    for (name, bad) in bad_frames() {
        let mut ben = Member::enter(daemon.address(), "Ben").await;
        assert_eq!(ada.next().await, joined(ben.id, "Ben"));
        ben.line.send_bytes(bad).await;
        assert_eq!(ben.next_few(2).await, [Heard::Over(End::Malformed, None), Heard::Closed(4007)], "{name}");
        assert_eq!(ada.next().await, Heard::Left(ben.id, Departure::Gone), "{name}");
    }
}

#[tokio::test]
async fn a_malformed_first_frame_is_refused() {
    let daemon = Daemon::start().await;
    for (name, bad) in bad_frames() {
        let mut line = Line::open(daemon.address(), ROOM).await;
        line.send_bytes(bad).await;
        assert_eq!(refused(&line.frame().await), (Refusal::Malformed, 0), "{name}");
        assert_eq!(line.next().await, Next::Closed(Refusal::CLOSE_CODE), "{name}");
    }
}

#[tokio::test]
async fn a_member_that_would_open_enter_or_resume_again_is_malformed() {
    let daemon = Daemon::start().await;
    for kind in 0..3 {
        let [mut ada, mut ben] = room_by_hand(&daemon).await;
        let nonce = ben.line.nonce.clone();
        let again = match kind {
            0 => ben.hand.create(&nonce, None),
            1 => ben.hand.enter(&nonce),
            _ => ben.hand.resume(&nonce, 2),
        };
        ben.line.send_bytes(again).await;
        ben.is_over(End::Malformed).await;
        ada.hears(&DaemonFrame::Left { id: Id(2), how: Departure::Gone }).await;
        ada.line.send(&ClientFrame::Exit).await;
        assert_eq!(ada.next().await, Next::Closed(1000));
    }
}

#[tokio::test]
async fn a_text_message_ends_the_connection() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ben.line.send_message(Message::text("hello")).await;
    assert_eq!(ben.next_few(2).await, [Heard::Over(End::Malformed, None), Heard::Closed(4007)]);
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
}

/// A `say` frame of exactly so many bytes.
fn say_of(size: usize) -> Vec<u8> {
    let payload = vec![0; size - 5];
    let frame = ClientFrame::Say { payload: &payload }.encode();
    assert_eq!(frame.len(), size);
    frame
}

#[tokio::test]
async fn a_frame_may_have_the_largest_size_and_no_byte_more() {
    let daemon = Daemon::with(&[("largest_frame", "\"4 KiB\"")]).await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    assert_eq!(ben.line.largest_frame, 4096);
    for size in [4095, 4096] {
        let say = say_of(size);
        ben.line.send_bytes(say.clone()).await;
        let ClientFrame::Say { payload } = ClientFrame::decode(&say).unwrap() else { panic!() };
        for member in [&mut ada, &mut ben] {
            member.hears(&DaemonFrame::Said { from: Id(2), payload }).await;
        }
    }
    ben.line.send_bytes(say_of(4097)).await;
    too_large(&mut ben.line).await;
    ada.hears(&DaemonFrame::Left { id: Id(2), how: Departure::Gone }).await;
}

/// `over 7` and 4007, or 1009 where the frame could not be read.
async fn too_large(line: &mut Line) {
    let mut next = line.next().await;
    if next == Next::Frame((DaemonFrame::Over { end: End::Malformed, by: None, payload: None }).encode()) {
        next = line.next().await;
    }
    assert!([Next::Closed(4007), Next::Closed(1009)].contains(&next), "{next:?}");
}

#[tokio::test]
async fn a_frame_that_claims_to_be_huge_is_not_waited_for() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    // Final binary frame, masked, of 2^62 bytes (RFC 6455, 5.2).
    let head = [0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
    ben.line.stream().write_all(&head).await.unwrap();
    too_large(&mut ben.line).await;
    all_hear([&mut ada, &mut cleo], &Heard::Left(2, Departure::Gone)).await;
    // Fragments that are too large together; each alone is not.
    for first_byte in [0x02, 0x00] {
        let head = [first_byte, 0xfe, 0xff, 0xff, 0, 0, 0, 0];
        let _ = cleo.line.stream().write_all(&[&head[..], &vec![0; 0xffff]].concat()).await;
    }
    too_large(&mut cleo.line).await;
    assert_eq!(ada.next().await, Heard::Left(3, Departure::Gone));
}

/// This message in so many frames, the first of which hold all of it that fits in a short one,
/// masked with zeros.
pub(super) fn fragmented(message: &[u8], count: usize) -> Vec<u8> {
    let mut frames = Vec::new();
    for at in 0..count {
        let part = if at == 0 { message } else { &[] };
        let first = if at == 0 { 0x02 } else { 0x00 } | if at + 1 == count { 0x80 } else { 0 };
        frames.extend([first, 0x80 + u8::try_from(part.len()).unwrap(), 0, 0, 0, 0]);
        frames.extend(part);
    }
    frames
}

#[tokio::test]
async fn a_message_may_come_in_64_fragments_and_no_more() {
    let daemon = Daemon::start().await;
    let [mut ada] = room_by_hand(&daemon).await;
    for (count, allowed) in [(1, true), (63, true), (64, true), (65, false), (1000, false)] {
        let mut ben = Sitting::enter(line(&daemon).await).await;
        let lock = ben.hand.lock(&ben.line.nonce, true);
        let mut bytes = fragmented(&lock, count);
        // Wherever the network cuts them.
        let rest = bytes.split_off(bytes.len() / 2 + 1);
        for part in [bytes, rest] {
            ben.line.stream().write_all(&part).await.unwrap();
        }
        let id = Id(ben.id);
        if allowed {
            ben.hears(&denied(LOCK, Denial::NotYours)).await; // Only the keeper may.
            ben.line.close().await;
        } else {
            ben.is_over(End::Malformed).await;
        }
        ada.hears_at_last(&DaemonFrame::Left { id, how: Departure::Gone }).await;
    }
}

#[tokio::test]
async fn what_comes_around_a_large_message_arrives_wherever_it_is_cut() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    let large = say_of(20_000);
    let said = ClientFrame::decode(&large).unwrap();
    let ClientFrame::Say { payload } = said else { panic!() };
    let large = [&[0x82, 0xfe, 0x4e, 0x20, 0, 0, 0, 0], &large[..]].concat();
    let ping = [0x89, 0x80, 0, 0, 0, 0];
    for cut in large.len() - 2..large.len() + 20 {
        let locked = cut % 2 == 0;
        let lock = ada.hand.lock(&ada.line.nonce, locked);
        let mut bytes = [&large[..], &ping, &fragmented(&lock, 2)].concat();
        let rest = bytes.split_off(cut);
        ada.line.stream().write_all(&bytes).await.unwrap();
        // By the answer to this the daemon has read that, and nothing more.
        ben.lock(locked).await;
        let mut heard = vec![ben.frame().await];
        let denied = denied(LOCK, Denial::NotYours).encode();
        while heard.last() != Some(&denied) {
            heard.push(ben.frame().await);
        }
        ada.line.stream().write_all(&rest).await.unwrap();
        let locked = DaemonFrame::Locked { locked, by: Id(1) }.encode();
        while heard.last() != Some(&locked) {
            heard.push(ben.frame().await);
        }
        let said = DaemonFrame::Said { from: Id(1), payload }.encode();
        assert!(heard.contains(&said) && heard.len() == 3, "{cut}");
    }
}

#[tokio::test]
async fn a_length_is_written_in_the_shortest_way() {
    let daemon = Daemon::start().await;
    let [mut ada] = room_by_hand(&daemon).await;
    for head in [&[0x82, 0xfe, 0, 3][..], &[0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 3], &[0x89, 0xfe, 0, 3]] {
        let mut ben = Sitting::enter(line(&daemon).await).await;
        let say = ClientFrame::Say { payload: b"" }.encode();
        assert_eq!(say.len(), 3);
        ben.line.stream().write_all(&[head, &[0; 4], &say].concat()).await.unwrap();
        ben.is_over(End::Malformed).await;
        ada.hears_at_last(&DaemonFrame::Left { id: Id(ben.id), how: Departure::Gone }).await;
    }
}

#[tokio::test]
async fn an_unmasked_frame_ends_the_connection() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ben.line.stream().write_all(&[0x82, 0x02, 0x81, 0x08]).await.unwrap();
    while !matches!(ben.next().await, Heard::Closed(_) | Heard::Broken) {}
    assert!(matches!(ada.next().await, Heard::Left(2, ..) | Heard::Away(2)));
}

#[tokio::test]
async fn a_text_message_that_is_no_text_ends_the_connection_too() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ben.line.stream().write_all(&[0x81, 0x81, 0, 0, 0, 0, 0xff]).await.unwrap();
    assert_eq!(ben.next().await, Heard::Over(End::Malformed, None));
    assert_eq!(ben.next().await, Heard::Closed(4007));
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
}
