//! What a member orders: the daemon, and each member by itself, decide whether it may.

use std::sync::Arc;

use sanctuary_seal::Alias;

use super::super::lines::Kind;
use super::super::names::Names;
use super::super::outbox::Word;
use super::super::people::{Key, Person, folded, written};
use super::super::timer::TIMER_MOST;
use super::super::told::Note;
use super::Membership;
use super::talk::voice;

impl Membership {
    /// Whom names mean from now on.
    #[must_use]
    pub fn names(&self) -> Names {
        Names { people: Arc::clone(&self.people), whisperer: self.whisperer }
    }

    /// The member that is meant, or why it can't be told: one who has the name now, and had it when the line was begun.
    pub fn find(&self, names: &Names, alias: &str, nth: Option<usize>) -> Result<&Person, Note> {
        let person = self.people.called(alias, nth)?;
        let is_same = names.people.called(alias, nth).is_ok_and(|before| before.voice == person.voice);
        if is_same { Ok(person) } else { Err(Note::Another(written(alias, nth))) }
    }

    /// Whether several had this alias at some time, so that a number behind it says which of them is meant.
    #[must_use]
    pub fn was_numbered(&self, alias: &str) -> bool {
        self.numbered.has(alias)
    }

    /// Whoever had whispered last when the line was begun.
    pub fn whisperer(&self, names: &Names) -> Result<&Person, Note> {
        let voice = names.whisperer.filter(|voice| !self.lines.is_ignored(voice));
        let voice = voice.ok_or(Note::Unwhispered)?;
        self.people.voice(&voice).ok_or(Note::WhispererGone)
    }

    /// Puts a member out, and gives the room another password.
    pub fn kick(&mut self, person: &Person, now: u64) -> bool {
        if person.you {
            return self.rejects(Note::Yourself);
        }
        if !self.moderates() {
            self.refuse();
            return false;
        }
        let Some(voice) = voice(person) else { return self.rejects(Note::NoVoice) };
        if !self.outbox.has_room() {
            return self.rejects(Note::TooMuch);
        }
        self.outbox.put(Word::Kick(voice));
        let derive = self.moderation.relock(&self.group, &self.people, Some(voice), &mut self.random);
        self.to_derive.extend(derive);
        self.go_on(now);
        true
    }

    /// Makes another member keeper.
    pub fn hand(&mut self, person: &Person, now: u64) -> bool {
        if person.you {
            return self.rejects(Note::Yourself);
        }
        let Some(voice) = voice(person) else { return self.rejects(Note::Unnamed) };
        self.order(Word::Hand(voice), now)
    }

    /// Ends the room for everyone.
    pub fn stop(&mut self, now: u64) -> bool {
        self.order(Word::Stop, now)
    }

    fn order(&mut self, word: Word, now: u64) -> bool {
        if !self.outbox.has_room() {
            return self.rejects(Note::TooMuch);
        }
        self.outbox.put(word);
        self.go_on(now);
        true
    }

    /// Lets nobody in any more, or again.
    pub fn lock(&mut self, locked: bool, now: u64) -> bool {
        self.moderation.lock(locked);
        self.go_on(now);
        true
    }

    /// Gives the room another password, which is drawn.
    pub fn relock(&mut self, now: u64) -> bool {
        if !self.moderates() {
            self.refuse();
            return false;
        }
        let derive = self.moderation.relock(&self.group, &self.people, None, &mut self.random);
        self.to_derive.extend(derive);
        self.go_on(now);
        true
    }

    /// From now on messages go after so many seconds, or stay. Returns nothing where it is out of bounds.
    pub fn set_timer(&mut self, seconds: u64, now: u64) -> Option<bool> {
        if seconds > TIMER_MOST {
            return None;
        }
        if !self.moderates() {
            self.refuse();
            return Some(false);
        }
        if !self.outbox.has_room() {
            return Some(self.rejects(Note::TooMuch));
        }
        self.tell_timer(seconds, now);
        self.go_on(now);
        Some(true)
    }

