//! Draws blocks, one under the other, in lines of a width.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::blocks::{Block, Margin};
use super::flow::Flow;
use super::{Album, Drawing};

/// Columns that something set in has at the least; where there are fewer it is not set in further.
pub const SET_IN_LEAST: usize = 8;

/// A line across.
const RULE: &str = "─";

/// Draws, and counts what is left out.
pub(super) struct Painter<'a> {
    pub(super) album: Album<'a>,
    pub(super) drawing: Drawing,
    /// Marks that were too many.
    pub(super) dropped: usize,
    /// A table in a table is drawn as rows, or each would be measured as often as it is deep.
    pub(super) is_in_table: bool,
}

impl<'a> Painter<'a> {
    pub(super) fn new(drawing: Drawing, album: Album<'a>) -> Self {
        Self { album, drawing, dropped: 0, is_in_table: false }
    }

    /// No more lines than `most`.
    pub(super) fn blocks(&mut self, blocks: &[Block], width: usize, most: usize) -> Vec<Line<'static>> {
        let mut lines = vec![];
        for block in blocks {
            let left = most - lines.len();
            if left == 0 {
                break;
            }
            match block {
                Block::Text(runs) => {
                    let mut flow = Flow::new(width, left);
                    for run in runs {
                        flow.text(&run.text, run.style);
                    }
                    self.dropped += flow.dropped;
                    lines.append(&mut flow.finish());
                }
                Block::Rule if self.drawing.is_flat => lines.push(Line::from("---")),
                Block::Rule => lines.push(Line::from(RULE.repeat(width))),
                Block::SetIn(margin, blocks) => lines.append(&mut self.set_in(margin, blocks, width, left)),
                Block::Picture(at) => lines.append(&mut self.picture(*at, width, left)),
                Block::Table(rows) => lines.append(&mut self.table(rows, width, left)),
            }
        }
        lines
    }

    fn picture(&self, at: usize, width: usize, most: usize) -> Vec<Line<'static>> {
        let miniature = (self.album.decoded)(at);
        let rows = self.album.rows.min(most);
        miniature.map_or(vec![], |miniature| miniature.draw(width, rows, self.drawing.colours))
    }

    fn set_in(&mut self, margin: &Margin, blocks: &[Block], width: usize, most: usize) -> Vec<Line<'static>> {
        let (first, rest) = match margin {
            Margin::Quote if self.drawing.is_flat => ("> ", "> "),
            Margin::Quote => ("│ ", "│ "),
            Margin::Item(_, marker) => (marker.as_str(), ""),
            Margin::Unfolded => ("▾ ", ""),
            Margin::Blank => ("  ", "  "),
        };
        let columns = Span::raw(first).width();
        let inner = width.saturating_sub(columns);
        if inner < SET_IN_LEAST {
            return self.blocks(blocks, width, most);
        }
        let rest = if rest.is_empty() { " ".repeat(columns) } else { rest.to_owned() };
        let mut lines = self.blocks(blocks, inner, most);
        if lines.is_empty() {
            lines.push(Line::default());
        }
        for (at, line) in lines.iter_mut().enumerate() {
            let before = if at == 0 { first.to_owned() } else { rest.clone() };
            line.spans.insert(0, Span::styled(before, Style::new()));
        }
        lines
    }
}
