//! Every rule as a table: what happens, and to the byte what comes of it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod entry;
mod moderation;
mod presence;
mod property;
mod succession;
mod talk;
mod world;

use std::time::{Duration, Instant};

use self::world::{gate, nonce, proof};
use super::*;
use sanctuary_wire::{Denial, Gate, Passes, Proof, Refusal, Rule, SealedCard, Seated, Tag};

const ROOM: RoomId = RoomId([7; 5]);
const ELSEWHERE: RoomId = RoomId([8; 5]);

const ADA: ConnectionId = ConnectionId(1);
const BOB: ConnectionId = ConnectionId(2);
const CYD: ConnectionId = ConnectionId(3);
const DOT: ConnectionId = ConnectionId(4);

const GRACE: Duration = Duration::from_secs(30);
const LIMITS: Limits = Limits { rooms: 3, members: 4, grace: GRACE };

/// Rooms at a point in time. A member's alias, card, token and nonce follow from its connection's
/// number.
struct House {
    rooms: Rooms,
    now: Instant,
}

impl House {
    fn empty() -> Self {
        Self { rooms: Rooms::new(LIMITS), now: Instant::now() }
    }

    /// `ROOM` under this rule with these members, ids 1, 2, 3 … in this order, the first its
    /// keeper.
    fn with(rule: Rule, members: &[ConnectionId]) -> Self {
        let mut house = Self::empty();
        house.first_frame(members[0], create(members[0], rule));
        for &member in &members[1..] {
            house.first_frame(member, enter(member, member));
        }
        assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: members.len() });
        house
    }

    fn on(&mut self, from: ConnectionId, event: Event<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.rooms.handle(self.now, from, event, &mut effects);
        effects
    }

    fn first_frame(&mut self, from: ConnectionId, frame: ClientFrame<'_>) -> Vec<Effect> {
        self.on(from, Event::FirstFrame { frame, nonce: &nonce(from), seat: token(from) })
    }

    fn says(&mut self, from: ConnectionId, frame: ClientFrame<'_>) -> Vec<Effect> {
        self.on(from, Event::Frame(frame))
    }

    /// Lets time pass and gives up the seats whose grace has run out.
    fn after(&mut self, time: Duration) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.now += time;
        self.rooms.tick(self.now, &mut effects);
        effects
    }

    fn present(&self) -> Vec<ConnectionId> {
        self.rooms.present(&ROOM).collect()
    }
}

/// One byte that stands for all of a connection's own.
fn mark(connection: ConnectionId) -> u8 {
    u8::try_from(connection.0).unwrap()
}

fn token(connection: ConnectionId) -> SeatToken {
    SeatToken([mark(connection); 16])
}

fn tag(alias: ConnectionId) -> Tag {
    Tag([mark(alias); 16])
}

fn card(alias: ConnectionId) -> SealedCard<'static> {
    let cards = [b"".as_slice(), b"Ada's card", b"Bob's", b"Cyd's card", b"Dot's"];
    cards[alias.0].try_into().unwrap()
}

fn create(alias: ConnectionId, rule: Rule) -> ClientFrame<'static> {
    ClientFrame::Create { room: ROOM, gate: gate(ROOM), card: card(alias), tag: tag(alias), rule, code: None }
}

fn enter(from: ConnectionId, alias: ConnectionId) -> ClientFrame<'static> {
    ClientFrame::Enter { room: ROOM, proof: proof(ROOM, from, ROOM), card: card(alias), tag: tag(alias) }
}

fn resume(seat: SeatToken) -> ClientFrame<'static> {
    ClientFrame::Resume { room: ROOM, seat }
}

fn to_all(frame: &DaemonFrame<'_>) -> Effect {
    Effect::Room { room: ROOM, except: None, frame: frame.encode().into() }
}

fn to_all_but(except: ConnectionId, frame: &DaemonFrame<'_>) -> Effect {
    Effect::Room { room: ROOM, except: Some(except), frame: frame.encode().into() }
}

fn to(to: ConnectionId, frame: &DaemonFrame<'_>) -> Effect {
    Effect::One { to, frame: frame.encode().into() }
}

fn denied(whom: ConnectionId, frame: u8, why: Denial) -> Effect {
    to(whom, &DaemonFrame::Denied { frame, why, retry_ms: 0 })
}

fn refused(to: ConnectionId, why: Refusal) -> Effect {
    Effect::Close { to, frame: Some(DaemonFrame::Refused(why).encode().into()), code: 4000 }
}

fn ended(to: ConnectionId, end: End, by: Option<u64>, code: u16) -> Effect {
    let frame = DaemonFrame::Over { end, by: by.map(Id) }.encode().into();
    Effect::Close { to, frame: Some(frame), code }
}

fn joined(id: u64, alias: ConnectionId) -> DaemonFrame<'static> {
    DaemonFrame::Joined { id: Id(id), card: card(alias) }
}

fn left(id: u64, how: Departure, by: Option<u64>) -> DaemonFrame<'static> {
    DaemonFrame::Left { id: Id(id), how, by: by.map(Id) }
}

/// How a room stands, as `welcome` tells it.
struct Standing<'a> {
    rule: Rule,
    keeper: u64,
    locked: bool,
    said: u64,
    members: &'a [(u64, ConnectionId, bool)],
}

/// A room of rule 0 kept by its first member, unlocked and silent so far; of each member id, alias,
/// away.
fn standing(members: &[(u64, ConnectionId, bool)]) -> Standing<'_> {
    Standing { rule: Rule::Keeper, keeper: members[0].0, locked: false, said: 0, members }
}

impl Standing<'_> {
    fn welcome(&self, whom: ConnectionId, you: u64, seat: SeatToken) -> Effect {
        let seated = |&(id, alias, away)| Seated { id: Id(id), card: card(alias), away };
        let frame = DaemonFrame::Welcome {
            you: Id(you),
            seat,
            rule: self.rule,
            keeper: Id(self.keeper),
            locked: self.locked,
            said: self.said,
            members: self.members.iter().map(seated).collect(),
        };
        to(whom, &frame)
    }
}

/// Compares, and shows what differs as frames.
#[track_caller]
fn expect(effects: &[Effect], expected: &[Effect]) {
    assert!(effects == expected, "\ngot {:#?}\nexpected {:#?}", shown(effects), shown(expected));
}

fn shown(effects: &[Effect]) -> Vec<String> {
    let show = |effect: &Effect| match effect {
        Effect::Room { except, frame, .. } => {
            format!("to all but {except:?}: {:?}", DaemonFrame::decode(frame))
        }
        Effect::One { to, frame } => format!("to {to:?}: {:?}", DaemonFrame::decode(frame)),
        Effect::Close { to, frame, code } => {
            format!("closes {to:?}, {code}: {:?}", frame.as_deref().map(DaemonFrame::decode))
        }
    };
    effects.iter().map(show).collect()
}
