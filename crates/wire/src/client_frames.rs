//! What a client says.

use super::bounded::{Code, Passes, SealedCard};
use super::ids::{Gate, Id, Proof, RoomId, Rule, SeatToken, Tag};
use super::table::frames;

frames! {
    /// A frame from a client. Sealed parts are borrowed from the message it came in.
    ClientFrame<'a> {
        /// Open a room and enter it.
        1 => Create {
            /// The room.
            room: RoomId,
            /// What those who enter must prove to.
            gate: Gate,
            /// The member's sealed card.
            card: SealedCard<'a>,
            /// The member's alias, hashed.
            tag: Tag,
            /// Who may moderate.
            rule: Rule;
            /// What lets its sender open rooms where not everybody may.
            code: Option<Code<'a>>,
        },
        /// Enter a room that exists.
        2 => Enter {
            /// The room.
            room: RoomId,
            /// That the client knows the password.
            proof: Proof,
            /// The member's sealed card.
            card: SealedCard<'a>,
            /// The member's alias, hashed.
            tag: Tag,
        },
        /// Take one's seat again.
        3 => Resume {
            /// The room.
            room: RoomId,
            /// The seat's token.
            seat: SeatToken,
        },
        /// A message to everyone.
        4 => Say {
            /// The sealed message.
            payload: &'a [u8],
        },
        /// Something for some members, each its own.
        5 => Pass(passes: Passes<'a>),
        /// Put a member out.
        6 => Kick(id: Id),
        /// End the room for everyone.
        7 => Stop,
        /// Leave.
        8 => Exit,
        /// Let nobody in any more, or again.
        9 => Lock(locked: bool),
    }
}
