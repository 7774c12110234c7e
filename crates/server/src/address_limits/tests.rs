//! Who gets a place, and who makes way; `spending` has the rates. Moments are set.

#![allow(clippy::unwrap_used)]

use tokio::task::JoinHandle;

use super::*;

mod spending;

const SEATS: Places = Places { all: 3, of_one: 2 };
const KNOCKING: Places = Places { all: 3, of_one: 2 };
const ALLOWANCE: Allowance = Allowance {
    seats: SEATS,
    knocking: KNOCKING,
    tries: Rate { burst: 2, every: Duration::from_secs(1) },
    rooms: Rate { burst: 1, every: Duration::from_secs(60) },
    frames: Rate { burst: 200, every: Duration::from_millis(5) },
};

/// Where there is a place for everybody.
const MANY: Allowance =
    Allowance { knocking: Places { all: 100_000, of_one: 100_000 }, seats: SEATS, ..ALLOWANCE };

/// A rate that is nobody's bound.
const FAST: Rate = Rate { burst: 1_000_000, every: Duration::from_nanos(1) };

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn permit(limits: &Arc<AddressLimits>, from: &str) -> Option<Permit> {
    limits.admit(Some(address(from)))
}

/// A connection that is served by a task, which holds it until it is aborted.
fn served(limits: &Arc<AddressLimits>, from: Option<&str>) -> Option<JoinHandle<()>> {
    let permit = limits.admit(from.map(address))?;
    let number = permit.number();
    let task = tokio::spawn(async move {
        let _permit = permit;
        std::future::pending::<()>().await;
    });
    limits.set_task(number, task.abort_handle());
    Some(task)
}

/// Whether a task was aborted, once those that were have ended.
async fn is_closed(task: &JoinHandle<()>) -> bool {
    tokio::task::yield_now().await;
    task.is_finished()
}

#[test]
fn a_quarter_is_rounded_up() {
    for (all, quarter) in [(1, 1), (4, 1), (5, 2), (64, 16), (100_000, 25_000)] {
        let of_one = u32::try_from(all).unwrap();
        let expected = Places { all: quarter, of_one: u32::try_from(quarter).unwrap() };
        assert_eq!(Places { all, of_one }.quarter(), expected);
        assert_eq!(connections(all), all + quarter);
    }
}

#[tokio::test]
async fn the_oldest_of_an_address_makes_way_for_one_more_of_it() {
    let limits = AddressLimits::new(ALLOWANCE);
    let here = ["192.0.2.1", "192.0.2.2", "192.0.2.1"].map(|from| served(&limits, Some(from)).unwrap());
    assert_eq!(limits.connections(), 3);
    let newcomer = served(&limits, Some("192.0.2.1")).unwrap();
    let closed = [is_closed(&here[0]).await, here[1].is_finished(), here[2].is_finished()];
    assert_eq!(closed, [true, false, false], "the first of three of one address");
    assert_eq!(limits.connections(), 3);
    newcomer.abort();
    assert!(is_closed(&newcomer).await);
    assert_eq!(limits.connections(), 2);
    served(&limits, Some("192.0.2.1")).unwrap();
    assert!(!is_closed(&here[2]).await, "there was a place");
}

#[tokio::test]
async fn of_all_the_oldest_of_the_address_that_has_the_most_makes_way() {
    let limits = AddressLimits::new(Allowance { knocking: Places { all: 4, of_one: 4 }, ..ALLOWANCE });
    let from = ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1"];
    let here = from.map(|from| served(&limits, Some(from)).unwrap());
    served(&limits, Some("192.0.2.3")).unwrap();
    assert!(is_closed(&here[2]).await, "the first of two of one /48");
    assert!(!is_closed(&here[0]).await && !here[1].is_finished() && !here[3].is_finished());
}

#[tokio::test]
async fn connections_of_proxies_that_have_named_nobody_make_way_like_those_of_one_address() {
    let limits = AddressLimits::new(Allowance { knocking: Places { all: 3, of_one: 1 }, ..ALLOWANCE });
    let here = [Some("192.0.2.1"), None, None].map(|from| served(&limits, from).unwrap());
    served(&limits, Some("192.0.2.2")).unwrap();
    assert!(is_closed(&here[1]).await && !here[0].is_finished() && !here[2].is_finished());
}

