//! Completes commands and aliases.

use ratatui_textarea::TextArea;

use crate::commands::{COMMANDS, SLASHES, Takes};
use crate::session::{Membership, Person};

/// What may stand in the place of a word, and what stands there now.
#[derive(Debug)]
pub(super) struct Completion {
    candidates: Vec<String>,
    at: Option<usize>,
    /// Signs of what stands there now.
    length: usize,
}

impl Completion {
    /// For the word before the cursor, if anything fits.
    pub(super) fn of(area: &TextArea<'_>, membership: &Membership) -> Option<Self> {
        let (row, column) = (area.cursor().0, area.cursor().1);
        let before: String = area.lines().get(row)?.chars().take(column).collect();
        let word = before.rsplit(char::is_whitespace).next()?;
        let candidates = match word.strip_prefix(SLASHES) {
            Some(name) if row == 0 && word.len() == before.len() => commands(name),
            _ => aliases(word, membership),
        };
        let length = word.chars().count();
        (!candidates.is_empty()).then_some(Self { candidates, at: None, length })
    }

    /// Puts the next in the place of what stands there.
    pub(super) fn step(&mut self, area: &mut TextArea<'_>, is_backwards: bool) {
        let count = self.candidates.len();
        let at = match self.at {
            None if is_backwards => count - 1,
            None => 0,
            Some(at) if is_backwards => (at + count - 1) % count,
            Some(at) => (at + 1) % count,
        };
        for _ in 0..self.length {
            area.delete_char();
        }
        area.insert_str(&self.candidates[at]);
        (self.at, self.length) = (Some(at), self.candidates[at].chars().count());
    }
}

/// With a blank where something else is to follow.
fn commands(start: &str) -> Vec<String> {
    let start = start.to_lowercase();
    let rows = COMMANDS.iter().filter(|row| row.name.starts_with(&start) && row.takes != Takes::Message);
    rows.map(|row| format!("/{}{}", row.name, if row.takes == Takes::Nothing { "" } else { " " })).collect()
}

/// Of the others, with a blank; whoever begins with `@` mentions one.
fn aliases(start: &str, membership: &Membership) -> Vec<String> {
    let (at, start) = start.strip_prefix('@').map_or(("", start), |start| ("@", start));
    let start = start.to_lowercase();
    let is_other = |person: &&Person| !person.you && person.named.alias.is_some();
    let others = membership.people().all().iter().filter(is_other).map(|person| person.named.to_string());
    let fitting = others.filter(|name| name.to_lowercase().starts_with(&start));
    fitting.map(|name| format!("{at}{name} ")).collect()
}
