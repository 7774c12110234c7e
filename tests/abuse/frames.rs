//! Frames: too many, malformed, never read.

use std::net::SocketAddr;

use futures_util::future::join_all;
use rand_core::Rng;
use sanctuary_wire::{ClientFrame, Command, DaemonFrame, End, Id, Passes, Refusal, Rule};
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::protocol::Message;

use super::senders::{self, Hostile, line, line_from, narrow_line_from, room};
use super::support::{Daemon, Line, Next, ROOM, patiently};
use super::{SETTINGS, is_of_glibc, memory, memory_at_most, survives, survives_on};

/// So many may knock of one address that a quarter is enough for the test.
const MANY: (&str, &str) = ("connections_by_address", "400");

/// Reads on to the end, whatever comes.
async fn end(line: &mut Line) -> Next {
    loop {
        match line.next().await {
            Next::Frame(_) => {}
            end => return end,
        }
    }
}

#[tokio::test]
async fn floods() {
    survives("10 insiders who flood the room until they are put out", &[], async |daemon| {
        join_all((0..10).map(async |number| flood(line(daemon.address()).await, number).await)).await;
    })
    .await;
}

#[tokio::test]
async fn floods_from_a_members_own_address() {
    survives("10 insiders who flood the room from where the others are", &[], async |daemon| {
        let lines = (0..10).map(async |number| flood(Line::open(daemon.address(), ROOM).await, number).await);
        join_all(lines).await;
    })
    .await;
}

async fn flood(line: Line, number: usize) {
    let mut mallory = Hostile::inside(line).await;
    let junk = vec![0x66; 2000];
    let nobody = (0..64).map(|id| (Id(1_000_000 + id), &junk[..20])).collect::<Vec<_>>();
    let nobody = ClientFrame::Pass(nobody.try_into().unwrap()).encode();
    // The burst of 200, then as many as the daemon takes for haste before it ends the connection.
    for turn in 0..1000 {
        let frame = match (turn + number) % 7 {
            0 => ClientFrame::Say { payload: &junk }.encode(),
            1 => mallory.order(|turn| Command::Kick { turn, id: Id(1), payload: &junk }),
            2 => mallory.order(|turn| Command::Hand { turn, id: Id(2), payload: &junk }),
            3 => mallory.order(|turn| Command::Stop { turn, payload: &junk }),
            4 => mallory.order(|turn| Command::Lock { turn, locked: true }),
            5 => mallory.relock(0, &[1, 2, 3]),
            _ => nobody.clone(),
        };
        mallory.line.send_bytes(frame).await;
    }
    // Bytes that are still under way when the daemon has had enough may destroy its last frames.
    assert!([Next::Closed(4004), Next::Broken].contains(&end(&mut mallory.line).await));
}

#[tokio::test]
async fn control_frames_and_empty_fragments() {
    survives("100 000 pings, pongs and empty fragments", &[], async |daemon| {
        // Final ping and pong, and fragments of a message that never ends; all empty and masked.
        for (first, most) in [(0x89_u8, 100_000), (0x8a, 100_000), (0x00, 100_000)] {
            let mut mallory = Hostile::inside(line(daemon.address()).await).await;
            let opening: &[u8] = if first == 0x00 { &[0x02, 0x80, 0, 0, 0, 0] } else { &[] };
            let flood = [opening, &[first, 0x80, 0, 0, 0, 0].repeat(most)].concat();
            // A flooding client may be cut off in the middle.
            let _ = mallory.line.stream().write_all(&flood).await;
            mallory.line.send(&ClientFrame::Exit).await;
            assert!(matches!(end(&mut mallory.line).await, Next::Closed(_) | Next::Broken));
        }
    })
    .await;
}

#[tokio::test]
async fn endless_fragments() {
    survives("4 strangers and 4 insiders whose messages never end", &[], async |daemon| {
        let (nothing, a_byte): (&[u8], &[u8]) = (&[0x00, 0x80, 0, 0, 0, 0], &[0x00, 0x81, 0, 0, 0, 0, 7]);
        let with_pings = [nothing, &[0x89, 0x80, 0, 0, 0, 0]].concat();
        let kinds = [nothing, a_byte, &with_pings, &nothing.repeat(200)];
        join_all((0..8).map(async |number| {
            let mut mallory = if number % 2 == 0 {
                Hostile::inside(line(daemon.address()).await).await.line
            } else {
                line_from(number, daemon.address()).await
            };
            let _ = mallory.stream().write_all(&[0x02, 0x80, 0, 0, 0, 0]).await;
            // As much as the system takes in between, until the daemon has had enough.
            let flood =
                async { while mallory.stream().write_all(&kinds[number / 2].repeat(50)).await.is_ok() {} };
            patiently("the end of a message that never ends", flood).await;
        }))
        .await;
    })
    .await;
}

