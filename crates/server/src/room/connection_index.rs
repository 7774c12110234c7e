//! The room and member of each connection, and the deadline of each away seat.

use std::collections::BTreeSet;
use std::time::Instant;

use super::ConnectionId;
use super::members::Presence;
use sanctuary_wire::{Id, RoomId};

/// What stands for a connection that is in no room: members are counted from 1.
const NOBODY: (RoomId, Id) = (RoomId([0; 5]), Id(0));

/// Mirrors the presence of all members: each of them is in exactly one of the two.
#[cfg_attr(test, derive(Clone))]
#[derive(Default)]
pub(super) struct ConnectionIndex {
    /// By the connection's number. These are given again, so that there are no more than there were connections at a time.
    here: Vec<(RoomId, Id)>,
    /// How many of them are members.
    present: usize,
    away: BTreeSet<(Instant, RoomId, Id)>,
}

impl ConnectionIndex {
    pub(super) fn get(&self, connection: ConnectionId) -> Option<(RoomId, Id)> {
        self.here.get(connection.0).copied().filter(|seat| *seat != NOBODY)
    }

    pub(super) fn insert(&mut self, room: RoomId, id: Id, presence: Presence) {
        match presence {
            Presence::Here(ConnectionId(connection)) => {
                if self.here.len() <= connection {
                    self.here.resize(connection + 1, NOBODY);
                }
                self.set(connection, (room, id));
            }
            Presence::Away(until) => {
                self.away.insert((until, room, id));
            }
        }
    }

    pub(super) fn remove(&mut self, room: RoomId, id: Id, presence: Presence) {
        match presence {
            Presence::Here(ConnectionId(connection)) => self.set(connection, NOBODY),
            Presence::Away(until) => {
                self.away.remove(&(until, room, id));
            }
        }
    }

    fn set(&mut self, connection: usize, seat: (RoomId, Id)) {
        let Some(place) = self.here.get_mut(connection) else { return };
        let before = std::mem::replace(place, seat);
        self.present = self.present + usize::from(seat != NOBODY) - usize::from(before != NOBODY);
    }

    /// Removes an away seat whose grace is over by `now`, and returns it. The earliest comes first.
    pub(super) fn take_expired(&mut self, now: Instant) -> Option<(RoomId, Id)> {
        self.next_deadline().filter(|until| *until <= now)?;
        self.away.pop_first().map(|(_, room, id)| (room, id))
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.away.first().map(|(until, ..)| *until)
    }

    /// Gives memory back that was for many more seats than there are now.
    pub(super) fn shrink(&mut self) {
        let last = self.here.iter().rposition(|seat| *seat != NOBODY);
        self.here.truncate(last.map_or(0, |last| last + 1));
        self.here.shrink_to(2 * self.here.len());
    }

    /// All seats, the away ones too.
    pub(super) fn seats(&self) -> usize {
        self.present + self.away.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_that_has_gone_leaves_no_room_for_itself_behind() {
        let (mut index, room) = (ConnectionIndex::default(), RoomId([0; 5]));
        let sit =
            |number: u64| (Id(number), Presence::Here(ConnectionId(usize::try_from(number).unwrap_or(0))));
        for (id, here) in (1..=1000).map(sit) {
            index.insert(room, id, here);
        }
        for (id, here) in (2..=1000).map(sit) {
            index.remove(room, id, here);
        }
        assert!(index.here.capacity() >= 1000 && index.seats() == 1);
        index.shrink();
        assert!(index.here.capacity() < 10);
        assert_eq!(index.get(ConnectionId(1)), Some((room, Id(1))));
    }
    #[test]
    fn a_number_that_is_given_again_is_the_next_ones() {
        let (mut index, room, here) =
            (ConnectionIndex::default(), RoomId([0; 5]), Presence::Here(ConnectionId(3)));
        for id in [Id(1), Id(2)] {
            assert_eq!((index.get(ConnectionId(3)), index.seats()), (None, 0));
            index.insert(room, id, here);
            assert_eq!((index.get(ConnectionId(3)), index.seats()), (Some((room, id)), 1));
            index.remove(room, id, here);
            // It was gone before.
            index.remove(room, id, here);
        }
        assert_eq!((index.get(ConnectionId(2)), index.get(ConnectionId(4))), (None, None));
        index.remove(room, Id(1), Presence::Here(ConnectionId(4)));
        assert!(index.here.iter().all(|seat| *seat == NOBODY), "nothing is left of who was there");
    }
}
