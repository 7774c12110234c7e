//! Whom what is typed is for.

use super::said;
use crate::session::{How, Key, Membership, Named, Person};

/// One member alone, or what is answered, or both.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The voice of the one that alone hears it; nothing where all do.
    pub(super) to: Option<Key>,
    /// What that one was called, or whoever said what is answered.
    pub(super) whom: Named,
    /// The line that it answers.
    pub(super) answers: Option<u64>,
}

impl Target {
    /// A member alone.
    pub(super) fn one(person: &Person) -> Self {
        Self { to: voice(person), whom: person.named.clone(), answers: None }
    }

    /// Who is to hear an answer to a line: a whisper is answered by a whisper.
    pub(super) fn answer_to(key: u64, membership: &Membership) -> Option<Self> {
        let (_, said) = said(membership, key)?;
        let other = if said.from.you { said.to.as_ref() } else { Some(&said.from) };
        let other = other.filter(|_| said.how == How::Whisper);
        let whom = other.unwrap_or(&said.from).named.clone();
        Some(Self { to: other.and_then(voice), whom, answers: Some(key) })
    }

    /// What it tells above the box; a member may be called otherwise by now.
    pub(super) fn told(&self, membership: Option<&Membership>) -> String {
        let Some(to) = &self.to else { return format!("Answering {}", self.whom) };
        let person = membership.and_then(|membership| membership.people().voice(to));
        let whom = person.map_or(&self.whom, |person| &person.named);
        format!("Whispering to {whom} alone")
    }

    /// How one is rid of it.
    pub(super) fn ends(&self) -> &'static str {
        if self.to.is_some() { "Esc: put it aside" } else { "Esc: not any more" }
    }

    /// Whether the line that it answers can't be answered any more, by who has entered anew say.
    pub(super) fn has_lost_line(&self, membership: &Membership) -> bool {
        self.answers.is_some_and(|key| !membership.is_answerable(key, self.to))
    }
}

fn voice(person: &Person) -> Option<Key> {
    person.voice.map(|voice| voice.to_bytes())
}
