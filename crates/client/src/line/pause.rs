//! How long to wait before a try.

use std::time::Duration;

use sanctuary_seal::Random;

/// Before the second try; each further one waits twice as long, at random half as long.
const FIRST: Duration = Duration::from_millis(500);
const MOST: Duration = Duration::from_secs(15);

/// A connection that has lasted so long is steady, and its loss counts as the first.
pub const STEADY: Duration = Duration::from_secs(10);

/// How long to wait, by how many tries have failed.
#[must_use]
pub fn pause(failed: u32, random: &mut Random) -> Duration {
    let Some(doublings) = failed.checked_sub(1) else { return Duration::ZERO };
    let whole = FIRST.saturating_mul(2u32.saturating_pow(doublings)).min(MOST);
    let [chance] = random.bytes();
    whole.mul_f64(0.5 + f64::from(u8::from_be_bytes([chance])) / 510.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_bound_and_the_first_try_is_made_at_once() {
        let mut random = Random::from_system().unwrap();
        assert_eq!(pause(0, &mut random), Duration::ZERO);
        for (failed, most) in [(1, 500), (2, 1_000), (6, 15_000), (u32::MAX, 15_000)] {
            let wait = pause(failed, &mut random).as_millis();
            assert!((most / 2..=most).contains(&wait), "{failed}: {wait}");
        }
    }
}
