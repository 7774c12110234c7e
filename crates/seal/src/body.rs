//! What is said, once it is opened.

use zeroize::Zeroizing;

use super::item::{Reader, Writer};
use super::{SealError, Text};

/// A text and when its sender says it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The sender's clock, in milliseconds since 1970.
    pub at: u64,
    /// HTML as typed.
    pub text: Text,
}

/// What a member says to the whole room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A message.
    Message(Words),
    /// A farewell, before leaving.
    Farewell(Words),
}

impl Body {
    pub(super) fn item(&self) -> Zeroizing<Vec<u8>> {
        let (kind, words) = match self {
            Self::Message(words) => (0, words),
            Self::Farewell(words) => (1, words),
        };
        let text = words.text.as_str();
        Writer::array(3, text.len()).uint(kind).uint(words.at).text(text).filled()
    }

    /// Nothing for a body of a later version, which is passed over.
    pub(super) fn read(plaintext: &[u8]) -> Result<Option<Self>, SealError> {
        let mut reader = Reader::new(plaintext);
        let body = match reader.head()? {
            (0, 2) => Some(Self::Message(words(&mut reader)?)),
            (1, 2) => Some(Self::Farewell(words(&mut reader)?)),
            (0 | 1, _) => return Err(SealError::Malformed),
            (_, rest) => {
                reader.skip(rest)?;
                None
            }
        };
        reader.end()?;
        Ok(body)
    }
}

pub(super) fn words(reader: &mut Reader) -> Result<Words, SealError> {
    Ok(Words { at: reader.uint()?, text: reader.text()?.into() })
}
