//! A block that is open, and what it comes to when it is closed.

use super::blocks::{Block, Cell, Margin};
use super::tags::Kind;

/// Columns or rows that a cell may span, as the page has it.
pub const SPAN_MOST: usize = 50;

/// Numbers that are told in Roman ones.
const ROMAN_MOST: i64 = 3999;

/// Before an item that is not counted.
const BULLET: &str = "- ";

pub(super) struct Frame {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) blocks: Vec<Block>,
    rows: Vec<Vec<Cell>>,
    cells: Vec<Cell>,
    /// Of a list: from which number on, by which digits, and whether downwards.
    start: Option<i64>,
    digits: char,
    is_reversed: bool,
    /// Of an item.
    pub(super) value: Option<i64>,
    /// Of a cell.
    columns: usize,
    spanned_rows: usize,
}

impl Frame {
    pub(super) fn new(name: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            blocks: vec![],
            rows: vec![],
            cells: vec![],
            start: None,
            digits: '1',
            is_reversed: false,
            value: None,
            columns: 1,
            spanned_rows: 1,
        }
    }

    /// How a list counts.
    pub(super) fn counts(&mut self, start: Option<i64>, digits: Option<char>, is_reversed: bool) {
        (self.start, self.is_reversed) = (start, is_reversed);
        self.digits = digits.unwrap_or(self.digits);
    }

    /// How many places a cell takes.
    pub(super) fn spans(&mut self, columns: Option<i64>, rows: Option<i64>) {
        let within = |span: Option<i64>| {
            let span = span.and_then(|span| usize::try_from(span).ok());
            span.filter(|span| (1..=SPAN_MOST).contains(span)).unwrap_or(1)
        };
        (self.columns, self.spanned_rows) = (within(columns), within(rows));
    }

    pub(super) fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }

    /// Hands what it holds to the block around it.
    pub(super) fn close(mut self, around: &mut Self) {
        let is_of_table = matches!(around.kind, Kind::Table | Kind::Rows);
        match self.kind {
            Kind::Quote => around.blocks.push(Block::SetIn(Margin::Quote, self.blocks)),
            Kind::Explanation => around.blocks.push(Block::SetIn(Margin::Blank, self.blocks)),
            Kind::Summary => around.blocks.push(Block::SetIn(Margin::Unfolded, self.blocks)),
            Kind::Item => {
                let margin = Margin::Item(self.value, BULLET.to_owned());
                around.blocks.push(Block::SetIn(margin, self.blocks));
            }
            Kind::List(is_counted) => {
                if is_counted {
                    self.count();
                }
                around.blocks.append(&mut self.blocks);
            }
            Kind::Cell(is_header) if around.kind == Kind::Row => around.cells.push(Cell {
                blocks: self.blocks,
                is_header,
                columns: self.columns,
                rows: self.spanned_rows,
            }),
            Kind::Row if is_of_table => {
                around.blocks.append(&mut self.blocks);
                around.rows.push(self.cells);
            }
            Kind::Rows if is_of_table => {
                around.blocks.append(&mut self.blocks);
                around.rows.append(&mut self.rows);
            }
            Kind::Table | Kind::Rows | Kind::Row => {
                self.rows.push(self.cells);
                self.rows.retain(|row| !row.is_empty());
                // Text between its cells is shown before it, as browsers do.
                around.blocks.append(&mut self.blocks);
                if !self.rows.is_empty() {
                    around.blocks.push(Block::Table(self.rows));
                }
            }
            _ => around.blocks.append(&mut self.blocks),
        }
    }

    /// Writes its number before each item.
    fn count(&mut self) {
        let items = |block: &&mut Block| matches!(block, Block::SetIn(Margin::Item(..), _));
        let count = i64::try_from(self.blocks.iter_mut().filter(items).count()).unwrap_or(i64::MAX);
        let mut next = self.start.unwrap_or(if self.is_reversed { count } else { 1 });
        for block in &mut self.blocks {
            if let Block::SetIn(Margin::Item(value, marker), _) = block {
                let number = value.unwrap_or(next);
                *marker = format!("{}. ", written(number, self.digits));
                next = if self.is_reversed { number.saturating_sub(1) } else { number.saturating_add(1) };
            }
        }
    }
}

fn written(number: i64, digits: char) -> String {
    match digits {
        'a' if number > 0 => letters(number),
        'A' if number > 0 => letters(number).to_uppercase(),
        'i' if (1..=ROMAN_MOST).contains(&number) => roman(number),
        'I' if (1..=ROMAN_MOST).contains(&number) => roman(number).to_uppercase(),
        _ => number.to_string(),
    }
}

fn letters(mut number: i64) -> String {
    let mut written = vec![];
    while number > 0 {
        number -= 1;
        written.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    written.iter().rev().collect()
}

fn roman(mut number: i64) -> String {
    const DIGITS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut written = String::new();
    for (value, digits) in DIGITS {
        while number >= value {
            written.push_str(digits);
            number -= value;
        }
    }
    written
}
