#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::*;

/// A channel in a turn with so many who are ready, of whom so many have been written to.
fn in_turn(ready: usize, written: usize) -> Channel {
    let mut channel = Channel::new(RoomId([0; 5]));
    for connection in 0..ready {
        assert_eq!(channel.enlist(connection, List::Ready), Place { list: List::Ready, at: connection });
    }
    channel.log.join();
    channel.log.append(b"said", &mut Segments::default());
    assert!(channel.begins_turn() && !channel.begins_turn());
    for connection in 0..written {
        assert_eq!(channel.next_of_turn(), Some(connection));
    }
    channel
}

#[test]
fn whoever_goes_in_a_turn_each_other_is_written_to_once_or_passed_over() {
    const READY: usize = 6;
    for written in 0..=READY {
        for (first, second) in (0..READY).flat_map(|first| (0..READY).map(move |second| (first, second))) {
            let mut channel = in_turn(READY, written);
            let mut places: Vec<_> = (0..READY).collect();
            let mut passed_over = Vec::new();
            for gone in BTreeSet::from([first, second]) {
                let place = Place { list: List::Ready, at: places[gone] };
                if let Some(Moved { connection, is_passed_over }) = channel.unlist(place) {
                    places[connection] = place.at;
                    passed_over.extend(is_passed_over.then_some(connection));
                }
            }
            let rest = std::iter::from_fn(|| channel.next_of_turn());
            let mut got: Vec<_> = (0..written).chain(passed_over).chain(rest).collect();
            got.sort_unstable();
            got.dedup();
            let others: Vec<_> = (0..READY).filter(|other| ![first, second].contains(other)).collect();
            let missed: Vec<_> = others.iter().filter(|other| !got.contains(other)).collect();
            assert!(missed.is_empty(), "{first} and {second} go when {written} have it: {missed:?}");
        }
    }
}

#[test]
fn who_is_written_to_last_and_goes_makes_way_for_the_next_of_the_turn() {
    let mut channel = in_turn(4, 2);
    let moved = channel.unlist(Place { list: List::Ready, at: 1 });
    assert_eq!(moved, Some(Moved { connection: 3, is_passed_over: false }));
    assert_eq!((channel.next_of_turn(), channel.next_of_turn()), (Some(3), Some(2)));
    assert_eq!(channel.next_of_turn(), None);
}

#[test]
fn who_sleeps_is_in_no_turn() {
    let mut channel = in_turn(1, 1);
    let place = channel.enlist(7, List::Asleep);
    assert_eq!((channel.next_of_turn(), channel.sleeper()), (None, Some(7)));
    assert_eq!((channel.unlist(place), channel.sleeper()), (None, None));
    assert!(!channel.is_nobody_ready());
    channel.unlist(Place { list: List::Ready, at: 0 });
    assert!(channel.is_nobody_ready());
}
