//! What a fault of the program says before it ends it: where, and never what.

use std::panic;

use super::complain;

/// Makes panics name their place alone. Their usual text may quote what was being handled.
pub fn hush_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("an unknown place".to_owned(), ToString::to_string);
        complain(&format!("sanctuary: a fault of the program at {place}: please report it"));
    }));
}
