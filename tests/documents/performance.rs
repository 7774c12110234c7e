//! What docs/performance.md says of the benchmark, and of the unit, is so.

use super::read;

/// What stands between the first `before` and the next `after`.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before:?}"));
    rest.split_once(after).unwrap_or_else(|| panic!("no {after:?} after {before:?}")).0
}

#[test]
fn each_part_of_the_benchmark_is_named_and_no_other() {
    let (document, source) = (read("docs/performance.md"), read("benches/aims/main.rs"));
    let measures = between(&source, "const MEASURES: ", "];\n");
    let parts: Vec<_> = measures.lines().filter_map(|line| line.trim().strip_prefix("(\"")).collect();
    let parts: Vec<_> = parts.iter().map(|line| line.split('"').next().unwrap()).collect();
    let named = between(&document, "Parts\nare named ", ".\n");
    let named: Vec<_> = named.split('`').skip(1).step_by(2).collect();
    assert_eq!(named, parts);
    let aims = between(&document, "## What is aimed at", "\n## ");
    let unknown = aims.lines().filter_map(|line| line.strip_prefix("| `"));
    let unknown: Vec<_> = unknown.filter(|line| !parts.contains(&line.split('`').next().unwrap())).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn the_unit_allows_as_many_files_as_is_said() {
    let unit = read("systemd/sanctuary.service");
    let files: u64 = between(&unit, "\nLimitNOFILE=", "\n").parse().unwrap();
    let said = format!("{} {:03}", files / 1000, files % 1000);
    assert!(read("docs/performance.md").contains(&format!("the unit allows {said}")), "{said}");
}
