//! Bounds that settings have by each other.

use super::super::units::{KIB, MIB};
use super::*;

#[test]
fn the_backlog_holds_a_welcome_and_a_frame() {
    let least = Settings { members: 100, ..Settings::default() }.smallest_backlog();
    let text = |backlog: usize| format!("members = 100\nbacklog = \"{backlog} B\"");
    assert_eq!(parse(&text(least)).unwrap().backlog, least);
    assert_eq!(parse(&text(least + 1)).unwrap().backlog, least + 1);
    let [fault] = &faults(&text(least - 1))[..] else { panic!() };
    assert!(fault.starts_with("2:1: `backlog` is"), "{fault}");
    assert!(fault.ends_with("set it to \"99 KiB\" or more"), "{fault}");
    // A setting that the file does not state is not blamed.
    assert!(faults("\nmembers = 10000")[0].starts_with("2:1: `backlog` is 1 MiB, too little"));
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
fn the_largest_welcome_fits_the_smallest_backlog() {
    use sanctuary_wire::{DaemonFrame, Id, Rule, SeatToken, Seated, limits};
    let (members, largest_frame) = (10_000_u32, limits::LARGEST_LARGEST_FRAME);
    let room = |members| Settings { members, largest_frame, ..Settings::default() };
    let card = [0; limits::CARD_MOST];
    let seated = |id: u32| Seated { id: Id(u64::MAX - u64::from(id)), card: (&card).into(), away: true };
    let welcome = DaemonFrame::Welcome {
        you: Id(u64::MAX),
        seat: SeatToken([0; 16]),
        rule: Rule::Everyone,
        keeper: Id(u64::MAX),
        locked: true,
        said: u64::MAX,
        members: (0..members).map(seated).collect(),
    };
    let payload = vec![0; largest_frame];
    let said = DaemonFrame::Said { number: u64::MAX, from: Id(u64::MAX), payload: &payload };
    let needed = welcome.encode().len() + said.encode().len();
    assert!(needed <= room(members as usize).smallest_backlog());
    assert!(needed > room(members as usize - 1000).smallest_backlog());
}