#[tokio::test]
async fn who_cannot_be_closed_leaves_no_place() {
    let limits = AddressLimits::new(ALLOWANCE);
    let first = permit(&limits, "192.0.2.1").unwrap();
    let _second = permit(&limits, "192.0.2.1").unwrap();
    assert!(permit(&limits, "192.0.2.1").is_none(), "a third of one address");
    let _other = permit(&limits, "192.0.2.2").unwrap();
    assert!(limits.admit(None).is_none(), "a fourth of all");
    drop(first);
    assert!(permit(&limits, "192.0.2.1").is_some());
}

#[tokio::test]
async fn who_has_a_seat_makes_way_for_nobody_and_leaves_a_place_to_knock() {
    let (limits, now) = (AddressLimits::new(ALLOWANCE), Instant::now());
    let mut seated = permit(&limits, "192.0.2.1").unwrap();
    let place = seated.place(now);
    seated.stop_knocking();
    let [one, other] = [(); 2].map(|()| served(&limits, Some("192.0.2.1")).unwrap());
    assert!(!is_closed(&one).await && !other.is_finished());
    assert!(place.is_some() && limits.connections() == 3);
    drop(seated);
    assert_eq!(limits.connections(), 2);
    assert_eq!(limits.state().seats, 1, "its seat stays");
    drop(place);
    assert_eq!(limits.state().seats, 0);
}

#[tokio::test]
async fn all_connections_are_bounded_by_what_seats_and_those_without_may_have() {
    let limits = AddressLimits::new(ALLOWANCE);
    // As of a member that was put out, for a moment.
    let parting = |number: u32| {
        let mut permit = permit(&limits, &format!("192.0.2.{number}")).unwrap();
        permit.stop_knocking();
        permit
    };
    let mut gone: Vec<_> = (0..3).map(parting).collect();
    let here = [1, 2, 3].map(|number| served(&limits, Some(&format!("198.51.100.{number}"))).unwrap());
    assert_eq!(limits.connections(), SEATS.all + KNOCKING.all);
    assert!(!is_closed(&here[0]).await && !here[1].is_finished() && !here[2].is_finished());
    here[0].abort();
    assert!(is_closed(&here[0]).await);
    gone.push(parting(4));
    let _newcomer = permit(&limits, "203.0.113.1").unwrap();
    tokio::task::yield_now().await;
    assert_eq!(here.iter().filter(|task| task.is_finished()).count(), 2, "two without a seat, of three");
    assert_eq!(limits.connections(), SEATS.all + KNOCKING.all);
}

#[test]
fn seats_are_bounded_for_all_and_for_each_address_and_given_back() {
    let (limits, now) = (AddressLimits::new(MANY), Instant::now());
    let (one, other) = (permit(&limits, "192.0.2.1").unwrap(), permit(&limits, "192.0.2.2").unwrap());
    let (first, second) = (one.place(now).unwrap(), one.place(now).unwrap());
    assert!(one.place(now).is_none(), "a third of one address");
    let third = other.place(now).unwrap();
    drop(first);
    let fourth = other.place(now).unwrap();
    assert!(one.place(now).is_none(), "a fourth of all");
    drop((second, third, fourth));
    assert!(one.place(now).is_some());
    let state = limits.state();
    assert_eq!(state.seats, 0);
    assert!(state.accounts.values().all(|account| account.seats == 0));
}

