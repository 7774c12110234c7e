//! Who seizes a device opens nothing that was passed before its keys were renewed.

use sanctuary_wire::{DaemonFrame, Id};

use super::super::super::*;
use super::super::room::{Players, message};
use super::intercepted;

#[test]
fn who_seizes_a_device_after_a_renewal_opens_nothing_that_was_passed_before() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.say(0, "hello");
    room.group(0).whisper(Id(2), message("before")).unwrap();
    let frames = intercepted(&mut room, 1);
    room.hears_all(1, &frames);
    room.settle();
    let recorded: Vec<_> = frames.iter().filter(|frame| frame[1] == 6).cloned().collect();
    assert_eq!(recorded.len(), 2);
    let opens = |room: &mut Players| {
        let (voice, keys, salt) = room.group(1).seized();
        let card = room.group(1).card(Id(1)).unwrap().clone();
        let pair = Pair::agree(&salt, voice.public(), &keys, (card.voice, card.public)).unwrap();
        let open = |frame: &Vec<u8>| match DaemonFrame::decode(frame).unwrap() {
            DaemonFrame::Passed { passed, .. } => pair.inward.open(passed).is_ok(),
            _ => unreachable!(),
        };
        recorded.iter().filter(|frame| open(frame)).count()
    };
    assert_eq!(opens(&mut room), 2, "before it is renewed");
    let now = room.now;
    room.group(1).thawed(now);
    room.settle();
    assert_eq!(opens(&mut room), 0);
    // The key kept for what was under way goes after two minutes, or at the first pass.
    room.ticks(FORMER_MS);
    room.told(1);
    room.hears_all(1, &recorded);
    let forged = Happening::PassUnread { from: Id(1), why: SealError::Forged };
    assert_eq!(room.told(1), [forged.clone(), forged]);
}

#[test]
fn the_first_pass_under_a_new_key_ends_the_old_one() {
    let mut room = Players::of(&["Ada", "Ben"]);
    room.group(0).whisper(Id(2), message("under way")).unwrap();
    let under_way = intercepted(&mut room, 1);
    let now = room.now;
    room.group(1).thawed(now);
    room.settle();
    room.group(0).whisper(Id(2), message("new")).unwrap();
    room.settle();
    room.told(1);
    room.hears_all(1, &under_way);
    assert_eq!(room.told(1), [Happening::PassUnread { from: Id(1), why: SealError::Forged }]);
}
