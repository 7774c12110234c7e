//! What was typed before, to be said again or amended: in memory alone, and no longer than the message may be seen.

use zeroize::Zeroizing;

use super::target::Target;
use crate::session::Key;

/// Texts that are remembered; the oldest go.
pub const HISTORY_MOST: usize = 100;

/// A text, and whom it is for: a whisper that comes back is still for the one alone.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) text: Zeroizing<String>,
    pub(super) target: Option<Target>,
    /// When it is to be forgotten.
    pub(super) forget_at: Option<u64>,
}

impl Written {
    fn to(&self) -> Option<Key> {
        self.target.as_ref().and_then(|target| target.to)
    }

    fn is_due(&self, now: u64) -> bool {
        self.forget_at.is_some_and(|at| at <= now)
    }
}

/// What was typed before.
#[derive(Debug, Default)]
pub(super) struct History {
    typed: Vec<Written>,
    /// Which of them was put into the box last, ...
    at: usize,
    /// ... and what stood there before.
    before: Option<Written>,
}

impl History {
    pub(super) fn add(&mut self, written: Written) {
        self.before = None;
        self.typed.pop_if(|last| last.text == written.text && last.to() == written.to());
        self.typed.push(written);
        let beyond = self.typed.len().saturating_sub(HISTORY_MOST);
        self.typed.drain(..beyond);
    }

    /// What was typed before what stands in the box.
    pub(super) fn up(&mut self, now: Written) -> Option<Written> {
        if self.typed.is_empty() {
            return None;
        }
        if !self.is_recalled(&now.text) {
            (self.at, self.before) = (self.typed.len(), Some(now));
        }
        self.at = self.at.checked_sub(1)?;
        self.typed.get(self.at).cloned()
    }

    /// What was typed after it, and at last what was being typed.
    pub(super) fn down(&mut self, text: &str) -> Option<Written> {
        if !self.is_recalled(text) {
            return None;
        }
        self.at += 1;
        self.typed.get(self.at).cloned().or_else(|| self.before.take())
    }

    /// What stood in the box before does not come back.
    pub(super) fn forgets_draft(&mut self) {
        self.before = None;
    }

    /// A text that was changed since is one's own.
    fn is_recalled(&self, text: &str) -> bool {
        self.before.is_some() && self.typed.get(self.at).is_some_and(|recalled| *recalled.text == *text)
    }

    /// Forgets what is due. Returns what is to stand in the box again, where `text` goes from there as well.
    pub(super) fn forget(&mut self, now: u64, text: &str) -> Option<Written> {
        let goes = self.is_recalled(text) && self.typed[self.at].is_due(now);
        self.at -= self.typed.iter().take(self.at).filter(|written| written.is_due(now)).count();
        self.typed.retain(|written| !written.is_due(now));
        self.before.take_if(|_| goes)
    }

    /// When something is next to be forgotten.
    pub(super) fn due(&self) -> Option<u64> {
        self.typed.iter().filter_map(|written| written.forget_at).min()
    }
}
