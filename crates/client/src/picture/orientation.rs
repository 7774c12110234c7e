//! How a camera was held, as it says itself (Exif 2.32, 4.6.2 and 4.6.4): browsers turn a picture by it.

use zeroize::Zeroizing;

use super::size::Size;
use super::{CHANNELS, Miniature};

/// The tag that tells it, and the type of its value.
const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// Bytes of a tag with its value.
const ENTRY: usize = 12;

/// From 1, as it is, to 8.
pub(super) fn orientation(exif: &[u8]) -> u16 {
    read(exif).filter(|it| (1..=8).contains(it)).unwrap_or(1)
}

fn read(exif: &[u8]) -> Option<u16> {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let is_big = match exif.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let bytes = exif.get(4..8)?.try_into().ok()?;
    let tags = if is_big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) };
    let tags = usize::try_from(tags).ok()?;
    let count = short(tags)?.into();
    let entries = (0..count).map_while(|entry: usize| tags.checked_add(2 + entry * ENTRY));
    for at in entries {
        if short(at)? == ORIENTATION {
            return if short(at + 2)? == SHORT { short(at + 8) } else { None };
        }
    }
    None
}

impl Miniature {
    /// Turned and mirrored so that it stands upright.
    pub(super) fn upright(self, orientation: u16) -> Self {
        if orientation <= 1 {
            return self;
        }
        let Size { width, height } = self.size;
        let lies = orientation >= 5;
        let size = if lies { Size { width: height, height: width } } else { self.size };
        let mut pixels = Zeroizing::new(Vec::with_capacity(self.pixels.len()));
        for row in 0..size.height {
            for column in 0..size.width {
                let (right, down) = (size.width - 1 - column, size.height - 1 - row);
                let (x, y) = match orientation {
                    2 => (right, row),
                    3 => (right, down),
                    4 => (column, down),
                    5 => (row, column),
                    6 => (row, right),
                    7 => (down, right),
                    _ => (down, column),
                };
                let at = (y * width + x) * CHANNELS;
                pixels.extend_from_slice(&self.pixels[at..at + CHANNELS]);
            }
        }
        Self { size, pixels }
    }
}
