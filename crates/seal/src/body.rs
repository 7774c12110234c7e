//! What is said, once it is opened.

use zeroize::Zeroizing;

use super::{SealError, Text, aead};
use sanctuary_wire::cbor::Reader;

/// A text and when its sender says it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedText {
    /// The sender's clock, in milliseconds since 1970.
    pub at: u64,
    /// HTML as typed.
    pub text: Text,
}

impl TimedText {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, SealError> {
        Ok(Self { at: reader.read()?, text: reader.read::<&str>()?.into() })
    }
}

/// What a member says to the whole room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A message.
    Message(TimedText),
    /// A farewell, before leaving.
    Farewell(TimedText),
}

impl Body {
    pub(super) fn plaintext(&self) -> Zeroizing<Vec<u8>> {
        let (kind, said) = match self {
            Self::Message(said) => (0u8, said),
            Self::Farewell(said) => (1, said),
        };
        aead::filled(&(kind, said.at, said.text.as_str()))
    }

    /// Nothing for a body of a later version, which is passed over.
    pub(super) fn read(plaintext: &[u8]) -> Result<Option<Self>, SealError> {
        let mut reader = Reader::new(plaintext);
        let body = match reader.head()? {
            (0, 2) => Some(Self::Message(TimedText::read(&mut reader)?)),
            (1, 2) => Some(Self::Farewell(TimedText::read(&mut reader)?)),
            (0 | 1, _) => return Err(SealError::Malformed),
            (_, rest) => {
                reader.skip(rest)?;
                None
            }
        };
        aead::end(&reader)?;
        Ok(body)
    }
}
