//! SECURITY.md names the tests behind each promise: each row of its tables names some, and each that it names is where
//! it says. So is each that docs/analysis.md names.
//!
//! In a cell, `file: test` is one of `tests/`, `module::test` one of `src/` or `crates/`, and what is called in words one of `web/test`,
//! what ends in `.vp` one of `docs/models`; a test without a file is of the file that was named before it.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_promise_names_tests_that_exist() {
    let promises = read(&repository("SECURITY.md"));
    let sources: Vec<PathBuf> =
        ["src", "crates", "tests", "web/test", "docs/models"].iter().flat_map(|part| files(part)).collect();
    let mut count = 0;
    for row in promises.lines().filter(|line| is_promise(line)) {
        let names = cited(last_cell(row));
        assert!(!names.is_empty(), "no test holds this: {row}");
        count += names.len();
        for (place, name) in names {
            assert!(exists(&sources, &place, name), "SECURITY.md names `{place}: {name}`, which is no test");
        }
    }
    let analysis = read(&repository("docs/analysis.md"));
    for row in analysis.lines().filter(|line| is_promise(line)) {
        for (place, name) in cited(last_cell(row)) {
            assert!(
                exists(&sources, &place, name),
                "docs/analysis.md names `{place}: {name}`, which is no test"
            );
        }
    }
    assert!(count > 150, "{count}");
    for beside in promises.split("(browser:").skip(1).filter_map(|rest| rest.split(')').next()) {
        for name in beside.split('`').skip(1).step_by(2) {
            assert!(exists(&sources, "", name), "SECURITY.md names {name}, which is no test");
        }
    }
}

/// A row of a table, but for its head.
fn is_promise(line: &str) -> bool {
    line.starts_with('|') && !line.starts_with("| ---") && !line.trim_end().ends_with("| held by |")
}

fn last_cell(row: &str) -> &str {
    row.trim_end_matches([' ', '|']).rsplit('|').next().unwrap()
}

/// Each test that a cell names, with the file or module before it.
fn cited(cell: &str) -> Vec<(String, &str)> {
    let mut place = String::new();
    let mut names = Vec::new();
    for span in cell.split('`').skip(1).step_by(2) {
        let is_code = !span.contains(' ') || span.split_once(": ").is_some_and(|(file, _)| is_word(file));
        let name = match span.rsplit_once(": ").or_else(|| span.rsplit_once("::")) {
            Some((before, name)) if is_code => {
                before.clone_into(&mut place);
                name
            }
            _ => span,
        };
        // `abuse` by itself is all of it; any other word by itself is no test.
        if name == "abuse" {
            names.push((name.to_owned(), ""));
        } else if name.contains(['_', ' ']) || is_file(name) {
            names.push((if is_word(name) { place.clone() } else { String::new() }, name));
        }
    }
    names
}

/// Whether it is a whole file of tests, or a model.
fn is_file(name: &str) -> bool {
    is_kind(Path::new(name), "ts") || is_kind(Path::new(name), "vp")
}

/// Whether it could be a name in Rust.
fn is_word(name: &str) -> bool {
    name.chars().all(|letter| letter.is_alphanumeric() || "_…".contains(letter))
}

fn exists(sources: &[PathBuf], place: &str, name: &str) -> bool {
    let beginning = name.trim_end_matches(['…', ' ', ',']);
    if is_file(name) {
        return sources.iter().any(|file| file.ends_with(name));
    }
    let (kind, wanted) = if is_word(name) {
        ("rs", format!("fn {beginning}{}", if name == beginning { "(" } else { "" }))
    } else {
        ("ts", beginning.to_owned())
    };
    // `a::b::tests` stands in `src/a/b.rs` or below `src/a/b/`, or where `a` is a crate below its `src` or `tests`;
    // `a` in `tests/a.rs` or below `tests/a/`.
    let (krate, inner) = place.split_once("::").unwrap_or_default();
    let in_crate = repository("crates").join(krate);
    let (folders, module) = match place.contains("::") {
        true if in_crate.exists() => (vec![in_crate.join("src"), in_crate.join("tests")], inner),
        true => (vec![repository("src")], place),
        false => (vec![repository("tests")], place),
    };
    let module: PathBuf = module.split("::").take_while(|part| *part != "tests").collect();
    let is_there = |file: &&PathBuf| {
        let mut relative = folders.iter().filter_map(|folder| file.strip_prefix(folder).ok());
        kind == "ts" || relative.any(|file| file.with_extension("").starts_with(&module))
    };
    let mut files = sources.iter().filter(|file| is_kind(file, kind)).filter(is_there).peekable();
    // Without a name it is all of them.
    files.peek().is_some() && (name.is_empty() || files.any(|file| read(file).contains(&wanted)))
}

#[test]
fn citations_are_read_as_they_are_meant() {
    for (cell, expected) in [
        ("`rooms: a_b`, `c_d`; `http: e_…`", &[("rooms", "a_b"), ("rooms", "c_d"), ("http", "e_…")][..]),
        ("`server::tests::a_b`, `c_d`", &[("server::tests", "a_b"), ("server::tests", "c_d")]),
        ("browser: `who is who: and more`", &[("", "who is who: and more")]),
        ("`weight`: `so many`; browser: `links.test.ts`", &[("", "so many"), ("", "links.test.ts")]),
        ("all of `abuse`, through which", &[("abuse", "")]),
        ("`entry.vp`, and `rooms: a_b`", &[("", "entry.vp"), ("rooms", "a_b")]),
        ("`seal` and `session` tables", &[]),
    ] {
        let found = cited(cell);
        let found: Vec<_> = found.iter().map(|(place, name)| (place.as_str(), *name)).collect();
        assert_eq!(found, expected, "{cell}");
    }
    let sources = files("tests");
    assert!(exists(&sources, "promises", "citations_are_read_as_they_are_meant"));
    assert!(!exists(&sources, "promises", "citations_are_read"), "no more than the beginning");
    assert!(!exists(&sources, "rooms", "citations_are_read_as_they_are_meant"), "elsewhere");
    assert!(!exists(&sources, "no_such_file", ""));
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
