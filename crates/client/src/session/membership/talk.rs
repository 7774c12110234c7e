//! What a member says, to all or to one, and what it says about messages: it answers, reacts, takes back, tries again.

use sanctuary_seal::{Body, Name, Text, TimedText};

use super::super::lines::{Delivery, How, Said};
use super::super::outbox::Word;
use super::super::people::{Key, Named, Person, Standing};
use super::super::reactions::{self, Reactions};
use super::super::told::Note;
use super::Membership;

/// Where what is typed goes: to all, or to one, and perhaps as an answer to a line.
#[derive(Clone, Debug, Default)]
pub struct Aim {
    /// The voice of the one that it goes to.
    pub to: Option<Key>,
    /// The line that it answers.
    pub answers: Option<u64>,
}

impl Membership {
    /// Says something. Returns whether it was taken; if not, a note tells why.
    pub fn say(&mut self, html: Text, is_action: bool, aim: &Aim, now: u64) -> bool {
        let said = TimedText { at: now, timer: self.timer.own(), text: html };
        let body = match aim.answers {
            _ if is_action => Body::Action(said),
            None => Body::Message(said),
            Some(key) => match self.name_for(key, aim.to) {
                Some(to) => Body::Reply { said, to },
                None => return self.rejects(Note::NoLine),
            },
        };
        let how = if aim.to.is_some() { How::Whisper } else { How::Message };
        self.put(how, body, aim, now)
    }

    pub(in crate::session) fn say_farewell(&mut self, text: &Text, now: u64) -> bool {
        let said = TimedText { at: now, timer: self.timer.own(), text: text.clone() };
        self.put(How::Farewell, Body::Farewell(said), &Aim::default(), now)
    }

    fn put(&mut self, how: How, body: Body, aim: &Aim, now: u64) -> bool {
        if let Some(why) = aim.to.and_then(|to| self.obstacle(&to)) {
            return self.rejects(why);
        }
        let Some(you) = self.people.you().cloned() else { return false };
        let (Body::Message(said) | Body::Farewell(said) | Body::Action(said) | Body::Reply { said, .. }) =
            &body
        else {
            return false;
        };
        if !self.outbox.has_room() || !self.group.fits(&body) {
            return self.rejects(Note::TooMuch);
        }
        let line = Said {
            how,
            from: you,
            to: aim.to.and_then(|to| self.people.voice(&to).cloned()),
            at: said.at,
            html: said.text.clone(),
            is_action: matches!(body, Body::Action(_)),
            answers: matches!(body, Body::Reply { .. }).then_some(aim.answers),
            state: Delivery::Sending,
            forget_at: None,
            timer: said.timer,
            between: self.between(aim.to),
            name: None,
            reactions: Reactions::default(),
        };
        let key = Some(self.lines.say(line, now));
        if aim.to.is_none() {
            self.typing.own_said();
        }
        let word = Word::Say { key, to: aim.to, body: Box::new(body) };
        if how == How::Farewell {
            self.outbox.put_last(word);
        } else {
            self.outbox.put(word);
        }
        self.go_on(now);
        true
    }

    /// Something for all is being typed: they are told so at times, where nothing else waits to be said.
    pub fn types(&mut self, now: u64) {
        let is_due = self.typing.is_due(now);
        let is_heard =
            self.people.all().iter().any(|person| !person.you && person.standing == Standing::Ready);
        if is_due && is_heard && self.group.is_seated() && self.outbox.is_idle() {
            self.typing.told(now);
            self.outbox.put(Word::Say { key: None, to: None, body: Box::new(Body::Typing { at: now }) });
            self.go_on(now);
        }
    }

    /// Others are told when this member is typing, and this one when they are; or neither.
    pub fn tell_typing(&mut self, is_on: bool) {
        self.typing.is_on = is_on;
        if !is_on {
            self.outbox.drop_typing();
        }
    }

    /// Whether others are told when this member is typing.
    #[must_use]
    pub fn tells_typing(&self) -> bool {
        self.typing.is_on
    }

