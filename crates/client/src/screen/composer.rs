//! The box in which somebody types: what was said before comes back, and what was undone.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use zeroize::Zeroizing;

use super::completion::Completion;
use crate::session::{Membership, Named};

/// Texts that were typed before, in memory alone.
pub const HISTORY_MOST: usize = 100;

/// Changes that can be undone.
const UNDO_MOST: usize = 200;

/// Bytes that may stand in the box; no message is larger.
pub const TYPED_MOST: usize = 256 * 1024;

/// What is answered, and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    pub(super) key: u64,
    pub(super) whom: Named,
    /// The voice of the one that alone hears the answer.
    pub(super) to: Option<crate::session::Key>,
}

/// A text, and what it answers: a whisper that comes back is still for the one alone.
#[derive(Clone, Debug)]
struct Written {
    text: Zeroizing<String>,
    answers: Option<Answers>,
}

/// The box.
#[derive(Debug)]
pub(super) struct Composer {
    pub(super) area: TextArea<'static>,
    pub(super) answers: Option<Answers>,
    history: Vec<Written>,
    /// Which text of the history stands in the box, and what stood there before.
    recalled: Option<(usize, Written)>,
    completion: Option<Completion>,
}

impl Written {
    fn to(&self) -> Option<crate::session::Key> {
        self.answers.as_ref().and_then(|answers| answers.to)
    }
}

impl Composer {
    pub(super) fn new() -> Self {
        Self { area: blank(""), answers: None, history: vec![], recalled: None, completion: None }
    }

    pub(super) fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.area.lines().join("\n"))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// A command was carried out: whoever is written to is so still.
    pub(super) fn commanded(&mut self) {
        let answers = self.answers.clone();
        self.said();
        self.answers = answers;
    }

    /// What was typed was said, or is put aside: it comes back from the history alone.
    pub(super) fn said(&mut self) {
        self.completion = None;
        let written = self.written();
        let is_other = |last: &Written| last.text != written.text || last.to() != written.to();
        if self.history.last().is_none_or(is_other) {
            self.history.push(written);
        }
        if self.history.len() > HISTORY_MOST {
            self.history.remove(0);
        }
        (self.recalled, self.answers) = (None, None);
        self.area = blank("");
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

    pub(super) fn clear(&mut self) {
        self.area.select_all();
        self.area.cut();
        self.area.set_yank_text("");
        self.recalled = None;
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
        let before = match &self.recalled {
            Some((at, _)) => at.checked_sub(1),
            None => self.history.len().checked_sub(1),
        };
        let Some(at) = before else { return };
        let written = self.written();
        let before = self.recalled.take().map_or(written, |(_, before)| before);
        self.shows(self.history[at].clone());
        self.recalled = Some((at, before));
    }

    /// A line down; below the last, what was said after, and at last what was being typed.
    fn down(&mut self) {
        if self.area.cursor().0 + 1 < self.area.lines().len() {
            return self.area.move_cursor(CursorMove::Down);
        }
        let Some((at, before)) = self.recalled.take() else { return };
        if let Some(next) = self.history.get(at + 1) {
            self.shows(next.clone());
            self.recalled = Some((at + 1, before));
        } else {
            self.shows(before);
        }
    }

    fn written(&self) -> Written {
        Written { text: self.text(), answers: self.answers.clone() }
    }

    fn shows(&mut self, written: Written) {
        self.area = blank(&written.text);
        self.answers = written.answers;
    }

    /// Before a room and after it there is nothing to come back to.
    pub(super) fn forgets(&mut self) {
        self.answers(None);
        self.history.clear();
        self.recalled = None;
    }

    /// Answers something else, or nothing any more. Words for one alone do not become words for all, or for another: they are
    /// put aside.
    pub(super) fn answers(&mut self, answers: Option<Answers>) {
        let to = |answers: &Option<Answers>| answers.as_ref().and_then(|answers| answers.to);
        let before = to(&self.answers);
        if before.is_some() && before != to(&answers) && !self.is_empty() {
            self.said();
        }
        self.answers = answers;
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
