//! The screen, pure: keys, pastes and what the session tells go in, what is to be done comes out; it is drawn into a frame.
//! Of the conversation it keeps nothing but what is seen.

mod completion;
mod composer;
mod draw;
mod entry;
mod history;
mod keys;
mod looks;
mod members;
mod mention;
mod panel;
mod pictures;
mod search;
mod status;
mod target;
#[cfg(test)]
mod tests;
mod text;
mod view;

use std::time::Instant;

use clap::ValueEnum;
use zeroize::Zeroizing;

pub use composer::TYPED_MOST;
pub use history::HISTORY_MOST;
pub use looks::Looks;
pub use mention::MENTIONS_MOST;
pub use pictures::{
    PICTURES_KEPT, PIXELS_EACH_SECOND, PIXELS_LEAST, PIXELS_OF_ONE, Picture, REST, REST_OF_ONE,
};
pub use view::PICTURE_ROWS_MOST;

use crate::commands::{self, Command};
use crate::picture::Miniature;
use crate::session::{Aim, Change, Kind, Line, Membership, Names, Note, Phase, Session};
use crate::typed::Taken;
use crate::words;
use composer::Composer;
use mention::Mentions;
use panel::Panel;
use search::Search;
use view::View;

/// Milliseconds of a second.
const SECOND_MS: u64 = 1_000;

/// When the terminal is to ring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Bell {
    /// Never
    Off,
    /// Where somebody names you, whispers to you or answers you
    #[default]
    Mentions,
    /// For each message of others
    All,
}

/// What somebody wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Do {
    /// Say what stands in the box; see [`Screen::typed`].
    Say,
    /// React to a line, or take that back.
    React(u64, String),
    /// Take a line back.
    Unsend(u64),
    /// Say a line again that was not sent.
    SayAgain(u64),
    /// The number of a member was compared.
    Verified(crate::session::Key, bool),
    /// Show the invitation; see [`Screen::invite`].
    Invite,
    /// Something for all is being typed: see [`Membership::types`].
    Type,
    /// Tell others who is typing, and be told, or neither.
    TellTyping(bool),
    /// Try to come back at once, and perhaps open the room again.
    Retry {
        /// The room is to be opened that is gone.
        opens: bool,
    },
    /// Leave at once.
    Leave,
    /// Stop for a while, as programs in terminals do.
    Suspend,
    /// Draw all anew.
    Redraw,
}

/// What is drawn beside the session.
#[derive(Clone, Copy, Debug, Default)]
pub struct Waits<'a> {
    /// Seconds until the next try to connect.
    pub tries_in: Option<u64>,
    /// Why the daemon can't be reached.
    pub why: Option<&'a str>,
}

/// What a key is for, where not for the box.
#[derive(Debug)]
enum Mode {
    Typing,
    /// A line is selected, to which somebody reacts by what is typed.
    Reacting(u64, String),
    Searching(Search),
}

/// The screen.
#[derive(Debug)]
pub struct Screen {
    looks: Looks,
    composer: Composer,
    view: View,
    mode: Mode,
    panel: Option<Panel>,
    /// Rows of the panel that have gone by, and how many can.
    scrolled: (u16, u16),
    /// Whether members are shown, where somebody has said so.
    members: Option<bool>,
    /// The window has place for them beside the conversation.
    is_wide: bool,
    bell: Bell,
    mentions: Mentions,
    /// Until the next key.
    notice: Option<&'static str>,
}

impl Screen {
    /// With an empty box.
    #[must_use]
    pub fn new(looks: Looks, bell: Bell) -> Self {
        Self {
            looks,
            composer: Composer::new(),
            view: View::new(),
            mode: Mode::Typing,
            panel: None,
            scrolled: (0, 0),
            members: None,
            is_wide: false,
            bell,
            mentions: Mentions::default(),
            notice: None,
        }
    }

    /// A line has changed. Returns whether the terminal is to ring.
    pub fn told(&mut self, change: &Change, membership: &Membership) -> bool {
        let Change::Added(key) = change else { return false };
        let Some(line) = membership.lines().of(*key) else { return false };
        if let Kind::Note(Note::Verify(who, number, voice)) = &line.kind {
            self.opens(Panel::Verify { voice: *voice, who: who.clone(), number: number.clone() });
        }
        let Kind::Said(said) = &line.kind else { return false };
        self.view.came(said.from.you);
        let is_mention = self.mentions.came(line, membership);
        match self.bell {
            Bell::Off => false,
            Bell::Mentions => is_mention,
            Bell::All => !said.from.you,
        }
    }

    /// What is to be said, where it goes, and whom names mean in it.
    #[must_use]
    pub fn typed(&self) -> (Zeroizing<String>, Aim, Names) {
        let target = self.composer.target.as_ref();
        let aim = Aim { to: target.and_then(|it| it.to), answers: target.and_then(|it| it.answers) };
        (self.composer.text(), aim, self.composer.names())
    }

