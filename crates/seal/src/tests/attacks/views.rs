//! What a member says that it saw, and who shows what in a `welcome` and in cards.

use sanctuary_sign::SigningKey;
use sanctuary_wire::{DaemonFrame, Entry, Id, Refusal, Seated};

use super::super::super::*;
use super::super::by_hand::ByHand;
use super::super::room::{Players, message};
use super::super::rooms::other_door;
use super::super::vectors::{bytes, door};
use super::card;

/// Whether Ada says of Eve that she sees another room, after Eve has said these, one after the other.
fn differs(seen: impl Fn(u64) -> Vec<(u32, u32, u64)>) -> bool {
    let mut room = Players::of(&["Ada", "Ben"]);
    let eve = ByHand::enters(&mut room, &door(), "Eve");
    let mut chain = eve.hands_out(&mut room, Id(1));
    let joined = room.daemon.order.count;
    room.say(1, "hello");
    room.settle();
    let mut told = vec![];
    for (n, lock, count) in seen(joined) {
        // She sees what Ada sees, as far as Ada has seen anything.
        let view = room.group(0).view_at(count).unwrap_or(View([0; 16]));
        eve.says(&mut room, &mut chain, &Say { n, lock, count, view, body: message("x") });
        told.extend(room.told(0));
    }
    assert!(told.iter().any(|told| matches!(told, Happening::Said { from: Id(3), .. })), "{told:?}");
    told.contains(&Happening::Differs(Id(3)))
}

#[test]
fn what_no_honest_member_can_have_seen_is_told() {
    assert!(!differs(|joined| vec![(0, 0, joined), (0, 0, joined), (0, 0, joined + 1)]));
    assert!(differs(|joined| vec![(1, 0, joined)]), "a key that was not shown");
    assert!(differs(|joined| vec![(0, 1, joined)]), "a lock number that is not reached");
    assert!(differs(|joined| vec![(0, 0, joined + 2)]), "a count that is not reached");
    assert!(differs(|joined| vec![(0, 0, joined - 1)]), "from before it joined");
    assert!(differs(|joined| vec![(0, 0, joined + 1), (0, 0, joined)]), "less than it has seen");
}

#[test]
fn what_was_before_ones_own_time_is_told() {
    for (before, is_told) in [(0, false), (1, true)] {
        let mut room = Players::of(&["Ada"]);
        let mut eve = ByHand::enters(&mut room, &door(), "Eve");
        let ben = room.enters("Ben");
        room.settle();
        let count = room.daemon.order.count - before;
        eve.listens(&mut room);
        let joined = eve.frames.iter().find_map(|frame| match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Joined { id, entry, card } => {
                Some((id, Card::open(&door(), &entry, &card).unwrap()))
            }
            _ => None,
        });
        eve.cards.extend(joined);
        let mut chain = eve.hands_out(&mut room, Id(3));
        let view = room.group(ben).view_at(count).unwrap_or(View([0; 16]));
        eve.says(&mut room, &mut chain, &Say { n: 0, lock: 0, count, view, body: message("x") });
        assert_eq!(room.told(ben).contains(&Happening::Differs(eve.id)), is_told, "{count}");
    }
}

/// A daemon that counts ahead for who comes back would keep every view from being compared.
#[test]
fn one_word_may_cross_a_coming_back_and_a_second_is_told() {
    let mut room = Players::of(&["Ada"]);
    let eve = ByHand::enters(&mut room, &door(), "Eve");
    room.settle();
    let count = room.daemon.order.count;
    room.breaks(0);
    room.settle();
    room.returns(0);
    room.settle();
    let mut chain = eve.hands_out(&mut room, Id(1));
    room.told(0);
    let view = room.group(0).view_at(count).unwrap();
    for is_told in [false, true] {
        eve.says(&mut room, &mut chain, &Say { n: 0, lock: 0, count, view, body: message("x") });
        let told = room.told(0);
        assert!(told.iter().any(|told| matches!(told, Happening::Said { .. })), "{told:?}");
        assert_eq!(told.contains(&Happening::Differs(eve.id)), is_told);
    }
}

