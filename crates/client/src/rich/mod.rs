//! What others say, as lines for a terminal: formatting as far as a terminal has it, and nothing that it obeys.
//!
//! - `source`: what of a message is a tag, as the page judges it.
//! - `builder`, `frame`, `formatting`: its tokens, made into `blocks`.
//! - `picture`: pictures that stand in it.
//! - `draw`, `table`, `flow`: blocks, made into lines.
//! - `signs`: what of a text may reach a terminal.

mod attributes;
mod blocks;
mod builder;
mod draw;
mod flow;
mod formatting;
mod frame;
mod link;
mod picture;
mod signs;
mod source;
mod table;
mod tags;
#[cfg(test)]
pub(crate) mod tests;

use ratatui::style::Style;
use ratatui::text::Line;
use zeroize::Zeroizing;

pub use builder::{DEPTH_MOST, PICTURES_MOST};
pub use draw::SET_IN_LEAST;
pub use frame::SPAN_MOST;
pub use signs::{JOINED_MOST, MARKS_MOST, harmless, is_harmful};
pub use source::TAGS_MOST;
pub use table::{CELL_ROWS_MOST, COLUMN_LEAST, COLUMNS_MOST};

use crate::picture::{Miniature, Size};
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
    /// Whether half blocks can be drawn: sixteen are too few.
    pub(crate) fn draw_pictures(self) -> bool {
        matches!(self, Self::Indexed | Self::True)
    }

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

/// What a message's pictures are drawn of.
#[derive(Clone, Copy)]
pub struct Album<'a> {
    /// Rows that each takes at the most.
    pub rows: usize,
    /// Which of the message's pictures is decoded.
    pub decoded: &'a dyn Fn(usize) -> Option<&'a Miniature>,
}

impl Album<'_> {
    /// Of which none is drawn.
    pub const EMPTY: Self = Self { rows: 0, decoded: &|_| None };
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
    illustrated(html, canvas, Album::EMPTY).0
}

/// The same with its pictures, as far as they are decoded, and how large each is that can be.
#[must_use]
pub fn illustrated(html: &str, canvas: Canvas, album: Album<'_>) -> (Vec<Line<'static>>, Vec<Size>) {
    let drawing = Drawing { colours: canvas.colours, is_flat: false };
    let width = canvas.width.max(1).into();
    let mut painter = Painter::new(drawing, album);
    let built = builder::build(html, drawing);
    let mut lines = painter.blocks(&built.blocks, width, ROWS_MOST + 1);
    let dropped = painter.dropped;
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
    (lines, built.pictures.iter().map(|picture| picture.size).collect())
}

/// The bytes of one of the pictures of a message that can be drawn.
#[must_use]
pub fn picture(html: &str, at: usize) -> Option<Zeroizing<Vec<u8>>> {
    let drawing = Drawing { colours: Colours::None, is_flat: true };
    let pictures = builder::build(html, drawing).pictures;
    Some(pictures.into_iter().nth(at)?.bytes)
}

/// The text of a message, in lines as they are meant, however long they are.
#[must_use]
pub fn text(html: &str) -> String {
    let drawing = Drawing { colours: Colours::None, is_flat: true };
    let mut painter = Painter::new(drawing, Album::EMPTY);
    let lines = painter.blocks(&builder::build(html, drawing).blocks, usize::MAX, usize::MAX);
    let dropped = painter.dropped;
    let mut texts: Vec<String> = lines.iter().map(ToString::to_string).collect();
    texts.extend((dropped > 0).then(|| dropped_marks(dropped)));
    texts.join("\n")
}

/// A line of text in rows of no more than the width, by words.
#[must_use]
pub fn rows(line: &str, width: usize) -> Vec<String> {
    let mut flow = Flow::new(width, usize::MAX).wary();
    flow.text(&harmless(line), Style::new());
    flow.finish().iter().map(ToString::to_string).collect()
}

fn dropped_marks(count: usize) -> String {
    format!("[marks not shown: {count}]")
}
