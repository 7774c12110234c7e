//! What the daemon says.

use super::codec::{Reader, WireError, Writer, coded};
use super::ids::{Id, Nonce, Rule, SeatToken};
use super::limits;

/// A frame from the daemon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DaemonFrame<'a> {
    /// The first frame of a connection.
    Hello {
        /// What a proof on this connection must sign.
        nonce: Nonce,
        /// Bytes of the largest frame that the daemon takes.
        largest_frame: u64,
    },
    /// You are in.
    Welcome {
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
    Refused(Refusal),
    /// A newcomer.
    Joined {
        /// Its number.
        id: Id,
        /// Its sealed card.
        card: &'a [u8],
    },
    /// Somebody is out.
    Left {
        /// Who.
        id: Id,
        /// How.
        how: Departure,
        /// Who did it, if somebody did.
        by: Option<Id>,
    },
    /// A message, to every member, the sender too.
    Said {
        /// Counted from 1 within the room.
        number: u64,
        /// The sender.
        from: Id,
        /// The sealed message.
        payload: &'a [u8],
    },
    /// Something for this member alone.
    Passed {
        /// The sender.
        from: Id,
        /// What it sealed for this member.
        passed: &'a [u8],
    },
    /// A member's connection broke; its seat is kept for a while.
    Away(Id),
    /// It has resumed.
    Back(Id),
    /// Who keeps the room from now on.
    Keeper(Id),
    /// Whether nobody is let in from now on.
    Locked(bool),
    /// A frame was not carried out.
    Denied {
        /// The frame's kind.
        frame: u8,
        /// Why not.
        why: Denial,
        /// Milliseconds after which it may be tried again; 0 where waiting does not help.
        retry_ms: u64,
    },
    /// The connection ends here.
    Over {
        /// Why.
        end: End,
        /// Who did it, if somebody did.
        by: Option<Id>,
    },
    /// The daemon stops in so many seconds, to be started again; every room ends then.
    Closing(u64),
}

/// One line of a `welcome`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated<'a> {
    /// The member's number.
    pub id: Id,
    /// Its sealed card.
    pub card: &'a [u8],
    /// Whether its connection is broken at present.
    pub away: bool,
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

impl<'a> DaemonFrame<'a> {
    /// Reads one frame that fills `bytes`.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, WireError> {
        let mut reader = Reader::new(bytes);
        let length = reader.array()?;
        let kind = if length == 0 { return Err(WireError::Malformed) } else { reader.uint()? };
        let frame = match (kind, length) {
            (0, 3) => Self::Hello { nonce: Nonce(reader.bytes_of()?), largest_frame: reader.uint()? },
            (1, 8) => Self::Welcome {
                you: Id(reader.uint()?),
                seat: SeatToken(reader.bytes_of()?),
                rule: reader.uint()?.try_into()?,
                keeper: Id(reader.uint()?),
                locked: reader.bool()?,
                said: reader.uint()?,
                members: seated(&mut reader)?,
            },
            (2, 2) => Self::Refused(reader.uint()?.try_into()?),
            (3, 3) => Self::Joined { id: Id(reader.uint()?), card: reader.bytes_within(limits::CARD)? },
            (4, 4) => Self::Left {
                id: Id(reader.uint()?),
                how: reader.uint()?.try_into()?,
                by: reader.uint_or_null()?.map(Id),
            },
            (5, 4) => {
                Self::Said { number: reader.uint()?, from: Id(reader.uint()?), payload: reader.bytes()? }
            }
            (6, 3) => Self::Passed { from: Id(reader.uint()?), passed: reader.bytes()? },
            (7, 2) => Self::Away(Id(reader.uint()?)),
            (8, 2) => Self::Back(Id(reader.uint()?)),
            (9, 2) => Self::Keeper(Id(reader.uint()?)),
            (10, 2) => Self::Locked(reader.bool()?),
            (11, 4) => Self::Denied {
                frame: reader.uint()?.try_into().map_err(|_| WireError::Malformed)?,
                why: reader.uint()?.try_into()?,
                retry_ms: reader.uint()?,
            },
            (12, 3) => Self::Over { end: reader.uint()?.try_into()?, by: reader.uint_or_null()?.map(Id) },
            (13, 2) => Self::Closing(reader.uint()?),
            _ => return Err(WireError::Malformed),
        };
        reader.end()?;
        Ok(frame)
    }

    /// Writes the frame.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Hello { nonce, largest_frame } => {
                Writer::frame(3, 0, 32).bytes(&nonce.0).uint(*largest_frame)
            }
            Self::Welcome { you, seat, rule, keeper, locked, said, members } => {
                let carries: usize = members.iter().map(|member| member.card.len() + 16).sum();
                let writer = Writer::frame(8, 1, carries + 64)
                    .uint(you.0)
                    .bytes(&seat.0)
                    .uint(*rule as u64)
                    .uint(keeper.0)
                    .bool(*locked)
                    .uint(*said)
                    .array(members.len() as u64);
                members.iter().fold(writer, |writer, member| {
                    writer.array(3).uint(member.id.0).bytes(member.card).bool(member.away)
                })
            }
            Self::Refused(why) => Writer::frame(2, 2, 0).uint(*why as u64),
            Self::Joined { id, card } => Writer::frame(3, 3, card.len()).uint(id.0).bytes(card),
            Self::Left { id, how, by } => {
                Writer::frame(4, 4, 0).uint(id.0).uint(*how as u64).uint_or_null(by.map(|by| by.0))
            }
            Self::Said { number, from, payload } => {
                Writer::frame(4, 5, payload.len()).uint(*number).uint(from.0).bytes(payload)
            }
            Self::Passed { from, passed } => Writer::frame(3, 6, passed.len()).uint(from.0).bytes(passed),
            Self::Away(id) => Writer::frame(2, 7, 0).uint(id.0),
            Self::Back(id) => Writer::frame(2, 8, 0).uint(id.0),
            Self::Keeper(id) => Writer::frame(2, 9, 0).uint(id.0),
            Self::Locked(locked) => Writer::frame(2, 10, 0).bool(*locked),
            Self::Denied { frame, why, retry_ms } => {
                Writer::frame(4, 11, 0).uint((*frame).into()).uint(*why as u64).uint(*retry_ms)
            }
            Self::Over { end, by } => {
                Writer::frame(3, 12, 0).uint(*end as u64).uint_or_null(by.map(|by| by.0))
            }
            Self::Closing(seconds) => Writer::frame(2, 13, 0).uint(*seconds),
        }
        .done()
    }
}

fn seated<'a>(reader: &mut Reader<'a>) -> Result<Vec<Seated<'a>>, WireError> {
    let count = reader.array()?;
    let mut members = Vec::new();
    for _ in 0..count {
        reader.array_of(3)?;
        members.push(Seated {
            id: Id(reader.uint()?),
            card: reader.bytes_within(limits::CARD)?,
            away: reader.bool()?,
        });
    }
    Ok(members)
}
