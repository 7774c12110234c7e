//! Rates, and token buckets that enforce them.

use std::time::{Duration, Instant};

/// So many at once, and one more after each interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many may come at once.
    pub burst: u32,
    /// The interval after which there is one more.
    pub every: Duration,
}

impl Rate {
    /// The rate of so many together.
    pub(crate) fn times(self, count: u32) -> Self {
        Self { burst: self.burst.saturating_mul(count), every: self.every / count }
    }

    /// What each of so many has of it, all having the same.
    pub(crate) fn among(self, count: u32) -> Self {
        let count = count.max(1);
        Self { burst: (self.burst / count).max(1), every: self.every.saturating_mul(count) }
    }

    /// The rate that keeps within both.
    pub(crate) fn within(self, other: Self) -> Self {
        Self { burst: self.burst.min(other.burst), every: self.every.max(other.every) }
    }

    /// `count` for each `period`, all of them at once if need be.
    #[must_use]
    pub fn per(count: u32, period: Duration) -> Self {
        Self { burst: count, every: period / count.max(1) }
    }
}

/// A token bucket, stored as the time at which it is full again (the generic cell rate algorithm).
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenBucket(Instant);

impl TokenBucket {
    pub(crate) fn full(now: Instant) -> Self {
        Self(now)
    }

    /// One that holds so many tokens.
    pub(crate) fn holding(now: Instant, rate: Rate, tokens: u32) -> Self {
        Self(now + rate.every * rate.burst.saturating_sub(tokens))
    }

    /// How many tokens there are.
    pub(crate) fn left(self, now: Instant, rate: Rate) -> u32 {
        let missing = self.0.saturating_duration_since(now).as_nanos().div_ceil(rate.every.as_nanos().max(1));
        rate.burst.saturating_sub(u32::try_from(missing).unwrap_or(u32::MAX))
    }

    /// Takes a token, or returns after what time there will be one.
    pub(crate) fn take(&mut self, now: Instant, rate: Rate) -> Result<(), Duration> {
        self.take_many(now, rate, 1)
    }

    /// Takes so many tokens, or returns after what time there will be enough. More than the burst
    /// are taken from a full bucket, which then owes the rest: the rate holds in the long run, and
    /// nothing has to wait for ever.
    pub(crate) fn take_many(&mut self, now: Instant, rate: Rate, count: u32) -> Result<(), Duration> {
        if count == 0 { Ok(()) } else { self.spend(now, rate, count, 0).map(drop) }
    }

    /// Takes a token that may be there only later, and returns after what time. `Err`, with that
    /// time, if `ahead` others wait already.
    pub(crate) fn reserve(&mut self, now: Instant, rate: Rate, ahead: u32) -> Result<Duration, Duration> {
        self.spend(now, rate, 1, ahead)
    }

    fn spend(&mut self, now: Instant, rate: Rate, count: u32, ahead: u32) -> Result<Duration, Duration> {
        let begin = self.0.max(now);
        let filled = begin + rate.every * count.min(rate.burst.max(1));
        let wait = (filled - now).saturating_sub(rate.every * rate.burst);
        if wait > rate.every * ahead {
            return Err(wait);
        }
        self.0 = begin + rate.every * count;
        Ok(wait)
    }

    #[cfg(test)]
    pub(crate) fn full_at(self) -> Instant {
        self.0
    }

    pub(crate) fn is_full(self, now: Instant) -> bool {
        self.0 <= now
    }
}