#[test]
fn a_card_of_a_known_voice_never_goes_back_and_an_id_keeps_its_voice() {
    let mut room = Players::of(&["Ada"]);
    let eve = ByHand::enters(&mut room, &door(), "Eve");
    let (mut random, entry) = (Random::from_system().unwrap(), room.daemon.seats[1].entry.clone());
    let mut show = |room: &mut Players, voice: &SigningKey, public: Public, n: u32| {
        let shown = Card { alias: "Eve".parse().unwrap(), voice: voice.public(), public, n };
        let sealed = shown.seal(&door(), voice, &entry, &mut random);
        room.told(0);
        room.hears(0, &DaemonFrame::Renewed { id: eve.id, card: card(&sealed) }.encode());
        room.told(0)
    };
    let [first, second] = [1, 2].map(|_| KeyPair::draw(&mut Random::from_system().unwrap()).public());
    let refused = |why| vec![Happening::Unreadable { id: eve.id, why }];
    assert_eq!(show(&mut room, &eve.voice, first, 3), []);
    assert_eq!(show(&mut room, &eve.voice, first, 3), [], "the same again");
    assert_eq!(show(&mut room, &eve.voice, eve.keys.public(), 2), refused(SealError::Outdated));
    assert_eq!(show(&mut room, &eve.voice, second, 3), refused(SealError::Outdated));
    assert_eq!(show(&mut room, &eve.voice, second, 4), [Happening::Ready(eve.id)]);
    let other = SigningKey::from_seed(&bytes("another voice"));
    assert_eq!(show(&mut room, &other, first, 5), refused(SealError::Taken));
}

#[test]
fn what_is_said_by_who_shows_an_older_card_is_told_as_unread() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let before = room.daemon.seats[0].card.clone();
    let now = room.now;
    room.group(0).thawed(now);
    room.settle();
    room.told(1);
    room.hears(1, &DaemonFrame::Renewed { id: Id(1), card: card(&before) }.encode());
    let why = SealError::Outdated;
    assert_eq!(room.told(1), [Happening::Unreadable { id: Id(1), why }]);
    room.say(0, "hello");
    room.settle();
    assert!(room.told(1).contains(&Happening::Unread { from: Id(1), why }));
}

#[test]
fn an_alias_of_somebody_present_is_refused_whatever_the_daemon_lets_in() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let (mut random, voice, entry) =
        (Random::from_system().unwrap(), SigningKey::from_seed(&[9; 32]), Entry([9; 16]));
    for (id, alias) in [(7, "BEN"), (8, "ada")] {
        let public = KeyPair::draw(&mut random).public();
        let shown = Card { alias: alias.parse().unwrap(), voice: voice.public(), public, n: 0 };
        let sealed = shown.seal(&door(), &voice, &entry, &mut random);
        let joined = DaemonFrame::Joined { id: Id(id), entry: entry.clone(), card: card(&sealed) };
        room.hears(0, &joined.encode());
        assert_eq!(room.told(0), [Happening::Unreadable { id: Id(id), why: SealError::AliasInUse }]);
    }
}

/// Eve shows a member one card after the other, of these aliases or of none that opens. Returns what it is
/// told of the last.
fn shows(
    room: &mut Players,
    to: usize,
    eve: &ByHand,
    door: &Door,
    aliases: &[Option<&str>],
) -> Vec<Happening> {
    let entry = room.daemon.seats.iter().find(|seat| seat.id == eve.id).unwrap().entry.clone();
    let mut random = Random::from_system().unwrap();
    for (n, alias) in (1..).zip(aliases) {
        let sealed = alias.map_or(vec![7; 300], |alias| {
            let public = KeyPair::draw(&mut random).public();
            let shown = Card { alias: alias.parse().unwrap(), voice: eve.voice.public(), public, n };
            shown.seal(door, &eve.voice, &entry, &mut random)
        });
        room.told(to);
        room.hears(to, &DaemonFrame::Renewed { id: eve.id, card: card(&sealed) }.encode());
    }
    room.told(to)
}

