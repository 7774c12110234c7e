//! A room's log with the connections that follow it. At most one channel of a room takes new followers; who has left the
//! room keeps what it has still to get of an older one.

use std::collections::HashMap;

use slab::Slab;

use super::log::{Log, Segments};
use sanctuary_wire::RoomId;

/// Which list of its channel a connection is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Its socket is written to as soon as anything waits.
    Ready,
    /// Its task sleeps until something waits.
    Asleep,
}

/// Where a connection is in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    list: List,
    at: usize,
}

/// Who has taken another's place in a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) connection: usize,
    /// Its turn would have come, and does not any more.
    pub(super) is_passed_over: bool,
}

/// A room's log, and who follows it.
pub(super) struct Channel {
    pub(super) log: Log,
    room: RoomId,
    ready: Vec<usize>,
    asleep: Vec<usize>,
    /// So many of those who are ready, the first ones, have been written to in this turn.
    written: usize,
    /// The connections whose cursor is in the log.
    cursors: usize,
    /// Those of them that are in the room.
    pub(super) followers: usize,
    /// As long as the log ends before this, nobody is too slow.
    pub(super) patience: u64,
    /// What is before this has been written to all who were ready, or is being written in this turn.
    pub(super) turn_end: u64,
}

impl Channel {
    fn new(room: RoomId) -> Self {
        Self {
            log: Log::default(),
            room,
            ready: Vec::new(),
            asleep: Vec::new(),
            written: 0,
            cursors: 0,
            followers: 0,
            patience: 0,
            turn_end: 0,
        }
    }

    /// Puts a connection into a list.
    pub(super) fn enlist(&mut self, connection: usize, list: List) -> Place {
        let those = self.list(list);
        those.push(connection);
        Place { list, at: those.len() - 1 }
    }

    /// Takes whoever has this place out of its list. Returns whose place this is now.
    pub(super) fn unlist(&mut self, Place { list, at }: Place) -> Option<Moved> {
        let those = self.list(list);
        those.swap_remove(at);
        let (moved, count) = (those.get(at).copied(), those.len());
        let mut is_passed_over = false;
        if list == List::Ready && at < self.written {
            // In the place of who was written to last the turn goes on.
            let is_last = at + 1 == self.written;
            is_passed_over = !is_last && self.written <= count;
            self.written = if is_last { at } else { self.written.min(count) };
        }
        moved.map(|connection| Moved { connection, is_passed_over })
    }

    fn list(&mut self, list: List) -> &mut Vec<usize> {
        match list {
            List::Ready => &mut self.ready,
            List::Asleep => &mut self.asleep,
        }
    }

    /// One whose task sleeps.
    pub(super) fn sleeper(&self) -> Option<usize> {
        self.asleep.last().copied()
    }

    /// Whether nobody would be written to.
    pub(super) fn is_nobody_ready(&self) -> bool {
        self.ready.is_empty()
    }

    /// The next to be written to in this turn.
    pub(super) fn next_of_turn(&mut self) -> Option<usize> {
        let next = self.ready.get(self.written).copied()?;
        self.written += 1;
        Some(next)
    }

    /// Begins a turn with all who are ready, if there is anything that they have not got.
    pub(super) fn begins_turn(&mut self) -> bool {
        let is_new = self.turn_end < self.log.end();
        if is_new {
            self.turn_end = self.log.end();
            self.written = 0;
        }
        is_new
    }

    /// Gives memory back that was for many more than there are now.
    pub(super) fn shrink(&mut self) {
        for list in [&mut self.ready, &mut self.asleep] {
            list.shrink_to(2 * list.len());
        }
    }
}

/// All channels.
#[derive(Default)]
pub(super) struct Channels {
    all: Slab<Channel>,
    open: HashMap<RoomId, usize>,
    pub(super) segments: Segments,
}

impl Channels {
    /// The channel of a room that has followers.
    pub(super) fn of_room(&self, room: RoomId) -> Option<usize> {
        self.open.get(&room).copied()
    }

    pub(super) fn get(&self, channel: usize) -> Option<&Channel> {
        self.all.get(channel)
    }

    pub(super) fn get_mut(&mut self, channel: usize) -> Option<&mut Channel> {
        self.all.get_mut(channel)
    }

    pub(super) fn log(&self, channel: Option<usize>) -> Option<&Log> {
        Some(&self.all.get(channel?)?.log)
    }

    /// A log, and where its segments come from and go.
    pub(super) fn log_mut(&mut self, channel: Option<usize>) -> (Option<&mut Log>, &mut Segments) {
        let log = channel.and_then(|channel| self.all.get_mut(channel)).map(|channel| &mut channel.log);
        (log, &mut self.segments)
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (usize, &mut Channel)> {
        self.all.iter_mut()
    }

    /// Adds a follower of a room, which will get what is said from now on. Returns the channel and the cursor.
    pub(super) fn follow(&mut self, room: RoomId) -> (usize, u64) {
        let key = *self.open.entry(room).or_insert_with(|| self.all.insert(Channel::new(room)));
        let channel = &mut self.all[key];
        channel.cursors += 1;
        channel.followers += 1;
        (key, channel.log.join())
    }

    /// A follower has left the room. Its cursor stays.
    pub(super) fn unfollow(&mut self, key: usize) {
        let Some(channel) = self.all.get_mut(key) else { return };
        channel.followers -= 1;
        if channel.followers == 0 {
            self.open.remove(&channel.room);
        }
    }

    /// A cursor is gone, and with the last one the channel.
    pub(super) fn leave(&mut self, key: usize, cursor: u64) {
        let Some(channel) = self.all.get_mut(key) else { return };
        channel.log.leave(cursor, &mut self.segments);
        channel.cursors -= 1;
        if channel.cursors == 0 {
            self.all.remove(key);
        }
    }

    /// Gives memory back that was for many more than there are now.
    pub(super) fn shrink(&mut self) {
        self.segments.shrink();
        self.open.shrink_to(2 * self.open.len());
        if self.all.capacity() > 4 * self.all.len() + super::hub::FEW {
            self.all.shrink_to_fit();
        }
        self.all.iter_mut().for_each(|(_, channel)| channel.shrink());
    }
}

#[cfg(test)]
mod tests;
