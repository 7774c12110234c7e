//! Who can read what: groups of several members with the daemon's part played by hand.

use std::collections::BTreeMap;

use super::super::*;
use super::vectors::first_door;
use sanctuary_wire::{ClientFrame, Id, Seated, limits};

/// A room without a daemon: everyone's group, and everyone's card.
struct Room {
    door: Door,
    members: BTreeMap<Id, Group>,
    cards: BTreeMap<Id, Vec<u8>>,
}

fn words(text: &str) -> TimedText {
    TimedText { at: 1, text: text.into() }
}

fn message(text: &str) -> Body {
    Body::Message(words(text))
}

impl Room {
    fn of(aliases: &[&str]) -> Self {
        let mut room = Self { door: first_door(), members: BTreeMap::new(), cards: BTreeMap::new() };
        for alias in aliases {
            room.enter(alias);
        }
        room
    }

    fn enter(&mut self, alias: &str) {
        let id = Id(self.cards.len() as u64 + 1);
        let mut group = Group::new(self.door.clone(), alias.parse().unwrap(), Random::from_system().unwrap());
        let card = group.card();
        for member in self.members.values_mut() {
            assert_eq!(member.joined(id, &card).unwrap().alias.as_str(), alias);
        }
        self.cards.insert(id, card);
        self.members.insert(id, group);
        self.welcome(id, &[]);
    }

    fn welcome(&mut self, id: Id, away: &[Id]) {
        let present: Vec<Id> = self.members.keys().copied().collect();
        let seated: Vec<Seated> = present
            .iter()
            .map(|id| Seated {
                id: *id,
                card: self.cards[id].as_slice().try_into().unwrap(),
                away: away.contains(id),
            })
            .collect();
        assert_eq!(self.members.get_mut(&id).unwrap().welcome(id, &seated), []);
    }

    fn leave(&mut self, id: Id) -> Group {
        let gone = self.members.remove(&id).unwrap();
        self.members.values_mut().for_each(|member| member.left(id));
        gone
    }

    /// `from` speaks; the passes reach whom they name, the payload is returned.
    fn speak(&mut self, from: Id, text: &str) -> SealedMessage {
        let sealed = self.members.get_mut(&from).unwrap().message(words(text)).unwrap();
        for (to, passed) in &sealed.passes {
            if let Some(member) = self.members.get_mut(to) {
                assert_eq!(member.passed(from, passed), Ok(None));
            }
        }
        sealed
    }

    fn hear(&mut self, id: u64, from: Id, sealed: &SealedMessage) -> Result<Option<Body>, SealError> {
        self.members.get_mut(&Id(id)).unwrap().said(from, &sealed.payload)
    }
}

#[test]
fn everyone_present_reads_what_is_said_and_the_sender_too() {
    let mut room = Room::of(&["Ada", "Ben", "Cleo"]);
    for (text, passes) in [("one", 2), ("two", 0)] {
        let sealed = room.speak(Id(2), text);
        assert_eq!(sealed.passes.len(), passes, "a chain is handed over once");
        for id in 1..=3 {
            assert_eq!(room.hear(id, Id(2), &sealed), Ok(Some(message(text))));
        }
        assert_eq!(room.hear(2, Id(2), &sealed), Err(SealError::Replayed));
    }
}

#[test]
fn who_enters_reads_nothing_from_before() {
    let mut room = Room::of(&["Ada", "Ben"]);
    let before = room.speak(Id(1), "before");
    room.enter("Cleo");
    assert_eq!(room.hear(3, Id(1), &before), Err(SealError::NoChain));
    let after = room.speak(Id(1), "after");
    assert_eq!(after.passes.len(), 1);
    assert_eq!(room.hear(3, Id(1), &before), Err(SealError::Replayed));
    assert_eq!(room.hear(3, Id(1), &after), Ok(Some(message("after"))));
    assert_eq!(room.hear(2, Id(1), &before), Ok(Some(message("before"))));
    assert_eq!(room.hear(2, Id(1), &after), Ok(Some(message("after"))));
}

#[test]
fn who_has_left_reads_nothing_more() {
    let mut room = Room::of(&["Ada", "Ben", "Cleo"]);
    room.speak(Id(1), "while there");
    let mut gone = room.leave(Id(3));
    let after = room.speak(Id(1), "after");
    assert_eq!(after.passes.iter().map(|(to, _)| *to).collect::<Vec<_>>(), [Id(2)]);
    assert_eq!(room.hear(2, Id(1), &after), Ok(Some(message("after"))));
    // With the daemon's help: it gets every frame.
    assert_eq!(gone.passed(Id(1), &after.passes[0].1), Err(SealError::Forged));
    assert_eq!(gone.said(Id(1), &after.payload), Err(SealError::NoChain));
}

#[test]
fn who_left_and_came_back_under_another_number_is_given_the_new_chain() {
    let mut room = Room::of(&["Ada", "Ben"]);
    room.speak(Id(1), "one");
    room.leave(Id(2));
    room.enter("Ben");
    let sealed = room.speak(Id(1), "two");
    assert_eq!(room.hear(3, Id(1), &sealed), Ok(Some(message("two"))));
}

