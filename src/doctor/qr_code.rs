//! The page's address for a phone's camera.

use std::env;
use std::fmt::{self, Write as _};
use std::io::{IsTerminal as _, stdout};

use qrcode::{Color, EcLevel, QrCode};

/// What a camera wants to see around a code (ISO/IEC 18004, 6.3.8), in modules.
const MARGIN: usize = 4;

/// Why no code can be drawn where this prints; `None` where one can.
pub(super) fn obstacle() -> Option<&'static str> {
    let variable = |name| env::var(name).unwrap_or_default();
    // The first that is set decides (locale(7)).
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].map(variable);
    let locale = names.iter().find(|locale| !locale.is_empty()).map_or("", String::as_str);
    if !stdout().is_terminal() {
        Some("")
    } else if variable("TERM") == "dumb" {
        Some("this terminal draws none")
    } else if !is_utf8(locale) {
        Some("this terminal is not said to know UTF-8, as by LANG=C.UTF-8")
    } else {
        None
    }
}

/// As in `de_DE.UTF-8@euro`, `C.utf8`.
fn is_utf8(locale: &str) -> bool {
    let locale = locale.split('@').next().unwrap_or_default();
    let charset = locale.split_once('.').map_or(locale, |(_, charset)| charset);
    ["UTF-8", "UTF8"].iter().any(|utf8| charset.eq_ignore_ascii_case(utf8))
}

/// Two modules in each letter. Terminals are mostly dark: what is light in the code is what they draw.
pub(super) fn draw(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Ok(()) };
    let (width, colors) = (code.width(), code.to_colors());
    let is_light = |x: usize, y: usize| {
        let (x, y) = (x.wrapping_sub(MARGIN), y.wrapping_sub(MARGIN));
        x >= width || y >= width || colors[y * width + x] == Color::Light
    };
    let side = width + 2 * MARGIN;
    for y in (0..side).step_by(2) {
        for x in 0..side {
            f.write_char(match (is_light(x, y), y + 1 < side && is_light(x, y + 1)) {
                (true, true) => '\u{2588}',
                (true, false) => '\u{2580}',
                (false, true) => '\u{2584}',
                (false, false) => ' ',
            })?;
        }
        f.write_char('\n')?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_character_set() {
        for (locale, expected) in [
            ("C.UTF-8", true),
            ("de_DE.utf8", true),
            ("de_DE.UTF-8@euro", true),
            ("UTF-8", true),
            ("", false),
            ("C", false),
            ("POSIX", false),
            ("de_DE", false),
            ("de_DE.ISO-8859-1", false),
            ("de_DE@UTF-8", false),
        ] {
            assert_eq!(is_utf8(locale), expected, "{locale}");
        }
    }
}
