//! Pictures that a message holds itself (web/src/view/picture.ts).

use data_encoding::BASE64_NOPAD;
use zeroize::Zeroizing;

use super::link::unescaped;
use super::signs::harmless;
use crate::picture::{Miniature, Size, image_size};

/// Letters of a description, as the page has it.
const TITLE_MOST: usize = 1000;

/// Kinds that the page shows.
const KINDS: [&str; 5] = ["png", "jpg", "jpeg", "gif", "webp"];

/// A picture that is understood.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) size: Size,
    pub(super) bytes: Zeroizing<Vec<u8>>,
    alt: String,
}

impl Picture {
    /// Of a `data:` address; nothing where it is none to show.
    pub(super) fn read(address: &str, alt: &str) -> Option<Self> {
        let (head, packed) = address.split_once(',')?;
        let head: String =
            head.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        let kind = head.strip_prefix("data:image/")?.strip_suffix(";base64")?;
        let kind = kind.split(';').next()?;
        if !KINDS.contains(&kind) {
            return None;
        }
        let bytes = Zeroizing::new(unpacked(packed)?);
        let size = image_size(&bytes)?;
        Some(Self { size, bytes, alt: harmless(alt.trim()).chars().take(TITLE_MOST).collect() })
    }

    /// Whether it can be drawn, as far as its size tells.
    pub(super) fn is_drawn(&self) -> bool {
        Miniature::is_small_enough(self.size)
    }

    /// What is said of it, drawn or not.
    pub(super) fn told(&self) -> String {
        let Size { width, height, .. } = self.size;
        let alt = if self.alt.is_empty() { String::new() } else { format!(": {}", self.alt) };
        format!("[picture, {width} × {height}{alt}]")
    }
}

/// Mail and tools break lines; a `data:` address may be percent-encoded (RFC 2397), where the lines' ends are too.
fn unpacked(packed: &str) -> Option<Vec<u8>> {
    let packed: String = unescaped(packed)?.chars().filter(|c| !c.is_whitespace()).collect();
    BASE64_NOPAD.decode(packed.trim_end_matches('=').as_bytes()).ok()
}
