//! Lines for people. Each begins as docs/plain.md says, and nobody can make one begin as another: an alias has no blanks,
//! one that misleads stands between marks, and further lines of a text are set in.

use super::orders::{self, last};
use super::{Output, likeness, text_of};
use crate::qr;
use crate::rich;
use crate::session::{
    Change, Delivery, Event, How, Kind, Line, Membership, Named, Note, Over, Phase, Said, What,
};
use crate::words;

/// Before further lines of a text.
const SET_IN: &str = "  ";
const NEXT: &str = "\n  ";

/// Signs of a text that is named, not told.
const EXCERPT_MOST: usize = 40;

/// Writes lines for people.
#[derive(Debug)]
pub struct Plain {
    was_in: bool,
    /// Of the terminal that shows it.
    columns: Option<fn() -> usize>,
}

impl Plain {
    /// `columns` tells how wide the terminal is that shows what is written, if one does.
    #[must_use]
    pub fn new(columns: Option<fn() -> usize>) -> Self {
        Self { was_in: false, columns }
    }

    /// A terminal would go on with a long line in its first column, where another line may begin.
    fn rows(&self, told: String) -> String {
        let Some(columns) = self.columns else { return told };
        let width = columns().saturating_sub(SET_IN.len()).max(1);
        let rows = |line: &str| {
            let (set_in, line) = line.strip_prefix(SET_IN).map_or(("", line), |line| (SET_IN, line));
            format!("{set_in}{}", rich::rows(line, width).join(NEXT))
        };
        told.split('\n').map(rows).collect::<Vec<_>>().join("\n")
    }
}

impl Output for Plain {
    fn phase(&mut self, phase: &Phase<'_>) -> Option<String> {
        let told = match phase {
            Phase::Room(_) if self.was_in => "* Connected".to_owned(),
            Phase::Room(membership) => {
                self.was_in = true;
                entered(membership)
            }
            Phase::Reconnecting(_, reconnection) => match reconnection.obstacle() {
                Some(obstacle) => format!("* {}", words::obstacle(obstacle)),
                None => "* Reconnecting…".to_owned(),
            },
            _ => return None,
        };
        Some(self.rows(told))
    }

    fn change(&mut self, membership: &Membership, change: &Change) -> Option<String> {
        told_of_change(membership, change).map(|told| self.rows(told))
    }

    fn invitation(&mut self, link: &str) -> String {
        // Somebody may hold a camera to it.
        let code = self.columns.and_then(|_| qr::draw(link));
        let code = code.map(|code| format!("\n{}", code.trim_end_matches('\n'))).unwrap_or_default();
        format!("* Invitation: {link}{code}")
    }

    fn over(&mut self, over: &Over) -> String {
        self.rows(format!("* {}", words::over(over)))
    }
}

fn told_of_change(membership: &Membership, change: &Change) -> Option<String> {
    let lines = membership.lines();
    match change {
        Change::Added(key) => line(membership, lines.of(*key)?),
        Change::State(key) => {
            let said = lines.said(*key)?;
            let state = match said.state {
                Delivery::Failed => "not sent",
                Delivery::Unsure => "perhaps not sent",
                _ => return None,
            };
            Some(format!("! {state}: {}", excerpt(said)))
        }
        Change::Reacted(key) => {
            let said = lines.said(*key)?;
            let reactions: Vec<String> = lines
                .reactions(said)
                .iter()
                .map(|reaction| {
                    let by: Vec<String> = reaction.by.iter().map(Named::to_string).collect();
                    format!("{} {}", reaction.text, by.join(", "))
                })
                .collect();
            let reactions = if reactions.is_empty() { "none".to_owned() } else { reactions.join("; ") };
            Some(format!("* reactions to {}: {} – {reactions}", said.from.named, excerpt(said)))
        }
        Change::Unsent(_, who) => Some(format!("* {}", words::unsent(who))),
        Change::Gone(_) => None,
    }
}

fn entered(membership: &Membership) -> String {
    let group = membership.group();
    let keeper = group.keeper();
    let people: Vec<String> = membership
        .people()
        .all()
        .iter()
        .map(|person| {
            let marks = [
                (person.you, "you"),
                (Some(person.id) == keeper, "keeper"),
                (person.away, "away"),
                (membership.is_verified(person), "verified"),
                (membership.is_ignored(person), "ignored"),
            ];
            let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark.to_owned());
            let like = membership.lookalike(person).map(words::looks_like);
            let marks: Vec<String> = marks.chain(like).collect();
            let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
            format!("{}{marks}", person.named)
        })
        .collect();
    let room = sanctuary_seal::RoomKey::from(group.room());
    format!("* Room {room}. Here: {}", people.join(", "))
}

fn listed(membership: &Membership) -> String {
    let named = |(key, said)| format!("* {key} {}: {}", head(membership, said), excerpt(said));
    let listed: Vec<String> = last(membership).into_iter().map(named).collect();
    if listed.is_empty() { "* No messages are here".to_owned() } else { listed.join("\n") }
}

fn line(membership: &Membership, line: &Line) -> Option<String> {
    match &line.kind {
        // The list of members follows, if anybody.
        Kind::Event(Event { what: What::Missed, count: 0, .. }) => None,
        Kind::Event(event) => {
            let mark = likeness(membership, event).map(|mark| format!(" ({mark})")).unwrap_or_default();
            Some(format!("* {}{mark}", words::event(event)))
        }
        Kind::Note(Note::Messages) => Some(listed(membership)),
        Kind::Note(Note::Members) => Some(entered(membership)),
        Kind::Note(note) => Some(format!("! {}", orders::told(note).replace('\n', NEXT))),
        // One's own words stand here already, as they were typed.
        Kind::Said(said) if said.from.you => None,
        Kind::Said(said) => Some(format!("{}: {}", head(membership, said), set_in(said))),
    }
}

fn head(membership: &Membership, said: &Said) -> String {
    let answered = said.answers.map(|key| {
        let said = key.and_then(|key| membership.lines().said(key));
        said.map_or_else(|| "a message that is not here".to_owned(), |said| said.from.named.to_string())
    });
    let verb = match (said.how, answered) {
        (How::Whisper, None) if said.is_action => " whispers what it does".to_owned(),
        (How::Whisper, None) => " whispers".to_owned(),
        (How::Whisper, Some(whom)) => format!(" whispers, answering {whom}"),
        (How::Farewell, _) => " says farewell".to_owned(),
        (How::Message, _) if said.is_action => " does".to_owned(),
        (How::Message, Some(whom)) => format!(" answers {whom}"),
        (How::Message, None) => String::new(),
    };
    format!("{}{verb}", apart(&said.from.named.to_string()))
}

/// An alias at the beginning of a line. One that would begin it as this program begins its own, or end where words begin,
/// stands between marks.
fn apart(alias: &str) -> String {
    let is_misleading = alias.starts_with(['*', '!', '‹']) || alias.contains(':');
    if is_misleading { format!("‹{alias}›") } else { alias.to_owned() }
}

fn set_in(said: &Said) -> String {
    text_of(said.html.as_str()).replace('\n', NEXT)
}

fn excerpt(said: &Said) -> String {
    let text = text_of(said.html.as_str()).replace('\n', " ");
    let short: String = text.chars().take(EXCERPT_MOST).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
