//! What the daemon says.

use super::bounded::{LargestFrame, OfSeats, SealedCard, SealedHeart};
use super::cbor::{Encoder, Item, Reader, WireError, Write, Written};
use super::ids::{Entry, Id, Nonce, SealedDoor};
use super::order::Hash;
use super::table::{coded, frames};

frames! {
    /// A frame from the daemon.
    DaemonFrame<'a> {
        /// The first frame of a connection.
        0 => Hello {
            /// What every signature on this connection must cover.
            nonce: Nonce,
            /// Bytes of the largest frame that the daemon takes.
            largest_frame: LargestFrame,
            /// Milliseconds within which the daemon sends something.
            silence_ms: u64,
        },
        /// You are in.
        1 => Welcome {
            /// The newcomer's own number.
            you: Id,
            /// Who keeps the room.
            keeper: Id,
            /// Whether nobody is let in.
            locked: bool,
            /// How often the room was given another password.
            lock: u32,
            /// What the room's opener hands to all.
            heart: SealedHeart<'a>,
            /// How many messages the room has had.
            said: u64,
            /// How many frames concerned the whole room.
            count: u64,
            /// The hash of these frames.
            order: Hash,
            /// The daemon's protections, by its own word: a bit each.
            protections: u64,
            /// Everyone in the room in order of arrival.
            members: OfSeats<Seated<'a>>;
            /// Who gave the room another password meanwhile, the hash of the list of those who stayed,
            /// and the door behind it.
            boxed: Option<(Id, Hash, SealedDoor)>,
        },
        /// You are not let in; the connection ends.
        2 => Refused {
            /// Why not.
            why: Refusal,
            /// Milliseconds after which it may be tried again; 0 where waiting does not help.
            retry_ms: u64,
        },
        /// A newcomer.
        3 => Joined {
            /// Its number.
            id: Id,
            /// For what its card is signed.
            entry: Entry,
            /// Its sealed card.
            card: SealedCard<'a>,
        },
        /// Somebody is out.
        4 => Left {
            /// Who.
            id: Id,
            /// How.
            how: Departure,
        },
        /// A message, to every member, the sender too.
        5 => Said {
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
        10 => Locked {
            /// Whether.
            locked: bool,
            /// Who did it.
            by: Id,
        },
        /// A frame was not carried out.
        11 => Denied {
            /// The number of the frame, or of the command.
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
            by: Option<Id>;
            /// What that member said to it.
            payload: Option<&'a [u8]>,
        },
        /// The daemon stops in so many seconds, to be started again; every room ends then.
        13 => Closing(seconds: u64),
        /// Somebody was put out.
        14 => Kicked {
            /// Who.
            id: Id,
            /// Who did it.
            by: Id,
            /// What that member said to it.
            payload: &'a [u8],
        },
        /// The keeper made another member keeper.
        15 => Handed {
            /// The new keeper.
            id: Id,
            /// The one before.
            by: Id,
            /// What that member said to it.
            payload: &'a [u8],
        },
        /// A member shows another card.
        16 => Renewed {
            /// Who.
            id: Id,
            /// Its card.
            card: SealedCard<'a>,
        },
        /// The room has another password.
        17 => Relocked {
            /// Who gave it.
            by: Id,
            /// The lock number from now on.
            lock: u32,
            /// What the members hand to newcomers.
            heart: SealedHeart<'a>,
            /// Who stays; all others are out.
            staying: OfSeats<Id>,
        },
        /// The door behind the password that the room is about to have.
        18 => Boxed {
            /// Who gives it.
            by: Id,
            /// Sealed for this member.
            door: SealedDoor,
        },
        /// Nothing has happened.
        19 => Alive,
    }
}

impl DaemonFrame<'_> {
    /// Whether it concerns the whole room, so that it is counted and hashed (protocol, section 2, "One
    /// order for all").
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        matches!(
            self,
            Self::Joined { .. }
                | Self::Left { .. }
                | Self::Said { .. }
                | Self::Away(_)
                | Self::Back(_)
                | Self::Keeper(_)
                | Self::Locked { .. }
                | Self::Kicked { .. }
                | Self::Handed { .. }
                | Self::Renewed { .. }
                | Self::Relocked { .. }
        )
    }
}

/// One line of a `welcome`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated<'a> {
    /// The member's number.
    pub id: Id,
    /// For what its card is signed.
    pub entry: Entry,
    /// Its sealed card.
    pub card: SealedCard<'a>,
    /// Whether its connection is broken at present.
    pub away: bool,
}

impl<'a> Item<'a> for Seated<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let (id, entry, card, away) = reader.read()?;
        Ok(Self { id, entry, card, away })
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        to.array(4)?;
        self.id.write(to)?;
        self.entry.write(to)?;
        self.card.write(to)?;
        self.away.write(to)
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
        /// The seat was given up, since its member did not come back in time, or left.
        GraceOver = 10,
        /// The seat's member was put out.
        Kicked = 11,
        /// The room has ended with its last seat.
        RoomGone = 12,
        /// The daemon is about to stop, and opens no rooms any more.
        Draining = 13,
        /// A member has stopped the room.
        Stopped = 14,
    }
}

coded! {
    /// How somebody came to be out.
    Departure {
        /// By `exit`.
        Exit = 0,
        /// By closing, or by not coming back.
        Gone = 1,
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
        /// Somebody of that alias is in the room.
        AliasInUse = 4,
        /// Another member has relocked the room first.
        AnotherLock = 5,
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
