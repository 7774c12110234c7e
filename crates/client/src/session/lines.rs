//! The conversation: lines in order, never more than a bound. No message loses its place to what merely happens, which
//! somebody who comes and goes can make as often as it likes.

use std::collections::BTreeMap;

use sanctuary_seal::{Name, Text, Voice};

use super::people::{Key, Named, Person};
use super::reactions::{Reaction, Reactions};
use super::told::{Event, Note};

/// Messages that are kept; the oldest go.
pub const MESSAGES_MOST: usize = 800;

/// Events and notes that are kept beside them.
pub const EVENTS_MOST: usize = 200;

/// Milliseconds of a second.
const SECOND_MS: u64 = 1_000;

/// One line of the conversation. Its key rises, and is never given twice.
#[derive(Debug)]
pub struct Line {
    /// By which it is named.
    pub key: u64,
    /// What it tells.
    pub kind: Kind,
}

/// What a line tells.
#[derive(Debug)]
pub enum Kind {
    /// What somebody said.
    Said(Box<Said>),
    /// What happened in the room.
    Event(Event),
    /// What this member alone is told.
    Note(Note),
}

/// As what something was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// To all.
    Message,
    /// To all, before leaving.
    Farewell,
    /// To one.
    Whisper,
}

/// How far a message of one's own is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It waits.
    Sending,
    /// The daemon has it, or it is somebody else's.
    Sent,
    /// A whisper that its receiver has told of.
    Delivered,
    /// Nobody has it.
    Failed,
    /// It was sent, perhaps, from a seat that was given up.
    Unsure,
}

/// Both voices between whom something was whispered, one's own first; nothing for what was said to all.
pub(super) type Between = Option<(Key, Key)>;

/// What somebody said.
#[derive(Debug)]
pub struct Said {
    /// As what.
    pub how: How,
    /// Who.
    pub from: Person,
    /// To whom, of a whisper of one's own.
    pub to: Option<Person>,
    /// The sender's clock, in milliseconds since 1970.
    pub at: u64,
    /// HTML as its sender made it: not to be shown as it is.
    pub html: Text,
    /// It tells what its sender does.
    pub is_action: bool,
    /// The line that it answers; the inner nothing where that was never here.
    pub answers: Option<Option<u64>>,
    /// How far it is.
    pub state: Delivery,
    /// When it goes, by the session's clock.
    pub forget_at: Option<u64>,
    /// After so many seconds it is to go; 0 for never.
    pub timer: u64,
    pub(super) between: Between,
    pub(super) name: Option<Name>,
    pub(super) reactions: Reactions,
}

impl Said {
    /// The voice of the other one, of a whisper.
    #[must_use]
    pub fn whispered_with(&self) -> Option<Key> {
        self.between.map(|(_, other)| other)
    }
}

/// What has become of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is there.
    Added(u64),
    /// How far it is has changed.
    State(u64),
    /// Its reactions have.
    Reacted(u64),
    /// It was taken back by whom.
    Unsent(u64, Named),
    /// It is there no more.
    Gone(u64),
}

/// The lines that are kept.
#[derive(Debug, Default)]
pub struct Lines {
    kept: Vec<Line>,
    next: u64,
    names: BTreeMap<Name, u64>,
    ignored: Vec<Key>,
    changes: Vec<Change>,
}

impl Lines {
    /// All that is shown, in order.
    #[must_use]
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = &Line> {
        self.kept.iter().filter(|line| !self.is_hidden(line))
    }

    /// A line, if it is kept.
    #[must_use]
    pub fn of(&self, key: u64) -> Option<&Line> {
        let at = self.kept.binary_search_by_key(&key, |line| line.key).ok()?;
        self.kept.get(at)
    }

    /// A message, if it is kept.
    #[must_use]
    pub fn said(&self, key: u64) -> Option<&Said> {
        match &self.of(key)?.kind {
            Kind::Said(said) => Some(said),
            _ => None,
        }
    }

    /// Whoever has said something that is kept, once for each line.
    pub(super) fn speakers(&self) -> impl Iterator<Item = &Person> {
        self.kept.iter().filter_map(|line| match &line.kind {
            Kind::Said(said) => Some(&said.from),
            _ => None,
        })
    }

    /// The reactions to a message, without those of voices that are ignored.
    #[must_use]
    pub fn reactions(&self, said: &Said) -> Vec<Reaction> {
        said.reactions.count(&self.ignored)
    }

    /// What has changed since this was last asked.
    pub(super) fn changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    pub(super) fn say(&mut self, said: Said, now: u64) -> u64 {
        let state = said.state;
        let key = self.add(Kind::Said(Box::new(said)));
        self.run_timer(key, state, now);
        key
    }

    pub(super) fn event(&mut self, event: Event) {
        self.add(Kind::Event(event));
    }

    pub(super) fn note(&mut self, note: Note) {
        self.add(Kind::Note(note));
    }

