//! What rooms do: the rules of the protocol's section 3, pure.
//!
//! An event comes in, effects go out. Time and nonces are handed in; nothing here waits, sends or
//! draws. Sealed bytes pass through unread: this module knows neither aliases nor messages, and of
//! the password only whether something is signed by the key that it leads to. It knows no sockets:
//! a connection is an id.
//!
//! - [`Rooms`] is all of it. `entry` and `resume` let connections in; `requests` carries out the
//!   members' frames, `orders` and `relock` what they sign;
//! - `one_room` is the state of one room and what it tells, `members` are those in it, in order;
//! - `connection_index` finds the seat of a connection and the seats whose grace has run out;
//! - `tombstones` are why seats were given up, for those who come back for one;
//! - `signatures` checks who signed, `effect` is what the server is told to do.

mod connection_index;
mod effect;
mod entry;
mod members;
mod one_room;
mod orders;
mod relock;
mod requests;
mod resume;
mod signatures;
mod tombstones;

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use self::connection_index::ConnectionIndex;
pub use self::effect::Effect;
use self::effect::{closing, over};
use self::members::{Member, Presence};
use self::one_room::Room;
use self::tombstones::Tombstones;
use sanctuary_wire::{ClientFrame, DaemonFrame, Departure, End, Id, Nonce, Refusal, RoomId};

/// The edge's number for one connection. It may be used again once the connection has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnectionId(pub usize);

/// What the server keeps for a seat, present or away. The rooms only drop it when the seat is
/// given up.
pub type Place = Arc<dyn Any + Send + Sync>;

/// How much there may be, as the operator sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most rooms at a time.
    pub rooms: usize,
    /// The most seats in a room, away ones too, and the most entries into it at once.
    pub members: usize,
    /// The most given up seats of which is remembered why: as many as there may be seats.
    pub tombstones: usize,
    /// How long the seat of a broken connection is kept, and why a seat was given up.
    pub grace: Duration,
}

/// What happened to one connection.
pub enum Event<'a> {
    /// The first frame of a connection that is in no room yet.
    FirstFrame {
        /// The frame.
        frame: ClientFrame<'a>,
        /// What this connection's `hello` said; the frame must be signed for it.
        nonce: &'a Nonce,
        /// What the server keeps for the seat, if the connection gets a new one.
        place: Option<Place>,
    },
    /// A frame of a member.
    Frame {
        /// The frame.
        frame: ClientFrame<'a>,
        /// What this connection's `hello` said; an order must be signed for it.
        nonce: &'a Nonce,
    },
    /// The client closed the WebSocket: its member has left at once.
    Closed,
    /// The connection broke without a close frame, or answered no ping: its seat is kept for the
    /// grace.
    Broke,
    /// The server ends it: after [`End::TooSlow`] the seat is kept for the grace, else the member
    /// has left.
    Ended(End),
}

/// How many rooms and seats there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Rooms.
    pub rooms: usize,
    /// Members in all rooms, away ones too.
    pub members: usize,
}

/// Every room of the daemon. An event of a connection that is in no room is ignored, unless it is
/// an [`Event::FirstFrame`], so that the server need not care about events that cross an
/// [`Effect::Close`].
#[cfg_attr(test, derive(Clone))]
pub struct Rooms {
    limits: Limits,
    /// Boxed, so that neither a growing table nor a closing room leaves a copy of its secrets
    /// behind.
    open: HashMap<RoomId, Box<Room>>,
    index: ConnectionIndex,
    tombstones: Tombstones,
    /// Nobody opens a room here any more.
    draining: bool,
    /// When the daemon is going to stop, if that is known.
    closing: Option<Instant>,
    /// The daemon's protections, as members are told: a bit each.
    protections: u64,
}

/// The member whose frame is handled.
#[derive(Clone, Copy)]
struct Sender {
    room: RoomId,
    id: Id,
    connection: ConnectionId,
}