    /// Those who are typing.
    #[must_use]
    pub fn typing(&self) -> Vec<&Named> {
        let seen = |person: &&Person| !person.away && !self.is_ignored(person);
        let people = self.typing.now().into_iter().filter_map(|voice| self.people.voice(&voice));
        people.filter(seen).map(|person| &person.named).collect()
    }

    /// Reacts to a message; the same once more takes it back.
    pub fn react(&mut self, key: u64, emoji: &str, now: u64) -> bool {
        if !reactions::is_reaction(emoji) {
            return false;
        }
        let own = self.people.you().and_then(|you| you.voice).map(|voice| voice.to_bytes());
        let before = self.lines.said(key).zip(own).and_then(|(said, own)| said.reactions.of(&own));
        let is_same = before.is_some_and(|before| reactions::is_same(before, emoji));
        let text: Text = if is_same { "".into() } else { emoji.into() };
        self.say_about(key, |to| Body::Reaction { at: now, text, to }, now)
    }

    /// Takes back a message of one's own.
    pub fn unsend(&mut self, key: u64, now: u64) -> bool {
        let own = self.people.you().and_then(|you| you.voice);
        let Some(said) = self.lines.said(key).filter(|said| said.from.you) else {
            return self.rejects(Note::NoLine);
        };
        if matches!(said.state, Delivery::Failed | Delivery::Unsure) {
            self.lines.remove(key);
            return true;
        }
        // Only the voice that said it is heeded, and that one is gone.
        if said.from.voice != own {
            return self.rejects(Note::FormerVoice);
        }
        self.say_about(key, |to| Body::Unsend { at: now, to }, now)
    }

    /// Says anew what could not be sent.
    pub fn say_again(&mut self, key: u64, now: u64) -> bool {
        let is_unsent =
            |said: &&Said| said.from.you && matches!(said.state, Delivery::Failed | Delivery::Unsure);
        let Some(said) = self.lines.said(key).filter(is_unsent) else {
            return self.rejects(Note::NoLine);
        };
        let (html, is_action) = (said.html.clone(), said.is_action);
        let to = said.to.as_ref().and_then(voice);
        let answers = said.answers.flatten().filter(|answered| self.name_for(*answered, to).is_some());
        let is_taken = self.say(html, is_action, &Aim { to, answers }, now);
        if is_taken {
            self.lines.remove(key);
        }
        is_taken
    }

    fn say_about(&mut self, key: u64, body: impl FnOnce(Name) -> Body, now: u64) -> bool {
        let Some(said) = self.lines.said(key) else { return self.rejects(Note::NoLine) };
        let to = said.between.map(|(_, other)| other);
        if let Some(why) = to.and_then(|to| self.obstacle(&to)) {
            return self.rejects(why);
        }
        let Some(name) = self.name_for(key, to) else { return self.rejects(Note::NoLine) };
        if !self.outbox.has_room() {
            return self.rejects(Note::TooMuch);
        }
        self.outbox.put(Word::Say { key: None, to, body: Box::new(body(name)) });
        self.go_on(now);
        true
    }

    /// Whether a line is here, and was said among those to whom the answer goes.
    #[must_use]
    pub fn is_answerable(&self, key: u64, to: Option<Key>) -> bool {
        self.lines.said(key).is_some_and(|said| said.between == self.between(to))
    }

    /// By what those to whom something is said know a message.
    fn name_for(&self, key: u64, to: Option<Key>) -> Option<Name> {
        let said = self.lines.said(key)?;
        if said.between == self.between(to) { said.name } else { None }
    }

    /// Why nothing can be whispered to a voice now.
    fn obstacle(&self, to: &Key) -> Option<Note> {
        let Some(person) = self.people.voice(to) else { return Some(Note::Gone) };
        if person.you {
            return Some(Note::Yourself);
        }
        person.away.then(|| Note::Away(person.named.clone()))
    }

    pub(super) fn rejects(&mut self, why: Note) -> bool {
        self.note(why);
        false
    }
}

pub(super) fn voice(person: &Person) -> Option<Key> {
    person.voice.map(|voice| voice.to_bytes())
}
