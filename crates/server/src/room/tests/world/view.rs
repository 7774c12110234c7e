//! A client that believes what it is told, as long as it can be.

use std::collections::BTreeMap;

use sanctuary_wire::{DaemonFrame, Entry, Id, Order, RoomId, Rule, SealedDoor, Seated, cbor};
use sha2::{Digest, Sha256};

/// A seat as members are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Seat {
    pub(in super::super) entry: Entry,
    pub(in super::super) card: Vec<u8>,
    pub(in super::super) away: bool,
}

/// A room as its members are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Picture {
    pub(in super::super) room: RoomId,
    /// By rule 5, computed.
    pub(in super::super) keeper: Id,
    pub(in super::super) locked: bool,
    pub(in super::super) lock: u32,
    /// Its first byte is the room's rule: here nothing is sealed.
    pub(in super::super) heart: Vec<u8>,
    pub(in super::super) said: u64,
    pub(in super::super) order: Order,
    pub(in super::super) members: BTreeMap<Id, Seat>,
    /// The keeper has just changed, and the daemon has still to say so.
    pub(in super::super) is_keeper_untold: bool,
}

/// What one member knows.
#[derive(Clone, Debug)]
pub(in super::super) struct View {
    pub(in super::super) picture: Picture,
    pub(in super::super) me: Id,
    /// The highest id that it has heard of.
    highest: Id,
    /// The door that it was handed, for the lock number that is about to be.
    boxed: Option<(Id, SealedDoor)>,
}

impl Picture {
    /// As a `welcome` shows it.
    pub(super) fn of(room: RoomId, welcome: &DaemonFrame<'_>) -> Self {
        let DaemonFrame::Welcome { keeper, locked, lock, heart, said, count, order, members, .. } = welcome
        else {
            panic!("{welcome:?} is no welcome")
        };
        assert!(members.is_sorted_by(|one, next| one.id < next.id), "not in order of arrival");
        let seat = |Seated { id, entry, card, away }: &Seated<'_>| {
            (*id, Seat { entry: entry.clone(), card: card.to_vec(), away: *away })
        };
        Self {
            room,
            keeper: *keeper,
            locked: *locked,
            lock: *lock,
            heart: heart.to_vec(),
            said: *said,
            order: Order { count: *count, hash: *order },
            members: members.iter().map(seat).collect(),
            is_keeper_untold: false,
        }
    }

    pub(super) fn rule(&self) -> Rule {
        u64::from(self.heart[0]).try_into().unwrap()
    }

    pub(super) fn moderates(&self, id: Id) -> bool {
        self.members.contains_key(&id) && (self.rule() == Rule::Everyone || self.keeper == id)
    }

    /// What its messages carry (protocol, section 2, "One order for all").
    pub(in super::super) fn view(&self) -> [u8; 16] {
        let sha256 = |bytes: &[u8]| -> [u8; 32] { Sha256::digest(bytes).into() };
        let seat = |(id, seat): (&Id, &Seat)| (*id, seat.entry.clone(), sha256(&seat.card), seat.away);
        let seats = sha256(&cbor::encode(&self.members.iter().map(seat).collect::<Vec<_>>()));
        let all = (
            "sanctuary/1 view",
            self.room,
            self.order.hash,
            self.keeper,
            self.locked,
            self.lock,
            sha256(&self.heart),
            seats,
        );
        sha256(&cbor::encode(&all))[..16].try_into().unwrap()
    }

    /// Takes in a frame of the room's order.
    pub(super) fn hear(&mut self, frame: &DaemonFrame<'_>, bytes: &[u8]) {
        assert!(frame.is_in_order(), "{frame:?} is not for a whole room");
        let was_untold = std::mem::take(&mut self.is_keeper_untold);
        assert_eq!(was_untold, matches!(frame, DaemonFrame::Keeper(_)), "a keeper told late, or anew");
        self.order.push(bytes);
        match frame {
            DaemonFrame::Joined { id, entry, card } => {
                assert!(!self.locked, "let in, yet locked");
                let seat = Seat { entry: entry.clone(), card: card.to_vec(), away: false };
                assert!(self.members.insert(*id, seat).is_none());
            }
            DaemonFrame::Left { id, .. } => {
                assert!(self.members.remove(id).is_some(), "a stranger leaves");
                self.succeed();
            }
            DaemonFrame::Kicked { id, by, payload } => {
                assert!(by != id && self.moderates(*by), "kicked without right");
                assert!(said_by(payload, *by), "not said by who kicks");
                assert!(self.members.remove(id).is_some(), "a stranger is kicked");
                self.succeed();
            }
            DaemonFrame::Said { from, .. } => {
                assert!(self.members.contains_key(from), "a stranger speaks");
                self.said += 1;
            }
            DaemonFrame::Away(id) | DaemonFrame::Back(id) => {
                let seat = self.members.get_mut(id).expect("who goes or comes back has a seat");
                let goes = matches!(frame, DaemonFrame::Away(_));
                // Back may come without away: a seat resumed over a connection that still lived.
                assert!(!(goes && seat.away), "told, yet the same");
                seat.away = goes;
            }
            DaemonFrame::Keeper(id) => assert_eq!(*id, self.keeper, "not the keeper by rule 5"),
            DaemonFrame::Handed { id, by, payload } => {
                assert!(*by == self.keeper && by != id, "handed by who has no office");
                assert!(said_by(payload, *by), "not said by who hands");
                assert!(!self.members[id].away, "handed to somebody away");
                self.keeper = *id;
            }
            DaemonFrame::Locked { locked, by } => {
                assert!(self.moderates(*by), "locked without right");
                assert_ne!(self.locked, *locked, "told, yet the same");
                self.locked = *locked;
            }
            DaemonFrame::Renewed { id, card } => {
                let seat = self.members.get_mut(id).expect("a stranger shows a card");
                assert!(!seat.away, "renewed while away");
                seat.card = card.to_vec();
            }
            DaemonFrame::Relocked { by, lock, heart, staying } => {
                assert!(self.moderates(*by) && staying.contains(by), "relocked without right");
                assert_eq!(*lock, self.lock + 1);
                assert!(staying.iter().all(|id| self.members.contains_key(id)), "a stranger stays");
                (self.lock, self.heart) = (*lock, heart.to_vec());
                self.members.retain(|id, _| staying.contains(id));
                self.succeed();
            }
            other => panic!("{other:?} is not for a whole room"),
        }
    }

    /// The longest-present member keeps a room whose keeper is out, or the longest-seated if all
    /// are away.
    fn succeed(&mut self) {
        if !self.members.contains_key(&self.keeper) {
            let present = self.members.iter().find(|(_, seat)| !seat.away);
            self.keeper = *present.or(self.members.first_key_value()).expect("a room is left").0;
            self.is_keeper_untold = true;
        }
    }
}

