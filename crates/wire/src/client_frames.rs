//! What a client says.

use super::bounded::{Code, Passes, SealedCard, SealedHeart};
use super::cbor::{Encoder, Item, Reader, WireError, Write, Written};
use super::ids::{Gate, Id, RoomId, Rule, SealedDoor, SeatKey, Signature, Tag};
use super::table::frames;

frames! {
    /// A frame from a client. Sealed parts are borrowed from the message it came in.
    ClientFrame<'a> {
        /// Open a room and enter it.
        1 => Create {
            /// The room.
            room: RoomId,
            /// The key by which those who enter must sign.
            gate: Gate,
            /// What all who enter are handed.
            heart: SealedHeart<'a>,
            /// The key by which the newcomer signs from now on.
            seat: SeatKey,
            /// The member's sealed card.
            card: SealedCard<'a>,
            /// The member's alias, hashed.
            tag: Tag,
            /// Who may moderate.
            rule: Rule,
            /// By the gate's key, of all that stands before.
            signature: Signature;
            /// What lets its sender open rooms where not everybody may.
            code: Option<Code<'a>>,
        },
        /// Enter a room that exists.
        2 => Enter {
            /// The room.
            room: RoomId,
            /// The key by which the newcomer signs from now on.
            seat: SeatKey,
            /// The member's sealed card.
            card: SealedCard<'a>,
            /// The member's alias, hashed.
            tag: Tag,
            /// By the gate's key: it shows that the client knows the password.
            signature: Signature,
        },
        /// Take one's seat again.
        3 => Resume {
            /// The room.
            room: RoomId,
            /// The member.
            id: Id,
            /// By the seat's key.
            signature: Signature,
        },
        /// A message to everyone.
        4 => Say {
            /// The sealed message.
            payload: &'a [u8],
        },
        /// Something for some members, each its own.
        5 => Pass(passes: Passes<'a>),
        /// What the daemon is to obey.
        6 => Order {
            /// A [`Command`].
            command: &'a [u8],
            /// By the seat's key.
            signature: Signature,
        },
        /// Leave.
        7 => Exit,
    }
}

frames! {
    /// What an order says. `turn` rises with each order of a connection, so that none is carried out
    /// twice.
    Command<'a> {
        /// Put a member out.
        8 => Kick {
            /// Rises.
            turn: u64,
            /// Whom.
            id: Id,
            /// The same, said to the members.
            payload: &'a [u8],
        },
        /// End the room for everyone.
        9 => Stop {
            /// Rises.
            turn: u64,
            /// The same, said to the members.
            payload: &'a [u8],
        },
        /// Let nobody in any more, or again.
        10 => Lock {
            /// Rises.
            turn: u64,
            /// Whether nobody is let in.
            locked: bool,
        },
        /// Give the room another password.
        11 => Relock {
            /// Rises.
            turn: u64,
            /// The lock number that it follows on.
            lock: u32,
            /// The new gate.
            gate: Gate,
            /// The new heart.
            heart: SealedHeart<'a>,
            /// Who stays.
            staying: Vec<Staying>,
        },
        /// Show another card.
        12 => Renew {
            /// Rises.
            turn: u64,
            /// The new card.
            card: SealedCard<'a>,
            /// Its alias, hashed.
            tag: Tag,
        },
        /// Make another member keeper.
        13 => Hand {
            /// Rises.
            turn: u64,
            /// Whom.
            id: Id,
            /// The same, said to the members.
            payload: &'a [u8],
        },
    }
}

/// A member that stays when the room is relocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staying {
    /// Who.
    pub id: Id,
    /// The member's alias, hashed behind the new door.
    pub tag: Tag,
    /// The new door, sealed for this member.
    pub door: SealedDoor,
}

impl<'a> Item<'a> for Staying {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let (id, tag, door) = reader.read()?;
        Ok(Self { id, tag, door })
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        to.array(3)?;
        self.id.write(to)?;
        self.tag.write(to)?;
        self.door.write(to)
    }
}

impl Command<'_> {
    /// It rises with each order of a connection.
    #[must_use]
    pub fn turn(&self) -> u64 {
        match self {
            Self::Kick { turn, .. }
            | Self::Stop { turn, .. }
            | Self::Lock { turn, .. }
            | Self::Relock { turn, .. }
            | Self::Renew { turn, .. }
            | Self::Hand { turn, .. } => *turn,
        }
    }
}
