//! Rooms, and clients that believe what they are told: whatever happens in whatever order, all
//! members of a room have the same picture of it, nobody else is told anything, and everybody is
//! answered as the protocol says. The fuzz target `room_events` includes this folder.
//!
//! - `deeds`: what connections do, and the frames for it;
//! - `view`: what a client makes of what it is told;
//! - `rules`: what is to be answered;
//! - `books`: what is taken down of each stay;
//! - `delivery`: what effects do to those whom they are for;
//! - [`World`] brings them together, and has an observer of each room, who hears everything.

mod books;
mod deeds;
mod delivery;
mod rules;
mod view;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};

use sanctuary_wire::{ClientFrame, Denial, End, Hash, Id, Refusal, RoomId, SealedDoor, Tag};

use super::{ConnectionId, Counts, Event, Limits, Rooms};
pub(super) use deeds::{Deed, Forgery, Ordered, gate, gate_seed, nonce, seat, seat_seed, sign};
pub(super) use rules::Ration;
pub(super) use view::{Picture, Seat, View};

/// Connections that things happen to, by number.
pub(super) const CONNECTIONS: usize = 8;

/// What a connection is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    LetIn,
    Refused(Refusal),
    Done,
    Denied(Denial),
    Out(End),
}

/// One who got a seat, until long after it was given up.
#[derive(Clone, Debug)]
pub(super) struct Stay {
    pub(super) room: RoomId,
    pub(super) id: Id,
    /// The number of its seat's key, which is that of the connection by which it entered.
    pub(super) key: u8,
    pub(super) alias: u8,
    tag: Tag,
    /// Behind the door before the present one.
    former_tag: Tag,
    resumes: Ration,
    renewals: Ration,
    pub(super) credit: u32,
    /// Who gave it the present door, the hash of who stayed, and the door.
    boxed: Option<(Id, Hash, SealedDoor)>,
    away_until: Option<Instant>,
    /// Why the seat was given up, and until when that is known.
    given_up: Option<(Refusal, Instant)>,
}

/// Who hears everything in a room.
#[derive(Clone)]
pub(super) struct Observer {
    pub(super) picture: Picture,
    entries: Ration,
    departures: Ration,
}

/// Rooms, and what those in them have been told.
pub(super) struct World {
    pub(super) rooms: Rooms,
    pub(super) limits: Limits,
    pub(super) now: Instant,
    pub(super) views: HashMap<ConnectionId, View>,
    pub(super) observers: BTreeMap<RoomId, Observer>,
    pub(super) stays: Vec<Stay>,
    /// The turn of the next order of each connection.
    pub(super) turns: HashMap<ConnectionId, u64>,
    pub(super) is_closing: bool,
    pub(super) is_draining: bool,
}

