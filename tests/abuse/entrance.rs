//! Floods of entries, rooms, kicks and resumes, and who knocks without end.

use std::time::Duration;

use futures_util::future::join_all;
use sanctuary_wire::{DaemonFrame, End, Refusal, Rule};

use super::bystanders::COMPANY;
use super::senders::{Hostile, false_resume, guesses, line, line_from, room, try_create, try_inside};
use super::support::{Heard, Line, Member, Next, ROOM, patiently};
use super::{connections, survives};

#[tokio::test]
async fn entries() {
    survives("400 tries to get in", &[], async |daemon| {
        let address = daemon.address();
        let answers = join_all((0..4).map(async |_| {
            let mut busy = 0;
            for turn in 0..100 {
                let (answer, end) = line(address).await.refused(&guesses()[turn % 2]).await;
                assert_eq!(end, Next::Closed(Refusal::CLOSE_CODE));
                match DaemonFrame::decode(&answer).unwrap() {
                    DaemonFrame::Refused { why: Refusal::Busy, retry_ms: 1.. } => busy += 1,
                    other => assert_eq!(other, no_entry()),
                }
            }
            busy
        }));
        let busy: usize = answers.await.iter().sum();
        assert!(busy >= 300, "{busy} of 400 tries were too many");
        // A client from elsewhere does not have to wait for that.
        Member::enter(address, "Dora").await.close().await;
    })
    .await;
}

fn no_entry() -> DaemonFrame<'static> {
    DaemonFrame::Refused { why: Refusal::NoEntry, retry_ms: 0 }
}

#[tokio::test]
async fn strangers_at_a_members_own_address() {
    const STRANGERS: usize = 200;
    let settings = [("grace", "\"20 s\"")];
    survives(
        "200 false resumes, and 100 who knock, from a member's own address",
        &settings,
        async |daemon| {
            let address = daemon.address();
            let dora = Member::enter(address, "Dora").await;
            let (id, dora) = (dora.id, dora.cut());
            let mut knocking = Vec::new();
            for turn in 0..STRANGERS {
                // More than the tries of an address, and none of them is one.
                let stranger = Line::open(address, ROOM).await;
                let resume = false_resume(&stranger.nonce, [1, 2, 3, id][turn % 4]);
                let (answer, end) = stranger.refused(&resume).await;
                assert_eq!(DaemonFrame::decode(&answer).unwrap(), no_entry(), "checked, whoever tries");
                assert_eq!(end, Next::Closed(Refusal::CLOSE_CODE));
                if turn % 2 == 0 {
                    knocking.push(Line::open(address, ROOM).await);
                }
            }
            let mut dora = dora.resume(address).await.expect("its seat");
            dora.say("back again").await;
            while !matches!(dora.next().await, Heard::Message { from, .. } if from == id) {}
            dora.close().await;
        },
    )
    .await;
}

#[tokio::test]
async fn knockers_without_end() {
    // A quarter as many as seats: 50 of all, 10 of an address.
    const KNOCKING: usize = 50;
    let settings = [("connections", "200"), ("connections_by_address", "40"), ("handshake", "\"60 s\"")];
    survives("1000 who knock and stay, where 50 may", &settings, async |daemon| {
        let address = daemon.address();
        let mut knocking = Vec::new();
        for number in 0..1000 {
            knocking.push(line_from(number % 20, address).await);
        }
        let as_many_as_may = async {
            while connections(address) != KNOCKING + COMPANY {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        patiently("the others to be closed", as_many_as_may).await;
        // The last to knock has a place, to become a member too, and so has one from elsewhere.
        let last = knocking.pop().unwrap();
        let mut keeper = Hostile::opens(last, room(1), Rule::Keeper).await;
        Member::enter(address, "Dora").await.close().await;
        keeper.stops().await;
        assert_eq!(keeper.over().await, End::Stopped);
    })
    .await;
}

#[tokio::test]
async fn rooms() {
    let settings = [("rooms", "20"), ("tries_by_address", "10000"), ("rooms_by_address", "1000")];
    survives("100 rooms where 20 may be", &settings, async |daemon| {
        let mut opened = Vec::new();
        for number in 0..100 {
            let mut line = line_from(usize::from(number % 10), daemon.address()).await;
            let answer = try_create(&mut line, room(number)).await;
            match DaemonFrame::decode(&answer).unwrap() {
                DaemonFrame::Welcome { .. } => opened.push(line),
                other => assert_eq!(other, DaemonFrame::Refused { why: Refusal::Busy, retry_ms: 30_000 }),
            }
        }
        assert_eq!(opened.len(), 19, "one room is the company's");
        // Half of them close as they should, the others break off and lose their rooms with the
        // grace.
        for line in opened.drain(..10) {
            line.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn kicks() {
    let settings = [
        ("members", "400"), // As many may enter at once.
        ("tries_by_address", "10000"),
        ("frame_rate", "1000000"),
        ("frame_burst", "1000000"),
        ("frames_by_address", "1000000"),
    ];
    survives("300 who are let in and kicked, 2000 kicks of nobody", &settings, async |daemon| {
        let address = daemon.address();
        let mut keeper = Hostile::opens(line(address).await, room(1), Rule::Keeper).await;
        for _ in 0..300 {
            let mut victim = Hostile::enters(line(address).await, room(1), 1).await;
            keeper.kicks(victim.id.0).await;
            assert_eq!(victim.over().await, End::Kicked);
        }
        for number in 0..2000 {
            keeper.kicks(1_000_000 + number).await;
        }
        keeper.stops().await;
        assert_eq!(keeper.over().await, End::Stopped);
    })
    .await;
}

#[tokio::test]
async fn entries_and_departures() {
    let settings = [("members", "20"), ("tries_by_address", "10000")];
    survives("100 who enter the room and leave it as fast as they can", &settings, async |daemon| {
        let mut refused = 0;
        for _ in 0..100 {
            let mut line = line(daemon.address()).await;
            let answer = try_inside(&mut line).await;
            match DaemonFrame::decode(&answer).unwrap() {
                // Each is told to all; the room has so many at once and one a second.
                DaemonFrame::Refused { why: Refusal::Busy, retry_ms: 1..=1000 } => refused += 1,
                DaemonFrame::Welcome { .. } => line.close().await,
                other => panic!("{other:?}"),
            }
        }
        assert!(refused >= 50, "only {refused} of 100 were too many");
    })
    .await;
}
