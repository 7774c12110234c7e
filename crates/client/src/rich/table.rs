//! Tables: columns side by side where they have room, else rows one under the other.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::blocks::Cell;
use super::draw::Painter;
use super::flow::Flow;

/// Columns that are drawn side by side; a table of more is drawn as rows.
pub const COLUMNS_MOST: usize = 24;

/// Signs that a column has room for at the least; where there are fewer, the table is drawn as rows.
pub const COLUMN_LEAST: usize = 6;

/// Lines of one cell.
pub const CELL_ROWS_MOST: usize = 200;

const BETWEEN: &str = " │ ";
const BETWEEN_WIDTH: usize = 3;
const IN_A_ROW: &str = " | ";

/// A cell, and the column in which it begins.
type Placed<'a> = (usize, &'a Cell);

impl Painter<'_> {
    pub(super) fn table(&mut self, rows: &[Vec<Cell>], width: usize, most: usize) -> Vec<Line<'static>> {
        let grid = placed(rows);
        let columns = grid.iter().flatten().map(|(at, cell)| at + cell.columns).max().unwrap_or(0);
        if self.is_in_table || self.drawing.is_flat || columns > COLUMNS_MOST {
            return self.rows(rows, width, most);
        }
        self.is_in_table = true;
        let widths = self.widths(&grid, columns, width);
        let lines = match widths {
            Some(widths) => self.grid(&grid, &widths, most),
            None => self.rows(rows, width, most),
        };
        self.is_in_table = false;
        lines
    }

    /// Each row in lines of its own.
    fn rows(&mut self, rows: &[Vec<Cell>], width: usize, most: usize) -> Vec<Line<'static>> {
        let mut lines = vec![];
        let cell_rows = if self.drawing.is_flat { usize::MAX } else { CELL_ROWS_MOST };
        for row in rows {
            let left = most - lines.len();
            if left == 0 {
                break;
            }
            let mut flow = Flow::new(width, left);
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    flow.text(IN_A_ROW, Style::new());
                }
                for (at, line) in self.blocks(&cell.blocks, usize::MAX, cell_rows).into_iter().enumerate() {
                    if at > 0 {
                        flow.text(" ", Style::new());
                    }
                    for span in line.spans {
                        flow.text(&span.content, span.style);
                    }
                }
            }
            lines.append(&mut flow.finish());
        }
        lines
    }

    /// How wide each column is to be, where there is room for all of them.
    fn widths(&mut self, grid: &[Vec<Placed<'_>>], columns: usize, width: usize) -> Option<Vec<usize>> {
        let between = BETWEEN_WIDTH * columns.saturating_sub(1);
        let room = width.checked_sub(between)?;
        let mut widths = vec![1; columns];
        let dropped = self.dropped;
        for (at, cell) in grid.iter().flatten().filter(|(_, cell)| cell.columns == 1) {
            let lines = self.blocks(&cell.blocks, room, CELL_ROWS_MOST);
            let widest = lines.iter().map(Line::width).max().unwrap_or(0);
            widths[*at] = widths[*at].max(widest);
        }
        // They are drawn again.
        self.dropped = dropped;
        let too_many = |widths: &[usize]| widths.iter().sum::<usize>().saturating_sub(room);
        while too_many(&widths) > 0 {
            let widest = widths.iter_mut().max()?;
            if *widest <= COLUMN_LEAST {
                return None;
            }
            *widest -= 1;
        }
        Some(widths)
    }

    fn grid(&mut self, grid: &[Vec<Placed<'_>>], widths: &[usize], most: usize) -> Vec<Line<'static>> {
        let mut lines = vec![];
        for row in grid {
            let room = CELL_ROWS_MOST.min(most - lines.len());
            let mut cells = vec![];
            for (at, cell) in row {
                let spanned = &widths[*at..*at + cell.columns];
                let width = spanned.iter().sum::<usize>() + BETWEEN_WIDTH * (cell.columns - 1);
                cells.push((*at, width, self.blocks(&cell.blocks, width, room).into_iter()));
            }
            let height = cells.iter().map(|(.., lines)| lines.len()).max().unwrap_or(0).max(1);
            for _ in 0..height.min(room) {
                lines.push(side_by_side(&mut cells, widths));
            }
            if row.iter().any(|(_, cell)| cell.is_header) && row.iter().all(|(_, cell)| cell.is_header) {
                let rule: Vec<_> = widths.iter().map(|width| "─".repeat(*width)).collect();
                lines.push(Line::from(rule.join("─┼─")));
                lines.truncate(most);
            }
        }
        lines
    }
}

/// The next line of each cell, with blanks up to the next column.
fn side_by_side(
    cells: &mut [(usize, usize, std::vec::IntoIter<Line<'static>>)],
    widths: &[usize],
) -> Line<'static> {
    let (mut spans, mut column): (Vec<Span<'static>>, usize) = (vec![], 0);
    let mut cells = cells.iter_mut().peekable();
    while column < widths.len() {
        if column > 0 {
            spans.push(Span::raw(BETWEEN));
        }
        let Some((at, width, lines)) = cells.next_if(|(at, ..)| *at == column) else {
            spans.push(Span::raw(" ".repeat(widths[column])));
            column += 1;
            continue;
        };
        let line = lines.next().unwrap_or_default();
        let blank = width.saturating_sub(line.width());
        spans.extend(line.spans);
        spans.push(Span::raw(" ".repeat(blank)));
        column = *at + span_of(widths, *at, *width);
    }
    Line::from(spans)
}

/// Over how many columns a width goes.
fn span_of(widths: &[usize], at: usize, width: usize) -> usize {
    let (mut taken, mut span) = (widths[at], 1);
    while taken < width {
        taken += BETWEEN_WIDTH + widths[at + span];
        span += 1;
    }
    span
}

/// In which column each cell begins: those of rows further up may reach down.
fn placed(rows: &[Vec<Cell>]) -> Vec<Vec<Placed<'_>>> {
    let mut reaching: Vec<usize> = vec![];
    let mut grid = vec![];
    for row in rows {
        let (mut column, mut placed) = (0, vec![]);
        let mut next: Vec<usize> = reaching.iter().map(|rows| rows.saturating_sub(1)).collect();
        for cell in row {
            while reaching.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            placed.push((column, cell));
            let end = column + cell.columns;
            next.resize(next.len().max(end), 0);
            next[column..end].fill(cell.rows - 1);
            column = end;
        }
        reaching = next;
        grid.push(placed);
    }
    grid
}
