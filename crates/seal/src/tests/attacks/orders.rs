//! Departures that are hidden, orders that nobody gave, and doors of those who have no right.

use sanctuary_sign::SigningKey;
use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Denial, Entry, Id, Rule};

use super::super::super::*;
use super::super::by_hand::ByHand;
use super::super::room::{Players, message};
use super::super::rooms::other_door;
use super::super::vectors::{bytes, door};
use super::{card, intercepted};

#[test]
fn a_departure_that_is_hidden_from_one_member_is_told_by_the_others_next_word_and_its_own() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let now = room.now;
    room.group(0).kick(Id(2), now).unwrap();
    // Cleo is not told.
    intercepted(&mut room, 2);
    room.settle();
    (0..3).for_each(|at| drop(room.told(at)));
    assert_eq!(room.group(2).accepted(), [Id(1), Id(2)]);
    room.say(0, "he is gone");
    room.settle();
    let told = room.told(2);
    assert!(told.contains(&Happening::Differs(Id(1))), "{told:?}");
    room.say(2, "is Ben there?");
    room.settle();
    assert!(room.told(0).contains(&Happening::Differs(Id(3))));
    room.say(0, "no!");
    room.settle();
    assert!(!room.told(2).contains(&Happening::Differs(Id(1))), "once a member");
}

#[test]
fn who_was_kicked_by_a_voice_is_shut_out_whatever_the_daemon_makes_of_it() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let now = room.now;
    room.say(2, "while Ben is there");
    room.settle();
    room.group(0).kick(Id(2), now).unwrap();
    let kicked = intercepted(&mut room, 2);
    let Some(DaemonFrame::Kicked { payload, .. }) = kicked.iter().find_map(|frame| {
        Some(DaemonFrame::decode(frame).unwrap()).filter(|frame| matches!(frame, DaemonFrame::Kicked { .. }))
    }) else {
        panic!("not kicked")
    };
    room.told(2);
    // Its chain comes first; then the daemon shows the order as mere words.
    for frame in
        kicked.iter().filter(|frame| matches!(DaemonFrame::decode(frame), Ok(DaemonFrame::Passed { .. })))
    {
        room.hears(2, frame);
    }
    room.hears(2, &DaemonFrame::Said { from: Id(1), payload }.encode());
    assert_eq!(room.told(2), [Happening::ShutOut { id: Id(2), by: Id(1) }]);
    assert_eq!(room.group(2).accepted(), [Id(1)]);
    room.say(2, "without Ben");
    let passes = room
        .group(2)
        .frames()
        .iter()
        .filter_map(|frame| match ClientFrame::decode(frame).unwrap() {
            ClientFrame::Pass(passes) => Some(passes.iter().map(|(to, _)| *to).collect::<Vec<_>>()),
            _ => None,
        })
        .collect::<Vec<_>>();
    assert_eq!(passes, [[Id(1)]], "a new generation, not for Ben");
}

#[test]
fn a_kick_that_is_shown_as_its_makers_own_puts_out_whom_it_names() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let now = room.now;
    room.group(0).kick(Id(2), now).unwrap();
    for frame in intercepted(&mut room, 2) {
        match DaemonFrame::decode(&frame).unwrap() {
            DaemonFrame::Kicked { by, payload, .. } => {
                room.hears(2, &DaemonFrame::Kicked { id: by, by, payload }.encode());
            }
            _ => room.hears(2, &frame),
        }
    }
    let kicked = Happening::Kicked { id: Id(1), by: Id(1), proof: Proof::Refuted };
    assert_eq!(room.told(2)[..2], [Happening::ShutOut { id: Id(2), by: Id(1) }, kicked]);
    assert_eq!(room.group(2).accepted(), []);
}