#[test]
fn a_seat_that_is_taken_again_has_its_place_whoever_else_has_one() {
    let (limits, now) = (AddressLimits::new(MANY), Instant::now());
    let (stranger, member) = (permit(&limits, "192.0.2.1").unwrap(), permit(&limits, "192.0.2.2").unwrap());
    let seat = member.place(now).unwrap();
    let others = [stranger.place(now).unwrap(), stranger.place(now).unwrap()];
    // It comes back from the stranger's address, which is full, as all are.
    let back = permit(&limits, "192.0.2.1").unwrap();
    let charged = |permit: &Permit| limits.state().accounts[&permit.address()].seats;
    back.move_here(&seat, now);
    assert_eq!([charged(&back), charged(&member)], [2, 1], "no more than may be");
    drop(others);
    for _ in 0..2 {
        back.move_here(&seat, now);
        assert_eq!([charged(&back), charged(&member)], [1, 0], "it is charged where it is now");
    }
    let one_more = stranger.place(now);
    assert!(one_more.is_some() && stranger.place(now).is_none());
    drop((seat, one_more));
    assert_eq!(limits.state().seats, 0);
}

#[test]
fn another_allowance_counts_from_then_on_and_puts_nobody_out() {
    let (limits, now) = (AddressLimits::new(MANY), Instant::now());
    let one = permit(&limits, "192.0.2.1").unwrap();
    let both: Vec<_> = (0..2).map(|_| one.place(now).unwrap()).collect();
    limits.set_allowance(Allowance { seats: Places { of_one: 1, ..SEATS }, ..MANY });
    assert!(one.place(now).is_none());
    assert!(permit(&limits, "192.0.2.2").unwrap().place(now).is_some());
    limits.set_allowance(Allowance { seats: Places { of_one: 3, ..SEATS }, ..MANY });
    assert!(one.place(now).is_some());
    drop(both);
}

#[tokio::test]
async fn a_smaller_allowance_closes_as_many_as_are_too_many_when_the_next_comes() {
    let limits = AddressLimits::new(MANY);
    let here: Vec<_> = (0..10).map(|_| served(&limits, Some("192.0.2.1")).unwrap()).collect();
    limits.set_allowance(ALLOWANCE);
    assert!(!is_closed(&here[0]).await);
    served(&limits, Some("192.0.2.1")).unwrap();
    assert!(is_closed(&here[8]).await && !here[9].is_finished());
}

#[tokio::test]
async fn a_proxy_s_connection_counts_for_whom_it_speaks_for() {
    let allowance = Allowance { knocking: Places { all: 10, of_one: 1 }, ..ALLOWANCE };
    let limits = AddressLimits::new(allowance);
    let speaks_for = |client: Option<&str>| limits.admit(None).unwrap().on_behalf_of(client.map(address));
    let first = speaks_for(Some("192.0.2.1")).unwrap();
    assert!(speaks_for(Some("192.0.2.1")).is_none(), "a second of one client, where none makes way");
    let other = speaks_for(Some("192.0.2.2")).unwrap();
    assert!(permit(&limits, "192.0.2.2").is_none());
    let (nobody, nobody_else) = (speaks_for(None).unwrap(), speaks_for(None).unwrap());
    assert_ne!(first.address(), other.address());
    assert_eq!(nobody.address(), nobody_else.address());
    assert_ne!(nobody.address(), first.address());
    assert_eq!(limits.connections(), 4);
    assert_eq!(limits.state().knocking.len(), 4);
    let number = first.address();
    drop(first);
    let again = speaks_for(Some("::ffff:192.0.2.1")).unwrap();
    assert_eq!(again.address(), number);
    drop((again, other, nobody, nobody_else));
    assert_eq!(limits.connections(), 0);
    assert_eq!(limits.state().knocking.len(), 0);
    // It makes way for another of its client, and not for itself.
    let task = served(&limits, Some("192.0.2.1")).unwrap();
    let permit = speaks_for(Some("192.0.2.1")).unwrap();
    assert!(is_closed(&task).await);
    assert_eq!(limits.connections(), 1);
    drop(permit);
}

#[test]
fn a_whole_48_has_the_places_of_eight_homes_to_knock() {
    let limits = AddressLimits::new(Allowance { knocking: Places { all: 100, of_one: 2 }, ..ALLOWANCE });
    let home = |number: u32| permit(&limits, &format!("2001:db8:1:{number:x}::1"));
    let homes: Vec<_> = (0..8).flat_map(|number| [home(number), home(number)]).collect();
    assert!(homes.iter().all(Option::is_some) && home(8).is_none());
    assert!(permit(&limits, "2001:db8:2::1").is_some(), "of another /48");
}
