//! Configuration: any text gives settings within their bounds, or faults with their places.

use sanctuary::config::{Settings, bounds};

pub fn config(data: &[u8]) {
    match Settings::parse(data) {
        Ok(settings) => {
            let Settings { rooms, members, connections, largest_frame, backlog, .. } = settings;
            for (value, within) in [
                (rooms, bounds::ROOMS),
                (members, bounds::MEMBERS),
                (connections, bounds::CONNECTIONS),
                (largest_frame, bounds::LARGEST_FRAME),
                (backlog, bounds::BACKLOG),
            ] {
                assert!(within.contains(&(value as u64)), "{value} is not within {within:?}");
            }
            assert!(backlog >= bounds::smallest_backlog(members, largest_frame));
            assert!(bounds::LISTEN.contains(&settings.listen.len()));
            assert!(bounds::GRACE.contains(&settings.grace));
            assert!(bounds::PING.contains(&settings.ping));
            assert!(bounds::HANDSHAKE.contains(&settings.handshake));
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a word");
            assert!(faults.is_sorted_by_key(|fault| (fault.line, fault.column)));
            let lines = data.split(|byte| *byte == b'\n').count();
            for fault in faults {
                assert!((1..=lines).contains(&fault.line) && fault.column >= 1, "{fault:?} of {lines} lines");
                assert!(!fault.what.is_empty());
            }
        }
    }
}
