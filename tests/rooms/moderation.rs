//! Rules 5 to 7: the keeper, both rules of moderation, kick, stop, lock, and handing on the office.

use sanctuary_wire::{Command, DaemonFrame, Denial, Departure, End, Id, Refusal, Rule};

use super::support::{Daemon, Heard, Member};
use super::{all_hear, denied, joined, message, room_by_hand, room_of, room_under};

const KICK: u8 = 8;
const STOP: u8 = 9;
const LOCK: u8 = 10;
const RELOCK: u8 = 11;
const HAND: u8 = 13;

#[tokio::test]
async fn a_member_without_the_office_is_denied() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let other = sanctuary_seal::Password::choose("rosebud and 9 sledges").unwrap();
    ben.lock(true).await;
    ben.relock(&other, &[1]).await;
    for frame in [LOCK, RELOCK] {
        assert_eq!(ben.next().await, Heard::Denied(frame, Denial::NotYours));
    }
    // One's words go one after the other.
    ben.kick(1).await;
    assert_eq!(ben.next().await, Heard::Denied(KICK, Denial::NotYours));
    ben.hand(1).await;
    assert_eq!(ben.next().await, Heard::Denied(HAND, Denial::NotYours));
    ben.stop().await;
    assert_eq!(ben.next().await, Heard::Denied(STOP, Denial::NotYours));
    // In the place of each order that was denied, Ben first says something that nobody shows.
    ben.say("still here").await;
    all_hear([&mut ben, &mut ada], &message(4, 2, "still here")).await;
    ada.say("so am I").await;
    all_hear([&mut ada, &mut ben], &message(5, 1, "so am I")).await;
}

#[tokio::test]
async fn the_keeper_kicks() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ada.kick(ben.id).await;
    all_hear([&mut ada, &mut cleo], &Heard::kicked(2, 1)).await;
    assert_eq!(ben.next_few(2).await, [Heard::Over(End::Kicked, Some(1)), Heard::Closed(4001)]);
}

/// What the others obey is said by the voice of who gave the order, in the same frame as what comes of it.
#[tokio::test]
async fn what_an_order_says_is_handed_to_everybody_with_its_consequence() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_by_hand(&daemon).await;
    ada.order(|turn| Command::Hand { turn, id: Id(2), payload: b"yours" }).await;
    let handed = DaemonFrame::Handed { id: Id(2), by: Id(1), payload: b"yours" };
    for member in [&mut ada, &mut ben, &mut cleo] {
        member.hears(&handed).await;
    }
    ben.order(|turn| Command::Kick { turn, id: Id(1), payload: b"out" }).await;
    ada.hears(&DaemonFrame::Over { end: End::Kicked, by: Some(Id(2)), payload: Some(b"out") }).await;
    for member in [&mut ben, &mut cleo] {
        member.hears(&DaemonFrame::Kicked { id: Id(1), by: Id(2), payload: b"out" }).await;
    }
    ben.order(|turn| Command::Stop { turn, payload: b"enough" }).await;
    for member in [&mut ben, &mut cleo] {
        let over = DaemonFrame::Over { end: End::Stopped, by: Some(Id(2)), payload: Some(b"enough") };
        member.hears(&over).await;
    }
}

#[tokio::test]
async fn under_the_other_rule_every_member_moderates() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_under(Rule::Everyone, &daemon, ["Ada", "Ben", "Cleo"]).await;
    cleo.lock(true).await;
    all_hear([&mut ada, &mut ben, &mut cleo], &Heard::Locked(true)).await;
    cleo.hand(2).await;
    assert_eq!(cleo.next().await, Heard::Denied(HAND, Denial::NotYours), "the office is its keeper's");
    ben.kick(ada.id).await;
    all_hear([&mut ben, &mut cleo], &Heard::kicked(1, 2)).await;
    all_hear([&mut ben, &mut cleo], &Heard::Keeper(2)).await;
    assert_eq!(ada.next_few(2).await, [Heard::Over(End::Kicked, Some(2)), Heard::Closed(4001)]);
    cleo.stop().await;
    for member in [&mut cleo, &mut ben] {
        assert_eq!(member.next_few(2).await, [Heard::Over(End::Stopped, Some(3)), Heard::Closed(4002)]);
    }
}

