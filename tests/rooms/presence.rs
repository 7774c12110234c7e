//! Rule 4: leaving, breaking, resuming.

use sanctuary_seal::SealError;
use sanctuary_wire::{ClientFrame, DaemonFrame, Departure, End, Refusal, Rule, SeatToken};

use super::support::{Daemon, Heard, Line, Member, Next, ROOM, patiently};
use super::{all_hear, message, room_of};

#[tokio::test]
async fn who_exits_is_out_at_once() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ben.exit("so long").await;
    let farewell = Heard::Farewell { number: 1, from: 2, text: "so long".into() };
    let left = Heard::Left(2, Departure::Exit);
    assert_eq!(ada.next_few(2).await, [farewell, left]);
    assert!(matches!(ben.next_few(2).await[..], [Heard::Farewell { .. }, Heard::Closed(1000)]));
    assert_eq!(ben.cut().resume(daemon.address()).await.err(), Some(Refusal::NoEntry));
}

#[tokio::test]
async fn who_closes_is_out_at_once() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ben.close().await;
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
}

#[tokio::test]
async fn a_broken_connection_leaves_the_seat_away_until_it_is_resumed() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ada.say("one").await;
    all_hear([&mut ada, &mut ben, &mut cleo], &message(1, 1, "one")).await;
    let ben = ben.cut();
    all_hear([&mut ada, &mut cleo], &Heard::Away(2)).await;
    ada.say("missed").await;
    all_hear([&mut ada, &mut cleo], &message(2, 1, "missed")).await;

    let mut ben = ben.resume(daemon.address()).await.unwrap();
    all_hear([&mut ada, &mut cleo], &Heard::Back(2)).await;
    assert_eq!((ben.id, ben.standing.said), (2, 2), "one sees that something was said");
    assert_eq!(ben.standing.members.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [1, 2, 3]);
    ada.say("two").await;
    all_hear([&mut ada, &mut ben, &mut cleo], &message(3, 1, "two")).await;
    ben.say("three").await;
    all_hear([&mut ada, &mut ben, &mut cleo], &message(4, 2, "three")).await;
}

#[tokio::test]
async fn a_welcome_names_who_is_away() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let _ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    let cleo = Member::enter(daemon.address(), "Cleo").await;
    let away: Vec<_> = cleo.standing.members.iter().map(|(_, _, away)| *away).collect();
    assert_eq!(away, [false, true, false]);
}

#[tokio::test]
async fn a_seat_is_given_up_when_the_grace_is_over() {
    let daemon = Daemon::with(&[("grace", "\"1 s\""), ("handshake", "\"6 s\"")]).await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let mut silent = Line::open(daemon.address(), ROOM).await;
    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    // A time of the same daemon that is six times as long, and must be longer.
    tokio::select! {
        biased;
        heard = ada.next() => assert_eq!(heard, Heard::Left(2, Departure::Gone)),
        heard = silent.next() => panic!("{heard:?} came first"),
    }
    assert_eq!(ben.resume(daemon.address()).await.err(), Some(Refusal::NoEntry));
}

#[tokio::test]
async fn the_office_of_a_keeper_who_does_not_come_back_is_passed_on() {
    let daemon = Daemon::with(&[("grace", "\"1 s\"")]).await;
    let [ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let _ada = ada.cut();
    let expected = [Heard::Away(1), Heard::Left(1, Departure::Gone), Heard::Keeper(2)];
    assert_eq!(ben.next_few(3).await, expected);
}

#[tokio::test]
async fn who_answers_no_ping_is_away() {
    let daemon = Daemon::with(&[("ping", "\"1 s\""), ("grace", "\"8 s\"")]).await;
    // Ben is connected, reads nothing, and so answers nothing. Cleo's grace begins before, and ends
    // later.
    let [mut ada, _ben, cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    let _cleo = cleo.cut();
    assert_eq!(ada.next_few(2).await, [Heard::Away(3), Heard::Away(2)]);
}

#[tokio::test]
async fn a_wrong_seat_is_nobody_s() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    // Not by a bit, wherever it is, of who is away and of who is here.
    let resume = async |seat| {
        let line = Line::open(daemon.address(), ROOM).await;
        line.refused(&ClientFrame::Resume { room: ROOM, seat }).await
    };
    let refused = (DaemonFrame::Refused(Refusal::NoEntry).encode(), Next::Closed(Refusal::CLOSE_CODE));
    for bit in 0..128 {
        for seat in [&ben.seat, &ada.seat] {
            let mut almost = seat.clone();
            almost.0[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(resume(almost).await, refused, "bit {bit}");
        }
    }
    for others in [SeatToken([0; 16]), SeatToken([7; 16]), SeatToken([0xff; 16])] {
        assert_eq!(resume(others).await, refused);
    }
    assert!(ben.resume(daemon.address()).await.is_ok());
    assert_eq!(ada.next().await, Heard::Back(2), "nobody was told of the others");
}

#[tokio::test]
async fn a_resume_takes_over_from_a_living_connection() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let (mut ben, mut before) = ben.resume_elsewhere(daemon.address()).await;
    let over = DaemonFrame::Over { end: End::ResumedElsewhere, by: None };
    assert_eq!(before.frame().await, over.encode());
    assert_eq!(before.next().await, Next::Closed(4005));
    assert_eq!(ada.next().await, Heard::Back(2), "what was passed to the old one may be lost");
    ada.say("to the new one").await;
    assert_eq!(ada.next().await, message(1, 1, "to the new one"));
    assert_eq!(ben.next().await, message(1, 1, "to the new one"));
}

#[tokio::test]
async fn when_the_last_seat_is_gone_the_room_can_be_opened_anew() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.exit("").await;
    while ben.next().await != Heard::Keeper(2) {}
    ben.exit("").await;
    while ben.next().await != Heard::Closed(1000) {}
    let anew = Member::create(daemon.address(), "Cleo").await;
    assert_eq!(anew.standing.members.len(), 1);
}

#[tokio::test]
async fn a_room_whose_last_seat_runs_out_is_gone() {
    let daemon = Daemon::with(&[("grace", "\"1 s\"")]).await;
    let _ada = Member::create(daemon.address(), "Ada").await.cut();
    patiently("the grace to be over", async {
        while let Err(why) = Member::try_create(Rule::Keeper, daemon.address(), "Ada").await {
            assert_eq!(why, Refusal::Taken);
        }
    })
    .await;
}

#[tokio::test]
async fn a_chain_is_handed_to_nobody_whom_its_sender_does_not_see() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.say("one").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "one")).await;
    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    let mut cleo = Member::enter(daemon.address(), "Cleo").await;
    let mut ben = ben.resume(daemon.address()).await.unwrap();
    // Ada has not read of Cleo's coming yet: she says it to whom she sees.
    ada.say("between us").await;
    let sealed = Heard::Sealed { number: 2, from: 1, why: SealError::NoChain };
    assert_eq!(cleo.next_few(2).await, [Heard::Back(2), sealed]);
    // He still holds the chain from before.
    assert_eq!(ben.next().await, message(2, 1, "between us"));
}
