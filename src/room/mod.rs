//! What rooms do: the rules of the protocol's section 3, pure.
//!
//! An event comes in, effects go out. Time and random bytes are handed in; nothing here waits,
//! sends or draws. Sealed bytes pass through unread: this module knows neither aliases nor
//! messages, and of the password only whether a proof of it holds. It knows no sockets: a
//! connection is an id.
//!
//! - [`Rooms`] is all of it, `entry` lets connections in, `requests` carries out the members'
//!   frames;
//! - `one_room` is the state of one room and what it tells, `members` are those in it, in order;
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
    /// The first frame of a connection that is in no room yet.
    FirstFrame {
        /// The frame.
        frame: ClientFrame<'a>,
        /// What this connection's `hello` said; a proof must sign it.
        nonce: &'a Nonce,
        /// Fresh random bytes: the token of the seat, if the connection gets a new one.
        seat: SeatToken,
    },
    /// A frame of a member.
    Frame(ClientFrame<'a>),
    /// The client closed the WebSocket: its member has left at once.
    Closed,
    /// The connection broke without a close frame, or answered no ping: its seat is kept for the
    /// grace.
    Broke,
    /// The server ends it: after [`End::TooSlow`] the seat is kept for the grace, else the member
    /// has left.
    Ended(End),
}

/// What the server is to do, in this order.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send to every member who is present once the event has been handled ([`Rooms::present`]),
    /// except one.
    Room {
        /// The room.
        room: RoomId,
        /// The connection that does not get it.
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
    /// Send a last frame, then close. The connection is in no room any more.
    Close {
        /// Which connection.
        to: ConnectionId,
        /// The last frame; after an `exit` there is none.
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

/// Every room of the daemon. An event of a connection that is in no room is ignored, unless it is
/// an [`Event::FirstFrame`], so that the server need not care about events that cross an
/// [`Effect::Close`].
pub struct Rooms {
    limits: Limits,
    /// Boxed, so that neither a growing table nor a closing room leaves a copy of its secrets
    /// behind.
    open: HashMap<RoomId, Box<Room>>,
    index: ConnectionIndex,
    /// When the daemon is going to stop, if that is known.
    closing: Option<Instant>,
}

impl Rooms {
    /// No rooms yet.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, open: HashMap::new(), index: ConnectionIndex::default(), closing: None }
    }

    /// Sets the limits from now on. Rooms, seats and graces that are there already stay as they
    /// are.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Carries out one event, and appends to `effects` what the server is to do.
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

    /// Tells everybody that every room ends at `end`, those who come later too. It ends none:
    /// [`Rooms::end_all`] does.
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
    fn eject(&mut self, room: RoomId, id: Id, end: End, effects: &mut Vec<Effect>) {
        let member = self.open.get(&room).and_then(|room| room.members.get(id));
        effects.extend(member.and_then(Member::connection).map(|to| over(to, end, None)));
        self.leave(room, id, Departure::Gone, None, effects);
    }

    /// Gives up a seat and tells the others. With its last seat the room closes.
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

    /// Sets where a member is, and returns where it was.
    fn set_presence(&mut self, room: RoomId, id: Id, presence: Presence) -> Option<Presence> {
        let member = self.open.get_mut(&room)?.members.get_mut(id)?;
        let before = std::mem::replace(&mut member.presence, presence);
        self.index.remove(room, id, before);
        self.index.insert(room, id, presence);
        Some(before)
    }
}

/// Closes a connection and tells its client why.
fn over(to: ConnectionId, end: End, by: Option<Id>) -> Effect {
    let frame = DaemonFrame::Over { end, by }.encode().into();
    Effect::Close { to, frame: Some(frame), code: end.close_code() }
}

/// The time left until `end`, in seconds, rounded up.
#[cold]
fn closing(now: Instant, end: Instant) -> Bytes {
    let left = end.saturating_duration_since(now) + Duration::from_millis(999);
    DaemonFrame::Closing(left.as_secs()).encode().into()
}

/// Shows the sizes of frames and never their bytes, which hold tokens and cards.
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
