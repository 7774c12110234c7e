//! Signs as a terminal may be given them: nothing of what others send controls it, moves its cursor, or turns the
//! direction of what stands around.

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Marks, joiners and selectors of one sign, as the page has it (web/src/view/weight.ts). The longest emoji have 7.
pub const MARKS_MOST: usize = 8;

/// Letters that may be joined to one sign, as many as there may be joiners between them.
pub const JOINED_MOST: usize = 9;

/// Carries marks that stand on nothing.
const NOTHING: char = '◌';

/// What becomes of a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// Something is to be seen in its place.
    Replaced,
    /// Nobody would see it.
    LeftOut,
}

/// Without whatever a terminal takes for control, or that changes the order or the place of other signs: a mark that is
/// seen stands for each. Unseen signs that change nothing are left out.
#[must_use]
pub fn harmless(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match fate(c) {
        Fate::Kept => Some(c),
        Fate::Replaced => Some(char::REPLACEMENT_CHARACTER),
        Fate::LeftOut => None,
    });
    kept.collect()
}

/// Whether a character must not reach a terminal as it is.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    fate(c) != Fate::Kept
}

fn fate(c: char) -> Fate {
    if matches!(c, '\n' | ' '..='~' | JOINER | NON_JOINER) {
        return Fate::Kept;
    }
    if is_unseen(c) {
        return Fate::LeftOut;
    }
    match c.general_category() {
        // Signs without a meaning here may have one for a terminal.
        GeneralCategory::Control
        | GeneralCategory::Format
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator
        | GeneralCategory::PrivateUse
        | GeneralCategory::Surrogate
        | GeneralCategory::Unassigned => Fate::Replaced,
        _ => Fate::Kept,
    }
}

/// Shape letters, and join emoji.
const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';

fn is_unseen(c: char) -> bool {
    // Soft hyphen, grapheme joiner, Mongolian separator; blanks without a width, operators that nobody sees, tags.
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
        // Fillers of Hangul are letters, and take no place or two.
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

/// One sign of a text, and the columns that it takes.
pub(super) struct Sign<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) width: usize,
    /// Marks and letters that were too many for it.
    pub(super) dropped: usize,
}

impl Sign<'_> {
    /// Columns where a terminal joins none of its characters, and takes those for wide that are so among wide ones (UAX 11).
    pub(super) fn widest(&self) -> usize {
        let apart = self.text.chars().map(|c| c.width_cjk().unwrap_or_default()).sum();
        self.width.max(apart)
    }
}

/// The signs of a harmless text, each of a bounded number of characters.
pub(super) fn signs(text: &str) -> impl Iterator<Item = Sign<'_>> {
    text.graphemes(true).filter_map(sign)
}

fn sign(cluster: &str) -> Option<Sign<'_>> {
    if let [byte] = cluster.as_bytes() {
        let width = usize::from(*byte != b'\n');
        return Some(Sign { text: Cow::Borrowed(cluster), width, dropped: 0 });
    }
    let (bounded, dropped) = bounded(cluster);
    let width = usize::from(bounded.cell_width());
    if width > 0 {
        return Some(Sign { text: bounded, width, dropped });
    }
    // Joiners and selectors alone show nothing.
    bounded.chars().any(|c| c.general_category() == GeneralCategory::NonspacingMark && !is_selector(c)).then(
        || {
            let text = format!("{NOTHING}{bounded}");
            Sign { width: usize::from(text.cell_width()), text: Cow::Owned(text), dropped }
        },
    )
}

fn bounded(cluster: &str) -> (Cow<'_, str>, usize) {
    if cluster.chars().count() <= MARKS_MOST.min(JOINED_MOST) {
        return (Cow::Borrowed(cluster), 0);
    }
    let (mut marks, mut letters, mut dropped) = (0, 0, 0);
    let is_kept = |c: &char| {
        let (count, most) = if is_mark(*c) { (&mut marks, MARKS_MOST) } else { (&mut letters, JOINED_MOST) };
        *count += 1;
        dropped += usize::from(*count > most);
        *count <= most
    };
    let kept = cluster.chars().filter(is_kept).collect();
    (Cow::Owned(kept), dropped)
}

fn is_mark(c: char) -> bool {
    let is_tone = matches!(c, '\u{1f3fb}'..='\u{1f3ff}');
    is_tone
        || matches!(c, JOINER | NON_JOINER)
        || matches!(
            c.general_category(),
            GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark | GeneralCategory::SpacingMark
        )
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}')
}
