//! What connections do, and the frames for it. Signatures are real, by few keys, and each
//! thing is signed once.

use std::cell::RefCell;
use std::collections::HashMap;

use sanctuary_sign::SigningKey;
use sanctuary_wire::{
    ClientFrame, Command, Gate, Id, Nonce, Passes, RoomId, Rule, SealedCard, SeatKey, Signature, Staying,
    Tag, signed,
};

use super::super::ConnectionId;
use super::World;
use super::view::{door_of, payload_of};

/// What one connection does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Deed {
    /// `knows`: signed by the gate.
    Create {
        room: RoomId,
        alias: u8,
        rule: Rule,
        knows: bool,
    },
    /// `knows`: by the room's password, else by the one that it had before.
    Enter {
        room: RoomId,
        alias: u8,
        knows: bool,
    },
    /// Of a seat that there is or was, by its number among all; `knows`: signed by its key.
    Resume {
        stay: usize,
        knows: bool,
    },
    Say,
    Pass(Vec<Id>),
    Order(Ordered, Forgery),
    Exit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Ordered {
    Kick(Id),
    Stop,
    Lock(bool),
    /// Who stays, and for a lock number that is the room's or the one behind it.
    Relock {
        staying: Vec<Id>,
        is_behind: bool,
    },
    /// With a tag of this alias, behind the present door or the one before.
    Renew {
        alias: u8,
        is_behind: bool,
    },
    Hand(Id),
}

/// What is wrong with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Forgery {
    None,
    /// Signed by another seat's key.
    Key,
    /// Signed for another connection.
    Nonce,
    /// Its turn was there before.
    Turn,
}

impl World {
    /// The frame for a deed, as it goes over the line.
    pub(super) fn frame_of(&self, from: ConnectionId, deed: &Deed) -> Vec<u8> {
        let nonce = nonce(from);
        let card = |alias| [number(from), alias, 0];
        match deed {
            Deed::Create { room, alias, rule, knows } => {
                let (gate, seat) = (gate(*room, 0), seat(number(from)));
                let (heart, card, tag) = (heart(*rule, 0), card(*alias), tag(*alias, 0));
                let (heart, card) = ((&heart).into(), SealedCard::from(&card));
                let message = signed::create(&nonce, *room, &gate, heart, *rule, &seat, card, &tag);
                let signature = sign(&gate_seed(*room, u32::from(!*knows)), &message);
                let (room, rule) = (*room, *rule);
                ClientFrame::Create { room, gate, heart, seat, card, tag, rule, signature, code: None }
                    .encode()
            }
            Deed::Enter { room, alias, knows } => {
                let lock = self.observers.get(room).map_or(0, |observer| observer.picture.lock);
                let (seat, card, tag) = (seat(number(from)), card(*alias), tag(*alias, lock));
                let card = SealedCard::from(&card);
                let message = signed::enter(&nonce, *room, &seat, card, &tag);
                let password = if *knows { lock } else { lock.wrapping_sub(1) };
                let signature = sign(&gate_seed(*room, password), &message);
                ClientFrame::Enter { room: *room, seat, card, tag, signature }.encode()
            }
            Deed::Resume { stay, knows } => {
                let stay = &self.stays[*stay];
                let message = signed::resume(&nonce, stay.room, stay.id);
                let signature = sign(&seat_seed(if *knows { stay.key } else { NOBODY }), &message);
                ClientFrame::Resume { room: stay.room, id: stay.id, signature }.encode()
            }
            Deed::Say => ClientFrame::Say { payload: b"hear me" }.encode(),
            Deed::Pass(ids) => {
                let passes: Vec<_> = ids.iter().map(|id| (*id, b"psst".as_slice())).collect();
                ClientFrame::Pass(Passes::try_from(passes).unwrap()).encode()
            }
            Deed::Order(ordered, forgery) => self.order(from, ordered, *forgery),
            Deed::Exit => ClientFrame::Exit.encode(),
        }
    }

