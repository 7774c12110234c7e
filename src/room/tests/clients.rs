//! Clients that believe what they are told, each with its own picture of its room.

use std::collections::HashMap;

use super::*;
use sanctuary_wire::Tag;

/// A room as one member sees it, from its `welcome` and all that followed.
pub(super) struct View {
    pub(super) room: RoomId,
    me: Id,
    rule: Rule,
    keeper: Id,
    locked: bool,
    said: u64,
    members: Vec<(Id, Vec<u8>, bool)>,
    highest: Id,
    /// What the room had been told when this member was welcomed.
    since: usize,
    heard: Vec<Bytes>,
}

/// Everyone's view, by connection, and what each room has been told.
#[derive(Default)]
pub(super) struct Clients {
    pub(super) views: HashMap<ConnectionId, View>,
    told: HashMap<RoomId, Vec<Bytes>>,
    /// Every seat that a welcome gave, and whose it was.
    pub(super) tokens: Vec<(RoomId, Seat, Id)>,
}

impl Clients {
    /// Carries out the effects of an event of `actor`, as the edge does, when it has been handled.
    pub(super) fn deliver(&mut self, rooms: &Rooms, actor: Option<ConnectionId>, effects: &[Effect]) {
        let mut closed = Vec::new();
        for effect in effects {
            match effect {
                Effect::Room { room, except, frame } => {
                    self.told.entry(*room).or_default().push(frame.clone());
                    for to in rooms.present(room).filter(|to| Some(*to) != *except) {
                        assert!(!closed.contains(&to), "told after its end");
                        let view = self.views.get_mut(&to).expect("only members are told");
                        assert_eq!(view.room, *room, "a member of another room is told");
                        view.hear(frame);
                    }
                }
                Effect::One { to, frame } => {
                    assert!(!closed.contains(to), "told after its end");
                    self.one(rooms, actor, *to, frame);
                }
                Effect::Close { to, frame, code } => {
                    assert!(!closed.contains(to), "ended twice");
                    assert!(!rooms.is_member(*to), "ended, yet a member");
                    closed.push(*to);
                    let was_member = self.views.remove(to).is_some();
                    let last = frame.as_deref().map(|frame| DaemonFrame::decode(frame).unwrap());
                    match last {
                        Some(DaemonFrame::Refused(_)) => assert!(Some(*to) == actor && !was_member),
                        Some(DaemonFrame::Over { end, .. }) => {
                            assert!(was_member && *code == end.close_code());
                        }
                        None => assert!(was_member && *code == 1000),
                        Some(other) => panic!("{other:?} is no last frame"),
                    }
                }
            }
        }
        self.told.retain(|room, _| rooms.open.contains_key(room));
    }

    fn one(&mut self, rooms: &Rooms, actor: Option<ConnectionId>, to: ConnectionId, frame: &Bytes) {
        match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Welcome { you, seat, rule, keeper, locked, said, members } => {
                assert!(Some(to) == actor && !self.views.contains_key(&to));
                let (room, id) = rooms.index.get(to).expect("a welcome is for a member");
                assert_eq!(id, you);
                match self.tokens.iter().find(|(_, token, _)| *token == seat) {
                    Some((whose, _, owner)) => assert_eq!((*whose, *owner), (room, you), "another's seat"),
                    None => self.tokens.push((room, seat, you)),
                }
                let members: Vec<_> =
                    members.iter().map(|seated| (seated.id, seated.card.to_vec(), seated.away)).collect();
                let highest = members.iter().map(|(id, ..)| *id).max().unwrap();
                let since = self.told.get(&room).map_or(0, Vec::len);
                let heard = Vec::new();
                let view = View { room, me: you, rule, keeper, locked, said, members, highest, since, heard };
                self.views.insert(to, view);
            }
            DaemonFrame::Passed { from, .. } => {
                let view = &self.views[&to];
                assert!(from != view.me && view.place(from).is_some());
                assert_eq!(view.room, self.views[&actor.unwrap()].room, "passed to another room");
            }
            DaemonFrame::Denied { .. } => assert!(Some(to) == actor && self.views.contains_key(&to)),
            other => panic!("{other:?} is for the whole room"),
        }
    }

    /// Holds every view against the rooms as they are.
    pub(super) fn check(&self, rooms: &Rooms) {
        for (connection, view) in &self.views {
            let room = &rooms.open[&view.room];
            let at = (room.id, view.me);
            assert_eq!(rooms.index.get(*connection), Some(at));
            assert_eq!((view.rule, view.keeper), (room.rule, room.keeper));
            assert_eq!((view.locked, view.said), (room.locked, room.said));
            let members: Vec<_> = room.members.iter().map(as_told).collect();
            assert_eq!(view.members, members, "a member's picture of the room is wrong");
            let told = self.told.get(&view.room).map_or(&[][..], |told| &told[view.since..]);
            assert_eq!(view.heard, told, "not everything, or not in the same order");
        }
        let present: usize = rooms.open.values().map(|room| room.members.present().count()).sum();
        assert_eq!(self.views.len(), present);
    }
}

