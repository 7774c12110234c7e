//! Rules 7 and 8: form, size, haste, slowness.

use sanctuary_wire::{ClientFrame, Departure, End, Refusal};
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::protocol::Message;

use super::support::{Daemon, Heard, Line, Member, Next, ROOM};
use super::{all_hear, joined, message, room_of};

const SAY: u8 = 4;

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
        let refused = sanctuary_wire::DaemonFrame::Refused(Refusal::Malformed).encode();
        assert_eq!(line.frame().await, refused, "{name}");
        assert_eq!(line.next().await, Next::Closed(Refusal::CLOSE_CODE), "{name}");
    }
}

#[tokio::test]
async fn a_member_that_would_enter_again_is_malformed() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ben.line.send(&ClientFrame::Resume { room: ROOM, seat: ada.seat.clone() }).await;
    assert_eq!(ben.next_few(2).await, [Heard::Over(End::Malformed, None), Heard::Closed(4007)]);
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
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
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    assert_eq!(ben.line.largest_frame, 4096);
    for (size, number) in [(4095, 1), (4096, 2)] {
        ben.line.send_bytes(say_of(size)).await;
        for member in [&mut ada, &mut ben] {
            assert!(matches!(member.next().await, Heard::Sealed { number: n, .. } if n == number));
        }
    }
    ben.line.send_bytes(say_of(4097)).await;
    too_large(&mut ben).await;
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
}

/// `over 7` and 4007, or 1009 where the frame could not be read.
async fn too_large(member: &mut Member) {
    let mut heard = member.next().await;
    if heard == Heard::Over(End::Malformed, None) {
        heard = member.next().await;
    }
    assert!([Heard::Closed(4007), Heard::Closed(1009)].contains(&heard), "{heard:?}");
}

#[tokio::test]
async fn a_frame_that_claims_to_be_huge_is_not_waited_for() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    // Final binary frame, masked, of 2^62 bytes (RFC 6455, 5.2).
    let head = [0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
    ben.line.stream().write_all(&head).await.unwrap();
    too_large(&mut ben).await;
    all_hear([&mut ada, &mut cleo], &Heard::Left(2, Departure::Gone)).await;
    // Fragments that are too large together; each alone is not.
    for first_byte in [0x02, 0x00] {
        let head = [first_byte, 0xfe, 0xff, 0xff, 0, 0, 0, 0];
        let _ = cleo.line.stream().write_all(&[&head[..], &vec![0; 0xffff]].concat()).await;
    }
    too_large(&mut cleo).await;
    assert_eq!(ada.next().await, Heard::Left(3, Departure::Gone));
}

/// This message in so many frames, the first of which hold all of it that fits in a short one,
/// masked with zeros.
fn fragmented(message: &[u8], count: usize) -> Vec<u8> {
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
    let mut ada = Member::create(daemon.address(), "Ada").await;
    for (count, allowed) in [(1, true), (63, true), (64, true), (65, false), (1000, false)] {
        let mut ben = Member::enter(daemon.address(), "Ben").await;
        assert_eq!(ada.next().await, joined(ben.id, "Ben"));
        let lock = ClientFrame::Lock(true).encode();
        let mut bytes = fragmented(&lock, count);
        // Wherever the network cuts them.
        let rest = bytes.split_off(bytes.len() / 2 + 1);
        for part in [bytes, rest] {
            ben.line.stream().write_all(&part).await.unwrap();
        }
        let id = ben.id;
        if allowed {
            // Only the keeper may.
            assert_eq!(ben.next().await, Heard::Denied(9, sanctuary_wire::Denial::NotYours), "{count}");
            ben.close().await;
        } else {
            assert_eq!(
                ben.next_few(2).await,
                [Heard::Over(End::Malformed, None), Heard::Closed(4007)],
                "{count}"
            );
        }
        assert_eq!(ada.next().await, Heard::Left(id, Departure::Gone), "{count}");
    }
}

