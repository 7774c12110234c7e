//! Limits of the protocol itself. The daemon's `config` has those that an operator may set.

/// Bytes of the largest card. An alias of 32 four-byte characters and a public key fill 165 bytes of
/// CBOR, padded to 256; sealed, that is IV 16 + ciphertext 272 + tag 32.
pub const CARD_MOST: usize = 320;

/// Bytes of the longest code to open rooms with.
pub const CODE_MOST: usize = 64;

/// The most passes in one `pass` frame.
pub const PASSES_MOST: usize = 64;

/// Bytes a frame may be beyond the largest message it carries: array heads, numbers and an id.
pub const OVERHEAD: usize = 32;

/// Bytes of the smallest `largest_frame` that an operator may set: below it an `enter` with the largest
/// card would not fit.
pub const SMALLEST_LARGEST_FRAME: usize = 1024;

/// Bytes of the largest `largest_frame` that an operator may set.
pub const LARGEST_LARGEST_FRAME: usize = 1024 * 1024;
