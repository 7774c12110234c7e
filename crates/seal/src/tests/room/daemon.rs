//! An honest daemon for one room, without sockets, rations and graces: section 3's rules as far as members
//! see them.

use std::collections::{BTreeMap, VecDeque};

use sanctuary_sign::PublicKey;
use sanctuary_wire::{
    ClientFrame, Command, DaemonFrame, Denial, Departure, End, Entry, Gate, Hash, Id, LargestFrame, Nonce,
    Order, Refusal, RoomId, Rule, SealedDoor, SeatKey, Seated, Signature, Tag, signed,
};

use super::super::vectors::bytes;

/// One connection, ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) struct ConnectionId(pub(in super::super) u64);

/// What the daemon holds of a member.
#[derive(Clone)]
pub(in super::super) struct Seat {
    pub(in super::super) id: Id,
    key: SeatKey,
    pub(in super::super) entry: Entry,
    pub(in super::super) card: Vec<u8>,
    pub(super) tag: Tag,
    pub(in super::super) on: Option<ConnectionId>,
    /// Kept until its next `renew`.
    pub(super) boxed: Option<(Id, Hash, SealedDoor)>,
    /// When its last cards were renewed: three at once, one in 30 s.
    pub(super) renewed: Vec<u64>,
}

/// The room, and what goes to whom.
pub(in super::super) struct Daemon {
    pub(in super::super) room: RoomId,
    pub(super) gate: Option<Gate>,
    pub(super) rule: Rule,
    pub(in super::super) heart: Vec<u8>,
    pub(in super::super) lock: u32,
    pub(in super::super) locked: bool,
    pub(in super::super) keeper: Id,
    pub(in super::super) order: Order,
    pub(in super::super) said: u64,
    pub(in super::super) seats: Vec<Seat>,
    highest: u64,
    connections: BTreeMap<ConnectionId, (Nonce, u64)>,
    /// Frames on their way to a client.
    pub(in super::super) down: BTreeMap<ConnectionId, VecDeque<Vec<u8>>>,
    next: u64,
    pub(in super::super) now: u64,
}

impl Daemon {
    pub(in super::super) fn new(room: RoomId) -> Self {
        Self {
            room,
            gate: None,
            rule: Rule::Keeper,
            heart: vec![],
            lock: 0,
            locked: false,
            keeper: Id(0),
            order: Order::new(room),
            said: 0,
            seats: vec![],
            highest: 0,
            connections: BTreeMap::new(),
            down: BTreeMap::new(),
            next: 0,
            now: 0,
        }
    }

    /// A new connection, with its `hello`.
    pub(in super::super) fn connect(&mut self) -> ConnectionId {
        self.next += 1;
        let (id, nonce) = (ConnectionId(self.next), Nonce(bytes(&format!("nonce {}", self.next))));
        self.connections.insert(id, (nonce.clone(), 0));
        self.down.insert(id, VecDeque::new());
        self.send(
            id,
            &DaemonFrame::Hello { nonce, largest_frame: LargestFrame::nearest(65_536), silence_ms: 45_000 },
        );
        id
    }

    /// The daemon sees that a connection broke.
    pub(in super::super) fn breaks(&mut self, connection: ConnectionId) {
        self.close(connection);
        if let Some(seat) = self.seats.iter_mut().find(|seat| seat.on == Some(connection)) {
            seat.on = None;
            let id = seat.id;
            self.all(&DaemonFrame::Away(id));
        }
    }

    /// A seat's grace is over.
    pub(in super::super) fn gives_up(&mut self, id: Id) {
        if self.seats.iter().any(|seat| seat.id == id && seat.on.is_none()) {
            self.out(id, &DaemonFrame::Left { id, how: Departure::Gone });
        }
    }

    fn close(&mut self, connection: ConnectionId) {
        self.connections.remove(&connection);
    }

    pub(super) fn send(&mut self, to: ConnectionId, frame: &DaemonFrame<'_>) {
        if let Some(down) = self.down.get_mut(&to) {
            down.push_back(frame.encode());
        }
    }

