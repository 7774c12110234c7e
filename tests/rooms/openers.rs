//! Rules 1 and 2: who may open rooms, and how many, and what tries are rationed.

use sanctuary_seal::{Door, Random, RoomKey};
use sanctuary_wire::{DaemonFrame, Refusal, Rule, Signature};

use super::support::{
    ByHand, Daemon, Heard, Line, Member, Next, ROOM, answered, password, refused, welcomed,
};
use super::{answer, line};

/// What becomes of a room that somebody would open with this code, if any; the room ends with the
/// line.
async fn opens(mut line: Line, code: Option<&[u8]>) -> Result<(), (Refusal, u64)> {
    let create = ByHand::new().create(&line.nonce, code);
    let answer = answered(&mut line, create).await;
    if let DaemonFrame::Welcome { .. } = DaemonFrame::decode(&answer).unwrap() {
        line.close().await;
        return Ok(());
    }
    assert_eq!(line.next().await, Next::Closed(Refusal::CLOSE_CODE));
    Err(refused(&answer))
}

#[tokio::test]
async fn more_rooms_than_configured_are_too_many() {
    let daemon = Daemon::with(&[("rooms", "1")]).await;
    let elsewhere = RoomKey::draw(&mut Random::from_system().unwrap()).room();
    let other = ByHand::behind(Door::derive(elsewhere, &password()));
    let mut first = Line::open(daemon.address(), elsewhere).await;
    let create = other.create(&first.nonce, None);
    welcomed(&answered(&mut first, create).await);
    assert_eq!(opens(line(&daemon).await, None).await, Err((Refusal::Busy, 30_000)));
    first.close().await;
    assert_eq!(opens(line(&daemon).await, None).await, Ok(()));
}

#[tokio::test]
async fn tries_are_rationed_by_address() {
    let daemon = Daemon::with(&[("tries_by_address", "3")]).await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    for _ in 0..2 {
        assert_eq!(Member::try_enter(daemon.address(), "Ada").await.err(), Some(Refusal::AliasInUse));
    }
    assert_eq!(Member::try_enter(daemon.address(), "Ben").await.err(), Some(Refusal::Busy));
}

#[tokio::test]
async fn each_kind_of_try_is_one() {
    let hand = ByHand::new();
    let create = hand.create_with(super::support::door().gate(), Signature([7; 64]), None);
    let enter = hand.enter_with(Signature([7; 64]));
    for (kind, other) in [(&create, &enter), (&enter, &create)] {
        let daemon = Daemon::with(&[("tries_by_address", "2")]).await;
        let asks = async |frame: &Vec<u8>| refused(&answer(&daemon, |_| frame.clone()).await.0);
        for _ in 0..2 {
            assert_ne!(asks(kind).await.0, Refusal::Busy);
        }
        // One of the other kind is no way around it; a minute brings two.
        for frame in [kind, other] {
            let (why, retry_ms) = asks(frame).await;
            assert!(why == Refusal::Busy && (1..=30_000).contains(&retry_ms), "{why:?} {retry_ms}");
        }
        // A seat is no matter of tries.
        let resume = answer(&daemon, |line| hand.resume(&line.nonce, 1)).await;
        assert_eq!(refused(&resume.0), (Refusal::NoEntry, 0));
    }
}

#[tokio::test]
async fn openings_are_rationed_by_address() {
    let daemon = Daemon::with(&[("rooms_by_address", "1")]).await;
    assert_eq!(opens(line(&daemon).await, None).await, Ok(()));
    let Err((Refusal::Busy, retry_ms)) = opens(line(&daemon).await, None).await else { panic!("a second") };
    assert!((3_500_000..=3_600_000).contains(&retry_ms), "{retry_ms}: one an hour");
}