#[tokio::test]
async fn nobody_kicks_itself_or_nobody() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    let kick = |id| move |turn| Command::Kick { turn, id: Id(id), payload: b"" };
    ada.order(kick(1)).await;
    ada.hears(&denied(KICK, Denial::NotYours)).await;
    ada.order(kick(99)).await;
    ada.hears(&denied(KICK, Denial::NoSuchMember)).await;
    ben.order(kick(99)).await;
    ben.hears(&denied(KICK, Denial::NotYours)).await; // Who may not is not told who is there.
    ada.say(b"still here").await;
    for member in [&mut ada, &mut ben] {
        member.hears(&DaemonFrame::Said { from: Id(1), payload: b"still here" }).await;
    }
}

#[tokio::test]
async fn an_away_member_can_be_kicked() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    ada.kick(2).await;
    assert_eq!(ada.next().await, Heard::kicked(2, 1));
    assert_eq!(ben.resume(daemon.address()).await.err(), Some(Refusal::Kicked));
}

#[tokio::test]
async fn the_keeper_hands_on_its_office() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ada.hand(3).await;
    let handed = Heard::Handed { id: 3, by: 1, proof: sanctuary_seal::Proof::Proved };
    all_hear([&mut ada, &mut ben, &mut cleo], &handed).await;
    ada.kick(2).await;
    assert_eq!(ada.next().await, Heard::Denied(KICK, Denial::NotYours), "hers no more");
    let dora = Member::enter(daemon.address(), "Dora").await;
    assert_eq!(dora.standing.keeper, 3);
    all_hear([&mut ada, &mut ben, &mut cleo], &joined(4, "Dora")).await;
    cleo.kick(1).await;
    all_hear([&mut ben, &mut cleo], &Heard::kicked(1, 3)).await;
    // When she leaves, it goes by length of stay as ever.
    cleo.close().await;
    assert_eq!(ben.next_few(2).await, [Heard::Left(3, Departure::Gone), Heard::Keeper(2)]);
}

#[tokio::test]
async fn the_office_is_handed_to_nobody_who_is_not_there() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, cleo] = room_by_hand(&daemon).await;
    drop(cleo.line);
    ada.hears_at_last(&DaemonFrame::Away(Id(3))).await;
    let hand = |id| move |turn| Command::Hand { turn, id: Id(id), payload: b"" };
    for nobody in [1, 3, 99] {
        ada.order(hand(nobody)).await;
        ada.hears(&denied(HAND, Denial::NoSuchMember)).await;
    }
    ben.hears_at_last(&DaemonFrame::Away(Id(3))).await;
    ben.order(hand(2)).await;
    ben.hears(&denied(HAND, Denial::NotYours)).await;
    ada.lock(true).await;
    ada.hears(&DaemonFrame::Locked { locked: true, by: Id(1) }).await;
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
    let meanwhile = [Heard::Left(1, Departure::Gone), Heard::Keeper(3)];
    assert_eq!(ben.next_few(2).await, meanwhile);
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
    let mut anew = Member::create(daemon.address(), "Ben").await;
    assert_eq!(anew.standing.said, 0, "nothing is left of the room before");
    let other = Member::enter(daemon.address(), "Ada").await;
    assert_eq!(anew.next().await, joined(other.id, "Ada"));
}

#[tokio::test]
async fn a_lock_that_changes_nothing_is_told_to_nobody() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    for locked in [false, true, true, false] {
        ada.lock(locked).await;
    }
    for member in [&mut ada, &mut ben] {
        assert_eq!(member.next_few(2).await, [Heard::Locked(true), Heard::Locked(false)]);
    }
}
