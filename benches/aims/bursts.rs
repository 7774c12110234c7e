//! What is compared is measured in short bursts, by turns, so that whatever else the machine does meets all alike.

use std::time::{Duration, Instant};

use nix::time::ClockId;

use crate::Result;

/// Lets each do a burst in each round, which says how much was done in a second of processor time.
pub(crate) fn rounds<T>(
    all: &mut [T],
    rounds: usize,
    mut burst: impl FnMut(&mut T) -> Result<f64>,
) -> Result<Vec<Vec<f64>>> {
    let mut rates = vec![Vec::new(); all.len()];
    // The first of all warms up.
    for round in 0..=rounds {
        for index in order(all.len(), round) {
            let rate = burst(&mut all[index])?;
            if round > 0 {
                rates[index].push(rate);
            }
        }
    }
    Ok(rates)
}

/// Forwards and backwards by turns, so that nobody is always behind the same other.
fn order(count: usize, round: usize) -> Vec<usize> {
    let mut order: Vec<_> = (0..count).collect();
    if round % 2 == 1 {
        order.reverse();
    }
    order
}

/// How much of `work`, which says how much it was, is done in a second of a process's time.
pub(crate) fn rate(process: ClockId, work: impl FnOnce() -> Result<usize>) -> Result<f64> {
    let before = Duration::from(process.now()?);
    let done = work()?;
    Ok(done as f64 / Duration::from(process.now()?).saturating_sub(before).as_secs_f64())
}

/// Does `work`, which says how much it was, until a burst is over.
pub(crate) fn for_a_while(length: Duration, mut work: impl FnMut() -> Result<usize>) -> Result<usize> {
    let end = Instant::now() + length;
    let mut done = work()?;
    while Instant::now() < end {
        done += work()?;
    }
    Ok(done)
}