impl View {
    fn place(&self, id: Id) -> Option<usize> {
        self.members.iter().position(|(member, ..)| *member == id)
    }

    fn hear(&mut self, frame: &Bytes) {
        self.heard.push(frame.clone());
        match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Joined { id, card } => {
                assert!(id > self.highest, "an id is given twice");
                self.highest = id;
                self.members.push((id, card.to_vec(), false));
            }
            DaemonFrame::Left { id, .. } => {
                assert_ne!(id, self.me);
                let at = self.place(id).expect("who leaves was there");
                self.members.remove(at);
            }
            DaemonFrame::Said { number, from, .. } => {
                assert_eq!(number, self.said + 1);
                assert!(self.place(from).is_some(), "a stranger speaks");
                self.said = number;
            }
            DaemonFrame::Away(id) => self.turn(id, true),
            DaemonFrame::Back(id) => self.turn(id, false),
            DaemonFrame::Keeper(id) => {
                assert!(self.place(self.keeper).is_none(), "a seated keeper loses office");
                let longest_present = self.members.iter().find(|(_, _, away)| !away);
                assert_eq!(Some(id), longest_present.map(|(id, ..)| *id));
                self.keeper = id;
            }
            DaemonFrame::Locked(locked) => {
                assert_ne!(self.locked, locked, "told, yet the same");
                self.locked = locked;
            }
            other => panic!("{other:?} is not for a whole room"),
        }
    }

    fn turn(&mut self, id: Id, away: bool) {
        assert_ne!(id, self.me);
        let at = self.place(id).expect("who goes or comes back has a seat");
        // Back may come without away: a seat resumed over a connection that still lived.
        assert!(!(away && self.members[at].2), "told, yet the same");
        self.members[at].2 = away;
    }
}

fn as_told(member: &Member) -> (Id, Vec<u8>, bool) {
    (member.id, member.secrets.card.to_vec(), member.connection().is_none())
}

/// What must hold of rooms whoever did what.
pub(super) fn check_rooms(rooms: &Rooms, now: Instant) {
    let mut deadlines = Vec::new();
    for (id, room) in &rooms.open {
        let members: Vec<_> = room.members.iter().collect();
        assert_eq!(room.id, *id);
        assert!(!members.is_empty(), "an empty room exists");
        assert!(room.members.get(room.keeper).is_some(), "the keeper holds no seat");
        assert!(members.is_sorted_by(|one, next| one.id < next.id), "not in order of arrival");
        let tags: Vec<&Tag> = members.iter().map(|member| &member.secrets.tag).collect();
        assert!(tags.iter().enumerate().all(|(at, tag)| !tags[..at].contains(tag)), "an alias twice");
        deadlines.extend(members.iter().filter_map(|member| match member.presence {
            Presence::Away(until) => Some(until),
            Presence::Here(_) => None,
        }));
    }
    let members = rooms.open.values().map(|room| room.members.len()).sum();
    assert_eq!(rooms.counts(), Counts { rooms: rooms.open.len(), members });
    assert_eq!(rooms.next_deadline(), deadlines.iter().min().copied());
    assert!(deadlines.iter().all(|until| *until > now), "a seat is kept beyond its grace");
}
