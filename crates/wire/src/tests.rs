//! The vectors' frames, the limits at, below and above, and every frame there and back.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn vectors() -> serde_json::Value {
    serde_json::from_str(include_str!("../../../testdata/protocol.json")).unwrap()
}

fn unhex(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn every_frame_of_the_vectors_is_read_and_written_to_the_byte() {
    for frame in vectors()["frames"].as_array().unwrap() {
        let bytes = unhex(frame["hex"].as_str().unwrap());
        let again = match frame["side"].as_str().unwrap() {
            "client" => ClientFrame::decode(&bytes).unwrap().encode(),
            "command" => Command::decode(&bytes).unwrap().encode(),
            _ => DaemonFrame::decode(&bytes).unwrap().encode(),
        };
        assert_eq!(again, bytes, "{}", frame["name"]);
    }
}

#[test]
fn every_bad_client_frame_of_the_vectors_is_refused() {
    for (name, hex) in vectors()["bad_client_frames"].as_object().unwrap() {
        let bytes = unhex(hex.as_str().unwrap());
        assert!(ClientFrame::decode(&bytes).is_err(), "{name}");
    }
}

#[test]
fn what_follows_a_frame_is_named() {
    assert_eq!(ClientFrame::decode(&[0x81, 0x07, 0x00]), Err(WireError::Trailing));
}

#[test]
fn a_frame_fills_its_buffer() {
    for payload in [0, 23, 24, 255, 256, 65_536].map(|size| vec![0; size]) {
        let said = DaemonFrame::Said { from: Id(1 << 32), payload: &payload }.encode();
        assert_eq!(said.capacity(), said.len());
    }
}

fn enter(card: &[u8]) -> Vec<u8> {
    cbor::encode(&(2u8, [1; 5], [2; 32], card, [3; 16], [4; 64]))
}

#[test]
fn a_card_has_one_byte_to_the_limit() {
    for (size, ok) in [(0, false), (1, true), (limits::CARD_MOST, true), (limits::CARD_MOST + 1, false)] {
        let card = vec![0; size];
        assert_eq!(ClientFrame::decode(&enter(&card)).is_ok(), ok, "{size} bytes");
        assert_eq!(SealedCard::try_from(card.as_slice()).is_ok(), ok, "{size} bytes");
    }
}

#[test]
fn a_pass_names_one_member_to_the_limit() {
    for (count, ok) in [(0, false), (1, true), (limits::PASSES_MOST, true), (limits::PASSES_MOST + 1, false)]
    {
        let passes: Vec<_> = (0..count as u64).map(|id| (Id(id), b"x".as_slice())).collect();
        assert_eq!(ClientFrame::decode(&cbor::encode(&(5u8, passes.clone()))).is_ok(), ok, "{count} passes");
        assert_eq!(Passes::try_from(passes).is_ok(), ok, "{count} passes");
    }
}

#[test]
fn a_pass_names_nobody_twice() {
    for (ids, ok) in [([1, 2, 3], true), ([3, 1, 2], true), ([1, 2, 1], false), ([2, 2, 1], false)] {
        let passes = ids.map(|id| (Id(id), b"x".as_slice())).to_vec();
        assert_eq!(ClientFrame::decode(&cbor::encode(&(5u8, passes.clone()))).is_ok(), ok, "{ids:?}");
        assert_eq!(Passes::try_from(passes).is_ok(), ok, "{ids:?}");
    }
}

/// Of each width of a head, what is read only in the next shorter one, and what is read.
#[test]
fn a_number_is_read_in_its_shortest_form_below_2_53() {
    for (bytes, number) in [
        (&[0x17][..], Some(23)),
        (&[0x18, 23], None),
        (&[0x18, 24], Some(24)),
        (&[0x19, 0, 255], None),
        (&[0x19, 1, 0], Some(256)),
        (&[0x1a, 0, 0, 255, 255], None),
        (&[0x1a, 0, 1, 0, 0], Some(65_536)),
        (&[0x1b, 0, 0, 0, 0, 255, 255, 255, 255], None),
        (&[0x1b, 0, 0, 0, 1, 0, 0, 0, 0], Some(1 << 32)),
        (&[0x1b, 0, 31, 255, 255, 255, 255, 255, 255], Some((1 << 53) - 1)),
        (&[0x1b, 0, 32, 0, 0, 0, 0, 0, 0], None),
        (&[0x1b, 255, 255, 255, 255, 255, 255, 255, 255], None),
        (&[0x1c], None),
        (&[0x1f], None),
        (&[0x18], None),
        (&[0x20], None),
    ] {
        assert_eq!(cbor::decode::<u64>(bytes).ok(), number, "{bytes:?}");
        let of_bytes = [&[bytes[0] | 0x40][..], &bytes[1..]].concat();
        assert!(cbor::decode::<&[u8]>(&of_bytes).is_err(), "no such length is there: {of_bytes:?}");
    }
}

fn create(code: Option<Code>) -> Vec<u8> {
    ClientFrame::Create {
        room: RoomId([1; 5]),
        gate: Gate([2; 32]),
        heart: (&[0; limits::HEART_MOST]).into(),
        seat: SeatKey([4; 32]),
        card: (&[0; limits::CARD_MOST]).into(),
        tag: Tag([3; 16]),
        rule: Rule::Keeper,
        signature: Signature([5; 64]),
        code,
    }
    .encode()
}

#[test]
fn a_code_has_one_byte_to_the_limit() {
    for (size, ok) in [(0, false), (1, true), (limits::CODE_MOST, true), (limits::CODE_MOST + 1, false)] {
        let code = vec![b'x'; size];
        let mut bytes = create(None);
        bytes[0] += 1;
        cbor::write(&code.as_slice(), &mut bytes);
        assert_eq!(ClientFrame::decode(&bytes).is_ok(), ok, "{size} bytes");
        if let Ok(code) = Code::try_from(code.as_slice()) {
            assert_eq!(create(Some(code)), bytes);
        }
    }
}

#[test]
fn a_heart_has_one_byte_to_the_limit() {
    for (size, ok) in [(0, false), (1, true), (limits::HEART_MOST, true), (limits::HEART_MOST + 1, false)] {
        let heart = vec![0; size];
        let relocked = cbor::encode(&(17u8, Id(1), 2u32, heart.as_slice(), vec![Id(1)]));
        assert_eq!(DaemonFrame::decode(&relocked).is_ok(), ok, "{size} bytes");
        assert_eq!(SealedHeart::try_from(heart.as_slice()).is_ok(), ok, "{size} bytes");
    }
}

#[test]
fn a_lock_number_has_32_bits() {
    for (lock, ok) in [(0, true), (u64::from(u32::MAX), true), (1 << 32, false)] {
        let relocked = cbor::encode(&(17u8, Id(1), lock, [7].as_slice(), vec![Id(1)]));
        assert_eq!(DaemonFrame::decode(&relocked).is_ok(), ok, "{lock}");
    }
}

#[test]
fn the_largest_entry_fits_the_smallest_largest_frame() {
    let largest = create(Some((&[0; limits::CODE_MOST]).into()));
    for entry in [largest, enter(&[0; limits::CARD_MOST])] {
        assert!(entry.len() <= limits::SMALLEST_LARGEST_FRAME);
    }
}

#[test]
fn no_element_is_missing_or_too_many() {
    // Null is none for who did it, but a payload or code that is not there is left out.
    let nobody = [0x83, 0x0c, 0x06, 0xf6];
    let over = DaemonFrame::Over { end: End::ShuttingDown, by: None, payload: None };
    assert_eq!(DaemonFrame::decode(&nobody), Ok(over));
    let mut no_code = create(None);
    no_code[0] += 1;
    assert_eq!(ClientFrame::decode(&no_code), Err(WireError::Malformed));
    no_code.push(0xf6);
    assert_eq!(ClientFrame::decode(&no_code), Err(WireError::Malformed));
    for bytes in [&[0x80][..], &[0x81, 0x04], &[0x82, 0x07, 0x00], &[0x83, 0x04, 0x40, 0x01]] {
        assert_eq!(ClientFrame::decode(bytes), Err(WireError::Malformed), "{bytes:?}");
    }
}

#[test]
fn secrets_are_silent_in_debug() {
    let (room, signature) = (RoomId([7; 5]), Signature([9; 64]));
    let shown = format!("{:?}", ClientFrame::Resume { room, id: Id(1), signature });
    assert!(!shown.contains('7') && !shown.contains('9'), "{shown}");
}

#[test]
fn an_order_of_events_is_hashed_frame_by_frame() {
    let mut order = Order::new(RoomId([1; 5]));
    let begin = order;
    let mut hash = sha256(&[b"sanctuary/1 order".as_slice(), &[1; 5]]);
    assert_eq!((order.count, order.hash.0), (0, hash));
    for frame in [DaemonFrame::Away(Id(1)), DaemonFrame::Back(Id(1))].map(|frame| frame.encode()) {
        order.push(&frame);
        hash = sha256(&[&hash, &frame]);
    }
    assert_eq!((order.count, order.hash.0), (2, hash));
    assert_ne!(Order::new(RoomId([2; 5])).hash, begin.hash);
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(parts.concat()).into()
}

/// Every part of what is signed is covered, and no two kinds of signature are over the same bytes.
#[test]
fn a_signature_covers_its_kind_and_every_part() {
    let (nonce, other_nonce) = (Nonce([1; 32]), Nonce([2; 32]));
    let (room, other_room) = (RoomId([1; 5]), RoomId([2; 5]));
    let (seat, other_seat) = (SeatKey([1; 32]), SeatKey([2; 32]));
    let (tag, other_tag) = (Tag([1; 16]), Tag([2; 16]));
    let (gate, other_gate) = (Gate([1; 32]), Gate([2; 32]));
    let (card, other_card): (SealedCard, SealedCard) = ((&[1; 9]).into(), (&[2; 9]).into());
    let (heart, other_heart): (SealedHeart, SealedHeart) = ((&[1; 9]).into(), (&[2; 9]).into());
    let (keeper, everyone) = (Rule::Keeper, Rule::Everyone);
    let all = [
        signed::create(&nonce, room, &gate, heart, keeper, &seat, card, &tag),
        signed::create(&other_nonce, room, &gate, heart, keeper, &seat, card, &tag),
        signed::create(&nonce, other_room, &gate, heart, keeper, &seat, card, &tag),
        signed::create(&nonce, room, &other_gate, heart, keeper, &seat, card, &tag),
        signed::create(&nonce, room, &gate, other_heart, keeper, &seat, card, &tag),
        signed::create(&nonce, room, &gate, heart, everyone, &seat, card, &tag),
        signed::create(&nonce, room, &gate, heart, keeper, &other_seat, card, &tag),
        signed::create(&nonce, room, &gate, heart, keeper, &seat, other_card, &tag),
        signed::create(&nonce, room, &gate, heart, keeper, &seat, card, &other_tag),
        signed::enter(&nonce, room, &seat, card, &tag),
        signed::enter(&other_nonce, room, &seat, card, &tag),
        signed::enter(&nonce, other_room, &seat, card, &tag),
        signed::enter(&nonce, room, &other_seat, card, &tag),
        signed::enter(&nonce, room, &seat, other_card, &tag),
        signed::enter(&nonce, room, &seat, card, &other_tag),
        signed::resume(&nonce, room, Id(1)),
        signed::resume(&other_nonce, room, Id(1)),
        signed::resume(&nonce, other_room, Id(1)),
        signed::resume(&nonce, room, Id(2)),
        signed::order(&nonce, &[1]),
        signed::order(&other_nonce, &[1]),
        signed::order(&nonce, &[2]),
    ];
    for (at, one) in all.iter().enumerate() {
        assert!(!all[..at].contains(one), "the {at}th is one before");
    }
}

fn bytes_of<const N: usize>() -> impl Strategy<Value = [u8; N]> {
    proptest::collection::vec(any::<u8>(), N).prop_map(|bytes| bytes.try_into().unwrap())
}

fn number() -> impl Strategy<Value = u64> {
    0..=cbor::NUMBER_MOST
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_written_again_to_the_byte(
        bytes in proptest::collection::vec(any::<u8>(), 0..200)
    ) {
        if let Ok(frame) = ClientFrame::decode(&bytes) {
            prop_assert_eq!(frame.encode(), bytes.as_slice());
        }
        if let Ok(command) = Command::decode(&bytes) {
            prop_assert_eq!(command.encode(), bytes.as_slice());
        }
        if let Ok(frame) = DaemonFrame::decode(&bytes) {
            prop_assert_eq!(frame.encode(), bytes.as_slice());
        }
    }

    #[test]
    fn a_cut_frame_is_refused(cut in 0usize..100, card in proptest::collection::vec(any::<u8>(), 1..limits::CARD_MOST)) {
        let whole = enter(&card);
        let cut = cut.min(whole.len() - 1);
        prop_assert!(ClientFrame::decode(&whole[..cut]).is_err());
    }

    #[test]
    fn a_welcome_goes_there_and_back(
        order in bytes_of(), door in proptest::option::of(bytes_of()), count in number(), ids in proptest::collection::vec(number(), 0..20), said in number(), locked: bool,
        card in proptest::collection::vec(any::<u8>(), 1..limits::CARD_MOST),
    ) {
        let members = ids.iter().map(|&id| Seated { id: Id(id), entry: Entry([7; 16]), card: card.as_slice().try_into().unwrap(), away: id % 2 == 0 }).collect();
        let frame = DaemonFrame::Welcome {
            you: Id(1), keeper: Id(2), locked, lock: 3, heart: (&[1; 9]).into(), said, count, order: Hash(order), protections: said, members,
            boxed: door.map(|door| (Id(4), Hash(order), SealedDoor(door))),
        };
        let again = frame.encode();
        prop_assert_eq!(DaemonFrame::decode(&again), Ok(frame));
    }
}
