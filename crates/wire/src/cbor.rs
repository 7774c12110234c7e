//! CBOR (RFC 8949) as the protocol uses it: arrays, unsigned integers below 2⁵³, byte and text
//! strings, booleans, null. It is written deterministically (4.2.1), and anything that is written
//! otherwise is malformed: no two encodings mean the same. Reading borrows.
//!
//! An item is written by what it is made of, [`encode`]`(&("card", room))`, and read alike.
//! minicbor writes it. Its reader takes what the protocol refuses: longer heads, lengths that are
//! not told beforehand, and whatever there is of CBOR where it passes over items.

pub use minicbor::Encoder;
use minicbor::encode::Error as WriteError;
pub use minicbor::encode::Write;

/// Why bytes are not what they should be. It names no byte of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Not CBOR, cut short, or not of the form that is asked for.
    #[error("not a frame of the protocol")]
    Malformed,
    /// Something follows the item.
    #[error("bytes after the frame")]
    Trailing,
}

/// The result of writing. It fails only where `W` does, and a buffer takes everything.
pub type Written<W> = Result<(), WriteError<<W as Write>::Error>>;

/// What may stand in an item.
pub trait Item<'a>: Sized {
    /// Reads it, borrowing what it can.
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError>;

    /// Writes it.
    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W>;
}

/// Reads an item that fills `bytes`.
pub fn decode<'a, T: Item<'a>>(bytes: &'a [u8]) -> Result<T, WireError> {
    let mut reader = Reader::new(bytes);
    let item = reader.read()?;
    if reader.rest().is_empty() { Ok(item) } else { Err(WireError::Trailing) }
}

/// Writes an item into one buffer of exactly its size.
pub fn encode<'a>(item: &impl Item<'a>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(length(item));
    write(item, &mut bytes);
    bytes
}

/// Writes an item behind what the buffer holds.
pub fn write<'a>(item: &impl Item<'a>, buffer: &mut Vec<u8>) {
    let _ = item.write(&mut Encoder::new(buffer));
}

/// Bytes that an item takes.
pub fn length<'a>(item: &impl Item<'a>) -> usize {
    let mut counted = Encoder::new(Counter(0));
    let _ = item.write(&mut counted);
    counted.writer().0
}

/// Counts what it is given.
struct Counter(usize);

impl Write for Counter {
    type Error = std::convert::Infallible;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        self.0 += bytes.len();
        Ok(())
    }
}

/// The largest number: what every language of a client counts exactly (2⁵³ − 1).
pub const NUMBER_MOST: u64 = (1 << 53) - 1;

/// The first three bits of a head, of those kinds of items that the protocol has.
mod major {
    pub(super) const NUMBER: u8 = 0;
    pub(super) const BYTES: u8 = 2;
    pub(super) const TEXT: u8 = 3;
    pub(super) const ARRAY: u8 = 4;
    pub(super) const SIMPLE: u8 = 7;
}

const FALSE: u64 = 20;
const TRUE: u64 = 21;
const NULL: u64 = 22;

/// Reads one item after the other.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// At the first of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whatever is asked for.
    pub fn read<T: Item<'a>>(&mut self) -> Result<T, WireError> {
        T::read(self)
    }

    /// An array's head: how many elements it claims. That allocates nothing; elements that are not
    /// there end the reading.
    pub fn array(&mut self) -> Result<u64, WireError> {
        self.expect(major::ARRAY)
    }

    /// The number that stands first in an array, and how many elements follow it.
    pub fn head(&mut self) -> Result<(u64, u64), WireError> {
        let rest = self.array()?.checked_sub(1).ok_or(WireError::Malformed)?;
        Ok((self.read()?, rest))
    }

    /// Passes over `count` items of whatever kind, which are read as strictly as all others.
    pub fn skip(&mut self, count: u64) -> Result<(), WireError> {
        let mut left = count;
        while left > 0 {
            left -= 1;
            match self.token()? {
                (major::ARRAY, length) => left = left.saturating_add(length),
                (major::BYTES, length) => drop(self.take(length)?),
                (major::TEXT, length) => drop(self.take_text(length)?),
                _ => {}
            }
        }
        Ok(())
    }

    /// What follows the items read.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The kind of an item, and its number, its length or which simple value it is.
    fn token(&mut self) -> Result<(u8, u64), WireError> {
        let [first] = self.take_array()?;
        let (major, short) = (first >> 5, first & 0x1f);
        let (value, beyond_shorter) = match short {
            0..24 => (u64::from(short), true),
            24 => self.number(u8::from_be_bytes, 24)?,
            25 => self.number(u16::from_be_bytes, 1 << 8)?,
            26 => self.number(u32::from_be_bytes, 1 << 16)?,
            27 => self.number(u64::from_be_bytes, 1 << 32)?,
            _ => return Err(WireError::Malformed),
        };
        let is_known = match major {
            major::NUMBER | major::BYTES | major::TEXT | major::ARRAY => value <= NUMBER_MOST,
            major::SIMPLE => short < 24 && matches!(value, FALSE | TRUE | NULL),
            _ => false,
        };
        if beyond_shorter && is_known { Ok((major, value)) } else { Err(WireError::Malformed) }
    }

    /// A number behind the first byte of a head, and whether no shorter head can have it.
    fn number<const N: usize, T: Into<u64>>(
        &mut self,
        from_bytes: fn([u8; N]) -> T,
        least: u64,
    ) -> Result<(u64, bool), WireError> {
        let value = from_bytes(self.take_array()?).into();
        Ok((value, value >= least))
    }

    /// An item of that kind.
    fn expect(&mut self, wanted: u8) -> Result<u64, WireError> {
        match self.token()? {
            (major, value) if major == wanted => Ok(value),
            _ => Err(WireError::Malformed),
        }
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], WireError> {
        let length = usize::try_from(length).map_err(|_| WireError::Malformed)?;
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(WireError::Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    fn take_text(&mut self, length: u64) -> Result<&'a str, WireError> {
        std::str::from_utf8(self.take(length)?).map_err(|_| WireError::Malformed)
    }

    fn take_array<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(WireError::Malformed)?;
        self.rest = rest;
        Ok(*taken)
    }
}

