//! Rooms, and clients that believe what they are told: whatever happens in whatever order, all
//! members of a room have the same picture of it, and nobody else is told anything. The fuzz target
//! `room_events` includes this file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};

use ed25519_dalek::{Signer, SigningKey};
use sanctuary_wire::{
    ClientFrame, DaemonFrame, Departure, End, Gate, Id, Nonce, Proof, RoomId, Rule, SeatToken,
};

use super::{ConnectionId, Counts, Effect, Event, Limits, Rooms};

/// Connections that things happen to, by number.
pub(super) const CONNECTIONS: usize = 8;

/// A room as its members are told of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) room: RoomId,
    pub(super) rule: Rule,
    pub(super) keeper: Id,
    pub(super) locked: bool,
    pub(super) said: u64,
    /// The card of each, and whether it is away.
    pub(super) members: BTreeMap<Id, (Vec<u8>, bool)>,
}

impl Picture {
    fn moderates(&self, id: Id) -> bool {
        self.rule == Rule::Everyone || self.keeper == id
    }
}

/// What one member knows.
pub(super) struct View {
    pub(super) picture: Picture,
    me: Id,
    /// The highest id that it has heard of.
    highest: Id,
}

/// Rooms, what those in them have been told, and a count from which fresh seats are made.
pub(super) struct World {
    pub(super) rooms: Rooms,
    pub(super) now: Instant,
    pub(super) views: HashMap<ConnectionId, View>,
    /// Every seat that a welcome gave, and whose it is.
    pub(super) seats: Vec<(RoomId, SeatToken, Id)>,
    drawn: u64,
}

impl World {
    pub(super) fn new(limits: Limits) -> Self {
        let (views, seats) = (HashMap::new(), Vec::new());
        Self { rooms: Rooms::new(limits), now: Instant::now(), views, seats, drawn: 0 }
    }

    /// A frame of a connection, the first or a later one. Whether a member has the connection then.
    pub(super) fn frame(&mut self, from: ConnectionId, frame: ClientFrame<'_>) -> bool {
        if self.rooms.is_member(from) {
            self.event(from, None, Event::Frame(frame));
        } else {
            let asked = match frame {
                ClientFrame::Create { room, .. }
                | ClientFrame::Enter { room, .. }
                | ClientFrame::Resume { room, .. } => Some(room),
                _ => None,
            };
            let seat = self.fresh_seat();
            self.event(from, asked, Event::FirstFrame { frame, nonce: &nonce(from), seat });
        }
        self.rooms.is_member(from)
    }

    /// The connection is no more when the rooms hear of it.
    pub(super) fn lose(&mut self, from: ConnectionId, event: Event<'_>) {
        self.views.remove(&from);
        self.event(from, None, event);
    }

    pub(super) fn end(&mut self, from: ConnectionId, end: End) {
        self.event(from, None, Event::Ended(end));
    }

    pub(super) fn wait(&mut self, time: Duration) {
        let mut effects = Vec::new();
        self.now += time;
        self.rooms.tick(self.now, &mut effects);
        self.deliver(None, None, &effects);
        let next = self.rooms.next_deadline();
        assert!(next.is_none_or(|next| next > self.now), "a seat is kept beyond its grace");
    }

    pub(super) fn end_all(&mut self, end: End) {
        let mut effects = Vec::new();
        self.rooms.end_all(end, &mut effects);
        self.deliver(None, None, &effects);
        self.expect_nothing();
    }

    /// All connections break, and the grace of their seats runs out.
    pub(super) fn forsake(mut self, grace: Duration) {
        for number in 0..CONNECTIONS {
            self.lose(ConnectionId(number), Event::Broke);
        }
        self.wait(grace);
        self.expect_nothing();
    }

    pub(super) fn fresh_seat(&mut self) -> SeatToken {
        self.drawn += 1;
        let mut seat = SeatToken([0; 16]);
        seat.0[..8].copy_from_slice(&self.drawn.to_be_bytes());
        seat
    }

    fn event(&mut self, from: ConnectionId, asked: Option<RoomId>, event: Event<'_>) {
        let mut effects = Vec::new();
        self.rooms.handle(self.now, from, event, &mut effects);
        self.deliver(Some(from), asked, &effects);
    }