#[test]
fn who_was_not_heard_meanwhile_gets_no_alias_of_somebody_who_came() {
    for (before, is_relocked) in [(Some("Ada"), false), (None, false), (Some("Ada"), true), (None, true)] {
        let mut room = Players::of(&["Ada"]);
        let mut door = door();
        if is_relocked {
            let (new, password) = other_door(1);
            room.group(0).relock(new.clone(), password, &[]).unwrap();
            room.settle();
            door = new;
        }
        let eve = ByHand::enters(&mut room, &door, "Eve");
        shows(&mut room, 0, &eve, &door, &[Some("Zoe"), before]);
        assert_eq!(room.group(0).accepted(), []);
        room.enters_by(door.clone(), "Zoe");
        room.settle();
        assert_eq!(room.group(0).accepted(), [Id(3)], "her alias was free");
        let refused = Happening::Unreadable { id: eve.id, why: SealError::AliasInUse };
        // Her numbers go on where they were.
        let told = shows(&mut room, 0, &eve, &door, &[None, None, Some("Zoe")]);
        assert_eq!(told, [refused], "{before:?}, {is_relocked}");
    }
}

#[test]
fn who_was_refused_in_a_welcome_is_not_met_by_a_later_card() {
    for is_refused in [false, true] {
        let mut room = Players::of(&["Cleo"]);
        let (door, password) = other_door(1);
        room.group(0).relock(door.clone(), password, &[]).unwrap();
        room.settle();
        let eve = ByHand::enters(&mut room, &door, "Eve");
        let ada = room.enters_by(door.clone(), "Ada");
        welcomed(&mut room, ada, |mut welcome| {
            let DaemonFrame::Welcome { members, .. } = &mut welcome else { panic!() };
            members[1].card = card(&[7; 300]);
            welcome.encode()
        });
        if is_refused {
            // With a key of Ada's own.
            let (entry, (_, keys, _)) = (room.daemon.seats[1].entry.clone(), room.group(ada).seized());
            let (voice, public) = (eve.voice.public(), keys.public());
            let shown = Card { alias: "Eve".parse().unwrap(), voice, public, n: 0 };
            let sealed = shown.seal(&door, &eve.voice, &entry, &mut Random::from_system().unwrap());
            room.hears(ada, &DaemonFrame::Renewed { id: eve.id, card: card(&sealed) }.encode());
        }
        let told = shows(&mut room, ada, &eve, &door, &[None, Some("Ada")]);
        let refused = Happening::Unreadable { id: eve.id, why: SealError::AliasInUse };
        assert_eq!(told, [if is_refused { refused } else { Happening::Ready(eve.id) }]);
    }
}

