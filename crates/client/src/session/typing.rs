//! Who is writing a message at the moment, and when others are told that this member is, by the page's measures. Both are
//! bounded in rate: a notice costs a frame, and changes what is shown.

use std::collections::BTreeMap;

use super::people::{Key, People};

/// Milliseconds of typing before others are told: what is written faster is read as soon as the notice would be.
pub(super) const AFTER_MS: u64 = 1_000;

/// Milliseconds between two notices of this member, while it goes on.
pub(super) const TOLD_EACH_MS: u64 = 4_000;

/// Milliseconds after its last notice for which a member counts as typing.
pub(super) const LASTS_MS: u64 = 9_000;

/// Milliseconds in which a member that was shown, and has spoken, is not shown again.
pub(super) const PAUSE_MS: u64 = 1_000;

/// Since when a member is shown, or from when on it may be, and until when.
#[derive(Clone, Copy, Debug)]
struct Shown {
    from: u64,
    until: u64,
}

impl Shown {
    fn is_seen(self) -> bool {
        self.until > self.from
    }
}

/// Who is typing.
#[derive(Debug)]
pub(super) struct Typing {
    /// Others are told, and shown: who does not tell is not told either.
    pub(super) is_on: bool,
    began_at: Option<u64>,
    typed_at: u64,
    told_at: Option<u64>,
    heard: BTreeMap<Key, Shown>,
}

impl Default for Typing {
    fn default() -> Self {
        Self { is_on: true, began_at: None, typed_at: 0, told_at: None, heard: BTreeMap::new() }
    }
}

impl Typing {
    /// Something is being typed; whether others are to be told now.
    pub(super) fn is_due(&mut self, now: u64) -> bool {
        // Somebody who has paused begins anew.
        let began_at = self.began_at.filter(|_| now < self.typed_at + LASTS_MS).unwrap_or(now);
        (self.began_at, self.typed_at) = (Some(began_at), now);
        self.is_on && now >= began_at + AFTER_MS && self.told_at.is_none_or(|told| now >= told + TOLD_EACH_MS)
    }

    pub(super) fn told(&mut self, now: u64) {
        self.told_at = Some(now);
    }

    /// What was typed was sent: the next is another text.
    pub(super) fn own_said(&mut self) {
        self.began_at = None;
    }

    pub(super) fn heard(&mut self, voice: Key, now: u64) {
        let from = self.heard.get(&voice).map_or(now, |shown| shown.from);
        if now >= from {
            self.heard.insert(voice, Shown { from, until: now + LASTS_MS });
        }
    }

    /// A member has said what it was typing.
    pub(super) fn said(&mut self, voice: Key, now: u64) {
        self.heard.insert(voice, Shown { from: now + PAUSE_MS, until: now });
    }

    /// Those who are typing, in the order in which they began.
    pub(super) fn now(&self) -> Vec<Key> {
        if !self.is_on {
            return vec![];
        }
        let mut seen: Vec<(&Key, &Shown)> = self.heard.iter().filter(|(_, shown)| shown.is_seen()).collect();
        seen.sort_by_key(|(_, shown)| shown.from);
        seen.into_iter().map(|(voice, _)| *voice).collect()
    }

    /// When somebody is next to be shown no more.
    pub(super) fn due(&self) -> Option<u64> {
        self.heard.values().filter(|shown| shown.is_seen()).map(|shown| shown.until).min()
    }

    pub(super) fn wake(&mut self, now: u64) {
        self.heard.retain(|_, shown| shown.from > now || shown.until > now);
    }

    /// Whoever is here no more types here no more.
    pub(super) fn keep(&mut self, people: &People) {
        self.heard.retain(|voice, _| people.voice(voice).is_some());
    }
}
