//! Why seats were given up. The reason is told to whoever comes back for one within the
//! grace, and signs with its key.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use super::Limits;
use super::members::Member;
use sanctuary_wire::{Id, Refusal, RoomId, SeatKey};

/// Of a given up seat all that is remembered.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Tombstone {
    pub(super) seat: SeatKey,
    pub(super) cause: Refusal,
    pub(super) until: Instant,
}

/// One for each number of a room. If a room was opened anew under the key of one that has ended,
/// the later seat of a number counts.
#[cfg_attr(test, derive(Clone))]
#[derive(Default)]
pub(super) struct Tombstones {
    /// Boxed, so that the table leaves no copy of a key behind.
    by_seat: BTreeMap<(RoomId, Id), Box<Tombstone>>,
    by_end: BTreeSet<(Instant, RoomId, Id)>,
}

impl Tombstones {
    /// Remembers for the grace why a seat was given up. Where there are more than may be, the
    /// oldest are forgotten.
    pub(super) fn bury(
        &mut self,
        now: Instant,
        limits: &Limits,
        room: RoomId,
        member: &Member,
        cause: Refusal,
    ) {
        let until = now + limits.grace;
        let tombstone = Box::new(Tombstone { seat: member.secrets.seat.clone(), cause, until });
        if let Some(before) = self.by_seat.insert((room, member.id), tombstone) {
            self.by_end.remove(&(before.until, room, member.id));
        }
        self.by_end.insert((until, room, member.id));
        while self.by_end.len() > limits.tombstones {
            self.forget_first();
        }
    }

    pub(super) fn get(&self, room: RoomId, id: Id) -> Option<&Tombstone> {
        self.by_seat.get(&(room, id)).map(|tombstone| &**tombstone)
    }

    /// Forgets those whose time is over by `now`.
    pub(super) fn expire(&mut self, now: Instant) {
        while self.next_deadline().is_some_and(|until| until <= now) {
            self.forget_first();
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.by_end.first().map(|(until, ..)| *until)
    }

    #[cfg(test)]
    pub(super) fn seats(&self) -> Vec<(RoomId, Id, &Tombstone)> {
        self.by_seat.iter().map(|(&(room, id), tombstone)| (room, id, &**tombstone)).collect()
    }

    fn forget_first(&mut self) {
        if let Some((_, room, id)) = self.by_end.pop_first() {
            self.by_seat.remove(&(room, id));
        }
    }
}
