//! Rations by address: how many connections, entries, rooms and frames one address may have.
//!
//! An address is kept only as a hash under a key of this process, and only while it has a connection or
//! has lately spent something. IPv6 counts by /64, the least that one home gets, and besides by /48, the most that
//! one customer gets (RFC 6177).

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ipnet::IpNet;
use tokio::sync::Notify;

use super::rate::{Bucket, Rate};

/// The most addresses remembered at once; beyond it strangers wait until others have been forgotten.
const ADDRESSES: usize = 65_536;

/// As many homes' share is what a whole /48 may have: it may be one customer with 65 536 networks of /64, and it
/// may be a town.
const HOMES: u32 = 8;

/// Below this many addresses forgetting is not worth the walk.
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
    tries: Bucket,
    rooms: Bucket,
    frames: Bucket,
    requests: Bucket,
}

impl Account {
    fn new(now: Instant) -> Self {
        let full = Bucket::full(now);
        Self { connections: 0, tries: full, rooms: full, frames: full, requests: full }
    }

    fn is_forgettable(&self, now: Instant) -> bool {
        let spent = [self.tries, self.rooms, self.frames, self.requests];
        self.connections == 0 && spent.iter().all(|bucket| bucket.is_full(now))
    }
}

/// All addresses' accounts.
pub(super) struct Rations {
    key: RandomState,
    books: Mutex<Books>,
    /// Told whenever a connection has gone.
    departed: Notify,
    /// Told whenever the last connection has gone.
    idle: Notify,
}

struct Books {
    allowance: Allowance,
    connections: usize,
    accounts: HashMap<u64, Account>,
    forget_at: usize,
}

impl Rations {
    pub(super) fn new(allowance: Allowance) -> Arc<Self> {
        let books = Books { allowance, connections: 0, accounts: HashMap::new(), forget_at: FEW_ADDRESSES };
        Arc::new(Self {
            key: RandomState::new(),
            books: Mutex::new(books),
            departed: Notify::new(),
            idle: Notify::new(),
        })
    }

    pub(super) fn set_allowance(&self, allowance: Allowance) {
        self.books().allowance = allowance;
    }

    /// A connection from whomever, if there is room for one more.
    pub(super) fn admit(self: &Arc<Self>) -> Option<Permit> {
        let mut books = self.books();
        if books.connections >= books.allowance.all_connections {
            return None;
        }
        books.connections += 1;
        Some(Permit { rations: Arc::clone(self), shares: Vec::new() })
    }

    /// One more plain request of an address, of which it may make as many as it may send frames, and after what time
    /// its turn comes. No more wait than may come by themselves, for by a proxy anybody could have all places wait;
    /// `None` for what is more.
    pub(super) fn request(&self, address: IpAddr, now: Instant) -> Option<Duration> {
        let (shares, books) = (self.shares(address), &mut *self.books());
        let Allowance { frames, connections, .. } = books.allowance;
        if !books.open(&shares, now) {
            return None;
        }
        books.spend(&shares, now, frames, connections, |account| &mut account.requests).ok()
    }

    fn shares(&self, address: IpAddr) -> Vec<Share> {
        let share = |(network, homes)| Share { account: self.key.hash_one(network), homes };
        networks(address).into_iter().map(share).collect()
    }

    /// Waits until a connection has gone since this was last asked.
    pub(super) async fn departure(&self) {
        self.departed.notified().await;
    }

    /// Forgets the idle, and gives back what is held for many more addresses than are left.
    pub(super) fn shrink(&self, now: Instant) {
        let accounts = &mut self.books().accounts;
        accounts.retain(|_, account| !account.is_forgettable(now));
        accounts.shrink_to(2 * accounts.len());
    }

