//! What a fault of the program says before it ends it: where, and never what.

use std::io::Write as _;
use std::panic;

/// Makes panics name their place alone. Their usual text may quote what was being handled.
pub fn hush_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("an unknown place".to_owned(), ToString::to_string);
        // Where nobody reads this, nothing is lost but the line.
        let _ = writeln!(std::io::stderr(), "sanctuary: a fault of the program at {place}: please report it");
    }));
}