#[tokio::test]
async fn halves_of_messages() {
    let settings = [
        ("waiting", "\"1 MiB\""),
        ("backlog", "\"256 KiB\""),
        ("members", "20"),
        ("handshake", "\"20 s\""),
        MANY,
    ];
    survives("60 halves of messages from one address beside a larger one", &settings, async |daemon| {
        let address = daemon.address();
        // A final binary frame of so many bytes, masked with zeros, but for the last 2000.
        let half = |bytes: u16| {
            let length = bytes.to_be_bytes();
            [&[0x82, 0xfe, length[0], length[1], 0, 0, 0, 0], &vec![0x66; usize::from(bytes) - 2000][..]]
                .concat()
        };
        let mut slow = line_from(1, address).await;
        slow.stream().write_all(&half(62_000)).await.unwrap();
        let mut many = Vec::new();
        for _ in 0..60 {
            let mut small = line_from(0, address).await;
            // Those who are put out meanwhile take no more.
            let _ = small.stream().write_all(&half(45_000)).await;
            many.push(small);
        }
        // Its message is no frame, which is found when all of it is there.
        let _ = slow.stream().write_all(&[0x66; 2_000]).await;
        assert_eq!(end(&mut slow).await, Next::Closed(Refusal::CLOSE_CODE));
    })
    .await;
}

#[tokio::test]
async fn announcements_where_memory_is_short() {
    let settings = [("largest_frame", "\"1 MiB\""), ("backlog", "\"4 MiB\""), ("waiting", "\"8 MiB\""), MANY];
    // By itself, glibc keeps blocks of a size that it has given back before, where others lie beside them.
    let malloc = ["env", "GLIBC_TUNABLES=glibc.malloc.mmap_threshold=131072"];
    let command = [&malloc[..], &["prlimit", "--data=67108864:67108864"]].concat();
    let daemon = Daemon::under(&command, &[&SETTINGS[..], &settings].concat()).await;
    survives_on(&daemon, "100 strangers who announce a message of 1 MB and send 3 bytes", async |daemon| {
        let mut many = Vec::new();
        for _ in 0..100 {
            let mut line = line(daemon.address()).await;
            // A final binary frame of 1 000 000 bytes, masked with zeros.
            let head = [0x82, 0xff, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, 0, 0, 0, 0];
            let _ = line.stream().write_all(&[&head[..], b"abc"].concat()).await;
            many.push(line);
        }
        // Of those for whom there was too little memory.
        let ends = many.iter_mut().map(end);
        assert_eq!(
            futures_util::future::select_all(ends.map(Box::pin)).await.0,
            Next::Closed(End::TooSlow.close_code())
        );
    })
    .await;
}

#[tokio::test]
async fn members_who_have_once_said_much() {
    const MANY: u8 = 40;
    const MUCH: usize = 900_000;
    let settings = [("largest_frame", "\"1 MiB\""), ("backlog", "\"4 MiB\"")];
    let daemon = Daemon::with(&settings).await;
    let mut members = vec![Hostile::opens(line(daemon.address()).await, room(1), Rule::Keeper).await];
    for tag in 1..MANY {
        members.push(Hostile::enters(line(daemon.address()).await, room(1), tag).await);
    }
    let before = memory(&daemon, "VmRSS");
    // To nobody, whole and in fragments.
    let much = ClientFrame::Pass(Passes::of([(Id(999), &vec![0x66; MUCH])])).encode();
    let (begin, end) = much.split_at(much.len() / 2);
    for member in &mut members {
        member.line.send_bytes(much.clone()).await;
        for (first, part) in [(0x02, begin), (0x80, end)] {
            let length = u64::try_from(part.len()).unwrap().to_be_bytes();
            let frame = [&[first, 0xff][..], &length, &[0; 4], part].concat();
            member.line.stream().write_all(&frame).await.unwrap();
        }
        // All that was read before the answer to this is a large message.
        member.kicks(999).await;
        member.until(|frame| matches!(frame, DaemonFrame::Denied { frame: 8, .. })).await.unwrap();
    }
    // No more stays than a few of them need, of glibc's allocator than half of what all of them
    // would keep.
    let kept = if is_of_glibc(&daemon) { usize::from(MANY) / 2 } else { 4 };
    let most = before + u64::try_from(kept * MUCH / 1024).unwrap();
    let after = memory_at_most(&daemon, most).await;
    println!("40 members who have said much: {before} KiB before, {after} after");
    assert!(after <= most, "{before} KiB have become {after}");
}