impl Rooms {
    /// No rooms yet.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let (index, tombstones) = (ConnectionIndex::default(), Tombstones::default());
        let open = HashMap::new();
        Self { limits, open, index, tombstones, draining: false, closing: None, protections: 0 }
    }

    /// Sets the limits from now on. Rooms, seats and graces that are there already stay as they
    /// are.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Sets what members are told from now on that protects them, a bit each.
    pub fn set_protections(&mut self, protections: u64) {
        self.protections = protections;
    }

    /// Carries out one event, and appends to `effects` what the server is to do.
    pub fn handle(&mut self, now: Instant, from: ConnectionId, event: Event<'_>, effects: &mut Vec<Effect>) {
        match (event, self.index.get(from)) {
            (Event::FirstFrame { frame, nonce, place }, None) => {
                self.admit(now, from, frame, nonce, place, effects);
                if let Some(end) = self.closing
                    && self.is_member(from)
                {
                    effects.push(Effect::One { to: from, frame: closing(now, end) });
                }
            }
            (_, None) => {}
            (Event::FirstFrame { .. }, Some((room, id))) => {
                self.eject(now, room, id, End::Malformed, effects);
            }
            (Event::Frame { frame, nonce }, Some((room, id))) => {
                self.carry_out(now, Sender { room, id, connection: from }, frame, nonce, effects);
            }
            (Event::Closed, Some((room, id))) => self.leave(now, room, id, Departure::Gone, effects),
            (Event::Broke, Some((room, id))) => self.set_away(now, room, id, effects),
            (Event::Ended(End::TooSlow), Some((room, id))) => {
                effects.push(over(from, End::TooSlow, None, None));
                self.set_away(now, room, id, effects);
            }
            (Event::Ended(end), Some((room, id))) => self.eject(now, room, id, end, effects),
        }
    }

    /// Gives up the seats whose grace has run out, and forgets of others why they were given up.
    pub fn tick(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        self.tombstones.expire(now);
        while let Some((room, id)) = self.index.take_expired(now) {
            self.leave(now, room, id, Departure::Gone, effects);
        }
    }

    /// When [`Rooms::tick`] has something to do next.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Instant> {
        [self.index.next_deadline(), self.tombstones.next_deadline()].into_iter().flatten().min()
    }

    /// Ends every room and every member's connection, and forgets all seats that there were:
    /// whoever runs the machine wants nothing of them to be left.
    pub fn end_all(&mut self, end: End, effects: &mut Vec<Effect>) {
        for (_, room) in std::mem::take(&mut self.open) {
            self.end(&room, end, None, None, effects);
        }
        self.tombstones = Tombstones::default();
        self.shrink();
    }

    /// Lets nobody open another room, for this daemon ends and does not come back: another room key
    /// may lead to another daemon. The rooms that there are go on.
    #[cold]
    pub fn drain(&mut self) {
        self.draining = true;
    }

    /// How long nobody opens a room here, if that is so: zero if nobody ever will again.
    #[must_use]
    pub fn closed_for(&self, now: Instant) -> Option<Duration> {
        let comes_back = |end: Instant| end.saturating_duration_since(now).max(entry::COMES_BACK);
        if self.draining { Some(Duration::ZERO) } else { self.closing.map(comes_back) }
    }

    /// Tells everybody that every room ends at `end`, those who come later too, and lets nobody
    /// open another. It ends none: [`Rooms::end_all`] does.
    #[cold]
    pub fn announce(&mut self, now: Instant, end: Instant, effects: &mut Vec<Effect>) {
        self.closing = Some(end);
        let frame = closing(now, end);
        let tell = |&room| Effect::Room { room, except: None, frame: frame.clone() };
        effects.extend(self.open.keys().map(tell));
    }

    /// The connections of the members of a room, in order of arrival; none if there is no such
    /// room.
    pub fn present(&self, room: &RoomId) -> impl Iterator<Item = ConnectionId> + use<'_> {
        self.open.get(room).into_iter().flat_map(|room| room.members.present())
    }

    /// Whether this connection is in a room.
    #[must_use]
    pub fn is_member(&self, connection: ConnectionId) -> bool {
        self.index.get(connection).is_some()
    }

    /// The room in which this connection is.
    #[must_use]
    pub fn room_of(&self, connection: ConnectionId) -> Option<RoomId> {
        self.index.get(connection).map(|(room, _)| room)
    }

    /// What the server keeps for the seat of this member.
    #[must_use]
    pub fn place(&self, connection: ConnectionId) -> Option<&Place> {
        let (room, id) = self.index.get(connection)?;
        self.open.get(&room)?.members.get(id)?.place.as_ref()
    }

    /// How many small passes are free for this member.
    #[must_use]
    pub fn credit(&self, connection: ConnectionId) -> u32 {
        let seat = self.index.get(connection);
        let member = seat.and_then(|(room, id)| self.open.get(&room)?.members.get(id));
        member.map_or(0, |member| member.credit)
    }

    /// Of so many small passes, how many are free for this member (protocol, section 3, rule 10).
    /// The credit for these is spent.
    pub fn take_credit(&mut self, connection: ConnectionId, wanted: u32) -> u32 {
        let seat = self.index.get(connection);
        let member = seat.and_then(|(room, id)| self.open.get_mut(&room)?.members.get_mut(id));
        member.map_or(0, |member| {
            let free = wanted.min(member.credit);
            member.credit -= free;
            free
        })
    }

    /// Gives memory back that was for many more rooms and seats than there are now.
    pub fn shrink(&mut self) {
        self.open.shrink_to(2 * self.open.len());
        self.index.shrink();
    }

    /// How many rooms and seats there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts { rooms: self.open.len(), members: self.index.seats() }
    }

    /// Ends the connection of a member, who leaves the room.
    fn eject(&mut self, now: Instant, room: RoomId, id: Id, end: End, effects: &mut Vec<Effect>) {
        let member = self.open.get(&room).and_then(|room| room.members.get(id));
        effects.extend(member.and_then(Member::connection).map(|to| over(to, end, None, None)));
        self.leave(now, room, id, Departure::Gone, effects);
    }

    /// Gives up a seat and tells the others.
    fn leave(&mut self, now: Instant, id: RoomId, who: Id, how: Departure, effects: &mut Vec<Effect>) {
        if let Some(room) = self.give_up(now, id, who, Refusal::GraceOver) {
            room.tell_of_departure(now, &DaemonFrame::Left { id: who, how }, effects);
            room.appoint_keeper(effects);
        }
    }

    /// Gives up a seat, and returns its room, whose other members are still to be told why. With
    /// its last seat the room is gone.
    fn give_up(&mut self, now: Instant, id: RoomId, who: Id, cause: Refusal) -> Option<&mut Room> {
        let room = self.open.get_mut(&id)?;
        let left = room.members.remove(who)?;
        self.index.remove(id, who, left.presence);
        let is_last = room.members.is_empty();
        let cause = if is_last { Refusal::RoomGone } else { cause };
        self.tombstones.bury(now, &self.limits, id, &left, cause);
        if is_last {
            self.open.remove(&id);
        }
        self.open.get_mut(&id).map(|room| &mut **room)
    }

    /// Ends every connection of a room that is no more, for the same reason.
    fn end(
        &mut self,
        room: &Room,
        end: End,
        by: Option<Id>,
        payload: Option<&[u8]>,
        effects: &mut Vec<Effect>,
    ) {
        room.end(end, by, payload, effects);
        for member in room.members.iter() {
            self.index.remove(room.id, member.id, member.presence);
        }
    }

    /// Keeps a seat whose connection is lost until the grace has run out.
    fn set_away(&mut self, now: Instant, id: RoomId, who: Id, effects: &mut Vec<Effect>) {
        let presence = Presence::Away(now + self.limits.grace);
        if self.set_presence(id, who, presence).is_some()
            && let Some(room) = self.open.get_mut(&id)
        {
            room.tell(None, &DaemonFrame::Away(who), effects);
        }
    }

    /// Sets where a member is, and returns where it was.
    fn set_presence(&mut self, room: RoomId, id: Id, presence: Presence) -> Option<Presence> {
        let member = self.open.get_mut(&room)?.members.get_mut(id)?;
        let before = std::mem::replace(&mut member.presence, presence);
        self.index.remove(room, id, before);
        self.index.insert(room, id, presence);
        Some(before)
    }
}

#[cfg(test)]
mod tests;
