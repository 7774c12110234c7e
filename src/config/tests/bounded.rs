//! Bounds that settings have by each other.

use super::super::units::{KIB, MIB};
use super::*;

#[test]
fn the_backlog_holds_a_welcome_and_a_frame_twice() {
    let least = Settings { members: 1000, ..Settings::default() }.smallest_backlog();
    let text = |backlog: usize| format!("members = 1000\nbacklog = \"{backlog} B\"");
    assert_eq!(parse(&text(least)).unwrap().backlog, least);
    assert_eq!(parse(&text(least + 1)).unwrap().backlog, least + 1);
    let [fault] = &faults(&text(least - 1))[..] else { panic!() };
    assert!(fault.starts_with("2:1: `backlog` is"), "{fault}");
    assert!(fault.ends_with("set it to \"1068 KiB\" or more"), "{fault}");
    // A setting that the file does not state is not blamed.
    assert!(faults("\nmembers = 10000")[0].starts_with("2:1: `backlog` is 1 MiB, too little"));
}

#[test]
fn the_backlog_holds_four_frames() {
    let text = |backlog: usize| format!("members = 1\nlargest_frame = \"64 KiB\"\nbacklog = \"{backlog} B\"");
    let least = 4 * 64 * KIB;
    assert_eq!(parse(&text(least)).unwrap().backlog, least);
    assert_eq!(parse(&text(least + 1)).unwrap().backlog, least + 1);
    let expected = "3:1: `backlog` is 262143 B, too little for `members` and `largest_frame`: \
                    set it to \"256 KiB\" or more";
    assert_eq!(faults(&text(least - 1)), [expected]);
    let largest = Settings { members: 1, backlog: least, ..Settings::default() };
    assert_eq!(largest.frames_at_once(), 64, "a quarter of it, which is one frame");
}

#[test]
fn a_member_sends_at_once_no_more_than_a_quarter_of_the_backlog_and_no_less_than_a_frame() {
    for (frame_burst, backlog, largest_frame, expected) in [
        (128, MIB, 64 * KIB, 128),
        (255, MIB, 64 * KIB, 255),
        (256, MIB, 64 * KIB, 256),
        (257, MIB, 64 * KIB, 256),
        (128, 400 * KIB, 64 * KIB, 100),
        (63, MIB, 64 * KIB, 64),
        (64, MIB, 64 * KIB, 64),
        (65, MIB, 64 * KIB, 65),
        (1, 16 * KIB, 2 * KIB, 2),
        (1, 16 * KIB, 2 * KIB + 1, 3),
    ] {
        let settings = Settings { largest_frame, backlog, frame_burst, ..Settings::default() };
        assert_eq!(settings.frames_at_once(), expected, "{frame_burst} {backlog} {largest_frame}");
    }
}

#[test]
fn what_waits_for_all_holds_one_s_backlog_and_a_message_that_comes_in() {
    let text = |waiting: usize| format!("largest_frame = \"64 KiB\"\nwaiting = \"{waiting} B\"");
    let least = MIB + 128 * KIB;
    assert_eq!(parse(&text(least)).unwrap().waiting, Some(least));
    assert_eq!(parse(&text(least + 1)).unwrap().waiting, Some(least + 1));
    let expected = "2:1: `waiting` is 1179647 B, too little for one `backlog` and `largest_frame`: \
                    set it to \"1152 KiB\" or more";
    assert_eq!(faults(&text(least - 1)), [expected]);
}

#[test]
fn unless_it_is_set_a_quarter_of_the_memory_may_wait_for_all() {
    let settings = Settings::default();
    let each = settings.smallest_waiting();
    for (memory, expected) in [
        (512 << 20, 128 * MIB),
        (0, each),
        (4 * each as u64, each),
        (4 * each as u64 + 4, each + 1),
        (u64::MAX, settings.connections * each),
    ] {
        assert_eq!(settings.waiting_within(memory), expected, "{memory}");
    }
    let set = Settings { waiting: Some(7), ..settings };
    assert_eq!((set.waiting_within(0), set.waiting_within(u64::MAX)), (7, 7));
}

#[test]
fn the_largest_welcome_fits_half_of_the_smallest_backlog() {
    use sanctuary_wire::{DaemonFrame, Entry, Hash, Id, SealedDoor, Seated, limits};
    let (members, largest_frame) = (10_000_u32, limits::LARGEST_LARGEST_FRAME);
    let room = |members| Settings { members, largest_frame, ..Settings::default() };
    let (card, heart) = ([0; limits::CARD_MOST], [0; limits::HEART_MOST]);
    let seated = |id: u32| Seated {
        id: Id(u64::MAX - u64::from(id)),
        entry: Entry([0; 16]),
        card: (&card).into(),
        away: true,
    };
    let welcome = DaemonFrame::Welcome {
        you: Id(u64::MAX),
        keeper: Id(u64::MAX),
        locked: true,
        lock: u32::MAX,
        heart: (&heart).into(),
        said: u64::MAX,
        count: u64::MAX,
        order: Hash([0; 32]),
        protections: u64::MAX,
        members: (0..members).map(seated).collect(),
        boxed: Some((Id(u64::MAX), Hash([0; 32]), SealedDoor([0; 224]))),
    };
    let payload = vec![0; largest_frame];
    let said = DaemonFrame::Said { from: Id(u64::MAX), payload: &payload };
    // Beside them each has a head on the line, and a place in a queue.
    let needed = welcome.encode().len() + said.encode().len() + 2 * (10 + 64);
    assert!(needed <= room(members as usize).smallest_backlog() / 2);
    assert!(needed > room(members as usize - 1000).smallest_backlog() / 2);
}