#[tokio::test]
async fn what_comes_around_a_large_message_arrives_wherever_it_is_cut() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let large = say_of(20_000);
    let large = [&[0x82, 0xfe, 0x4e, 0x20, 0, 0, 0, 0], &large[..]].concat();
    let ping = [0x89, 0x80, 0, 0, 0, 0];
    for cut in large.len() - 2..large.len() + 20 {
        let locked = cut % 2 == 0;
        let lock = ClientFrame::Lock(locked).encode();
        let mut bytes = [&large[..], &ping, &fragmented(&lock, 2)].concat();
        let rest = bytes.split_off(cut);
        ada.line.stream().write_all(&bytes).await.unwrap();
        // By the answer to this the daemon has read that, and nothing more.
        ben.line.send_bytes(ClientFrame::Lock(locked).encode()).await;
        let mut heard = vec![ben.next().await];
        while !matches!(heard.last(), Some(Heard::Denied(9, _))) {
            heard.push(ben.next().await);
        }
        ada.line.stream().write_all(&rest).await.unwrap();
        while heard.last() != Some(&Heard::Locked(locked)) {
            heard.push(ben.next().await);
        }
        assert!(heard.iter().any(|heard| matches!(heard, Heard::Sealed { .. })) && heard.len() == 3, "{cut}");
    }
}

#[tokio::test]
async fn fragments_count_as_frames_do() {
    let daemon = Daemon::with(&[("frame_burst", "5"), ("frame_rate", "1")]).await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let lock = |locked| ClientFrame::Lock(locked).encode();
    ada.line.stream().write_all(&fragmented(&lock(true), 5)).await.unwrap();
    all_hear([&mut ada, &mut ben], &Heard::Locked(true)).await;
    ada.line.stream().write_all(&fragmented(&lock(false), 2)).await.unwrap();
    assert!(matches!(ada.next().await, Heard::TooFast(9, _)));
    // Also those of a message that never ends; and pings in between.
    let endless = [fragmented(&[], 20), [0x89, 0x80, 0, 0, 0, 0].repeat(5), fragmented(&[], 20)].concat();
    ada.line.stream().write_all(&endless).await.unwrap();
    while ada.next().await != Heard::Over(End::Flooding, None) {}
    assert_eq!(ben.next().await, Heard::Left(1, Departure::Gone));
}

