//! Cards that must not open: altered, of another room, ill-formed; and the wire's limit.

use super::super::*;
use super::sealed::{other_door, random};
use super::vectors::{bytes, first_door, sender, vectors};
use sanctuary_wire::{cbor, limits};

#[test]
fn a_card_of_another_room_or_password_is_refused() {
    let sealed = bytes(&vectors()["card"]["sealed"]);
    assert_eq!(Card::open(&other_door(), &sealed), Err(SealError::Forged));
}

#[test]
fn the_largest_card_keeps_within_the_wire_s_limit() {
    let alias = "🦀".repeat(ALIAS_MOST).parse().unwrap();
    let card = Card { alias, public: sender().public() };
    let door = first_door();
    let sealed = card.seal(&door, &mut random());
    assert!(sealed.len() <= limits::CARD_MOST, "{} bytes", sealed.len());
    assert_eq!(Card::open(&door, &sealed), Ok(card));
}

/// Seals `plaintext` as a card, as only a member can.
fn card_of(door: &Door, plaintext: &[u8]) -> Result<Card, SealError> {
    Card::open(door, &aead::seal(&mut random(), &door.card_key, plaintext, &card::aad(door.room())))
}

#[test]
fn a_card_with_an_alias_against_the_rules_is_refused() {
    let door = first_door();
    let card = |alias: &str| card_of(&door, &cbor::encode(&(alias, [5; 32])));
    assert!(card("Ada").is_ok());
    for alias in ["", "/stop", "a b", "a\u{202e}b", &"x".repeat(33)] {
        assert_eq!(card(alias), Err(SealError::Alias), "{alias:?}");
    }
}

#[test]
fn only_zeros_may_follow_an_item() {
    let door = first_door();
    let mut plaintext = cbor::encode(&("Ada", [5; 32]));
    let item = plaintext.len();
    plaintext.resize(aead::FILL, 0);
    assert!(card_of(&door, &plaintext).is_ok());
    for at in [item, item + 1, aead::FILL - 1] {
        let mut filled = plaintext.clone();
        filled[at] = 1;
        assert_eq!(card_of(&door, &filled), Err(SealError::Malformed), "byte {at}");
    }
}

#[test]
fn an_ill_formed_card_is_refused() {
    let door = first_door();
    for plaintext in [
        b"".as_slice(),
        b"\x80",
        b"\x82\x63Ada",
        b"\x82\x63Ada\x41\x05",
        b"\x9f\x63Ada",
        b"\x82\x63Ad\xff",
        b"\x83\x63Ada",
        b"\xff",
        b"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff",
    ] {
        assert_eq!(card_of(&door, plaintext), Err(SealError::Malformed), "{plaintext:x?}");
    }
}
