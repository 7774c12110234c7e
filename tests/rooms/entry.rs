//! Rules 1 to 3: opening a room, and entering one. Refusals are in `closed` and `openers`.

use std::collections::HashSet;

use sanctuary_seal::{Door, Password};
use sanctuary_wire::{
    ClientFrame, Command, DaemonFrame, End, Gate, Id, Refusal, RoomId, Rule, SeatKey, Signature, Tag,
};

use super::support::{
    ByHand, CARD, Daemon, HEART, Heard, Line, Member, Next, ROOM, answered, door, patiently, refused,
    welcomed,
};
use super::{all_hear, answer, joined, line, message, room_of};

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
async fn a_wrong_password_and_no_such_room_get_the_same_answer() {
    let daemon = Daemon::start().await;
    let [here, elsewhere, wrong] = [
        (ROOM, "rosebud and 7 sledges"),
        (RoomId([1; 5]), "rosebud and 7 sledges"),
        (ROOM, "rosebud and 8 sledges"),
    ]
    .map(|(room, password)| ByHand::behind(Door::derive(room, &Password::read(password).unwrap())));
    let no_room = answer(&daemon, |line| here.enter(&line.nonce)).await;
    assert_eq!(refused(&no_room.0), (Refusal::NoEntry, 0));
    assert_eq!(no_room.1, Next::Closed(Refusal::CLOSE_CODE));

    let _ada = Member::create(daemon.address(), "Ada").await;
    for other in [&wrong, &elsewhere] {
        assert_eq!(answer(&daemon, |line| other.enter(&line.nonce)).await, no_room);
    }
    assert_eq!(answer(&daemon, |_| here.enter_with(Signature([0; 64]))).await, no_room);
    assert_eq!(answer(&daemon, |line| here.resume(&line.nonce, 1)).await, no_room);
    assert_eq!(answer(&daemon, |line| here.resume(&line.nonce, 2)).await, no_room);
    let mut line = line(&daemon).await;
    let enter = here.enter(&line.nonce);
    assert_eq!(welcomed(&answered(&mut line, enter).await), 2);
}

#[tokio::test]
async fn a_proof_serves_its_own_connection_alone() {
    let daemon = Daemon::start().await;
    let (mallory, overheard) = (ByHand::new(), line(&daemon).await);
    let create = mallory.create(&overheard.nonce, None);
    assert_eq!(refused(&answer(&daemon, |_| create).await.0), (Refusal::Malformed, 0));
    let _ada = Member::create(daemon.address(), "Ada").await;
    let enter = mallory.enter(&overheard.nonce);
    assert_eq!(refused(&answer(&daemon, |_| enter).await.0), (Refusal::NoEntry, 0));
}

