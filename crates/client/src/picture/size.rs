//! How large a picture is, read from its first bytes as decoders read them (web/src/picture/image-size.ts). One that is not
//! understood has no size, and is not shown.

/// Columns and rows of pixels, none of them nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Size {
    /// Pixels in all.
    #[must_use]
    pub fn pixels(self) -> usize {
        self.width.saturating_mul(self.height)
    }

    /// As large as fits, no larger than it is, and of the same shape as far as whole pixels have it.
    #[must_use]
    pub(super) fn within(self, most: Self) -> Self {
        let Self { width, height } = self;
        if width <= most.width && height <= most.height {
            return self;
        }
        let scaled = |side: usize, by: usize, of: usize| (side.saturating_mul(by) / of).max(1);
        if width.saturating_mul(most.height) >= height.saturating_mul(most.width) {
            Self { width: most.width, height: scaled(height, most.width, width) }
        } else {
            Self { width: scaled(width, most.height, height), height: most.height }
        }
    }
}

/// The size of a PNG, GIF, WebP or JPEG; nothing of anything else, whatever it calls itself.
pub(crate) fn image_size(bytes: &[u8]) -> Option<Size> {
    let bytes = Bytes(bytes);
    let size = [png, gif, webp, jpeg].into_iter().find_map(|read| read(bytes));
    size.filter(|size| size.width > 0 && size.height > 0)
}

#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn begins(self, at: usize, mark: &[u8]) -> bool {
        self.0.get(at..).is_some_and(|bytes| bytes.starts_with(mark))
    }

    fn byte(self, at: usize) -> Option<usize> {
        self.0.get(at).map(|byte| usize::from(*byte))
    }

    /// Of so many bytes, the most significant first.
    fn big(self, at: usize, length: usize) -> Option<usize> {
        let bytes = self.0.get(at..at + length)?;
        Some(bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    /// The least significant first.
    fn little(self, at: usize, length: usize) -> Option<usize> {
        let bytes = self.0.get(at..at + length)?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }
}

/// PNG (third edition), 5.2 and 11.2.1.
fn png(bytes: Bytes<'_>) -> Option<Size> {
    let is_png = bytes.begins(0, b"\x89PNG\r\n\x1a\n") && bytes.begins(12, b"IHDR");
    if !is_png {
        return None;
    }
    Some(Size { width: bytes.big(16, 4)?, height: bytes.big(20, 4)? })
}

/// `GIF89a`, 18.
fn gif(bytes: Bytes<'_>) -> Option<Size> {
    if !bytes.begins(0, b"GIF87a") && !bytes.begins(0, b"GIF89a") {
        return None;
    }
    Some(Size { width: bytes.little(6, 2)?, height: bytes.little(8, 2)? })
}

/// RFC 9649, 2.5 to 2.7, and RFC 6386, 9.1.
fn webp(bytes: Bytes<'_>) -> Option<Size> {
    if !bytes.begins(0, b"RIFF") || !bytes.begins(8, b"WEBP") {
        return None;
    }
    if bytes.begins(12, b"VP8X") {
        return Some(Size { width: bytes.little(24, 3)? + 1, height: bytes.little(27, 3)? + 1 });
    }
    if bytes.begins(12, b"VP8L") && bytes.byte(20)? == 0x2f {
        let bits = bytes.little(21, 4)?;
        return Some(Size { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 });
    }
    if bytes.begins(12, b"VP8 ") && bytes.begins(23, b"\x9d\x01\x2a") {
        return Some(Size { width: bytes.little(26, 2)? & 0x3fff, height: bytes.little(28, 2)? & 0x3fff });
    }
    None
}

/// ITU-T T.81, B.2: tables and application data, then the frame. Anything else before it is not waded through.
fn jpeg(bytes: Bytes<'_>) -> Option<Size> {
    if !bytes.begins(0, b"\xff\xd8") {
        return None;
    }
    let mut at = 2;
    loop {
        if bytes.byte(at)? != 0xff {
            return None;
        }
        while bytes.byte(at + 1)? == 0xff {
            at += 1;
        }
        let marker = bytes.byte(at + 1)?;
        let is_table = matches!(marker, 0xc4 | 0xcc | 0xdb | 0xdd | 0xfe) || marker & 0xf0 == 0xe0;
        if !is_table {
            let is_frame = marker & 0xf0 == 0xc0 && marker != 0xc8;
            let size = Size { width: bytes.big(at + 7, 2)?, height: bytes.big(at + 5, 2)? };
            return is_frame.then_some(size);
        }
        at += 2 + bytes.big(at + 2, 2)?;
    }
}
