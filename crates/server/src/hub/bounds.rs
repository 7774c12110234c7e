//! What may wait, and what becomes of those for whom more does.

use std::time::Instant;

use super::super::channel::Channel;
use super::super::outbox::{Follow, Kind, Own};
use super::State;
use crate::room::{ConnectionId, Event};
use sanctuary_wire::{DaemonFrame, End, RoomId};

impl State {
    /// Notes those members of a room as too slow whose backlog is full, and when to look again at the earliest.
    pub(super) fn find_slow(&mut self, key: usize, room: RoomId) {
        let Some(channel) = self.channels.get(key) else { return };
        let end = channel.log.end();
        if end <= channel.patience {
            return;
        }
        let (mut least, mut full) = (self.backlog / 2, Vec::new());
        for to in self.rooms.present(&room) {
            match (self.backlog / 2).checked_sub(self.outboxes[to.0].backlog(Some(channel))) {
                Some(left) => least = least.min(left),
                None => full.push(to),
            }
        }
        for to in full {
            least = least.min(self.left_for(to));
        }
        if let Some(channel) = self.channels.get_mut(key) {
            channel.patience = end + least as u64;
        }
    }

    /// How much more may wait for a connection, which is noted as too slow if that is too much already. Nobody is too slow to
    /// whom it has not been offered.
    pub(super) fn left_for(&mut self, to: ConnectionId) -> usize {
        let left = |state: &Self| {
            let outbox = &state.outboxes[to.0];
            (state.backlog / 2).checked_sub(outbox.backlog(state.channels.followed(outbox.follow.as_ref())))
        };
        if left(self).is_none() {
            self.write_out(to.0);
        }
        let left = left(self);
        if left.is_none() && self.outboxes[to.0].is_blocked {
            self.too_slow.push(to);
        }
        left.unwrap_or(0)
    }

    /// Ends a connection that is too slow, and drops the frames that it has not taken.
    pub(super) fn end_as_too_slow(&mut self, now: Instant, connection: ConnectionId) {
        self.clear(connection);
        if self.rooms.is_member(connection) {
            self.rooms.handle(now, connection, Event::Ended(End::TooSlow), &mut self.effects);
        } else {
            let over = DaemonFrame::Over { end: End::TooSlow, by: None, payload: None }.encode();
            self.put(connection, &over);
            self.outboxes[connection.0].end(End::TooSlow.close_code());
        }
    }

    /// Drops all that waits for a connection, which gets no more of its room. A frame that has been written in part is
    /// finished, unless the connection is cut: then it breaks.
    pub(super) fn clear(&mut self, connection: ConnectionId) {
        self.unlist(connection.0);
        let outbox = &mut self.outboxes[connection.0];
        let channel = self.channels.followed(outbox.follow.as_ref());
        outbox.is_broken |= outbox.cut && outbox.is_begun(channel);
        self.budget.release(outbox.address, outbox.clear(!outbox.cut));
        let Some(Follow { cursor, .. }) = outbox.follow else { return };
        if let Some(Channel { log, .. }) = channel
            && let (start, end) = log.frame(cursor)
            && start < cursor
            && !outbox.cut
        {
            // Its room's log must not be kept for the sake of this.
            let frame = Own { bytes: log.piece(start, end).to_vec(), kind: Kind::Room, at: 0 };
            let written = usize::try_from(cursor - start).unwrap_or(usize::MAX);
            self.budget.count(outbox.address, outbox.finish(frame, written));
        }
        self.leave_room_at(connection.0, cursor);
    }

    /// Counts the memory that the task of a cut connection has still to free.
    pub(super) fn update_leaving(&mut self, connection: ConnectionId) {
        let outbox = &mut self.outboxes[connection.0];
        let leaving = if outbox.cut { outbox.cost() } else { 0 };
        self.budget.leaving = self.budget.leaving + leaving - outbox.leaving;
        outbox.leaving = leaving;
    }

    /// Ends the connections for which the most waits if too much waits for all. `false` if there
    /// was nothing to do.
    pub(super) fn evict_overspent(&mut self, now: Instant) -> bool {
        if self.budget.used(self.channels.segments.in_use()) > self.budget.most {
            // Perhaps it has only not been offered.
            self.deliver();
        }
        let used = self.budget.used(self.channels.segments.in_use());
        let overspent = self.budget.overspent(used, &self.outboxes, |outbox| {
            outbox.held(self.channels.followed(outbox.follow.as_ref()))
        });
        for &key in &overspent {
            self.outboxes[key].cut = true;
            if self.outboxes[key].ending.is_none() {
                self.end_as_too_slow(now, ConnectionId(key));
            } else {
                self.clear(ConnectionId(key));
                self.outboxes[key].wake();
            }
            self.update_leaving(ConnectionId(key));
        }
        !overspent.is_empty()
    }
}
