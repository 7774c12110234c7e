//! Rules 2 and 4: a seat is taken again by who signs with its key, and by nobody else.

use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Departure, End, Id, Refusal, RoomId, Signature};

use super::support::{
    ByHand, Daemon, Heard, Line, Member, Next, ROOM, Sitting, answered, door, patiently, refused, welcomed,
};
use super::{all_hear, answer, line, message, room_by_hand, room_of};

/// What a `resume` gets.
async fn resumes(daemon: &Daemon, hand: &ByHand, id: u64) -> (Refusal, u64) {
    refused(&answer(daemon, |line| hand.resume(&line.nonce, id)).await.0)
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
async fn a_wrong_seat_is_nobody_s() {
    let daemon = Daemon::start().await;
    let [mut ada, ben, _cleo] = room_by_hand(&daemon).await;
    let Sitting { line: lost, hand: ben, .. } = ben;
    drop(lost);
    ada.hears(&DaemonFrame::Away(Id(2))).await;
    // Not by a bit, wherever it is, of who is away and of who is here.
    let no_entry = (Refusal::NoEntry, 0);
    for bit in 0..512 {
        for (hand, id) in [(&ben, 2), (&ada.hand, 1)] {
            let almost = answer(&daemon, |line| {
                let mut signature = hand.seat.sign_resume(&line.nonce, ROOM, Id(id));
                signature.0[bit / 8] ^= 1 << (bit % 8);
                ClientFrame::Resume { room: ROOM, id: Id(id), signature }.encode()
            });
            assert_eq!(refused(&almost.await.0), no_entry, "bit {bit}");
        }
    }
    // Not by who has another seat, whether it knows the password or not.
    let stranger = ByHand::new();
    for (hand, id) in [(&ada.hand, 2), (&ben, 1), (&stranger, 1), (&stranger, 2), (&ben, 3), (&ben, 4)] {
        assert_eq!(resumes(&daemon, hand, id).await, no_entry);
    }
    let gate = door().sign_enter(&line(&daemon).await.nonce, &ben.seat.public(), (&[1]).into(), &ben.tag);
    for signature in [gate, Signature([0; 64]), Signature([0xff; 64])] {
        let resume = ClientFrame::Resume { room: ROOM, id: Id(2), signature }.encode();
        assert_eq!(refused(&answer(&daemon, |_| resume).await.0), no_entry);
    }
    let mut own = line(&daemon).await;
    let resume = ben.resume(&own.nonce, 2);
    assert_eq!(welcomed(&answered(&mut own, resume).await), 2);
    ada.hears(&DaemonFrame::Back(Id(2))).await; // Nobody was told of the others.
}

#[tokio::test]
async fn a_resume_that_was_signed_for_another_connection_or_room_is_none() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_by_hand(&daemon).await;
    let Sitting { line: lost, hand: ben, .. } = ben;
    // Also for the connection by which it entered.
    let before = ben.resume(&lost.nonce, 2);
    drop(lost);
    ada.hears(&DaemonFrame::Away(Id(2))).await;
    let mut other = line(&daemon).await;
    let overheard = ben.resume(&other.nonce, 2);
    for frame in [before, overheard.clone()] {
        assert_eq!(refused(&answer(&daemon, |_| frame).await.0), (Refusal::NoEntry, 0));
    }
    let elsewhere = answer(&daemon, |line| {
        let signature = ben.seat.sign_resume(&line.nonce, RoomId([1; 5]), Id(2));
        ClientFrame::Resume { room: ROOM, id: Id(2), signature }.encode()
    });
    assert_eq!(refused(&elsewhere.await.0), (Refusal::NoEntry, 0));
    // Where it belongs it serves, and once.
    other.send_bytes(overheard.clone()).await;
    assert_eq!(welcomed(&other.frame().await), 2);
    ada.hears(&DaemonFrame::Back(Id(2))).await;
    assert_eq!(refused(&answer(&daemon, |_| overheard).await.0), (Refusal::NoEntry, 0));
}

#[tokio::test]
async fn a_resume_takes_over_from_a_living_connection() {
    let daemon = Daemon::start().await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let (mut ben, mut before) = ben.resume_elsewhere(daemon.address()).await;
    let over = DaemonFrame::Over { end: End::ResumedElsewhere, by: None, payload: None };
    assert_eq!(before.frame().await, over.encode());
    assert_eq!(before.next().await, Next::Closed(4005));
    assert_eq!(ada.next().await, Heard::Back(2), "what was passed to the old one may be lost");
    ada.say("to the new one").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "to the new one")).await;
}