    pub(super) fn end(&mut self, connection: ConnectionId, frame: &DaemonFrame<'_>) {
        self.send(connection, frame);
        self.close(connection);
    }

    /// What concerns the whole room goes to everybody present, in one order.
    pub(in super::super) fn all(&mut self, frame: &DaemonFrame<'_>) {
        let encoded = frame.encode();
        self.order.push(&encoded);
        for connection in self.seats.iter().filter_map(|seat| seat.on) {
            if let Some(down) = self.down.get_mut(&connection) {
                down.push_back(encoded.clone());
            }
        }
    }

    /// Somebody is out; the keeper's successor is named right after.
    pub(super) fn out(&mut self, id: Id, frame: &DaemonFrame<'_>) {
        self.seats.retain(|seat| seat.id != id);
        self.all(frame);
        self.succeed();
    }

    pub(super) fn succeed(&mut self) {
        if self.seats.is_empty() {
            // The room is gone.
            self.gate = None;
        }
        if !self.seats.iter().any(|seat| seat.id == self.keeper)
            && let Some(next) = self.seats.iter().find(|seat| seat.on.is_some()).or(self.seats.first())
        {
            self.keeper = next.id;
            let keeper = self.keeper;
            self.all(&DaemonFrame::Keeper(keeper));
        }
    }

    fn welcome(&mut self, to: ConnectionId, you: Id) {
        let at = self.seats.iter().position(|seat| seat.id == you).unwrap();
        let boxed = self.seats[at].boxed.clone();
        let members = self.seats.iter().map(|seat| Seated {
            id: seat.id,
            entry: seat.entry.clone(),
            card: seat.card.as_slice().try_into().unwrap(),
            away: seat.on.is_none(),
        });
        let frame = DaemonFrame::Welcome {
            you,
            keeper: self.keeper,
            locked: self.locked,
            lock: self.lock,
            heart: self.heart.as_slice().try_into().unwrap(),
            said: self.said,
            count: self.order.count,
            order: self.order.hash,
            protections: 0,
            members: members.collect(),
            boxed,
        };
        let encoded = frame.encode();
        self.down.get_mut(&to).unwrap().push_back(encoded);
    }

    /// Takes a frame of a client.
    pub(in super::super) fn hears(&mut self, from: ConnectionId, frame: &[u8]) {
        let Some((nonce, _)) = self.connections.get(&from).cloned() else { return };
        let frame = ClientFrame::decode(frame).expect("clients here are honest");
        let seated = self.seats.iter().find(|seat| seat.on == Some(from)).map(|seat| seat.id);
        match (frame, seated) {
            (ClientFrame::Create { gate, heart, seat, card, tag, rule, signature, .. }, None) => {
                let signed = signed::create(&nonce, self.room, &gate, heart, rule, &seat, card, &tag);
                assert!(holds(&gate.0, &signed, &signature));
                if self.gate.is_some() {
                    return self.refuse(from, Refusal::Taken);
                }
                (self.gate, self.rule, self.heart) = (Some(gate), rule, heart.to_vec());
                self.sits(from, &nonce, seat, card.to_vec(), tag);
                self.keeper = Id(1);
                self.welcome(from, Id(1));
            }
            (ClientFrame::Enter { seat, card, tag, signature, .. }, None) => {
                let signed = signed::enter(&nonce, self.room, &seat, card, &tag);
                if !self.gate.as_ref().is_some_and(|gate| holds(&gate.0, &signed, &signature)) {
                    self.refuse(from, Refusal::NoEntry);
                } else if self.locked {
                    self.refuse(from, Refusal::Locked);
                } else if self.is_in_use(&tag, None) {
                    self.refuse(from, Refusal::AliasInUse);
                } else {
                    let id = self.sits(from, &nonce, seat, card.to_vec(), tag);
                    self.welcome(from, id);
                }
            }
            (ClientFrame::Resume { id, signature, .. }, None) => self.resumes(from, &nonce, id, &signature),
            (ClientFrame::Say { payload }, Some(id)) => {
                self.said += 1;
                self.all(&DaemonFrame::Said { from: id, payload });
            }
            (ClientFrame::Pass(passes), Some(id)) => {
                for (to, passed) in passes.iter() {
                    let on =
                        self.seats.iter().find(|seat| seat.id == *to && *to != id).and_then(|seat| seat.on);
                    match on {
                        Some(on) => self.send(on, &DaemonFrame::Passed { from: id, passed }),
                        None => self.deny(from, 5, Denial::NoSuchMember),
                    }
                }
            }
            (ClientFrame::Order { command, signature }, Some(id)) => {
                let key = self.seats.iter().find(|seat| seat.id == id).unwrap().key.clone();
                assert!(holds(&key.0, &signed::order(&nonce, command), &signature));
                let command = Command::decode(command).unwrap();
                let (_, turn) = self.connections.get_mut(&from).unwrap();
                assert!(command.turn() > std::mem::replace(turn, command.turn()));
                self.obeys(from, id, &command);
            }
            (ClientFrame::Exit, Some(id)) => {
                self.close(from);
                self.out(id, &DaemonFrame::Left { id, how: Departure::Exit });
            }
            (frame, _) => panic!("out of turn: {frame:?}"),
        }
    }

