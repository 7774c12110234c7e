//! Rule 4: leaving and breaking. How a seat is taken again is in `resume`.

use sanctuary_seal::SealError;
use sanctuary_wire::{DaemonFrame, Departure, Refusal, Rule};

use super::support::{Daemon, Heard, Member, Next, patiently};
use super::{all_hear, line, message, room_by_hand, room_of, told};

#[tokio::test]
async fn who_exits_is_out_at_once() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ben.exit("so long").await;
    let farewell = Heard::Farewell { number: 1, from: 2, text: "so long".into() };
    let left = Heard::Left(2, Departure::Exit);
    assert_eq!(ada.next_few(2).await, [farewell, left]);
    while ben.next().await != Heard::Closed(1000) {}
}

#[tokio::test]
async fn who_closes_is_out_at_once() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ben.close().await;
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
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

/// Browsers tell pages nothing of pings.
#[tokio::test]
async fn the_daemon_is_heard_within_the_time_that_it_says() {
    for (ping, silence) in [("1 s", 1_500), ("20 s", 30_000)] {
        let daemon = Daemon::with(&[("ping", &format!("{ping:?}"))]).await;
        let [mut ada] = room_by_hand(&daemon).await;
        let DaemonFrame::Hello { silence_ms, .. } = told(&ada.line.hello) else { panic!() };
        assert_eq!(silence_ms, silence);
        if ping == "1 s" {
            for _ in 0..2 {
                let next = patiently("what pages hear", ada.line.next()).await; // Pings are no such thing.
                assert_eq!(next, Next::Frame(DaemonFrame::Alive.encode()));
            }
        }
    }
    // A stranger is waited for no longer than the handshake, and hears nothing until then.
    let daemon = Daemon::with(&[("ping", "\"1 s\""), ("handshake", "\"3 s\"")]).await;
    let mut stranger = line(&daemon).await;
    assert_ne!(stranger.next().await, Next::Frame(DaemonFrame::Alive.encode()));
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
    // Ada has read neither of Cleo's coming yet nor of Ben's: she says it to whom she sees.
    ada.say("to nobody").await;
    let sealed = || Heard::Sealed { number: 2, from: 1, why: SealError::NoChain };
    assert_eq!(cleo.next_few(2).await, [Heard::Back(2), sealed()]);
    assert_eq!(ben.next_few(2).await, [Heard::Joined(3, "Cleo".into()), sealed()]);
    assert_eq!(ada.next_few(2).await, [Heard::Joined(3, "Cleo".into()), Heard::Back(2)]);
    assert_eq!(ada.next().await, message(2, 1, "to nobody"));
    ada.say("to both").await;
    all_hear([&mut ada, &mut ben, &mut cleo], &message(3, 1, "to both")).await;
}
