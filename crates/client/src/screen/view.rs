//! Which part of the conversation is seen. Rows are made of what is seen alone, so that it takes as long however much was
//! said, and however fast more comes.

use std::collections::BTreeMap;
use std::time::Instant;

use ratatui::text::Line as Row;

use super::entry::{self, Body};
use super::looks::{Looks, REVERSED};
use super::pictures::Pictures;
use crate::picture::Miniature;
use crate::session::{Kind, Line, Membership};

/// Rows that a picture takes at the most: half of those that are seen, and never more than these.
pub const PICTURE_ROWS_MOST: usize = 20;

/// What is seen last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bottom {
    /// Whatever is newest.
    Newest,
    /// This row of this line.
    At { key: u64, row: usize },
}

/// What there is for a line: columns, and rows for each of its pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) columns: u16,
    pub(super) picture_rows: usize,
}

/// What is seen.
#[derive(Debug)]
pub(super) struct View {
    bottom: Bottom,
    /// The line that something is to be done with.
    pub(super) selected: Option<u64>,
    /// Messages that came below what is seen.
    pub(super) unseen: usize,
    /// What was said, wrapped, of the lines that were seen last.
    wrapped: BTreeMap<u64, Body>,
    wrapped_for: Room,
    pub(super) pictures: Pictures,
    /// Rows that were seen at once.
    height: usize,
    /// Keys of what is seen, the first and the last.
    seen: Option<(u64, u64)>,
    /// Lines that were wrapped since it began: what drawing costs.
    pub(super) wraps: usize,
}

impl View {
    pub(super) fn new() -> Self {
        Self {
            bottom: Bottom::Newest,
            selected: None,
            unseen: 0,
            wrapped: BTreeMap::new(),
            wrapped_for: Room::default(),
            pictures: Pictures::default(),
            height: 1,
            seen: None,
            wraps: 0,
        }
    }

    pub(super) fn is_at_newest(&self) -> bool {
        self.bottom == Bottom::Newest
    }

    pub(super) fn goes_to_newest(&mut self) {
        (self.bottom, self.unseen) = (Bottom::Newest, 0);
    }

    /// A message came.
    pub(super) fn came(&mut self, is_own: bool) {
        if is_own {
            self.goes_to_newest();
        } else if !self.is_at_newest() {
            self.unseen += 1;
        }
    }

    /// Most of a page up or down.
    pub(super) fn page(&mut self, membership: &Membership, looks: Looks, is_up: bool) {
        self.selected = None;
        let rows = self.height.saturating_sub(1).max(1);
        let lines: Vec<&Line> = membership.lines().shown().collect();
        let Some((mut at, mut row)) = self.place(&lines, looks, membership) else { return };
        for _ in 0..rows {
            if is_up && row > 0 {
                row -= 1;
            } else if is_up && at > 0 {
                at -= 1;
                row = self.rows(membership, &lines, at, looks).len().saturating_sub(1);
            } else if !is_up && row + 1 < self.rows(membership, &lines, at, looks).len() {
                row += 1;
            } else if !is_up && at + 1 < lines.len() {
                (at, row) = (at + 1, 0);
            }
        }
        self.bottom = Bottom::At { key: lines[at].key, row };
    }

    /// Selects the next message above or below, from the newest that is seen on.
    pub(super) fn select(&mut self, membership: &Membership, is_up: bool) {
        let is_said = |line: &&Line| matches!(line.kind, Kind::Said(_));
        let mut said = membership.lines().shown().filter(is_said).map(|line| line.key);
        self.selected = match self.selected {
            None => said.rfind(|key| is_up && self.seen.is_none_or(|(_, last)| *key <= last)),
            Some(key) if is_up => said.rfind(|other| *other < key).or(Some(key)),
            Some(key) => said.find(|other| *other > key),
        };
    }

    /// A picture is decoded, or can't be: the line that it stands in is wrapped anew.
    pub(super) fn made(&mut self, miniature: Option<Miniature>, now: Instant) {
        if let Some(line) = self.pictures.made(miniature, now) {
            self.wrapped.remove(&line);
        }
    }