/// A welcome that is under way to a newcomer, or to who comes back, exchanged.
fn welcomed(room: &mut Players, at: usize, alter: impl FnOnce(DaemonFrame<'_>) -> Vec<u8>) -> Vec<Happening> {
    room.down(at);
    room.up(at);
    let on = room.all[at].on.unwrap();
    let sent = room.daemon.down.get_mut(&on).unwrap().pop_front().unwrap();
    let altered = alter(DaemonFrame::decode(&sent).unwrap());
    room.hears(at, &altered);
    room.told(at)
}

#[test]
fn who_finds_its_own_alias_taken_leaves() {
    let mut room = Players::of(&["Ada"]);
    let (mut random, voice) = (Random::from_system().unwrap(), SigningKey::from_seed(&[9; 32]));
    let entry = Entry([9; 16]);
    let public = KeyPair::draw(&mut random).public();
    let shown = Card { alias: "ben".parse().unwrap(), voice: voice.public(), public, n: 0 };
    let sealed = shown.seal(&door(), &voice, &entry, &mut random);
    for (away, expected) in
        [(false, Happening::Refused { why: Refusal::AliasInUse, retry_ms: 0 }), (true, Happening::Entered)]
    {
        let ben = room.enters("Ben");
        let told = welcomed(&mut room, ben, |welcome| {
            let mut altered = welcome;
            let DaemonFrame::Welcome { members, .. } = &mut altered else { panic!() };
            members.insert(0, Seated { id: Id(1000), entry: entry.clone(), card: card(&sealed), away });
            altered.encode()
        });
        assert_eq!(told, [expected]);
        let frames = room.group(ben).frames();
        assert_eq!(frames.last() == Some(&sanctuary_wire::ClientFrame::Exit.encode()), !away);
        room.breaks(ben);
        room.settle();
    }
}

#[test]
fn another_card_or_seat_of_ones_own_and_another_heart_are_told() {
    for lie in 0..4 {
        let mut room = Players::of(&["Ada", "Ben"]);
        let now = room.now;
        let heart = room.group(0).heart().unwrap().clone();
        let again = heart.seal(&door(), &mut Random::from_system().unwrap()).unwrap();
        room.breaks(1);
        room.settle();
        room.returns(1);
        room.told(1);
        let told = welcomed(&mut room, 1, |welcome| {
            let mut altered = welcome;
            let DaemonFrame::Welcome { members, heart, lock, .. } = &mut altered else { panic!() };
            match lie {
                0 => members[1].card = members[0].card,
                1 => drop(members.remove(1)),
                2 => *heart = again.as_slice().try_into().unwrap(),
                _ => *lock = 0,
            }
            altered.encode()
        });
        let expected = [Some(Lie::OwnCard), Some(Lie::OwnCard), Some(Lie::Heart), None];
        let lies: Vec<_> = told.iter().filter(|told| matches!(told, Happening::Lie(_))).collect();
        assert_eq!(lies, expected[lie].map(Happening::Lie).iter().collect::<Vec<_>>(), "{now}");
    }
    let mut room = Players::of(&["Ada"]);
    let ben = room.enters("Ben");
    let told = welcomed(&mut room, ben, |welcome| {
        let mut altered = welcome;
        let DaemonFrame::Welcome { members, .. } = &mut altered else { panic!() };
        members[1].card = members[0].card;
        altered.encode()
    });
    assert_eq!(told, [Happening::Entered, Happening::Lie(Lie::OwnCard)]);
}

#[test]
fn who_is_shown_somebody_twice_or_a_keeper_who_is_nowhere_does_not_enter() {
    for is_twice in [false, true] {
        for is_first in [false, true] {
            let mut room = Players::of(&["Ada", "Ben"]);
            let at = if is_first { room.enters("Cleo") } else { 1 };
            if !is_first {
                room.breaks(1);
                room.returns(1);
                room.told(1);
            }
            let told = welcomed(&mut room, at, |mut welcome| {
                let DaemonFrame::Welcome { members, keeper, .. } = &mut welcome else { panic!() };
                if is_twice {
                    members.extend_from_within(..1);
                } else {
                    *keeper = Id(9);
                }
                welcome.encode()
            });
            let lie = Happening::Lie(if is_twice { Lie::Returned(Id(1)) } else { Lie::Keeper(Id(9)) });
            if is_first {
                assert_eq!(told, [lie]);
                let exit = sanctuary_wire::ClientFrame::Exit.encode();
                assert_eq!(room.group(at).frames(), [exit]);
            } else {
                assert_eq!(told[0], lie);
                assert_eq!(room.group(1).members().len(), 2);
            }
        }
    }
}

/// As many members come and go as it takes to forget all keys that were shown before.
fn shows_many(room: &mut Players, to: usize) {
    let (mut random, entry) = (Random::from_system().unwrap(), Entry([9; 16]));
    for number in 0..=SEEN_MOST as u64 / 2 {
        let voice = SigningKey::from_seed(&bytes(&format!("voice {number}")));
        let public = KeyPair::draw(&mut random).public();
        let shown =
            Card { alias: format!("n{number}").parse().unwrap(), voice: voice.public(), public, n: 0 };
        let sealed = shown.seal(&door(), &voice, &entry, &mut random);
        let id = Id(100 + number);
        room.hears(to, &DaemonFrame::Joined { id, entry: entry.clone(), card: card(&sealed) }.encode());
        room.hears(to, &DaemonFrame::Left { id, how: sanctuary_wire::Departure::Gone }.encode());
    }
    room.told(to);
}

#[test]
fn keys_of_who_is_there_and_ones_own_are_taken_however_many_were_shown_since() {
    let mut room = Players::of(&["Ada", "Ben"]);
    shows_many(&mut room, 0);
    // Nobody is refused for the alias of somebody who is away.
    room.hears(0, &DaemonFrame::Away(Id(2)).encode());
    room.told(0);
    let ben = room.daemon.seats[1].clone();
    let joined = DaemonFrame::Joined { id: Id(9_000), entry: ben.entry, card: card(&ben.card) };
    room.hears(0, &joined.encode());
    assert_eq!(room.told(0), [Happening::Unreadable { id: Id(9_000), why: SealError::Taken }]);

    room.breaks(0);
    room.returns(0);
    let ada = room.daemon.seats[0].clone();
    let told = welcomed(&mut room, 0, |welcome| {
        let mut altered = welcome;
        let DaemonFrame::Welcome { members, .. } = &mut altered else { panic!() };
        let (entry, card) = (ada.entry.clone(), card(&ada.card));
        members.push(Seated { id: Id(10_000), entry, card, away: false });
        altered.encode()
    });
    assert!(told.contains(&Happening::Unreadable { id: Id(10_000), why: SealError::Taken }), "{told:?}");
}

#[test]
fn who_was_shut_out_stays_so_under_another_number() {
    let mut room = Players::of(&["Ada", "Ben"]);
    let eve = ByHand::enters(&mut room, &door(), "Eve");
    let now = room.now;
    room.group(0).kick(eve.id, now).unwrap();
    room.settle();
    room.told(1);
    // Her voice is forgotten among those that were seen: only that she was put out speaks against her.
    shows_many(&mut room, 1);
    let (mut random, entry) = (Random::from_system().unwrap(), Entry([9; 16]));
    let public = KeyPair::draw(&mut random).public();
    let shown = Card { alias: "Eve".parse().unwrap(), voice: eve.voice.public(), public, n: 0 };
    let sealed = shown.seal(&door(), &eve.voice, &entry, &mut random);
    room.hears(1, &DaemonFrame::Joined { id: Id(10_000), entry, card: card(&sealed) }.encode());
    assert_eq!(room.told(1), [Happening::Unreadable { id: Id(10_000), why: SealError::ShutOut }]);
}

#[test]
fn a_chain_that_was_handed_out_before_one_was_away_reads_nothing_after() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "before");
    room.settle();
    let payload = {
        room.say(0, "while Ben is away");
        let frames = room.group(0).frames();
        let Ok(sanctuary_wire::ClientFrame::Say { payload }) =
            sanctuary_wire::ClientFrame::decode(&frames[0])
        else {
            panic!()
        };
        payload.to_vec()
    };
    room.breaks(1);
    room.returns(1);
    room.down(1);
    room.up(1);
    room.down(1);
    room.told(1);
    room.hears(1, &DaemonFrame::Said { from: Id(1), payload: &payload }.encode());
    assert_eq!(room.told(1), [Happening::Unread { from: Id(1), why: SealError::NoChain }]);
}

