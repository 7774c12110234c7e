//! Numbers that every language of a client can hold, held before they are written.

use sanctuary_wire::WireError;
use sanctuary_wire::cbor::{self, Encoder, Item, Reader, Write, Written};

use super::SealError;

/// A count or a clock, below 2⁵³.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count(pub(super) u64);

impl Count {
    pub(super) fn of(number: u64) -> Result<Self, SealError> {
        if number <= cbor::NUMBER_MOST { Ok(Self(number)) } else { Err(SealError::OutOfBounds) }
    }
}

impl<'a> Item<'a> for Count {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        reader.read().map(Self)
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        self.0.write(to)
    }
}
