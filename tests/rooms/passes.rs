//! What is handed to members one by one: whispers, and what else their clients pass.

use sanctuary_seal::Happening;
use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, Departure, End, Id, Passes, cbor};

use super::support::{Daemon, Heard, Member, Sitting};
use super::{all_hear, denied, joined, line, message, room_by_hand, room_of, told};

const PASS: u8 = 5;

fn whisper(from: u64, text: &str) -> Heard {
    Heard::Whisper { from, text: text.to_owned() }
}

#[tokio::test]
async fn a_whisper_is_heard_by_one_only() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    for text in ["psst", "again"] {
        ada.whisper(2, text).await;
        assert_eq!(ben.next().await, whisper(1, text));
    }
    ada.say("aloud").await;
    all_hear([&mut ada, &mut ben, &mut cleo], &message(1, 1, "aloud")).await;
    assert_eq!(cleo.frames.iter().filter(|frame| frame[1] == 6).count(), 1, "the chain, and nothing else");
}

#[tokio::test]
async fn a_whisper_to_somebody_who_left_is_denied() {
    let daemon = Daemon::start().await;
    let [mut ada, ben, cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    // She has not heard of it yet.
    ben.close().await;
    ada.whisper(2, "psst").await;
    let told = ada.next_few(2).await;
    let left = Heard::Left(2, Departure::Gone);
    assert!(told.contains(&left) && told.contains(&Heard::Denied(PASS, Denial::NoSuchMember)), "{told:?}");

    let cleo = cleo.cut();
    assert_eq!(ada.next().await, Heard::Away(3));
    ada.whisper(3, "psst").await;
    assert_eq!(ada.next().await, Heard::Denied(PASS, Denial::NoSuchMember));
    let mut cleo = cleo.resume(daemon.address()).await.unwrap();
    assert_eq!(ada.next().await, Heard::Back(3));
    ada.whisper(3, "there you are").await;
    // Nothing is kept for who is away, and that it was not heard is told.
    let lost = Happening::WhispersMissing { from: Id(1), count: 1 };
    let told = [left, Heard::Else(lost), whisper(1, "there you are")];
    assert_eq!(cleo.next_few(3).await, told);
}

#[tokio::test]
async fn of_many_passes_those_to_who_is_there_arrive() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben, mut cleo] = room_by_hand(&daemon).await;
    // Not to who is not there, nor to oneself.
    let passes = Passes::of([(Id(77), b"a"), (Id(2), b"b"), (Id(1), b"c"), (Id(3), b"d"), (Id(0), b"e")]);
    ada.line.send(&ClientFrame::Pass(passes)).await;
    ada.hears(&denied(PASS, Denial::NoSuchMember)).await;
    ben.hears(&DaemonFrame::Passed { from: Id(1), passed: b"b" }).await;
    cleo.hears(&DaemonFrame::Passed { from: Id(1), passed: b"d" }).await;
}

#[tokio::test]
async fn a_pass_that_names_somebody_twice_is_malformed_and_hands_over_nothing() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    for twice in [vec![(Id(2), &b"a"[..]), (Id(2), b"b")], vec![(Id(2), b"a"), (Id(9), b"b"), (Id(2), b"c")]]
    {
        let mut cleo = Sitting::enter(line(&daemon).await).await;
        let id = Id(cleo.id);
        let joined = ben.frame().await;
        assert!(matches!(told(&joined), DaemonFrame::Joined { .. }));
        cleo.line.send_bytes(cbor::encode(&(PASS, twice))).await;
        cleo.is_over(End::Malformed).await;
        ben.hears(&DaemonFrame::Left { id, how: Departure::Gone }).await;
    }
    ada.pass(2, b"well").await;
    ben.hears(&DaemonFrame::Passed { from: Id(1), passed: b"well" }).await;
}

#[tokio::test]
async fn a_pass_is_for_64_members_and_no_more() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    for (count, allowed) in [(64, true), (65, false)] {
        let passes: Vec<_> = (2..2 + count).map(|id| (Id(id), &b"x"[..])).collect();
        ada.line.send_bytes(cbor::encode(&(PASS, passes))).await;
        if allowed {
            ben.hears(&DaemonFrame::Passed { from: Id(1), passed: b"x" }).await;
            ada.hears(&denied(PASS, Denial::NoSuchMember)).await;
        } else {
            ada.is_over(End::Malformed).await;
            ben.hears(&DaemonFrame::Left { id: Id(1), how: Departure::Gone }).await;
        }
    }
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
    let is_before = |frame: &&Vec<u8>| matches!(told(frame), DaemonFrame::Said { .. });
    let before = ben.frames.iter().find(is_before).unwrap();
    assert_eq!(cleo.group.hear(before, 0), Ok(vec![]), "as a repetition it is passed over");
}

/// One member sent another a thousand whispers a second: the ration counted frames, not the passes in each.
#[tokio::test]
async fn what_one_member_can_pass_to_another_is_bounded_however_it_is_framed() {
    const BURST: usize = 64;
    for each in [1_u64, 64] {
        let daemon = Daemon::with(&[("frame_rate", "1"), ("frame_burst", "64")]).await;
        let [mut ada, mut ben] = room_by_hand(&daemon).await;
        let passes: Vec<_> = (0..each).map(|more| (Id(2 + more), &b"psst"[..])).collect();
        let frame = ClientFrame::Pass(passes.try_into().unwrap()).encode();
        for _ in 0..500 {
            ada.line.send_bytes(frame.clone()).await;
        }
        let mut heard = 0;
        // She is flooding in the end.
        while ben.frame().await != (DaemonFrame::Left { id: Id(1), how: Departure::Gone }).encode() {
            heard += 1;
        }
        // The most is what may be sent at once, her credit, and some for what is taken meanwhile.
        let most = (BURST + 8) / usize::try_from(each).unwrap() + 20;
        assert!((1..=most).contains(&heard), "{heard} with {each} in a frame");
    }
}
