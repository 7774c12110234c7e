//! Measures the daemon against its aims: `make bench`.
//!
//! The real daemon runs as a child on one core, the load comes from another, and what counts is the daemon's
//! processor time, so that other work on the machine disturbs little. Every figure is for one core.
//!
//! `cargo bench` measures, or with `-- joins memory` only what is named; any other start, such as by
//! `cargo test --bench aims`, runs all of it in small and shows that it works, not how fast.

#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a table of figures is printed")]

mod bare;
mod cores;
mod daemon;
mod deliveries;
mod joins;
mod kinds;
mod memory;
mod peer;
mod room;
mod start;

use std::error::Error;
use std::time::Duration;

use daemon::Daemon;

/// Whatever goes wrong ends the measurement, in words.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How much of each to do.
#[derive(Clone, Copy)]
struct Extent {
    /// Members of the rooms in which much is said.
    rooms: [usize; 2],
    /// Deliveries in each measurement of them.
    deliveries: usize,
    /// Members of the room in which each message is its own.
    spaced_room: usize,
    /// Messages in each measurement of it, and of a room of two.
    spaced: usize,
    /// Members that idle, a hundred to a room.
    idle: usize,
    /// Connections of each kind that idle.
    kinds: usize,
    /// How long their memory must have been the same to count: longer than all that the daemon waits before it tidies.
    calm: Duration,
    /// Joins and leaves.
    joins: usize,
    /// Starts of the daemon.
    starts: usize,
    /// How often what is compared is measured, in turn.
    turns: usize,
}

const FULL: Extent = Extent {
    rooms: [100, 1_000],
    deliveries: 3_000_000,
    spaced_room: 100,
    spaced: 1_000,
    idle: 10_000,
    kinds: 10_000,
    calm: Duration::from_secs(4),
    joins: 3_200,
    starts: 31,
    turns: 5,
};

const SMALL: Extent = Extent {
    rooms: [5, 50],
    deliveries: 20_000,
    spaced_room: 5,
    spaced: 50,
    idle: 200,
    kinds: 20,
    calm: Duration::from_millis(40),
    joins: 64,
    starts: 2,
    turns: 1,
};

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let extent = if arguments.iter().any(|argument| argument == "--bench") { FULL } else { SMALL };
    let named: Vec<_> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    line("", "measured", "aim");
    for (name, measure) in MEASURES {
        if named.is_empty() || named.iter().any(|named| *named == name) {
            measure(&extent)?;
        }
    }
    Ok(())
}

/// Prints its lines of the table.
type Measure = fn(&Extent) -> Result<()>;

/// What can be named, in the order in which it is measured.
const MEASURES: [(&str, Measure); 6] = [
    ("start", start),
    ("deliveries", deliveries),
    ("spaced", spaced),
    ("joins", joins),
    ("memory", memory),
    ("kinds", kinds),
];

fn start(extent: &Extent) -> Result<()> {
    let mut starts = start::milliseconds(extent.starts)?;
    line("start to first answer, median", &format!("{:.1} ms", median(&mut starts)), "10 ms");
    line("the daemon's binary", &format!("{:.2} MB", Daemon::size()? as f64 / 1e6), "");
    let memory = Daemon::start()?.memory()?;
    line("memory of the daemon, idle", &format!("{:.1} MB", memory as f64 / 1e6), "4 MB");
    Ok(())
}

fn deliveries(extent: &Extent) -> Result<()> {
    for members in extent.rooms {
        let figure = deliveries::saturated(members, extent.deliveries, extent.turns)?;
        line(&format!("deliveries a CPU second, full room of {members}"), &millions(figure), "3.00 M");
    }
    Ok(())
}

fn spaced(extent: &Extent) -> Result<()> {
    for members in [extent.spaced_room, 2] {
        let (ours, bare) = deliveries::spaced(members, extent.spaced, extent.turns)?;
        line(&format!("one message at a time, room of {members}"), &millions(ours), "");
        line("  a bare socket writer in its place", &millions(bare), "");
        line("  ratio", &format!("{:.2}", ours / bare), "0.90");
    }
    Ok(())
}

fn joins(extent: &Extent) -> Result<()> {
    let figure = joins::for_each_second(extent.joins, extent.turns)?;
    line("joins and leaves a CPU second", &format!("{figure:.0}"), "8000");
    Ok(())
}

fn memory(extent: &Extent) -> Result<()> {
    let memory = memory::of_members(extent.idle)?;
    line(&format!("memory of each of {} idle members", extent.idle), &kilobytes(memory.idle), "6.0 KB");
    line("  after each has got 200 messages at once", &kilobytes(memory.after_burst), "");
    Ok(())
}

fn kinds(extent: &Extent) -> Result<()> {
    if !nix::unistd::geteuid().is_root() {
        println!("memory by kind is measured by root alone, who may see which files the daemon has open");
        return Ok(());
    }
    println!("memory of each of {} connections, by kind, and what is left of them all", extent.kinds);
    for kind in kinds::KINDS {
        let memory = kinds::measure(&kind, extent.kinds, extent.calm)?;
        let left = format!("+{:.1} %", memory.left * 100.0);
        println!("  {:<46}{:>12}{left:>10}", kind.name, kilobytes(memory.each));
    }
    Ok(())
}

fn line(what: &str, figure: &str, aim: &str) {
    println!("{what:<48}{figure:>12}{aim:>10}");
}

fn millions(figure: f64) -> String {
    format!("{:.2} M", figure / 1e6)
}

fn kilobytes(bytes: f64) -> String {
    format!("{:.1} KB", bytes / 1e3)
}

fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
