//! What `create` and `enter` have to prove, and that nobody learns which rooms and seats exist.

use nix::time::{ClockId, clock_gettime};
use sanctuary_sign::SigningKey;

use super::*;
use crate::room::signatures::{is_signed, is_signed_by_checked};

/// A part of a `create`, or of an `enter`, that somebody on the way has exchanged.
type Exchange = fn(&mut ClientFrame<'static>);

#[test]
fn a_create_is_signed_by_its_gate_with_all_that_it_says() {
    macro_rules! exchanged {
        ($part:ident, $other:expr) => {
            |frame| {
                if let ClientFrame::Create { $part: part, .. } = frame {
                    *part = $other;
                }
            }
        };
    }
    let parts: [(&str, Exchange); 8] = [
        ("room", exchanged!(room, ELSEWHERE)),
        ("gate", exchanged!(gate, gate(ELSEWHERE, 0))),
        ("heart", exchanged!(heart, relocked_heart())),
        ("seat", exchanged!(seat, seat(CYD))),
        ("card", exchanged!(card, card(CYD))),
        ("tag", exchanged!(tag, tag(CYD))),
        ("rule", exchanged!(rule, Rule::Everyone)),
        ("signature", exchanged!(signature, Signature([0; 64]))),
    ];
    for (name, exchange) in parts {
        let (mut house, mut frame) = (House::empty(), create(ADA, Rule::Keeper));
        exchange(&mut frame);
        assert_eq!(house.first_frame(ADA, frame), [refused(ADA, Refusal::Malformed)], "{name}");
        assert_eq!(house.rooms.counts(), Counts { rooms: 0, members: 0 });
    }
    let mut house = House::empty();
    let overheard = create(ADA, Rule::Keeper);
    expect(&house.first_frame(BOB, overheard), &[refused(BOB, Refusal::Malformed)]);
}

/// The code is the host's own affair.
#[test]
fn a_code_is_not_signed() {
    let mut frame = create(ADA, Rule::Keeper);
    if let ClientFrame::Create { code, .. } = &mut frame {
        *code = Some(b"a code".into());
    }
    let mut house = House::empty();
    house.first_frame(ADA, frame);
    assert!(house.rooms.is_member(ADA));
}

/// What anybody can sign for the identity: R = `encode([0]B)`, S = 0.
fn signature_of_anybody() -> Signature {
    let mut signature = Signature([0; 64]);
    signature.0[0] = 1;
    signature
}

#[test]
fn gates_are_keys_by_the_rule() {
    for bad in BAD_KEYS {
        let mut house = House::with(Rule::Keeper, &[ADA]);
        let signature = signature_of_anybody();
        let frame = ClientFrame::Create {
            room: ELSEWHERE,
            gate: Gate(bad),
            heart: heart(),
            seat: seat(BOB),
            card: card(BOB),
            tag: tag(BOB),
            rule: Rule::Keeper,
            signature,
            code: None,
        };
        expect(&house.first_frame(BOB, frame), &[refused(BOB, Refusal::Malformed)]);
        assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: 1 });
    }
}

#[test]
fn a_seat_key_that_is_none_signs_nothing() {
    for bad in BAD_KEYS {
        let mut house = House::with(Rule::Keeper, &[ADA]);
        let (seat, card, tag) = (SeatKey(bad), card(BOB), tag(BOB));
        let message = signed::enter(&nonce(BOB), ROOM, &seat, card, &tag);
        let signature = sign(&gate_seed(ROOM, 0), &message);
        house.first_frame(BOB, ClientFrame::Enter { room: ROOM, seat, card, tag, signature });
        assert!(house.rooms.is_member(BOB), "it harms its owner alone");
        let resume = ClientFrame::Resume { room: ROOM, id: Id(2), signature: signature_of_anybody() };
        expect(&house.first_frame(CYD, resume), &[refused(CYD, Refusal::NoEntry)]);
        let command = Command::Lock { turn: 0, locked: true }.encode();
        let order = ClientFrame::Order { command: &command, signature: signature_of_anybody() };
        expect(&house.says(BOB, order)[..1], &[ended(BOB, End::Malformed, 4007)]);
        assert!(!house.rooms.is_member(BOB));
    }
}

