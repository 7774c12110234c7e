//! Pictures, made small enough for the cells of a terminal. Decoders read what others have made: what they are given is
//! bounded before, and of what they make a few thousand pixels are kept.
//!
//! - `size`: how large a picture is, by its first bytes.
//! - `decode`: each kind by its decoder, which hands rows of pixels to
//! - `shrink`, which makes them few, and `orientation`, which turns them as the camera was held.
//! - `cells`: what is kept, as half blocks.
//! - `apart`: all of it but the cells in a process of its own, which may end by what it is given.

mod apart;
mod cells;
mod decode;
mod orientation;
mod shrink;
mod size;
#[cfg(test)]
pub(crate) mod tests;

use std::fmt;

use zeroize::Zeroizing;

pub use decode::{BYTES_MOST, PIXELS_MOST, SCANS_MOST};
pub use size::Size;

pub(crate) use apart::{Decoders, serve};
pub(crate) use size::image_size;

/// The largest that is kept of a picture: what a large window has place for.
pub const KEPT_MOST: Size = Size { width: 192, height: 112 };

/// Bytes of a pixel: red, green, blue, and how far it covers what is behind it.
const CHANNELS: usize = 4;

/// A picture made small.
pub struct Miniature {
    size: Size,
    pixels: Zeroizing<Vec<u8>>,
}

impl Miniature {
    /// Decodes a PNG, JPEG, WebP or GIF, of which the first frame; nothing where it is too large, broken, or another kind.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        decode::decode(bytes)
    }

    /// Whether its like would be decoded, as far as its size tells.
    pub(crate) fn is_small_enough(size: Size) -> bool {
        size.pixels() <= PIXELS_MOST
    }
}

/// What it shows is nobody's business.
impl fmt::Debug for Miniature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Miniature({} × {})", self.size.width, self.size.height)
    }
}
