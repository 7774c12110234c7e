//! What each key does.

use std::ops::ControlFlow;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use sanctuary_seal::emoji_named;

use super::panel::Panel;
use super::search::{FIELD_MOST, Search};
use super::status::{EMOJI, can_open};
use super::target::Target;
use super::{Bell, Do, Mode, Screen, membership, text};
use crate::session::{Membership, Phase, Reconnection, Session};

impl Screen {
    /// A key was pressed.
    pub fn key(&mut self, key: KeyEvent, session: &Session) -> Option<Do> {
        // A text from before the room is begun in it.
        self.begins(session);
        let done = self.pressed(key, session);
        self.begins(session);
        if let Some(membership) = membership(session) {
            self.loses_line(membership);
        }
        done
    }

    fn pressed(&mut self, key: KeyEvent, session: &Session) -> Option<Do> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        self.notice = None;
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('z') if control => return Some(Do::Suspend),
            KeyCode::Char('l') if control => return Some(Do::Redraw),
            _ => {}
        }
        let Some(membership) = membership(session) else { return self.before_or_after(key, session) };
        if let Some(panel) = self.panel.take() {
            return self.on_panel(panel, key);
        }
        match std::mem::replace(&mut self.mode, Mode::Typing) {
            Mode::Searching(search) => {
                self.in_search(search, key);
                return None;
            }
            Mode::Reacting(line, field) => return self.in_reaction(line, field, key),
            Mode::Typing => {}
        }
        if let ControlFlow::Break(done) = self.anywhere(key, membership) {
            return done;
        }
        if let Some(line) = self.view.selected {
            return self.on_selected(line, key, membership);
        }
        if let Phase::Reconnecting(_, reconnection) = session.phase()
            && control
            && let Some(done) = on_break(key, reconnection)
        {
            return Some(done);
        }
        self.in_box(key, membership)
    }

    /// Where there is no room yet, or none any more, one can leave, and type what is to be said once one is in.
    fn before_or_after(&mut self, key: KeyEvent, session: &Session) -> Option<Do> {
        let is_over = matches!(session.phase(), Phase::Over(_));
        match key.code {
            KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => Some(Do::Leave),
            KeyCode::Enter | KeyCode::Esc | KeyCode::Char('q') if is_over => Some(Do::Leave),
            _ if is_over => None,
            _ => {
                self.composer.key(key);
                None
            }
        }
    }

    /// Keys that do the same wherever somebody is, in the box or on a message.
    fn anywhere(&mut self, key: KeyEvent, membership: &Membership) -> ControlFlow<Option<Do>> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::F(1) => self.opens(Panel::Help),
            KeyCode::Char('h') if alt => self.opens(Panel::Help),
            KeyCode::F(2) => self.turns_members(),
            KeyCode::Char('p') if alt => self.turns_members(),
            KeyCode::F(3) => self.goes_to_mention(membership),
            KeyCode::Char('m') if alt => self.goes_to_mention(membership),
            KeyCode::F(4) => self.turns_bell(),
            KeyCode::Char('b') if alt => self.turns_bell(),
            KeyCode::F(5) => return ControlFlow::Break(Some(Do::Invite)),
            KeyCode::Char('i') if alt => return ControlFlow::Break(Some(Do::Invite)),
            KeyCode::F(6) => return ControlFlow::Break(Some(self.turns_typing(membership))),
            KeyCode::Char('t') if alt => return ControlFlow::Break(Some(self.turns_typing(membership))),
            KeyCode::Char('f') if control => self.mode = Mode::Searching(Search::default()),
            KeyCode::PageUp => self.view.page(membership, self.looks, true),
            KeyCode::PageDown => self.view.page(membership, self.looks, false),
            KeyCode::Up if alt || control => self.view.select(membership, true),
            KeyCode::Down if alt || control => self.view.select(membership, false),
            KeyCode::End if control || self.view.selected.is_some() || self.composer.is_at_end() => {
                self.view.selected = None;
                self.view.goes_to_newest();
            }
            _ => return ControlFlow::Continue(()),
        }
        ControlFlow::Break(None)
    }

    fn in_box(&mut self, key: KeyEvent, membership: &Membership) -> Option<Do> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let is_other_line = key.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SHIFT);
        match key.code {
            KeyCode::Enter if is_other_line => self.composer.newline(),
            KeyCode::Char('j') if control => self.composer.newline(),
            KeyCode::Enter if self.asks_for_help() => {
                self.composer.commanded(None);
                self.opens(Panel::Help);
            }
            KeyCode::Enter if !self.composer.text().trim().is_empty() => return Some(Do::Say),
            KeyCode::Enter => {}
            KeyCode::Tab => self.composer.complete(membership, false),
            KeyCode::BackTab => self.composer.complete(membership, true),
            KeyCode::Esc => self.composer.turns(None),
            KeyCode::Char('c' | 'd') if control && self.composer.is_empty() => self.opens(Panel::Leave),
            KeyCode::Char('c') if control => self.composer.clear(),
            _ => {
                self.composer.key(key);
                return (is_writing(key) && self.composer.is_for_all()).then_some(Do::Type);
            }
        }
        None
    }

    fn on_selected(&mut self, line: u64, key: KeyEvent, membership: &Membership) -> Option<Do> {
        match key.code {
            KeyCode::Up => self.view.select(membership, true),
            KeyCode::Down => self.view.select(membership, false),
            KeyCode::Char('a' | 'r') | KeyCode::Enter => self.answers(line, membership),
            KeyCode::Char('e') => self.mode = Mode::Reacting(line, String::new()),
            KeyCode::Char('u') => return Some(Do::Unsend(line)),
            KeyCode::Char('s') => return Some(Do::SayAgain(line)),
            KeyCode::Esc => self.view.selected = None,
            KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => self.view.selected = None,
            _ => {}
        }
        None
    }

    fn answers(&mut self, key: u64, membership: &Membership) {
        self.view.selected = None;
        if let Some(target) = Target::answer_to(key, membership) {
            self.composer.turns(Some(target));
        }
    }

    fn in_reaction(&mut self, line: u64, mut field: String, key: KeyEvent) -> Option<Do> {
        let digit = |c: char| c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        match key.code {
            KeyCode::Esc => return None,
            KeyCode::Char(c) if field.is_empty() && digit(c).is_some_and(|at| at < EMOJI.len()) => {
                let emoji = digit(c).map_or("", |at| EMOJI[at]);
                return Some(Do::React(line, emoji.to_owned()));
            }
            KeyCode::Enter => {
                let emoji = emoji_named(field.trim().trim_matches(':')).unwrap_or(field.trim());
                return Some(Do::React(line, emoji.to_owned()));
            }
            _ => edit(&mut field, key),
        }
        self.mode = Mode::Reacting(line, field);
        None
    }

    fn in_search(&mut self, mut search: Search, key: KeyEvent) {
        match key.code {
            KeyCode::Esc => return,
            KeyCode::Enter | KeyCode::Up => search.begin(self.view.selected),
            _ => edit(&mut search.typed, key),
        }
        self.mode = Mode::Searching(search);
    }

    fn on_panel(&mut self, panel: Panel, key: KeyEvent) -> Option<Do> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match (key.code, &panel) {
            (KeyCode::Char('c'), Panel::Leave) if control => return Some(Do::Leave),
            (KeyCode::Esc, _) | (KeyCode::Enter | KeyCode::F(1 | 5), Panel::Help | Panel::Invitation(_)) => {
                return None;
            }
            (KeyCode::Char('c'), _) if control => return None,
            (KeyCode::Enter, Panel::Leave) => return Some(Do::Leave),
            (KeyCode::Enter, Panel::Paste(pasted)) => {
                self.puts_in(pasted.trim_end_matches('\n'));
                return None;
            }
            (KeyCode::Char('y'), Panel::Verify { voice, .. }) => return Some(Do::Verified(*voice, true)),
            (KeyCode::Char('n'), Panel::Verify { voice, .. }) => return Some(Do::Verified(*voice, false)),
            (KeyCode::Down, _) => self.scrolls(1),
            (KeyCode::Up, _) => self.scrolls(-1),
            (KeyCode::PageDown, _) => self.scrolls(8),
            (KeyCode::PageUp, _) => self.scrolls(-8),
            _ => {}
        }
        self.panel = Some(panel);
        None
    }

    fn scrolls(&mut self, rows: i16) {
        self.scrolled.0 = self.scrolled.0.saturating_add_signed(rows).min(self.scrolled.1);
    }

    fn turns_members(&mut self) {
        self.members = Some(!self.members.unwrap_or(self.is_wide));
    }

    fn turns_bell(&mut self) {
        self.bell = match self.bell {
            Bell::Off => Bell::Mentions,
            Bell::Mentions => Bell::All,
            Bell::All => Bell::Off,
        };
        self.notice = Some(match self.bell {
            Bell::Off => text::BELL_OFF,
            Bell::Mentions => text::BELL_MENTIONS,
            Bell::All => text::BELL_ALL,
        });
    }

    fn turns_typing(&mut self, membership: &Membership) -> Do {
        let tells = !membership.tells_typing();
        self.notice = Some(if tells { text::TYPING_TOLD } else { text::TYPING_UNTOLD });
        Do::TellTyping(tells)
    }

    fn goes_to_mention(&mut self, membership: &Membership) {
        match self.mentions.before(self.view.selected, membership) {
            Some(key) => self.view.selected = Some(key),
            None => self.notice = Some(text::NO_MENTION),
        }
    }
}

