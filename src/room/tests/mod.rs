//! Every rule as a table: what happens, and to the byte what comes of it. Beside the tables, `property`
//! and `exhaustive` let anything happen in a `world` that knows the rules.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod credit;
mod entry;
mod moderation;
mod orders;
mod presence;
mod property;
mod relock;
mod renewal;
mod resume;
mod succession;
mod talk;
mod world;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use self::world::{gate, gate_seed, nonce, seat_seed, sign};
use super::*;
use sanctuary_wire::{
    Command, Denial, Gate, Hash, Order, Passes, Rule, SealedCard, SealedDoor, SealedHeart, SeatKey, Seated,
    Signature, Staying, Tag, signed,
};

const ROOM: RoomId = RoomId([7; 5]);
const ELSEWHERE: RoomId = RoomId([8; 5]);

const ADA: ConnectionId = ConnectionId(1);
const BOB: ConnectionId = ConnectionId(2);
const CYD: ConnectionId = ConnectionId(3);
const DOT: ConnectionId = ConnectionId(4);

const GRACE: Duration = Duration::from_secs(30);
const LIMITS: Limits = Limits { rooms: 3, members: 4, tombstones: 100, grace: GRACE };

/// What the voice of a member says to an order.
const VOICE: &[u8] = b"by my voice";

/// Rooms at a point in time. A member's card, seat key and nonce follow from the number of the
/// connection by which it entered; its alias is named by that of whose it is.
struct House {
    rooms: Rooms,
    now: Instant,
    /// Of all that was told in `ROOM`.
    order: Order,
    /// Whose seat key it is, where a seat was resumed.
    resumed: HashMap<ConnectionId, ConnectionId>,
    turn: u64,
}

impl House {
    fn empty() -> Self {
        let (rooms, now) = (Rooms::new(LIMITS), Instant::now());
        Self { rooms, now, order: Order::new(ROOM), resumed: HashMap::new(), turn: 0 }
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
        self.hear(effects)
    }

    fn first_frame(&mut self, from: ConnectionId, frame: ClientFrame<'_>) -> Vec<Effect> {
        self.on(from, Event::FirstFrame { frame, nonce: &nonce(from), place: Arc::new(()) })
    }

    /// Takes the seat of who entered by the connection `whose`.
    fn resume(&mut self, from: ConnectionId, id: u64, whose: ConnectionId) -> Vec<Effect> {
        self.resumed.insert(from, whose);
        self.first_frame(from, resume(from, id, whose))
    }

    fn says(&mut self, from: ConnectionId, frame: ClientFrame<'_>) -> Vec<Effect> {
        self.on(from, Event::Frame { frame, nonce: &nonce(from) })
    }

    fn orders(&mut self, from: ConnectionId, command: impl FnOnce(u64) -> Command<'static>) -> Vec<Effect> {
        let seat = self.resumed.get(&from).copied().unwrap_or(from);
        let command = command(self.turn).encode();
        self.turn += 1;
        self.says(from, order(from, seat, &command))
    }

    fn kicks(&mut self, from: ConnectionId, id: u64) -> Vec<Effect> {
        self.orders(from, |turn| Command::Kick { turn, id: Id(id), payload: VOICE })
    }

    fn stops(&mut self, from: ConnectionId) -> Vec<Effect> {
        self.orders(from, |turn| Command::Stop { turn, payload: VOICE })
    }

    fn locks(&mut self, from: ConnectionId, locked: bool) -> Vec<Effect> {
        self.orders(from, |turn| Command::Lock { turn, locked })
    }

    fn hands(&mut self, from: ConnectionId, id: u64) -> Vec<Effect> {
        self.orders(from, |turn| Command::Hand { turn, id: Id(id), payload: VOICE })
    }

    /// To another card with the tag of this alias.
    fn renews(&mut self, from: ConnectionId, alias: ConnectionId) -> Vec<Effect> {
        self.orders(from, |turn| Command::Renew { turn, card: renewed_card(alias), tag: tag(alias) })
    }