impl World {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            rooms: Rooms::new(limits),
            limits,
            now: Instant::now(),
            views: HashMap::new(),
            observers: BTreeMap::new(),
            stays: Vec::new(),
            turns: HashMap::new(),
            is_closing: false,
            is_draining: false,
        }
    }

    /// Does something, and holds the answer against what it is to be.
    pub(super) fn act(&mut self, from: ConnectionId, deed: &Deed) {
        let (expected, frame) = (self.expected(from, deed), self.frame_of(from, deed));
        let answer = self.frame(from, &frame);
        assert_eq!(answer, expected, "{from:?}: {deed:?}");
        self.record(from, deed, answer);
        self.check();
    }

    /// A frame of a connection, the first or a later one.
    pub(super) fn frame(&mut self, from: ConnectionId, frame: &[u8]) -> Answer {
        let (frame, nonce) = (ClientFrame::decode(frame).unwrap(), nonce(from));
        let asked = match &frame {
            ClientFrame::Create { room, .. }
            | ClientFrame::Enter { room, .. }
            | ClientFrame::Resume { room, .. } => Some(*room),
            _ => None,
        };
        let event = if self.rooms.is_member(from) {
            Event::Frame { frame, nonce: &nonce }
        } else {
            Event::FirstFrame { frame, nonce: &nonce, place: None }
        };
        self.event(from, asked, event)
    }

    /// The connection is no more when the rooms hear of it.
    pub(super) fn lose(&mut self, from: ConnectionId, event: Event<'_>) {
        self.views.remove(&from);
        self.event(from, None, event);
        self.check();
    }

    pub(super) fn end(&mut self, from: ConnectionId, end: End) {
        self.event(from, None, Event::Ended(end));
        self.check();
    }

    pub(super) fn wait(&mut self, time: Duration) {
        let mut effects = Vec::new();
        self.now += time;
        self.rooms.tick(self.now, &mut effects);
        self.deliver(None, None, &effects);
        self.bury_the_last();
        self.check();
        let next = self.rooms.next_deadline();
        assert!(next.is_none_or(|next| next > self.now), "something is kept beyond its grace");
    }

    pub(super) fn set_members(&mut self, members: usize) {
        self.limits.members = members;
        self.rooms.set_limits(self.limits);
    }

    /// The daemon opens no rooms any more.
    pub(super) fn drain(&mut self) {
        self.rooms.drain();
        self.is_draining = true;
    }

    /// The daemon is going to stop, in a minute.
    pub(super) fn announce(&mut self) {
        let mut effects = Vec::new();
        self.rooms.announce(self.now, self.now + Duration::from_secs(60), &mut effects);
        self.is_closing = true;
        self.deliver(None, None, &effects);
    }

    pub(super) fn end_all(&mut self, end: End) {
        let mut effects = Vec::new();
        self.rooms.end_all(end, &mut effects);
        self.deliver(None, None, &effects);
        for room in self.observers.keys().copied().collect::<Vec<_>>() {
            self.end_room(room, Refusal::Stopped);
        }
        // Nothing is remembered of any seat.
        self.stays.iter_mut().for_each(|stay| stay.given_up = Some((Refusal::Stopped, self.now)));
        assert_eq!(self.rooms.next_deadline(), None);
        self.check();
        assert!(self.views.is_empty() && self.rooms.counts() == Counts { rooms: 0, members: 0 });
    }

    /// All connections break, the grace of their seats runs out, and that of the memory of them.
    pub(super) fn forsake(mut self) {
        for number in 0..CONNECTIONS {
            self.lose(ConnectionId(number), Event::Broke);
        }
        self.wait(self.limits.grace);
        assert_eq!(self.rooms.counts(), Counts { rooms: 0, members: 0 }, "something stays behind");
        self.wait(self.limits.grace);
        assert_eq!(self.rooms.next_deadline(), None, "something is remembered");
    }

    /// The stay of who has this connection.
    pub(super) fn stay_of(&self, connection: ConnectionId) -> Option<&Stay> {
        let view = self.views.get(&connection)?;
        self.stay(view.picture.room, view.me)
    }

    /// The stay of who has this seat.
    fn stay(&self, room: RoomId, id: Id) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.is_seated() && stay.is_seat(room, id))
    }

    fn seated(&mut self, room: RoomId) -> impl Iterator<Item = &mut Stay> {
        self.stays.iter_mut().filter(move |stay| stay.room == room && stay.given_up.is_none())
    }

    fn event(&mut self, from: ConnectionId, asked: Option<RoomId>, event: Event<'_>) -> Answer {
        let mut effects = Vec::new();
        self.rooms.handle(self.now, from, event, &mut effects);
        let answer = self.deliver(Some(from), asked, &effects);
        self.bury_the_last();
        answer
    }

    /// Holds what the rooms tell of themselves against what everybody was told.
    fn check(&self) {
        for (room, Observer { picture, .. }) in &self.observers {
            assert!(!picture.is_keeper_untold, "nobody is told who keeps the room");
            let seats = self.stays.iter().filter(|stay| stay.given_up.is_none() && stay.room == *room);
            let seats: BTreeSet<_> = seats.map(|stay| (stay.id, stay.away_until.is_some())).collect();
            let told = picture.members.iter().map(|(id, seat)| (*id, seat.away)).collect();
            assert_eq!(seats, told, "a seat that nobody has, or somebody without");
        }
        let mut there = BTreeSet::new();
        for (connection, View { picture, me, .. }) in &self.views {
            assert!(picture.members.get(me).is_some_and(|seat| !seat.away), "away to itself");
            assert!(there.insert((picture.room, *me)), "one seat on two connections");
            assert_eq!(*picture, self.observers[&picture.room].picture, "not the same room");
            assert!(self.rooms.present(&picture.room).any(|here| here == *connection));
        }
        let present = self.observers.iter().flat_map(|(room, observer)| {
            let present = observer.picture.members.iter().filter(|(_, seat)| !seat.away);
            present.map(|(id, _)| (*room, *id))
        });
        assert_eq!(present.collect::<BTreeSet<_>>(), there, "told to be away, or told to be there");
        let members = self.observers.values().map(|observer| observer.picture.members.len()).sum();
        assert_eq!(self.rooms.counts(), Counts { rooms: self.observers.len(), members });
        for connection in (0..CONNECTIONS).map(ConnectionId) {
            assert_eq!(self.rooms.is_member(connection), self.views.contains_key(&connection));
        }
    }
}

impl Observer {
    fn new(picture: Picture, now: Instant) -> Self {
        let fresh = Ration::new(now);
        Self { picture, entries: fresh, departures: fresh }
    }
}
