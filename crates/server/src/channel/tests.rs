#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::*;

/// A frame, with its head.
const SAID: &[u8] = b"\x82\x04said";

/// A channel by itself, and where its segments come from.
struct Alone {
    channel: Channel,
    segments: Segments,
}

impl Alone {
    /// In a turn with so many who are ready, of whom so many have been written to.
    fn in_turn(ready: usize, written: usize) -> Self {
        let mut alone = Self { channel: Channel::new(RoomId([0; 5])), segments: Segments::default() };
        let Self { channel, .. } = &mut alone;
        for connection in 0..ready {
            let (socket, cursor) = (RawFd::try_from(connection).unwrap(), channel.log.join());
            let place = channel.enlist_ready(Ready { connection, socket, cursor, has_own: false });
            assert_eq!(place, Place { list: List::Ready, at: connection });
        }
        alone.say(&SAID[2..]);
        assert!(alone.channel.begins_turn() && !alone.channel.begins_turn());
        for connection in 0..written {
            assert_eq!(alone.next(), Some(connection));
        }
        alone
    }

    fn say(&mut self, message: &[u8]) {
        self.channel.log.append(message, &mut self.segments);
    }

    /// Who is next; all is taken.
    fn next(&mut self) -> Option<usize> {
        let mut to = None;
        let next = self.channel.write_to_run(1, &mut self.segments, |socket, bytes| {
            to = usize::try_from(socket).ok();
            bytes.len()
        })?;
        assert_eq!(next, WRITTEN);
        to
    }

    /// What becomes of the next, of whose bytes so many are taken, and what it is sent.
    fn write(&mut self, taken: usize) -> (Option<Written>, Vec<u8>) {
        let mut sent = Vec::new();
        let next = self.channel.write_to_run(1, &mut self.segments, |_, bytes| {
            sent.extend_from_slice(bytes);
            taken
        });
        (next, sent)
    }

    /// What becomes of the next run, of so many at the most, of whom one takes a part; and who was sent something.
    fn write_several(&mut self, most: usize, slow: Option<usize>) -> (Option<Written>, Vec<usize>) {
        let mut to = Vec::new();
        let next = self.channel.write_to_run(most, &mut self.segments, |socket, bytes| {
            let socket = usize::try_from(socket).unwrap();
            assert_eq!(bytes, SAID, "to {socket}");
            to.push(socket);
            if Some(socket) == slow { 1 } else { bytes.len() }
        });
        (next, to)
    }

    /// Where each who is ready is in the log, which counts as many of them.
    fn cursors(&self) -> Vec<u64> {
        let cursors: Vec<_> = self.channel.ready.iter().map(|ready| ready.cursor).collect();
        let end = self.channel.log.end();
        let waiting = cursors.iter().filter(|cursor| **cursor < end).count();
        assert_eq!(self.channel.log.waiting(), waiting, "{cursors:?}");
        cursors
    }
}

/// The next has all.
const WRITTEN: Written = Written { count: 1, rest: None };

/// Another takes more than a write.
fn rest(connection: usize) -> Written {
    Written { count: 1, rest: Some(connection) }
}

/// The place of who is ready as the second.
const SECOND: Place = Place { list: List::Ready, at: 1 };

