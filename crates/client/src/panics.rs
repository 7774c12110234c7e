//! Lets a panic say where it was, and never what was handled: its usual text may be somebody's words.

use std::io::{self, Write as _};
use std::panic;

/// From now on panics name their place alone.
pub(crate) fn hush() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or("an unknown place".to_owned(), ToString::to_string);
        // Nothing more can be done where nobody reads it.
        let _ = writeln!(io::stderr(), "sanctuary-join: a fault of the program at {place}: please report it");
    }));
}

/// Does something else before.
pub(crate) fn first(act: impl Fn() + Send + Sync + 'static) {
    let tells = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        act();
        tells(panic);
    }));
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Command;

    /// Set in the process that panics.
    const INSIDE: &str = "SANCTUARY_TEST_INSIDE";

    #[test]
    fn a_panic_tells_its_place_alone_whatever_the_program_was_started_for() {
        if env::var_os(INSIDE).is_some() {
            // The arguments are the test's, and the program refuses them; that comes after.
            let _ = crate::cli::main();
            panic!("somebody's words");
        }
        let mut again = Command::new(env::current_exe().unwrap());
        again.args([
            "--nocapture",
            "--exact",
            "panics::tests::a_panic_tells_its_place_alone_whatever_the_program_was_started_for",
        ]);
        let output = again.env(INSIDE, "1").output().unwrap();
        assert!(!output.status.success());
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("sanctuary-join: a fault of the program at "), "{told}");
        assert!(!told.contains("somebody's words"), "{told}");
    }
}
