//! What a member says, once it is opened.

use sanctuary_wire::RoomId;
use sanctuary_wire::cbor::{self, Encoder, Item, Reader, Write};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::bounds::Count;
use super::{SealError, Text, Voice};

/// A text, when its sender says it was sent, and for how long it is to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedText {
    /// The sender's clock, in milliseconds since 1970.
    pub at: u64,
    /// After so many seconds every client forgets it; 0 for never.
    pub timer: u64,
    /// HTML as typed.
    pub text: Text,
}

/// The name of a message, the same for all who read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(pub [u8; 16]);

impl Name {
    /// Of a message to the room. However often it is sealed, its name is the same.
    pub(super) fn of_say(room: RoomId, voice: Voice, counter: u32, body: &[u8]) -> Self {
        Self::first_of(&Zeroizing::new(cbor::encode(&(LABEL, room, voice.to_bytes(), counter, body))))
    }

    /// Of a whisper.
    pub(super) fn of_whisper(room: RoomId, from: Voice, to: Voice, counter: u32, said: &[u8]) -> Self {
        let (from, to) = (from.to_bytes(), to.to_bytes());
        Self::first_of(&Zeroizing::new(cbor::encode(&(LABEL, room, from, to, counter, said))))
    }

    fn first_of(item: &[u8]) -> Self {
        let mut name = Self([0; 16]);
        name.0.copy_from_slice(&Sha256::digest(item)[..16]);
        name
    }
}

const LABEL: &str = "sanctuary/1 name";

/// What a member says (protocol, section 2, "What goes to the room").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A message.
    Message(TimedText),
    /// A farewell, before leaving.
    Farewell(TimedText),
    /// What the member does, "/me".
    Action(TimedText),
    /// An answer to a message.
    Reply {
        /// The answer.
        said: TimedText,
        /// The message.
        to: Name,
    },
    /// A reaction to a message.
    Reaction {
        /// The sender's clock, in milliseconds since 1970.
        at: u64,
        /// The reaction; empty to take it back.
        text: Text,
        /// The message.
        to: Name,
    },
    /// Takes back a message of the same voice.
    Unsend {
        /// The sender's clock, in milliseconds since 1970.
        at: u64,
        /// The message.
        to: Name,
    },
    /// The member is typing.
    Typing {
        /// The sender's clock, in milliseconds since 1970.
        at: u64,
    },
    /// Puts a member out.
    Kick(Voice),
    /// Ends the room.
    Stop,
    /// Makes another member keeper.
    Hand(Voice),
    /// Sets for how long messages are to be seen from now on.
    Timer {
        /// As a [`TimedText`] has it.
        seconds: u64,
    },
    /// Something of a later version that this one can't show.
    Unknown,
}

impl Body {
    /// Whether others obey it, if its sender has the right.
    #[must_use]
    pub fn is_order(&self) -> bool {
        matches!(self, Self::Kick(_) | Self::Stop | Self::Hand(_) | Self::Timer { .. })
    }

    /// As it is signed and sealed; [`SealError::OutOfBounds`] by a wrong clock or timer.
    pub(super) fn encode(&self) -> Result<Zeroizing<Vec<u8>>, SealError> {
        Ok(match self {
            Self::Message(said) => timed(1, said, None)?,
            Self::Farewell(said) => timed(3, said, None)?,
            Self::Action(said) => timed(5, said, None)?,
            Self::Reply { said, to } => timed(7, said, Some(to))?,
            Self::Reaction { at, text, to } => written(&(2u8, Count::of(*at)?, text.as_str(), to.0)),
            Self::Unsend { at, to } => written(&(4u8, Count::of(*at)?, to.0)),
            Self::Typing { at } => written(&(6u8, Count::of(*at)?)),
            Self::Kick(voice) => written(&(8u8, voice.to_bytes())),
            Self::Stop => written(&Alone(10)),
            Self::Hand(voice) => written(&(12u8, voice.to_bytes())),
            Self::Timer { seconds } => written(&(14u8, Count::of(*seconds)?)),
            Self::Unknown => return Err(SealError::OutOfBounds),
        })
    }

    /// Nothing for a body of an even kind that is not known, which is passed over.
    pub(super) fn read(encoded: &[u8]) -> Result<Option<Self>, SealError> {
        let mut reader = Reader::new(encoded);
        let body = match reader.head()? {
            (1, 3) => Self::Message(read_timed(&mut reader)?),
            (3, 3) => Self::Farewell(read_timed(&mut reader)?),
            (5, 3) => Self::Action(read_timed(&mut reader)?),
            (7, 4) => Self::Reply { said: read_timed(&mut reader)?, to: Name(reader.read()?) },
            (2, 3) => {
                let (at, text) = (reader.read::<Count>()?.0, reader.read::<&str>()?.into());
                Self::Reaction { at, text, to: Name(reader.read()?) }
            }
            (4, 2) => Self::Unsend { at: reader.read::<Count>()?.0, to: Name(reader.read()?) },
            (6, 1) => Self::Typing { at: reader.read::<Count>()?.0 },
            (8, 1) => Self::Kick(Voice::from_bytes(&reader.read()?).map_err(|_| SealError::Malformed)?),
            (10, 0) => Self::Stop,
            (12, 1) => Self::Hand(Voice::from_bytes(&reader.read()?).map_err(|_| SealError::Malformed)?),
            (14, 1) => Self::Timer { seconds: reader.read::<Count>()?.0 },
            (1..=8 | 10 | 12 | 14, _) => return Err(SealError::Malformed),
            (kind, rest) => {
                reader.skip(rest)?;
                return if !reader.rest().is_empty() {
                    Err(SealError::Malformed)
                } else if kind % 2 == 0 {
                    Ok(None)
                } else {
                    Ok(Some(Self::Unknown))
                };
            }
        };
        if reader.rest().is_empty() { Ok(Some(body)) } else { Err(SealError::Malformed) }
    }

    /// Of a whisper: what others obey is said to all alone, and passed over.
    pub(super) fn read_whispered(encoded: &[u8]) -> Result<Option<Self>, SealError> {
        Ok(Self::read(encoded)?.filter(|body| !body.is_order()))
    }
}

fn timed(kind: u8, said: &TimedText, to: Option<&Name>) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (at, timer, text) = (Count::of(said.at)?, Count::of(said.timer)?, said.text.as_str());
    Ok(match to {
        Some(to) => written(&(kind, at, timer, text, to.0)),
        None => written(&(kind, at, timer, text)),
    })
}

fn read_timed(reader: &mut Reader) -> Result<TimedText, SealError> {
    let (at, timer) = (reader.read::<Count>()?.0, reader.read::<Count>()?.0);
    Ok(TimedText { at, timer, text: reader.read::<&str>()?.into() })
}

fn written<'a>(item: &impl Item<'a>) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(cbor::encode(item))
}

/// An array of one number.
pub(super) struct Alone(pub(super) u8);

impl<'a> Item<'a> for Alone {
    fn read(reader: &mut Reader<'a>) -> Result<Self, sanctuary_wire::WireError> {
        match reader.array()? {
            1 => reader.read().map(Self),
            _ => Err(sanctuary_wire::WireError::Malformed),
        }
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> cbor::Written<W> {
        to.array(1)?;
        self.0.write(to)
    }
}
