//! Formatting that is open. As HTML has it, it ends where it is closed, whatever was closed before.

use ratatui::style::Style;

use super::Drawing;
use super::blocks::Run;
use super::link::{destination, says_where};
use super::tags::Inline;

/// Characters that are raised or lowered as such; others are told in brackets.
const RAISED_MOST: usize = 8;

/// A piece of formatting.
pub(super) struct Open {
    name: String,
    inline: Inline,
    /// It goes on where its block ends.
    is_formatting: bool,
    /// Blocks that were open.
    depth: usize,
    /// Where a link leads, and what it says.
    address: Option<String>,
    said: String,
    /// The text in which it was begun, and the place there.
    began: (usize, usize),
}

#[derive(Default)]
pub(super) struct Formatting(Vec<Open>);

impl Formatting {
    pub(super) fn opens(
        &mut self,
        name: &str,
        look: (Inline, bool),
        depth: usize,
        address: Option<&str>,
        began: (usize, usize),
    ) {
        let ((inline, is_formatting), address) = (look, address.and_then(destination));
        let name = name.to_owned();
        self.0.push(Open { name, inline, is_formatting, depth, address, said: String::new(), began });
    }

    /// What a block looks like, until it ends.
    pub(super) fn of_block(&mut self, inline: Inline, depth: usize) {
        self.opens("", (inline, false), depth, None, (0, 0));
    }

    /// Closes the last of a name that was opened at that depth or deeper.
    pub(super) fn closes(&mut self, name: &str, least: usize) -> Option<Open> {
        let at = self.0.iter().rposition(|open| open.name == name && open.depth >= least)?;
        Some(self.0.remove(at))
    }

    /// Closes the last that ends with the block of a depth: of a cell all do.
    pub(super) fn ends_within(&mut self, depth: usize, is_cell: bool) -> Option<Open> {
        let ends = |open: &Open| open.depth >= depth && (is_cell || !open.is_formatting);
        if let Some(at) = self.0.iter().rposition(ends) {
            return Some(self.0.remove(at));
        }
        // The others are of the block around it from now on.
        for open in &mut self.0 {
            open.depth = open.depth.min(depth.saturating_sub(1));
        }
        None
    }

    /// How many a message has opened itself.
    pub(super) fn count(&self) -> usize {
        self.0.iter().filter(|open| !open.name.is_empty()).count()
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.0.iter().any(|open| matches!(open.inline, Inline::Hidden | Inline::Gauge))
    }

    pub(super) fn is_link(&self) -> bool {
        self.0.iter().any(|open| open.address.is_some())
    }

    pub(super) fn style(&self, drawing: Drawing) -> Style {
        let looks = self.0.iter().map(|open| open.inline.style(drawing.has_colours()));
        looks.fold(Style::new(), Style::patch)
    }

    /// Remembers what a link says, as far as it may be its address.
    pub(super) fn hears(&mut self, text: &str) {
        for open in &mut self.0 {
            if open.address.as_ref().is_some_and(|address| open.said.len() <= address.len()) {
                open.said.push_str(text);
            }
        }
    }
}

impl Open {
    /// What is said where it ends.
    pub(super) fn told(&self, drawing: Drawing) -> String {
        match (self.inline, &self.address) {
            (Inline::Link, Some(address)) if !says_where(&self.said, address) => format!(" ({address})"),
            (Inline::Quoted, _) => "”".to_owned(),
            (Inline::Above, _) => ")".to_owned(),
            (Inline::Code, _) if drawing.tells_code() && !self.name.is_empty() => "`".to_owned(),
            _ => String::new(),
        }
    }

    /// What is written higher or lower, as such where there are letters for it.
    pub(super) fn shifts(&self, texts: usize, runs: &mut Vec<Run>) {
        let (table, mark) = match self.inline {
            Inline::Raised => (&RAISED, '^'),
            Inline::Lowered => (&LOWERED, '_'),
            _ => return,
        };
        let (began_in, at) = self.began;
        if began_in != texts || at >= runs.len() {
            return;
        }
        let characters = || runs[at..].iter().flat_map(|run| run.text.chars());
        let shifted = |c: char| table.iter().find(|(plain, _)| *plain == c).map(|(_, shifted)| *shifted);
        let style = runs[at].style;
        let fits = characters().take(RAISED_MOST + 1).count() <= RAISED_MOST;
        if let Some(text) = characters().map(shifted).collect::<Option<String>>().filter(|_| fits) {
            runs.truncate(at);
            runs.push(Run { text, style });
        } else {
            runs.insert(at, Run { text: format!("{mark}("), style });
            runs.push(Run { text: ")".to_owned(), style });
        }
    }
}

const RAISED: [(char, char); 17] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('i', 'ⁱ'),
    ('n', 'ⁿ'),
];

const LOWERED: [(char, char); 17] = [
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
    ('i', 'ᵢ'),
    ('n', 'ₙ'),
];
