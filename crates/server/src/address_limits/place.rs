//! What a seat holds of the limits, given back when dropped, and what its member may send.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{AddressLimits, Shares};
use crate::rate::{Rate, TokenBucket};

/// So many more frames may be denied as too fast than are taken, before their sender is flooding.
const DENIALS: u32 = 32;

/// Why a member may not send something now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unpaid {
    /// It may after this time.
    TooFast(Duration),
    /// It goes on regardless of its own limits.
    Flooding,
}

/// The place of one seat, which outlives its connection.
pub(crate) struct Place {
    limits: Arc<AddressLimits>,
    held: Mutex<Held>,
}

struct Held {
    /// Where the seat is charged.
    shares: Shares,
    /// What its member has sent, at its own rate.
    sent: TokenBucket,
    /// The same, of what its address had left to send at once when it entered.
    begun: TokenBucket,
    /// The same, at the rate that is its share of its address's.
    shared: TokenBucket,
    denials: u32,
}

impl Place {
    /// One that is charged to these accounts.
    pub(super) fn new(limits: &Arc<AddressLimits>, shares: Shares, now: Instant) -> Self {
        let full = TokenBucket::full(now);
        let held = Held { shares, sent: full, begun: full, shared: full, denials: 0 };
        Self { limits: Arc::clone(limits), held: Mutex::new(held) }
    }

    /// Begins the stay of a member, who may send at once only what its address has left of that:
    /// entering again and again gives no more.
    pub(crate) fn begin(&self, now: Instant, own: Rate) {
        let (held, state) = (&mut *self.held(), &mut *self.limits.state());
        held.begun = TokenBucket::holding(now, own, state.draw(held.shares, now, own.burst));
    }

    /// Charges other accounts instead, if they have a place.
    pub(super) fn move_to(&self, others: Shares, now: Instant) {
        let Held { shares, .. } = &mut *self.held();
        if *shares != others && self.limits.state().move_place(*shares, others, now) {
            *shares = others;
        }
    }

    /// Pays for something, at the member's own rate and at its share of its address's, which
    /// depends on others.
    pub(crate) fn pay(&self, now: Instant, own: Rate, cost: u32) -> Result<(), Unpaid> {
        let Held { shares, sent, begun, shared, denials } = &mut *self.held();
        let (mut paid, mut of_begun) = (*sent, *begun);
        if let Err(wait) = paid.take_many(now, own, cost) {
            *denials += 1;
            return Err(if *denials > DENIALS { Unpaid::Flooding } else { Unpaid::TooFast(wait) });
        }
        let rate = self.limits.state().share(*shares, own);
        let from_begun = of_begun.take_many(now, own, cost);
        if let Err(wait) = from_begun.and_then(|()| shared.take_many(now, rate, cost)) {
            // To deny it is work too.
            let _ = sent.take(now, own);
            return Err(Unpaid::TooFast(wait));
        }
        (*sent, *begun) = (paid, of_begun);
        *denials = denials.saturating_sub(1);
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn share(&self, own: Rate) -> Rate {
        self.limits.state().share(self.held().shares, own)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Held { shares, .. } = *self.held();
        self.limits.state().free_seat(shares);
        self.limits.departed.notify_one();
    }
}