    pub(in super::super) fn hears_all(&mut self, from: ConnectionId, frames: &[Vec<u8>]) {
        for frame in frames {
            self.hears(from, frame);
        }
    }

    fn sits(&mut self, on: ConnectionId, nonce: &Nonce, key: SeatKey, card: Vec<u8>, tag: Tag) -> Id {
        self.highest += 1;
        let (id, entry) = (Id(self.highest), nonce.entry());
        let sealed = card.clone();
        self.all(&DaemonFrame::Joined {
            id,
            entry: entry.clone(),
            card: sealed.as_slice().try_into().unwrap(),
        });
        self.seats.push(Seat { id, key, entry, card, tag, on: Some(on), boxed: None, renewed: vec![] });
        id
    }

    fn resumes(&mut self, from: ConnectionId, nonce: &Nonce, id: Id, signature: &Signature) {
        let signed = signed::resume(nonce, self.room, id);
        let seat = self.seats.iter_mut().find(|seat| seat.id == id && holds(&seat.key.0, &signed, signature));
        let Some(seat) = seat else { return self.refuse(from, Refusal::NoEntry) };
        let before = seat.on.replace(from);
        if let Some(before) = before {
            self.end(before, &DaemonFrame::Over { end: End::ResumedElsewhere, by: None, payload: None });
        }
        // It hears of its own return by its welcome.
        let encoded = DaemonFrame::Back(id).encode();
        self.order.push(&encoded);
        for other in self.seats.iter().filter(|seat| seat.id != id).filter_map(|seat| seat.on) {
            self.down.get_mut(&other).unwrap().push_back(encoded.clone());
        }
        self.welcome(from, id);
    }

    fn refuse(&mut self, connection: ConnectionId, why: Refusal) {
        self.end(connection, &DaemonFrame::Refused { why, retry_ms: 0 });
    }

    pub(super) fn deny(&mut self, connection: ConnectionId, frame: u8, why: Denial) {
        self.send(connection, &DaemonFrame::Denied { frame, why, retry_ms: 0 });
    }

    pub(super) fn is_in_use(&self, tag: &Tag, by: Option<Id>) -> bool {
        self.seats.iter().any(|seat| seat.tag == *tag && seat.on.is_some() && Some(seat.id) != by)
    }

    pub(super) fn has(&self, id: Id) -> bool {
        self.seats.iter().any(|seat| seat.id == id)
    }
}

fn holds(key: &[u8; 32], signed: &[u8], signature: &Signature) -> bool {
    PublicKey::from_bytes(key).is_ok_and(|key| key.verify(signed, &signature.0).is_ok())
}