#[test]
fn an_order_of_who_has_no_right_is_not_obeyed() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let now = room.now;
    // Ben is no keeper; his word goes as any word would, and then with the daemon's help as an order.
    let voice = room.group(1).card(Id(3)).unwrap().voice;
    room.group(1).say(Body::Kick(voice), now).unwrap();
    room.settle();
    assert_eq!(room.told(0), [Happening::NoRight(Id(2))]);
    assert_eq!(room.group(0).accepted(), [Id(2), Id(3)]);
    room.group(1).say(Body::Stop, now).unwrap();
    room.settle();
    assert_eq!(room.told(0), [Happening::NoRight(Id(2))]);

    room.group(1).say(Body::Kick(voice), now).unwrap();
    let frames = intercepted(&mut room, 0);
    let Ok(DaemonFrame::Said { payload, .. }) = DaemonFrame::decode(frames.last().unwrap()) else { panic!() };
    room.hears(0, &DaemonFrame::Kicked { id: Id(3), by: Id(2), payload }.encode());
    assert_eq!(room.told(0), [Happening::Kicked { id: Id(3), by: Id(2), proof: Proof::Refuted }]);
}

#[test]
fn the_daemon_orders_nothing_in_a_members_name() {
    let mut room = Players::under(Rule::Everyone, &["Ada", "Ben", "Cleo"]);
    room.say(1, "hello");
    let frames = intercepted(&mut room, 0);
    room.hears_all(0, &frames);
    room.told(0);
    let Ok(DaemonFrame::Said { payload, .. }) = DaemonFrame::decode(frames.last().unwrap()) else { panic!() };
    room.hears(0, &DaemonFrame::Handed { id: Id(3), by: Id(1), payload }.encode());
    assert_eq!(room.told(0), [Happening::Handed { id: Id(3), by: Id(1), proof: Proof::Refuted }]);
    assert_eq!(room.group(0).keeper(), Some(Id(1)), "what is refuted is not obeyed");
    room.hears(0, &DaemonFrame::Keeper(Id(3)).encode());
    assert_eq!(room.told(0), [Happening::Lie(Lie::Keeper(Id(3)))]);
    assert_eq!(room.group(0).keeper(), Some(Id(1)));
    room.hears(0, &DaemonFrame::Kicked { id: Id(3), by: Id(2), payload }.encode());
    assert_eq!(room.told(0), [Happening::Kicked { id: Id(3), by: Id(2), proof: Proof::Refuted }]);
}

#[test]
fn who_was_put_out_does_not_come_back_by_the_old_door_with_the_daemon() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let mut random = Random::from_system().unwrap();
    let mallory = ByHand::enters(&mut room, &door(), "Mallory");
    let (new, password) = other_door(1);
    room.group(0).relock(new, password, &[Id(2)]).unwrap();
    room.settle();
    room.told(1);
    // With a card for the old door, which the daemon shows as a newcomer's.
    let (entry, voice) = (Entry([5; 16]), SigningKey::from_seed(&bytes("another voice")));
    let shown =
        Card { alias: "Mal".parse().unwrap(), voice: voice.public(), public: mallory.keys.public(), n: 0 };
    let sealed = shown.seal(&door(), &voice, &entry, &mut random);
    room.hears(1, &DaemonFrame::Joined { id: Id(9), entry, card: card(&sealed) }.encode());
    assert_eq!(room.told(1), [Happening::Unreadable { id: Id(9), why: SealError::Forged }]);
}