#[tokio::test]
async fn malformed_frames() {
    let settings = [("tries_by_address", "100000"), ("rooms_by_address", "100000"), ("grace", "\"1 s\"")];
    survives("malformed frames of every kind, and 300 random ones", &settings, async |daemon| {
        let frames = bad_frames();
        let parts = frames.chunks(frames.len().div_ceil(4));
        join_all(parts.enumerate().map(|(part, frames)| send_each(daemon, part, frames))).await;
    })
    .await;
}

/// As a first frame, and as a member's in a room of their own.
async fn send_each(daemon: &Daemon, part: usize, frames: &[Vec<u8>]) {
    for frame in frames {
        let mut stranger = line_from(part, daemon.address()).await;
        stranger.send_bytes(frame.clone()).await;
        // Random bytes may open a room by chance; the end is theirs then.
        stranger.send_message(Message::text("enough")).await;
        assert!(matches!(end(&mut stranger).await, Next::Closed(4000 | 4007 | 1009)), "{frame:x?}");

        let own = room(100 + u8::try_from(part).unwrap());
        let mut member = Hostile::opens(line_from(part, daemon.address()).await, own, Rule::Everyone).await;
        member.line.send_bytes(frame.clone()).await;
        member.line.send_message(Message::text("enough")).await;
        let ended = end(&mut member.line).await;
        assert!(matches!(ended, Next::Closed(1000 | 1009 | 4007)), "{ended:?} of {frame:x?}");
    }
    raw_bytes(daemon.address(), part).await;
}

/// The vectors' bad frames, frames too large, random bytes, and good frames with one byte changed.
fn bad_frames() -> Vec<Vec<u8>> {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../testdata/protocol.json")).unwrap();
    let bytes = |hex: &serde_json::Value| -> Vec<u8> {
        let hex = hex.as_str().unwrap();
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    };
    let good = vectors["frames"].as_array().unwrap().iter().filter(|frame| frame["side"] == "client");
    let good: Vec<_> = good.map(|frame| bytes(&frame["hex"])).filter(|frame| frame.len() < 4096).collect();
    let mut frames: Vec<_> = vectors["bad_client_frames"].as_object().unwrap().values().map(bytes).collect();
    frames.extend([vec![0x82; 65_537], vec![0x81; 300_000]]);
    let mut random = senders::random();
    for turn in 0..300 {
        let mut frame = vec![0; usize::try_from(random.next_u32() % 200).unwrap()];
        random.fill_bytes(&mut frame);
        if turn % 2 == 0 {
            frame.clone_from(&good[turn % good.len()]);
            let at = usize::try_from(random.next_u32()).unwrap() % frame.len();
            frame[at] = random.next_u32().to_le_bytes()[0];
        }
        frames.push(frame);
    }
    frames
}

/// Random bytes where WebSocket frames belong.
async fn raw_bytes(address: SocketAddr, part: usize) {
    let mut random = senders::random();
    for _ in 0..20 {
        let mut line = line_from(part, address).await;
        let mut bytes = [0; 500];
        random.fill_bytes(&mut bytes);
        let _ = line.stream().write_all(&bytes).await;
        let _ = line.stream().shutdown().await;
        while !matches!(line.next().await, Next::Closed(_) | Next::Broken) {}
    }
}

#[tokio::test]
async fn members_that_stop_reading() {
    let settings = [
        ("members", "30"),
        ("backlog", "\"320 KiB\""),
        ("frame_rate", "1000000"),
        ("frame_burst", "1000000"),
        ("frames_by_address", "1000000"),
    ];
    survives("3 insiders who stop reading while a fourth talks much", &settings, async |daemon| {
        let address = daemon.address();
        let mut talker = Hostile::inside(line(address).await).await;
        let mut deaf = Vec::new();
        for _ in 0..3 {
            deaf.push(Hostile::inside(narrow_line_from(0, address).await).await);
        }
        let (junk, mut away) = (vec![0x66; 30_000], 0);
        for turn in 0.. {
            assert!(turn < 3000, "90 MB were taken without a reader");
            let heard =
                talker.talks(&junk, |frame| away += usize::from(matches!(frame, DaemonFrame::Away(_))));
            heard.await.unwrap();
            if away == deaf.len() {
                break;
            }
        }
        for member in &mut deaf {
            let too_slow = Next::Closed(End::TooSlow.close_code());
            assert!([too_slow, Next::Broken].contains(&end(&mut member.line).await));
        }
        talker.line.close().await;
    })
    .await;
}
