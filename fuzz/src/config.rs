//! Configuration: any text gives settings within their bounds, or faults with their places.

use sanctuary::config::Settings;

pub fn config(data: &[u8]) {
    match Settings::parse(data) {
        Ok(settings) => {
            assert!(settings.backlog >= settings.smallest_backlog());
            // All that is read lies within its bounds.
            assert_eq!(Settings::parse(settings.to_toml().as_bytes()), Ok(settings));
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
