//! Numbers that every language of a client can hold.

use sanctuary_wire::WireError;
use sanctuary_wire::cbor::{Encoder, Item, Reader, Write, Written};

use super::SealError;

/// Counts and clocks are below: what JavaScript counts exactly.
const BEYOND: u64 = 1 << 53;

/// A count or a clock, below 2⁵³.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count(pub(super) u64);

impl Count {
    pub(super) fn of(number: u64) -> Result<Self, SealError> {
        if number < BEYOND { Ok(Self(number)) } else { Err(SealError::OutOfBounds) }
    }
}

impl<'a> Item<'a> for Count {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        Self::of(reader.read()?).map_err(|_| WireError::Malformed)
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        self.0.write(to)
    }
}
