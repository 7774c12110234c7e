//! CBOR (RFC 8949) as the protocol uses it: arrays, unsigned integers, byte strings, booleans, null.

use minicbor::decode::Error;
use minicbor::{Decoder, Encoder};

/// Why bytes are not a frame. It names no byte of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Not CBOR, cut short, or not of the frame's form.
    #[error("not a frame of the protocol")]
    Malformed,
    /// Something follows the frame.
    #[error("bytes after the frame")]
    Trailing,
}

impl From<Error> for WireError {
    fn from(_: Error) -> Self {
        Self::Malformed
    }
}

/// Reads one item after the other; every length is definite.
pub(super) struct Reader<'a>(Decoder<'a>);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(Decoder::new(bytes))
    }

    /// An array's head. The claim is not believed: it allocates nothing, and elements that are not
    /// there end the reading.
    pub(super) fn array(&mut self) -> Result<u64, WireError> {
        self.0.array()?.ok_or(WireError::Malformed)
    }

    pub(super) fn array_of(&mut self, length: u64) -> Result<(), WireError> {
        if self.array()? == length { Ok(()) } else { Err(WireError::Malformed) }
    }

    pub(super) fn uint(&mut self) -> Result<u64, WireError> {
        Ok(self.0.u64()?)
    }

    pub(super) fn bool(&mut self) -> Result<bool, WireError> {
        Ok(self.0.bool()?)
    }

    pub(super) fn bytes(&mut self) -> Result<&'a [u8], WireError> {
        Ok(self.0.bytes()?)
    }

    pub(super) fn bytes_of<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        self.bytes()?.try_into().map_err(|_| WireError::Malformed)
    }

    /// A byte string of 1 to `most` bytes.
    pub(super) fn bytes_within(&mut self, most: usize) -> Result<&'a [u8], WireError> {
        let bytes = self.bytes()?;
        if (1..=most).contains(&bytes.len()) { Ok(bytes) } else { Err(WireError::Malformed) }
    }

    pub(super) fn uint_or_null(&mut self) -> Result<Option<u64>, WireError> {
        if self.0.datatype()? == minicbor::data::Type::Null {
            self.0.null()?;
            Ok(None)
        } else {
            Ok(Some(self.uint()?))
        }
    }

    pub(super) fn end(&self) -> Result<(), WireError> {
        if self.0.position() == self.0.input().len() { Ok(()) } else { Err(WireError::Trailing) }
    }
}

/// An enum that stands in a frame as a number.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant = $code,)* }

        impl TryFrom<u64> for $name {
            type Error = WireError;

            fn try_from(code: u64) -> Result<Self, WireError> {
                match code {
                    $($code => Ok(Self::$variant),)*
                    _ => Err(WireError::Malformed),
                }
            }
        }
    };
}
pub(super) use coded;

/// Writes one frame into one buffer of the right size.
pub(super) struct Writer(Encoder<Vec<u8>>);

/// minicbor's only error here would be its writer's, and a `Vec<u8>` takes every write.
macro_rules! put {
    ($self:ident.$method:ident($value:expr)) => {{
        let _ = $self.0.$method($value);
        $self
    }};
}

impl Writer {
    /// `[kind, …]` with `length` elements in all; `carries` bytes of content are expected.
    pub(super) fn frame(length: u64, kind: u8, carries: usize) -> Self {
        let buffer = Vec::with_capacity(carries + super::limits::OVERHEAD);
        Self(Encoder::new(buffer)).array(length).uint(kind.into())
    }

    pub(super) fn array(mut self, length: u64) -> Self {
        put!(self.array(length))
    }

    pub(super) fn uint(mut self, value: u64) -> Self {
        put!(self.u64(value))
    }

    pub(super) fn bytes(mut self, value: &[u8]) -> Self {
        put!(self.bytes(value))
    }

    pub(super) fn bool(mut self, value: bool) -> Self {
        put!(self.bool(value))
    }

    pub(super) fn uint_or_null(mut self, value: Option<u64>) -> Self {
        if let Some(value) = value {
            self.uint(value)
        } else {
            let _ = self.0.null();
            self
        }
    }

    pub(super) fn done(self) -> Vec<u8> {
        self.0.into_writer()
    }
}
