//! CONTRIBUTING.md says where a new setting, frame or command goes, by an example of each: the
//! files that it names are those that have the example.

use super::{everything, read};

/// What is made from other files, and what tells of all of them.
const NOT_WRITTEN: [&str; 4] =
    ["CHANGELOG.md", "CONTRIBUTING.md", "packaging/completions/", "packaging/man/"];
/// Folders, and beginnings of files, that hold tests.
const TESTS: [&str; 6] = ["benches", "fuzz", "proptest-regressions", "test", "testdata", "tests"];

fn is_test(path: &str) -> bool {
    path.split(['/', '.']).any(|part| TESTS.contains(&part))
}

/// Whether `text` has `example`, and not as a part of a longer word.
fn has(text: &str, example: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let in_a_word = |before: &str, after: &str| before.ends_with(is_letter) && after.starts_with(is_letter);
    text.match_indices(example)
        .any(|(at, _)| !in_a_word(&text[..at], example) && !in_a_word(example, &text[at + example.len()..]))
}

/// A list: what may be new, the examples of it, and the places that are named.
fn lists(document: &str) -> Vec<(&str, Vec<&str>, Vec<&str>)> {
    let part = document.split("## Where a new one goes").nth(1).unwrap().split("\n## ").next().unwrap();
    let lists = part.split("**A").skip(1).map(|list| {
        let (what, rest) = list.split_once("**").unwrap();
        let (examples, places) = rest.split_once("`:").unwrap();
        (what.trim_start_matches("n ").trim(), spans(examples), spans(places))
    });
    lists.collect()
}

fn spans(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn a_new_one_goes_where_its_example_stands() {
    let document = read("CONTRIBUTING.md");
    let everything = everything();
    let lists = lists(&document);
    assert!(lists.len() >= 7, "{lists:?}");
    for (what, examples, places) in lists {
        let places: Vec<_> = places.into_iter().filter(|place| place.contains(['/', '.'])).collect();
        let has_it = |text: &str| examples.iter().any(|example| has(text, example));
        let is_written = |path: &str| !NOT_WRITTEN.iter().any(|made| path.starts_with(made));
        let found = everything.iter().filter(|(path, text)| is_written(path) && has_it(text));
        let found: Vec<_> = found.map(|(path, _)| path.as_str()).collect();
        let covers =
            |place: &str, path: &str| path == place || place.ends_with('/') && path.starts_with(place);
        let idle: Vec<_> =
            places.iter().filter(|place| !found.iter().any(|path| covers(place, path))).collect();
        assert!(idle.is_empty(), "{what}: {idle:?} have no {examples:?}");
        let is_named = |path: &str| places.iter().any(|place| covers(place, path));
        let lacking: Vec<_> = found.iter().filter(|path| !is_test(path) && !is_named(path)).collect();
        assert!(lacking.is_empty(), "{what}: {lacking:?} have {examples:?}, and are not named");
    }
}
