//! What a connection holds of the limits, given back when dropped.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::knocking::Number;
use super::place::Place;
use super::state::Account;
use super::{AddressLimits, Allowance, Shares};
use crate::rate::{Rate, TokenBucket};

/// What one connection holds.
pub(crate) struct Permit {
    limits: Arc<AddressLimits>,
    shares: Shares,
    /// Its number among those without a seat, unless it has got one.
    knocking: Option<Number>,
}

impl Permit {
    pub(super) fn new(limits: &Arc<AddressLimits>, shares: Shares, number: Number) -> Self {
        Self { limits: Arc::clone(limits), shares, knocking: Some(number) }
    }

    /// Charges a proxy's connection to the client that it speaks for, if it names one. `None` if
    /// there is no place for one more of that client.
    pub(crate) fn on_behalf_of(mut self, client: Option<IpAddr>) -> Option<Self> {
        let Some(client) = client else { return Some(self) };
        self.shares = self.limits.shares(client);
        let number = {
            let state = &mut *self.limits.state();
            // It does not make way for itself.
            let knocker = state.knocking.remove(self.knocking?)?;
            state.connections -= 1;
            state.let_knock(self.shares, knocker.task)?
        };
        self.knocking = Some(number);
        Some(self)
    }

    /// Counts it as greeted: mere connections of its address make it close no more. `None` if there is no place
    /// for one more of its address.
    pub(crate) fn greeted(self) -> Option<Self> {
        let number = self.knocking?;
        let is_greeted = self.limits.state().greet(self.shares, number);
        is_greeted.map(|()| self)
    }

    /// Its number among those without a seat, unless it has got one.
    pub(crate) fn number(&self) -> Option<Number> {
        self.knocking
    }

    /// A number for the address, or for the /48 of IPv6; it is the same for all connections of it.
    /// Clients that their proxy does not name share one.
    pub(crate) fn address(&self) -> u64 {
        self.shares.whole()
    }

    /// Charges a try to open or enter. `Err` is after what time the next may be made.
    pub(crate) fn try_entry(&self, now: Instant) -> Result<(), Duration> {
        self.spend(now, |allowance| allowance.tries, |account| &mut account.tries)
    }

    /// Charges a room. `Err` is after what time the next may be opened.
    pub(crate) fn open_room(&self, now: Instant) -> Result<(), Duration> {
        self.spend(now, |allowance| allowance.rooms, |account| &mut account.rooms)
    }

    /// A place for a new seat, if there is one.
    pub(crate) fn place(&self, now: Instant) -> Option<Place> {
        let is_charged = self.limits.state().take_place(self.shares, now);
        is_charged.then(|| Place::new(&self.limits, self.shares, now))
    }

    /// Moves the place of a seat that is taken again to this address, if it has one left. If not,
    /// the seat keeps the place that it had.
    pub(crate) fn move_here(&self, place: &Place, now: Instant) {
        place.move_to(self.shares, now);
    }

    /// It has got a seat, and makes way for nobody any more.
    pub(crate) fn stop_knocking(&mut self) {
        if let Some(number) = self.knocking.take() {
            self.limits.state().knocking.remove(number);
        }
    }

    fn spend(
        &self,
        now: Instant,
        rate: fn(&Allowance) -> Rate,
        bucket: fn(&mut Account) -> &mut TokenBucket,
    ) -> Result<(), Duration> {
        let state = &mut *self.limits.state();
        let rate = rate(&state.allowance);
        state.spend(self.shares, now, rate, 0, bucket).map(drop)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.limits.state();
        let has_made_way = self.knocking.is_some_and(|number| state.knocking.remove(number).is_none());
        if !has_made_way {
            state.connections -= 1;
        }
        self.limits.departed.notify_one();
        if state.connections == 0 {
            self.limits.idle.notify_waiters();
        }
    }
}