#[tokio::test]
async fn who_has_the_code_opens_rooms_and_nobody_else() {
    let daemon = Daemon::with(&[("open_rooms", r#"{ code = "sesame-open" }"#)]).await;
    for wrong in [
        None,
        Some(&b"sesame-opem"[..]),
        Some(b"tesame-open"),
        Some(b"sesame-ope"),
        Some(b"sesame-open\0"),
        Some(b"x"),
    ] {
        assert_eq!(opens(line(&daemon).await, wrong).await, Err((Refusal::NeedsCode, 0)), "{wrong:?}");
    }
    assert_eq!(opens(line(&daemon).await, Some(b"sesame-open")).await, Ok(()));
    // A reload takes up another setting, and members stay in their rooms.
    daemon.configure(&[("open_rooms", "\"anyone\"")]);
    daemon.counts().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    daemon.configure(&[("open_rooms", r#"{ code = "another-code" }"#)]);
    daemon.counts().await;
    // That the room is there is told only to who may open one.
    assert_eq!(opens(line(&daemon).await, Some(b"sesame-open")).await, Err((Refusal::NeedsCode, 0)));
    assert_eq!(opens(line(&daemon).await, Some(b"another-code")).await, Err((Refusal::Taken, 0)));
    let ben = Member::enter(daemon.address(), "Ben").await;
    assert_eq!(ada.next().await, super::joined(ben.id, "Ben"));
    assert!(daemon.printed().iter().all(|line| !line.contains("code")));
}

#[tokio::test]
async fn rooms_are_opened_from_the_networks_that_the_host_names() {
    let daemon = Daemon::with(&[("open_rooms", r#"["127.0.0.1", "fd00::/8"]"#)]).await;
    assert_eq!(opens(Line::open(daemon.addresses[0], ROOM).await, None).await, Ok(()));
    let elsewhere = Line::open(daemon.addresses[1], ROOM).await;
    assert_eq!(opens(elsewhere, Some(b"any code")).await, Err((Refusal::NotFromHere, 0)));
    let _ada = Member::create(daemon.addresses[0], "Ada").await;
    Member::enter(daemon.addresses[1], "Ben").await.close().await;
}

#[tokio::test]
async fn tries_of_codes_are_rationed_as_those_of_passwords() {
    let settings = [("open_rooms", r#"{ code = "sesame-open" }"#), ("tries_by_address", "3")];
    let daemon = Daemon::with(&settings).await;
    for _ in 0..3 {
        assert_eq!(opens(line(&daemon).await, Some(b"guess")).await, Err((Refusal::NeedsCode, 0)));
    }
    let busy = opens(line(&daemon).await, Some(b"sesame-open")).await;
    assert!(matches!(busy, Err((Refusal::Busy, 1..=20_000))), "{busy:?}");
}

#[tokio::test]
async fn a_daemon_that_is_about_to_stop_opens_no_rooms_and_lets_members_in() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    daemon.signal(nix::sys::signal::Signal::SIGUSR2);
    assert_eq!(ada.next().await, Heard::Closing(60));
    let elsewhere = RoomKey::draw(&mut Random::from_system().unwrap()).room();
    let other = ByHand::behind(Door::derive(elsewhere, &password()));
    let mut line = Line::open(daemon.address(), elsewhere).await;
    let create = other.create(&line.nonce, None);
    let (why, retry_ms) = refused(&answered(&mut line, create).await);
    assert!(why == Refusal::Draining && (1..=60_000).contains(&retry_ms), "{why:?} {retry_ms}");
    assert_eq!(line.next().await, Next::Closed(Refusal::CLOSE_CODE));
    // Of what is there nothing is told to who opens rooms, whatever it is.
    let taken = Member::try_create(Rule::Keeper, daemon.address(), "Ben").await.err();
    assert_eq!(taken, Some(Refusal::Draining));

    let mut ben = Member::enter(daemon.address(), "Ben").await;
    assert_eq!(ada.next().await, super::joined(2, "Ben"));
    assert!(matches!(ben.next().await, Heard::Closing(1..=60)));
    let mut ben = ben.cut().resume(daemon.address()).await.unwrap();
    assert!(matches!(ben.next().await, Heard::Closing(1..=60)), "told to who comes back, too");
    assert_eq!(ada.next_few(2).await, [Heard::Away(2), Heard::Back(2)]);
}