impl View {
    /// What a member knows behind its `welcome`.
    pub(super) fn of(room: RoomId, welcome: &DaemonFrame<'_>) -> Self {
        let DaemonFrame::Welcome { you, .. } = welcome else { panic!("{welcome:?} is no welcome") };
        let picture = Picture::of(room, welcome);
        let highest = *picture.members.last_key_value().unwrap().0;
        Self { picture, me: *you, highest, boxed: None }
    }

    pub(super) fn hear(&mut self, frame: &DaemonFrame<'_>, bytes: &[u8]) {
        match frame {
            DaemonFrame::Joined { id, .. } => {
                assert!(*id > self.highest, "an id is given twice");
                self.highest = *id;
            }
            DaemonFrame::Relocked { by, lock, .. } => {
                let (from, door) = self.boxed.take().expect("handed no door");
                assert!(from == *by && door == door_of(self.me, *lock), "handed another's door");
            }
            DaemonFrame::Left { id, .. }
            | DaemonFrame::Kicked { id, .. }
            | DaemonFrame::Away(id)
            | DaemonFrame::Back(id) => assert_ne!(*id, self.me),
            _ => {}
        }
        assert!(self.boxed.is_none(), "a door, and no relock right behind it");
        self.picture.hear(frame, bytes);
        assert!(self.picture.members.contains_key(&self.me), "told of a room that it is out of");
    }

    pub(super) fn take_box(&mut self, by: Id, door: SealedDoor) {
        assert!(self.boxed.replace((by, door)).is_none(), "two doors at once");
    }
}

/// The payload of an order names who says it.
pub(super) fn payload_of(by: Id) -> Vec<u8> {
    [b"said by ".as_slice(), &by.0.to_be_bytes()].concat()
}

pub(super) fn said_by(payload: &[u8], by: Id) -> bool {
    payload == payload_of(by)
}

/// Each member's box, for each lock number, is another.
pub(super) fn door_of(id: Id, lock: u32) -> SealedDoor {
    let mut door = SealedDoor([0; 224]);
    door.0[..8].copy_from_slice(&id.0.to_be_bytes());
    door.0[8..12].copy_from_slice(&lock.to_be_bytes());
    door
}
