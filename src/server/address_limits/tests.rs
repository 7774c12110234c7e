//! The limits of addresses, at moments that the tests set.

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

fn permit(limits: &Arc<AddressLimits>, from: &str, now: Instant) -> Option<Permit> {
    let mut permit = limits.admit()?;
    permit.charge_to(address(from), now).then_some(permit)
}

#[test]
fn connections_are_bounded_for_all_and_for_each_address_and_given_back() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    let first = permit(&limits, "192.0.2.1", now);
    let second = permit(&limits, "192.0.2.1", now);
    assert!(first.is_some() && second.is_some());
    assert!(permit(&limits, "192.0.2.1", now).is_none(), "a third of one address");
    let other = permit(&limits, "192.0.2.2", now);
    assert!(other.is_some());
    assert!(limits.admit().is_none(), "a fourth of all");
    drop(second);
    assert!(permit(&limits, "192.0.2.1", now).is_some());
}

#[test]
fn another_allowance_counts_from_then_on_and_puts_nobody_out() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    let both: Vec<_> = (0..2).map(|_| permit(&limits, "192.0.2.1", now).unwrap()).collect();
    limits.set_allowance(Allowance { connections: 1, ..ALLOWANCE });
    assert!(permit(&limits, "192.0.2.1", now).is_none());
    assert!(permit(&limits, "192.0.2.2", now).is_some());
    limits.set_allowance(Allowance { connections: 3, ..ALLOWANCE });
    assert!(permit(&limits, "192.0.2.1", now).is_some());
    drop(both);
}

#[test]
fn tries_rooms_and_frames_are_the_address_own() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    let one = permit(&limits, "192.0.2.1", now).unwrap();
    let same = permit(&limits, "::ffff:192.0.2.1", now).unwrap();
    assert!(one.try_entry(now).is_ok() && same.try_entry(now).is_ok());
    assert_eq!(one.try_entry(now), Err(Duration::from_secs(1)));
    assert!(one.open_room(now).is_ok() && same.open_room(now).is_err());
    assert!(one.send_frame(now).is_ok() && one.send_frame(now).is_ok() && same.send_frame(now).is_ok());
    assert!(one.send_frame(now).is_err());
    let other = permit(&limits, "192.0.2.2", now).unwrap();
    assert!(other.try_entry(now).is_ok() && other.open_room(now).is_ok());
}

#[test]
fn requests_are_rationed_by_themselves_and_as_many_wait_as_there_may_be_connections() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    let (from, every) = (address("192.0.2.1"), ALLOWANCE.frames.every);
    for _ in 0..ALLOWANCE.frames.burst {
        assert_eq!(limits.request(from, now), Some(Duration::ZERO));
    }
    for turn in 1..=ALLOWANCE.connections {
        assert_eq!(limits.request(from, now), Some(every * turn));
    }
    assert_eq!(limits.request(from, now), None, "nothing is booked for it");
    assert_eq!(limits.request(from, now + every), Some(every * ALLOWANCE.connections));
    assert_eq!(limits.request(address("192.0.2.2"), now), Some(Duration::ZERO));
    assert!(permit(&limits, "192.0.2.1", now).unwrap().send_frame(now).is_ok(), "no frame was spent");
}

#[test]
fn a_proxy_s_connection_counts_for_whom_it_speaks_for() {
    let allowance = Allowance { connections: 1, all_connections: 10, ..ALLOWANCE };
    let (limits, now) = (AddressLimits::new(allowance), Instant::now());
    let speaks_for = |client: Option<&str>| limits.admit().unwrap().on_behalf_of(client.map(address));
    let first = speaks_for(Some("192.0.2.1")).unwrap();
    assert!(speaks_for(Some("192.0.2.1")).is_none(), "a second of one client");
    let other = speaks_for(Some("192.0.2.2")).unwrap();
    assert!(permit(&limits, "192.0.2.2", now).is_none());
    let (nobody, nobody_else) = (speaks_for(None).unwrap(), speaks_for(None).unwrap());
    assert_ne!(first.address(), other.address());
    assert_eq!(nobody.address(), nobody_else.address());
    assert_ne!(nobody.address(), first.address());
    let number = first.address();
    drop(first);
    assert_eq!(speaks_for(Some("::ffff:192.0.2.1")).unwrap().address(), number);
}

