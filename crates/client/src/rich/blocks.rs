//! What a message comes to: blocks, one under the other.

use ratatui::style::Style;

/// What stands in lines of its own.
#[derive(Debug)]
pub(super) enum Block {
    /// Text, in which lines may end.
    Text(Vec<Run>),
    /// A line across.
    Rule,
    /// Blocks that are set in.
    SetIn(Margin, Vec<Block>),
    /// A picture that can be drawn: which of the message's.
    Picture(usize),
    /// Rows of cells.
    Table(Vec<Vec<Cell>>),
}

/// What stands before blocks that are set in.
#[derive(Debug)]
pub(super) enum Margin {
    /// A line down the side: somebody else said it.
    Quote,
    /// What an item of a list is counted as, where it says that itself, and what is written before it.
    Item(Option<i64>, String),
    /// What is unfolded here.
    Unfolded,
    /// Nothing.
    Blank,
}

/// A harmless text of one look.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
}

/// A place of a table, and how many it takes.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Block>,
    pub(super) is_header: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
}