#[test]
fn a_door_of_who_has_no_right_or_for_another_list_is_not_taken() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let (new, password) = other_door(1);
    // Ben is no keeper: a daemon that helps him does what the honest one denies.
    room.group(1).relock(new.clone(), password.clone(), &[Id(1), Id(3)]).unwrap();
    room.daemon.keeper = Id(2);
    room.settle();
    let told = room.told(2);
    assert!(told.contains(&Happening::Lie(Lie::NoRight(Id(2)))), "{told:?}");
    assert!(matches!(told.as_slice(), [_, Happening::Relocked { without: Some(SealError::NoDoor), .. }, ..]));

    // The daemon leaves somebody out who should stay, or keeps somebody who should go.
    for staying in [vec![Id(1), Id(2)], vec![Id(1), Id(2), Id(3), Id(4)]] {
        let mut room = Players::of(&["Ada", "Ben", "Cleo", "Dora"]);
        room.group(0).relock(new.clone(), password.clone(), &[Id(2), Id(3)]).unwrap();
        let mut frames = intercepted(&mut room, 1);
        let position = frames.iter().position(|frame| frame[1] == 17).unwrap();
        let relocked = frames.remove(position);
        let Ok(DaemonFrame::Relocked { by, lock, heart, .. }) = DaemonFrame::decode(&relocked) else {
            panic!()
        };
        room.hears_all(1, &frames[..position]);
        room.hears(1, &DaemonFrame::Relocked { by, lock, heart, staying: staying.into() }.encode());
        let told = room.told(1);
        assert!(
            matches!(told.as_slice(), [Happening::Relocked { without: Some(SealError::NoDoor), .. }]),
            "{told:?}"
        );
    }
}

/// To whom a member passes anything before it next speaks.
fn passed_to(room: &mut Players, at: usize) -> Vec<Id> {
    room.say(at, "hello");
    let frames = room.group(at).frames();
    let to = |frame: &Vec<u8>| match ClientFrame::decode(frame).unwrap() {
        ClientFrame::Pass(passes) => passes.iter().map(|(to, _)| *to).collect(),
        _ => vec![],
    };
    frames.iter().flat_map(to).collect()
}

#[test]
fn who_relocks_is_told_of_another_list_and_shuts_out_whom_it_has_not_listed() {
    for (staying, stays) in [
        (vec![Id(1), Id(2), Id(3)], vec![Id(2)]),
        (vec![Id(1)], vec![]),
        (vec![Id(2), Id(1)], vec![Id(2)]),
        (vec![Id(1), Id(2), Id(9)], vec![Id(2)]),
    ] {
        let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
        let (new, password) = other_door(1);
        room.group(0).relock(new, password, &[Id(2)]).unwrap();
        let frames = intercepted(&mut room, 0);
        let relocked = frames.iter().find(|frame| frame[1] == 17).unwrap();
        let Ok(DaemonFrame::Relocked { by, lock, heart, .. }) = DaemonFrame::decode(relocked) else {
            panic!()
        };
        room.hears(0, &DaemonFrame::Relocked { by, lock, heart, staying: staying.into() }.encode());
        assert_eq!(room.told(0)[0], Happening::Lie(Lie::Staying));
        assert_eq!(room.group(0).accepted(), stays);
        assert_eq!(passed_to(&mut room, 0), stays);
    }
}

#[test]
fn who_relocks_and_comes_back_shuts_out_whom_it_has_not_listed() {
    for is_kept in [false, true] {
        let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
        let (new, password) = other_door(1);
        room.group(0).relock(new, password, &[Id(2)]).unwrap();
        let cleo = room.daemon.seats[2].clone();
        while room.up(0) {}
        room.breaks(0);
        if is_kept {
            room.daemon.seats.push(cleo);
        }
        room.returns(0);
        room.settle();
        assert_eq!(room.told(0).contains(&Happening::Lie(Lie::Staying)), is_kept);
        assert_eq!(passed_to(&mut room, 0), [Id(2)]);
    }
}

#[test]
fn who_is_shut_out_hands_nothing_on() {
    let mut room = Players::under(Rule::Everyone, &["Ada", "Ben", "Cleo"]);
    let (now, ada) = (room.now, room.group(1).card(Id(1)).unwrap().voice);
    room.group(1).say(Body::Kick(ada), now).unwrap();
    room.settle();
    assert_eq!(room.told(2), [Happening::ShutOut { id: Id(1), by: Id(2) }]);
    room.hears(2, &DaemonFrame::Handed { id: Id(3), by: Id(1), payload: &[0; 400] }.encode());
    assert_eq!(room.told(2), [Happening::Handed { id: Id(3), by: Id(1), proof: Proof::Refuted }]);
    assert_eq!(room.group(2).keeper(), Some(Id(1)));
}