    /// The rows that are seen, from the top.
    pub(super) fn draw(
        &mut self,
        membership: &Membership,
        looks: Looks,
        width: u16,
        height: usize,
    ) -> Vec<Row<'static>> {
        let draws_pictures = looks.colours.draw_pictures();
        let picture_rows = if draws_pictures { (height / 2).min(PICTURE_ROWS_MOST) } else { 0 };
        let room = Room { columns: width, picture_rows };
        if std::mem::replace(&mut self.wrapped_for, room) != room {
            self.wrapped.clear();
        }
        self.height = height;
        let lines: Vec<&Line> = membership.lines().shown().collect();
        self.shows_what_is_selected(membership, &lines, looks);
        let Some((last, row)) = self.place(&lines, looks, membership) else { return vec![] };
        let mut drawn = self.upwards(membership, &lines, (last, row), looks);
        if drawn.1.len() < height && !self.is_at_newest() {
            drawn = self.begins_at_the_top(membership, &lines, looks);
        }
        let ((first, last), mut rows) = drawn;
        self.seen = Some((lines[first].key, lines[last].key));
        let seen = lines[first].key..=lines[last].key;
        let is_there = |key: &u64| lines.binary_search_by_key(key, |line: &&Line| line.key).is_ok();
        self.wrapped.retain(|key, _| seen.contains(key) && is_there(key));
        let sizes = self.wrapped.iter().map(|(key, body)| (*key, body.pictures.as_slice()));
        self.pictures.seen(&seen, sizes, membership);
        rows.drain(..rows.len().saturating_sub(height));
        rows
    }

    /// What fills the window above a row, and of which lines that is.
    fn upwards(
        &mut self,
        membership: &Membership,
        lines: &[&Line],
        (last, row): (usize, usize),
        looks: Looks,
    ) -> ((usize, usize), Vec<Row<'static>>) {
        let mut rows = self.rows(membership, lines, last, looks);
        rows.truncate(row + 1);
        let mut first = last;
        while rows.len() < self.height && first > 0 {
            first -= 1;
            let mut above = self.rows(membership, lines, first, looks);
            above.append(&mut rows);
            rows = above;
        }
        ((first, last), rows)
    }

    /// Where there is less above than the window takes, it begins with the first row.
    fn begins_at_the_top(
        &mut self,
        membership: &Membership,
        lines: &[&Line],
        looks: Looks,
    ) -> ((usize, usize), Vec<Row<'static>>) {
        let (mut rows, mut last, mut own) = (vec![], 0, 0);
        for at in 0..lines.len() {
            let more = self.rows(membership, lines, at, looks);
            (last, own) = (at, more.len().min(self.height - rows.len()));
            rows.extend(more);
            if rows.len() >= self.height {
                break;
            }
        }
        if rows.len() <= self.height && last + 1 == lines.len() {
            self.goes_to_newest();
        } else {
            rows.truncate(self.height);
            self.bottom = Bottom::At { key: lines[last].key, row: own.saturating_sub(1) };
        }
        ((0, last), rows)
    }

    /// The line and the row that are seen last; of a line that is gone, those before it.
    fn place(&mut self, lines: &[&Line], looks: Looks, membership: &Membership) -> Option<(usize, usize)> {
        let newest = lines.len().checked_sub(1)?;
        let (at, row) = match self.bottom {
            Bottom::Newest => (newest, usize::MAX),
            Bottom::At { key, row } => {
                let at = lines.partition_point(|line| line.key <= key).saturating_sub(1);
                (at, if lines[at].key == key { row } else { usize::MAX })
            }
        };
        let end = self.rows(membership, lines, at, looks).len().saturating_sub(1);
        if at == newest && row >= end {
            self.goes_to_newest();
        }
        Some((at, row.min(end)))
    }

    fn shows_what_is_selected(&mut self, membership: &Membership, lines: &[&Line], looks: Looks) {
        let Some(key) = self.selected else { return };
        // Of one that is gone keys do nothing, rather than something else than was meant.
        let Ok(at) = lines.binary_search_by_key(&key, |line| line.key) else { return };
        let is_seen = self.seen.is_some_and(|(first, last)| first < key && key < last)
            || self.is_at_newest() && self.seen.is_some_and(|(_, last)| key == last);
        if !is_seen {
            let row = self.rows(membership, lines, at, looks).len().saturating_sub(1);
            self.bottom = Bottom::At { key, row };
        }
    }

    /// All rows of a line.
    fn rows(
        &mut self,
        membership: &Membership,
        lines: &[&Line],
        at: usize,
        looks: Looks,
    ) -> Vec<Row<'static>> {
        let line = lines[at];
        let before = at.checked_sub(1).map(|before| lines[before]);
        let body = self.wrapped.entry(line.key).or_insert_with(|| {
            self.wraps += 1;
            entry::body(line, looks, self.wrapped_for, &self.pictures)
        });
        let mut rows = entry::head(membership, line, before, looks);
        rows.extend(body.rows.iter().cloned());
        rows.extend(entry::foot(membership, line, looks));
        if self.selected == Some(line.key) {
            rows = rows.into_iter().map(|row| row.patch_style(REVERSED)).collect();
        }
        rows
    }
}
