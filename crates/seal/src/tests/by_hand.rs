//! A member played by hand, so that its keys are at hand: it may seal what it likes.

use std::collections::BTreeMap;

use sanctuary_sign::SigningKey;
use sanctuary_wire::{ClientFrame, DaemonFrame, Id, Passes, SealedCard};

use super::super::keys::{Seat, draw_voice};
use super::super::*;
use super::room::{ConnectionId, Players};

/// A member, and all that it has been passed and told.
pub(super) struct ByHand {
    pub(super) id: Id,
    pub(super) voice: SigningKey,
    pub(super) keys: KeyPair,
    pub(super) salt: RoomSalt,
    on: ConnectionId,
    pub(super) cards: BTreeMap<Id, Card>,
    /// Every frame since it entered.
    pub(super) frames: Vec<Vec<u8>>,
}

impl ByHand {
    /// Enters with keys of its own.
    pub(super) fn enters(room: &mut Players, door: &Door, alias: &str) -> Self {
        let keys = KeyPair::draw(&mut Random::from_system().unwrap());
        let public = keys.public();
        Self::enters_showing(room, door, alias, keys, public)
    }

    /// Enters with a card that shows this public key as its own.
    pub(super) fn enters_showing(
        room: &mut Players,
        door: &Door,
        alias: &str,
        keys: KeyPair,
        public: Public,
    ) -> Self {
        let mut random = Random::from_system().unwrap();
        let (seat, voice) = (Seat::draw(&mut random), draw_voice(&mut random));
        let on = room.daemon.connect();
        let hello = room.daemon.down.get_mut(&on).unwrap().pop_front().unwrap();
        let DaemonFrame::Hello { nonce, .. } = DaemonFrame::decode(&hello).unwrap() else { panic!() };
        let alias: Alias = alias.parse().unwrap();
        let card = Card { alias: alias.clone(), voice: voice.public(), public, n: 0 };
        let sealed = card.seal(door, &voice, &nonce.entry(), &mut random);
        let (seat, card, tag) =
            (seat.public(), SealedCard::try_from(sealed.as_slice()).unwrap(), door.alias_tag(&alias));
        let signature = door.sign_enter(&nonce, &seat, card, &tag);
        let enter = ClientFrame::Enter { room: door.room(), seat, card, tag, signature };
        room.daemon.hears(on, &enter.encode());
        let welcome = room.daemon.down.get_mut(&on).unwrap().pop_front().unwrap();
        let DaemonFrame::Welcome { you, heart, members, .. } = DaemonFrame::decode(&welcome).unwrap() else {
            panic!("not let in")
        };
        let salt = RoomSalt::of(door.room(), &Heart::open(door, &heart).unwrap());
        let others = members.iter().filter(|seated| seated.id != you);
        let cards = others.map(|seated| (seated.id, Card::open(door, &seated.entry, &seated.card).unwrap()));
        let cards = cards.collect();
        room.settle();
        Self { id: you, voice, keys, salt, on, cards, frames: vec![] }
    }

    /// Takes what has come.
    pub(super) fn listens(&mut self, room: &mut Players) {
        self.frames.extend(room.daemon.down.get_mut(&self.on).unwrap().drain(..));
    }

    pub(super) fn pair(&self, with: Id) -> Pair {
        let card = &self.cards[&with];
        Pair::agree(&self.salt, self.voice.public(), &self.keys, (card.voice, card.public)).unwrap()
    }

    /// The last chain that this member was passed.
    pub(super) fn chain_of(&mut self, room: &mut Players, from: Id) -> Option<Chain> {
        self.listens(room);
        let pair = self.pair(from);
        let chain = |frame: &Vec<u8>| match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Passed { from: by, passed } if by == from => match pair.inward.open(passed) {
                Ok(Some(Passed::Chain(chain))) => Some(chain),
                _ => None,
            },
            _ => None,
        };
        self.frames.iter().rev().find_map(chain)
    }

    /// Passes a chain of its own, and gives it back.
    pub(super) fn hands_out(&self, room: &mut Players, to: Id) -> Chain {
        let mut random = Random::from_system().unwrap();
        let chain = Chain::at(0, 0, random.secret());
        let passed = self.pair(to).outward.seal(&mut random, &Passed::Chain(chain.clone())).unwrap();
        room.daemon.hears(self.on, &ClientFrame::Pass(Passes::of([(to, &passed)])).encode());
        room.settle();
        chain
    }

    /// Says what it likes, and steps on.
    pub(super) fn says(&self, room: &mut Players, chain: &mut Chain, say: &Say) {
        let payload = say.seal(&self.salt, chain, &self.voice, &mut Random::from_system().unwrap()).unwrap();
        chain.step(&self.salt);
        room.daemon.hears(self.on, &ClientFrame::Say { payload: &payload }.encode());
        room.settle();
    }
}
