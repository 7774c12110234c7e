//! A message in a terminal, of whatever width and colours.

use sanctuary_join::rich::{Canvas, Colours, ROWS_MOST, harmless, is_harmful, lines, text};

use super::Choices;

#[path = "../../crates/client/src/rich/tests/emulator.rs"]
pub(super) mod emulator;

/// Lines of notes below a message.
const NOTES: usize = 20;

/// It is text within its width, of no more lines than the bound, and a terminal does nothing but show it.
pub fn rich(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let (Some(width), Some(colours)) = (choices.next(), choices.below(4)) else { return };
    let width = u16::from(width) + 1;
    let colours = [Colours::None, Colours::Basic, Colours::Indexed, Colours::True][usize::from(colours)];
    let html = String::from_utf8_lossy(choices.0);
    let lines = lines(&html, Canvas { width, colours });
    assert!(lines.len() <= ROWS_MOST + NOTES, "{} lines", lines.len());
    for line in &lines {
        assert!(line.width() <= usize::from(width), "{line:?} is wider than {width}");
    }
    emulator::shows(&lines.iter().map(ToString::to_string).collect::<Vec<_>>());
    for shown in [text(&html), harmless(&html)] {
        assert!(!shown.chars().any(is_harmful), "{shown:?}");
        emulator::shows(&shown.lines().map(str::to_owned).collect::<Vec<_>>());
    }
}
