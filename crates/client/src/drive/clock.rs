//! Milliseconds since 1970 by a clock that only rises, and goes on while the machine sleeps.

use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use nix::time::{ClockId, clock_gettime};
use tokio::time::Instant;

/// The clock of a session.
pub(super) struct Clock {
    began: u64,
    since: Duration,
}

impl Clock {
    pub(super) fn begin() -> io::Result<Self> {
        let began = SystemTime::now().duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
        Ok(Self { began: u64::try_from(began.as_millis()).unwrap_or(0), since: elapsed()? })
    }

    pub(super) fn now(&self) -> u64 {
        let passed = elapsed().unwrap_or(self.since).saturating_sub(self.since);
        self.began + u64::try_from(passed.as_millis()).unwrap_or(u64::MAX - self.began)
    }

    pub(super) fn instant(&self, at: u64) -> Instant {
        Instant::now() + Duration::from_millis(at.saturating_sub(self.now()))
    }
}

fn elapsed() -> io::Result<Duration> {
    Ok(Duration::from(clock_gettime(ClockId::CLOCK_BOOTTIME)?))
}