    fn expect_nothing(&self) {
        assert_eq!(self.rooms.counts(), Counts { rooms: 0, members: 0 }, "something stays behind");
        assert_eq!(self.rooms.next_deadline(), None);
    }

    /// Carries out the effects of an event of `actor`, as the server does; `asked` is the room of its
    /// first frame.
    fn deliver(&mut self, actor: Option<ConnectionId>, asked: Option<RoomId>, effects: &[Effect]) {
        let mut closed = BTreeSet::new();
        for effect in effects {
            match effect {
                Effect::Room { room, except, frame } => {
                    let frame = DaemonFrame::decode(frame).unwrap();
                    if let DaemonFrame::Locked(_) = frame {
                        let View { picture, me, .. } = &self.views[&actor.unwrap()];
                        assert!(picture.moderates(*me), "locked without right");
                    }
                    for to in self.rooms.present(room).filter(|to| Some(*to) != *except) {
                        assert!(!closed.contains(&to), "told after its end");
                        let view = self.views.get_mut(&to).expect("only members are told");
                        assert_eq!(view.picture.room, *room, "a member of another room is told");
                        view.hear(&frame);
                    }
                }
                Effect::One { to, frame } => {
                    assert!(!closed.contains(to), "told after its end");
                    self.deliver_to_one(actor, asked, *to, &DaemonFrame::decode(frame).unwrap());
                }
                Effect::Close { to, frame, code } => {
                    assert!(closed.insert(*to), "ended twice");
                    assert!(!self.rooms.is_member(*to), "ended, yet a member");
                    let view = self.views.remove(to);
                    let was_member = view.is_some();
                    match frame.as_deref().map(|frame| DaemonFrame::decode(frame).unwrap()) {
                        Some(DaemonFrame::Refused(_)) => {
                            assert!(Some(*to) == actor && !was_member && *code == 4000);
                        }
                        Some(DaemonFrame::Over { end, by }) => {
                            let View { picture, me, .. } = view.expect("only members are told");
                            assert_eq!(*code, end.close_code());
                            let has_right = by.is_none_or(|by| picture.moderates(by));
                            assert!(has_right, "kicked or stopped without right");
                            assert!(end != End::Kicked || by.is_some_and(|by| by != me), "kicked by nobody");
                        }
                        None => assert!(was_member && *code == 1000),
                        Some(other) => panic!("{other:?} is no last frame"),
                    }
                }
            }
        }
        self.check();
    }

    fn deliver_to_one(
        &mut self,
        actor: Option<ConnectionId>,
        asked: Option<RoomId>,
        to: ConnectionId,
        frame: &DaemonFrame<'_>,
    ) {
        match frame {
            DaemonFrame::Welcome { you, seat, rule, keeper, locked, said, members } => {
                assert!(Some(to) == actor && !self.views.contains_key(&to));
                let room = asked.expect("a welcome answers who asks for a room");
                match self.seats.iter().find(|(_, given, _)| given == seat) {
                    Some((whose, _, owner)) => assert_eq!((*whose, owner), (room, you), "another's seat"),
                    None => self.seats.push((room, seat.clone(), *you)),
                }
                assert!(members.is_sorted_by(|one, next| one.id < next.id), "not in order of arrival");
                let (rule, keeper, locked, said) = (*rule, *keeper, *locked, *said);
                let members: BTreeMap<_, _> =
                    members.iter().map(|seated| (seated.id, (seated.card.to_vec(), seated.away))).collect();
                let highest = *members.last_key_value().unwrap().0;
                let picture = Picture { room, rule, keeper, locked, said, members };
                self.views.insert(to, View { picture, me: *you, highest });
            }
            DaemonFrame::Passed { from, .. } => {
                let view = &self.views[&to];
                assert!(*from != view.me && view.picture.members.contains_key(from), "passed by a stranger");
                assert_eq!(view.picture.room, self.views[&actor.unwrap()].picture.room, "to another room");
            }
            DaemonFrame::Denied { .. } => assert!(Some(to) == actor && self.views.contains_key(&to)),
            other => panic!("{other:?} is for a whole room"),
        }
    }

