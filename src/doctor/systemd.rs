//! What systemd says of our units.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::program::answer;

/// What systemd knows of a unit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnitStatus {
    /// `active`, `inactive`, `failed` and more (systemctl(1)).
    pub(super) state: String,
    pub(super) is_enabled: bool,
    /// The last word of the daemon's.
    pub(super) status: String,
    pub(super) process: u32,
    /// When it came into this state, from another one or from reloading.
    pub(super) since: Option<SystemTime>,
    pub(super) listens: Vec<SocketAddr>,
}

impl UnitStatus {
    /// Asks systemd, which answers everybody, about our unit of this kind; `None` where there is none of either.
    pub(super) fn of(kind: &str) -> Option<Self> {
        let unit = format!("sanctuary.{kind}");
        Self::read(&answer("env", &["TZ=UTC", "LC_ALL=C", "systemctl", "show", "--timestamp=us", &unit])?)
    }

    fn read(text: &str) -> Option<Self> {
        let pairs: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('=')).collect();
        let value = |key| pairs.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| value);
        let listens = pairs.iter().filter(|(name, _)| *name == "Listen");
        let listens = listens.filter_map(|(_, value)| value.strip_suffix(" (Stream)")?.parse().ok());
        (value("LoadState") == "loaded").then(|| Self {
            state: value("ActiveState").to_owned(),
            is_enabled: value("UnitFileState") == "enabled",
            status: value("StatusText").to_owned(),
            process: value("MainPID").parse().unwrap_or(0),
            since: time(value("StateChangeTimestamp")),
            listens: listens.collect(),
        })
    }
}

/// As in "Thu 2026-11-26 03:16:33.123456 UTC".
fn time(text: &str) -> Option<SystemTime> {
    let mut words = text.split(' ').skip(1);
    let [year, month, day] = numbers(words.next()?, '-')?;
    let (clock, fraction) = words.next()?.split_once('.')?;
    let [hours, minutes, seconds] = numbers(clock, ':')?;
    // Days since 1970 in the Gregorian calendar, of years that begin in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
    let seconds = ((days.checked_sub(719_469)? * 24 + hours) * 60 + minutes) * 60 + seconds;
    Some(UNIX_EPOCH + Duration::from_secs(seconds) + Duration::from_micros(fraction.parse().ok()?))
}

fn numbers(text: &str, separator: char) -> Option<[u64; 3]> {
    let mut numbers =
        text.split(separator).map_while(|number| number.parse().ok().filter(|number| *number < 10_000));
    Some([numbers.next()?, numbers.next()?, numbers.next()?])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_times_of_systemd_are_read() {
        for (text, expected) in [
            ("Wed 2025-11-26 03:16:40.000001 UTC", Some(1_764_127_000)),
            ("Tue 2000-02-29 00:00:00.000001 UTC", Some(951_782_400)),
            ("Thu 1970-01-01 00:00:00.000001 UTC", Some(0)),
            ("Wed 1969-12-31 23:59:59.000001 UTC", None),
            ("n/a", None),
            ("", None),
            ("Wed 2025-11-26", None),
            ("Wed 99999999999-11-26 03:16:40.000001 UTC", None),
        ] {
            let expected = expected.map(|seconds| UNIX_EPOCH + Duration::new(seconds, 1000));
            assert_eq!(time(text), expected, "{text}");
        }
    }

    #[test]
    fn a_unit_is_what_systemd_shows_of_it() {
        let shown = "Listen=[::]:80 (Stream)\nListen=/run/x (Stream)\nListen=0.0.0.0:443 (Stream)\nMainPID=77\n\
                     StatusText=memory locked; a=b\nLoadState=loaded\nActiveState=active\n\
                     StateChangeTimestamp=Wed 2025-11-26 03:16:40.000000 UTC\nUnitFileState=enabled\n";
        let unit = UnitStatus::read(shown).unwrap();
        assert_eq!((unit.state.as_str(), unit.is_enabled, unit.process), ("active", true, 77));
        assert_eq!(unit.status, "memory locked; a=b");
        assert_eq!(unit.listens, ["[::]:80", "0.0.0.0:443"].map(|at| at.parse().unwrap()));
        assert!(unit.since.is_some());
        assert_eq!(UnitStatus::read("LoadState=not-found\nActiveState=inactive\n"), None);
        assert_eq!(UnitStatus::read(""), None);
    }
}