/// What a member has sent last, as the daemon shows it as a message.
fn shown_as_message(room: &mut Players, at: usize) -> Vec<u8> {
    let frames = room.group(at).frames();
    let payload = match ClientFrame::decode(frames.last().unwrap()).unwrap() {
        ClientFrame::Say { payload } => payload.to_vec(),
        ClientFrame::Order { command, .. } => match Command::decode(command).unwrap() {
            Command::Kick { payload, .. } => payload.to_vec(),
            command => panic!("{command:?}"),
        },
        frame => panic!("{frame:?}"),
    };
    DaemonFrame::Said { from: room.id(at), payload: &payload }.encode()
}

#[test]
fn what_a_daemon_denies_and_shows_all_the_same_costs_the_next_word_nothing() {
    for (is_order, why) in [
        (true, Denial::NotYours),
        (true, Denial::TooFast),
        (false, Denial::NotYours),
        (false, Denial::TooFast),
    ] {
        let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
        let now = room.now;
        room.say(0, "before");
        room.settle();
        if is_order {
            room.group(0).kick(Id(2), now).unwrap();
        } else {
            room.group(0).say(Body::Typing { at: 0 }, now).unwrap();
        }
        let shown = shown_as_message(&mut room, 0);
        let frame = if is_order { 8 } else { 4 };
        room.hears(0, &DaemonFrame::Denied { frame, why, retry_ms: 0 }.encode());
        room.hears(2, &shown);
        room.told(2);
        room.say(0, "next");
        room.ticks(1_000);
        room.settle();
        room.ticks(1_000);
        room.settle();
        assert_eq!(room.read(2), [(Id(1), "next".to_owned())], "{is_order}, {why:?}");
    }
}

#[test]
fn an_order_that_goes_as_a_mere_word_is_said_again_where_that_is_denied() {
    let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
    let now = room.now;
    room.group(0).kick(Id(3), now).unwrap();
    while room.up(0) {}
    room.breaks(0);
    room.settle();
    room.returns(0);
    // `hello`, `resume`, `welcome`.
    assert!(room.down(0) && room.up(0) && room.down(0));
    let is_say = |frame: &Vec<u8>| matches!(ClientFrame::decode(frame), Ok(ClientFrame::Say { .. }));
    let (said, others): (Vec<_>, Vec<_>) = room.group(0).frames().into_iter().partition(is_say);
    assert_eq!(said.len(), 1);
    let on = room.all[0].on.unwrap();
    room.daemon.hears_all(on, &others);
    room.hears(0, &DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 100 }.encode());
    room.say(0, "next");
    room.ticks(100);
    room.settle();
    assert_eq!(room.read(1), [(Id(1), "next".to_owned())]);
}

#[test]
fn what_a_daemon_makes_an_order_of_is_heard_as_what_it_is() {
    for is_kick in [false, true] {
        let mut room = Players::of(&["Ada", "Ben", "Cleo"]);
        let now = room.now;
        room.say(0, "before");
        room.settle();
        let body =
            if is_kick { Body::Kick(room.group(0).card(Id(3)).unwrap().voice) } else { message("hello") };
        room.group(0).say(body.clone(), now).unwrap();
        let frames = intercepted(&mut room, 1);
        room.told(1);
        let Ok(DaemonFrame::Said { payload, .. }) = DaemonFrame::decode(frames.last().unwrap()) else {
            panic!()
        };
        room.hears(1, &DaemonFrame::Handed { id: Id(3), by: Id(1), payload }.encode());
        let told = room.told(1);
        let refuted = Happening::Handed { id: Id(3), by: Id(1), proof: Proof::Refuted };
        let [first, second] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(*second, refuted);
        assert!(match first {
            Happening::ShutOut { id: Id(3), by: Id(1) } => is_kick,
            Happening::Said { from: Id(1), body: said, .. } => !is_kick && *said == body,
            _ => false,
        });
    }
}
