//! Limits by address: how many connections, tries, rooms and frames one address may have.
//!
//! An address is stored only as a hash under a key of this process, and only while it has a
//! connection or has lately spent something. IPv6 counts by /64, the least that one home gets, and
//! also by /48, the most that one customer gets (RFC 6177).

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ipnet::IpNet;
use tokio::sync::Notify;

use super::now;
use crate::rate::{Rate, TokenBucket};

#[cfg(test)]
mod tests;

/// The most addresses that are remembered. Beyond them, new ones wait until others have been
/// forgotten.
const ADDRESSES: usize = 65_536;

/// A whole /48 has the share of so many homes: it may be one customer with 65 536 networks of /64,
/// or a town.
const HOMES: u32 = 8;

/// With fewer addresses than this, it is not worth looking for some to forget.
const FEW_ADDRESSES: usize = 1_024;

/// What one address may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Connections of all addresses together.
    pub all_connections: usize,
    /// Connections at once.
    pub connections: u32,
    /// Tries to open, enter or resume.
    pub tries: Rate,
    /// Rooms opened.
    pub rooms: Rate,
    /// Frames on all its connections together.
    pub frames: Rate,
}

struct Account {
    connections: u32,
    tries: TokenBucket,
    rooms: TokenBucket,
    frames: TokenBucket,
    requests: TokenBucket,
}

impl Account {
    fn new(now: Instant) -> Self {
        let full = TokenBucket::full(now);
        Self { connections: 0, tries: full, rooms: full, frames: full, requests: full }
    }

    fn is_forgettable(&self, now: Instant) -> bool {
        let spent = [self.tries, self.rooms, self.frames, self.requests];
        self.connections == 0 && spent.iter().all(|bucket| bucket.is_full(now))
    }
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

struct State {
    allowance: Allowance,
    connections: usize,
    accounts: HashMap<u64, Account>,
    forget_at: usize,
}

impl AddressLimits {
    pub(super) fn new(allowance: Allowance) -> Arc<Self> {
        let state = State { allowance, connections: 0, accounts: HashMap::new(), forget_at: FEW_ADDRESSES };
        Arc::new(Self {
            key: RandomState::new(),
            state: Mutex::new(state),
            departed: Notify::new(),
            idle: Notify::new(),
        })
    }

    pub(super) fn set_allowance(&self, allowance: Allowance) {
        self.state().allowance = allowance;
    }

    /// A permit for one more connection, if there is a place. Nobody's address is charged yet.
    pub(super) fn admit(self: &Arc<Self>) -> Option<Permit> {
        let mut state = self.state();
        if state.connections >= state.allowance.all_connections {
            return None;
        }
        state.connections += 1;
        Some(Permit { limits: Arc::clone(self), shares: Vec::new() })
    }

    /// Charges an address with a plain request, at the rate of frames, and returns after what time
    /// its turn comes. `None` if as many wait already as the address may have connections: through
    /// a proxy, one client could otherwise make all places wait.
    pub(super) fn request(&self, address: IpAddr, now: Instant) -> Option<Duration> {
        let (shares, state) = (self.shares(address), &mut *self.state());
        let Allowance { frames, connections, .. } = state.allowance;
        if !state.open(&shares, now) {
            return None;
        }
        state.spend(&shares, now, frames, connections, |account| &mut account.requests).ok()
    }

    fn shares(&self, address: IpAddr) -> Vec<Share> {
        let share = |(network, homes)| Share { account: self.key.hash_one(network), homes };
        networks(address).into_iter().map(share).collect()
    }

    /// Waits until a connection has gone since the last call.
    pub(super) async fn departure(&self) {
        self.departed.notified().await;
    }

