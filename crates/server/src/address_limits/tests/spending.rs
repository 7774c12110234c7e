//! What addresses spend, and share among their members.

use super::super::state::{ADDRESSES, FEW_ADDRESSES};
use super::*;

#[test]
fn tries_and_rooms_are_the_address_own() {
    let (limits, now) = (AddressLimits::new(MANY), Instant::now());
    let one = permit(&limits, "192.0.2.1").unwrap();
    let same = permit(&limits, "::ffff:192.0.2.1").unwrap();
    assert!(one.try_entry(now).is_ok() && same.try_entry(now).is_ok());
    assert_eq!(one.try_entry(now), Err(Duration::from_secs(1)));
    assert!(one.open_room(now).is_ok() && same.open_room(now).is_err());
    let other = permit(&limits, "192.0.2.2").unwrap();
    assert!(other.try_entry(now).is_ok() && other.open_room(now).is_ok());
}

#[test]
fn members_of_an_address_share_equally_and_who_has_no_seat_takes_nothing() {
    let ms = Duration::from_millis;
    let allowance = Allowance { seats: Places { all: 1000, of_one: 1000 }, ..MANY };
    let (limits, now) = (AddressLimits::new(allowance), Instant::now());
    let member = permit(&limits, "192.0.2.1").unwrap();
    let mut seats = vec![member.place(now).unwrap()];
    let _strangers: Vec<_> = (0..100).map(|_| permit(&limits, "192.0.2.1").unwrap()).collect();
    assert_eq!(seats[0].share(FAST), ALLOWANCE.frames, "all of it, whoever knocks");
    let own = Rate { burst: 128, every: ms(50) };
    assert_eq!(seats[0].share(own), own, "no more than its own");
    for (members, burst, every) in [(2, 100, 10), (3, 66, 15), (200, 1, 1000), (201, 1, 1005)] {
        while seats.len() < members {
            seats.push(member.place(now).unwrap());
        }
        assert_eq!(seats[0].share(FAST), Rate { burst, every: ms(every) }, "{members}");
    }
    let elsewhere = permit(&limits, "192.0.2.2").unwrap().place(now).unwrap();
    assert_eq!(elsewhere.share(FAST), ALLOWANCE.frames, "of another address");
    let unnamed = limits.admit(None).unwrap().place(now).unwrap();
    assert_eq!(unnamed.share(own), own);
    // A member that has moved shares where its seat is charged.
    permit(&limits, "192.0.2.1").unwrap().move_here(&elsewhere, now);
    assert_eq!(elsewhere.share(FAST), Rate { burst: 1, every: ms(1010) });
}

#[test]
fn a_whole_48_shares_what_eight_homes_may_send() {
    let ms = Duration::from_millis;
    let allowance = Allowance { seats: Places { all: 1000, of_one: 1000 }, ..MANY };
    let (limits, now) = (AddressLimits::new(allowance), Instant::now());
    let home = |number: u32| permit(&limits, &format!("2001:db8:1:{number:x}::1")).unwrap();
    let (first, second) = (home(1), home(2));
    let mut seats = vec![first.place(now).unwrap()];
    for (members, burst, every) in [(8, 200, 5), (9, 177, 5), (16, 100, 10)] {
        while seats.len() < members {
            // Each in a home of its own.
            seats.push(home(2 + u32::try_from(seats.len()).unwrap()).place(now).unwrap());
        }
        let share = seats[0].share(FAST);
        assert!(share.burst == burst && share.every >= ms(every) && share.every < ms(every + 1), "{share:?}");
    }
    // A crowded home has less of it.
    seats.extend((0..4).map(|_| second.place(now).unwrap()));
    assert_eq!(seats.last().unwrap().share(FAST), Rate { burst: 50, every: ms(20) });
}

#[test]
fn requests_are_rationed_by_themselves_and_as_many_wait_as_there_may_be_seats() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    let (from, every) = (address("192.0.2.1"), ALLOWANCE.frames.every);
    for _ in 0..ALLOWANCE.frames.burst {
        assert_eq!(limits.request(from, now), Some(Duration::ZERO));
    }
    for turn in 1..=SEATS.of_one {
        assert_eq!(limits.request(from, now), Some(every * turn));
    }
    assert_eq!(limits.request(from, now), None, "nothing is booked for it");
    assert_eq!(limits.request(from, now + every), Some(every * SEATS.of_one));
    assert_eq!(limits.request(address("192.0.2.2"), now), Some(Duration::ZERO));
    assert!(permit(&limits, "192.0.2.1").unwrap().try_entry(now).is_ok(), "no try was spent");
}

#[test]
fn what_was_spent_outlives_the_connection() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    assert!(permit(&limits, "192.0.2.1").unwrap().open_room(now).is_ok());
    assert!(permit(&limits, "192.0.2.1").unwrap().open_room(now).is_err());
}

