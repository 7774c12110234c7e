//! Measures the daemon against its aims, and beside others: `make bench`.
//!
//! The real daemon runs as a child on one core, the load comes from another, and what counts is the daemon's
//! processor time, so that other work on the machine disturbs little. Every figure is for one core.
//! `docs/performance.md` says what each measures and what limits it.
//!
//! `cargo bench` measures, or with `-- joins memory` only what is named; any other start, such as by
//! `cargo test --bench aims`, runs all of it in small and shows that it works, not how fast.

#![allow(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a table of figures is printed"
)]

mod bursts;
mod contender;
mod cores;
mod crowd;
mod daemon;
mod deliveries;
mod entry;
mod growth;
mod instructions;
mod joins;
mod kinds;
mod knocks;
mod limits;
mod load;
mod memory;
mod node;
mod page;
mod peer;
mod process;
mod start;
mod steady;
mod table;
mod tls;
#[path = "../../tests/support/trust.rs"]
mod trust;

use std::error::Error;

/// Whatever goes wrong ends the measurement, in words.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How much of each to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Full,
    /// Enough to see that it works.
    Small,
}

impl Extent {
    fn of<T>(self, full: T, small: T) -> T {
        match self {
            Self::Full => full,
            Self::Small => small,
        }
    }

    /// How often what is compared is measured, by turns.
    fn rounds(self) -> usize {
        self.of(15, 1)
    }
}

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let Some(served) = contender::serve_as_peer(&arguments) {
        return served;
    }
    let extent =
        if arguments.iter().any(|argument| argument == "--bench") { Extent::Full } else { Extent::Small };
    if let Some(worked) = load::work_as_load(&arguments, extent) {
        return worked;
    }
    let wanted: Vec<_> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    if let Some(unknown) = wanted.iter().find(|wanted| !MEASURES.iter().any(|(name, _)| *wanted == name)) {
        let names = MEASURES.map(|(name, _)| name).join(", ");
        return Err(format!("nothing is measured that is called {unknown}; there are {names}").into());
    }
    limits::open_many_files();
    println!("{}", table::machine());
    for (name, measure) in MEASURES {
        if wanted.is_empty() || wanted.iter().any(|wanted| *wanted == name) {
            measure(extent)?;
        }
    }
    table::summary(&contender::names());
    Ok(())
}

/// Prints its tables.
type Measure = fn(Extent) -> Result<()>;

/// What can be named, in the order in which it is measured.
const MEASURES: [(&str, Measure); 14] = [
    ("saturated", deliveries::saturated),
    ("spaced", deliveries::spaced),
    ("rooms", deliveries::rooms),
    ("steady", steady::measure),
    ("joins", joins::measure),
    ("knocks", knocks::measure),
    ("entry", entry::measure),
    ("instructions", instructions::measure),
    ("growth", growth::measure),
    ("start", start::measure),
    ("page", page::measure),
    ("memory", memory::measure),
    ("kinds", kinds::measure),
    ("limits", limits::measure),
];