/// How a seat may come to be given up, after which its member may learn of it.
async fn given_up(daemon: &Daemon, how: &str) -> (Sitting, ByHand) {
    let [mut ada, ben] = room_by_hand(daemon).await;
    let Sitting { mut line, hand, .. } = ben;
    let gone = |how| DaemonFrame::Left { id: Id(2), how };
    match how {
        "by leaving" => {
            line.send(&ClientFrame::Exit).await;
            ada.hears(&gone(Departure::Exit)).await;
        }
        "by closing" => {
            line.close().await;
            ada.hears(&gone(Departure::Gone)).await;
        }
        "by a frame that is none" => {
            line.send_bytes(vec![0xff]).await;
            ada.hears(&gone(Departure::Gone)).await;
        }
        "by a kick" => {
            ada.order(|turn| Command::Kick { turn, id: Id(2), payload: b"" }).await;
            ada.hears(&DaemonFrame::Kicked { id: Id(2), by: Id(1), payload: b"" }).await;
        }
        "by a stop" => {
            ada.order(|turn| Command::Stop { turn, payload: b"" }).await;
            let over = DaemonFrame::Over { end: End::Stopped, by: Some(Id(1)), payload: Some(b"") };
            ada.hears(&over).await;
        }
        other => panic!("{other}"),
    }
    (ada, hand)
}

#[tokio::test]
async fn who_comes_back_too_late_is_told_what_became_of_the_seat_and_nobody_else() {
    for (how, why) in [
        ("by leaving", Refusal::GraceOver),
        ("by closing", Refusal::GraceOver),
        ("by a frame that is none", Refusal::GraceOver),
        ("by a kick", Refusal::Kicked),
        ("by a stop", Refusal::Stopped),
    ] {
        let daemon = Daemon::start().await;
        let (ada, ben) = given_up(&daemon, how).await;
        for _ in 0..2 {
            assert_eq!(resumes(&daemon, &ben, 2).await, (why, 0), "{how}");
        }
        // Without its key, as where there was none ever.
        for (hand, id) in [(&ByHand::new(), 2), (&ada.hand, 2), (&ben, 7)] {
            assert_eq!(resumes(&daemon, hand, id).await, (Refusal::NoEntry, 0), "{how}");
        }
    }
}

#[tokio::test]
async fn what_became_of_a_seat_is_remembered_for_the_grace() {
    let daemon = Daemon::with(&[("grace", "\"1 s\"")]).await;
    let (_ada, ben) = given_up(&daemon, "by a kick").await;
    patiently("the grace to be over", async {
        loop {
            match resumes(&daemon, &ben, 2).await.0 {
                Refusal::Kicked => {}
                other => break assert_eq!(other, Refusal::NoEntry),
            }
        }
    })
    .await;
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
    assert_eq!(ben.resume(daemon.address()).await.err(), Some(Refusal::GraceOver));
}

#[tokio::test]
async fn a_whole_client_learns_why_its_seat_is_gone() {
    let daemon = Daemon::start().await;
    let [mut ada, ben, cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    let [ben, cleo] = [ben.cut(), cleo.cut()];
    let mut away = ada.next_few(2).await;
    away.sort_by_key(|heard| heard == &Heard::Away(3));
    assert_eq!(away, [Heard::Away(2), Heard::Away(3)]);
    ada.kick(2).await;
    assert_eq!(ada.next().await, Heard::kicked(2, 1));
    assert_eq!(ben.resume(daemon.address()).await.err(), Some(Refusal::Kicked));
    ada.stop().await;
    while ada.next().await != Heard::Closed(4002) {}
    assert_eq!(cleo.resume(daemon.address()).await.err(), Some(Refusal::Stopped));
    // The room may be opened anew, and its seats are others.
    let _anew = Member::create(daemon.address(), "Ada").await;
}

#[tokio::test]
async fn resumes_spend_no_tries_and_true_ones_of_a_seat_are_rationed() {
    let daemon = Daemon::with(&[("tries_by_address", "3")]).await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    for _ in 0..20 {
        assert_eq!(resumes(&daemon, &ByHand::new(), 2).await, (Refusal::NoEntry, 0));
    }
    // Eight at once, and one in 5 s.
    let mut resumed = 0;
    let refusal = loop {
        resumed += 1;
        assert!(resumed < 100, "resumed without end");
        let mut line = line(&daemon).await;
        let resume = ben.hand.resume(&line.nonce, 2);
        line.send_bytes(resume).await;
        let answer = line.frame().await;
        match DaemonFrame::decode(&answer).unwrap() {
            DaemonFrame::Welcome { .. } => ada.hears(&DaemonFrame::Back(Id(2))).await,
            _ => break refused(&answer),
        }
        ben.line = line;
    };
    assert!(matches!(refusal, (Refusal::Busy, 1..=5_000)), "{refusal:?}");
    // The seat is the last one's, and another's is no matter of this.
    ben.say(b"here").await;
    ada.hears(&DaemonFrame::Said { from: Id(2), payload: b"here" }).await;
    ada.resume(line(&daemon).await).await;
    // The third try.
    Sitting::enter(line(&daemon).await).await;
}
