//! SECURITY.md names the test behind each promise: each that it names is there.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_test_that_the_promises_rest_on_exists() {
    let promises = read(&repository("SECURITY.md"));
    let sources: Vec<PathBuf> = ["src", "tests", "web/test"].iter().flat_map(|part| files(part)).collect();
    let rust: String = sources.iter().filter(|file| is_kind(file, "rs")).map(|file| read(file)).collect();
    let browsers: String = sources.iter().filter(|file| is_kind(file, "ts")).map(|file| read(file)).collect();
    let names = cited(&promises);
    assert!(names.len() > 50, "{names:?}");
    let missing: Vec<_> = names
        .iter()
        .filter(|name| {
            let beginning = name.trim_end_matches(['…', ' ', ',']);
            if is_kind(Path::new(name), "ts") {
                !sources.iter().any(|file| file.ends_with(name))
            } else if beginning.contains(' ') {
                !browsers.contains(beginning)
            } else {
                let whole = if **name == beginning { "(" } else { "" };
                !rust.contains(&format!("fn {beginning}{whole}"))
            }
        })
        .collect();
    assert!(missing.is_empty(), "SECURITY.md names {missing:?}, which no test is called");
}

/// What stands in backquotes in the last column of a table, and behind "browser:", without the file of a test in Rust.
fn cited(promises: &str) -> BTreeSet<&str> {
    let rows = promises.lines().filter(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.trim_end_matches([' ', '|']).rsplit('|').next());
    let elsewhere = promises.split("(browser:").skip(1).filter_map(|rest| rest.split(')').next());
    cells
        .chain(elsewhere)
        .flat_map(in_backquotes)
        .filter(|name| name.contains(['_', ' ']) || is_kind(Path::new(name), "ts"))
        .collect()
}

fn in_backquotes(text: &str) -> impl Iterator<Item = &str> {
    let spans = text.split('`').skip(1).step_by(2).filter(|span| !span.contains('('));
    spans.map(|span| span.rsplit("::").next().unwrap()).map(|span| span.rsplit(": ").next().unwrap())
}

fn is_kind(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![repository(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let list = if entry.path().is_dir() { &mut folders } else { &mut found };
            list.push(entry.path());
        }
    }
    found
}
