//! What is counted: connections, seats, and what addresses have spent.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use tokio::task::AbortHandle;

use super::super::knocking::{Knocking, Number, Stage};
use super::{Allowance, NO_PLACE, Shares};
use crate::rate::{Rate, TokenBucket};

/// The most addresses that are remembered. Beyond them, new ones wait until others have been
/// forgotten.
pub(super) const ADDRESSES: usize = 65_536;

/// With fewer addresses than this, it is not worth looking for some to forget.
pub(super) const FEW_ADDRESSES: usize = 1_024;

pub(super) struct State {
    pub(super) allowance: Allowance,
    /// All connections but those that were closed to make way.
    pub(super) connections: usize,
    pub(super) knocking: Knocking,
    pub(super) seats: usize,
    pub(super) accounts: HashMap<u64, Account>,
    forget_at: usize,
}

pub(super) struct Account {
    pub(super) seats: u32,
    pub(super) tries: TokenBucket,
    pub(super) rooms: TokenBucket,
    pub(super) requests: TokenBucket,
    /// Frames that its members may send at once when they enter.
    at_once: TokenBucket,
}

impl Account {
    fn new(now: Instant) -> Self {
        let full = TokenBucket::full(now);
        Self { seats: 0, tries: full, rooms: full, requests: full, at_once: full }
    }

    pub(super) fn is_forgettable(&self, now: Instant) -> bool {
        let spent = [self.tries, self.rooms, self.requests, self.at_once];
        self.seats == 0 && spent.iter().all(|bucket| bucket.is_full(now))
    }
}

impl State {
    pub(super) fn new(allowance: Allowance) -> Self {
        Self {
            allowance,
            connections: 0,
            knocking: Knocking::default(),
            seats: 0,
            accounts: HashMap::new(),
            forget_at: FEW_ADDRESSES,
        }
    }

    /// Counts one more connection without a seat, if there is a place or one can be made.
    pub(super) fn let_knock(&mut self, shares: Shares, task: Option<AbortHandle>) -> Option<Number> {
        let Allowance { seats, knocking: most, .. } = self.allowance;
        for (account, homes) in shares.iter() {
            self.make_way_of(account, Stage::Silent, most.of_one.saturating_mul(homes))?;
        }
        // Those who have just lost their seat are neither, and still connected for a moment.
        while self.knocking.len() >= most.all || self.connections >= most.all + seats.all {
            self.make_way(Knocking::close_oldest_of_most)?;
        }
        self.connections += 1;
        Some(self.knocking.add(shares, task))
    }

    /// Counts a connection without a seat as greeted, of which there may be as many as seats.
    /// `None` if there is no place, or if it has made way.
    pub(super) fn greet(&mut self, shares: Shares, number: Number) -> Option<()> {
        let most = self.allowance.seats.of_one;
        for (account, homes) in shares.iter() {
            self.make_way_of(account, Stage::Greeted, most.saturating_mul(homes))?;
        }
        self.knocking.greet(number).then_some(())
    }

    /// Closes as many of an account as are too many beside one more.
    fn make_way_of(&mut self, account: u64, stage: Stage, most: u32) -> Option<()> {
        while self.knocking.of(account, stage) >= most as usize {
            self.make_way(|knocking| knocking.close_oldest_of(account, stage))?;
        }
        Some(())
    }

    fn make_way(&mut self, close: impl FnOnce(&mut Knocking) -> bool) -> Option<()> {
        close(&mut self.knocking).then(|| self.connections -= 1)
    }

    /// Charges a seat, if there is a place.
    pub(super) fn take_place(&mut self, shares: Shares, now: Instant) -> bool {
        self.seats < self.allowance.seats.all && self.has_room(shares) && self.charge_seat(shares, now)
    }

    /// Charges a seat to others than before, if they have a place.
    pub(super) fn move_place(&mut self, from: Shares, to: Shares, now: Instant) -> bool {
        let is_moved = self.has_room(to) && self.charge_seat(to, now);
        if is_moved {
            self.free_seat(from);
        }
        is_moved
    }