    /// From this lock number to the next; those stay who are named by id and alias.
    fn relocks(&mut self, from: ConnectionId, lock: u32, staying: &[(u64, ConnectionId)]) -> Vec<Effect> {
        let stays = |&(id, alias): &(u64, ConnectionId)| Staying {
            id: Id(id),
            tag: tag(alias),
            door: door(id, lock + 1),
        };
        let (gate, heart) = (gate(ROOM, lock + 1), relocked_heart());
        let staying = staying.iter().map(stays).collect();
        self.orders(from, |turn| Command::Relock { turn, lock, gate, heart, staying })
    }

    /// Lets time pass and gives up the seats whose grace has run out.
    fn after(&mut self, time: Duration) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.now += time;
        self.rooms.tick(self.now, &mut effects);
        self.hear(effects)
    }

    fn present(&self) -> Vec<ConnectionId> {
        self.rooms.present(&ROOM).collect()
    }

    /// Counts what is told in `ROOM`.
    fn hear(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        for effect in &effects {
            if let Effect::Room { room: ROOM, frame, .. } = effect
                && DaemonFrame::decode(frame).unwrap().is_in_order()
            {
                self.order.push(frame);
            }
        }
        effects
    }

    /// How `ROOM` stands, kept by its first member, unlocked and silent so far; of each member id,
    /// by which connection it entered, whether it is away.
    fn standing<'a>(&self, members: &'a [(u64, ConnectionId, bool)]) -> Standing<'a> {
        let (keeper, order, heart) = (members[0].0, self.order, heart());
        Standing { keeper, locked: false, lock: 0, heart, said: 0, order, members, boxed: None }
    }
}

/// One byte that stands for all of a connection's own.
fn mark(connection: ConnectionId) -> u8 {
    u8::try_from(connection.0).unwrap()
}

fn seat(whose: ConnectionId) -> SeatKey {
    world::seat(mark(whose))
}

fn tag(alias: ConnectionId) -> Tag {
    Tag([mark(alias); 16])
}

fn card(alias: ConnectionId) -> SealedCard<'static> {
    let cards = [b"".as_slice(), b"Ada's card", b"Bob's", b"Cyd's card", b"Dot's"];
    cards[alias.0].try_into().unwrap()
}

fn renewed_card(alias: ConnectionId) -> SealedCard<'static> {
    let cards = [b"".as_slice(), b"Ada's second card", b"Bob's 2nd", b"Cyd's second card", b"Dot's 2nd"];
    cards[alias.0].try_into().unwrap()
}

fn heart() -> SealedHeart<'static> {
    b"a heart".into()
}

fn relocked_heart() -> SealedHeart<'static> {
    b"another heart".into()
}

fn door(id: u64, lock: u32) -> SealedDoor {
    SealedDoor([u8::try_from(id).unwrap() * 16 + u8::try_from(lock % 16).unwrap(); 224])
}

fn create(from: ConnectionId, rule: Rule) -> ClientFrame<'static> {
    create_room(from, ROOM, rule)
}

fn create_room(from: ConnectionId, room: RoomId, rule: Rule) -> ClientFrame<'static> {
    let (gate, heart, seat, card, tag) = (gate(room, 0), heart(), seat(from), card(from), tag(from));
    let message = signed::create(&nonce(from), room, &gate, heart, rule, &seat, card, &tag);
    let signature = sign(&gate_seed(room, 0), &message);
    ClientFrame::Create { room, gate, heart, seat, card, tag, rule, signature, code: None }
}

fn enter(from: ConnectionId, alias: ConnectionId) -> ClientFrame<'static> {
    enter_by(from, alias, 0)
}

/// By the password of a lock number.
fn enter_by(from: ConnectionId, alias: ConnectionId, lock: u32) -> ClientFrame<'static> {
    let (seat, card, tag) = (seat(from), card(from), tag(alias));
    let message = signed::enter(&nonce(from), ROOM, &seat, card, &tag);
    ClientFrame::Enter { room: ROOM, seat, card, tag, signature: sign(&gate_seed(ROOM, lock), &message) }
}

