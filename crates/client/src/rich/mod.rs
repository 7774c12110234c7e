//! What others say, as lines for a terminal: formatting as far as a terminal has it, and nothing that it obeys.
//!
//! - `source`: what of a message is a tag, as the page judges it.
//! - `builder`, `frame`, `formatting`: its tokens, made into `blocks`.
//! - `draw`, `table`, `flow`, `picture`: blocks, made into lines.
//! - `signs`: what of a text may reach a terminal.

mod attributes;
mod blocks;
mod builder;
mod draw;
mod flow;
mod formatting;
mod frame;
mod image_size;
mod link;
mod picture;
mod signs;
mod source;
mod table;
mod tags;
#[cfg(test)]
mod tests;

use ratatui::style::Style;
use ratatui::text::Line;

pub use builder::DEPTH_MOST;
pub use draw::SET_IN_LEAST;
pub use frame::SPAN_MOST;
pub use signs::{JOINED_MOST, MARKS_MOST, harmless, is_harmful};
pub use source::TAGS_MOST;
pub use table::{CELL_ROWS_MOST, COLUMN_LEAST, COLUMNS_MOST};

use draw::Painter;
use flow::Flow;

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

/// Lines of one message; that there would be more is told below.
pub const ROWS_MOST: usize = 2000;

/// Lines of a note on a message.
const NOTE_ROWS_MOST: usize = 10;

/// Said in the place of further lines.
const MORE: &str = "[the message goes on: it has too many lines to be shown]";

/// How blocks are to be drawn.
#[derive(Clone, Copy, Debug)]
struct Drawing {
    colours: Colours,
    /// For whoever hears lines, or reads them by a program: nothing stands side by side.
    is_flat: bool,
}

impl Drawing {
    fn has_colours(self) -> bool {
        self.colours != Colours::None
    }

    /// Whether code is told apart by signs.
    fn tells_code(self) -> bool {
        !self.is_flat && !self.has_colours()
    }
}

/// A message, which is HTML as its sender made it, in lines of no more than the width.
#[must_use]
pub fn lines(html: &str, canvas: Canvas) -> Vec<Line<'static>> {
    let drawing = Drawing { colours: canvas.colours, is_flat: false };
    let width = canvas.width.max(1).into();
    let (mut lines, dropped) = drawn(html, drawing, width, ROWS_MOST + 1);
    let mut notes = vec![];
    if lines.len() > ROWS_MOST {
        lines.truncate(ROWS_MOST);
        notes.push(MORE.to_owned());
    }
    notes.extend((dropped > 0).then(|| dropped_marks(dropped)));
    for note in notes {
        let mut flow = Flow::new(width, NOTE_ROWS_MOST);
        flow.text(&note, Style::new());
        lines.append(&mut flow.finish());
    }
    lines
}

/// The text of a message, in lines as they are meant, however long they are.
#[must_use]
pub fn text(html: &str) -> String {
    let drawing = Drawing { colours: Colours::None, is_flat: true };
    let (lines, dropped) = drawn(html, drawing, usize::MAX, usize::MAX);
    let mut texts: Vec<String> = lines.iter().map(ToString::to_string).collect();
    texts.extend((dropped > 0).then(|| dropped_marks(dropped)));
    texts.join("\n")
}

/// The lines, and how many marks were too many.
fn drawn(html: &str, drawing: Drawing, width: usize, most: usize) -> (Vec<Line<'static>>, usize) {
    let mut painter = Painter::new(drawing);
    let lines = painter.blocks(&builder::build(html, drawing), width, most);
    (lines, painter.dropped)
}

fn dropped_marks(count: usize) -> String {
    format!("[marks not shown: {count}]")
}
