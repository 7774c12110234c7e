//! A member that puts every frame together itself: what it seals is nothing that anybody could open, but
//! what it signs holds, so that the daemon takes it for a member like any other.

use sanctuary_seal::{Random, Seat};
use sanctuary_wire::{
    ClientFrame, Command, DaemonFrame, Gate, Id, Nonce, Rule, SealedCard, SealedHeart, Signature, Tag,
};

use super::line::Line;
use super::member::{ROOM, door};

/// What stands for sealed bytes.
const CARD: &[u8; 320] = &[1; 320];
const HEART: &[u8; 192] = &[2; 192];

/// The key of a seat, and what is signed by it.
pub struct ByHand {
    pub seat: Seat,
    pub tag: Tag,
    turn: u64,
}

impl ByHand {
    /// Somebody with a tag of its own.
    pub fn new() -> Self {
        let mut random = Random::from_system().unwrap();
        Self { seat: Seat::draw(&mut random), tag: Tag(random.bytes()), turn: 0 }
    }

    pub fn create(&self, nonce: &Nonce, code: Option<&[u8]>) -> Vec<u8> {
        let heart: SealedHeart = HEART.into();
        let (seat, card, tag, rule) = (self.seat.public(), CARD.into(), self.tag.clone(), Rule::Keeper);
        let signature = door().sign_create(nonce, heart, rule, &seat, card, &tag);
        self.create_with(door().gate(), signature, code)
    }

    pub fn create_with(&self, gate: Gate, signature: Signature, code: Option<&[u8]>) -> Vec<u8> {
        ClientFrame::Create {
            room: ROOM,
            gate,
            heart: HEART.into(),
            seat: self.seat.public(),
            card: CARD.into(),
            tag: self.tag.clone(),
            rule: Rule::Keeper,
            signature,
            code: code.map(|code| code.try_into().unwrap()),
        }
        .encode()
    }

    pub fn enter(&self, nonce: &Nonce) -> Vec<u8> {
        let card: SealedCard = CARD.into();
        self.enter_with(door().sign_enter(nonce, &self.seat.public(), card, &self.tag))
    }

    pub fn enter_with(&self, signature: Signature) -> Vec<u8> {
        let (seat, card, tag) = (self.seat.public(), CARD.into(), self.tag.clone());
        ClientFrame::Enter { room: ROOM, seat, card, tag, signature }.encode()
    }

    pub fn resume(&self, nonce: &Nonce, id: u64) -> Vec<u8> {
        let signature = self.seat.sign_resume(nonce, ROOM, Id(id));
        ClientFrame::Resume { room: ROOM, id: Id(id), signature }.encode()
    }

    /// An order, whose command is given its turn.
    pub fn order<'c>(&mut self, nonce: &Nonce, command: impl FnOnce(u64) -> Command<'c>) -> Vec<u8> {
        self.turn += 1;
        let command = command(self.turn).encode();
        ClientFrame::Order { command: &command, signature: self.seat.sign_order(nonce, &command) }.encode()
    }

    pub fn lock(&mut self, nonce: &Nonce, locked: bool) -> Vec<u8> {
        self.order(nonce, |turn| Command::Lock { turn, locked })
    }

    pub fn kick(&mut self, nonce: &Nonce, id: u64) -> Vec<u8> {
        self.order(nonce, |turn| Command::Kick { turn, id: Id(id), payload: b"kick" })
    }

    pub fn stop(&mut self, nonce: &Nonce) -> Vec<u8> {
        self.order(nonce, |turn| Command::Stop { turn, payload: b"stop" })
    }
}

/// Such a member's frame, and what the daemon answers to it.
pub async fn answered(line: &mut Line, frame: Vec<u8>) -> Vec<u8> {
    line.send_bytes(frame).await;
    line.frame().await
}

/// The number that a `welcome` gives.
pub fn welcomed(answer: &[u8]) -> u64 {
    match DaemonFrame::decode(answer).unwrap() {
        DaemonFrame::Welcome { you, .. } => you.0,
        other => panic!("no welcome: {other:?}"),
    }
}
