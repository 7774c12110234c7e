//! A room's log with the connections that follow it. At most one channel of a room takes new followers; who has left the
//! room keeps what it has still to get of an older one.

use std::collections::HashMap;
use std::os::fd::RawFd;

use slab::Slab;

use super::log::{Log, Segments};
use super::outbox::Follow;
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

/// One whose socket is written to. All that this takes stands here side by side for all of a room, so that a delivery does
/// not have to fetch it from as many places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ready {
    pub(super) connection: usize,
    /// Its socket, which is open as long as this stands here.
    pub(super) socket: RawFd,
    /// Where it is in the log.
    pub(super) cursor: u64,
    /// Frames for it alone wait, which have their place among those of the room.
    pub(super) has_own: bool,
}

/// What became of a run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// How many it had.
    pub(super) count: usize,
    /// The connection of the last, if more is to be written to it.
    pub(super) rest: Option<usize>,
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
    ready: Vec<Ready>,
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

    /// Lets a socket be written to.
    pub(super) fn enlist_ready(&mut self, ready: Ready) -> Place {
        self.ready.push(ready);
        Place { list: List::Ready, at: self.ready.len() - 1 }
    }

    /// Lets a task be woken.
    pub(super) fn enlist_asleep(&mut self, connection: usize) -> Place {
        self.asleep.push(connection);
        Place { list: List::Asleep, at: self.asleep.len() - 1 }
    }

    /// Takes whoever has this place out of its list. Returns whose place this is now.
    pub(super) fn unlist(&mut self, Place { list, at }: Place) -> Option<Moved> {
        if list == List::Asleep {
            self.asleep.swap_remove(at);
            let connection = *self.asleep.get(at)?;
            return Some(Moved { connection, is_passed_over: false });
        }
        self.ready.swap_remove(at);
        let (moved, count) = (self.ready.get(at).map(|ready| ready.connection), self.ready.len());
        let mut is_passed_over = false;
        if at < self.written {
            // In the place of who was written to last the turn goes on.
            let is_last = at + 1 == self.written;
            is_passed_over = !is_last && self.written <= count;
            self.written = if is_last { at } else { self.written.min(count) };
        }
        moved.map(|connection| Moved { connection, is_passed_over })
    }

    /// What is known of a follower whose socket is written to.
    pub(super) fn ready_mut(&mut self, place: Option<Place>) -> Option<&mut Ready> {
        let Place { list: List::Ready, at } = place? else { return None };
        self.ready.get_mut(at)
    }

    /// Where a follower is in the log.
    pub(super) fn cursor(&self, follow: &Follow) -> u64 {
        match follow.place {
            Some(Place { list: List::Ready, at }) => self.ready[at].cursor,
            _ => follow.cursor,
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

    /// Writes to the next run of this turn: those in a row, `most` of them, who are at the same place in the log, so that the
    /// same is sent to all and is looked up once. It ends at the first to whom this is not all: more waits than stands side
    /// by side, or than the room has said, or its socket takes less. `send` returns how many bytes were taken.
    pub(super) fn write_to_run(
        &mut self,
        most: usize,
        segments: &mut Segments,
        mut send: impl FnMut(RawFd, &[u8]) -> usize,
    ) -> Option<Written> {
        let (from, end) = (self.ready.get(self.written)?.cursor, self.log.end());
        let piece = self.log.piece(from, end);
        let is_all = from + piece.len() as u64 == end;
        let (mut count, mut done, mut part, mut rest) = (0, 0, 0, None);
        let run = self.ready[self.written..].iter_mut().take(most);
        for next in run.take_while(|next| next.cursor == from) {
            count += 1;
            if is_all && !next.has_own {
                let taken = if piece.is_empty() { 0 } else { send(next.socket, piece) };
                next.cursor += taken as u64;
                if next.cursor == end {
                    done += 1;
                    continue;
                }
                part = taken as u64;
            }
            rest = Some(next.connection);
            break;
        }
        self.written += count;
        if part > 0 {
            self.log.advance(1, from, from + part, segments);
        }
        self.log.advance(done, from, end, segments);
        Some(Written { count, rest })
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
        self.ready.shrink_to(2 * self.ready.len());
        self.asleep.shrink_to(2 * self.asleep.len());
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

    /// The channel that a connection follows.
    pub(super) fn followed(&self, follow: Option<&Follow>) -> Option<&Channel> {
        self.all.get(follow?.channel)
    }

    pub(super) fn get_mut(&mut self, channel: usize) -> Option<&mut Channel> {
        self.all.get_mut(channel)
    }

    /// A channel, and where the segments of its log come from and go.
    pub(super) fn with_segments(&mut self, channel: Option<usize>) -> (Option<&mut Channel>, &mut Segments) {
        (channel.and_then(|channel| self.all.get_mut(channel)), &mut self.segments)
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
