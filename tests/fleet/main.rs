//! Three real daemons behind the real `HAProxy`, or nginx, with the shipped example: rooms are spread evenly and stay whole, and
//! what befalls one daemon is no matter of the others.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod guests;
mod machines;
#[path = "../support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use nix::sys::signal::Signal;
use sanctuary_wire::Refusal;

use guests::{Guest, Room, hostile, line, visitor};
use machines::{Balancer, Fleet, Machines, NAMES};
use support::patiently;

const ROOMS: u32 = 3000;

/// Visitors who come at the same time.
const AT_ONCE: u32 = 50;

/// A message arrives within this, whatever goes on elsewhere; it takes a few milliseconds.
const UNMOVED: Duration = Duration::from_secs(2);

/// Visits a fleet that is ready.
fn visit(balancer: Balancer, visit: impl AsyncFnOnce(Fleet) + Send + 'static) {
    let Some(machines) = Machines::new() else {
        eprintln!("not root: nobody else can make networks of its own, so nothing is held");
        return;
    };
    machines.visit(balancer, async move |fleet| {
        if balancer == Balancer::Haproxy {
            for name in NAMES {
                patiently("a daemon that is taken in", until(|| fleet.state(name) == "UP")).await;
            }
        }
        visit(fleet).await;
    });
}

#[test]
#[ignore = "needs haproxy iproute2"]
fn three_daemons_behind_haproxy_share_the_rooms_and_nobody_else_s_trouble() {
    visit(Balancer::Haproxy, async |mut fleet| {
        rooms_are_spread_evenly(&fleet).await;
        every_room_is_whole(&fleet).await;
        rations_are_the_visitor_s().await;
        let mut pairs = Vec::new();
        for name in NAMES {
            pairs.push(Pair::on(&fleet, name).await);
        }
        a_flood_at_one_moves_nobody_elsewhere(&mut pairs).await;
        where_one_was_killed_its_rooms_open_elsewhere(&fleet, &mut pairs).await;
        who_drains_keeps_its_rooms_and_gets_no_other(&mut fleet, &mut pairs).await;
    });
}

#[test]
#[ignore = "needs haproxy iproute2"]
fn a_room_whose_daemon_is_out_of_reach_is_not_split() {
    visit(Balancer::Haproxy, async |fleet| {
        let room = Room(0);
        let mut keeper = Guest::opens(room, visitor(1)).await.unwrap();
        let at = fleet.pinned(&room.shard()).unwrap();
        who_comes_meanwhile_is_not_led_elsewhere(&fleet, &at, room, &mut keeper).await;
        who_announces_a_body_holds_no_place(room).await;
        who_was_there_meets_all_others_elsewhere(&fleet, &at, room, keeper).await;
    });
}

#[test]
#[ignore = "needs nginx-light iproute2"]
fn three_daemons_behind_nginx_share_the_rooms() {
    visit(Balancer::Nginx, async |fleet| {
        rooms_are_spread_evenly(&fleet).await;
        every_room_is_whole(&fleet).await;
        rations_are_the_visitor_s().await;
        no_failure_shuts_a_daemon_out().await;
    });
}

/// nginx learns of none from visitors: a body, which a daemon gives up in its midst, reaches none, and a daemon that could
/// not be reached is asked again at once.
async fn no_failure_shuts_a_daemon_out() {
    let room = Room(4 * ROOMS);
    let _keeper = Guest::opens(room, visitor(2)).await.unwrap();
    who_announces_a_body_holds_no_place(room).await;
    NAMES.into_iter().for_each(Fleet::cut_off);
    assert_eq!(guests::status(room, hostile(1), "").await, "HTTP/1.1 502");
    NAMES.into_iter().for_each(Fleet::reach_again);
    let newcomer = Guest::enters(room, visitor(3)).await.expect("where the room is");
    assert_eq!(newcomer.members, 2);
}

/// However long the body would take to come, at the daemon or in front of it.
async fn who_announces_a_body_holds_no_place(room: Room) {
    for more in ["Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n"] {
        assert_eq!(guests::status(room, hostile(1), more).await, "HTTP/1.1 413", "{more}");
    }
}

/// As long as no check says that the daemon is gone.
async fn who_comes_meanwhile_is_not_led_elsewhere(fleet: &Fleet, at: &str, room: Room, keeper: &mut Guest) {
    fleet.ask(&format!("disable health rooms/{at}"));
    Fleet::cut_off(at);
    assert_eq!(guests::status(room, visitor(2), "").await, "HTTP/1.1 503");
    assert_eq!(fleet.pinned(&room.shard()).as_deref(), Some(at));
    Fleet::reach_again(at);
    let newcomer = Guest::enters(room, visitor(2)).await.expect("where the room is");
    assert_eq!(newcomer.members, 2);
    keeper.says(b"still here").await;
    keeper.hears(b"still here").await;
    fleet.ask(&format!("enable health rooms/{at}"));
}