    pub(super) fn tell_timer(&mut self, seconds: u64, now: u64) {
        self.timer.ask(seconds, now);
        let body = Box::new(sanctuary_seal::Body::Timer { seconds });
        self.outbox.put(Word::Say { key: None, to: None, body });
    }

    /// The keeper tells those who came how long messages are to be seen.
    pub(super) fn is_to_tell_timer(&self) -> bool {
        self.group.you().is_some_and(|you| self.group.keeper() == Some(you))
            && !self.group.accepted().is_empty()
            && self.outbox.has_room()
    }

    /// Takes another alias.
    pub fn rename(&mut self, typed: &str, now: u64) -> bool {
        let alias: Alias = match typed.parse() {
            Ok(alias) => alias,
            Err(fault) => return self.rejects(Note::BadAlias(fault)),
        };
        if !self.group.has_door() {
            return self.rejects(Note::Keyless);
        }
        if alias == *self.group.alias() {
            return self.rejects(Note::Yourself);
        }
        if self.people.named(alias.as_str()).iter().any(|person| !person.you) {
            return self.rejects(Note::AliasInUse);
        }
        self.group.rename(alias, now).is_ok()
    }

    /// Shows nothing of a member any more, or all that is kept of it again; nobody is told.
    pub fn ignore(&mut self, person: &Person) -> bool {
        let Some(voice) = voice(person) else { return self.rejects(Note::Unnamed) };
        if person.you {
            return self.rejects(Note::Yourself);
        }
        let is_ignored = !self.lines.is_ignored(&voice);
        self.lines.ignore(voice, is_ignored);
        let named = person.named.clone();
        self.note(if is_ignored { Note::Ignored(named) } else { Note::Heeded(named) });
        true
    }

    /// Shows the number of a member, to be compared with what it reads aloud.
    pub fn verify(&mut self, person: &Person) -> bool {
        if person.you {
            return self.rejects(Note::Yourself);
        }
        let Some(number) = self.group.number(person.id) else { return self.rejects(Note::Unnamed) };
        let Some(voice) = voice(person) else { return self.rejects(Note::Unnamed) };
        self.note(Note::Verify(person.named.clone(), number, voice));
        true
    }

    /// The voice whose number was shown last under this name, whoever has that by now.
    pub fn shown_number(&self, alias: &str, nth: Option<usize>) -> Result<Key, Note> {
        let none = || Note::NumberUnshown(written(alias, nth));
        let wanted = folded(&alias.parse().map_err(|_| none())?);
        let shown = self.lines.shown().rev().find_map(|line| match &line.kind {
            Kind::Note(Note::Verify(who, _, voice)) => {
                let has_it = who.nth == nth && who.alias.as_ref().is_some_and(|own| folded(own) == wanted);
                has_it.then_some(*voice)
            }
            _ => None,
        });
        let voice = shown.ok_or_else(none)?;
        if self.people.voice(&voice).is_some() { Ok(voice) } else { Err(Note::Gone) }
    }

    /// The number of a member was compared with what it read aloud.
    pub fn set_verified(&mut self, voice: Key, is_same: bool) {
        self.verified.retain(|other| *other != voice);
        if is_same {
            self.verified.push(voice);
        }
    }

    /// Shows the number of one's own voice.
    pub fn show_number(&mut self) {
        if let Some(number) = self.group.you().and_then(|you| self.group.number(you)) {
            self.note(Note::Number(number));
        }
    }

    fn moderates(&self) -> bool {
        self.group.you().is_some_and(|you| self.group.may(you))
    }

    /// A note tells whose it is to do what this member may not.
    pub(super) fn refuse(&mut self) {
        let keeper = self.group.keeper().map(|keeper| self.named(keeper));
        self.note(Note::NotYours(keeper.unwrap_or_else(super::Named::nobody)));
    }
}