#[test]
fn ipv6_counts_by_its_first_64_and_48_bits_and_mapped_ipv4_as_ipv4() {
    let shown = |text: &str| -> Vec<String> {
        networks(address(text)).iter().flatten().map(IpNet::to_string).collect()
    };
    assert_eq!(shown("2001:db8:1:2:3::4"), ["2001:db8:1:2::/64", "2001:db8:1::/48"]);
    assert_eq!(shown("2001:db8:1::"), ["2001:db8:1::/64", "2001:db8:1::/48"]);
    assert_eq!(shown("::ffff:192.0.2.1"), ["192.0.2.1/32"]);
}

#[test]
fn a_whole_48_has_the_share_of_eight_homes() {
    let allowance = Allowance { seats: Places { all: 100, of_one: 2 }, ..MANY };
    let (limits, now) = (AddressLimits::new(allowance), Instant::now());
    let home = |number: u32| permit(&limits, &format!("2001:db8:1:{number:x}::1")).unwrap();
    // Two seats and two tries each, so that the eighth home's are the last.
    let homes: Vec<_> = (0..8).flat_map(|number| [home(number), home(number)]).collect();
    let mut seats: Vec<_> = homes.iter().map(|permit| permit.place(now).unwrap()).collect();
    assert!(homes.iter().all(|permit| permit.try_entry(now).is_ok()));
    let ninth = home(8);
    assert!(ninth.place(now).is_none(), "a ninth home's seat");
    assert!(permit(&limits, "2001:db8:2::1").unwrap().place(now).is_some(), "of another /48");
    seats.pop();
    assert!(ninth.place(now).is_some());
    assert_eq!(ninth.try_entry(now), Err(ALLOWANCE.tries.every / 8), "a ninth home's try");
    let later = now + ALLOWANCE.tries.every / 8;
    assert_eq!(ninth.try_entry(later), Ok(()));
    assert_eq!(ninth.try_entry(later), Err(ALLOWANCE.tries.every / 8), "its own share is not what is spent");
}

#[test]
fn who_has_spent_nothing_is_forgotten_when_there_are_many() {
    let (limits, now) = (AddressLimits::new(MANY), Instant::now());
    let seat = |from: &str| permit(&limits, from).unwrap().place(now).unwrap();
    let here = seat("198.51.100.1");
    for number in 1..FEW_ADDRESSES - 1 {
        assert_eq!(limits.state().accounts.len(), number);
        seat(&format!("10.0.{}.{}", number / 256, number % 256));
    }
    assert_eq!(limits.state().accounts.len(), FEW_ADDRESSES - 1);
    let both = seat("2001:db8::1");
    assert_eq!(limits.state().accounts.len(), 3, "who is there, the newcomer's /64 and its /48");
    drop((here, both));
    assert_eq!(limits.state().seats, 0);
    assert!(limits.state().accounts.values().all(|account| account.seats == 0));
}

#[test]
fn when_it_shrinks_the_idle_are_forgotten_and_nobody_else() {
    let (limits, now) = (AddressLimits::new(MANY), Instant::now());
    let from = |n: u32| format!("10.0.{}.{}", n / 256, n % 256);
    let _here = permit(&limits, "192.0.2.1").unwrap().place(now).unwrap();
    permit(&limits, "192.0.2.2").unwrap().open_room(now).unwrap();
    let all: Vec<_> = (0..1000).map(|n| permit(&limits, &from(n)).unwrap()).collect();
    for permit in &all {
        permit.try_entry(now).unwrap();
    }
    drop(all);
    limits.shrink(now);
    assert_eq!(limits.state().accounts.len(), 1002, "all of them have spent something");
    limits.shrink(now + Duration::from_secs(1));
    let state = limits.state();
    assert_eq!(state.accounts.len(), 2, "whose seat is there, and who has opened a room within the minute");
    assert!(state.accounts.capacity() < 100);
}

#[test]
fn the_book_of_addresses_is_bounded_and_forgets_the_idle() {
    let (limits, now) = (AddressLimits::new(MANY), Instant::now());
    let from = |n: u32| Some(IpAddr::from((0x0a00_0000 + n).to_be_bytes()));
    for n in 0..u32::try_from(ADDRESSES).unwrap() {
        assert!(limits.admit(from(n)).unwrap().try_entry(now).is_ok(), "address {n}");
    }
    let stranger = permit(&limits, "198.51.100.1").unwrap();
    assert_eq!(stranger.try_entry(now), Err(NO_PLACE), "all of them have spent something");
    assert!(stranger.place(now).is_none() && limits.request(address("198.51.100.1"), now).is_none());
    let later = now + Duration::from_secs(1);
    assert_eq!(stranger.try_entry(later), Ok(()), "theirs are full again: forgotten");
    assert_eq!(limits.state().accounts.len(), 1);
}
