//! What others say, as lines for a terminal: formatting as far as it has any, and nothing that it obeys.

mod flow;
mod signs;

use ratatui::style::Style;
use ratatui::text::Line;

use flow::Flow;
pub use signs::{JOINED_MOST, MARKS_MOST, harmless, is_harmful};

/// How many colours a terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// None are to be used.
    None,
    /// Those sixteen that whoever sits there has chosen.
    Basic,
    /// Of a palette of 256.
    Indexed,
    /// All.
    True,
}

impl Colours {
    /// By what the environment says: `NO_COLOR` that is not empty, `COLORTERM`, `TERM`.
    #[must_use]
    pub fn of(no_color: Option<&str>, colorterm: Option<&str>, term: Option<&str>) -> Self {
        let term = term.unwrap_or_default();
        match colorterm.unwrap_or_default() {
            _ if no_color.is_some_and(|set| !set.is_empty()) || matches!(term, "" | "dumb") => Self::None,
            "truecolor" | "24bit" => Self::True,
            _ if term.contains("256color") => Self::Indexed,
            _ => Self::Basic,
        }
    }
}

/// What a message is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canvas {
    /// Columns.
    pub width: u16,
    /// Colours.
    pub colours: Colours,
}

/// Lines of one message; what goes beyond is told.
pub const ROWS_MOST: usize = 2000;

/// A message, which is HTML as its sender made it, in lines of no more than the width.
#[must_use]
pub fn lines(html: &str, canvas: Canvas) -> Vec<Line<'static>> {
    let mut flow = Flow::new(canvas.width.into(), ROWS_MOST);
    flow.text(&crate::plain::text_of(html), Style::new());
    flow.finish()
}