    /// Of who is in no room, the order of nobody.
    fn order(&self, from: ConnectionId, ordered: &Ordered, forgery: Forgery) -> Vec<u8> {
        let view = self.views.get(&from);
        let (me, lock) = view.map_or((Id(0), 0), |view| (view.me, view.picture.lock));
        let rule = view.map_or(Rule::Keeper, |view| view.picture.rule());
        let turn = self.turns.get(&from).copied().unwrap_or(0);
        let turn = if forgery == Forgery::Turn { turn.saturating_sub(1) } else { turn };
        let (payload, heart, card) =
            (payload_of(me), heart(rule, lock + 1), |alias| [number(from), alias, 1]);
        let command = match ordered {
            Ordered::Kick(id) => Command::Kick { turn, id: *id, payload: &payload }.encode(),
            Ordered::Hand(id) => Command::Hand { turn, id: *id, payload: &payload }.encode(),
            Ordered::Stop => Command::Stop { turn, payload: &payload }.encode(),
            Ordered::Lock(locked) => Command::Lock { turn, locked: *locked }.encode(),
            Ordered::Renew { alias, is_behind } => {
                let tag = renewed_tag(*alias, lock, *is_behind);
                Command::Renew { turn, card: (&card(*alias)).into(), tag }.encode()
            }
            Ordered::Relock { staying, is_behind } => {
                let room = view.map_or(RoomId([0; 5]), |view| view.picture.room);
                let stays = |id: &Id| {
                    let alias = self.stay(room, *id).map_or(0, |stay| stay.alias);
                    Staying { id: *id, tag: tag(alias, lock + 1), door: door_of(*id, lock + 1) }
                };
                let (gate, staying) = (gate(room, lock + 1), staying.iter().map(stays).collect());
                let lock = if *is_behind { lock.wrapping_sub(1) } else { lock };
                Command::Relock { turn, lock, gate, heart: (&heart).into(), staying }.encode()
            }
        };
        let key = self.stay_of(from).map_or(NOBODY, |stay| stay.key);
        let key = if forgery == Forgery::Key { NOBODY } else { key };
        let other = ConnectionId((from.0 + 1) % super::CONNECTIONS);
        let nonce = nonce(if forgery == Forgery::Nonce { other } else { from });
        let signature = sign(&seat_seed(key), &signed::order(&nonce, &command));
        ClientFrame::Order { command: &command, signature }.encode()
    }
}

/// The number of a key that no seat has.
const NOBODY: u8 = 255;

pub(super) fn number(connection: ConnectionId) -> u8 {
    u8::try_from(connection.0).unwrap()
}

/// What a connection's `hello` says.
pub(in super::super) fn nonce(connection: ConnectionId) -> Nonce {
    Nonce([number(connection); 32])
}

/// Of an alias, behind the door of a lock number.
pub(super) fn tag(alias: u8, lock: u32) -> Tag {
    let mut tag = Tag([alias; 16]);
    tag.0[..4].copy_from_slice(&lock.to_be_bytes());
    tag
}

pub(super) fn renewed_tag(alias: u8, lock: u32, is_behind: bool) -> Tag {
    tag(alias, lock.saturating_sub(is_behind.into()))
}

fn heart(rule: Rule, lock: u32) -> [u8; 5] {
    let [a, b, c, d] = lock.to_be_bytes();
    [rule as u8, a, b, c, d]
}

pub(in super::super) fn gate(room: RoomId, lock: u32) -> Gate {
    Gate(public(&gate_seed(room, lock)))
}

pub(in super::super) fn seat(number: u8) -> SeatKey {
    SeatKey(public(&seat_seed(number)))
}

/// To what the password of a room leads, under a lock number.
pub(in super::super) fn gate_seed(room: RoomId, lock: u32) -> [u8; 32] {
    let mut seed = [room.0[0]; 32];
    seed[..4].copy_from_slice(&lock.to_be_bytes());
    seed
}

pub(in super::super) fn seat_seed(number: u8) -> [u8; 32] {
    let mut seed = [number; 32];
    seed[0] = b's';
    seed
}

/// So many signatures are remembered.
const REMEMBERED: usize = 100_000;

type Remembered<K, V> = RefCell<HashMap<K, V>>;

thread_local! {
    static PUBLIC: Remembered<[u8; 32], [u8; 32]> = RefCell::default();
    static SIGNED: Remembered<([u8; 32], Vec<u8>), [u8; 64]> = RefCell::default();
}

fn public(seed: &[u8; 32]) -> [u8; 32] {
    let make = || SigningKey::from_seed(seed).public().to_bytes();
    PUBLIC.with_borrow_mut(|known| *known.entry(*seed).or_insert_with(make))
}

pub(in super::super) fn sign(seed: &[u8; 32], message: &[u8]) -> Signature {
    let make = || SigningKey::from_seed(seed).sign(message);
    SIGNED.with_borrow_mut(|known| {
        if known.len() == REMEMBERED {
            known.clear();
        }
        Signature(*known.entry((*seed, message.to_vec())).or_insert_with(make))
    })
}