/// An `enter` that nobody who knows the password has made so.
fn forged() -> Vec<(&'static str, ClientFrame<'static>)> {
    macro_rules! exchanged {
        ($part:ident, $other:expr) => {{
            let mut frame = enter(BOB, BOB);
            if let ClientFrame::Enter { $part: part, .. } = &mut frame {
                *part = $other;
            }
            (stringify!($part), frame)
        }};
    }
    vec![
        exchanged!(seat, seat(CYD)),
        exchanged!(card, card(CYD)),
        exchanged!(tag, tag(CYD)),
        exchanged!(signature, Signature([0; 64])),
        exchanged!(signature, Signature([0xff; 64])),
        ("another password", enter_by(BOB, BOB, 1)),
        ("for another connection", enter(CYD, BOB)),
    ]
}

#[test]
fn no_room_and_a_wrong_password_are_refused_alike() {
    let (mut empty, mut house) = (House::empty(), House::with(Rule::Keeper, &[ADA]));
    for ((name, frame), (_, again)) in forged().into_iter().zip(forged()) {
        let effects = house.first_frame(BOB, frame);
        assert_eq!(effects, [refused(BOB, Refusal::NoEntry)], "{name}");
        assert_eq!(empty.first_frame(BOB, again), effects, "{name}");
    }
    expect(&empty.first_frame(BOB, enter(BOB, BOB)), &[refused(BOB, Refusal::NoEntry)]);
}

/// The same is checked for each. As for the time, it is that of the processor alone, and of many
/// tries the middle one, whatever else this machine does.
fn take_equally_long<const N: usize>(names: [&str; N], mut tries: [impl FnMut() -> Vec<Effect>; N]) {
    let spent = || Duration::from(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap());
    let mut times = [const { Vec::new() }; N];
    let checks = tries.each_mut().map(|attempt| questions(|| drop(attempt())));
    assert!(checks.iter().all(|these| *these == checks[0] && *these > 0), "{names:?}: {checks:?}");
    for _ in 0..1000 {
        for (attempt, times) in tries.iter_mut().zip(&mut times) {
            let before = spent();
            let effects = attempt();
            times.push(spent().saturating_sub(before));
            expect(&effects, &[refused(BOB, Refusal::NoEntry)]);
        }
    }
    for times in &mut times {
        times.sort_unstable();
    }
    let middle = times.map(|times| times[times.len() / 2]);
    let (least, most) = (middle.iter().min().unwrap(), middle.iter().max().unwrap());
    assert!(*least > *most * 9 / 10, "{names:?}: {middle:?}");
}

#[test]
fn no_room_takes_as_long_as_a_wrong_password() {
    let mut houses = [House::empty(), House::with(Rule::Keeper, &[ADA])];
    let tries = houses.each_mut().map(|house| || house.first_frame(BOB, enter_by(BOB, BOB, 1)));
    take_equally_long(["without a room", "with one"], tries);
}

#[test]
fn no_seat_takes_as_long_as_another_key() {
    let room = || House::with(Rule::Keeper, &[ADA, CYD]);
    let mut houses = [House::empty(), room(), room(), room()];
    houses[2].on(CYD, Event::Closed);
    houses[3].stops(ADA);
    let tries = houses.each_mut().map(|house| || house.first_frame(BOB, resume(BOB, 2, BOB)));
    take_equally_long(["without a seat", "with one", "given up", "with a room that is gone"], tries);
}

#[test]
fn where_there_is_no_key_the_published_one_opens_nothing() {
    // The secret key of RFC 8032, 7.1, test 1.
    let secret = [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44,
        0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
    ];
    let public = SigningKey::from_seed(&secret).public().to_bytes();
    let signature = sign(&secret, b"let me in");
    assert!(is_signed(Some(&public), b"let me in", &signature), "the signature itself is good");
    assert!(!is_signed(None, b"let me in", &signature));
    assert!(!is_signed_by_checked(None, b"let me in", &signature));
    let (seat, card, tag) = (seat(BOB), card(BOB), tag(BOB));
    let message = signed::enter(&nonce(BOB), ROOM, &seat, card, &tag);
    let frame = ClientFrame::Enter { room: ROOM, seat, card, tag, signature: sign(&secret, &message) };
    expect(&House::empty().first_frame(BOB, frame), &[refused(BOB, Refusal::NoEntry)]);
    let signature = sign(&secret, &signed::resume(&nonce(BOB), ROOM, Id(1)));
    let frame = ClientFrame::Resume { room: ROOM, id: Id(1), signature };
    expect(&House::empty().first_frame(BOB, frame), &[refused(BOB, Refusal::NoEntry)]);
}
