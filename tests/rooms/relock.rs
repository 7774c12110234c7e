//! Rule 8: another password for a room that goes on.

use sanctuary_seal::{Door, Password};
use sanctuary_wire::{Command, DaemonFrame, Denial, End, Gate, Id, Refusal, Rule, SealedDoor, Staying, Tag};

use super::support::{ByHand, Daemon, Heard, Member, Next, ROOM, Sitting, answered, door, refused};
use super::{all_hear, denied, joined, line, message, room_by_hand, room_of, room_under};

const RELOCK: u8 = 11;
const HEART: &[u8; 200] = &[3; 200];

fn another() -> Password {
    Password::choose("rosebud and 9 sledges").unwrap()
}

/// Who enters by the other password.
async fn enters_by(daemon: &Daemon, password: &Password, alias: &str) -> Result<Member, Refusal> {
    let door = Door::derive(ROOM, password); // While it is derived, a short time would go by.
    Member::enter_by(line(daemon).await, door, alias).await
}

#[tokio::test]
async fn the_old_password_opens_nothing_after_a_relock() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ada.relock(&another(), &[3]).await;
    all_hear([&mut ada, &mut ben], &Heard::Relocked(1, vec![3])).await;
    assert_eq!(cleo.next_few(2).await, [Heard::Over(End::Kicked, Some(1)), Heard::Closed(4001)]);
    assert_eq!(Member::try_enter(daemon.address(), "Cleo").await.err(), Some(Refusal::NoEntry));

    let mut dora = enters_by(&daemon, &another(), "Dora").await.unwrap();
    all_hear([&mut ada, &mut ben], &joined(4, "Dora")).await;
    for (number, speaker) in [(1, 0), (2, 1), (3, 2)] {
        let members = [&mut ada, &mut ben, &mut dora];
        members[speaker].say("behind another door").await;
        let from = members[speaker].id;
        all_hear(members, &message(number, from, "behind another door")).await;
    }
    // An alias is known behind the new door as well.
    let twice = enters_by(&daemon, &another(), "Ben").await.err();
    assert_eq!(twice, Some(Refusal::AliasInUse));
}

#[tokio::test]
async fn a_kick_that_is_to_stay_is_a_lock_a_kick_a_relock_and_an_unlock() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ada.lock(true).await;
    ada.kick(3).await;
    for member in [&mut ada, &mut ben] {
        assert_eq!(member.next_few(2).await, [Heard::Locked(true), Heard::kicked(3, 1)]);
    }
    assert_eq!(cleo.next_few(2).await[1], Heard::Over(End::Kicked, Some(1)));
    // Nobody enters, whatever comes in between.
    assert_eq!(Member::try_enter(daemon.address(), "Cleo").await.err(), Some(Refusal::Locked));
    ada.relock(&another(), &[]).await;
    ada.lock(false).await;
    for member in [&mut ada, &mut ben] {
        assert_eq!(member.next_few(2).await, [Heard::Relocked(1, vec![]), Heard::Locked(false)]);
    }
    assert_eq!(Member::try_enter(daemon.address(), "Cleo").await.err(), Some(Refusal::NoEntry));
    ben.say("she is out").await;
    all_hear([&mut ada, &mut ben], &message(1, 2, "she is out")).await;
}

#[tokio::test]
async fn who_was_away_gets_the_new_door_when_it_comes_back() {
    let daemon = Daemon::start().await;
    let [mut ada, ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    let ben = ben.cut();
    all_hear([&mut ada, &mut cleo], &Heard::Away(2)).await;
    ada.relock(&another(), &[]).await;
    all_hear([&mut ada, &mut cleo], &Heard::Relocked(1, vec![])).await;
    let mut ben = ben.resume(daemon.address()).await.unwrap();
    all_hear([&mut ada, &mut cleo], &Heard::Back(2)).await;
    assert_eq!(ben.next().await, Heard::Relocked(1, vec![]));
    assert_eq!(ben.group.heart().unwrap().password, another(), "it can invite others");
    assert_eq!(ben.group.door().gate(), ada.group.door().gate());
    for speaker in 0..3 {
        let members = [&mut ada, &mut ben, &mut cleo];
        members[speaker].say("all of us").await;
        let from = members[speaker].id;
        all_hear(members, &message(speaker as u64 + 1, from, "all of us")).await;
    }
    ben.whisper(1, "and us two").await;
    assert_eq!(ada.next().await, Heard::Whisper { from: 2, text: "and us two".into() });
}

#[tokio::test]
async fn who_is_not_listed_is_out_even_the_keeper() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, cleo] = room_under(Rule::Everyone, &daemon, ["Ada", "Ben", "Cleo"]).await;
    let cleo = cleo.cut();
    all_hear([&mut ada, &mut ben], &Heard::Away(3)).await;
    ben.relock(&another(), &[1, 3]).await;
    assert_eq!(ben.next_few(2).await, [Heard::Relocked(2, vec![1, 3]), Heard::Keeper(2)]);
    assert_eq!(ada.next().await, Heard::Over(End::Kicked, Some(2)));
    assert_eq!(cleo.resume(daemon.address()).await.err(), Some(Refusal::Kicked));
}