#[test]
fn what_was_spent_outlives_the_connection() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    assert!(permit(&limits, "192.0.2.1", now).unwrap().open_room(now).is_ok());
    assert!(permit(&limits, "192.0.2.1", now).unwrap().open_room(now).is_err());
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
    let (limits, now) = (AddressLimits::new(allowance), Instant::now());
    let home = |number: u32| permit(&limits, &format!("2001:db8:1:{number:x}::1"), now);
    // Two connections and two tries each, so that the eighth home's are the last.
    let mut homes: Vec<_> =
        (0..8).flat_map(|number| [home(number), home(number)]).map(Option::unwrap).collect();
    assert!(homes.iter().all(|permit| permit.try_entry(now).is_ok()));
    assert!(home(8).is_none(), "a ninth home's connection");
    assert!(permit(&limits, "2001:db8:2::1", now).is_some(), "of another /48");
    homes.pop();
    let ninth = home(8).unwrap();
    assert_eq!(ninth.try_entry(now), Err(ALLOWANCE.tries.every / 8), "a ninth home's try");
    let later = now + ALLOWANCE.tries.every / 8;
    assert_eq!(ninth.try_entry(later), Ok(()));
    assert_eq!(ninth.try_entry(later), Err(ALLOWANCE.tries.every / 8), "its own share is not what is spent");
    assert!(home(8).is_none());
}

#[test]
fn who_has_spent_nothing_is_forgotten_when_there_are_many() {
    let allowance = Allowance { all_connections: FEW_ADDRESSES * 2, ..ALLOWANCE };
    let (limits, now) = (AddressLimits::new(allowance), Instant::now());
    let here = permit(&limits, "198.51.100.1", now).unwrap();
    for number in 1..FEW_ADDRESSES - 1 {
        assert_eq!(limits.state().accounts.len(), number);
        permit(&limits, &format!("10.0.{}.{}", number / 256, number % 256), now).unwrap();
    }
    assert_eq!(limits.state().accounts.len(), FEW_ADDRESSES - 1);
    let both = permit(&limits, "2001:db8::1", now).unwrap();
    assert_eq!(limits.state().accounts.len(), 3, "who is there, the newcomer's /64 and its /48");
    drop((here, both));
    assert_eq!(limits.state().connections, 0);
    assert!(limits.state().accounts.values().all(|account| account.connections == 0));
}

#[test]
fn when_it_shrinks_the_idle_are_forgotten_and_nobody_else() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    let from = |n: u32| format!("10.0.{}.{}", n / 256, n % 256);
    let _here = permit(&limits, "192.0.2.1", now).unwrap();
    permit(&limits, "192.0.2.2", now).unwrap().open_room(now).unwrap();
    for n in 0..1000 {
        permit(&limits, &from(n), now).unwrap().try_entry(now).unwrap();
    }
    limits.shrink(now);
    assert_eq!(limits.state().accounts.len(), 1002, "all of them have spent something");
    limits.shrink(now + Duration::from_secs(1));
    let state = limits.state();
    assert_eq!(state.accounts.len(), 2, "the connected, and who has opened a room within the minute");
    assert!(state.accounts.capacity() < 100);
}

#[test]
fn the_book_of_addresses_is_bounded_and_forgets_the_idle() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    let from = |n: u32| IpAddr::from((0x0a00_0000 + n).to_be_bytes());
    for n in 0..u32::try_from(ADDRESSES).unwrap() {
        let mut permit = limits.admit().unwrap();
        assert!(permit.charge_to(from(n), now), "address {n}");
        permit.try_entry(now).unwrap();
    }
    let mut stranger = limits.admit().unwrap();
    assert!(!stranger.charge_to(address("198.51.100.1"), now), "all of them have spent something");
    let later = now + Duration::from_secs(1);
    assert!(stranger.charge_to(address("198.51.100.1"), later), "theirs are full again: forgotten");
    assert_eq!(limits.state().accounts.len(), 1);
}
