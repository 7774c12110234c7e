//! What rooms do: the rules of the protocol's section 3, pure.
//!
//! An event comes in, effects go out. Time and random bytes are handed in; nothing here waits, sends or
//! draws. What is sealed passes through unread: this module knows neither aliases nor messages, and of
//! the password only whether a proof of it holds. It knows no sockets: a connection is a number.
//!
//! - [`Rooms`] is all of it, `entry` lets connections in, `requests` carries out what members ask;
//! - `one_room` is one room's state and what it tells, `members` who sits there in which order;
//! - `connection_index` finds the seat of a connection and the seats whose grace has run out;
//! - `gate` checks proofs.

mod connection_index;
mod entry;
mod gate;
mod members;
mod one_room;
mod requests;

use std::collections::HashMap;
use std::fmt;
use std::time::{Duration, Instant};

use bytes::Bytes;

use self::connection_index::ConnectionIndex;
use self::members::{Member, Presence};
use self::one_room::Room;
use sanctuary_wire::{ClientFrame, DaemonFrame, Departure, End, Id, Nonce, RoomId, SeatToken};

/// The edge's number for one connection. It may be used again once the connection has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnectionId(pub usize);

/// How much there may be, as the operator sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most rooms at a time.
    pub rooms: usize,
    /// The most seats in a room, away ones too.
    pub members: usize,
    /// How long the seat of a broken connection is kept.
    pub grace: Duration,
}

/// What happened to one connection.
pub enum Event<'a> {
    /// The first frame of a connection that sits nowhere yet.
    FirstFrame {
        /// The frame.
        frame: ClientFrame<'a>,
        /// What this connection's `hello` said; a proof must sign it.
        nonce: &'a Nonce,
        /// Fresh random bytes: the token of the seat, should it get a new one.
        seat: SeatToken,
    },
    /// A frame of a member.
    Frame(ClientFrame<'a>),
    /// The client closed the WebSocket: its member is out at once.
    Closed,
    /// The connection broke without a close frame, or answered no ping: its seat is kept for the grace.
    Broke,
    /// The edge ends it: on [`End::TooSlow`] the seat is kept for the grace, otherwise the member is out.
    Ended(End),
}

/// What the edge is to do, in this order.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send to every member present when the event has been handled ([`Rooms::present`]), except one.
    Room {
        /// The room.
        room: RoomId,
        /// Who does not get it.
        except: Option<ConnectionId>,
        /// Encoded once, shared by all.
        frame: Bytes,
    },
    /// Send to one connection.
    One {
        /// Which.
        to: ConnectionId,
        /// The frame.
        frame: Bytes,
    },
    /// Send a last frame, then close. The connection sits nowhere any more.
    Close {
        /// Which connection.
        to: ConnectionId,
        /// The last frame; none answers an `exit`.
        frame: Option<Bytes>,
        /// The WebSocket close code.
        code: u16,
    },
}

/// How many rooms and seats there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Rooms.
    pub rooms: usize,
    /// Members in all rooms, away ones too.
    pub members: usize,
}

/// Every room of the daemon. Events of connections that sit nowhere are passed over, [`Event::FirstFrame`]
/// apart, so the edge need not untangle what crosses a [`Effect::Close`].
pub struct Rooms {
    limits: Limits,
    /// Boxed, so that a table that grows or a room that goes leaves no copy of its secrets behind.
    open: HashMap<RoomId, Box<Room>>,
    index: ConnectionIndex,
    /// When the daemon stops, once that is known.
    closing: Option<Instant>,
}