fn resume(from: ConnectionId, id: u64, whose: ConnectionId) -> ClientFrame<'static> {
    let signature = sign(&seat_seed(mark(whose)), &signed::resume(&nonce(from), ROOM, Id(id)));
    ClientFrame::Resume { room: ROOM, id: Id(id), signature }
}

fn order(from: ConnectionId, whose: ConnectionId, command: &[u8]) -> ClientFrame<'_> {
    let signature = sign(&seat_seed(mark(whose)), &signed::order(&nonce(from), command));
    ClientFrame::Order { command, signature }
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
    refused_for(to, why, 0)
}

fn refused_for(to: ConnectionId, why: Refusal, retry_ms: u64) -> Effect {
    Effect::Close { to, frame: Some(DaemonFrame::Refused { why, retry_ms }.encode().into()), code: 4000 }
}

fn ended(to: ConnectionId, end: End, code: u16) -> Effect {
    ended_by(to, end, None, None, code)
}

fn ended_by(
    to: ConnectionId,
    end: End,
    by: Option<u64>,
    payload: Option<&'static [u8]>,
    code: u16,
) -> Effect {
    let frame = DaemonFrame::Over { end, by: by.map(Id), payload }.encode().into();
    Effect::Close { to, frame: Some(frame), code }
}

fn joined(id: u64, from: ConnectionId) -> DaemonFrame<'static> {
    DaemonFrame::Joined { id: Id(id), entry: nonce(from).entry(), card: card(from) }
}

fn left(id: u64, how: Departure) -> DaemonFrame<'static> {
    DaemonFrame::Left { id: Id(id), how }
}

fn kicked(id: u64, by: u64) -> DaemonFrame<'static> {
    DaemonFrame::Kicked { id: Id(id), by: Id(by), payload: VOICE }
}

fn locked(locked: bool, by: u64) -> DaemonFrame<'static> {
    DaemonFrame::Locked { locked, by: Id(by) }
}

fn keeper(id: u64) -> DaemonFrame<'static> {
    DaemonFrame::Keeper(Id(id))
}

/// How a room stands, as `welcome` tells it.
#[derive(Clone)]
struct Standing<'a> {
    keeper: u64,
    locked: bool,
    lock: u32,
    heart: SealedHeart<'static>,
    said: u64,
    order: Order,
    members: &'a [(u64, ConnectionId, bool)],
    boxed: Option<(u64, &'static [u64], SealedDoor)>,
}

impl Standing<'_> {
    fn welcome(&self, whom: ConnectionId, you: u64) -> Effect {
        let seated =
            |&(id, from, away)| Seated { id: Id(id), entry: nonce(from).entry(), card: card(from), away };
        let frame = DaemonFrame::Welcome {
            you: Id(you),
            keeper: Id(self.keeper),
            locked: self.locked,
            lock: self.lock,
            heart: self.heart,
            said: self.said,
            count: self.order.count,
            order: self.order.hash,
            members: self.members.iter().map(seated).collect(),
            boxed: self.boxed.clone().map(|(by, stayed, door)| {
                (Id(by), Hash::of_staying(&stayed.iter().copied().map(Id).collect::<Vec<_>>()), door)
            }),
        };
        to(whom, &frame)
    }
}

/// No keys by the protocol's rule: no point of the curve, the identity, zeros (a point of order 4),
/// and a point of order 2.
const BAD_KEYS: [[u8; 32]; 4] = {
    let (mut identity, mut order_two) = ([0; 32], [0xff; 32]);
    identity[0] = 1;
    (order_two[0], order_two[31]) = (0xec, 0x7f);
    [[2; 32], identity, [0; 32], order_two]
};

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
        Effect::Pass { from, to, frame } => {
            format!("from {from:?} to {to:?}: {:?}", DaemonFrame::decode(frame))
        }
        Effect::Close { to, frame, code } => {
            format!("closes {to:?}, {code}: {:?}", frame.as_deref().map(DaemonFrame::decode))
        }
    };
    effects.iter().map(show).collect()
}
