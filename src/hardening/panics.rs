//! Lets a panic say where it happened, and never what was handled.

use std::panic;

use super::complain;

/// Makes panics name only their place. Their usual text may quote data.
pub fn hush_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("an unknown place".to_owned(), ToString::to_string);
        complain(&format!("sanctuary: a fault of the program at {place}: please report it"));
    }));
}
