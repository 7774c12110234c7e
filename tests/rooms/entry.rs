//! Rules 1 to 3: opening, entering, and every refusal.

use std::collections::HashSet;

use sanctuary_seal::{Door, Password, Random, RoomKey};
use sanctuary_wire::{
    ClientFrame, DaemonFrame, Departure, Gate, Proof, Refusal, RoomId, Rule, SeatToken, Tag,
};

use super::support::{Daemon, Grace, Heard, Line, Member, Next, ROOM, door, patiently};
use super::{all_hear, joined, message, room_of};

#[tokio::test]
async fn the_opener_is_alone_keeps_the_room_and_is_welcomed() {
    let daemon = Daemon::start().await;
    let ada = Member::create_under(Rule::Everyone, daemon.address(), "Ada").await;
    assert_eq!(ada.standing.members, [(ada.id, "Ada".to_owned(), false)]);
    assert_eq!((ada.standing.keeper, ada.standing.rule), (ada.id, Rule::Everyone));
    assert_eq!((ada.standing.locked, ada.standing.said), (false, 0));
}

#[tokio::test]
async fn a_newcomer_is_welcomed_last_and_told_to_the_others() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.say("one").await;
    all_hear([&mut ada, &mut ben], &message(1, 1, "one")).await;
    let cleo = Member::enter(daemon.address(), "Cleo").await;
    all_hear([&mut ada, &mut ben], &joined(cleo.id, "Cleo")).await;
    let order: Vec<_> = cleo.standing.members.iter().map(|(_, alias, _)| alias.as_str()).collect();
    assert_eq!(order, ["Ada", "Ben", "Cleo"]);
    assert_eq!((cleo.standing.said, cleo.standing.keeper), (1, ada.id));
}

#[tokio::test]
async fn both_loopbacks_lead_into_one_room() {
    let daemon = Daemon::start().await;
    let mut ada = Member::create(daemon.addresses[0], "Ada").await;
    let mut ben = Member::enter(*daemon.addresses.last().unwrap(), "Ben").await;
    assert_eq!(ada.next().await, joined(ben.id, "Ben"));
    ben.say("hello").await;
    all_hear([&mut ada, &mut ben], &message(1, 2, "hello")).await;
}

#[tokio::test]
async fn a_room_that_exists_is_taken() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    let refusal = Member::try_create(Rule::Keeper, daemon.address(), "Ben").await.err();
    assert_eq!(refusal, Some(Refusal::Taken));
}

/// What a first frame gets: the whole answer, and how the connection ends.
async fn answer(daemon: &Daemon, first: impl Fn(&Line) -> Vec<u8>) -> (Vec<u8>, Next) {
    let mut line = Line::open(daemon.address(), ROOM).await;
    let frame = first(&line);
    line.send_bytes(frame).await;
    (line.frame().await, line.next().await)
}

fn enter(room: RoomId, proof: Proof) -> Vec<u8> {
    ClientFrame::Enter { room, proof, card: (&[1; 192]).into(), tag: Tag([1; 16]) }.encode()
}

#[tokio::test]
async fn a_wrong_password_and_no_such_room_get_the_same_answer() {
    let daemon = Daemon::start().await;
    let no_room = answer(&daemon, |line| enter(ROOM, door().prove(&line.nonce))).await;
    assert_eq!(no_room.0, DaemonFrame::Refused(Refusal::NoEntry).encode());
    assert_eq!(no_room.1, Next::Closed(Refusal::CLOSE_CODE));

    let _ada = Member::create(daemon.address(), "Ada").await;
    let wrong = Door::derive(ROOM, &Password::read("rosebud and 8 sledges").unwrap());
    assert_eq!(answer(&daemon, |line| enter(ROOM, wrong.prove(&line.nonce))).await, no_room);
    assert_eq!(answer(&daemon, |_| enter(ROOM, Proof([0; 64]))).await, no_room);
    let elsewhere = RoomId([1; 5]);
    assert_eq!(answer(&daemon, |line| enter(elsewhere, door().prove(&line.nonce))).await, no_room);
    let seat = || ClientFrame::Resume { room: ROOM, seat: SeatToken([9; 16]) }.encode();
    assert_eq!(answer(&daemon, |_| seat()).await, no_room);
}