    /// What has become of what was to be said: what was not taken stays in the box.
    pub fn taken(&mut self, taken: Taken, session: &Session, now: u64) {
        let membership = membership(session);
        if taken != Taken::Taken {
            return self.composer.refused(membership);
        }
        let timer = membership.map_or(0, Membership::timer);
        let forget_at = (timer > 0).then(|| now.saturating_add(timer.saturating_mul(SECOND_MS)));
        match commands::parse(&self.composer.text()) {
            Command::Say(_) | Command::Act(_) => self.composer.said(forget_at),
            _ => self.composer.commanded(forget_at),
        }
    }

    /// Forgets what was said with a timer, once its time is over.
    pub fn forget(&mut self, now: u64) {
        self.composer.forget(now);
    }

    /// When [`Screen::forget`] is next to be called.
    #[must_use]
    pub fn due(&self) -> Option<u64> {
        self.composer.due()
    }

    /// Something was pasted: several lines are asked about.
    pub fn pasted(&mut self, pasted: &str, session: &Session) {
        self.puts(pasted);
        self.begins(session);
    }

    /// What stands in the box goes by what names mean when it is begun.
    fn begins(&mut self, session: &Session) {
        if let Some(membership) = membership(session) {
            self.composer.begins(membership);
        }
    }

    /// What can't be answered any more is not, and whoever types is told so before it is said.
    fn loses_line(&mut self, membership: &Membership) {
        if self.composer.loses_line(membership) {
            self.notice = Some(words::NO_LINE);
        }
    }

    fn puts(&mut self, pasted: &str) {
        let pasted = Zeroizing::new(pasted.replace("\r\n", "\n").replace('\r', "\n"));
        match &mut self.mode {
            Mode::Reacting(_, field) => return keys::fill(field, &pasted),
            Mode::Searching(search) => return keys::fill(&mut search.typed, &pasted),
            Mode::Typing => {}
        }
        self.view.selected = None;
        if pasted.len() > TYPED_MOST {
            self.notice = Some(text::PASTE_TOO_LONG);
        } else if pasted.trim_end_matches('\n').contains('\n') {
            self.opens(Panel::Paste(pasted));
        } else {
            self.puts_in(pasted.trim_end_matches('\n'));
        }
    }

    /// Shows the invitation.
    pub fn invite(&mut self, link: Zeroizing<String>) {
        self.opens(Panel::Invitation(link));
    }

    /// The emoji was none.
    pub fn reacted(&mut self, is_taken: bool) {
        if !is_taken {
            self.notice = Some(text::NO_EMOJI);
        }
    }

    /// Whether something is looked for.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        matches!(&self.mode, Mode::Searching(search) if search.is_on())
    }

    /// Looks a piece further.
    pub fn search(&mut self, session: &Session) {
        let Mode::Searching(search) = &mut self.mode else { return };
        let Some(membership) = membership(session) else {
            self.mode = Mode::Typing;
            return;
        };
        if let Some(found) = search.goes_on(membership) {
            self.view.selected = Some(found);
        } else if !search.is_on() {
            self.notice = Some(text::NOT_FOUND);
        }
    }

    /// When the next picture may be decoded that is seen; nothing while one is, or none is wanted.
    #[must_use]
    pub fn picture_due(&self) -> Option<Instant> {
        self.view.pictures.due()
    }

    /// The next picture to decode, if it is time; see [`Screen::made`].
    pub fn takes_picture(&mut self, session: &Session, now: Instant) -> Option<Picture> {
        self.view.pictures.take(membership(session), now)
    }

    /// What has come of the picture that was taken: nothing where it can't be decoded.
    pub fn made(&mut self, miniature: Option<Miniature>, now: Instant) {
        self.view.made(miniature, now);
    }

    /// Lines that were made into rows so far.
    #[must_use]
    pub fn wraps(&self) -> usize {
        self.view.wraps
    }

    fn puts_in(&mut self, text: &str) {
        if !self.composer.insert(text) {
            self.notice = Some(text::PASTE_TOO_LONG);
        }
    }

    fn opens(&mut self, panel: Panel) {
        (self.panel, self.scrolled) = (Some(panel), (0, 0));
    }

    /// Whether what stands in the box asks for the help, which is a panel here.
    fn asks_for_help(&self) -> bool {
        commands::parse(&self.composer.text()) == Command::Help
    }
}

/// The room, as long as anything of it is shown.
fn membership(session: &Session) -> Option<&Membership> {
    match session.phase() {
        Phase::Room(membership) | Phase::Reconnecting(membership, _) => Some(membership),
        _ => None,
    }
}

/// The message that is selected.
fn said(membership: &Membership, key: u64) -> Option<(&Line, &crate::session::Said)> {
    let line = membership.lines().of(key)?;
    if let Kind::Said(said) = &line.kind { Some((line, said)) } else { None }
}
