//! Rules 1 to 3: who is refused by the room, and what the first frame must be.

use sanctuary_wire::{ClientFrame, DaemonFrame, Departure, End, Refusal, Rule, Signature};

use super::support::{ByHand, Daemon, Grace, Heard, Line, Member, Next, ROOM, Sitting, refused};
use super::{all_hear, answer, joined, line, room_of};

#[tokio::test]
async fn a_room_that_exists_is_taken() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    let refusal = Member::try_create(Rule::Keeper, daemon.address(), "Ben").await.err();
    assert_eq!(refusal, Some(Refusal::Taken));
}

#[tokio::test]
async fn an_alias_in_use_is_refused_whatever_its_case() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    for alias in ["Ada", "ADA", "Ａda"] {
        assert_eq!(Member::try_enter(daemon.address(), alias).await.err(), Some(Refusal::AliasInUse));
    }
    let other = Member::enter(daemon.address(), "Adah").await;
    assert_eq!(ada.next().await, joined(other.id, "Adah"), "those refused were told to nobody");
}

#[tokio::test]
async fn a_full_room_lets_in_nobody_until_somebody_leaves() {
    let daemon = Daemon::with(&[("members", "3")]).await;
    let [mut ada, ben, mut cleo] = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
    assert_eq!(Member::try_enter(daemon.address(), "Dora").await.err(), Some(Refusal::Full));
    ben.close().await;
    all_hear([&mut ada, &mut cleo], &Heard::Left(2, Departure::Gone)).await;
    assert!(Member::try_enter(daemon.address(), "Dora").await.is_ok());
}

#[tokio::test]
async fn a_full_room_counts_its_away_seats() {
    let daemon = Daemon::with(&[("members", "2")]).await;
    let [mut ada, ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    for alias in ["Cleo", "Ben"] {
        assert_eq!(Member::try_enter(daemon.address(), alias).await.err(), Some(Refusal::Full), "{alias}");
    }
    assert!(ben.resume(daemon.address()).await.is_ok());
}

#[tokio::test]
async fn a_locked_room_refuses_who_proved_the_password_and_lets_resume() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.lock(true).await;
    all_hear([&mut ada, &mut ben], &Heard::Locked(true)).await;
    assert_eq!(Member::try_enter(daemon.address(), "Cleo").await.err(), Some(Refusal::Locked));
    let wrong = answer(&daemon, |_| ByHand::new().enter_with(Signature([0; 64]))).await;
    assert_eq!(refused(&wrong.0), (Refusal::NoEntry, 0));

    let ben = ben.cut();
    assert_eq!(ada.next().await, Heard::Away(2));
    let ben = ben.resume(daemon.address()).await.unwrap();
    assert!(ben.standing.locked);
    assert_eq!(ada.next().await, Heard::Back(2));

    ada.lock(false).await;
    assert_eq!(ada.next().await, Heard::Locked(false));
    assert!(Member::try_enter(daemon.address(), "Cleo").await.is_ok());
}

#[tokio::test]
async fn entries_of_a_room_are_rationed_whoever_asks() {
    let daemon = Daemon::with(&[("members", "3")]).await;
    let _keeper = Sitting::create(line(&daemon).await).await;
    let mut refusals = Vec::new();
    // Three at once, and one a second: who comes and goes has spent them soon.
    for _ in 0..100 {
        let mut guest = line(&daemon).await;
        let enter = ByHand::new().enter(&guest.nonce);
        guest.send_bytes(enter).await;
        let answer = guest.frame().await;
        if let Ok(DaemonFrame::Refused { why, retry_ms }) = DaemonFrame::decode(&answer) {
            refusals.push((why, retry_ms));
            break;
        }
        guest.close().await;
    }
    let [(Refusal::Busy, wait @ 1..=1000)] = refusals[..] else { panic!("{refusals:?}") };
    tokio::time::sleep(std::time::Duration::from_millis(wait)).await; // As it was told to.
    Sitting::enter(line(&daemon).await).await;
}

#[tokio::test]
async fn a_first_frame_of_another_kind_is_refused_as_malformed() {
    let daemon = Daemon::start().await;
    let order = ByHand::new().stop(&line(&daemon).await.nonce);
    for frame in [ClientFrame::Exit.encode(), ClientFrame::Say { payload: b"x" }.encode(), order] {
        let (answer, end) = answer(&daemon, |_| frame).await;
        assert_eq!(refused(&answer), (Refusal::Malformed, 0));
        assert_eq!(end, Next::Closed(Refusal::CLOSE_CODE));
    }
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let daemon = Daemon::with(&[("handshake", "\"2 s\""), ("grace", "\"12 s\"")]).await;
    let mut line = Line::open(daemon.address(), ROOM).await;
    let ended = async {
        let over = DaemonFrame::Over { end: End::TooSlow, by: None, payload: None };
        assert_eq!(line.frame().await, over.encode());
        assert_eq!(line.next().await, Next::Closed(4003));
    };
    Grace::begins(daemon.address()).await.outlasts(ended).await;
}
