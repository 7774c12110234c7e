//! What the daemon says.

use super::bounded::SealedCard;
use super::cbor::{Encoder, Item, Reader, WireError, Write, Written};
use super::ids::{Id, Nonce, Rule, SeatToken};
use super::table::{coded, frames};

frames! {
    /// A frame from the daemon.
    DaemonFrame<'a> {
        /// The first frame of a connection.
        0 => Hello {
            /// What a proof on this connection must sign.
            nonce: Nonce,
            /// Bytes of the largest frame that the daemon takes.
            largest_frame: u64,
        },
        /// You are in.
        1 => Welcome {
            /// The newcomer's own number.
            you: Id,
            /// With it the newcomer can resume.
            seat: SeatToken,
            /// Who may moderate.
            rule: Rule,
            /// Who keeps the room.
            keeper: Id,
            /// Whether nobody is let in.
            locked: bool,
            /// How many messages the room has had.
            said: u64,
            /// Everyone in the room in order of arrival.
            members: Vec<Seated<'a>>,
        },
        /// You are not let in; the connection ends.
        2 => Refused(why: Refusal),
        /// A newcomer.
        3 => Joined {
            /// Its number.
            id: Id,
            /// Its sealed card.
            card: SealedCard<'a>,
        },
        /// Somebody is out.
        4 => Left {
            /// Who.
            id: Id,
            /// How.
            how: Departure,
            /// Who did it, if somebody did.
            by: Option<Id>,
        },
        /// A message, to every member, the sender too.
        5 => Said {
            /// Counted from 1 within the room.
            number: u64,
            /// The sender.
            from: Id,
            /// The sealed message.
            payload: &'a [u8],
        },
        /// Something for this member alone.
        6 => Passed {
            /// The sender.
            from: Id,
            /// What it sealed for this member.
            passed: &'a [u8],
        },
        /// A member's connection broke; its seat is kept for a while.
        7 => Away(id: Id),
        /// It has resumed.
        8 => Back(id: Id),
        /// Who keeps the room from now on.
        9 => Keeper(id: Id),
        /// Whether nobody is let in from now on.
        10 => Locked(locked: bool),
        /// A frame was not carried out.
        11 => Denied {
            /// The frame's number.
            frame: u8,
            /// Why not.
            why: Denial,
            /// Milliseconds after which it may be tried again; 0 where waiting does not help.
            retry_ms: u64,
        },
        /// The connection ends here.
        12 => Over {
            /// Why.
            end: End,
            /// Who did it, if somebody did.
            by: Option<Id>,
        },
        /// The daemon stops in so many seconds, to be started again; every room ends then.
        13 => Closing(seconds: u64),
    }
}

/// One line of a `welcome`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated<'a> {
    /// The member's number.
    pub id: Id,
    /// Its sealed card.
    pub card: SealedCard<'a>,
    /// Whether its connection is broken at present.
    pub away: bool,
}

impl<'a> Item<'a> for Seated<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let (id, card, away) = reader.read()?;
        Ok(Self { id, card, away })
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        (self.id, self.card, self.away).write(to)
    }
}

coded! {
    /// Why a client is not let in.
    Refusal {
        /// No such room, or a wrong password: nobody is told which.
        NoEntry = 1,
        /// A room of this name exists already.
        Taken = 2,
        /// Somebody of that alias is in the room.
        AliasInUse = 3,
        /// The room is full.
        Full = 4,
        /// The room is locked.
        Locked = 5,
        /// Too many rooms, or too many tries from this address.
        Busy = 6,
        /// The first frame was none of `create`, `enter` and `resume`, or not well formed.
        Malformed = 7,
        /// Rooms are opened with a code here, and this was none or another.
        NeedsCode = 8,
        /// Rooms are opened from the host's networks alone.
        NotFromHere = 9,
    }
}

coded! {
    /// How somebody came to be out.
    Departure {
        /// By `exit`.
        Exit = 0,
        /// By closing, or by not coming back.
        Gone = 1,
        /// Kicked.
        Kicked = 2,
    }
}

coded! {
    /// Why a frame was not carried out.
    Denial {
        /// Only a moderator may.
        NotYours = 1,
        /// Nobody of that number is in the room.
        NoSuchMember = 2,
        /// Faster than the configured rate.
        TooFast = 3,
    }
}

coded! {
    /// Why a connection ends.
    End {
        /// Kicked.
        Kicked = 1,
        /// The room was stopped.
        Stopped = 2,
        /// The connection did not take what was sent to it.
        TooSlow = 3,
        /// Went on in spite of `denied 3`.
        Flooding = 4,
        /// The seat was resumed on another connection.
        ResumedElsewhere = 5,
        /// The daemon stops.
        ShuttingDown = 6,
        /// The frame was not of the protocol.
        Malformed = 7,
    }
}

impl End {
    /// The WebSocket close code that follows the `over` frame (protocol, section 3, rule 6).
    #[must_use]
    pub fn close_code(self) -> u16 {
        match self {
            Self::ShuttingDown => 1001,
            other => 4000 + other as u16,
        }
    }
}

impl Refusal {
    /// The WebSocket close code that follows every `refused` frame.
    pub const CLOSE_CODE: u16 = 4000;
}
