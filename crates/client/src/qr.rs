//! An invitation for a phone's camera.

use qrcode::{Color, EcLevel, QrCode};
use zeroize::Zeroizing;

/// What a camera wants to see around a code (ISO/IEC 18004, 6.3.8), in modules.
const MARGIN: usize = 4;

/// The code, two modules in each letter, or nothing where a text is too long for one. Terminals are mostly dark: what is
/// light in the code is what they draw.
pub(crate) fn draw(text: &str) -> Option<Zeroizing<String>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let is_light = |x: usize, y: usize| {
        let (x, y) = (x.wrapping_sub(MARGIN), y.wrapping_sub(MARGIN));
        x >= width || y >= width || colors[y * width + x] == Color::Light
    };
    let side = width + 2 * MARGIN;
    let mut drawn = Zeroizing::new(String::new());
    for y in (0..side).step_by(2) {
        drawn.extend((0..side).map(|x| match (is_light(x, y), y + 1 < side && is_light(x, y + 1)) {
            (true, true) => '\u{2588}',
            (true, false) => '\u{2580}',
            (false, true) => '\u{2584}',
            (false, false) => ' ',
        }));
        drawn.push('\n');
    }
    Some(drawn)
}
