//! Rules 5 and 6: the keeper, both rules of moderation, kick, stop, lock.

use sanctuary_wire::{Denial, Departure, End, Refusal, Rule};

use super::support::{Daemon, Heard, Member};
use super::{all_hear, joined, message, room_of, room_under};

const KICK: u8 = 6;
const STOP: u8 = 7;
const LOCK: u8 = 9;

#[tokio::test]
async fn a_member_without_the_office_is_denied() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ben.kick(ada.id).await;
    ben.lock(true).await;
    ben.stop().await;
    for frame in [KICK, LOCK, STOP] {
        assert_eq!(ben.next().await, Heard::Denied(frame, Denial::NotYours));
    }
    ada.say("still here").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "still here")).await;
}

#[tokio::test]
async fn the_keeper_kicks() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ada.kick(ben.id).await;
    all_hear([&mut ada, &mut cleo], &Heard::kicked(2, 1)).await;
    assert_eq!(ben.next().await, Heard::Over(End::Kicked, Some(1)));
    assert_eq!(ben.next().await, Heard::Closed(4001));
    let seat = ben.cut();
    assert_eq!(seat.resume(daemon.address()).await.err(), Some(Refusal::NoEntry), "the seat is gone");
}

#[tokio::test]
async fn under_the_other_rule_every_member_moderates() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_under(Rule::Everyone, &daemon, ["Ada", "Ben", "Cleo"]).await;
    cleo.lock(true).await;
    all_hear([&mut ada, &mut ben, &mut cleo], &Heard::Locked(true)).await;
    ben.kick(ada.id).await;
    all_hear([&mut ben, &mut cleo], &Heard::kicked(1, 2)).await;
    all_hear([&mut ben, &mut cleo], &Heard::Keeper(2)).await;
    assert_eq!(ada.next_few(2).await, [Heard::Over(End::Kicked, Some(2)), Heard::Closed(4001)]);
    cleo.stop().await;
    for member in [&mut ben, &mut cleo] {
        assert_eq!(member.next_few(2).await, [Heard::Over(End::Stopped, Some(3)), Heard::Closed(4002)]);
    }
}

#[tokio::test]
async fn nobody_kicks_itself_or_nobody() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.kick(ada.id).await;
    assert!(matches!(ada.next().await, Heard::Denied(KICK, _)));
    ada.kick(99).await;
    assert_eq!(ada.next().await, Heard::Denied(KICK, Denial::NoSuchMember));
    ben.kick(99).await;
    assert_eq!(
        ben.next().await,
        Heard::Denied(KICK, Denial::NotYours),
        "who may not is not told who is there"
    );
    ada.say("still here").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "still here")).await;
}

#[tokio::test]
async fn an_away_member_can_be_kicked() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    ada.kick(2).await;
    assert_eq!(ada.next().await, Heard::kicked(2, 1));
    assert_eq!(ben.resume(daemon.address()).await.err(), Some(Refusal::NoEntry));
}

#[tokio::test]
async fn the_office_passes_to_whom_is_present_longest() {
    let daemon = Daemon::start().await;
    let [mut ada, ben, mut cleo, mut dora] = room_of(&daemon, ["Ada", "Ben", "Cleo", "Dora"]).await;
    let ben = ben.cut();
    all_hear([&mut ada, &mut cleo, &mut dora], &Heard::Away(2)).await;
    ada.exit("bye").await;
    for member in [&mut cleo, &mut dora] {
        let farewell = Heard::Farewell { number: 1, from: 1, text: "bye".into() };
        let expected = [farewell, Heard::Left(1, Departure::Exit), Heard::Keeper(3)];
        assert_eq!(member.next_few(3).await, expected, "who is away gets no office");
    }
    let mut ben = ben.resume(daemon.address()).await.unwrap();
    assert_eq!(ben.standing.keeper, 3);
    all_hear([&mut cleo, &mut dora], &Heard::Back(2)).await;
    cleo.kick(2).await;
    all_hear([&mut cleo, &mut dora], &Heard::kicked(2, 3)).await;
    assert_eq!(ben.next().await, Heard::Over(End::Kicked, Some(3)));
}

#[tokio::test]
async fn a_keeper_who_is_away_keeps_the_office() {
    let daemon = Daemon::start().await;
    let [ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let ada = ada.cut();
    assert_eq!(ben.next().await, Heard::Away(1));
    ben.stop().await;
    assert_eq!(ben.next().await, Heard::Denied(STOP, Denial::NotYours));
    let mut ada = ada.resume(daemon.address()).await.unwrap();
    assert_eq!(ada.standing.keeper, 1);
    ada.stop().await;
    assert_eq!(ada.next().await, Heard::Over(End::Stopped, Some(1)));
}

#[tokio::test]
async fn stop_ends_the_room_for_everyone_and_it_can_be_opened_anew() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.say("one").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "one")).await;
    ada.stop().await;
    for member in [&mut ada, &mut ben] {
        assert_eq!(member.next_few(2).await, [Heard::Over(End::Stopped, Some(1)), Heard::Closed(4002)]);
    }
    assert_eq!(ben.cut().resume(daemon.address()).await.err(), Some(Refusal::NoEntry));
    let mut anew = Member::create(daemon.address(), "Ben").await;
    assert_eq!(anew.standing.said, 0, "nothing is left of the room before");
    let other = Member::enter(daemon.address(), "Ada").await;
    assert_eq!(anew.next().await, joined(other.id, "Ada"));
}

#[tokio::test]
async fn a_lock_that_changes_nothing_is_told_to_nobody() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.lock(false).await;
    ada.lock(true).await;
    ada.lock(true).await;
    ada.lock(false).await;
    for member in [&mut ada, &mut ben] {
        assert_eq!(member.next_few(2).await, [Heard::Locked(true), Heard::Locked(false)]);
    }
}
