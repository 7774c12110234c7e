//! The members, with what is to be known of each.

use ratatui::text::{Line as Row, Span};

use super::looks::{BOLD, DIM, Looks};
use crate::session::{Membership, Person, Standing};
use crate::words;

/// Columns of the pane.
pub(super) const WIDTH: u16 = 26;

/// Columns of a window that has place for it beside the conversation.
pub(super) const WINDOW_LEAST: u16 = 70;

/// As many as fit, and how many more there are.
pub(super) fn rows(membership: &Membership, looks: Looks, width: u16, height: usize) -> Vec<Row<'static>> {
    let people = membership.people().all();
    let mut rows = vec![Row::styled(format!("{} here", people.len()), BOLD)];
    for (at, person) in people.iter().enumerate() {
        let own = of(membership, person, looks, width.into());
        let is_last = at + 1 == people.len();
        if rows.len() + own.len() + usize::from(!is_last) > height {
            rows.push(Row::styled(format!("… and {} more", people.len() - at), DIM));
            break;
        }
        rows.extend(own);
    }
    rows
}

/// Name and marks, and below them for whom it can be taken.
fn of(membership: &Membership, person: &Person, looks: Looks, width: usize) -> Vec<Row<'static>> {
    let marks = [
        (person.you, "you"),
        (membership.group().keeper() == Some(person.id), "keeper"),
        (person.away, "away"),
        (membership.is_verified(person), "verified"),
        (membership.is_ignored(person), "ignored"),
        (person.standing == Standing::NotReady, "not ready"),
        (person.standing == Standing::Unreadable, "unreadable"),
    ];
    let marks: Vec<&str> = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
    let name = Span::styled(person.named.to_string(), looks.name(person));
    let mut rows = in_rows(name, &marks, width);
    if let Some(lookalike) = membership.lookalike(person) {
        rows.push(Row::styled(format!("  {}", words::looks_like(lookalike)), looks.warning()));
    }
    rows
}

/// In one row, or in two where the name is long.
fn in_rows(name: Span<'static>, marks: &[&str], width: usize) -> Vec<Row<'static>> {
    let mut name = Row::from(name);
    if marks.is_empty() {
        return vec![name];
    }
    let marks = Span::styled(format!(" {}", marks.join(", ")), DIM);
    if name.width() + marks.width() <= width {
        name.spans.push(marks);
        return vec![name];
    }
    vec![name, Row::from(vec![" ".into(), marks])]
}