    /// Holds all views against each other, and against what the rooms tell of themselves.
    fn check(&self) {
        let (counts, mut rooms, mut members) = (self.rooms.counts(), BTreeSet::new(), 0);
        for View { picture, me, .. } in self.views.values() {
            assert!(picture.members.get(me).is_some_and(|(_, away)| !away), "away to itself");
            assert!(picture.members.contains_key(&picture.keeper), "a keeper without a seat");
            if !rooms.insert(picture.room) {
                continue;
            }
            members += picture.members.len();
            let there: BTreeSet<_> = self.rooms.present(&picture.room).collect();
            let same_room = self.views.iter().filter(|(_, other)| other.picture.room == picture.room);
            let (told, pictures): (BTreeSet<_>, Vec<_>) =
                same_room.map(|(connection, other)| (*connection, &other.picture)).unzip();
            assert_eq!(there, told, "somebody sits there untold");
            assert!(pictures.iter().all(|other| *other == picture), "not the same room: {pictures:?}");
            let present = picture.members.values().filter(|(_, away)| !away).count();
            assert_eq!(there.len(), present, "told to be away, or told to be there");
        }
        assert!(counts.rooms >= rooms.len() && counts.members >= members);
        assert_eq!(counts.rooms == 0, counts.members == 0, "an empty room, or members of none");
        for connection in (0..CONNECTIONS).map(ConnectionId) {
            assert_eq!(self.rooms.is_member(connection), self.views.contains_key(&connection));
        }
    }
}

impl View {
    fn hear(&mut self, frame: &DaemonFrame<'_>) {
        let Picture { keeper, locked, said, members, .. } = &mut self.picture;
        match frame {
            DaemonFrame::Joined { id, card } => {
                assert!(!*locked, "let in, yet locked");
                assert!(*id > self.highest, "an id is given twice");
                self.highest = *id;
                members.insert(*id, (card.to_vec(), false));
            }
            DaemonFrame::Left { id, how, by } => {
                assert_ne!(*id, self.me);
                assert!(members.remove(id).is_some(), "a stranger leaves");
                assert_eq!(*how == Departure::Kicked, by.is_some());
                let has_right = by.is_none_or(|by| by != *id && self.picture.moderates(by));
                assert!(has_right, "kicked without right");
            }
            DaemonFrame::Said { number, from, .. } => {
                assert_eq!(*number, *said + 1);
                assert!(members.contains_key(from), "a stranger speaks");
                *said = *number;
            }
            DaemonFrame::Away(id) | DaemonFrame::Back(id) => {
                assert_ne!(*id, self.me);
                let (_, away) = members.get_mut(id).expect("who goes or comes back has a seat");
                let goes = matches!(frame, DaemonFrame::Away(_));
                // Back may come without away: a seat resumed over a connection that still lived.
                assert!(!(goes && *away), "told, yet the same");
                *away = goes;
            }
            DaemonFrame::Keeper(id) => {
                assert!(!members.contains_key(keeper), "a seated keeper loses office");
                let longest_present = members.iter().find(|(_, (_, away))| !away);
                assert_eq!(Some(id), longest_present.map(|(id, _)| id));
                *keeper = *id;
            }
            DaemonFrame::Locked(now) => {
                assert_ne!(locked, now, "told, yet the same");
                *locked = *now;
            }
            other => panic!("{other:?} is not for a whole room"),
        }
    }
}

/// What a connection's `hello` says.
pub(super) fn nonce(connection: ConnectionId) -> Nonce {
    Nonce([u8::try_from(connection.0).unwrap(); 32])
}

/// The key that a room's password leads to.
fn gate_key(room: RoomId) -> SigningKey {
    SigningKey::from_bytes(&[room.0[0]; 32])
}

pub(super) fn gate(room: RoomId) -> Gate {
    Gate(gate_key(room).verifying_key().to_bytes())
}

/// A proof by the password of one room, for the nonce of one connection, of entering `room`.
pub(super) fn proof(password: RoomId, connection: ConnectionId, room: RoomId) -> Proof {
    let signed = [b"sanctuary/1 enter".as_slice(), &nonce(connection).0, &room.0].concat();
    Proof(gate_key(password).sign(&signed).to_bytes())
}
