//! Limits of the protocol itself. The daemon's `config` has those that an operator may set.

/// Bytes of the largest card. An alias of 32 four-byte characters, two public keys, a number and a
/// signature fill 272 bytes of CBOR, padded to 384; sealed, that is IV 16 + ciphertext 400 + tag 32.
pub const CARD_MOST: usize = 448;

/// Bytes of the largest heart. A secret, a password of 256 bytes, an alias and a clock fill 435 bytes
/// of CBOR, padded to 512; sealed, that is IV 16 + ciphertext 528 + tag 32.
pub const HEART_MOST: usize = 576;

/// Bytes of the longest code to open rooms with.
pub const CODE_MOST: usize = 64;

/// The most passes in one `pass` frame.
pub const PASSES_MOST: usize = 64;

/// The most seats of a room that a daemon is believed: as many as it can be set to.
pub const SEATS_MOST: usize = 10_000;

/// Bytes a frame may be beyond the largest message it carries: array heads, numbers and an id.
pub const OVERHEAD: usize = 32;

/// Bytes of the smallest `largest_frame` that an operator may set: below it a `create` with the largest
/// heart and card would not fit.
pub const SMALLEST_LARGEST_FRAME: usize = 2048;

/// Bytes of the largest `largest_frame` that an operator may set.
pub const LARGEST_LARGEST_FRAME: usize = 1024 * 1024;
