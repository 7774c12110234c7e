//! Fields with a bound of their own.

use std::fmt;
use std::ops::{Deref, DerefMut};

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::cbor::{Encoder, Item, Reader, WireError, Write, Written};
use super::ids::Id;
use super::limits;

/// A member's sealed card.
pub type SealedCard<'a> = Bounded<'a, { limits::CARD_MOST }>;

/// What the room's opener hands to all who enter, sealed.
pub type SealedHeart<'a> = Bounded<'a, { limits::HEART_MOST }>;

/// What lets its sender open rooms.
pub type Code<'a> = Bounded<'a, { limits::CODE_MOST }>;

/// 1 to `MOST` bytes, silent in `Debug`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Bounded<'a, const MOST: usize>(&'a [u8]);

impl<const MOST: usize> Deref for Bounded<'_, MOST> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0
    }
}

impl<const MOST: usize> fmt::Debug for Bounded<'_, MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(…)")
    }
}

impl<'a, const MOST: usize> TryFrom<&'a [u8]> for Bounded<'a, MOST> {
    type Error = WireError;

    fn try_from(bytes: &'a [u8]) -> Result<Self, WireError> {
        if (1..=MOST).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(WireError::Malformed) }
    }
}

/// Where the size is known, it is held when this is compiled.
impl<'a, const MOST: usize, const N: usize> From<&'a [u8; N]> for Bounded<'a, MOST> {
    fn from(bytes: &'a [u8; N]) -> Self {
        const { assert!(1 <= N && N <= MOST) };
        Self(bytes)
    }
}

impl<'a, const MOST: usize> Item<'a> for Bounded<'a, MOST> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        reader.read::<&[u8]>()?.try_into()
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        self.0.write(to)
    }
}

/// Bytes of the largest frame that a daemon takes, within what it can be set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LargestFrame(usize);

impl LargestFrame {
    /// So many, or the nearest number that it may be.
    #[must_use]
    pub fn nearest(bytes: usize) -> Self {
        Self(bytes.clamp(limits::SMALLEST_LARGEST_FRAME, limits::LARGEST_LARGEST_FRAME))
    }

    /// As a number.
    #[must_use]
    pub fn bytes(self) -> usize {
        self.0
    }
}

impl<'a> Item<'a> for LargestFrame {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let bytes = usize::try_from(reader.read::<u64>()?).map_err(|_| WireError::Malformed)?;
        if Self::nearest(bytes).0 == bytes { Ok(Self(bytes)) } else { Err(WireError::Malformed) }
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        (self.0 as u64).write(to)
    }
}

/// What a daemon says of each seat of a room: of more than [`limits::SEATS_MOST`] none is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfSeats<T>(Vec<T>);

impl<T> Deref for OfSeats<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for OfSeats<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> From<Vec<T>> for OfSeats<T> {
    fn from(all: Vec<T>) -> Self {
        Self(all)
    }
}

impl<T> FromIterator<T> for OfSeats<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

impl<'a, T: Item<'a>> Item<'a> for OfSeats<T> {
    /// How many there are is judged before they are read.
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let count = reader.array()?;
        if count > limits::SEATS_MOST as u64 {
            return Err(WireError::Malformed);
        }
        (0..count).map(|_| reader.read()).collect()
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        self.0.write(to)
    }
}

/// Such bytes as are kept, wiped on drop.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Kept<const MOST: usize>(Box<[u8]>);

/// A sealed card that is kept.
pub type KeptCard = Kept<{ limits::CARD_MOST }>;

/// A sealed heart that is kept.
pub type KeptHeart = Kept<{ limits::HEART_MOST }>;

impl<const MOST: usize> Kept<MOST> {
    /// As frames carry it.
    #[must_use]
    pub fn as_sealed(&self) -> Bounded<'_, MOST> {
        Bounded(&self.0)
    }
}

impl<const MOST: usize> From<Bounded<'_, MOST>> for Kept<MOST> {
    fn from(sealed: Bounded<'_, MOST>) -> Self {
        Self(sealed.0.into())
    }
}

/// What one `pass` frame has for some members, each its own: 1 to [`limits::PASSES_MOST`] of them, and
/// no two for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passes<'a>(Vec<(Id, &'a [u8])>);

impl<'a> Passes<'a> {
    /// So many, which is held when this is compiled.
    #[must_use]
    pub fn of<const N: usize>(passes: [(Id, &'a [u8]); N]) -> Self {
        const { assert!(1 <= N && N <= limits::PASSES_MOST) };
        Self(passes.into())
    }

    fn check(count: usize) -> Result<(), WireError> {
        if (1..=limits::PASSES_MOST).contains(&count) { Ok(()) } else { Err(WireError::Malformed) }
    }

    fn check_each_once(self) -> Result<Self, WireError> {
        let mut ids: Vec<Id> = self.0.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        if ids.is_sorted_by(|one, next| one < next) { Ok(self) } else { Err(WireError::Malformed) }
    }
}

impl<'a> TryFrom<Vec<(Id, &'a [u8])>> for Passes<'a> {
    type Error = WireError;

    fn try_from(passes: Vec<(Id, &'a [u8])>) -> Result<Self, WireError> {
        Self::check(passes.len())?;
        Self(passes).check_each_once()
    }
}

impl<'a> Deref for Passes<'a> {
    type Target = [(Id, &'a [u8])];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<'a> Item<'a> for Passes<'a> {
    /// How many there are is judged before they are read.
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let count = reader.array()?;
        Self::check(count.try_into().map_err(|_| WireError::Malformed)?)?;
        let passes = (0..count).map(|_| reader.read()).collect::<Result<_, _>>()?;
        Self(passes).check_each_once()
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        self.0.write(to)
    }
}
