//! For how long messages are to be seen: the time that a moderator has set for the room. A member that comes was not told
//! of it, so the keeper says it again.

/// Seconds after which messages can be made to go, at the most.
pub(super) const TIMER_MOST: u64 = 7 * 24 * 3600;

/// Milliseconds between two times that it is said again, however many come and go.
pub(super) const TIMER_TOLD_MS: u64 = 10_000;

/// The time that is set.
#[derive(Debug, Default)]
pub(super) struct Timer {
    /// 0: messages stay.
    pub(super) seconds: u64,
    /// Set by this member, and not yet heard by all.
    asked: Option<u64>,
    /// It was another at some time, so that there is something to tell.
    was_set: bool,
    is_owed: bool,
    told_at: Option<u64>,
}

impl Timer {
    /// A moderator has set it. Returns whether it is another one.
    pub(super) fn set(&mut self, seconds: u64) -> bool {
        let is_other = seconds != self.seconds;
        (self.seconds, self.was_set) = (seconds, self.was_set || is_other);
        is_other
    }

    /// This member has set it: for its own words that counts at once.
    pub(super) fn ask(&mut self, seconds: u64, now: u64) {
        self.asked = Some(seconds);
        self.told(now);
    }

    pub(super) fn answered(&mut self) {
        self.asked = None;
    }

    /// Seconds for which this member's own words are to be seen.
    pub(super) fn own(&self) -> u64 {
        self.asked.unwrap_or(self.seconds)
    }

    /// Somebody may not know of it.
    pub(super) fn owe(&mut self) {
        self.is_owed = true;
    }

    /// When the keeper is to say it again.
    pub(super) fn due(&self) -> Option<u64> {
        (self.is_owed && self.was_set).then(|| self.told_at.map_or(0, |at| at + TIMER_TOLD_MS))
    }

    pub(super) fn told(&mut self, now: u64) {
        (self.is_owed, self.told_at) = (false, Some(now));
    }
}
