//! What the members of each room have been told, held against the rooms through their public face.

use std::collections::{BTreeSet, HashMap};

use sanctuary::room::{ConnectionId, Effect, Rooms};
use sanctuary_wire::{DaemonFrame, Id, RoomId, Seat};

/// A room as one member has been told of it.
struct View {
    room: RoomId,
    me: Id,
    keeper: Id,
    said: u64,
    members: BTreeSet<Id>,
}

/// Everyone's view, and every seat that was given.
#[derive(Default)]
pub struct Views {
    of: HashMap<ConnectionId, View>,
    pub seats: Vec<(RoomId, Seat)>,
}

impl Views {
    /// The connection is no more.
    pub fn forget(&mut self, connection: ConnectionId) {
        self.of.remove(&connection);
    }

    /// Takes in the effects of an event; `asked` is who knocked, and at which room.
    pub fn take_in(&mut self, rooms: &Rooms, asked: Option<(ConnectionId, RoomId)>, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Room { room, except, frame } => {
                    for to in rooms.present(room).filter(|to| Some(*to) != *except) {
                        let view = self.of.get_mut(&to).expect("only members are told");
                        assert_eq!(view.room, *room, "told of another room");
                        view.hear(&DaemonFrame::decode(frame).unwrap());
                    }
                }
                Effect::One { to, frame } => match DaemonFrame::decode(frame).unwrap() {
                    DaemonFrame::Welcome { you, seat, keeper, said, members, .. } => {
                        let (who, room) = asked.expect("a welcome answers a knock");
                        assert_eq!(who, *to);
                        self.seats.push((room, seat));
                        let members = members.iter().map(|seated| seated.id).collect();
                        self.of.insert(*to, View { room, me: you, keeper, said, members });
                    }
                    DaemonFrame::Passed { from, .. } => {
                        let view = &self.of[to];
                        assert!(from != view.me && view.members.contains(&from), "passed by a stranger");
                    }
                    DaemonFrame::Denied { .. } => assert!(self.of.contains_key(to)),
                    other => panic!("{other:?} is for a whole room"),
                },
                Effect::Close { to, frame, code } => {
                    assert!(!rooms.is_member(*to), "ended, yet a member");
                    let last = frame.as_deref().map(|frame| DaemonFrame::decode(frame).unwrap());
                    match (last, self.of.remove(to)) {
                        (Some(DaemonFrame::Refused(_)), None) => assert_eq!(*code, 4000),
                        (Some(DaemonFrame::Over { end, .. }), Some(_)) => {
                            assert_eq!(*code, end.close_code());
                        }
                        (None, Some(_)) => assert_eq!(*code, 1000),
                        (other, was) => panic!("{other:?} ends one who was a member: {}", was.is_some()),
                    }
                }
            }
        }
        self.check(rooms);
    }

    fn check(&self, rooms: &Rooms) {
        let counts = rooms.counts();
        let open: BTreeSet<RoomId> = self.of.values().map(|view| view.room).collect();
        assert!(counts.members >= self.of.len() && counts.rooms >= open.len());
        assert_eq!(counts.rooms == 0, counts.members == 0, "an empty room, or members of none");
        for room in open {
            let here: BTreeSet<ConnectionId> = rooms.present(&room).collect();
            let told: BTreeSet<ConnectionId> =
                self.of.iter().filter(|(_, view)| view.room == room).map(|(who, _)| *who).collect();
            assert_eq!(here, told, "somebody sits there untold");
        }
        for (who, view) in &self.of {
            assert!(rooms.is_member(*who));
            assert!(view.members.contains(&view.me) && view.members.contains(&view.keeper));
        }
    }
}

impl View {
    fn hear(&mut self, frame: &DaemonFrame<'_>) {
        match frame {
            DaemonFrame::Joined { id, .. } => {
                assert!(self.members.last().is_none_or(|last| last < id), "an id is given twice");
                self.members.insert(*id);
            }
            DaemonFrame::Left { id, .. } => assert!(*id != self.me && self.members.remove(id)),
            DaemonFrame::Said { number, from, .. } => {
                assert_eq!(*number, self.said + 1);
                assert!(self.members.contains(from), "a stranger speaks");
                self.said = *number;
            }
            DaemonFrame::Away(id) | DaemonFrame::Back(id) => assert!(self.members.contains(id)),
            DaemonFrame::Keeper(id) => self.keeper = *id,
            DaemonFrame::Locked(_) => {}
            other => panic!("{other:?} is not for a whole room"),
        }
    }
}
