//! Somebody who sits before the screen: the first of those in a room.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::plain::html_of;
use crate::rich::Colours;
use crate::screen::{Bell, Do, Looks, Screen, Waits, membership};
use crate::session::tests::world::World;
use crate::typed::{self, Taken, Typed};

/// The screen of a member, and the room around it.
pub(super) struct Sitting {
    pub(super) world: World,
    pub(super) screen: Screen,
    pub(super) terminal: Terminal<TestBackend>,
    /// Rings so far.
    pub(super) rings: usize,
    /// What was wanted by the keys, but what was said and that something was being typed.
    pub(super) wanted: Vec<Do>,
    /// How often something for all was being typed.
    pub(super) notices: usize,
}

impl Sitting {
    pub(super) fn of(aliases: &[&str], width: u16, height: u16) -> Self {
        Self::with(aliases, (width, height), Bell::Mentions, Colours::Indexed)
    }

    pub(super) fn with(aliases: &[&str], size: (u16, u16), bell: Bell, colours: Colours) -> Self {
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let screen = Screen::new(Looks { colours, ahead: 0 }, bell);
        let mut world = World::of(aliases);
        world.players[0].changes.clear();
        Self { world, screen, terminal, rings: 0, wanted: vec![], notices: 0 }
    }

    /// Somebody says something, as typed.
    pub(super) fn says(&mut self, who: usize, typed: &str) {
        self.world.types(who, typed);
        self.hears();
    }

    /// The screen is told what has changed.
    pub(super) fn hears(&mut self) {
        let player = &mut self.world.players[0];
        let changes = std::mem::take(&mut player.changes);
        let Some(membership) = membership(&player.session) else { return };
        for change in &changes {
            self.rings += usize::from(self.screen.told(change, membership));
        }
    }

    pub(super) fn presses(&mut self, code: KeyCode) {
        self.presses_with(code, KeyModifiers::NONE);
    }

    pub(super) fn presses_with(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        let wanted = self.screen.key(KeyEvent::new(code, modifiers), &self.world.players[0].session);
        let Some(wanted) = wanted else { return };
        match wanted {
            Do::Say => self.says_what_is_typed(),
            Do::Type => self.notices += 1,
            wanted => self.wanted.push(wanted),
        }
    }

    fn says_what_is_typed(&mut self) {
        let (text, aim, names) = self.screen.typed();
        let typed = Typed { text: &text, aim: &aim, names: &names };
        let mut taken = Taken::Kept;
        self.world.act(0, |session, now| {
            let (what, effects) =
                typed::carry_out(session, typed, |typed| html_of(typed).as_str().into(), now);
            taken = what;
            effects
        });
        self.takes(taken);
        self.world.settle();
        self.hears();
    }

    pub(super) fn takes(&mut self, taken: Taken) {
        self.screen.taken(taken, &self.world.players[0].session, self.world.now);
    }

    /// Time goes by.
    pub(super) fn passes(&mut self, milliseconds: u64) {
        self.world.passes(milliseconds);
        self.hears();
        self.screen.forget(self.world.now);
    }

    /// What stands in the box.
    pub(super) fn typed(&self) -> String {
        self.screen.typed().0.to_string()
    }

    pub(super) fn pastes(&mut self, text: &str) {
        self.screen.pasted(text, &self.world.players[0].session);
    }

    pub(super) fn types(&mut self, text: &str) {
        for c in text.chars() {
            self.presses(KeyCode::Char(c));
        }
    }

    pub(super) fn draws(&mut self) -> String {
        self.draws_while(Waits::default())
    }

    /// The screen as text.
    pub(super) fn draws_while(&mut self, waits: Waits<'_>) -> String {
        let (screen, session) = (&mut self.screen, &self.world.players[0].session);
        self.terminal.draw(|frame| screen.draw(frame, session, waits)).unwrap();
        self.terminal.backend().to_string()
    }
}
