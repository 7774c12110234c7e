//! The box in which somebody types: what was said before comes back, and what was undone.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use zeroize::Zeroizing;

use super::completion::Completion;
use super::history::{History, Written};
use super::target::Target;
use crate::commands::{self, Command, answer_in};
use crate::session::{Membership, Names};

/// Changes that can be undone.
const UNDO_MOST: usize = 200;

/// Bytes that may stand in the box; no message is larger.
pub const TYPED_MOST: usize = 256 * 1024;

/// The box.
#[derive(Debug)]
pub(super) struct Composer {
    pub(super) area: TextArea<'static>,
    pub(super) target: Option<Target>,
    /// To whom one goes back once that is said.
    back: Option<Target>,
    /// Whom names meant when the text was begun.
    names: Option<Names>,
    history: History,
    /// When nothing may be undone any more of what stood in the box until now.
    forget_at: Option<u64>,
    completion: Option<Completion>,
}

impl Composer {
    pub(super) fn new() -> Self {
        Self {
            area: blank(""),
            target: None,
            back: None,
            names: None,
            history: History::default(),
            forget_at: None,
            completion: None,
        }
    }

    pub(super) fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.area.lines().join("\n"))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Whether what stands there is a message for all, as far as its first line tells.
    pub(super) fn is_for_all(&self) -> bool {
        let is_for_one = self.target.as_ref().is_some_and(|target| target.to.is_some());
        let first = self.area.lines().first().map_or("", String::as_str);
        !is_for_one && matches!(commands::parse(first), Command::Say(_))
    }

    /// Whom names mean in what stands there.
    pub(super) fn names(&self) -> Names {
        self.names.clone().unwrap_or_default()
    }

    /// Whom names mean is settled when a text is begun, and so is who is answered by `/r`: that text is for one alone from
    /// there on, and seen to be.
    pub(super) fn begins(&mut self, membership: &Membership) {
        if self.is_empty() {
            self.names = None;
            return;
        }
        let text = self.text();
        let names = self.names.get_or_insert_with(|| membership.names());
        if let Some(rest) = answer_in(&text)
            && let Ok(whisperer) = membership.whisperer(names)
        {
            let target = Target::one(whisperer);
            let before = self.target.take().filter(|before| before.to != target.to);
            self.back = before.or(self.back.take());
            (self.target, self.completion) = (Some(target), None);
            self.area = blank(rest);
        }
    }

    /// It was not carried out: whoever reads why goes by what names mean now.
    pub(super) fn refused(&mut self, membership: Option<&Membership>) {
        self.names = membership.map(Membership::names);
    }

    /// A line that can't be answered any more is not. Returns whether there was one.
    pub(super) fn loses_line(&mut self, membership: &Membership) -> bool {
        let lost = self.target.as_mut().filter(|target| target.has_lost_line(membership));
        let is_lost = lost.map(|target| target.answers = None).is_some();
        self.target.take_if(|target| target.to.is_none() && target.answers.is_none());
        is_lost
    }

    /// A command was carried out: whoever is written to is so still.
    pub(super) fn commanded(&mut self, forget_at: Option<u64>) {
        let (target, back) = (self.target.clone(), self.back.clone());
        self.said(forget_at);
        (self.target, self.back) = (target, back);
    }

    /// What was typed was said, or is put aside: it comes back from the history alone, and until then.
    pub(super) fn said(&mut self, forget_at: Option<u64>) {
        self.history.add(Written { forget_at, ..self.written() });
        self.target = self.back.take();
        self.empties();
    }

    /// What stands there is forgotten, and comes back by no key.
    pub(super) fn clear(&mut self) {
        self.history.forgets_draft();
        self.empties();
    }

    fn empties(&mut self) {
        (self.completion, self.names, self.forget_at) = (None, None, None);
        self.area = blank("");
    }

    /// What was said with a timer goes with the message, also where it stands in the box once more. An amended text stays,
    /// and nothing can be undone in it.
    pub(super) fn forget(&mut self, now: u64) {
        if self.due().is_none_or(|due| due > now) {
            return;
        }
        let text = self.text();
        if let Some(before) = self.history.forget(now, &text) {
            self.shows(before);
        } else if self.forget_at.is_some_and(|at| at <= now) {
            let (row, column) = (self.area.cursor().0, self.area.cursor().1);
            self.area = blank(&text);
            let within = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
            self.area.move_cursor(CursorMove::Jump(within(row), within(column)));
            self.forget_at = None;
        }
    }

    /// When [`Composer::forget`] is next to be called.
    pub(super) fn due(&self) -> Option<u64> {
        self.history.due().into_iter().chain(self.forget_at).min()
    }

    /// Puts a text where the cursor is. Returns whether there is place for it.
    pub(super) fn insert(&mut self, text: &str) -> bool {
        let length: usize = self.area.lines().iter().map(|line| line.len() + 1).sum();
        let has_place = length + text.len() <= TYPED_MOST;
        if has_place {
            self.completion = None;
            let seen = |c: &char| *c == '\n' || !c.is_control();
            self.area.insert_str(text.replace('\t', "    ").chars().filter(seen).collect::<String>());
        }
        has_place
    }

    /// Whether the cursor is behind all that was typed.
    pub(super) fn is_at_end(&self) -> bool {
        let cursor = self.area.cursor();
        let last = self.area.lines().last().map_or(0, |line| line.chars().count());
        (cursor.0 + 1, cursor.1) == (self.area.lines().len(), last)
    }

    /// Completes the word before the cursor; the same once more takes the next that fits.
    pub(super) fn complete(&mut self, membership: &Membership, is_backwards: bool) {
        let found = self.completion.take().or_else(|| Completion::of(&self.area, membership));
        let Some(mut completion) = found else { return };
        completion.step(&mut self.area, is_backwards);
        self.completion = Some(completion);
    }

    /// A key that moves the cursor or changes what stands there.
    pub(super) fn key(&mut self, key: KeyEvent) {
        self.completion = None;
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let area = &mut self.area;
        match key.code {
            KeyCode::Char(c) if !control && !alt => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            KeyCode::Char('7' | '_' | '-') if control => drop(area.undo()),
            KeyCode::Char('z') if alt => drop(area.undo()),
            KeyCode::Char('y') if alt => drop(area.redo()),
            KeyCode::Char('a') if control => area.move_cursor(CursorMove::Head),
            KeyCode::Home => area.move_cursor(CursorMove::Head),
            KeyCode::Char('e') if control => area.move_cursor(CursorMove::End),
            KeyCode::End => area.move_cursor(CursorMove::End),
            KeyCode::Char('w') if control => drop(area.delete_word()),
            KeyCode::Char('u') if control => drop(area.delete_line_by_head()),
            KeyCode::Char('k') if control => drop(area.delete_line_by_end()),
            KeyCode::Char('d') if control => drop(area.delete_next_char()),
            KeyCode::Char('d') if alt => drop(area.delete_next_word()),
            KeyCode::Char('y') if control => drop(area.paste()),
            KeyCode::Backspace if control || alt => drop(area.delete_word()),
            KeyCode::Backspace => drop(area.delete_char()),
            KeyCode::Char('h') if control => drop(area.delete_char()),
            KeyCode::Delete => drop(area.delete_next_char()),
            KeyCode::Left if control || alt => area.move_cursor(CursorMove::WordBack),
            KeyCode::Right if control || alt => area.move_cursor(CursorMove::WordForward),
            KeyCode::Left => area.move_cursor(CursorMove::Back),
            KeyCode::Right => area.move_cursor(CursorMove::Forward),
            KeyCode::Char('p') if control => self.up(),
            KeyCode::Char('n') if control => self.down(),
            KeyCode::Up => self.up(),
            KeyCode::Down => self.down(),
            _ => {}
        }
    }

    pub(super) fn newline(&mut self) {
        self.insert("\n");
    }

    /// A line up; above the first, what was said before.
    fn up(&mut self) {
        if self.area.cursor().0 > 0 {
            return self.area.move_cursor(CursorMove::Up);
        }
        if let Some(before) = self.history.up(self.written()) {
            self.shows(before);
        }
    }

    /// A line down; below the last, what was said after, and at last what was being typed.
    fn down(&mut self) {
        if self.area.cursor().0 + 1 < self.area.lines().len() {
            return self.area.move_cursor(CursorMove::Down);
        }
        if let Some(next) = self.history.down(&self.text()) {
            self.shows(next);
        }
    }

    fn written(&self) -> Written {
        Written { text: self.text(), target: self.target.clone(), forget_at: self.forget_at }
    }

    fn shows(&mut self, written: Written) {
        self.empties();
        self.area = blank(&written.text);
        (self.target, self.forget_at) = (written.target, written.forget_at);
    }

    /// Before a room and after it there is nothing to come back to.
    pub(super) fn forgets(&mut self) {
        self.turns(None);
        self.history = History::default();
    }

    /// What is typed is for somebody else. Words for one alone do not become words for all, or for another: they are put
    /// aside, and nothing of them can be undone there.
    pub(super) fn turns(&mut self, target: Option<Target>) {
        let to = |target: &Option<Target>| target.as_ref().and_then(|target| target.to);
        let before = to(&self.target);
        self.back = None;
        if before.is_some() && before != to(&target) {
            if self.is_empty() {
                self.empties();
            } else {
                self.said(self.forget_at);
            }
        }
        self.target = target;
    }
}

fn blank(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_cursor_line_style(ratatui::style::Style::new());
    area.set_cursor_style(ratatui::style::Style::new());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_max_histories(UNDO_MOST);
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}
