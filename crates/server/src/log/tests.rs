#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

#[test]
fn a_frames_head_says_its_length_in_the_shortest_way() {
    for (length, head) in [
        (0, &[0x82, 0][..]),
        (125, &[0x82, 125]),
        (126, &[0x82, 126, 0, 126]),
        (0xFFFF, &[0x82, 126, 0xFF, 0xFF]),
        (0x1_0000, &[0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
    ] {
        let frame = websocket_frame(&vec![7; length]);
        assert!(frame.starts_with(head), "{length} bytes");
        assert_eq!((frame.len(), frame_length(&frame)), (head.len() + length, frame.len()));
    }
}

/// Segments of these sizes for so many frames of 96 bytes and a head of 2, which nobody takes.
fn segments_of(frames: usize) -> Vec<usize> {
    let (mut log, mut segments) = (Log::default(), Segments::default());
    log.join();
    for _ in 0..frames {
        log.append(&[0; 96], &mut segments);
    }
    let sizes: Vec<_> = log.segments.iter().map(|segment| segment.bytes.capacity()).collect();
    assert_eq!(segments.in_use(), sizes.iter().sum::<usize>());
    sizes
}

#[test]
fn segments_grow_with_what_waits() {
    // A frame begins where the longest head would find place.
    let first = (SMALLEST - HEAD_MOST - 96) / 98 + 1;
    assert_eq!((segments_of(first), segments_of(first + 1)), (vec![4096], vec![4096, 8192]));
    let all = segments_of(4000);
    assert!(
        all.starts_with(&[4096, 8192, 16384, 32768, 65536, 65536]) && all.iter().all(|size| *size <= LARGEST)
    );
    let (mut log, mut segments) = (Log::default(), Segments::default());
    log.join();
    log.append(&vec![0; LARGEST], &mut segments);
    assert_eq!(segments.in_use(), LARGEST + HEAD_MOST);
    // A bill is in memory.
    assert_eq!(log.held(0), segments.in_use());
    let (mut log, mut segments) = (Log::default(), Segments::default());
    log.join();
    log.append(&[0; 5000], &mut segments);
    assert_eq!((segments.in_use(), log.held(0)), (8192, 8192));
    assert_eq!(log.held(log.end()), 0);
}

#[test]
fn what_waited_lately_stands_side_by_side_the_next_time() {
    const TURN: usize = 10_000;
    let (mut log, mut segments) = (Log::default(), Segments::default());
    let mut cursor = log.join();
    let mut first_of = |bytes: usize| {
        for _ in 0..bytes / 100 {
            log.append(&[0; 98], &mut segments);
        }
        let first = log.segments.front().map(|first| first.bytes.capacity());
        log.advance(1, cursor, log.end(), &mut segments);
        cursor = log.end();
        first.unwrap()
    };
    assert_eq!((first_of(TURN), first_of(TURN), first_of(2 * TURN)), (SMALLEST, 16_384, 16_384));
    // Turns are now longer and now shorter.
    assert_eq!((first_of(TURN), first_of(2 * TURN)), (32_768, 32_768));
    assert_eq!((first_of(20 * TURN), first_of(100)), (32_768, LARGEST));
    // It is forgotten in a while.
    let sizes: Vec<_> = (0..60).map(|_| first_of(100)).collect();
    assert!(sizes.is_sorted_by(|one, next| one >= next) && sizes.ends_with(&[SMALLEST]), "{sizes:?}");
}

#[test]
fn a_segment_is_wiped_and_kept_or_freed_when_the_last_has_passed_it() {
    let (mut log, mut segments) = (Log::default(), Segments::default());
    let (one, other) = (log.join(), log.join());
    log.append(&[7; 100], &mut segments);
    let end = log.end();
    log.advance(1, one, end, &mut segments);
    assert_eq!((segments.in_use(), segments.spare.len()), (SMALLEST, 0), "the other has still to get it");
    log.leave(other, &mut segments);
    assert_eq!((segments.in_use(), segments.spare.len()), (0, 1));
    log.append(&[8; 10], &mut segments);
    assert_eq!(log.piece(end, log.end()), websocket_frame(&[8; 10]));
    segments.shrink();
    assert_eq!((segments.spare.len(), segments.in_use()), (0, SMALLEST));
}

#[test]
fn no_more_is_kept_than_the_bound() {
    let mut segments = Segments::default();
    let taken: Vec<_> = (0..=SPARE_MOST / LARGEST).map(|_| segments.take(LARGEST)).collect();
    for bytes in taken {
        segments.give_back(bytes);
    }
    assert_eq!((segments.spare.len(), segments.in_use()), (SPARE_MOST / LARGEST, 0));
    segments.shrink();
    for (capacity, is_kept) in
        [(SMALLEST, true), (SMALLEST + 1, false), (LARGEST, true), (2 * LARGEST, false)]
    {
        let bytes = segments.take(capacity);
        segments.give_back(bytes);
        assert_eq!(segments.spare.len(), usize::from(is_kept), "{capacity}");
        segments.shrink();
    }
}

#[derive(Clone, Debug)]
enum Deed {
    Append(usize),
    Join,
    Leave(usize),
    Advance(usize, usize),
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        prop_oneof![0..200_usize, 0..LARGEST * 2].prop_map(Deed::Append),
        Just(Deed::Join),
        any::<usize>().prop_map(Deed::Leave),
        (any::<usize>(), 0..LARGEST * 2).prop_map(|(who, bytes)| Deed::Advance(who, bytes)),
    ]
}

proptest! {
    /// Beside a log, all that was ever said.
    #[test]
    fn everybody_gets_all_from_where_it_joined(deeds in prop::collection::vec(any_deed(), 0..100)) {
        let (mut log, mut segments, mut all) = (Log::default(), Segments::default(), Vec::new());
        let mut ends = vec![0];
        let mut cursors: Vec<u64> = Vec::new();
        for (number, deed) in deeds.into_iter().enumerate() {
            let count = cursors.len().max(1);
            match deed {
                // Where nobody follows, nothing is said.
                Deed::Append(_) if cursors.is_empty() => {}
                Deed::Append(bytes) => {
                    let message = vec![u8::try_from(number).unwrap_or(0); bytes];
                    log.append(&message, &mut segments);
                    all.extend(websocket_frame(&message));
                    ends.push(all.len() as u64);
                }
                Deed::Join => cursors.push(log.join()),
                Deed::Leave(who) => if who % count < cursors.len() {
                    log.leave(cursors.swap_remove(who % count), &mut segments);
                },
                Deed::Advance(who, bytes) => if let Some(cursor) = cursors.get_mut(who % count) {
                    let piece = log.piece(*cursor, log.end());
                    let taken = bytes.min(piece.len());
                    let at = usize::try_from(*cursor).unwrap_or(usize::MAX);
                    prop_assert!(all[at..].starts_with(piece) && (!piece.is_empty() || at == all.len()));
                    let to = *cursor + taken as u64;
                    log.advance(1, *cursor, to, &mut segments);
                    *cursor = to;
                },
            }
            prop_assert_eq!(log.end(), all.len() as u64);
            for cursor in &cursors {
                let end = ends.iter().find(|end| **end >= *cursor).copied().unwrap();
                let start = ends.iter().rfind(|end| **end <= *cursor).copied().unwrap();
                prop_assert_eq!(log.frame(*cursor), (start, end));
                prop_assert!(log.held(*cursor) as u64 >= log.end() - *cursor);
            }
            let least = cursors.iter().min().copied().unwrap_or(log.end());
            prop_assert!(log.segments.front().is_none_or(|first| first.start + first.bytes.len() as u64 > least));
        }
        for cursor in cursors {
            log.leave(cursor, &mut segments);
        }
        prop_assert_eq!((segments.in_use(), log.segments.len()), (0, 0));
    }
}