    /// Forgets idle addresses, and gives memory back that was for many more than are left.
    pub(super) fn shrink(&self, now: Instant) {
        let accounts = &mut self.state().accounts;
        accounts.retain(|_, account| !account.is_forgettable(now));
        accounts.shrink_to(2 * accounts.len());
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

impl State {
    /// Makes sure that each of these has an account. `false` if there is no place for them.
    fn open(&mut self, shares: &[Share], now: Instant) -> bool {
        let new = shares.iter().filter(|share| !self.accounts.contains_key(&share.account)).count();
        if new > 0 && self.accounts.len() + new > self.forget_at {
            self.accounts.retain(|_, account| !account.is_forgettable(now));
            self.forget_at = (self.accounts.len() * 2).clamp(FEW_ADDRESSES, ADDRESSES);
        }
        // Any of these may have been forgotten just now.
        let fits = self.accounts.len() + shares.len() <= ADDRESSES || new == 0;
        if fits {
            for share in shares {
                self.accounts.entry(share.account).or_insert_with(|| Account::new(now));
            }
        }
        fits
    }

    /// Takes a token from each share, or from none; up to `ahead` may wait in each. Returns after
    /// what time the token is there.
    fn spend(
        &mut self,
        shares: &[Share],
        now: Instant,
        rate: Rate,
        ahead: u32,
        bucket: fn(&mut Account) -> &mut TokenBucket,
    ) -> Result<Duration, Duration> {
        let mut taken = [TokenBucket::full(now); 2];
        let mut wait = Duration::ZERO;
        for (share, taken) in shares.iter().zip(&mut taken) {
            let Some(account) = self.accounts.get_mut(&share.account) else { continue };
            *taken = *bucket(account);
            let rate = rate.times(share.homes);
            wait = wait.max(taken.reserve(now, rate, ahead.saturating_mul(share.homes))?);
        }
        for (share, taken) in shares.iter().zip(taken) {
            if let Some(account) = self.accounts.get_mut(&share.account) {
                *bucket(account) = taken;
            }
        }
        Ok(wait)
    }
}

/// The account that a connection is charged to, and how many homes' share it has.
#[derive(Clone, Copy)]
struct Share {
    account: u64,
    homes: u32,
}

/// The place of one connection, given back when dropped.
pub(super) struct Permit {
    limits: Arc<AddressLimits>,
    shares: Vec<Share>,
}

impl Permit {
    /// Charges the connection to an address. `false` if that address has all that it may have.
    pub(super) fn charge_to(&mut self, address: IpAddr, now: Instant) -> bool {
        let shares = self.limits.shares(address);
        let state = &mut *self.limits.state();
        let most = state.allowance.connections;
        if !state.open(&shares, now) {
            return false;
        }
        let has_room = |share: &Share| {
            let account = state.accounts.get(&share.account);
            account.is_some_and(|account| account.connections < most.saturating_mul(share.homes))
        };
        if !shares.iter().all(has_room) {
            return false;
        }
        for share in &shares {
            if let Some(account) = state.accounts.get_mut(&share.account) {
                account.connections += 1;
            }
        }
        self.shares = shares;
        true
    }

    /// Charges a proxy's connection to the client that it speaks for, if it names one.
    pub(super) fn on_behalf_of(mut self, client: Option<IpAddr>) -> Option<Self> {
        client.is_none_or(|client| self.charge_to(client, now())).then_some(self)
    }

    /// A number for the address, or for the /48 of IPv6; it is the same for all connections of it.
    /// Clients that their proxy does not name share one.
    pub(super) fn address(&self) -> u64 {
        self.shares.last().map_or(0, |share| share.account)
    }

    pub(super) fn try_entry(&self, now: Instant) -> Result<(), Duration> {
        self.spend(now, |allowance| allowance.tries, |account| &mut account.tries)
    }

    pub(super) fn open_room(&self, now: Instant) -> Result<(), Duration> {
        self.spend(now, |allowance| allowance.rooms, |account| &mut account.rooms)
    }

    pub(super) fn send_frame(&self, now: Instant) -> Result<(), Duration> {
        self.spend(now, |allowance| allowance.frames, |account| &mut account.frames)
    }

    fn spend(
        &self,
        now: Instant,
        rate: fn(&Allowance) -> Rate,
        bucket: fn(&mut Account) -> &mut TokenBucket,
    ) -> Result<(), Duration> {
        let state = &mut *self.limits.state();
        let rate = rate(&state.allowance);
        state.spend(&self.shares, now, rate, 0, bucket).map(drop)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.limits.state();
        state.connections -= 1;
        for share in &self.shares {
            if let Some(account) = state.accounts.get_mut(&share.account) {
                account.connections -= 1;
            }
        }
        self.limits.departed.notify_one();
        if state.connections == 0 {
            self.limits.idle.notify_waiters();
        }
    }
}

/// The networks that an address counts for, each with how many homes' share: IPv4 itself, the /64
/// and /48 of IPv6.
fn networks(address: IpAddr) -> Vec<(IpNet, u32)> {
    let address = address.to_canonical();
    let prefixes: &[(u8, u32)] = if address.is_ipv4() { &[(32, 1)] } else { &[(64, 1), (48, HOMES)] };
    let network = |&(prefix, homes)| Some((IpNet::new(address, prefix).ok()?.trunc(), homes));
    prefixes.iter().filter_map(network).collect()
}
