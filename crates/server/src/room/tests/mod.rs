//! Every rule as a table: what happens, and to the byte what comes of it. Beside the tables,
//! `property` and `exhaustive` let anything happen in a `world` that knows the rules.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod credit;
mod entry;
mod exhaustive;
mod house;
mod moderation;
mod orders;
mod presence;
mod proofs;
mod property;
mod relock;
mod renewal;
mod resume;
mod succession;
mod talk;
mod world;

use exhaustive::questions;
pub(super) use exhaustive::remembered;

use std::time::{Duration, Instant};

use self::house::{House, Standing};
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
