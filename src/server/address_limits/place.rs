//! What a seat holds of the limits, given back when dropped.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::{AddressLimits, Shares};
use crate::rate::Rate;

/// The place of one seat, which outlives its connection.
pub(in crate::server) struct Place {
    limits: Arc<AddressLimits>,
    shares: Mutex<Shares>,
}

impl Place {
    /// One that is charged to these accounts.
    pub(super) fn new(limits: &Arc<AddressLimits>, shares: Shares) -> Self {
        Self { limits: Arc::clone(limits), shares: Mutex::new(shares) }
    }

    /// Charges others instead, if they have a place.
    pub(super) fn move_to(&self, others: Shares, now: Instant) {
        let shares = &mut *self.shares();
        if *shares != others && self.limits.state().move_place(*shares, others, now) {
            *shares = others;
        }
    }

    /// What this member may send of what its address may, `own` at the most: all members of an
    /// address have the same.
    pub(in crate::server) fn share(&self, own: Rate) -> Rate {
        let (shares, state) = (*self.shares(), self.limits.state());
        let frames = state.allowance.frames;
        shares.iter().fold(own, |rate, (account, homes)| {
            let members = state.accounts.get(&account).map_or(0, |account| account.seats);
            rate.within(frames.times(homes).among(members))
        })
    }

    fn shares(&self) -> MutexGuard<'_, Shares> {
        self.shares.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let shares = *self.shares();
        self.limits.state().free_seat(shares);
        self.limits.departed.notify_one();
    }
}
