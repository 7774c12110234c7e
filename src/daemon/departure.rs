//! The daemon makes way, for the next program or for the other daemons of a fleet: it opens no room, lets those go on
//! that there are, and ends when none is left or the time is over.

use std::time::{Duration, Instant};

use crate::exit::Exit;
use sanctuary_server::room::Counts;

/// How long before their end rooms are told of it, and how long they go on where nothing else is set.
/// packaging/restart-after-upgrade waits a little longer.
pub(super) const NOTICE: Duration = Duration::from_secs(60);

/// How often the daemon looks whether any room is left.
pub(super) const LOOK: Duration = Duration::from_millis(250);

/// What a look has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing has changed.
    Same,
    /// Rooms or members have come or gone.
    Changed,
    /// No room is left, or the time is over.
    Over(Exit),
}

/// A daemon that has been told to make way.
pub(super) struct Departure {
    end: Instant,
    /// The rooms have been told of the end.
    is_announced: bool,
    counts: Option<Counts>,
    /// How the daemon ends then.
    exit: Exit,
}

impl Departure {
    /// Where `drain` says how long rooms may go on, the daemon ends for good; else it is to be started again, as soon as
    /// people may be asked to wait for that.
    pub(super) fn begin(drain: Option<Duration>, now: Instant) -> Self {
        let exit = if drain.is_some() { Exit::Success } else { Exit::Restart };
        Self { end: now + drain.unwrap_or(NOTICE), is_announced: false, counts: None, exit }
    }

    /// Looks at what is left, and has the end announced when it is time.
    pub(super) fn look(&mut self, counts: Counts, now: Instant, announce: impl FnOnce(Instant)) -> Found {
        if counts.rooms == 0 || now >= self.end {
            return Found::Over(self.exit);
        }
        if !self.is_announced && now + NOTICE >= self.end {
            announce(self.end);
            self.is_announced = true;
        }
        if self.counts.replace(counts) == Some(counts) { Found::Same } else { Found::Changed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Counts = Counts { rooms: 1, members: 2 };
    const NONE: Counts = Counts { rooms: 0, members: 0 };

    /// What is found after so many seconds from the beginning, and when the end is, if that is announced.
    fn looks(drain: Option<u64>, looks: &[(u64, Counts)]) -> Vec<(Found, Option<u64>)> {
        let begun = Instant::now();
        let after = |seconds| begun + Duration::from_secs(seconds);
        let mut departure = Departure::begin(drain.map(Duration::from_secs), begun);
        let look = |&(seconds, counts)| {
            let mut announced = None;
            let found =
                departure.look(counts, after(seconds), |end| announced = Some((end - begun).as_secs()));
            (found, announced)
        };
        looks.iter().map(look).collect()
    }

    #[test]
    fn for_a_restart_rooms_are_told_at_once_and_it_comes_in_a_minute() {
        let found = looks(None, &[(0, SOME), (1, SOME), (59, SOME), (60, SOME)]);
        let over = Found::Over(Exit::Restart);
        assert_eq!(
            found,
            [(Found::Changed, Some(60)), (Found::Same, None), (Found::Same, None), (over, None)]
        );
    }

    #[test]
    fn who_drains_tells_rooms_a_minute_before_the_end() {
        let found = looks(Some(3600), &[(0, SOME), (3539, SOME), (3540, SOME), (3599, SOME), (3600, SOME)]);
        let over = Found::Over(Exit::Success);
        let expected = [
            (Found::Changed, None),
            (Found::Same, None),
            (Found::Same, Some(3600)),
            (Found::Same, None),
            (over, None),
        ];
        assert_eq!(found, expected);
        assert_eq!(looks(Some(60), &[(0, SOME)]), [(Found::Changed, Some(60))]);
    }

    #[test]
    fn it_is_over_when_no_room_is_left_and_each_change_is_told() {
        let fewer = Counts { rooms: 1, members: 1 };
        for (drain, exit) in [(None, Exit::Restart), (Some(3600), Exit::Success)] {
            let found = looks(drain, &[(1, SOME), (2, fewer), (3, fewer), (4, NONE)]);
            let found: Vec<_> = found.into_iter().map(|(found, _)| found).collect();
            assert_eq!(found, [Found::Changed, Found::Changed, Found::Same, Found::Over(exit)]);
            assert_eq!(looks(drain, &[(0, NONE)]), [(Found::Over(exit), None)]);
        }
    }
}
