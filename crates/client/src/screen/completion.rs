//! Completes commands and aliases.

use ratatui_textarea::TextArea;

use crate::commands::COMMANDS;
use crate::session::Membership;

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
        let cursor = area.cursor();
        let before: String = area.lines().get(cursor.0)?.chars().take(cursor.1).collect();
        let word = before.rsplit(char::is_whitespace).next()?.to_owned();
        let is_first = cursor.0 == 0 && word.len() == before.len();
        let candidates = match word.strip_prefix('/').filter(|_| is_first) {
            Some(name) => commands(name),
            None => aliases(&word, membership),
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

fn commands(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    let rows = COMMANDS.iter().filter(|row| row.name.starts_with(&name) && row.name != "/");
    rows.map(|row| format!("/{} ", row.name)).collect()
}

fn aliases(start: &str, membership: &Membership) -> Vec<String> {
    let start = start.to_lowercase();
    let people = membership.people().all().iter().filter(|person| !person.you);
    let named =
        people.filter(|person| person.named.alias.is_some()).map(|person| format!("{} ", person.named));
    named.filter(|name| name.to_lowercase().starts_with(&start)).collect()
}
