//! Emoji that members have put to a message: one of each member, and few kinds to a message.

use sanctuary_seal::is_emoji;

use super::people::{Key, Named};

/// Kinds of reactions to one message.
pub(super) const KINDS_MOST: usize = 8;

/// Reactions to one message.
pub(super) const REACTIONS_MOST: usize = 256;

/// UTF-16 units of an emoji: the longest that Unicode lists has 15.
pub(super) const EMOJI_MOST: usize = 32;

/// An emoji that members have put to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// The emoji.
    pub text: String,
    /// Who has.
    pub by: Vec<Named>,
}

/// The reactions to one message, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Reactions(Vec<(Key, String, Named)>);

impl Reactions {
    /// Takes over what a voice reacts by; an empty text takes it back. Returns whether that changes anything.
    pub(super) fn take(&mut self, voice: Key, text: &str, who: Named) -> bool {
        let before = self.0.iter().position(|(other, ..)| *other == voice);
        if text.is_empty() {
            return before.map(|at| self.0.remove(at)).is_some();
        }
        if !is_reaction(text) || before.is_some_and(|at| is_same(&self.0[at].1, text)) {
            return false;
        }
        let others = || self.0.iter().filter(|(other, ..)| *other != voice);
        let same = others().find(|(_, other, _)| is_same(other, text)).map(|(_, other, _)| other.clone());
        let mut kinds: Vec<&str> = others().map(|(_, other, _)| other.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if others().count() >= REACTIONS_MOST || same.is_none() && kinds.len() >= KINDS_MOST {
            return false;
        }
        if let Some(at) = before {
            self.0.remove(at);
        }
        self.0.push((voice, same.unwrap_or_else(|| text.to_owned()), who));
        true
    }

    /// The reaction of a voice.
    pub(super) fn of(&self, voice: &Key) -> Option<&str> {
        self.0.iter().find(|(other, ..)| other == voice).map(|(_, text, _)| text.as_str())
    }

    pub(super) fn count(&self, ignored: &[Key]) -> Vec<Reaction> {
        let mut counted: Vec<Reaction> = vec![];
        for (_, text, who) in self.0.iter().filter(|(voice, ..)| !ignored.contains(voice)) {
            match counted.iter_mut().find(|reaction| reaction.text == *text) {
                Some(reaction) => reaction.by.push(who.clone()),
                None => counted.push(Reaction { text: text.clone(), by: vec![who.clone()] }),
            }
        }
        counted
    }
}

/// Whether somebody may react by this: one emoji, as Unicode Technical Standard 51 builds them.
#[must_use]
pub fn is_reaction(text: &str) -> bool {
    text.encode_utf16().count() <= EMOJI_MOST && is_emoji(text)
}

/// The same emoji may be written with and without a selector of its colourful form.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.replace('\u{fe0f}', "");
    plain(one) == plain(other)
}
