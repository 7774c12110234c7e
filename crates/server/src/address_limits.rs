//! Limits by address: how many seats and connections one address may have, and what it may do with
//! them.
//!
//! Seats and connections are counted apart, so that who merely connects takes no member's place: a
//! [`Permit`] is a connection's, a [`Place`] is a seat's, present or away. Connections without a
//! seat make way for new ones, as [`knocking`](super::knocking) says.
//!
//! An address is stored only as a hash under a key of this process, and only while it has a seat or
//! a connection or has lately spent something. IPv6 counts by /64, the least that one home gets,
//! and also by /48, the most that one customer gets (RFC 6177).

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ipnet::IpNet;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::knocking::Number;
use crate::rate::Rate;

mod permit;
mod place;
mod state;
#[cfg(test)]
mod tests;

pub(super) use permit::Permit;
pub(super) use place::{Place, Unpaid};
use state::State;

/// A whole /48 has the share of so many homes: it may be one customer with 65 536 networks of /64,
/// or a town.
const HOMES: u32 = 8;

/// After what time to try again where there is no place: by then broken connections have been
/// noticed.
pub(super) const NO_PLACE: Duration = Duration::from_secs(30);

/// How many there may be at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// Of all addresses together.
    pub all: usize,
    /// Of one address.
    pub of_one: u32,
}

impl Places {
    /// A quarter as many, and one at least.
    #[must_use]
    pub fn quarter(self) -> Self {
        Self { all: self.all.div_ceil(4), of_one: self.of_one.div_ceil(4) }
    }
}

/// How many connections there may be at once where there may be so many seats.
#[must_use]
pub fn connections(seats: usize) -> usize {
    seats.saturating_add(Places { all: seats, of_one: 1 }.quarter().all)
}

/// What one address may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Seats, of those who are away too.
    pub seats: Places,
    /// Connections that have no seat; of one address, those that were not greeted.
    pub knocking: Places,
    /// Tries to open or enter.
    pub tries: Rate,
    /// Rooms opened.
    pub rooms: Rate,
    /// Frames of all its members together.
    pub frames: Rate,
}

/// All addresses' accounts.
pub(super) struct AddressLimits {
    key: RandomState,
    state: Mutex<State>,
    /// Notified whenever a connection has gone.
    departed: Notify,
    /// Notified whenever the last connection has gone.
    idle: Notify,
}

/// The account of those that no address is charged for: connections of proxies, before they name a
/// client.
const NOBODY: u64 = 0;

/// The accounts that a connection or seat is charged to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shares {
    /// That of the address itself, of IPv6 its /64.
    home: u64,
    /// That of the /48, if it has one.
    town: u64,
}

impl Shares {
    /// Both accounts, each with how many homes' share it has; none of [`NOBODY`].
    fn iter(self) -> impl Iterator<Item = (u64, u32)> {
        [(self.home, 1), (self.town, HOMES)].into_iter().filter(|&(account, _)| account != NOBODY)
    }

    #[cfg(test)]
    pub(super) fn of_home(home: u64) -> Self {
        Self { home, town: NOBODY }
    }

    /// The account of the address as a whole.
    pub(super) fn whole(self) -> u64 {
        if self.town == NOBODY { self.home } else { self.town }
    }

    /// Its accounts, the address as a whole last; where nobody is charged, that of [`NOBODY`].
    pub(super) fn accounts(self) -> impl Iterator<Item = u64> {
        std::iter::once(self.home).chain((self.town != NOBODY).then_some(self.town))
    }
}

impl AddressLimits {
    pub(super) fn new(allowance: Allowance) -> Arc<Self> {
        Arc::new(Self {
            key: RandomState::new(),
            state: Mutex::new(State::new(allowance)),
            departed: Notify::new(),
            idle: Notify::new(),
        })
    }

    pub(super) fn set_allowance(&self, allowance: Allowance) {
        self.state().allowance = allowance;
    }

    /// A permit for one more connection of this address, if there is a place or one can be made.
    /// `None` for the address charges nobody yet.
    pub(super) fn admit(self: &Arc<Self>, address: Option<IpAddr>) -> Option<Permit> {
        let shares = address.map_or_else(Shares::default, |address| self.shares(address));
        let number = self.state().let_knock(shares, None)?;
        Some(Permit::new(self, shares, number))
    }

    /// Sets the task that serves a connection: it is aborted if the connection has to make way
    /// while it has no seat.
    pub(super) fn set_task(&self, number: Option<Number>, task: AbortHandle) {
        if let Some(number) = number {
            self.state().knocking.set_task(number, task);
        }
    }

    /// Charges an address with a plain request, at the rate of frames, and returns after what time
    /// its turn comes. `None` if as many wait already as the address may have seats: through a
    /// proxy, one client could otherwise make all places wait.
    pub(super) fn request(&self, address: IpAddr, now: Instant) -> Option<Duration> {
        let (shares, state) = (self.shares(address), &mut *self.state());
        let Allowance { frames, seats, .. } = state.allowance;
        state.spend(shares, now, frames, seats.of_one, |account| &mut account.requests).ok()
    }

    fn shares(&self, address: IpAddr) -> Shares {
        let account = |network: Option<IpNet>| network.map_or(NOBODY, |network| self.key.hash_one(network));
        let [home, town] = networks(address).map(account);
        Shares { home, town }
    }

    /// How many connections there are.
    #[cfg(test)]
    pub(super) fn connections(&self) -> usize {
        self.state().connections
    }

    /// Waits until a connection has gone since the last call.
    pub(super) async fn departure(&self) {
        self.departed.notified().await;
    }

    /// Forgets idle addresses, and gives memory back that was for many more than are left.
    pub(super) fn shrink(&self, now: Instant) {
        let state = &mut *self.state();
        state.knocking.shrink();
        state.accounts.retain(|_, account| !account.is_forgettable(now));
        state.accounts.shrink_to(2 * state.accounts.len());
    }

    /// Waits until no connection is left.
    pub(super) async fn idle(&self) {
        loop {
            let told = self.idle.notified();
            if self.state().connections == 0 {
                return;
            }
            told.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The networks that an address counts for: IPv4 itself, the /64 and the /48 of IPv6.
fn networks(address: IpAddr) -> [Option<IpNet>; 2] {
    let address = address.to_canonical();
    let prefixes = if address.is_ipv4() { [Some(32), None] } else { [Some(64), Some(48)] };
    prefixes.map(|prefix| Some(IpNet::new(address, prefix?).ok()?.trunc()))
}
