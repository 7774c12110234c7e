//! What a client holds itself to is what the protocol says.

use super::super::group::BOUNDS;

#[test]
fn every_bound_is_in_the_protocol() {
    let protocol = include_str!("../../../../docs/protocol.md");
    let table = protocol.split("What a client holds itself to").nth(1).unwrap();
    let stated: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    let expected = BOUNDS.iter().map(|(what, bound)| match what.strip_suffix(", ms") {
        Some(what) if bound % 60_000 == 0 => format!("| {what} | {} min |", bound / 60_000),
        Some(what) => format!("| {what} | {} s |", bound / 1_000),
        None => format!("| {what} | {bound} |"),
    });
    let expected: Vec<_> = expected.collect();
    assert_eq!(stated.len(), expected.len(), "{stated:#?}");
    for (stated, expected) in stated.iter().zip(expected) {
        assert!(stated.starts_with(&expected), "{stated}: not {expected}");
    }
}
