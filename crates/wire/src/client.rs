//! What a client says.

use std::fmt;

use super::codec::{Reader, WireError, Writer};
use super::ids::{Gate, Id, Proof, RoomId, Rule, SeatToken, Tag};
use super::limits;

/// What lets its sender open rooms; silent in debug.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code<'a>(pub &'a [u8]);

impl fmt::Debug for Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}

/// A frame from a client. What is sealed is borrowed from the message it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientFrame<'a> {
    /// Open a room and enter it.
    Create {
        /// The room.
        room: RoomId,
        /// What those who enter must prove to.
        gate: Gate,
        /// The member's sealed card.
        card: &'a [u8],
        /// The member's alias, hashed.
        tag: Tag,
        /// Who may moderate.
        rule: Rule,
        /// What lets its sender open rooms where not everybody may: 1 to [`limits::CODE`] bytes.
        code: Option<Code<'a>>,
    },
    /// Enter a room that exists.
    Enter {
        /// The room.
        room: RoomId,
        /// That the client knows the password.
        proof: Proof,
        /// The member's sealed card.
        card: &'a [u8],
        /// The member's alias, hashed.
        tag: Tag,
    },
    /// Take one's seat again.
    Resume {
        /// The room.
        room: RoomId,
        /// The seat's token.
        seat: SeatToken,
    },
    /// A message to everyone.
    Say {
        /// The sealed message.
        payload: &'a [u8],
    },
    /// Something for some members, each its own: 1 to [`limits::PASSES`] of them.
    Pass(Vec<(Id, &'a [u8])>),
    /// Put a member out.
    Kick(Id),
    /// End the room for everyone.
    Stop,
    /// Leave.
    Exit,
    /// Let nobody in any more, or again.
    Lock(bool),
}

impl<'a> ClientFrame<'a> {
    /// The number that stands first in this frame.
    #[must_use]
    pub fn kind(&self) -> u8 {
        match self {
            Self::Create { .. } => 1,
            Self::Enter { .. } => 2,
            Self::Resume { .. } => 3,
            Self::Say { .. } => 4,
            Self::Pass(_) => 5,
            Self::Kick(_) => 6,
            Self::Stop => 7,
            Self::Exit => 8,
            Self::Lock(_) => 9,
        }
    }

    /// Reads one frame that fills `bytes`.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, WireError> {
        let mut reader = Reader::new(bytes);
        let length = reader.array()?;
        let kind = if length == 0 { return Err(WireError::Malformed) } else { reader.uint()? };
        let frame = match (kind, length) {
            (1, 6 | 7) => Self::Create {
                room: RoomId(reader.bytes_of()?),
                gate: Gate(reader.bytes_of()?),
                card: reader.bytes_within(limits::CARD)?,
                tag: Tag(reader.bytes_of()?),
                rule: reader.uint()?.try_into()?,
                code: if length == 7 { Some(Code(reader.bytes_within(limits::CODE)?)) } else { None },
            },
            (2, 5) => Self::Enter {
                room: RoomId(reader.bytes_of()?),
                proof: Proof(reader.bytes_of()?),
                card: reader.bytes_within(limits::CARD)?,
                tag: Tag(reader.bytes_of()?),
            },
            (3, 3) => Self::Resume { room: RoomId(reader.bytes_of()?), seat: SeatToken(reader.bytes_of()?) },
            (4, 2) => Self::Say { payload: reader.bytes()? },
            (5, 2) => Self::Pass(passes(&mut reader)?),
            (6, 2) => Self::Kick(Id(reader.uint()?)),
            (7, 1) => Self::Stop,
            (8, 1) => Self::Exit,
            (9, 2) => Self::Lock(reader.bool()?),
            _ => return Err(WireError::Malformed),
        };
        reader.end()?;
        Ok(frame)
    }

    /// Writes the frame.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let kind = self.kind();
        match self {
            Self::Create { room, gate, card, tag, rule, code } => {
                let carries = card.len() + 64 + code.map_or(0, |code| code.0.len());
                let writer = Writer::frame(6 + u64::from(code.is_some()), kind, carries)
                    .bytes(&room.0)
                    .bytes(&gate.0)
                    .bytes(card)
                    .bytes(&tag.0)
                    .uint(*rule as u64);
                code.iter().fold(writer, |writer, code| writer.bytes(code.0))
            }
            Self::Enter { room, proof, card, tag } => Writer::frame(5, kind, card.len() + 96)
                .bytes(&room.0)
                .bytes(&proof.0)
                .bytes(card)
                .bytes(&tag.0),
            Self::Resume { room, seat } => Writer::frame(3, kind, 32).bytes(&room.0).bytes(&seat.0),
            Self::Say { payload } => Writer::frame(2, kind, payload.len()).bytes(payload),
            Self::Pass(passes) => {
                let carries = passes.iter().map(|(_, sealed)| sealed.len() + limits::OVERHEAD).sum();
                let writer = Writer::frame(2, kind, carries).array(passes.len() as u64);
                passes.iter().fold(writer, |writer, (to, sealed)| writer.array(2).uint(to.0).bytes(sealed))
            }
            Self::Kick(id) => Writer::frame(2, kind, 0).uint(id.0),
            Self::Stop | Self::Exit => Writer::frame(1, kind, 0),
            Self::Lock(locked) => Writer::frame(2, kind, 0).bool(*locked),
        }
        .done()
    }
}

fn passes<'a>(reader: &mut Reader<'a>) -> Result<Vec<(Id, &'a [u8])>, WireError> {
    let count = reader.array()?;
    if !(1..=limits::PASSES as u64).contains(&count) {
        return Err(WireError::Malformed);
    }
    (0..count)
        .map(|_| {
            reader.array_of(2)?;
            Ok((Id(reader.uint()?), reader.bytes()?))
        })
        .collect()
}