#[test]
fn whoever_goes_in_a_turn_each_other_is_written_to_once_or_passed_over() {
    const READY: usize = 6;
    for written in 0..=READY {
        for (first, second) in (0..READY).flat_map(|first| (0..READY).map(move |second| (first, second))) {
            let mut alone = Alone::in_turn(READY, written);
            let mut places: Vec<_> = (0..READY).collect();
            let mut passed_over = Vec::new();
            for gone in BTreeSet::from([first, second]) {
                let place = Place { list: List::Ready, at: places[gone] };
                if let Some(Moved { connection, is_passed_over }) = alone.channel.unlist(place) {
                    places[connection] = place.at;
                    passed_over.extend(is_passed_over.then_some(connection));
                }
            }
            let rest = std::iter::from_fn(|| alone.next());
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
    let mut alone = Alone::in_turn(4, 2);
    let moved = alone.channel.unlist(Place { list: List::Ready, at: 1 });
    assert_eq!(moved, Some(Moved { connection: 3, is_passed_over: false }));
    assert_eq!((alone.next(), alone.next()), (Some(3), Some(2)));
    assert_eq!(alone.next(), None);
}

#[test]
fn who_sleeps_is_in_no_turn() {
    let mut alone = Alone::in_turn(1, 1);
    let place = alone.channel.enlist_asleep(7);
    assert_eq!((alone.next(), alone.channel.sleeper()), (None, Some(7)));
    assert_eq!((alone.channel.unlist(place), alone.channel.sleeper()), (None, None));
    assert!(!alone.channel.is_nobody_ready());
    alone.channel.unlist(Place { list: List::Ready, at: 0 });
    assert!(alone.channel.is_nobody_ready());
}

#[test]
fn who_does_not_take_all_is_left_where_it_is() {
    for taken in 0..=SAID.len() {
        let mut alone = Alone::in_turn(2, 1);
        let next = if taken == SAID.len() { WRITTEN } else { rest(1) };
        assert_eq!(alone.write(taken), (Some(next), SAID.to_vec()));
        let follow = Follow { channel: 0, cursor: 0, end: None, place: Some(SECOND) };
        assert_eq!(alone.channel.cursor(&follow), taken as u64);
        assert_eq!(
            alone.channel.cursor(&Follow { place: None, ..follow }),
            0,
            "in no list it knows by itself"
        );
        assert_eq!(alone.write(0), (None, vec![]));
    }
}

#[test]
fn who_is_to_get_something_else_as_well_is_left() {
    let mut alone = Alone::in_turn(2, 1);
    alone.channel.ready_mut(Some(SECOND)).unwrap().has_own = true;
    assert_eq!(alone.write(0), (Some(rest(1)), vec![]));
}

#[test]
fn who_is_to_get_more_than_one_piece_is_left() {
    let mut alone = Alone::in_turn(2, 1);
    alone.say(&vec![0; 100_000]);
    assert_eq!(alone.write(0), (Some(rest(1)), vec![]));
}

/// It was written to together with something for it alone.
#[test]
fn who_has_got_all_is_sent_nothing() {
    let mut alone = Alone::in_turn(2, 1);
    let end = alone.channel.log.end();
    alone.channel.ready_mut(Some(SECOND)).unwrap().cursor = end;
    alone.channel.log.advance(1, 0, end, &mut alone.segments);
    assert_eq!(alone.write(0), (Some(WRITTEN), vec![]));
}

#[test]
fn those_who_are_to_get_the_same_are_written_to_at_once_so_many_at_the_most() {
    for most in 1..=5 {
        let mut alone = Alone::in_turn(5, 1);
        let count = most.min(4);
        let written = Written { count, rest: None };
        assert_eq!(alone.write_several(most, None), (Some(written), (1..=count).collect()));
        let has_all = |at: usize| if at <= count { SAID.len() as u64 } else { 0 };
        assert_eq!(alone.cursors(), (0..5).map(has_all).collect::<Vec<_>>());
        assert_eq!(alone.channel.log.waiting() == 0, count == 4);
    }
}

#[test]
fn those_before_somebody_who_is_to_get_more_or_takes_less_or_is_elsewhere_are_written_to() {
    let said = SAID.len() as u64;
    // It has something of its own to get.
    let mut alone = Alone::in_turn(5, 0);
    alone.channel.ready[2].has_own = true;
    let written = Written { count: 3, rest: Some(2) };
    assert_eq!(alone.write_several(5, None), (Some(written), vec![0, 1]));
    assert_eq!(alone.cursors(), [said, said, 0, 0, 0]);
    // It takes a part.
    let mut alone = Alone::in_turn(5, 0);
    let written = Written { count: 3, rest: Some(2) };
    assert_eq!(alone.write_several(5, Some(2)), (Some(written), vec![0, 1, 2]));
    assert_eq!(alone.cursors(), [said, said, 1, 0, 0]);
    assert_eq!(alone.write_several(5, None).1, [3, 4]);
    assert_eq!(alone.cursors(), [said, said, 1, said, said]);
    // It has got all, as has who comes behind it.
    let mut alone = Alone::in_turn(5, 0);
    for has_all in [2, 3] {
        alone.channel.ready[has_all].cursor = said;
        alone.channel.log.advance(1, 0, said, &mut alone.segments);
    }
    let two = || Some(Written { count: 2, rest: None });
    assert_eq!(alone.write_several(5, None), (two(), vec![0, 1]));
    assert_eq!(alone.write_several(5, None), (two(), vec![]));
    assert_eq!(alone.write_several(5, None), (Some(WRITTEN), vec![4]));
    assert_eq!((alone.cursors(), alone.channel.log.waiting() == 0), (vec![said; 5], true));
}
