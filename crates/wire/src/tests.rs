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
        let said = DaemonFrame::Said { number: 1 << 32, from: Id(24), payload: &payload }.encode();
        assert_eq!(said.capacity(), said.len());
    }
}

fn enter(card: &[u8]) -> Vec<u8> {
    cbor::encode(&(2u8, [1; 5], [2; 64], card, [3; 16]))
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
        let passes = vec![(Id(1), b"x".as_slice()); count];
        assert_eq!(ClientFrame::decode(&cbor::encode(&(5u8, passes.clone()))).is_ok(), ok, "{count} passes");
        assert_eq!(Passes::try_from(passes).is_ok(), ok, "{count} passes");
    }
}

fn create(code: Option<Code>) -> Vec<u8> {
    ClientFrame::Create {
        room: RoomId([1; 5]),
        gate: Gate([2; 32]),
        card: (&[0; limits::CARD_MOST]).into(),
        tag: Tag([3; 16]),
        rule: Rule::Keeper,
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
fn the_largest_entry_fits_the_smallest_largest_frame() {
    let largest = create(Some((&[0; limits::CODE_MOST]).into()));
    for entry in [largest, enter(&[0; limits::CARD_MOST])] {
        assert!(entry.len() <= limits::SMALLEST_LARGEST_FRAME);
    }
}

#[test]
fn no_element_is_missing_or_too_many() {
    // Null is none for who did it, but a code that is not there is left out.
    let nobody = [0x84, 0x04, 0x01, 0x00, 0xf6];
    assert_eq!(
        DaemonFrame::decode(&nobody),
        Ok(DaemonFrame::Left { id: Id(1), how: Departure::Exit, by: None })
    );
    let mut no_code = create(None);
    no_code[0] += 1;
    assert_eq!(ClientFrame::decode(&no_code), Err(WireError::Malformed));
    no_code.push(0xf6);
    assert_eq!(ClientFrame::decode(&no_code), Err(WireError::Malformed));
    for bytes in [&[0x80][..], &[0x81, 0x06], &[0x82, 0x07, 0x00], &[0x83, 0x06, 0x01, 0x01]] {
        assert_eq!(ClientFrame::decode(bytes), Err(WireError::Malformed), "{bytes:?}");
    }
}

#[test]
fn secrets_are_silent_in_debug() {
    let shown = format!("{:?}", ClientFrame::Resume { room: RoomId([7; 5]), seat: SeatToken([9; 16]) });
    assert!(!shown.contains('7') && !shown.contains('9'), "{shown}");
}

fn bytes_of<const N: usize>() -> impl Strategy<Value = [u8; N]> {
    proptest::collection::vec(any::<u8>(), N).prop_map(|bytes| bytes.try_into().unwrap())
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read_alike_when_written_again(
        bytes in proptest::collection::vec(any::<u8>(), 0..200)
    ) {
        if let Ok(frame) = ClientFrame::decode(&bytes) {
            let again = frame.encode();
            prop_assert_eq!(ClientFrame::decode(&again), Ok(frame));
        }
        if let Ok(frame) = DaemonFrame::decode(&bytes) {
            let again = frame.encode();
            prop_assert_eq!(DaemonFrame::decode(&again), Ok(frame));
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
        seat in bytes_of(), ids in proptest::collection::vec(any::<u64>(), 0..20), said: u64, locked: bool,
        card in proptest::collection::vec(any::<u8>(), 1..limits::CARD_MOST),
    ) {
        let members = ids.iter().map(|&id| Seated { id: Id(id), card: card.as_slice().try_into().unwrap(), away: id % 2 == 0 }).collect();
        let frame = DaemonFrame::Welcome {
            you: Id(1), seat: SeatToken(seat), rule: Rule::Everyone, keeper: Id(2), locked, said, members,
        };
        let again = frame.encode();
        prop_assert_eq!(DaemonFrame::decode(&again), Ok(frame));
    }
}