    /// Whether each of these may have one more seat.
    fn has_room(&self, shares: Shares) -> bool {
        let most = self.allowance.seats.of_one;
        shares.iter().all(|(account, homes)| {
            let seats = self.accounts.get(&account).map_or(0, |account| account.seats);
            seats < most.saturating_mul(homes)
        })
    }

    /// Charges a seat, however many there are. `false` if there is no account for it.
    fn charge_seat(&mut self, shares: Shares, now: Instant) -> bool {
        let is_open = self.open(shares, now);
        if is_open {
            for (account, _) in shares.iter() {
                if let Some(account) = self.accounts.get_mut(&account) {
                    account.seats += 1;
                }
            }
            self.seats += 1;
        }
        is_open
    }

    pub(super) fn free_seat(&mut self, shares: Shares) {
        self.seats -= 1;
        for (account, _) in shares.iter() {
            if let Some(account) = self.accounts.get_mut(&account) {
                account.seats -= 1;
            }
        }
    }

    /// What a member may send of what its address may, `own` at the most: all members of an address
    /// have the same.
    pub(super) fn share(&self, shares: Shares, own: Rate) -> Rate {
        let frames = self.allowance.frames;
        shares.iter().fold(own, |rate, (account, homes)| {
            let members = self.accounts.get(&account).map_or(0, |account| account.seats);
            rate.within(frames.times(homes).among(members))
        })
    }

    /// Takes so many frames that are sent at once when somebody enters, but no more than half of
    /// those that there are: others enter too.
    pub(super) fn draw(&mut self, shares: Shares, now: Instant, most: u32) -> u32 {
        let frames = self.allowance.frames;
        let left = |(account, homes)| {
            let account: Option<&Account> = self.accounts.get(&account);
            account.map_or(most, |account| account.at_once.left(now, frames.times(homes)).div_ceil(2))
        };
        let drawn = shares.iter().map(left).fold(most, u32::min);
        for (account, homes) in shares.iter() {
            if let Some(account) = self.accounts.get_mut(&account) {
                let _ = account.at_once.take_many(now, frames.times(homes), drawn);
            }
        }
        drawn
    }

    /// Makes sure that each of these has an account. `false` if there is no place for them.
    fn open(&mut self, shares: Shares, now: Instant) -> bool {
        let new = shares.iter().filter(|(account, _)| !self.accounts.contains_key(account)).count();
        if new > 0 && self.accounts.len() + new > self.forget_at {
            self.accounts.retain(|_, account| !account.is_forgettable(now));
            self.forget_at = (self.accounts.len() * 2).clamp(FEW_ADDRESSES, ADDRESSES);
        }
        // Any of these may have been forgotten just now.
        let fits = self.accounts.len() + shares.iter().count() <= ADDRESSES || new == 0;
        if fits {
            for (account, _) in shares.iter() {
                self.accounts.entry(account).or_insert_with(|| Account::new(now));
            }
        }
        fits
    }

    /// Takes a token from each share, or from none; up to `ahead` may wait in each. Returns after
    /// what time the token is there.
    pub(super) fn spend(
        &mut self,
        shares: Shares,
        now: Instant,
        rate: Rate,
        ahead: u32,
        bucket: fn(&mut Account) -> &mut TokenBucket,
    ) -> Result<Duration, Duration> {
        if !self.open(shares, now) {
            return Err(NO_PLACE);
        }
        let mut taken = [TokenBucket::full(now); 2];
        let mut wait = Duration::ZERO;
        for ((account, homes), taken) in shares.iter().zip(&mut taken) {
            let Some(account) = self.accounts.get_mut(&account) else { continue };
            *taken = *bucket(account);
            let rate = rate.times(homes);
            wait = wait.max(taken.reserve(now, rate, ahead.saturating_mul(homes))?);
        }
        for ((account, _), taken) in shares.iter().zip(taken) {
            if let Some(account) = self.accounts.get_mut(&account) {
                *bucket(account) = taken;
            }
        }
        Ok(wait)
    }
}
