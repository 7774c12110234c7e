//! What is said, whispered and handed over; order and numbers.

use sanctuary_seal::SealError;
use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, Departure, Id, Passes, RoomId, Rule, Tag};

use super::support::{Daemon, Heard, Line, Member, door};
use super::{all_hear, joined, message, room_of};

const PASS: u8 = 5;

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
    let mut heard = Vec::new();
    for member in &mut members {
        heard.push(member.next_few(3 * EACH).await);
    }
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
    let (of_ada, of_ben) = (ada.next_few(50).await, ben.next_few(50).await);
    let outline = |heard: &[Heard]| -> Vec<String> {
        // Whether a message can be read depends on who was seen when it was sealed.
        heard
            .iter()
            .map(|one| match one {
                Heard::Message { number, from, .. }
                | Heard::Farewell { number, from, .. }
                | Heard::Sealed { number, from, .. } => format!("{number} from {from}"),
                other => format!("{other:?}"),
            })
            .collect()
    };
    assert_eq!(outline(&of_ada), outline(&of_ben));
}

#[tokio::test]
async fn what_happens_in_a_room_is_heard_in_no_other() {
    let daemon = Daemon::start().await;
    let elsewhere = RoomId([1; 5]);
    let mut other = Line::open(daemon.address(), elsewhere).await;
    let gate = door().gate();
    let (card, tag, rule) = ((&[1]).into(), Tag([1; 16]), Rule::Keeper);
    other.send(&ClientFrame::Create { room: elsewhere, gate, card, tag, rule, code: None }).await;
    assert!(matches!(DaemonFrame::decode(&other.frame().await), Ok(DaemonFrame::Welcome { .. })));

    let [mut ada, mut ben, cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ada.say("among us").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "among us")).await;
    // Numbers of seats are each room's own: 1 is the other's, too.
    ben.whisper(1, "psst").await;
    assert_eq!(ada.next().await, Heard::Whisper { from: 2, text: "psst".into() });
    let cleo = cleo.cut();
    all_hear([&mut ada, &mut ben], &Heard::Away(3)).await;
    let _cleo = cleo.resume(daemon.address()).await.unwrap();
    ada.lock(true).await;
    ada.kick(3).await;
    all_hear([&mut ada, &mut ben], &Heard::Back(3)).await;
    all_hear([&mut ada, &mut ben], &Heard::Locked(true)).await;
    all_hear([&mut ada, &mut ben], &Heard::kicked(3, 1)).await;
    ada.exit("").await;
    while ben.next().await != Heard::Keeper(2) {}
    ben.stop().await;
    while ben.next().await != Heard::Closed(4002) {}

    other.send(&ClientFrame::Say { payload: b"alone" }).await;
    let alone = DaemonFrame::Said { number: 1, from: Id(1), payload: b"alone" };
    assert_eq!(other.frame().await, alone.encode(), "the first that is heard here");
}

#[tokio::test]
async fn a_whisper_is_heard_by_one_only() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    for text in ["psst", "again"] {
        ada.whisper(2, text).await;
        assert_eq!(ben.next().await, Heard::Whisper { from: 1, text: text.into() });
    }
    ada.say("aloud").await;
    all_hear([&mut ada, &mut ben, &mut cleo], &message(1, 1, "aloud")).await;
}

#[tokio::test]
async fn a_whisper_to_somebody_who_left_is_denied() {
    let daemon = Daemon::start().await;
    let [mut ada, ben, cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    ben.close().await;
    // She has not heard of it yet.
    let passed = ada.group.whisper(Id(2), &super::support::words("psst")).unwrap();
    assert_eq!(ada.next().await, Heard::Left(2, Departure::Gone));
    ada.line.send(&ClientFrame::Pass(Passes::of([(Id(2), &passed)]))).await;
    assert_eq!(ada.next().await, Heard::Denied(PASS, Denial::NoSuchMember));

    let _cleo = cleo.cut();
    assert_eq!(ada.next().await, Heard::Away(3));
    ada.whisper(3, "psst").await;
    assert_eq!(
        ada.next().await,
        Heard::Denied(PASS, Denial::NoSuchMember),
        "nothing is kept for who is away"
    );
}

#[tokio::test]
async fn of_many_passes_those_to_who_is_there_arrive() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let passed = ada.group.whisper(Id(2), &super::support::words("psst")).unwrap();
    ada.line.send(&ClientFrame::Pass(Passes::of([(Id(77), b"x"), (Id(2), &passed)]))).await;
    assert_eq!(ada.next().await, Heard::Denied(PASS, Denial::NoSuchMember));
    assert_eq!(ben.next().await, Heard::Whisper { from: 1, text: "psst".into() });
}

#[tokio::test]
async fn who_enters_reads_nothing_from_before() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.say("before").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "before")).await;
    let mut cleo = Member::enter(daemon.address(), "Cleo").await;
    all_hear([&mut ada, &mut ben], &joined(3, "Cleo")).await;
    ada.say("after").await;
    all_hear([&mut ada, &mut ben, &mut cleo], &message(2, 1, "after")).await;
    // Now that it holds the chain it is told what was said before.
    let told = ben.frames.iter().map(|frame| DaemonFrame::decode(frame).unwrap());
    let before = told.filter_map(|frame| match frame {
        DaemonFrame::Said { number: 1, payload, .. } => Some(payload),
        _ => None,
    });
    let opened: Vec<_> = before.map(|payload| cleo.group.said(Id(1), payload)).collect();
    assert_eq!(opened, [Err(SealError::Replayed)]);
}

#[tokio::test]
async fn a_hundred_members_get_one_s_chain_in_frames_of_64() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    let mut others = Vec::new();
    for count in 0..99 {
        others.push(Member::enter(daemon.address(), &format!("guest{count}")).await);
    }
    ada.next_few(99).await;
    ada.say("all of you").await;
    for (place, member) in others.iter_mut().enumerate() {
        member.next_few(98 - place).await;
        assert_eq!(member.next().await, message(1, 1, "all of you"));
    }
}
