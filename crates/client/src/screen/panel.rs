//! What lies over the conversation until it is closed: help, the invitation, and what is asked.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line as Row;
use ratatui::widgets::{Block, Clear, Paragraph};
use zeroize::Zeroizing;

use super::looks::{BOLD, Looks};
use super::text;
use crate::commands::COMMANDS;
use crate::qr;
use crate::rich::{self, Canvas};
use crate::session::{Key, Named, Note};
use crate::{plain, words};

/// Columns of text that is read at length.
const WIDTH_MOST: u16 = 76;

/// What is seen.
#[derive(Debug)]
pub(super) enum Panel {
    Help,
    /// The link that lets others in.
    Invitation(Zeroizing<String>),
    /// Several lines that were pasted.
    Paste(Zeroizing<String>),
    /// The number of a member.
    Verify {
        voice: Key,
        who: Named,
        number: String,
    },
    /// Somebody is to say whether it leaves.
    Leave,
}

impl Panel {
    fn title(&self) -> &'static str {
        match self {
            Self::Help => " Help – Esc closes ",
            Self::Invitation(_) => " Invitation – Esc closes ",
            Self::Paste(_) => " Several lines ",
            Self::Verify { .. } => " Verify ",
            Self::Leave => " Leave ",
        }
    }

    fn says(&self, size: Size) -> Vec<(String, bool)> {
        let plain = |text: String| (text, false);
        match self {
            Self::Help => help(),
            Self::Invitation(link) => invitation(link, size),
            Self::Paste(pasted) => {
                let count = pasted.lines().count();
                let first = pasted.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
                let first: String = rich::harmless(first).chars().take(40).collect();
                vec![
                    plain(format!("{count} lines were pasted, of which the first is:")),
                    plain(format!("  {first}")),
                    (text::PASTE.to_owned(), true),
                ]
            }
            Self::Verify { voice, who, number } => vec![
                plain(words::note(&Note::Verify(who.clone(), number.clone(), *voice))),
                (text::VERIFY.to_owned(), true),
            ],
            Self::Leave => vec![(text::LEAVE.to_owned(), true)],
        }
    }
}

/// Draws it over the conversation; `scroll` rows of it have gone by. Returns how many can.
pub(super) fn draw(panel: &Panel, scroll: u16, frame: &mut Frame<'_>, area: Rect, looks: Looks) -> u16 {
    let size = Size::new(area.width.saturating_sub(2), area.height.saturating_sub(2));
    let is_code = matches!(panel, Panel::Invitation(_));
    let width = if is_code { size.width } else { size.width.min(WIDTH_MOST) };
    let canvas = Canvas { width: width.max(1), colours: looks.colours };
    let mut rows: Vec<Row<'static>> = vec![];
    for (said, is_marked) in panel.says(size) {
        let style = match () {
            () if is_marked => BOLD,
            () if said.starts_with(['\u{2588}', '\u{2580}', '\u{2584}']) => looks.code(),
            () => ratatui::style::Style::new(),
        };
        let wrapped = rich::lines(&format!("<pre>{}</pre>", plain::html_of(&said)), canvas);
        rows.extend(wrapped.into_iter().map(|row| row.patch_style(style)));
    }
    let length = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let block = Block::bordered().title(panel.title());
    let widest = rows.iter().map(Row::width).max().unwrap_or(0).max(panel.title().chars().count());
    let width = u16::try_from(widest).unwrap_or(u16::MAX).min(width) + 2;
    let height = length.min(size.height) + 2;
    let place = area.centered(width.into(), height.into());
    let most = length.saturating_sub(place.height.saturating_sub(2));
    frame.render_widget(Clear, place);
    frame.render_widget(Paragraph::new(rows).block(block).scroll((scroll.min(most), 0)), place);
    most
}

fn help() -> Vec<(String, bool)> {
    let mut lines = vec![("Keys".to_owned(), true)];
    lines.extend(text::KEYS.iter().map(|(keys, what)| (format!("{keys:<18} {what}"), false)));
    lines.push(("Commands".to_owned(), true));
    for row in COMMANDS.iter().filter(|row| !row.help.is_empty()) {
        lines.push((format!("/{}{} – {}", row.name, row.takes.written(), row.help), false));
    }
    lines
}

/// The link, and its code where the window takes it.
fn invitation(link: &str, size: Size) -> Vec<(String, bool)> {
    let mut lines = vec![(link.to_owned(), true)];
    let code = qr::draw(link).unwrap_or_default();
    let rows: Vec<String> = code.lines().map(str::to_owned).collect();
    let columns = rows.first().map_or(0, |row| row.chars().count());
    let of_link = link.len().div_ceil(usize::from(size.width.max(1)));
    if columns <= size.width.into() && rows.len() + of_link <= size.height.into() {
        lines.extend(rows.into_iter().map(|row| (row, false)));
    } else if columns > 0 {
        let (width, height) = (columns + 2, rows.len() + of_link + 4);
        lines.push((format!("For its code the window must be {width}×{height} at the least."), false));
    }
    lines
}