/// Once the daemon counts as gone, though it runs and is reached again.
async fn who_was_there_meets_all_others_elsewhere(fleet: &Fleet, at: &str, room: Room, mut keeper: Guest) {
    Fleet::cut_off(at);
    patiently("word that it is gone", until(|| fleet.state(at).starts_with("DOWN"))).await;
    patiently("the end of what was connected with it", keeper.is_cut()).await;
    let _keeper = Guest::opens(room, visitor(1)).await.expect("the same room, elsewhere");
    Fleet::reach_again(at);
    patiently("word that it is back", until(|| fleet.state(at) == "UP")).await;
    let newcomer = Guest::enters(room, visitor(2)).await.expect("where all are");
    assert_eq!(newcomer.members, 2);
    assert_ne!(fleet.pinned(&room.shard()).as_deref(), Some(at));
}

/// Of those that Linux gives to connections with one address, 32768 to 60999.
#[test]
fn what_comes_leaves_a_port_for_the_check() {
    let text = Balancer::Haproxy.example();
    let most = text.split("maxconn ").skip(1).map(|rest| rest.split_whitespace().next().unwrap());
    let most: Vec<u32> = most.map(|number| number.parse().unwrap()).collect();
    assert_eq!(most.len(), 2, "rooms and pages");
    assert!(most.iter().sum::<u32>() < 60_999 - 32_768, "{most:?}");
}

async fn rooms_are_spread_evenly(fleet: &Fleet) {
    for first in (0..ROOMS).step_by(AT_ONCE as usize) {
        let opened =
            join_all((first..first + AT_ONCE).map(|room| Guest::opens(Room(room), visitor(room)))).await;
        assert!(opened.iter().all(Result::is_ok), "each visitor opens twelve, and may open thirty");
    }
    let mut shares = Vec::new();
    for daemon in &fleet.daemons {
        shares.push(daemon.counts().await.0);
    }
    assert_eq!(shares.iter().sum::<usize>(), ROOMS as usize, "{shares:?}");
    let even = ROOMS as usize / 3;
    assert!(shares.iter().all(|share| share.abs_diff(even) <= even / 10), "{shares:?}");
    eprintln!("rooms of each daemon: {shares:?}");
}

/// Whoever comes to a room, from wherever, finds the one who opened it.
async fn every_room_is_whole(fleet: &Fleet) {
    for first in (0..ROOMS).step_by(AT_ONCE as usize) {
        let came =
            join_all((first..first + AT_ONCE).map(|room| Guest::enters(Room(room), visitor(room + 99))))
                .await;
        assert!(came.iter().all(|guest| guest.as_ref().is_ok_and(|guest| guest.members == 2)));
    }
    let mut rooms = 0;
    for daemon in &fleet.daemons {
        rooms += daemon.counts().await.0;
    }
    assert_eq!(rooms, ROOMS as usize);
}

/// Each daemon counts for itself, and one who has opened too many rooms takes none of another's.
async fn rations_are_the_visitor_s() {
    let (greedy, mut opened) = (visitor(0), 0);
    loop {
        match Guest::opens(Room(ROOMS + opened), greedy).await {
            Ok(_) => opened += 1,
            Err((why, _)) => {
                assert_eq!(why, Refusal::Busy);
                break;
            }
        }
        assert!(opened <= 3 * 30, "more than all daemons allow");
    }
    Guest::opens(Room(2 * ROOMS), visitor(1)).await.expect("another visitor's own ration");
}

/// Two who talk in a room of one daemon.
struct Pair {
    room: Room,
    first: Guest,
    second: Guest,
    said: u32,
}

impl Pair {
    async fn on(fleet: &Fleet, name: &str) -> Self {
        let rooms = (0..ROOMS).map(Room);
        let on_it = |room: &Room| fleet.pinned(&room.shard()).as_deref() == Some(name);
        let room = rooms.into_iter().find(on_it).unwrap();
        let first = Guest::enters(room, visitor(7)).await.unwrap();
        let second = Guest::enters(room, visitor(8)).await.unwrap();
        Self { room, first, second, said: 0 }
    }

