//! Whether the daemon is still heard, and whether this machine stood still meanwhile.

/// Milliseconds of silence that a daemon may ask for.
const SILENCE_LEAST: u64 = 5_000;
const SILENCE_MOST: u64 = 600_000;

/// Milliseconds by which a timer that comes so late tells of a freeze.
pub(super) const FROZEN_MS: u64 = 120_000;

/// The silence of the daemon.
#[derive(Debug)]
pub(super) struct Watch {
    silence: u64,
    heard_at: u64,
    /// From when on silence counts: the last frame, or the end of a freeze.
    listens_from: u64,
}

impl Watch {
    pub(super) fn new(now: u64) -> Self {
        Self { silence: SILENCE_MOST, heard_at: now, listens_from: now }
    }

    /// After so many milliseconds without a frame the connection is lost.
    pub(super) fn connected(&mut self, silence: u64, now: u64) {
        self.silence = silence.clamp(SILENCE_LEAST, SILENCE_MOST);
        self.heard(now);
    }

    pub(super) fn heard(&mut self, now: u64) {
        (self.heard_at, self.listens_from) = (now, now);
    }

    /// Since when the connection may have been dead.
    pub(super) fn heard_at(&self) -> u64 {
        self.heard_at
    }

    pub(super) fn due(&self) -> u64 {
        self.listens_from + self.silence
    }

    pub(super) fn is_lost(&self, now: u64) -> bool {
        now >= self.due()
    }

    /// Whether that was due so long ago that nothing has run since; what came meanwhile is still to be heard then.
    pub(super) fn is_thawed(&mut self, now: u64) -> bool {
        let is_thawed = now >= self.due() + FROZEN_MS;
        if is_thawed {
            self.listens_from = now;
        }
        is_thawed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_waited_for_within_bounds_and_a_freeze_gives_it_once_more() {
        for (asked, waited) in [(0, SILENCE_LEAST), (30_000, 30_000), (u64::MAX, SILENCE_MOST)] {
            let mut watch = Watch::new(0);
            watch.connected(asked, 1_000);
            assert!(!watch.is_lost(1_000 + waited - 1) && watch.is_lost(1_000 + waited), "{asked}");
            assert!(!watch.is_thawed(1_000 + waited + FROZEN_MS - 1));
            assert!(watch.is_thawed(1_000 + waited + FROZEN_MS));
            assert!(!watch.is_lost(1_000 + waited + FROZEN_MS), "{asked}");
            assert_eq!(watch.heard_at(), 1_000);
        }
    }
}
