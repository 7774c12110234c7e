//! The room and member of each connection, and the deadline of each away seat.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use super::ConnectionId;
use super::members::Presence;
use sanctuary_wire::{Id, RoomId};

/// Mirrors the presence of all members: each of them is in exactly one of the two.
#[cfg_attr(test, derive(Clone))]
#[derive(Default)]
pub(super) struct ConnectionIndex {
    here: HashMap<ConnectionId, (RoomId, Id)>,
    away: BTreeSet<(Instant, RoomId, Id)>,
}

impl ConnectionIndex {
    pub(super) fn get(&self, connection: ConnectionId) -> Option<(RoomId, Id)> {
        self.here.get(&connection).copied()
    }

    pub(super) fn insert(&mut self, room: RoomId, id: Id, presence: Presence) {
        match presence {
            Presence::Here(connection) => {
                self.here.insert(connection, (room, id));
            }
            Presence::Away(until) => {
                self.away.insert((until, room, id));
            }
        }
    }

    pub(super) fn remove(&mut self, room: RoomId, id: Id, presence: Presence) {
        match presence {
            Presence::Here(connection) => {
                self.here.remove(&connection);
            }
            Presence::Away(until) => {
                self.away.remove(&(until, room, id));
            }
        }
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
        self.here.shrink_to(2 * self.here.len());
    }

    /// All seats, the away ones too.
    pub(super) fn seats(&self) -> usize {
        self.here.len() + self.away.len()
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
        for (id, here) in (0..1000).map(sit) {
            index.insert(room, id, here);
        }
        for (id, here) in (1..1000).map(sit) {
            index.remove(room, id, here);
        }
        assert!(index.here.capacity() >= 1000);
        index.shrink();
        assert!(index.here.capacity() < 10);
        assert_eq!(index.get(ConnectionId(0)), Some((room, Id(0))));
    }
}
