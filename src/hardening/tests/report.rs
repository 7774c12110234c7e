//! The protections, as others are told of them.

use std::collections::BTreeSet;

use super::{alone, policy};
use crate::hardening::harden;
use crate::hardening::report::{Protection, Report, TOLD};

#[test]
fn a_bit_stands_for_each_that_is_wholly_in_force() {
    let report = Report::new([
        Protection::absent(TOLD[0], "", "", ""),
        Protection::in_force(TOLD[1], ""),
        Protection::partly(TOLD[4], "", "", ""),
        Protection::in_force(TOLD[6], ""),
        Protection::in_force("another", ""),
    ]);
    assert_eq!(report.in_force(), 0b100_0010);
    assert_eq!(Report::new(TOLD.map(|name| Protection::in_force(name, ""))).in_force(), 0b111_1111);
}

#[test]
fn others_are_told_of_all_that_there_are() {
    alone(|| {
        let report = harden(&policy(vec![])).unwrap();
        let names: BTreeSet<&str> = report.protections().iter().map(|each| each.name).collect();
        assert_eq!(names, BTreeSet::from(TOLD));
    });
}
