//! The CBOR items (RFC 8949) inside sealed boxes and beside them.

use minicbor::{Decoder, Encoder};
use zeroize::Zeroizing;

use super::SealError;

/// A plaintext is filled up to a multiple of this many bytes, so that its length tells little.
pub(super) const FILL: usize = 128;

/// Writes one array, deterministically (RFC 8949, 4.2.1).
pub(super) struct Writer(Encoder<Vec<u8>>);

/// minicbor's only error here would be its writer's, and a `Vec<u8>` takes every write.
macro_rules! put {
    ($self:ident.$method:ident($value:expr)) => {{
        let _ = $self.0.$method($value);
        $self
    }};
}

impl Writer {
    /// An array of `length` elements with `carries` bytes of content: the buffer never grows, so that
    /// no copy of it stays behind.
    pub(super) fn array(length: u64, carries: usize) -> Self {
        let mut this = Self(Encoder::new(Vec::with_capacity((carries + 64).next_multiple_of(FILL))));
        put!(this.array(length))
    }

    pub(super) fn uint(mut self, value: u64) -> Self {
        put!(self.u64(value))
    }

    pub(super) fn bytes(mut self, value: &[u8]) -> Self {
        put!(self.bytes(value))
    }

    pub(super) fn text(mut self, value: &str) -> Self {
        put!(self.str(value))
    }

    /// As it is, to be authenticated beside a box.
    pub(super) fn aad(self) -> Vec<u8> {
        self.0.into_writer()
    }

    /// Filled up with zeros, to be sealed.
    pub(super) fn filled(self) -> Zeroizing<Vec<u8>> {
        let mut item = Zeroizing::new(self.0.into_writer());
        let length = item.len().next_multiple_of(FILL);
        item.resize(length, 0);
        item
    }
}

/// Reads one array and the zeros after it; every length is definite.
pub(super) struct Reader<'a>(Decoder<'a>);

impl<'a> Reader<'a> {
    pub(super) fn new(plaintext: &'a [u8]) -> Self {
        Self(Decoder::new(plaintext))
    }

    pub(super) fn array(&mut self) -> Result<u64, SealError> {
        self.0.array().ok().flatten().ok_or(SealError::Malformed)
    }

    /// The number that stands first in an array, and how many elements follow it.
    pub(super) fn head(&mut self) -> Result<(u64, u64), SealError> {
        let rest = self.array()?.checked_sub(1).ok_or(SealError::Malformed)?;
        Ok((self.uint()?, rest))
    }

    pub(super) fn uint(&mut self) -> Result<u64, SealError> {
        self.0.u64().map_err(|_| SealError::Malformed)
    }

    pub(super) fn u32(&mut self) -> Result<u32, SealError> {
        self.0.u32().map_err(|_| SealError::Malformed)
    }

    pub(super) fn bytes_of<const N: usize>(&mut self) -> Result<[u8; N], SealError> {
        self.0.bytes().ok().and_then(|bytes| bytes.try_into().ok()).ok_or(SealError::Malformed)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, SealError> {
        self.0.str().map_err(|_| SealError::Malformed)
    }

    /// Passes over `count` items of whatever kind.
    pub(super) fn skip(&mut self, count: u64) -> Result<(), SealError> {
        (0..count).try_for_each(|_| self.0.skip().map_err(|_| SealError::Malformed))
    }

    /// Nothing but zeros may follow.
    pub(super) fn end(&self) -> Result<(), SealError> {
        let rest = self.0.input().get(self.0.position()..).unwrap_or_default();
        if rest.iter().all(|&byte| byte == 0) { Ok(()) } else { Err(SealError::Malformed) }
    }
}