/// So a crashed tab locks nobody out, and nobody takes an office by an alias.
#[tokio::test]
async fn a_newcomer_under_the_alias_of_somebody_away_gets_a_seat_of_its_own() {
    let daemon = Daemon::start().await;
    let [ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let lost = ada.cut();
    assert_eq!(ben.next().await, Heard::Away(1));
    let mut second = Member::enter(daemon.address(), "Ada").await;
    assert_eq!(ben.next().await, joined(3, "Ada 2"));
    let (first, two) = ((1, "Ada 1".into(), true), (2, "Ben".into(), false));
    assert_eq!(second.standing.members, [first, two, (3, "Ada 2".into(), false)]);
    assert_eq!(second.standing.keeper, 1, "the office waits");
    assert_eq!(Member::try_enter(daemon.address(), "Ada").await.err(), Some(Refusal::AliasInUse));

    let mut ada = lost.resume(daemon.address()).await.unwrap();
    assert_eq!((ada.id, ada.standing.keeper), (1, 1));
    all_hear([&mut ben, &mut second], &Heard::Back(1)).await;
    assert_eq!(ada.next().await, joined(3, "Ada 2"));
    second.say("me too").await;
    all_hear([&mut ada, &mut ben, &mut second], &message(1, 3, "me too")).await;
    ada.say("it is me").await;
    all_hear([&mut ada, &mut ben, &mut second], &message(2, 1, "it is me")).await;
    ada.kick(3).await;
    all_hear([&mut ada, &mut ben], &Heard::kicked(3, 1)).await;
}

#[tokio::test]
async fn the_office_of_who_does_not_come_back_goes_by_length_of_stay_not_by_alias() {
    let daemon = Daemon::with(&[("grace", "\"1 s\"")]).await;
    let [ada, mut ben] = room_of(&daemon, ["Ada", "Ben"]).await;
    let _ada = ada.cut();
    assert_eq!(ben.next().await, Heard::Away(1));
    let second = Member::enter(daemon.address(), "Ada").await;
    let told = ben.next_few(3).await;
    assert!(matches!(&told[..], [Heard::Joined(3, _), Heard::Left(1, _), Heard::Keeper(2)]), "{told:?}");
    let shown: Vec<_> = second.group.members().iter().map(|member| member.showing.to_string()).collect();
    assert!(shown.contains(&"Ada 2".to_owned()), "as long as both are seated: {shown:?}");
}

#[tokio::test]
async fn who_is_alone_and_breaks_off_finds_its_seat_and_may_enter_beside_it() {
    let daemon = Daemon::start().await;
    let lost = Member::create(daemon.address(), "Ada").await.cut();
    // Its end may not have been noticed yet: then the alias is still in use.
    let mut again = patiently("the broken line to be noticed", async {
        loop {
            match Member::try_enter(daemon.address(), "Ada").await {
                Ok(member) => break member,
                Err(why) => assert_eq!(why, Refusal::AliasInUse),
            }
        }
    })
    .await;
    assert_eq!((again.id, again.standing.keeper), (2, 1));
    let ada = lost.resume(daemon.address()).await.unwrap();
    assert_eq!(ada.standing.members, [(1, "Ada 1".into(), false), (2, "Ada 2".into(), false)]);
    assert_eq!(again.next().await, Heard::Back(1));
}

type Change<'c> = &'c dyn Fn(&mut Parts);

/// Card, tag, seat and all else that a signature must cover.
#[tokio::test]
async fn nothing_can_be_exchanged_under_the_signature_of_who_opens_or_enters() {
    let daemon = Daemon::start().await;
    let ada = ByHand::new();
    let (other, gate) = (ByHand::new(), Gate(ByHand::new().seat.public().0));
    let seat = other.seat.public();
    let both: [Change<'_>; 4] = [
        &|parts| parts.room = RoomId([1; 5]),
        &|parts| parts.seat = seat.clone(),
        &|parts| parts.card[0] ^= 1,
        &|parts| parts.tag = other.tag.clone(),
    ];
    let of_create: [Change<'_>; 3] =
        [&|parts| parts.gate = gate.clone(), &|parts| parts.heart[0] ^= 1, &|parts| {
            parts.rule = Rule::Everyone;
        }];
    for (at, change) in both.iter().chain(&of_create).enumerate() {
        let changed = answer(&daemon, |line| Parts::changed(&ada.create(&line.nonce, None), change)).await;
        assert_eq!(refused(&changed.0), (Refusal::Malformed, 0), "{at}");
    }
    let mut keeper = Member::create(daemon.address(), "Ada").await;
    for (at, change) in both.iter().enumerate() {
        let changed = answer(&daemon, |line| Parts::changed(&ada.enter(&line.nonce), change)).await;
        assert_eq!(refused(&changed.0), (Refusal::NoEntry, 0), "{at}");
    }
    Member::enter(daemon.address(), "Ben").await;
    assert_eq!(keeper.next().await, joined(2, "Ben"), "nobody was told of the others");
}

/// What a `create` or `enter` says.
struct Parts {
    room: RoomId,
    gate: Gate,
    heart: Vec<u8>,
    seat: SeatKey,
    card: Vec<u8>,
    tag: Tag,
    rule: Rule,
}

impl Parts {
    /// The same frame with another part, under the signature of the former.
    fn changed(frame: &[u8], change: impl Fn(&mut Self)) -> Vec<u8> {
        let frame = ClientFrame::decode(frame).unwrap();
        let (room, seat, card, tag, signature, opening) = match frame {
            ClientFrame::Create { room, gate, heart, seat, card, tag, rule, signature, .. } => {
                (room, seat, card, tag, signature, Some((gate, heart.to_vec(), rule)))
            }
            ClientFrame::Enter { room, seat, card, tag, signature } => {
                (room, seat, card, tag, signature, None)
            }
            other => panic!("{other:?}"),
        };
        let opens = opening.is_some();
        let (gate, heart, rule) = opening.unwrap_or((door().gate(), HEART.into(), Rule::Keeper));
        let mut parts = Self { room, gate, heart, seat, card: card.to_vec(), tag, rule };
        change(&mut parts);
        let Self { room, gate, heart, seat, card, tag, rule } = parts;
        let (heart, card) = (heart.as_slice().try_into().unwrap(), card.as_slice().try_into().unwrap());
        if opens {
            ClientFrame::Create { room, gate, heart, seat, card, tag, rule, signature, code: None }.encode()
        } else {
            ClientFrame::Enter { room, seat, card, tag, signature }.encode()
        }
    }
}

#[tokio::test]
async fn an_entry_that_was_changed_in_one_bit_is_refused() {
    let daemon = Daemon::start().await;
    let ada = ByHand::new();
    let length = ada.create(&line(&daemon).await.nonce, None).len();
    for at in 0..length {
        let changed = answer(&daemon, |line| flipped(ada.create(&line.nonce, None), at)).await;
        assert_eq!(refused(&changed.0), (Refusal::Malformed, 0), "byte {at} of {length}");
    }
    let mut keeper = Member::create(daemon.address(), "Ada").await;
    let length = ada.enter(&line(&daemon).await.nonce).len();
    for at in 0..length {
        let changed = answer(&daemon, |line| flipped(ada.enter(&line.nonce), at)).await;
        let (why, retry_ms) = refused(&changed.0);
        assert!(matches!(why, Refusal::NoEntry | Refusal::Malformed), "byte {at} of {length}: {why:?}");
        assert_eq!(retry_ms, 0);
    }
    Member::enter(daemon.address(), "Ben").await;
    assert_eq!(keeper.next().await, joined(2, "Ben"), "nobody was told of the others");
}

/// A frame with another bit in one of its bytes.
pub(super) fn flipped(mut frame: Vec<u8>, at: usize) -> Vec<u8> {
    frame[at] ^= 1 << (at % 8);
    frame
}

/// y = 1: the neutral element, for which anybody can sign.
const NEUTRAL: [u8; 32] = {
    let mut key = [0; 32];
    key[0] = 1;
    key
};

#[tokio::test]
async fn a_gate_that_is_no_public_key_opens_nothing() {
    let daemon = Daemon::start().await;
    let by_gate = |_: &Line| ByHand::new().create_with(Gate(NEUTRAL), Signature([0; 64]), None);
    assert_eq!(refused(&answer(&daemon, by_gate).await.0), (Refusal::Malformed, 0));
}

#[tokio::test]
async fn a_seat_key_that_is_none_signs_nothing() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    let (seat, tag, mut mallory) = (SeatKey(NEUTRAL), Tag([1; 16]), line(&daemon).await);
    let signature = door().sign_enter(&mallory.nonce, &seat, CARD.into(), &tag);
    let enter = ClientFrame::Enter { room: ROOM, seat, card: CARD.into(), tag, signature };
    mallory.send(&enter).await;
    let id = welcomed(&mallory.frame().await);
    // R = [0]B, S = 0 would hold for any message.
    let mut signature = Signature([0; 64]);
    signature.0[0] = 1;
    let resume = ClientFrame::Resume { room: ROOM, id: Id(id), signature: signature.clone() };
    assert_eq!(refused(&answer(&daemon, |_| resume.encode()).await.0), (Refusal::NoEntry, 0));
    let command = Command::Lock { turn: 0, locked: true }.encode();
    mallory.send(&ClientFrame::Order { command: &command, signature }).await;
    let over = DaemonFrame::Over { end: End::Malformed, by: None, payload: None };
    assert_eq!(mallory.next().await, Next::Frame(over.encode()));
}

/// A daemon that was started again draws as if there had been none before. A member's keys are its own,
/// and the daemon is told none of them but the public ones.
#[tokio::test]
async fn nonces_and_seats_have_nothing_in_common_not_even_those_of_two_daemons() {
    let mut drawn: Vec<Vec<u8>> = Vec::new();
    for _ in 0..2 {
        let daemon = Daemon::start().await;
        for _ in 0..8 {
            drawn.push(line(&daemon).await.nonce.0.into());
        }
        let mut keeper = line(&daemon).await;
        let create = ByHand::new().create(&keeper.nonce, None);
        welcomed(&answered(&mut keeper, create).await);
        drawn.push(keeper.nonce.0.into());
        for _ in 0..2 {
            let (mut line, hand) = (line(&daemon).await, ByHand::new());
            let enter = hand.enter(&line.nonce);
            let answer = answered(&mut line, enter).await;
            let DaemonFrame::Welcome { members, .. } = DaemonFrame::decode(&answer).unwrap() else {
                panic!()
            };
            assert_eq!(members.last().unwrap().entry, line.nonce.entry());
            drawn.extend([line.nonce.0.into(), hand.seat.public().0.into()]);
        }
    }
    let parts: Vec<&[u8]> = drawn.iter().flat_map(|bytes| bytes.windows(8)).collect();
    let apart: HashSet<_> = parts.iter().collect();
    assert_eq!(apart.len(), parts.len(), "8 bytes stand twice in {drawn:x?}");
}