#[test]
fn a_door_behind_which_is_another_heart_is_not_taken() {
    for lie in 0..4 {
        let mut room = Players::of(&["Ada", "Ben"]);
        let mut heart = room.group(0).heart().unwrap().clone();
        match lie {
            0 => heart.secret = Secret([9; 32]),
            1 => heart.rule = sanctuary_wire::Rule::Everyone,
            2 => heart.alias = "Eve".parse().unwrap(),
            _ => heart.at += 1,
        }
        let (new, password) = other_door(1);
        room.group(0).relock(new.clone(), password, &[Id(2)]).unwrap();
        while room.up(0) {}
        let sealed = heart.seal(&new, &mut Random::from_system().unwrap()).unwrap();
        let on = room.all[1].on.unwrap();
        let frames: Vec<_> = room.daemon.down.get_mut(&on).unwrap().drain(..).collect();
        for frame in &frames {
            match DaemonFrame::decode(frame).unwrap() {
                DaemonFrame::Relocked { by, lock, staying, .. } => {
                    let heart = sealed.as_slice().try_into().unwrap();
                    room.hears(1, &DaemonFrame::Relocked { by, lock, heart, staying }.encode());
                }
                _ => room.hears(1, frame),
            }
        }
        let told = room.told(1);
        let refused =
            |told: &Happening| matches!(told, Happening::Relocked { without: Some(SealError::NoDoor), .. });
        assert!(told.iter().any(refused), "{lie}: {told:?}");
    }
}
