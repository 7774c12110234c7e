//! CBOR (RFC 8949) as the protocol uses it: arrays, unsigned integers, byte and text strings,
//! booleans, null. It is written deterministically (4.2.1) and read with definite lengths only;
//! what is read is borrowed.
//!
//! An item is written by what it is made of, [`encode`]`(&("card", room))`, and read alike.
//! minicbor's own traits would write bytes as an array of numbers, and read what the protocol
//! refuses: elements too many or too few.

pub use minicbor::Encoder;
use minicbor::data::Type;
pub use minicbor::encode::Write;
use minicbor::{Decoder, decode::Error as ReadError, encode::Error as WriteError};

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

impl From<ReadError> for WireError {
    fn from(_: ReadError) -> Self {
        Self::Malformed
    }
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

/// Reads one item after the other.
pub struct Reader<'a>(Decoder<'a>);

impl<'a> Reader<'a> {
    /// At the first of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(Decoder::new(bytes))
    }

    /// Whatever is asked for.
    pub fn read<T: Item<'a>>(&mut self) -> Result<T, WireError> {
        T::read(self)
    }

    /// An array's head: how many elements it claims. That allocates nothing; elements that are not
    /// there end the reading.
    pub fn array(&mut self) -> Result<u64, WireError> {
        self.0.array()?.ok_or(WireError::Malformed)
    }

    /// The number that stands first in an array, and how many elements follow it.
    pub fn head(&mut self) -> Result<(u64, u64), WireError> {
        let rest = self.array()?.checked_sub(1).ok_or(WireError::Malformed)?;
        Ok((self.read()?, rest))
    }

    /// Passes over `count` items of whatever kind.
    pub fn skip(&mut self, count: u64) -> Result<(), WireError> {
        (0..count).try_for_each(|_| Ok(self.0.skip()?))
    }

    /// What follows the items read.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.0.input().get(self.0.position()..).unwrap_or_default()
    }
}

/// Items that minicbor has a method for, to read and to write.
macro_rules! by_minicbor {
    ($($type:ty: $method:ident;)+) => {$(
        impl<'a> Item<'a> for $type {
            fn read(reader: &mut Reader<'a>) -> Result<Self, WireError> {
                Ok(reader.0.$method()?)
            }

            fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
                to.$method(*self)?;
                Ok(())
            }
        }
    )+};
}

by_minicbor! {
    bool: bool;
    u8: u8;
    u32: u32;
    u64: u64;
    &'a [u8]: bytes;
    &'a str: str;
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
        if reader.0.datatype()? != Type::Null {
            return reader.read().map(Some);
        }
        reader.0.null()?;
        Ok(None)
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
