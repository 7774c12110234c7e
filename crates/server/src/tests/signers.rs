//! Who signs, for the tests: the room's gate and its members' seats.

use sanctuary_sign::SigningKey;
use sanctuary_wire::{
    ClientFrame, Command, Gate, Id, Nonce, RoomId, Rule, SealedCard, SealedHeart, SeatKey, Signature, Tag,
    signed,
};

/// The only room.
const ROOM: RoomId = RoomId([0; 5]);

fn gate() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

/// The member of this number: its seat's key, its card and its tag.
fn member(number: u8) -> (SigningKey, SealedCard<'static>, Tag) {
    (SigningKey::from_seed(&[number; 32]), b"card".into(), Tag([number; 16]))
}

/// Opens the room.
pub(crate) fn create(nonce: &Nonce, number: u8) -> ClientFrame<'static> {
    let (key, card, tag) = member(number);
    let (gate_key, seat, rule) = (gate(), SeatKey(key.public().to_bytes()), Rule::Keeper);
    let (gate, heart) = (Gate(gate_key.public().to_bytes()), SealedHeart::from(b"heart"));
    let signature = gate_key.sign(&signed::create(nonce, ROOM, &gate, heart, rule, &seat, card, &tag));
    let signature = Signature(signature);
    ClientFrame::Create { room: ROOM, gate, heart, seat, card, tag, rule, signature, code: None }
}

/// Enters it.
pub(crate) fn enter(nonce: &Nonce, number: u8) -> ClientFrame<'static> {
    let (key, card, tag) = member(number);
    let seat = SeatKey(key.public().to_bytes());
    let signature = Signature(gate().sign(&signed::enter(nonce, ROOM, &seat, card, &tag)));
    ClientFrame::Enter { room: ROOM, seat, card, tag, signature }
}

/// Takes a seat again, signed by the member of this number, whether or not that is its own.
pub(crate) fn resume(nonce: &Nonce, number: u8, id: u64) -> ClientFrame<'static> {
    let signature = Signature(member(number).0.sign(&signed::resume(nonce, ROOM, Id(id))));
    ClientFrame::Resume { room: ROOM, id: Id(id), signature }
}

/// Gives an order, of which the bytes are to be kept.
pub(crate) fn order<'a>(
    nonce: &Nonce,
    number: u8,
    command: &Command<'_>,
    bytes: &'a mut Vec<u8>,
) -> ClientFrame<'a> {
    *bytes = command.encode();
    let signature = Signature(member(number).0.sign(&signed::order(nonce, bytes)));
    ClientFrame::Order { command: bytes, signature }
}