/// A wait in whole milliseconds, as frames tell it: after so many it is over.
pub(crate) fn retry_ms(wait: Duration) -> u64 {
    u64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_its_burst_and_then_one_after_each_interval() {
        let (start, rate) = (Instant::now(), Rate { burst: 3, every: Duration::from_millis(100) });
        let mut bucket = TokenBucket::full(start);
        for _ in 0..3 {
            assert_eq!(bucket.take(start, rate), Ok(()));
        }
        assert_eq!(bucket.take(start, rate), Err(rate.every));
        let almost = start + Duration::from_nanos(99_999_999);
        assert_eq!(bucket.take(almost, rate), Err(Duration::from_nanos(1)));
        assert_eq!(bucket.take(start + rate.every, rate), Ok(()));
        assert!(bucket.take(start + rate.every, rate).is_err());
    }

    #[test]
    fn so_many_for_each_period_are_as_many_at_once() {
        let second = Duration::from_secs(1);
        for (count, period, every) in
            [(60, 60 * second, second), (4, second, second / 4), (1, second, second), (0, second, second)]
        {
            assert_eq!(Rate::per(count, period), Rate { burst: count, every });
        }
        assert_eq!(Rate::per(3, second).times(2), Rate { burst: 6, every: second / 6 });
    }

    #[test]
    fn a_bucket_holds_what_it_was_given_and_no_more_than_the_burst() {
        let (start, rate) = (Instant::now(), Rate { burst: 3, every: Duration::from_millis(100) });
        for (given, left) in [(0, 0), (1, 1), (3, 3), (4, 3)] {
            assert_eq!(TokenBucket::holding(start, rate, given).left(start, rate), left);
        }
        let mut bucket = TokenBucket::holding(start, rate, 1);
        assert_eq!(bucket.take(start, rate), Ok(()));
        assert_eq!(bucket.take(start, rate), Err(rate.every));
        let almost = start + Duration::from_nanos(99_999_999);
        assert_eq!([bucket.left(almost, rate), bucket.left(start + rate.every, rate)], [0, 1]);
    }

    #[test]
    fn a_wait_is_told_in_milliseconds_after_which_it_is_over() {
        for (nanos, told) in [(0, 0), (1, 1), (1_000_000, 1), (1_000_001, 2)] {
            assert_eq!(retry_ms(Duration::from_nanos(nanos)), told);
        }
        assert_eq!(retry_ms(Duration::MAX), u64::MAX);
    }

    #[test]
    fn those_who_wait_are_bounded_and_each_has_its_own_moment() {
        let (start, rate) = (Instant::now(), Rate { burst: 1, every: Duration::from_millis(100) });
        let mut bucket = TokenBucket::full(start);
        for turn in 0..3 {
            assert_eq!(bucket.reserve(start, rate, 2), Ok(rate.every * turn));
        }
        assert_eq!(bucket.reserve(start, rate, 2), Err(rate.every * 3));
        assert_eq!(bucket.reserve(start + rate.every, rate, 2), Ok(rate.every * 2), "one has gone");
    }

    #[test]
    fn many_tokens_are_taken_together_or_none_is() {
        let (start, rate) = (Instant::now(), Rate { burst: 8, every: Duration::from_millis(100) });
        let mut bucket = TokenBucket::full(start);
        assert_eq!(bucket.take_many(start, rate, 5), Ok(()));
        assert_eq!(bucket.take_many(start, rate, 4), Err(rate.every), "one too many");
        assert_eq!(bucket.take_many(start, rate, 3), Ok(()), "none was taken");
        assert_eq!(bucket.take_many(start, rate, 0), Ok(()), "nothing costs nothing");
        assert_eq!(bucket.take_many(start, rate, 8), Err(rate.every * 8));
        assert_eq!(bucket.take_many(start + rate.every * 8, rate, 8), Ok(()));
    }

    #[test]
    fn more_than_the_burst_take_a_full_bucket_and_are_owed() {
        let (start, rate) = (Instant::now(), Rate { burst: 3, every: Duration::from_millis(100) });
        for (count, owed) in [(2, 0), (3, 1), (4, 2), (9, 7)] {
            let mut bucket = TokenBucket::full(start);
            assert_eq!(bucket.take_many(start, rate, count), Ok(()), "{count}");
            let next = if owed == 0 { Ok(()) } else { Err(rate.every * owed) };
            assert_eq!(bucket.take(start, rate), next, "{count}");
        }
        let mut bucket = TokenBucket::full(start);
        assert_eq!(bucket.take(start, rate), Ok(()));
        assert_eq!(bucket.take_many(start, rate, 9), Err(rate.every), "it is not full");
        assert_eq!(bucket.take_many(start + rate.every, rate, 9), Ok(()));
        assert_eq!(bucket.take_many(start + rate.every, rate, 0), Ok(()), "nothing, whatever is owed");
    }

    #[test]
    fn a_rate_is_shared_equally_and_down_to_one_at_once() {
        let all = Rate { burst: 200, every: Duration::from_millis(5) };
        for (count, burst, every) in [(0, 200, 5), (1, 200, 5), (3, 66, 15), (200, 1, 1000), (201, 1, 1005)] {
            assert_eq!(all.among(count), Rate { burst, every: Duration::from_millis(every) }, "{count}");
        }
        let own = Rate { burst: 128, every: Duration::from_millis(50) };
        assert_eq!(own.within(all.among(2)), Rate { burst: 100, every: Duration::from_millis(50) });
        assert_eq!(own.within(all.among(20)), Rate { burst: 10, every: Duration::from_millis(100) });
    }
}