#[tokio::test]
async fn a_proof_serves_its_own_connection_alone() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    let overheard = door().prove(&Line::open(daemon.address(), ROOM).await.nonce);
    let line = Line::open(daemon.address(), ROOM).await;
    assert_eq!(Member::enter_with(line, "Mallory", overheard).await.err(), Some(Refusal::NoEntry));
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
async fn an_alias_of_an_away_seat_is_not_in_use() {
    let daemon = Daemon::start().await;
    let [ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let lost = ada.cut();
    assert_eq!(ben.next().await, Heard::Away(lost.id));
    let again = Member::enter(daemon.address(), "Ada").await;
    assert_eq!(ben.next().await, Heard::Left(lost.id, Departure::Gone));
    assert_eq!(ben.next().await, Heard::Keeper(ben.id), "the office goes by length of stay");
    assert_eq!(ben.next().await, joined(again.id, "Ada"));
    assert_eq!(again.standing.members, [(ben.id, "Ben".into(), false), (again.id, "Ada".into(), false)]);
    assert_eq!(lost.resume(daemon.address()).await.err(), Some(Refusal::NoEntry));
}

#[tokio::test]
async fn the_only_member_takes_its_own_away_seat_over() {
    let daemon = Daemon::start().await;
    Member::create(daemon.address(), "Ada").await.cut();
    // Its end may not have been noticed yet: then the alias is still in use.
    let again = patiently("the broken line to be noticed", async {
        loop {
            match Member::try_enter(daemon.address(), "Ada").await {
                Ok(member) => break member,
                Err(why) => assert_eq!(why, Refusal::AliasInUse),
            }
        }
    })
    .await;
    assert_eq!(again.standing.keeper, again.id);
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
    assert_eq!(Member::try_enter(daemon.address(), "Cleo").await.err(), Some(Refusal::Full));
    assert!(ben.resume(daemon.address()).await.is_ok());
}

#[tokio::test]
async fn a_locked_room_refuses_who_proved_the_password_and_lets_resume() {
    let daemon = Daemon::start().await;
    let [mut ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    ada.lock(true).await;
    all_hear([&mut ada, &mut ben], &Heard::Locked(true)).await;
    assert_eq!(Member::try_enter(daemon.address(), "Cleo").await.err(), Some(Refusal::Locked));
    let wrong = Line::open(daemon.address(), ROOM).await;
    assert_eq!(Member::enter_with(wrong, "Cleo", Proof([0; 64])).await.err(), Some(Refusal::NoEntry));

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
async fn more_rooms_than_configured_are_too_many() {
    let daemon = Daemon::with(&[("rooms", "1")]).await;
    let other = RoomKey::draw(&mut Random::from_system().unwrap()).room();
    let create = ClientFrame::Create {
        room: other,
        gate: door().gate(),
        card: (&[1; 192]).into(),
        tag: Tag([1; 16]),
        rule: Rule::Keeper,
        code: None,
    };
    let mut first = Line::open(daemon.address(), other).await;
    first.send(&create).await;
    assert!(matches!(DaemonFrame::decode(&first.frame().await), Ok(DaemonFrame::Welcome { .. })));
    let second = Member::try_create(Rule::Keeper, daemon.address(), "Ada").await.err();
    assert_eq!(second, Some(Refusal::Busy));
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
    let proof = Proof([7; 64]);
    let (card, tag, code) = ((&[1]).into(), Tag([1; 16]), None);
    let gate = door().gate();
    let create = ClientFrame::Create { room: ROOM, gate, card, tag: tag.clone(), rule: Rule::Keeper, code };
    let enter = ClientFrame::Enter { room: ROOM, proof, card, tag };
    let resume = ClientFrame::Resume { room: ROOM, seat: SeatToken([9; 16]) };
    for kind in [create, enter, resume.clone()] {
        let daemon = Daemon::with(&[("tries_by_address", "2")]).await;
        for expected in [false, false, true] {
            let mut line = Line::open(daemon.address(), ROOM).await;
            line.send(&kind).await;
            let busy = DaemonFrame::Refused(Refusal::Busy).encode();
            assert_eq!(line.frame().await == busy, expected, "{kind:?}");
        }
        // And one of another kind is no way around it.
        let line = Line::open(daemon.address(), ROOM).await;
        assert_eq!(line.refused(&resume).await.0, DaemonFrame::Refused(Refusal::Busy).encode());
    }
}

#[tokio::test]
async fn openings_are_rationed_by_address() {
    let daemon = Daemon::with(&[("rooms_by_address", "1")]).await;
    Member::create(daemon.address(), "Ada").await.close().await;
    let second = Member::try_create(Rule::Keeper, daemon.address(), "Ada").await.err();
    assert_eq!(second, Some(Refusal::Busy));
}

#[tokio::test]
async fn a_gate_that_is_no_public_key_opens_no_room() {
    let daemon = Daemon::start().await;
    let mut line = Line::open(daemon.address(), ROOM).await;
    // y = 1: the neutral element, under which any signature of a kind would hold.
    let gate = Gate(std::array::from_fn(|at| u8::from(at == 0)));
    let create = ClientFrame::Create {
        room: ROOM,
        gate,
        card: (&[1]).into(),
        tag: Tag([1; 16]),
        rule: Rule::Keeper,
        code: None,
    };
    line.send(&create).await;
    assert_eq!(line.frame().await, DaemonFrame::Refused(Refusal::Malformed).encode());
}

#[tokio::test]
async fn a_first_frame_of_another_kind_is_refused_as_malformed() {
    let daemon = Daemon::start().await;
    for frame in [ClientFrame::Exit, ClientFrame::Stop, ClientFrame::Say { payload: b"x" }] {
        let line = Line::open(daemon.address(), ROOM).await;
        let (answer, end) = line.refused(&frame).await;
        assert_eq!(answer, DaemonFrame::Refused(Refusal::Malformed).encode(), "{frame:?}");
        assert_eq!(end, Next::Closed(Refusal::CLOSE_CODE));
    }
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let daemon = Daemon::with(&[("handshake", "\"2 s\""), ("grace", "\"12 s\"")]).await;
    let mut line = Line::open(daemon.address(), ROOM).await;
    let ended = async { while let Next::Frame(_) = line.next().await {} };
    Grace::begins(daemon.address()).await.outlasts(ended).await;
}

/// A daemon that was started again draws as if there had been none before.
#[tokio::test]
async fn nonces_and_seats_have_nothing_in_common_not_even_those_of_two_daemons() {
    let mut drawn: Vec<Vec<u8>> = Vec::new();
    for _ in 0..2 {
        let daemon = Daemon::start().await;
        for _ in 0..8 {
            drawn.push(Line::open(daemon.address(), ROOM).await.nonce.0.into());
        }
        let members = room_of(&daemon, ["Ada", "Ben", "Cleo"]).await;
        drawn.extend(members.iter().flat_map(|member| [member.line.nonce.0.into(), member.seat.0.into()]));
    }
    let parts: Vec<&[u8]> = drawn.iter().flat_map(|bytes| bytes.windows(8)).collect();
    let apart: HashSet<_> = parts.iter().collect();
    assert_eq!(apart.len(), parts.len(), "8 bytes stand twice in {drawn:x?}");
}

/// What becomes of a room that somebody would open with this code, if any; the room ends with the
/// line.
async fn opens(line: Line, code: Option<&[u8]>) -> Result<(), Refusal> {
    let frame = ClientFrame::Create {
        room: ROOM,
        gate: door().gate(),
        card: (&[1]).into(),
        tag: Tag([1; 16]),
        rule: Rule::Keeper,
        code: code.map(|code| code.try_into().unwrap()),
    };
    let mut line = line;
    line.send(&frame).await;
    let answer = line.frame().await;
    match DaemonFrame::decode(&answer).unwrap() {
        DaemonFrame::Welcome { .. } => {
            line.close().await;
            Ok(())
        }
        DaemonFrame::Refused(why) => {
            assert_eq!(line.next().await, Next::Closed(Refusal::CLOSE_CODE));
            Err(why)
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn who_has_the_code_opens_rooms_and_nobody_else() {
    let daemon = Daemon::with(&[("open_rooms", r#"{ code = "sesame-open" }"#)]).await;
    let open = async || Line::open(daemon.address(), ROOM).await;
    for wrong in [
        None,
        Some(&b"sesame-opem"[..]),
        Some(b"tesame-open"),
        Some(b"sesame-ope"),
        Some(b"sesame-open\0"),
        Some(b"x"),
    ] {
        assert_eq!(opens(open().await, wrong).await, Err(Refusal::NeedsCode), "{wrong:?}");
    }
    assert_eq!(opens(open().await, Some(b"sesame-open")).await, Ok(()));
    // A reload takes up another setting, and members stay in their rooms.
    daemon.configure(&[("open_rooms", "\"anyone\"")]);
    daemon.counts().await;
    let mut ada = Member::create(daemon.address(), "Ada").await;
    daemon.configure(&[("open_rooms", r#"{ code = "another-code" }"#)]);
    daemon.counts().await;
    // That the room is there is told only to who may open one.
    assert_eq!(opens(open().await, Some(b"sesame-open")).await, Err(Refusal::NeedsCode));
    assert_eq!(opens(open().await, Some(b"another-code")).await, Err(Refusal::Taken));
    let ben = Member::enter(daemon.address(), "Ben").await;
    assert_eq!(ada.next().await, super::joined(ben.id, "Ben"));
    assert!(daemon.printed().iter().all(|line| !line.contains("code")));
}

#[tokio::test]
async fn rooms_are_opened_from_the_networks_that_the_host_names() {
    let daemon = Daemon::with(&[("open_rooms", r#"["127.0.0.1", "fd00::/8"]"#)]).await;
    assert_eq!(opens(Line::open(daemon.addresses[0], ROOM).await, None).await, Ok(()));
    let elsewhere = Line::open(daemon.addresses[1], ROOM).await;
    assert_eq!(opens(elsewhere, Some(b"any code")).await, Err(Refusal::NotFromHere));
    let _ada = Member::create(daemon.addresses[0], "Ada").await;
    Member::enter(daemon.addresses[1], "Ben").await.close().await;
}

#[tokio::test]
async fn tries_of_codes_are_rationed_as_those_of_passwords() {
    let settings = [("open_rooms", r#"{ code = "sesame-open" }"#), ("tries_by_address", "3")];
    let daemon = Daemon::with(&settings).await;
    for _ in 0..3 {
        let line = Line::open(daemon.address(), ROOM).await;
        assert_eq!(opens(line, Some(b"guess")).await, Err(Refusal::NeedsCode));
    }
    let line = Line::open(daemon.address(), ROOM).await;
    assert_eq!(opens(line, Some(b"sesame-open")).await, Err(Refusal::Busy));
}