impl Rooms {
    /// No rooms yet.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, open: HashMap::new(), index: ConnectionIndex::default(), closing: None }
    }

    /// Sets the limits for what comes. Rooms, seats and graces there already stay as they are.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Carries out one event and appends what the edge is to do to `effects`.
    pub fn handle(&mut self, now: Instant, from: ConnectionId, event: Event<'_>, effects: &mut Vec<Effect>) {
        match (event, self.index.get(from)) {
            (Event::FirstFrame { frame, nonce, seat }, None) => {
                self.admit(from, frame, nonce, seat, effects);
                if let Some(end) = self.closing
                    && self.is_member(from)
                {
                    effects.push(Effect::One { to: from, frame: closing(now, end) });
                }
            }
            (_, None) => {}
            (Event::FirstFrame { .. }, Some((room, id))) => self.eject(room, id, End::Malformed, effects),
            (Event::Frame(frame), Some((room, id))) => self.carry_out(room, id, from, frame, effects),
            (Event::Closed, Some((room, id))) => self.leave(room, id, Departure::Gone, None, effects),
            (Event::Broke, Some((room, id))) => self.set_away(now, room, id, effects),
            (Event::Ended(End::TooSlow), Some((room, id))) => {
                effects.push(over(from, End::TooSlow, None));
                self.set_away(now, room, id, effects);
            }
            (Event::Ended(end), Some((room, id))) => self.eject(room, id, end, effects),
        }
    }

    /// Gives up the seats whose grace has run out.
    pub fn tick(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        while let Some((room, id)) = self.index.take_expired(now) {
            self.leave(room, id, Departure::Gone, None, effects);
        }
    }

    /// When [`Rooms::tick`] has something to do next.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Instant> {
        self.index.next_deadline()
    }

    /// Ends every room and every member's connection.
    pub fn end_all(&mut self, end: End, effects: &mut Vec<Effect>) {
        self.index = ConnectionIndex::default();
        for (_, room) in std::mem::take(&mut self.open) {
            room.end(end, None, effects);
        }
    }

    /// Tells everybody, who comes later too, that every room ends at `end`. [`Rooms::end_all`] is still to be called.
    #[cold]
    pub fn announce(&mut self, now: Instant, end: Instant, effects: &mut Vec<Effect>) {
        self.closing = Some(end);
        let frame = closing(now, end);
        let tell = |&room| Effect::Room { room, except: None, frame: frame.clone() };
        effects.extend(self.open.keys().map(tell));
    }

    /// The connections of the members of a room, in order of arrival; none if there is no such room.
    pub fn present(&self, room: &RoomId) -> impl Iterator<Item = ConnectionId> + use<'_> {
        self.open.get(room).into_iter().flat_map(|room| room.members.present())
    }

    /// Whether this connection sits in a room.
    #[must_use]
    pub fn is_member(&self, connection: ConnectionId) -> bool {
        self.index.get(connection).is_some()
    }

    /// Gives back what is held for many more rooms and seats than there are.
    pub fn shrink(&mut self) {
        self.open.shrink_to(2 * self.open.len());
        self.index.shrink();
    }

    /// How many rooms and seats there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts { rooms: self.open.len(), members: self.index.seats() }
    }

    /// Ends the connection of a member, who is out.
    fn eject(&mut self, room: RoomId, id: Id, end: End, effects: &mut Vec<Effect>) {
        let member = self.open.get(&room).and_then(|room| room.members.get(id));
        effects.extend(member.and_then(Member::connection).map(|to| over(to, end, None)));
        self.leave(room, id, Departure::Gone, None, effects);
    }

    /// Gives up a seat; the others are told. With the last seat the room is gone.
    fn leave(&mut self, id: RoomId, who: Id, how: Departure, by: Option<Id>, effects: &mut Vec<Effect>) {
        let Some(room) = self.open.get_mut(&id) else { return };
        let Some(left) = room.members.remove(who) else { return };
        self.index.remove(id, who, left.presence);
        if room.members.is_empty() {
            self.open.remove(&id);
        } else {
            room.tell(None, &DaemonFrame::Left { id: who, how, by }, effects);
            room.appoint_keeper(None, effects);
        }
    }

    /// Keeps a seat whose connection is lost until the grace has run out.
    fn set_away(&mut self, now: Instant, id: RoomId, who: Id, effects: &mut Vec<Effect>) {
        let presence = Presence::Away(now + self.limits.grace);
        if self.set_presence(id, who, presence).is_some()
            && let Some(room) = self.open.get(&id)
        {
            room.tell(None, &DaemonFrame::Away(who), effects);
        }
    }

    /// Changes where the member of a seat is, and says where it was.
    fn set_presence(&mut self, room: RoomId, id: Id, presence: Presence) -> Option<Presence> {
        let member = self.open.get_mut(&room)?.members.get_mut(id)?;
        let before = std::mem::replace(&mut member.presence, presence);
        self.index.remove(room, id, before);
        self.index.insert(room, id, presence);
        Some(before)
    }
}

/// The end of a connection, told to its client.
fn over(to: ConnectionId, end: End, by: Option<Id>) -> Effect {
    let frame = DaemonFrame::Over { end, by }.encode().into();
    Effect::Close { to, frame: Some(frame), code: end.close_code() }
}

/// What is left until `end`, in seconds that have begun.
#[cold]
fn closing(now: Instant, end: Instant) -> Bytes {
    let left = end.saturating_duration_since(now) + Duration::from_millis(999);
    DaemonFrame::Closing(left.as_secs()).encode().into()
}

/// Frames carry seats' tokens and cards: their sizes are shown, never their bytes.
impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room { except, frame, .. } => {
                write!(f, "Room {{ {} bytes, except {except:?} }}", frame.len())
            }
            Self::One { to, frame } => write!(f, "One {{ {} bytes, to {to:?} }}", frame.len()),
            Self::Close { to, frame, code } => {
                write!(f, "Close {{ {} bytes, {code}, to {to:?} }}", frame.as_ref().map_or(0, Bytes::len))
            }
        }
    }
}

#[cfg(test)]
mod tests;
