//! Frames of every kind, cut anywhere.

use proptest::prelude::*;

use super::*;

const TEXT: u8 = 0x01;
const BINARY: u8 = 0x02;
const GOES_ON: u8 = 0x00;
const FINAL: u8 = 0x80;
const PING: u8 = FINAL | 0x09;

/// A masked frame; the length in as few bytes as can be.
fn frame(first: u8, length: usize) -> Vec<u8> {
    let mut frame = vec![first];
    match length {
        0..126 => frame.push(0x80 + u8::try_from(length).unwrap_or_default()),
        126..0x1_0000 => {
            frame.push(0xfe);
            frame.extend(&u16::try_from(length).unwrap_or_default().to_be_bytes());
        }
        _ => {
            frame.push(0xff);
            frame.extend(&(length as u64).to_be_bytes());
        }
    }
    // Bytes that would be heads of control frames, were they looked at.
    frame.extend(vec![0x88; length + 4]);
    frame
}

/// A message in so many fragments.
fn message(fragments: usize, length: usize) -> Vec<u8> {
    let first = |at: usize| if at == 0 { BINARY } else { GOES_ON };
    let last = |at: usize| if at + 1 == fragments { FINAL } else { 0 };
    (0..fragments).flat_map(|at| frame(first(at) | last(at), length)).collect()
}

fn scanned(bytes: &[u8]) -> (Result<(), usize>, u32) {
    let mut scanner = FrameScanner::default();
    (scanner.scan(bytes), scanner.take_fragments())
}

#[test]
fn a_message_may_come_in_64_frames_and_no_more() {
    assert_eq!(scanned(&message(1, 5)), (Ok(()), 0));
    assert_eq!(scanned(&message(63, 0)), (Ok(()), 62));
    assert_eq!(scanned(&message(64, 0)), (Ok(()), 63));
    assert_eq!(scanned(&message(65, 0)), (Err(64 * 6), 64), "6 bytes each");
    assert_eq!(scanned(&message(65, 200)).0, Err(64 * 208));
    // The next message begins at none again.
    assert_eq!(scanned(&message(64, 1).repeat(3)), (Ok(()), 3 * 63));
}

#[test]
fn what_comes_between_fragments_neither_counts_nor_begins_anew() {
    let mut between = frame(BINARY, 0);
    for _ in 0..63 {
        between.extend([frame(PING, 125), frame(GOES_ON, 0)].concat());
    }
    assert_eq!(scanned(&between), (Ok(()), 64));
    let good = between.len();
    between.extend(frame(GOES_ON, 0));
    assert_eq!(scanned(&between), (Err(good), 64));
}

#[test]
fn lengths_are_written_in_the_shortest_way() {
    let with_head = |head: &[u8]| [head, &[0; 4]].concat();
    for (head, allowed) in [
        (&[0x82, 0x80][..], true),
        (&[0x82, 0xfe, 0, 125], false),
        (&[0x82, 0xfe, 0, 126], true),
        (&[0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 1], false),
        (&[0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff], false),
        (&[0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0], true),
        (&[0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], true), // too large, says tungstenite
        (&[0x89, 0xfd], true),
        (&[0x89, 0xfe, 0, 126], false),
        (&[0x8a, 0xff, 0, 0, 0, 0, 0, 1, 0, 0], false),
        (&[0x88, 0xfe, 0, 2], false),
    ] {
        assert_eq!(scanned(&with_head(head)).0.is_ok(), allowed, "{head:x?}");
    }
}

#[test]
fn of_a_message_under_way_it_is_known_how_much_room_it_takes() {
    let mut scanner = FrameScanner::default();
    let bytes = message(2, 1000);
    for (upto, partial) in
        [(3, 0), (4, 1004), (508, 1004), (1008, 1004), (1012, 2008), (2015, 2008), (2016, 0)]
    {
        let mut scanner = FrameScanner::default();
        assert_eq!(scanner.scan(&bytes[..upto]), Ok(()));
        assert_eq!(scanner.partial(), partial, "{upto} bytes");
    }
    assert_eq!(scanner.scan(&frame(PING, 100)[..50]), Ok(()));
    assert_eq!(scanner.partial(), 0);
}

