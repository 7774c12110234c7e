//! What is said, and the one order of it. Frames to members one by one are in `passes`.

use futures_util::future::{join, join_all};
use sanctuary_seal::Door;
use sanctuary_wire::{ClientFrame, DaemonFrame, Id, RoomId};

use super::support::{ByHand, Daemon, Heard, Line, Member, answered, password, welcomed};
use super::{all_hear, message, room_of};

#[tokio::test]
async fn what_is_said_reaches_everyone_and_its_sender() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    for (number, text) in [(1, "<b>hello</b>"), (2, ""), (3, "1 < 2 🔒"), (4, &"x".repeat(40_000))] {
        ben.say(text).await;
        all_hear([&mut ada, &mut ben, &mut cleo], &message(number, 2, text)).await;
    }
}

#[tokio::test]
async fn everyone_hears_everything_in_one_order() {
    const EACH: usize = 50;
    let daemon = Daemon::start().await;
    let mut members = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    for round in 0..EACH {
        for member in &mut members {
            member.say(&format!("{round}")).await;
        }
    }
    let heard = join_all(members.iter_mut().map(|member| member.next_few(3 * EACH))).await;
    assert!(heard.iter().all(|one| *one == heard[0]), "{heard:?}");
    for (at, one) in heard[0].iter().enumerate() {
        assert!(matches!(one, Heard::Message { number, .. } if *number == at as u64 + 1), "{one:?} at {at}");
    }
    for from in 1..=3 {
        let texts: Vec<usize> = heard[0]
            .iter()
            .filter_map(|one| match one {
                Heard::Message { from: sender, text, .. } if *sender == from => text.parse().ok(),
                _ => None,
            })
            .collect();
        assert_eq!(texts, (0..EACH).collect::<Vec<_>>(), "of member {from}");
    }
}

#[tokio::test]
async fn comings_goings_and_words_are_in_one_order_for_all() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    for round in 0..10 {
        let mut guest = Member::enter(daemon.address(), "Guest").await;
        ada.say(&format!("{round}")).await;
        ben.say(&format!("{round}")).await;
        guest.exit("").await;
        while guest.next().await != Heard::Closed(1000) {}
    }
    let [of_ada, of_ben] = [&mut ada, &mut ben].map(|member| outline(member, 30));
    let (of_ada, of_ben) = join(of_ada, of_ben).await;
    assert_eq!(of_ada, of_ben);
    assert_eq!(of_ada.len(), 50);
}

/// What a member hears of the room until it has had so many messages. Whether one can be read depends on
/// who was seen when it was sealed, and what is denied concerns nobody else.
async fn outline(member: &mut Member, messages: u64) -> Vec<String> {
    let (mut outline, mut said) = (Vec::new(), 0);
    while said < messages {
        match member.next().await {
            Heard::Message { number, from, .. }
            | Heard::Farewell { number, from, .. }
            | Heard::Sealed { number, from, .. } => {
                said = number;
                outline.push(format!("{number} from {from}"));
            }
            Heard::Denied(..) => {}
            other => outline.push(format!("{other:?}")),
        }
    }
    outline
}

#[tokio::test]
async fn what_happens_in_a_room_is_heard_in_no_other() {
    let daemon = Daemon::start().await;
    let elsewhere = RoomId([1; 5]);
    let hand = ByHand::behind(Door::derive(elsewhere, &password()));
    let mut other = Line::open(daemon.address(), elsewhere).await;
    let create = hand.create(&other.nonce, None);
    assert_eq!(welcomed(&answered(&mut other, create).await), 1);

    let [mut ada, mut ben, cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ada.say("among us").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "among us")).await;
    // Numbers of seats are each room's own: 1 is the other's, too.
    ben.whisper(1, "psst").await;
    assert_eq!(ada.next().await, Heard::Whisper { from: 2, text: "psst".into() });
    let cleo = cleo.cut();
    all_hear([&mut ada, &mut ben], &Heard::Away(3)).await;
    let _cleo = cleo.resume(daemon.address()).await.unwrap();
    all_hear([&mut ada, &mut ben], &Heard::Back(3)).await;
    ada.lock(true).await;
    ada.kick(3).await;
    all_hear([&mut ada, &mut ben], &Heard::Locked(true)).await;
    all_hear([&mut ada, &mut ben], &Heard::kicked(3, 1)).await;
    ada.exit("").await;
    while ben.next().await != Heard::Keeper(2) {}
    ben.stop().await;
    while ben.next().await != Heard::Closed(4002) {}

    other.send(&ClientFrame::Say { payload: b"alone" }).await;
    let alone = DaemonFrame::Said { from: Id(1), payload: b"alone" };
    assert_eq!(other.frame().await, alone.encode(), "the first that is heard here");
}