    fn add(&mut self, kind: Kind) -> u64 {
        self.next += 1;
        let line = Line { key: self.next, kind };
        let is_hidden = self.is_hidden(&line);
        self.kept.push(line);
        if !is_hidden {
            self.changes.push(Change::Added(self.next));
        }
        self.trim();
        self.next
    }

    /// The oldest line of a kind goes where there are too many.
    fn trim(&mut self) {
        for (is_said, most) in [(true, MESSAGES_MOST), (false, EVENTS_MOST)] {
            let is_alike = |line: &&Line| matches!(line.kind, Kind::Said(_)) == is_said;
            if self.kept.iter().filter(is_alike).count() > most
                && let Some(oldest) = self.kept.iter().find(is_alike).map(|line| line.key)
            {
                self.remove(oldest);
            }
        }
    }

    /// Takes a line away as if it had never been.
    pub(super) fn remove(&mut self, key: u64) {
        let Ok(at) = self.kept.binary_search_by_key(&key, |line| line.key) else { return };
        let line = self.kept.remove(at);
        if let Kind::Said(said) = &line.kind
            && let Some(name) = said.name
        {
            self.names.remove(&name);
        }
        self.changes.push(Change::Gone(key));
    }

    /// What others call a message that was said.
    pub(super) fn name(&mut self, key: u64, name: Name) {
        if let Some(said) = self.said_mut(key) {
            said.name = Some(name);
            self.names.insert(name, key);
        }
    }

    /// The key of the message of a name, said to the same people: nothing that is said elsewhere is about it.
    pub(super) fn named(&self, name: Name, between: Between) -> Option<u64> {
        let key = *self.names.get(&name)?;
        (self.said(key)?.between == between).then_some(key)
    }

    pub(super) fn set_state(&mut self, key: u64, state: Delivery, now: u64) {
        let Some(said) = self.said_mut(key) else { return };
        if std::mem::replace(&mut said.state, state) != state {
            self.changes.push(Change::State(key));
        }
        self.run_timer(key, state, now);
    }

    /// The time of one's own words runs from when they are sent.
    fn run_timer(&mut self, key: u64, state: Delivery, now: u64) {
        let is_running = !matches!(state, Delivery::Sending | Delivery::Failed);
        if let Some(said) = self.said_mut(key)
            && said.timer > 0
            && is_running
        {
            let forget_at = now.saturating_add(said.timer.saturating_mul(SECOND_MS));
            said.forget_at.get_or_insert(forget_at);
        }
    }

    /// A line that waited is said by another voice than the one for which it was written.
    pub(super) fn revoice(&mut self, key: u64, from: Person, between: Between) {
        if let Some(said) = self.said_mut(key) {
            (said.from, said.between) = (from, between);
        }
    }

    pub(super) fn react(&mut self, key: u64, voice: Voice, text: &str, who: Named) {
        if let Some(said) = self.said_mut(key)
            && said.reactions.take(voice.to_bytes(), text, who)
        {
            let is_hidden = self.of(key).is_none_or(|line| self.is_hidden(line));
            if !is_hidden && !self.ignored.contains(&voice.to_bytes()) {
                self.changes.push(Change::Reacted(key));
            }
        }
    }

    /// A message is taken back: of it nothing is left.
    pub(super) fn unsend(&mut self, key: u64, who: Named) {
        if self.of(key).is_none_or(|line| !self.is_hidden(line)) {
            self.changes.push(Change::Unsent(key, who));
        }
        self.remove(key);
    }

    pub(super) fn ignore(&mut self, voice: Key, is_ignored: bool) {
        self.ignored.retain(|other| *other != voice);
        if is_ignored {
            self.ignored.push(voice);
        }
    }

    pub(super) fn is_ignored(&self, voice: &Key) -> bool {
        self.ignored.contains(voice)
    }

    /// Forgets the messages whose time is over.
    pub(super) fn forget(&mut self, now: u64) {
        let over = |line: &Line| forget_at(line).is_some_and(|at| at <= now);
        for key in self.kept.iter().filter(|line| over(line)).map(|line| line.key).collect::<Vec<_>>() {
            self.remove(key);
        }
    }

    /// When the next message is to be forgotten.
    pub(super) fn due(&self) -> Option<u64> {
        self.kept.iter().filter_map(forget_at).min()
    }

    fn said_mut(&mut self, key: u64) -> Option<&mut Said> {
        let at = self.kept.binary_search_by_key(&key, |line| line.key).ok()?;
        match &mut self.kept[at].kind {
            Kind::Said(said) => Some(said),
            _ => None,
        }
    }

    fn is_hidden(&self, line: &Line) -> bool {
        match &line.kind {
            Kind::Said(said) => said.from.voice.is_some_and(|voice| self.is_ignored(&voice.to_bytes())),
            _ => false,
        }
    }
}

fn forget_at(line: &Line) -> Option<u64> {
    match &line.kind {
        Kind::Said(said) => said.forget_at,
        _ => None,
    }
}
