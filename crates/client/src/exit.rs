//! Exit statuses, by which a script knows how it ended: those of sysexits.h where they fit. docs/plain.md has this table.

use std::process::ExitCode;

use sanctuary_wire::{End, Refusal};

use crate::session::{Ending, Obstacle, Over, Refused};

/// How the command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// One has left.
    Left = 0,
    /// One was put out.
    PutOut = 1,
    /// The room was stopped, or the daemon stops.
    Stopped = 2,
    /// The room was opened anew by somebody else while one was away.
    AnotherRoom = 3,
    /// The command line is wrong, or what was typed for it (`EX_USAGE`).
    Usage = 64,
    /// A file that was named cannot be read (`EX_NOINPUT`).
    NoInput = 66,
    /// The daemon cannot be reached, or was lost for too long (`EX_UNAVAILABLE`).
    Unavailable = 69,
    /// The system refused what it should grant (`EX_OSERR`).
    OsError = 71,
    /// One is not let in now, and may try again (`EX_TEMPFAIL`).
    Later = 75,
    /// What the daemon says is not of the protocol, or not of this room (`EX_PROTOCOL`).
    Protocol = 76,
    /// One is not let in (`EX_NOPERM`).
    NotLetIn = 77,
}

impl Exit {
    /// What each means, for the help.
    pub(crate) const ALL: [(Self, &'static str); 11] = [
        (Self::Left, "you have left"),
        (Self::PutOut, "you were put out"),
        (Self::Stopped, "the room was stopped, or the server stops"),
        (Self::AnotherRoom, "the room was opened anew by somebody else while you were away"),
        (Self::Usage, "the command line, the link or the alias is wrong"),
        (Self::NoInput, "a file that was named cannot be read"),
        (Self::Unavailable, "the server cannot be reached, or was lost for too long"),
        (Self::OsError, "the system refused what it should grant"),
        (Self::Later, "you are not let in now: try again later"),
        (Self::Protocol, "what the server says does not fit this room, or this version"),
        (Self::NotLetIn, "you are not let in"),
    ];

    pub(crate) fn of(over: &Over) -> Self {
        match over {
            Over::Refused(Refused::Unreachable | Refused::BreakOver, _) => Self::Unavailable,
            Over::Refused(Refused::FalseRoom, _) => Self::Protocol,
            Over::Refused(Refused::By(why), _) => Self::refused(*why),
            Over::Ended(ended) => match ended.ending {
                Ending::Left => Self::Left,
                Ending::PutOut | Ending::LeftOut | Ending::By(End::Kicked | End::Flooding) => Self::PutOut,
                Ending::StoppedByHost
                | Ending::StoppedUnread
                | Ending::StoppedAway
                | Ending::By(End::Stopped | End::ShuttingDown) => Self::Stopped,
                Ending::By(End::TooSlow | End::ResumedElsewhere) => Self::Unavailable,
                Ending::By(End::Malformed) => Self::Protocol,
            },
        }
    }

    /// Where nothing more is tried to come back.
    pub(crate) fn stuck(obstacle: Option<Obstacle>) -> Self {
        match obstacle {
            Some(Obstacle::RoomGone) => Self::Stopped,
            Some(Obstacle::Draining) => Self::Later,
            _ => Self::NotLetIn,
        }
    }

    fn refused(why: Refusal) -> Self {
        match why {
            Refusal::Full | Refusal::Busy | Refusal::Draining => Self::Later,
            Refusal::Malformed => Self::Protocol,
            Refusal::Kicked => Self::PutOut,
            Refusal::Stopped | Refusal::RoomGone => Self::Stopped,
            Refusal::GraceOver => Self::Unavailable,
            Refusal::NoEntry
            | Refusal::Taken
            | Refusal::AliasInUse
            | Refusal::Locked
            | Refusal::NeedsCode
            | Refusal::NotFromHere => Self::NotLetIn,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        (exit as u8).into()
    }
}