/// Unsigned integers of any width are written and read alike.
macro_rules! numbers {
    ($($type:ty)+) => {$(
        impl<'a> Item<'a> for $type {
            fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
                reader.expect(major::NUMBER)?.try_into().map_err(|_| WireError::Malformed)
            }

            fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
                to.u64((*self).into()).map(drop)
            }
        }
    )+};
}

numbers! { u8 u32 u64 }

impl<'a> Item<'a> for bool {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        match reader.expect(major::SIMPLE)? {
            FALSE => Ok(false),
            TRUE => Ok(true),
            _ => Err(WireError::Malformed),
        }
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        to.bool(*self).map(drop)
    }
}

impl<'a> Item<'a> for &'a [u8] {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let length = reader.expect(major::BYTES)?;
        reader.take(length)
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        to.bytes(self).map(drop)
    }
}

impl<'a> Item<'a> for &'a str {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let length = reader.expect(major::TEXT)?;
        reader.take_text(length)
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        to.str(self).map(drop)
    }
}

impl<'a, const N: usize> Item<'a> for [u8; N] {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        reader.read::<&[u8]>()?.try_into().map_err(|_| WireError::Malformed)
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        self.as_slice().write(to)
    }
}

/// Null where there is none.
impl<'a, T: Item<'a>> Item<'a> for Option<T> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        // As null is written.
        match reader.rest.strip_prefix(&[0xf6]) {
            Some(rest) => {
                reader.rest = rest;
                Ok(None)
            }
            None => reader.read().map(Some),
        }
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        match self {
            Some(item) => item.write(to),
            None => to.null().map(drop),
        }
    }
}

/// An array of as many as there are.
impl<'a, T: Item<'a>> Item<'a> for Vec<T> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
        let mut items = Self::new();
        for _ in 0..reader.array()? {
            items.push(reader.read()?);
        }
        Ok(items)
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        const { assert!(size_of::<T>() > 1, "bytes are a byte string, and written as a slice") };
        to.array(self.len() as u64)?;
        self.iter().try_for_each(|item| item.write(to))
    }
}

/// A type of one field, which stands in an item as that does.
macro_rules! transparent {
    ($($name:ident)+) => {$(
        impl<'a> $crate::cbor::Item<'a> for $name {
            fn read(reader: &mut $crate::cbor::Reader<'a>) -> Result<Self, $crate::WireError> {
                reader.read().map(Self)
            }

            fn write<W: $crate::cbor::Write>(&self, to: &mut $crate::cbor::Encoder<W>) -> $crate::cbor::Written<W> {
                self.0.write(to)
            }
        }
    )+};
}
pub(crate) use transparent;

/// Tuples are arrays of exactly their elements.
macro_rules! tuples {
    ($($length:literal: $($element:ident $at:tt)+;)+) => {$(
        impl<'a, $($element: Item<'a>),+> Item<'a> for ($($element,)+) {
            fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
                if reader.array()? != $length {
                    return Err(WireError::Malformed);
                }
                Ok(($(reader.read::<$element>()?,)+))
            }

            fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
                to.array($length)?;
                $(self.$at.write(to)?;)+
                Ok(())
            }
        }
    )+};
}

tuples! {
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    9: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    10: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    11: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
}
