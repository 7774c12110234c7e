//! What the operator reads.

use super::super::{Protection, Report, hush_panics};
use super::output_alone;

#[test]
fn a_panic_names_its_place_and_nothing_of_what_it_handled() {
    let panicked = output_alone(|| {
        hush_panics();
        panic!("the secret was {}", "xyzzy");
    });
    if let Some(output) = panicked {
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("a fault of the program at src/hardening/tests/output.rs:"), "{told}");
        assert!(!told.contains("xyzzy"), "{told}");
    }
}

#[test]
fn the_report_reads_as_a_table_and_as_one_line() {
    let report = Report::new([
        Protection::in_force("core dumps", "no dumps"),
        Protection::partly("Landlock", "landlock v3", "files alone", "a newer kernel"),
        Protection::absent("memory lock", "MEMORY NOT LOCKED", "no limit", "raise it"),
    ]);
    assert_eq!(report.summary(), "no dumps, landlock v3, MEMORY NOT LOCKED");
    assert_eq!(
        report.to_string(),
        "core dumps   in force  no dumps\n\
         Landlock     PARTLY    landlock v3: files alone; a newer kernel\n\
         memory lock  ABSENT    MEMORY NOT LOCKED: no limit; raise it\n"
    );
    assert_eq!(report.faults().count(), 2);
}