    /// One says something and both hear it, soon.
    async fn talks(&mut self) {
        self.said += 1;
        let (said, begun) = (format!("message {}", self.said), Instant::now());
        self.first.says(said.as_bytes()).await;
        for guest in [&mut self.first, &mut self.second] {
            guest.hears(said.as_bytes()).await;
        }
        assert!(begun.elapsed() < UNMOVED, "it took {:?}", begun.elapsed());
    }
}

/// Visitors without number ask for rooms of the last daemon that are not there, and one in a room says what it can.
async fn a_flood_at_one_moves_nobody_elsewhere(pairs: &mut [Pair]) {
    let [first, second, last] = pairs else { panic!("three") };
    let target = last.room;
    let flood = async {
        join_all((0..100).map(async |number| {
            loop {
                // It is no entry, or too often: each way this is the abuse.
                let mut line = line(target, hostile(number)).await;
                line.send_bytes(vec![0xff; 1000]).await;
                while let support::Next::Frame(_) = line.next().await {}
            }
        }))
        .await;
    };
    let talk = async {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(5) {
            first.talks().await;
            second.talks().await;
            tokio::time::sleep(Duration::from_millis(100)).await; // As people pause, and within their rate.
        }
        Guest::enters(first.room, visitor(9)).await.expect("a newcomer comes in all the while");
    };
    tokio::select! {
        () = talk => {}
        () = flood => {}
    }
    last.talks().await;
}

async fn where_one_was_killed_its_rooms_open_elsewhere(fleet: &Fleet, pairs: &mut Vec<Pair>) {
    let mut lost = pairs.remove(0);
    fleet.daemons[0].signal(Signal::SIGKILL);
    lost.first.is_cut().await;
    lost.second.is_cut().await;
    for pair in &mut *pairs {
        pair.talks().await;
    }
    patiently("word of its end", until(|| fleet.state("a").starts_with("DOWN"))).await;
    assert_eq!(Guest::enters(lost.room, visitor(7)).await.err(), Some((Refusal::NoEntry, 0)));
    let _keeper = Guest::opens(lost.room, visitor(7)).await.expect("the same room, elsewhere");
    let other = Guest::enters(lost.room, visitor(8)).await.expect("by the same invitation");
    assert_eq!(other.members, 2);
    for pair in pairs {
        pair.talks().await;
    }
}

async fn who_drains_keeps_its_rooms_and_gets_no_other(fleet: &mut Fleet, pairs: &mut [Pair]) {
    let [drained, other] = pairs else { panic!("two") };
    let before = fleet.daemons[1].counts().await.0;
    fleet.daemons[1].signal(Signal::SIGUSR2);
    patiently("word of the draining", until(|| fleet.state("b").starts_with("NOLB"))).await;
    let newcomer = Guest::enters(drained.room, visitor(10)).await.expect("a living room takes newcomers");
    assert!(newcomer.members >= 4, "two who were there before, and two who talk");

    // `HAProxy` is loaded anew, and knows where the living rooms are all the same.
    fleet.reload();
    let shard = drained.room.shard();
    patiently("what it knew before", until(|| fleet.pinned(&shard).as_deref() == Some("b"))).await;
    patiently("word of the draining", until(|| fleet.state("b").starts_with("NOLB"))).await;
    let newcomer = Guest::enters(drained.room, visitor(11)).await.expect("a living room takes newcomers");
    assert!(newcomer.members >= 5);
    drained.talks().await;
    other.talks().await;

    // Rooms that begin now begin elsewhere, or are refused for good, so that another key is drawn.
    let (mut elsewhere, mut refused) = (0, 0);
    for number in 0..60 {
        match Guest::opens(Room(3 * ROOMS + number), visitor(number + 2)).await {
            Ok(_) => elsewhere += 1,
            Err(why) => {
                assert_eq!(why, (Refusal::Draining, 0));
                assert_eq!(fleet.pinned(&Room(3 * ROOMS + number).shard()).as_deref(), Some("b"));
                refused += 1;
            }
        }
    }
    assert!(elsewhere > 0 && refused > 0, "{elsewhere} {refused}");
    assert_eq!(fleet.daemons[1].counts().await.0, before);

    // With its last room it is gone, and the same rooms are opened elsewhere.
    fleet.daemons[1].signal(Signal::SIGUSR1);
    assert_eq!(fleet.daemons[1].ended().await.code(), Some(0));
    other.talks().await;
    patiently("word of its end", until(|| fleet.state("b").starts_with("DOWN"))).await;
    let again = Guest::opens(drained.room, visitor(10)).await.expect("the same room, elsewhere");
    assert_eq!(again.members, 1);
    other.talks().await;
}

/// Looks again and again.
async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
