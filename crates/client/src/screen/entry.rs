//! One line of the conversation, as rows. The words of others stand behind a margin of two columns; heads and what the
//! program tells begin in the first column, so that nobody writes what looks like them.

use ratatui::style::Style;
use ratatui::text::{Line as Row, Span};

use super::looks::{BOLD, DIM, Looks};
use super::pictures::Pictures;
use super::view::Room;
use crate::picture::Size;
use crate::plain::{html_of, text_of};
use crate::rich::{self, Album, Canvas};
use crate::session::{Delivery, How, Kind, Line, Membership, Named, Said};
use crate::words;

/// Columns before what is said.
pub(super) const MARGIN: u16 = 2;

/// Milliseconds after which the same speaker is named again.
const GROUP_MS: u64 = 5 * 60_000;

/// Signs of a text that is named, not told.
const EXCERPT_MOST: usize = 40;

/// The rows of a line that do not change, and the pictures that could be drawn.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) rows: Vec<Row<'static>>,
    pub(super) pictures: Vec<Size>,
}

/// What is said, wrapped, with pictures that are decoded.
pub(super) fn body(line: &Line, looks: Looks, room: Room, decoded: &Pictures) -> Body {
    let canvas = Canvas { width: room.columns.saturating_sub(MARGIN).max(1), colours: looks.colours };
    let mut pictures = vec![];
    let rows = match &line.kind {
        Kind::Said(said) => {
            let margin =
                if said.how == How::Whisper { Span::styled("» ", looks.whisper()) } else { "  ".into() };
            let decoded = |at| decoded.of((line.key, at));
            let album = Album { rows: room.picture_rows, decoded: &decoded };
            let (rows, sizes) = rich::illustrated(said.html.as_str(), canvas, album);
            if room.picture_rows > 0 {
                pictures = sizes;
            }
            set_in(rows, &margin, &margin)
        }
        Kind::Event(event) => {
            let rows = rich::lines(&html_of(&words::event(event)), canvas);
            set_in(styled(rows, DIM), &Span::styled("* ", DIM), &"  ".into())
        }
        Kind::Note(note) => {
            let rows = rich::lines(&html_of(&words::note(note)), canvas);
            set_in(rows, &Span::styled("! ", looks.warning()), &"  ".into())
        }
    };
    Body { rows, pictures }
}

/// The rows before: who says it, and what it answers.
pub(super) fn head(
    membership: &Membership,
    line: &Line,
    before: Option<&Line>,
    looks: Looks,
) -> Vec<Row<'static>> {
    let Kind::Said(said) = &line.kind else { return vec![] };
    let mut rows = vec![];
    if !before.is_some_and(|before| is_same_group(before, said)) {
        rows.push(speaker(membership, said, looks));
    }
    if let Some(answered) = said.answers {
        let answered = answered.and_then(|key| membership.lines().said(key));
        let told = match answered {
            Some(said) => format!("  ↳ {}: {}", said.from.named, excerpt(said)),
            None => "  ↳ a message that is not here".to_owned(),
        };
        rows.push(Row::styled(told, DIM));
    }
    rows
}

/// The rows behind: how far it is, and what others think of it.
pub(super) fn foot(membership: &Membership, line: &Line, looks: Looks) -> Vec<Row<'static>> {
    let Kind::Said(said) = &line.kind else { return vec![] };
    let mut rows = vec![];
    let reactions = membership.lines().reactions(said);
    if !reactions.is_empty() {
        let each = |reaction: &crate::session::Reaction| {
            let by: Vec<String> = reaction.by.iter().map(Named::to_string).collect();
            format!("{} {}", rich::harmless(&reaction.text), by.join(", "))
        };
        let told: Vec<String> = reactions.iter().map(each).collect();
        rows.push(Row::styled(format!("  {}", told.join("; ")), DIM));
    }
    match said.state {
        Delivery::Sent => {}
        Delivery::Sending => rows.push(Row::styled("  sending…", DIM)),
        Delivery::Delivered => rows.push(Row::styled("  delivered", DIM)),
        Delivery::Failed => rows.push(Row::styled("! not sent", looks.warning())),
        Delivery::Unsure => rows.push(Row::styled("! perhaps not sent", looks.warning())),
    }
    rows
}

/// A few words of a message.
pub(super) fn excerpt(said: &Said) -> String {
    // A long text is not read to its end for a few words.
    let html: String = said.html.as_str().chars().take(EXCERPT_MOST * 32).collect();
    let text = text_of(&html).replace('\n', " ");
    let short: String = text.chars().take(EXCERPT_MOST).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

fn speaker(membership: &Membership, said: &Said, looks: Looks) -> Row<'static> {
    let name = |person: &crate::session::Person| {
        let you = if person.you { " (you)" } else { "" };
        let name = Span::styled(format!("{}{you}", person.named), looks.name(person));
        let mark = membership.lookalike(person).map(words::looks_like);
        [Some(name), mark.map(|mark| Span::styled(format!(" ({mark})"), looks.warning()))]
            .into_iter()
            .flatten()
    };
    let mut spans = vec![Span::styled(format!("{} ", looks.time(said.at)), DIM)];
    spans.extend(name(&said.from));
    match (said.how, &said.to) {
        (How::Message, _) => {}
        (How::Farewell, _) => spans.push(Span::styled(" says farewell", BOLD)),
        (How::Whisper, None) => spans.push(Span::styled(" whispers to you alone", looks.whisper())),
        (How::Whisper, Some(to)) => {
            spans.push(Span::styled(" whispers to ", looks.whisper()));
            spans.extend(name(to));
        }
    }
    if said.is_action {
        spans.push(Span::styled(" does", BOLD));
    }
    if said.timer > 0 {
        spans.push(Span::styled(format!(" · goes after {}", words::lasting(said.timer)), DIM));
    }
    Row::from(spans)
}

/// Whether both stand under one head.
fn is_same_group(before: &Line, said: &Said) -> bool {
    let Kind::Said(other) = &before.kind else { return false };
    let of = |said: &Said| {
        let to = said.to.as_ref().map(|to| to.voice.map(|voice| voice.to_bytes()));
        (
            said.how,
            said.from.id,
            said.from.voice.map(|voice| voice.to_bytes()),
            to,
            said.is_action,
            said.timer,
        )
    };
    of(other) == of(said) && other.from.named == said.from.named && other.at.abs_diff(said.at) < GROUP_MS
}

fn set_in(rows: Vec<Row<'static>>, first: &Span<'static>, others: &Span<'static>) -> Vec<Row<'static>> {
    let margins = std::iter::once(first).chain(std::iter::repeat(others));
    let with = |(mut row, margin): (Row<'static>, &Span<'static>)| {
        row.spans.insert(0, margin.clone());
        row
    };
    rows.into_iter().zip(margins).map(with).collect()
}

fn styled(rows: Vec<Row<'static>>, style: Style) -> Vec<Row<'static>> {
    rows.into_iter().map(|row| row.patch_style(style)).collect()
}