/// A `relock` of who puts its frames together by hand, on this lock number, for these.
fn relock(lock: u32, ids: &[u64]) -> impl FnOnce(u64) -> Command<'static> {
    let staying = ids.iter().map(|&id| Staying { id: Id(id), tag: tag(id), door: sealed(id) }).collect();
    move |turn| Command::Relock { turn, lock, gate: door().gate(), heart: HEART.into(), staying }
}

fn tag(id: u64) -> Tag {
    Tag([u8::try_from(id).unwrap(); 16])
}

fn sealed(id: u64) -> SealedDoor {
    SealedDoor([u8::try_from(id).unwrap(); 224])
}

fn relocked(by: u64, lock: u32, ids: &[u64]) -> DaemonFrame<'static> {
    let staying = ids.iter().copied().map(Id).collect();
    DaemonFrame::Relocked { by: Id(by), lock, heart: HEART.into(), staying }
}

async fn hears_relocked(member: &mut Sitting, by: u64, lock: u32, ids: &[u64]) {
    let door = sealed(member.id);
    member.hears(&DaemonFrame::Boxed { by: Id(by), door }).await;
    member.hears(&relocked(by, lock, ids)).await;
}

#[tokio::test]
async fn each_who_stays_gets_its_own_box_right_before() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_by_hand(&daemon).await;
    // In any order.
    ada.order(relock(0, &[3, 1])).await;
    for member in [&mut ada, &mut cleo] {
        hears_relocked(member, 1, 1, &[3, 1]).await;
    }
    ben.hears(&DaemonFrame::Over { end: End::Kicked, by: Some(Id(1)), payload: None }).await;
    assert_eq!(ben.next().await, Next::Closed(4001));
    // The tags are those that were listed.
    let mut second = line(&daemon).await;
    let mut hand = ByHand::new();
    hand.tag = tag(3);
    let enter = hand.enter(&second.nonce);
    assert_eq!(refused(&answered(&mut second, enter).await), (Refusal::AliasInUse, 0));
}

#[tokio::test]
async fn of_two_who_relock_at_once_one_is_denied() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    ada.order(relock(0, &[1, 2])).await;
    for member in [&mut ada, &mut ben] {
        hears_relocked(member, 1, 1, &[1, 2]).await;
    }
    // As one would who has not heard of the other's.
    for number in [0, 2, u32::MAX] {
        ada.order(relock(number, &[1])).await;
        ada.hears(&denied(RELOCK, Denial::AnotherLock)).await;
    }
    ada.order(relock(1, &[1, 2])).await;
    for member in [&mut ada, &mut ben] {
        hears_relocked(member, 1, 2, &[1, 2]).await;
    }
}

#[tokio::test]
async fn a_list_with_somebody_who_is_not_there_changes_nothing() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    for ids in [&[1, 2, 3][..], &[1, 9], &[1, 0]] {
        ada.order(relock(0, ids)).await;
        ada.hears(&denied(RELOCK, Denial::NoSuchMember)).await;
    }
    ben.order(relock(0, &[1, 2])).await;
    ben.hears(&denied(RELOCK, Denial::NotYours)).await;
    // Nor one on which who makes it is missing.
    ada.order(relock(0, &[2])).await;
    ada.hears(&denied(RELOCK, Denial::NotYours)).await;
    // Lock number and gate are what they were.
    let mut cleo = Sitting::enter(line(&daemon).await).await;
    ada.frame().await;
    ada.order(relock(0, &[1, 2, 3])).await;
    hears_relocked(&mut cleo, 1, 1, &[1, 2, 3]).await;
}

#[tokio::test]
async fn a_list_with_somebody_twice_is_malformed_and_one_that_is_too_long_denied() {
    let daemon = Daemon::with(&[("members", "3")]).await;
    for ids in [&[1, 1][..], &[1, 2, 2]] {
        // With her the room is gone, and can be opened again.
        let [mut ada] = room_by_hand(&daemon).await;
        ada.order(relock(0, ids)).await;
        ada.is_over(End::Malformed).await;
    }
    let [mut ada] = room_by_hand(&daemon).await;
    for ids in [&[1, 2, 3][..], &[1, 2, 3, 4]] {
        ada.order(relock(0, ids)).await;
        ada.hears(&denied(RELOCK, Denial::NoSuchMember)).await;
    }
    // A gate is a key by the rule.
    let (gate, heart, staying) = (Gate([0xff; 32]), HEART.into(), vec![]);
    ada.order(|turn| Command::Relock { turn, lock: 0, gate, heart, staying }).await;
    ada.is_over(End::Malformed).await;
}
