//! What a member is told beside what is said: events in the room, notes for itself alone, how it ended.

use sanctuary_seal::AliasError;
use sanctuary_wire::{End, Refusal};

use super::people::{Key, Named};
use crate::commands::Mistake;

/// Something that happened in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub what: What,
    /// To whom.
    pub who: Option<Named>,
    /// By whom.
    pub by: Option<Named>,
    /// How many, or for how long.
    pub count: u64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Somebody came.
    Joined,
    /// `by` has what `who` is called now.
    Renamed,
    /// Somebody left.
    Exit,
    /// Somebody's seat was given up.
    Gone,
    /// Put out by a member who said so ...
    Kicked,
    /// ... where that can't be checked ...
    PutOutUnread,
    /// ... where nobody did, or had no right to ...
    PutOut,
    /// ... and by one who said so, but kept in the room by the daemon.
    ShutOut,
    /// Not given the new password.
    LeftOut,
    /// Somebody's connection broke.
    Away,
    /// It is there again.
    Back,
    /// Somebody keeps the room now.
    Keeper,
    /// The office was handed on, as the daemon says, and that can't be checked.
    HandedUnread,
    /// The daemon says that somebody else keeps the room than by its rules.
    KeeperUnsaid,
    /// Nobody is let in.
    Locked,
    /// Others are let in again.
    Unlocked,
    /// The room has another password.
    Relocked,
    /// It could not be opened here.
    Keyless,
    /// The daemon stops in `count` seconds.
    Closing,
    /// Messages go after `count` seconds from now on, or stay.
    Timer,
    /// The daemon does not show a renewed card of one's own.
    Unrenewed,
    /// Messages passed while the connection was broken.
    Missed,
    /// The seat was given up; entered anew, in the same room ...
    Reentered,
    /// ... opened again ...
    Reopened,
    /// ... or in one that somebody else opened.
    AnotherRoom,
    /// Messages of one member did not come.
    Missing,
    /// One came that can't be read.
    Unreadable,
    /// One of a kind that is not known.
    Unshowable,
    /// A member sees something else than what is shown here.
    Differs,
    /// The daemon contradicts itself.
    Contradicted,
}

impl Event {
    pub(super) fn new(what: What) -> Self {
        Self { what, who: None, by: None, count: 0 }
    }

    pub(super) fn of(what: What, who: Named) -> Self {
        Self { who: Some(who), ..Self::new(what) }
    }

    pub(super) fn by(self, by: Named) -> Self {
        Self { by: Some(by), ..self }
    }

    pub(super) fn count(self, count: u64) -> Self {
        Self { count, ..self }
    }
}

/// A line for this member alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// What was typed is not understood.
    Mistake(Mistake),
    /// The commands.
    Help,
    /// The last messages, to whom lines alone are shown.
    Messages,
    /// The members, to the same.
    Members,
    /// A message is too long to send, or too many wait.
    TooMuch,
    /// Only who keeps the room may do that.
    NotYours(Named),
    /// No member has this alias.
    Nobody(String),
    /// Another has this name than when the line was begun.
    Another(String),
    /// Several have it, and are told apart by numbers.
    Several(String, usize),
    /// The member has left.
    Gone,
    /// Nobody has whispered.
    Unwhispered,
    /// The last who did has left.
    WhispererGone,
    /// What one does not do to oneself.
    Yourself,
    /// The member is away.
    Away(Named),
    /// No keys are shared with the member.
    Unnamed,
    /// The message is not here any more.
    NoLine,
    /// A farewell was typed to one member.
    FarewellToAll,
    /// What one does answers nothing.
    ActionAnswersNothing,
    /// It was said by a voice that one had before entering anew.
    FormerVoice,
    /// What was said about a message did not reach the others.
    Untold,
    /// Nothing of this member is shown any more, ...
    Ignored(Named),
    /// ... or again.
    Heeded(Named),
    /// The number of a member, to be compared with what its owner reads aloud, and its voice.
    Verify(Named, String, Key),
    /// No number was shown of a member of this name.
    NumberUnshown(String),
    /// An alias that breaks the rules.
    BadAlias(AliasError),
    /// Another member has it.
    AliasInUse,
    /// One has no key to the room, so that nobody could read another alias.
    Keyless,
    /// That member can only be put out by another password.
    NoVoice,
    /// The number of one's own voice.
    Number(String),
    /// An order waited while the seat was given up.
    NotCarriedOut,
    /// No new password could be made.
    RelockFailed,
    /// Memory can't be locked any more as it is added.
    Outgrown,
    /// Somebody else gave the room another one meanwhile.
    RelockCrossed,
}

/// Why one is not in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// As the daemon says.
    By(Refusal),
    /// The daemon can't be reached.
    Unreachable,
    /// The connection was lost for too long, and all is wiped.
    BreakOver,
    /// What the daemon shows is not the room that the password opens.
    FalseRoom,
}

/// Why the conversation has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// One has left.
    Left,
    /// As the daemon says; kicked and stopped, if a member said so who may.
    By(End),
    /// Put out by the daemon, without a member's word that could be checked.
    PutOut,
    /// Not given the new password.
    LeftOut,
    /// Stopped by whoever runs the machine.
    StoppedByHost,
    /// Stopped by a member, without its word that could be checked.
    StoppedUnread,
    /// Stopped, as the daemon says, while the connection was broken.
    StoppedAway,
}

/// Why whoever lost its place in the room is not let in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The room is locked ...
    Locked,
    /// ... or full, ...
    Full,
    /// ... or somebody has one's alias.
    AliasInUse,
    /// The room has ended.
    RoomGone,
    /// There is no such room any more, or it has another password.
    NoEntry,
    /// It is known to have another password.
    AnotherPassword,
    /// It is not opened again: a code is needed, ...
    NeedsCode,
    /// ... or another network, ...
    NotFromHere,
    /// ... or the daemon is about to stop.
    Draining,
}
