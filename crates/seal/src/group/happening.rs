//! What a person, or a client, must be told.

use sanctuary_wire::{Denial, Departure, End, Id, Refusal};

use super::super::{Body, Name, SealError};

/// Something that happened in the room, or on the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// One is in. The group says what the room is like.
    Entered,
    /// One is in again, as a newcomer, for the seat was given up.
    EnteredAnew {
        /// So many messages were said meanwhile; nothing where it is another room behind the same door.
        missed: Option<u64>,
    },
    /// One has one's seat again.
    Resumed {
        /// So many messages were said meanwhile, which nobody keeps.
        missed: u64,
    },
    /// One is not let in.
    Refused {
        /// Why not.
        why: Refusal,
        /// Milliseconds after which it may be tried again; 0 where waiting does not help.
        retry_ms: u64,
    },
    /// One is let in, but what the room hands to all does not open: nothing can be read or said.
    NoRoom(SealError),
    /// A newcomer.
    Joined(Id),
    /// A member whose card is refused: it is neither heard nor given any key.
    Unreadable {
        /// Who.
        id: Id,
        /// Why.
        why: SealError,
    },
    /// A member whose card is sealed for another password than one knows.
    NotReady(Id),
    /// A member who was not ready, or unreadable, is heard from now on.
    Ready(Id),
    /// A member has another alias.
    Renamed(Id),
    /// Somebody is out.
    Left {
        /// Who.
        id: Id,
        /// How.
        how: Departure,
    },
    /// A member's connection broke.
    Away(Id),
    /// It is there again.
    Back(Id),
    /// Who keeps the room from now on.
    Keeper(Id),
    /// Whether nobody is let in from now on.
    Locked {
        /// Whether.
        locked: bool,
        /// Who did it.
        by: Id,
    },
    /// A message, one's own too.
    Said {
        /// Who says it.
        from: Id,
        /// Its name.
        name: Name,
        /// What is said.
        body: Body,
    },
    /// From now on messages are to be seen for so long; a client says so to who comes later.
    Timer {
        /// Who has set it.
        by: Id,
        /// As [`TimedText`](super::super::TimedText) has it.
        seconds: u64,
    },
    /// A message that can't be read.
    Unread {
        /// Who says it, as the daemon has it.
        from: Id,
        /// Why not.
        why: SealError,
    },
    /// Something passed by this member can't be opened. If it was a whisper, the next tells that it is
    /// missing.
    PassUnread {
        /// Who passed it, as the daemon has it.
        from: Id,
        /// Why not.
        why: SealError,
    },
    /// So many messages of this member did not come.
    Missing {
        /// Whose.
        from: Id,
        /// How many.
        count: u64,
    },
    /// What this member sees differs from what one sees oneself. It is told once for each.
    Differs(Id),
    /// A whisper.
    Whisper {
        /// Who whispers.
        from: Id,
        /// Its name.
        name: Name,
        /// What.
        body: Body,
    },
    /// So many whispers of this member did not come, at the least.
    WhispersMissing {
        /// Whose.
        from: Id,
        /// How many.
        count: u64,
    },
    /// One's whispers to this member have arrived, all of these.
    Delivered {
        /// To whom.
        to: Id,
        /// The first of them, as `whisper` gave it.
        first: u32,
        /// The last.
        last: u32,
    },
    /// A member was put out.
    Kicked {
        /// Who.
        id: Id,
        /// By whom.
        by: Id,
        /// Whether that member said so.
        proof: Proof,
    },
    /// A member, perhaps oneself, was put out by who had the right to. The daemon lets it sit there;
    /// nobody hears it any more.
    ShutOut {
        /// Who.
        id: Id,
        /// By whom.
        by: Id,
    },
    /// The keeper has made another member keeper.
    Handed {
        /// The new keeper, if it is obeyed.
        id: Id,
        /// By whom.
        by: Id,
        /// Whether that member said so. An order that is refuted is not obeyed.
        proof: Proof,
    },
    /// Who had the right has ended the room.
    Stopped(Id),
    /// A member has ordered what it has no right to, which nobody obeys.
    NoRight(Id),
    /// The room has another password.
    Relocked {
        /// Who gave it.
        by: Id,
        /// Who is out thereby.
        out: Vec<Id>,
        /// Nothing, or why one has no key to the room any more.
        without: Option<SealError>,
    },
    /// Something was not carried out.
    Denied {
        /// The number of the frame, or of the command.
        frame: u8,
        /// Why not.
        why: Denial,
        /// Milliseconds after which it may be tried again; 0 where waiting does not help.
        retry_ms: u64,
    },
    /// One's renewed key is neither shown nor denied since minutes.
    NotRenewed,
    /// The connection ends here.
    Over {
        /// Why.
        end: End,
        /// Who did it.
        by: Option<Id>,
        /// Whether that member said so.
        proof: Proof,
    },
    /// The daemon stops in so many seconds.
    Closing(u64),
    /// The daemon contradicts itself, or the members.
    Lie(Lie),
    /// A counter is used up: one must leave, and enter anew.
    Exhausted,
}

/// Whether an order that the daemon carried out was given by who it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By a member who has the right.
    Proved,
    /// It can't be read, or compared, here. An honest daemon shows such a one to who has entered so lately
    /// that its sender had not seen it in the room yet, and where cards are sealed for another password.
    Unread,
    /// Nobody says that anybody gave it.
    Absent,
    /// The daemon says what no member said, or what its member had no right to.
    Refuted,
}

/// What no honest daemon says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lie {
    /// A frame that does not belong here.
    #[error("a frame out of turn")]
    OutOfTurn,
    /// Of somebody who has no seat.
    #[error("of somebody who is not in the room")]
    Nobody(Id),
    /// A number that was given before.
    #[error("somebody under a number that was given before")]
    Returned(Id),
    /// More seats than a room can have.
    #[error("too many members")]
    TooMany,
    /// Another keeper than follows from what was told.
    #[error("another keeper")]
    Keeper(Id),
    /// Another lock number than follows.
    #[error("another lock number")]
    Lock,
    /// Another heart than the room has.
    #[error("another heart")]
    Heart,
    /// Another card of one's own than one has shown, or another seat.
    #[error("another card of one's own")]
    OwnCard,
    /// A message of one's own that one has not said.
    #[error("a message that one has not said")]
    NotMine,
    /// What its member has no right to.
    #[error("what its member has no right to")]
    NoRight(Id),
    /// Another list of who stays than one has given oneself with another password.
    #[error("another list of who stays")]
    Staying,
    /// Fewer frames or messages than before.
    #[error("fewer messages than before")]
    Count,
}
