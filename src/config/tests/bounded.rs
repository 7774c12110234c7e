//! Each bound, at it and beyond.

use super::super::bounds;
use super::*;

#[test]
fn every_number_has_bounds() {
    let cases = [
        ("rooms", 1, 100_000),
        ("connections", 1, 100_000),
        ("connections_by_address", 1, 100_000),
        ("tries_by_address", 1, 1_000_000),
        ("rooms_by_address", 1, 1_000_000),
        ("frame_rate", 1, 1_000_000),
        ("frame_burst", 1, 1_000_000),
        ("frames_by_address", 1, 1_000_000),
    ];
    for (key, least, most) in cases {
        assert_eq!(faults(&format!("{key} = {least}")), [""; 0], "{key}");
        assert_eq!(faults(&format!("{key} = {most}")), [""; 0], "{key}");
        let refusal = format!("1:{}: `{key}`: write a whole number from {least} to {most}", key.len() + 4);
        for wrong in [(least - 1).to_string(), (most + 1).to_string(), "-1".to_owned(), "1.5".to_owned()] {
            assert_eq!(faults(&format!("{key} = {wrong}")), std::slice::from_ref(&refusal), "{key}");
        }
    }
}

#[test]
fn members_have_bounds() {
    let refusal = ["1:11: `members`: write a whole number from 1 to 10000"];
    assert_eq!(faults("members = 0"), refusal);
    assert_eq!(faults("members = 10_001"), refusal);
    assert_eq!(parse("members = 1").unwrap().members, 1);
    assert_eq!(parse("members = 10_000\nbacklog = \"4 MiB\"").unwrap().members, 10_000);
}

#[test]
fn every_size_and_time_has_bounds() {
    let cases = [
        ("largest_frame", ["1023 B", "1 KiB", "1 MiB", "1048577 B"], "backlog = \"64 MiB\""),
        ("backlog", ["16383 B", "16 KiB", "64 MiB", "67108865 B"], "members = 1\nlargest_frame = \"1 KiB\""),
        (
            "waiting",
            ["1048575 B", "1 MiB", "4095 MiB", "4293918721 B"],
            "members = 1\nlargest_frame = \"1 KiB\"\nbacklog = \"16 KiB\"",
        ),
        ("grace", ["999 ms", "1 s", "1 h", "3600001 ms"], ""),
        ("ping", ["999 ms", "1 s", "10 min", "600001 ms"], ""),
        ("handshake", ["999 ms", "1 s", "2 min", "120001 ms"], ""),
    ];
    for (key, [below, least, most, above], others) in cases {
        let text = |value: &str| format!("{key} = {value:?}\n{others}");
        assert_eq!(faults(&text(least)), [""; 0], "{key}");
        assert_eq!(faults(&text(most)), [""; 0], "{key}");
        let refusal = format!("1:{}: `{key}`: write something from {least:?} to {most:?}", key.len() + 4);
        assert_eq!(faults(&text(below)).first(), Some(&refusal), "{key}");
        assert_eq!(faults(&text(above)).first(), Some(&refusal), "{key}");
    }
}

#[test]
fn the_backlog_holds_a_welcome_and_a_frame() {
    let least = bounds::smallest_backlog(100, 64 * bounds::KIB);
    let text = |backlog: usize| format!("members = 100\nbacklog = \"{backlog} B\"");
    assert_eq!(parse(&text(least)).unwrap().backlog, least);
    assert_eq!(parse(&text(least + 1)).unwrap().backlog, least + 1);
    let [fault] = &faults(&text(least - 1))[..] else { panic!() };
    assert!(fault.starts_with("2:1: `backlog` is"), "{fault}");
    assert!(fault.ends_with("set it to \"99 KiB\" or more"), "{fault}");
    // What the file does not state is not blamed.
    assert!(faults("\nmembers = 10000")[0].starts_with("2:1: `backlog` is 1 MiB, too little"));
}

#[test]
fn what_waits_for_all_holds_one_s_backlog_and_a_message_that_comes_in() {
    let text = |waiting: usize| format!("largest_frame = \"64 KiB\"\nwaiting = \"{waiting} B\"");
    let least = bounds::MIB + 128 * bounds::KIB;
    assert_eq!(parse(&text(least)).unwrap().waiting, Some(least));
    assert_eq!(parse(&text(least + 1)).unwrap().waiting, Some(least + 1));
    let expected = "2:1: `waiting` is 1179647 B, too little for one `backlog` and `largest_frame`: \
                    set it to \"1152 KiB\" or more";
    assert_eq!(faults(&text(least - 1)), [expected]);
}

#[test]
fn unless_it_is_set_a_quarter_of_the_memory_may_wait_for_all() {
    let settings = Settings::default();
    let each = bounds::smallest_waiting(settings.backlog, settings.largest_frame);
    for (memory, expected) in [
        (512 << 20, 128 * bounds::MIB),
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
    assert!(needed <= bounds::smallest_backlog(members as usize, largest_frame));
    assert!(needed > bounds::smallest_backlog(members as usize - 1000, largest_frame));
}

#[test]
fn lists_have_bounds() {
    let listen = |count: u16| {
        let entries: Vec<_> = (1..=count).map(|port| format!("127.0.0.1:{port}")).collect();
        format!("listen = {entries:?}")
    };
    let refusal = |count| [format!("1:10: `listen` holds {count} entries: write 1 to 16")];
    assert_eq!(faults(&listen(0)), refusal(0));
    assert_eq!(parse(&listen(1)).unwrap().listen.len(), 1);
    assert_eq!(parse(&listen(16)).unwrap().listen.len(), 16);
    assert_eq!(faults(&listen(17)), refusal(17));
    for (key, entry) in [("hosts", "a"), ("origins", "https://a"), ("proxies", "10.0.0.1")] {
        let entries = |count| format!("{key} = {:?}", vec![entry; count]);
        assert_eq!(faults(&entries(64)), [""; 0]);
        let column = key.len() + 4;
        assert_eq!(faults(&entries(65)), [format!("1:{column}: `{key}` holds 65 entries: write 0 to 64")]);
    }
}