    /// Waits until no connection is left.
    pub(super) async fn idle(&self) {
        loop {
            let told = self.idle.notified();
            if self.books().connections == 0 {
                return;
            }
            told.await;
        }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Books {
    /// Sees to it that each of these has an account. `false` where there is no place for them.
    fn open(&mut self, shares: &[Share], now: Instant) -> bool {
        let new = shares.iter().filter(|share| !self.accounts.contains_key(&share.account)).count();
        if new > 0 && self.accounts.len() + new > self.forget_at {
            self.accounts.retain(|_, account| !account.is_forgettable(now));
            self.forget_at = (self.accounts.len() * 2).clamp(FEW_ADDRESSES, ADDRESSES);
        }
        // Any of them may have been forgotten.
        let fits = self.accounts.len() + shares.len() <= ADDRESSES || new == 0;
        if fits {
            for share in shares {
                self.accounts.entry(share.account).or_insert_with(|| Account::new(now));
            }
        }
        fits
    }

    /// Takes one of each share, or none of any; of each `ahead` may wait. Says after what time there is one.
    fn spend(
        &mut self,
        shares: &[Share],
        now: Instant,
        rate: Rate,
        ahead: u32,
        bucket: fn(&mut Account) -> &mut Bucket,
    ) -> Result<Duration, Duration> {
        let mut taken = [Bucket::full(now); 2];
        let mut wait = Duration::ZERO;
        for (share, taken) in shares.iter().zip(&mut taken) {
            let Some(account) = self.accounts.get_mut(&share.account) else { continue };
            *taken = *bucket(account);
            let rate = rate.times(share.homes);
            wait = wait.max(taken.book(now, rate, ahead.saturating_mul(share.homes))?);
        }
        for (share, taken) in shares.iter().zip(taken) {
            if let Some(account) = self.accounts.get_mut(&share.account) {
                *bucket(account) = taken;
            }
        }
        Ok(wait)
    }
}

/// What a connection is booked on: an account's number, and how many homes' share that may have.
#[derive(Clone, Copy)]
struct Share {
    account: u64,
    homes: u32,
}

/// One connection's place; given back when dropped.
pub(super) struct Permit {
    rations: Arc<Rations>,
    shares: Vec<Share>,
}

impl Permit {
    /// Books the connection on an address. `false` where that address has its fill.
    pub(super) fn book(&mut self, address: IpAddr, now: Instant) -> bool {
        let shares = self.rations.shares(address);
        let books = &mut *self.rations.books();
        let most = books.allowance.connections;
        if !books.open(&shares, now) {
            return false;
        }
        let has_room = |share: &Share| {
            let account = books.accounts.get(&share.account);
            account.is_some_and(|account| account.connections < most.saturating_mul(share.homes))
        };
        if !shares.iter().all(has_room) {
            return false;
        }
        for share in &shares {
            if let Some(account) = books.accounts.get_mut(&share.account) {
                account.connections += 1;
            }
        }
        self.shares = shares;
        true
    }

    /// Books the connection of a proxy on the client that it speaks for.
    pub(super) fn on_behalf_of(mut self, client: Option<IpAddr>) -> Option<Self> {
        client.is_none_or(|client| self.book(client, Instant::now())).then_some(self)
    }

    /// A number for the address, the same for all of its connections; of IPv6 for the /48. All whom their proxy does not
    /// name have one together.
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
        bucket: fn(&mut Account) -> &mut Bucket,
    ) -> Result<(), Duration> {
        let books = &mut *self.rations.books();
        let rate = rate(&books.allowance);
        books.spend(&self.shares, now, rate, 0, bucket).map(drop)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut books = self.rations.books();
        books.connections -= 1;
        for share in &self.shares {
            if let Some(account) = books.accounts.get_mut(&share.account) {
                account.connections -= 1;
            }
        }
        self.rations.departed.notify_one();
        if books.connections == 0 {
            self.rations.idle.notify_waiters();
        }
    }
}

/// What an address counts for, and with how many homes' share: itself, or of IPv6 its /64 and /48.
fn networks(address: IpAddr) -> Vec<(IpNet, u32)> {
    let address = address.to_canonical();
    let prefixes: &[(u8, u32)] = if address.is_ipv4() { &[(32, 1)] } else { &[(64, 1), (48, HOMES)] };
    let network = |&(prefix, homes)| Some((IpNet::new(address, prefix).ok()?.trunc(), homes));
    prefixes.iter().filter_map(network).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const ALLOWANCE: Allowance = Allowance {
        all_connections: 3,
        connections: 2,
        tries: Rate { burst: 2, every: Duration::from_secs(1) },
        rooms: Rate { burst: 1, every: Duration::from_secs(60) },
        frames: Rate { burst: 3, every: Duration::from_millis(100) },
    };

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn permit(rations: &Arc<Rations>, from: &str, now: Instant) -> Option<Permit> {
        let mut permit = rations.admit()?;
        permit.book(address(from), now).then_some(permit)
    }

    #[test]
    fn connections_are_bounded_for_all_and_for_each_address_and_given_back() {
        let (rations, now) = (Rations::new(ALLOWANCE), Instant::now());
        let first = permit(&rations, "192.0.2.1", now);
        let second = permit(&rations, "192.0.2.1", now);
        assert!(first.is_some() && second.is_some());
        assert!(permit(&rations, "192.0.2.1", now).is_none(), "a third of one address");
        let other = permit(&rations, "192.0.2.2", now);
        assert!(other.is_some());
        assert!(rations.admit().is_none(), "a fourth of all");
        drop(second);
        assert!(permit(&rations, "192.0.2.1", now).is_some());
    }

    #[test]
    fn tries_rooms_and_frames_are_the_address_own() {
        let (rations, now) = (Rations::new(ALLOWANCE), Instant::now());
        let one = permit(&rations, "192.0.2.1", now).unwrap();
        let same = permit(&rations, "::ffff:192.0.2.1", now).unwrap();
        assert!(one.try_entry(now).is_ok() && same.try_entry(now).is_ok());
        assert_eq!(one.try_entry(now), Err(Duration::from_secs(1)));
        assert!(one.open_room(now).is_ok() && same.open_room(now).is_err());
        assert!(one.send_frame(now).is_ok() && one.send_frame(now).is_ok() && same.send_frame(now).is_ok());
        assert!(one.send_frame(now).is_err());
        let other = permit(&rations, "192.0.2.2", now).unwrap();
        assert!(other.try_entry(now).is_ok() && other.open_room(now).is_ok());
    }

    #[test]
    fn requests_are_rationed_by_themselves_and_as_many_wait_as_there_may_be_connections() {
        let (rations, now) = (Rations::new(ALLOWANCE), Instant::now());
        let (from, every) = (address("192.0.2.1"), ALLOWANCE.frames.every);
        for _ in 0..ALLOWANCE.frames.burst {
            assert_eq!(rations.request(from, now), Some(Duration::ZERO));
        }
        for turn in 1..=ALLOWANCE.connections {
            assert_eq!(rations.request(from, now), Some(every * turn));
        }
        assert_eq!(rations.request(from, now), None, "nothing is booked for it");
        assert_eq!(rations.request(from, now + every), Some(every * ALLOWANCE.connections));
        assert_eq!(rations.request(address("192.0.2.2"), now), Some(Duration::ZERO));
        assert!(permit(&rations, "192.0.2.1", now).unwrap().send_frame(now).is_ok(), "no frame was spent");
    }

    #[test]
    fn what_was_spent_outlives_the_connection() {
        let (rations, now) = (Rations::new(ALLOWANCE), Instant::now());
        assert!(permit(&rations, "192.0.2.1", now).unwrap().open_room(now).is_ok());
        assert!(permit(&rations, "192.0.2.1", now).unwrap().open_room(now).is_err());
    }

    #[test]
    fn ipv6_counts_by_its_first_64_and_48_bits_and_mapped_ipv4_as_ipv4() {
        let shown = |text: &str| -> Vec<String> {
            networks(address(text)).iter().map(|(network, homes)| format!("{network} {homes}")).collect()
        };
        assert_eq!(shown("2001:db8:1:2:3::4"), ["2001:db8:1:2::/64 1", "2001:db8:1::/48 8"]);
        assert_eq!(shown("2001:db8:1::"), ["2001:db8:1::/64 1", "2001:db8:1::/48 8"]);
        assert_eq!(shown("::ffff:192.0.2.1"), ["192.0.2.1/32 1"]);
    }

    #[test]
    fn a_whole_48_has_the_share_of_eight_homes() {
        let allowance = Allowance { all_connections: 100, ..ALLOWANCE };
        let (rations, now) = (Rations::new(allowance), Instant::now());
        let home = |number: u32| permit(&rations, &format!("2001:db8:1:{number:x}::1"), now);
        // Two connections and two tries each, so that the eighth home's are the last.
        let mut homes: Vec<_> =
            (0..8).flat_map(|number| [home(number), home(number)]).map(Option::unwrap).collect();
        assert!(homes.iter().all(|permit| permit.try_entry(now).is_ok()));
        assert!(home(8).is_none(), "a ninth home's connection");
        assert!(permit(&rations, "2001:db8:2::1", now).is_some(), "of another /48");
        homes.pop();
        let ninth = home(8).unwrap();
        assert_eq!(ninth.try_entry(now), Err(ALLOWANCE.tries.every / 8), "a ninth home's try");
        let later = now + ALLOWANCE.tries.every / 8;
        assert_eq!(ninth.try_entry(later), Ok(()));
        assert_eq!(
            ninth.try_entry(later),
            Err(ALLOWANCE.tries.every / 8),
            "its own share is not what is spent"
        );
        assert!(home(8).is_none());
    }

    #[test]
    fn who_has_spent_nothing_is_forgotten_when_there_are_many() {
        let allowance = Allowance { all_connections: FEW_ADDRESSES * 2, ..ALLOWANCE };
        let (rations, now) = (Rations::new(allowance), Instant::now());
        let here = permit(&rations, "198.51.100.1", now).unwrap();
        for number in 1..FEW_ADDRESSES - 1 {
            assert_eq!(rations.books().accounts.len(), number);
            permit(&rations, &format!("10.0.{}.{}", number / 256, number % 256), now).unwrap();
        }
        assert_eq!(rations.books().accounts.len(), FEW_ADDRESSES - 1);
        let both = permit(&rations, "2001:db8::1", now).unwrap();
        assert_eq!(rations.books().accounts.len(), 3, "who is there, the newcomer's /64 and its /48");
        drop((here, both));
        assert_eq!(rations.books().connections, 0);
        assert!(rations.books().accounts.values().all(|account| account.connections == 0));
    }

    #[test]
    fn when_it_shrinks_the_idle_are_forgotten_and_nobody_else() {
        let (rations, now) = (Rations::new(ALLOWANCE), Instant::now());
        let from = |n: u32| format!("10.0.{}.{}", n / 256, n % 256);
        let _here = permit(&rations, "192.0.2.1", now).unwrap();
        permit(&rations, "192.0.2.2", now).unwrap().open_room(now).unwrap();
        for n in 0..1000 {
            permit(&rations, &from(n), now).unwrap().try_entry(now).unwrap();
        }
        rations.shrink(now);
        assert_eq!(rations.books().accounts.len(), 1002, "all of them have spent something");
        rations.shrink(now + Duration::from_secs(1));
        let books = rations.books();
        assert_eq!(books.accounts.len(), 2, "the connected, and who has opened a room within the minute");
        assert!(books.accounts.capacity() < 100);
    }

    #[test]
    fn the_book_of_addresses_is_bounded_and_forgets_the_idle() {
        let (rations, now) = (Rations::new(ALLOWANCE), Instant::now());
        let from = |n: u32| IpAddr::from((0x0a00_0000 + n).to_be_bytes());
        for n in 0..u32::try_from(ADDRESSES).unwrap() {
            let mut permit = rations.admit().unwrap();
            assert!(permit.book(from(n), now), "address {n}");
            permit.try_entry(now).unwrap();
        }
        let mut stranger = rations.admit().unwrap();
        assert!(!stranger.book(address("198.51.100.1"), now), "all of them have spent something");
        let later = now + Duration::from_secs(1);
        assert!(stranger.book(address("198.51.100.1"), later), "theirs are full again: forgotten");
        assert_eq!(rations.books().accounts.len(), 1);
    }
}