#[tokio::test]
async fn a_length_is_written_in_the_shortest_way() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    let lock = ClientFrame::Lock(true).encode();
    for head in [&[0x82, 0xfe, 0, 3][..], &[0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 3], &[0x89, 0xfe, 0, 3]] {
        let mut ben = Member::enter(daemon.address(), "Ben").await;
        assert_eq!(ada.next().await, joined(ben.id, "Ben"));
        ben.line.stream().write_all(&[head, &[0; 4], &lock].concat()).await.unwrap();
        assert_eq!(
            ben.next_few(2).await,
            [Heard::Over(End::Malformed, None), Heard::Closed(4007)],
            "{head:x?}"
        );
        assert_eq!(ada.next().await, Heard::Left(ben.id, Departure::Gone), "{head:x?}");
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

#[tokio::test]
async fn pings_count_as_frames_do() {
    let daemon = Daemon::with(&[("frame_burst", "1"), ("frame_rate", "1")]).await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    for _ in 0..100 {
        ben.line.stream().write_all(&[0x89, 0x80, 0, 0, 0, 0]).await.unwrap();
    }
    while ben.next().await != Heard::Over(End::Flooding, None) {}
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
}

#[tokio::test]
async fn frames_of_all_connections_of_an_address_are_rationed() {
    let daemon = Daemon::with(&[("frames_by_address", "2")]).await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    for number in 1..=2 {
        ada.lock(number % 2 == 1).await;
        assert_eq!(ada.next().await, Heard::Locked(number % 2 == 1));
    }
    ben.kick(1).await;
    while !matches!(ben.next().await, Heard::TooFast(..)) {}
}

#[tokio::test]
async fn who_is_too_fast_is_told_when_to_try_again() {
    let daemon = Daemon::with(&[("frame_burst", "2"), ("frame_rate", "2")]).await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    for number in 1..=2 {
        ada.say("in time").await;
        assert_eq!(ada.next().await, message(number, 1, "in time"));
    }
    ada.say("too fast").await;
    let Heard::TooFast(SAY, wait) = ada.next().await else { panic!("a third within the second") };
    assert!((1..=501).contains(&wait), "{wait} ms");
    tokio::time::sleep(std::time::Duration::from_millis(wait)).await; // As it was told to.
    ada.say("in time again").await;
    assert_eq!(ada.next().await, message(3, 1, "in time again"), "what was denied is not said later");
}

#[tokio::test]
async fn who_goes_on_regardless_is_flooding() {
    let daemon = Daemon::with(&[("frame_burst", "1"), ("frame_rate", "1")]).await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let mut denied = 0;
    let end = loop {
        ben.lock(true).await;
        match ben.next().await {
            Heard::Denied(..) => {}
            Heard::TooFast(..) => denied += 1,
            other => break other,
        }
        assert!(denied < 1000, "denied for ever");
    };
    assert!(denied > 0);
    assert_eq!(end, Heard::Over(End::Flooding, None));
    while !matches!(ben.next().await, Heard::Closed(4004)) {}
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
}

#[tokio::test]
async fn a_member_is_denied_32_times_in_a_row_before_it_is_flooding() {
    let daemon = Daemon::with(&[("frame_burst", "1"), ("frame_rate", "1")]).await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    // A final binary frame, masked with zeros, one like the other: the first is taken, the others
    // are too fast.
    let kick = ClientFrame::Kick(sanctuary_wire::Id(9)).encode();
    let frame = [&[0x82, 0x80 | u8::try_from(kick.len()).unwrap(), 0, 0, 0, 0], &kick[..]].concat();
    for (member, frames) in [(&mut ada, 33), (&mut ben, 34)] {
        member.line.stream().write_all(&frame.repeat(frames)).await.unwrap();
        for denied in 0..=32 {
            let heard = member.next().await;
            let expected = matches!(heard, Heard::TooFast(6, _)) == (denied > 0);
            assert!(expected, "{denied} times denied: {heard:?}");
        }
    }
    assert_eq!(ben.next_few(2).await, [Heard::Over(End::Flooding, None), Heard::Closed(4004)]);
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
}

#[tokio::test]
async fn one_s_haste_is_not_the_other_s() {
    let daemon = Daemon::with(&[("frame_burst", "2"), ("frame_rate", "1")]).await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    for _ in 0..5 {
        ben.lock(true).await;
    }
    ada.say("calm").await;
    assert_eq!(ada.next().await, message(1, 1, "calm"));
}

#[tokio::test]
async fn who_reads_too_slowly_goes_away_and_nobody_waits() {
    let settings = [("members", "4"), ("largest_frame", "\"64 KiB\""), ("backlog", "\"80 KiB\"")];
    let daemon = Daemon::with(&settings).await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let slow = Line::narrow(daemon.address(), ROOM).await;
    let mut slow = Member::enter_on(slow, "Cleo").await.unwrap();
    all_hear([&mut ada, &mut ben], &joined(3, "Cleo")).await;

    let text = "x".repeat(60_000);
    let mut number = 0;
    loop {
        ada.say(&text).await;
        let heard = ada.next().await;
        if heard == Heard::Away(3) {
            break;
        }
        number += 1;
        assert_eq!(heard, message(number, 1, &text));
        assert_eq!(ben.next().await, heard);
        assert!(number < 1000, "60 MB were taken without a reader");
    }
    assert_eq!(ben.next().await, Heard::Away(3));

    let end = loop {
        match slow.next().await {
            Heard::Message { .. } | Heard::Sealed { .. } => {}
            other => break other,
        }
    };
    assert_eq!(end, Heard::Over(End::TooSlow, None));
    assert_eq!(slow.next().await, Heard::Closed(4003));
    let back = slow.cut().resume(daemon.address()).await.unwrap();
    assert_eq!(back.id, 3);
}