#[test]
fn between_messages_it_is_known_whether_there_was_a_large_one() {
    let mut scanner = FrameScanner::default();
    // Small ones, the first half of a large one, a head that is not whole, a control frame between
    // fragments.
    let parts = [
        (message(3, 1000), false),
        (message(2, 1001)[..1500].to_vec(), false),
        (message(2, 1001)[1500..].to_vec(), true),
        (message(2, 1000), false),
        (frame(FINAL | BINARY, 1001), true),
        ([frame(FINAL | BINARY, 5000), vec![FINAL | BINARY]].concat(), false),
        (frame(FINAL | BINARY, 0)[1..].to_vec(), true),
        ([frame(BINARY, 5000), frame(PING, 3)].concat(), false),
        (frame(FINAL, 0), true),
        (frame(PING, 125), false),
    ];
    for (number, (bytes, grown)) in parts.into_iter().enumerate() {
        assert_eq!(scanner.scan(&bytes), Ok(()), "{number}");
        assert_eq!(scanner.is_between() && scanner.largest() > 1000, grown, "{number}");
        if grown {
            scanner.forget_largest();
        }
    }
}

fn any_frame() -> impl Strategy<Value = Vec<u8>> {
    let first = prop::sample::select(vec![TEXT, BINARY, GOES_ON, FINAL | BINARY, FINAL, PING, FINAL | 0x0a]);
    (first, prop_oneof![0..3_usize, 120..130_usize, 65_530..65_540_usize]).prop_map(|(first, length)| {
        if first & 0x08 == 0 { frame(first, length) } else { frame(first, length.min(125)) }
    })
}

proptest! {
    #[test]
    fn it_is_all_the_same_where_the_bytes_are_cut(
        frames in prop::collection::vec(any_frame(), 0..90), cuts in prop::collection::vec(1..2000_usize, 1..20),
    ) {
        let bytes = frames.concat();
        let (whole, fragments) = scanned(&bytes);
        let mut scanner = FrameScanner::default();
        let (mut at, mut found, mut cuts) = (0, Ok(()), cuts.iter().cycle());
        while at < bytes.len() && found.is_ok() {
            let next = (at + cuts.next().unwrap_or(&1)).min(bytes.len());
            // A head that was begun before cannot be taken back.
            found = scanner.scan(&bytes[at..next]).map_err(|good| at + good);
            at = next;
        }
        prop_assert_eq!(found.is_ok(), whole.is_ok());
        if let (Err(cut), Err(whole)) = (found, whole) {
            prop_assert!((whole..whole + HEAD).contains(&cut));
        }
        prop_assert_eq!(scanner.take_fragments(), fragments);
    }

    #[test]
    fn any_bytes_are_followed(bytes in prop::collection::vec(any::<u8>(), 0..3000), at in 0..3000_usize) {
        let (whole, fragments) = scanned(&bytes);
        let mut scanner = FrameScanner::default();
        let (before, after) = bytes.split_at(at.min(bytes.len()));
        let cut = scanner.scan(before).and_then(|()| scanner.scan(after));
        prop_assert_eq!(cut.is_ok(), whole.is_ok());
        prop_assert_eq!(scanner.take_fragments(), fragments);
    }
}

#[test]
fn a_message_is_followed_through_a_cut_at_every_byte() {
    let bytes = [message(3, 130), frame(PING, 3), message(1, 0), message(2, 70_000)].concat();
    let expected = scanned(&bytes);
    for cut in 0..bytes.len().min(1000) {
        let mut scanner = FrameScanner::default();
        assert_eq!((scanner.scan(&bytes[..cut]), scanner.scan(&bytes[cut..])), (Ok(()), Ok(())), "{cut}");
        assert_eq!(scanner.take_fragments(), expected.1, "{cut}");
    }
}