#[test]
fn who_is_away_is_given_the_chain_only_when_back() {
    let mut room = Room::of(&["Ada", "Ben", "Cleo"]);
    let first = room.speak(Id(1), "first");
    assert_eq!(room.hear(2, Id(1), &first), Ok(Some(message("first"))));
    for id in [1, 3] {
        room.members.get_mut(&Id(id)).unwrap().away(Id(2));
    }
    assert_eq!(room.speak(Id(1), "missed").passes, []);
    for id in [1, 3] {
        room.members.get_mut(&Id(id)).unwrap().back(Id(2));
    }
    room.welcome(Id(2), &[]);

    let again = room.speak(Id(1), "again");
    assert_eq!(again.passes.len(), 1, "the same generation, at a later counter");
    assert_eq!(room.hear(2, Id(1), &again), Ok(Some(message("again"))));
    let own = room.speak(Id(2), "here again");
    assert_eq!(own.passes.len(), 2);
    assert_eq!(room.hear(1, Id(2), &own), Ok(Some(message("here again"))));
}

#[test]
fn a_fresh_welcome_starts_a_fresh_chain_and_drops_who_left() {
    let mut room = Room::of(&["Ada", "Ben", "Cleo"]);
    room.speak(Id(1), "one");
    let mut gone = room.members.remove(&Id(3)).unwrap();
    room.welcome(Id(1), &[Id(2)]);
    assert!(room.members[&Id(1)].member(Id(3)).is_none());
    let sealed = room.speak(Id(1), "two");
    assert_eq!(sealed.passes, [], "Ben is away");
    assert_eq!(gone.said(Id(1), &sealed.payload), Err(SealError::NoChain));
}

#[test]
fn what_was_denied_is_forgotten_when_a_later_word_comes_back() {
    let mut room = Room::of(&["Ada"]);
    let denied = room.speak(Id(1), "too fast");
    let sealed = room.speak(Id(1), "in time");
    assert_eq!(room.hear(1, Id(1), &sealed), Ok(Some(message("in time"))));
    assert_eq!(room.hear(1, Id(1), &denied), Err(SealError::Replayed));
}

#[test]
fn after_a_denied_pass_everyone_is_given_a_chain_anew() {
    let mut room = Room::of(&["Ada", "Ben"]);
    let lost = room.members.get_mut(&Id(1)).unwrap().message(words("lost")).unwrap();
    assert_eq!(room.hear(2, Id(1), &lost), Err(SealError::NoChain));
    room.members.get_mut(&Id(1)).unwrap().passes_denied();
    let sealed = room.speak(Id(1), "again");
    assert_eq!(room.hear(2, Id(1), &sealed), Ok(Some(message("again"))));
}

#[test]
fn a_whisper_reaches_its_member_alone() {
    let mut room = Room::of(&["Ada", "Ben", "Cleo"]);
    let whisper = room.members.get_mut(&Id(1)).unwrap().whisper(Id(2), &words("psst")).unwrap();
    assert_eq!(room.members.get_mut(&Id(3)).unwrap().passed(Id(1), &whisper), Err(SealError::Forged));
    assert_eq!(room.members.get_mut(&Id(2)).unwrap().passed(Id(1), &whisper), Ok(Some(words("psst"))));
    let nobody = room.members.get_mut(&Id(1)).unwrap().whisper(Id(9), &words("psst"));
    assert_eq!(nobody, Err(SealError::NoSuchMember));
}

#[test]
fn who_shows_no_card_is_given_no_key() {
    let mut room = Room::of(&["Ada"]);
    let ada = room.members.get_mut(&Id(1)).unwrap();
    assert_eq!(ada.joined(Id(7), &[0; 192]), Err(SealError::Forged));
    assert!(ada.member(Id(7)).is_none());
    assert_eq!(room.speak(Id(1), "alone").passes, []);
}

#[test]
fn passes_are_split_by_number_and_by_size() {
    let sealed = vec![1; 192];
    for (count, largest, sizes) in [
        (0, 65_536, vec![]),
        (1, 65_536, vec![1]),
        (limits::PASSES_MOST, 65_536, vec![limits::PASSES_MOST]),
        (limits::PASSES_MOST + 1, 65_536, vec![limits::PASSES_MOST, 1]),
        (9, limits::SMALLEST_LARGEST_FRAME, vec![4, 4, 1]),
        (2, 1, vec![1, 1]),
    ] {
        let passes = (0..count as u64).map(|id| (Id(u64::MAX - id), sealed.clone())).collect();
        let mut frames = SealedMessage { passes, payload: vec![2; 8] }.frames(largest);
        assert_eq!(frames.pop(), Some(ClientFrame::Say { payload: &[2; 8] }.encode()));
        let carried: Vec<usize> = frames
            .iter()
            .map(|frame| {
                assert!(frame.len() <= largest || sizes == [1, 1]);
                let Ok(ClientFrame::Pass(passes)) = ClientFrame::decode(frame) else { panic!("no pass") };
                passes.len()
            })
            .collect();
        assert_eq!(carried, sizes);
    }
}