/// Whether a key changes what stands in the box by a sign.
fn is_writing(key: KeyEvent) -> bool {
    let is_ordered = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    matches!(key.code, KeyCode::Char(_) | KeyCode::Backspace | KeyCode::Delete) && !is_ordered
}

/// While the line is broken whoever sits there may decide, by keys that nobody presses who types.
fn on_break(key: KeyEvent, reconnection: &Reconnection) -> Option<Do> {
    let can_open = !reconnection.is_tried() && can_open(reconnection.obstacle());
    match key.code {
        KeyCode::Char('r') => Some(Do::Retry { opens: false }),
        KeyCode::Char('o') if can_open => Some(Do::Retry { opens: true }),
        _ => None,
    }
}

/// What is typed into a field of one row.
fn edit(field: &mut String, key: KeyEvent) {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Backspace => drop(field.pop()),
        KeyCode::Char('u' | 'c') if control => field.clear(),
        KeyCode::Char(c) if !control => fill(field, c.encode_utf8(&mut [0; 4])),
        _ => {}
    }
}

/// Puts signs into a field, as many as it takes.
pub(super) fn fill(field: &mut String, text: &str) {
    for c in text.chars().filter(|c| !c.is_control()) {
        if field.len() + c.len_utf8() <= FIELD_MOST {
            field.push(c);
        }
    }
}
