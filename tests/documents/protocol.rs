//! `docs/protocol.md`, sections 3 and 4, and the code: each has every number that the other has.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use sanctuary_wire::{ClientFrame, Command, DaemonFrame, Denial, Departure, End, Refusal, Rule, WireError};

use super::{read, repository};

pub(crate) fn protocol() -> String {
    read("docs/protocol.md")
}

/// All numbers of an enum that stands in a frame, with its words as the document writes them: `NoEntry` is "no entry".
fn numbered<T: TryFrom<u64, Error = WireError> + Debug>() -> Vec<(u64, String)> {
    let named = |number| T::try_from(number).ok().map(|value| (number, words(&format!("{value:?}"))));
    (0..=255).filter_map(named).collect()
}

/// The words of a name in Rust.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// "1 kicked / 2 stopped", in one line.
fn listed(numbered: &[(u64, String)]) -> String {
    let listed: Vec<_> = numbered.iter().map(|(number, words)| format!("{number} {words}")).collect();
    listed.join(" / ")
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_number_of_a_frame_has_its_words_and_no_other_has() {
    let text = squeezed(&protocol());
    for (before, numbers, after) in [
        ("refused = [2, ", listed(&numbered::<Refusal>()), ", retry-ms: uint]"),
        ("left = [4, id, ", listed(&numbered::<Departure>()), "]"),
        ("denied = [11, frame: uint, ", listed(&numbered::<Denial>()), ", retry-ms: uint]"),
        ("over = [12, ", listed(&numbered::<End>()), ", by: id / null, ? payload: bstr]"),
    ] {
        let line = format!("{before}{numbers}{after}");
        assert!(text.contains(&line), "docs/protocol.md lacks: {line}");
    }
    assert_eq!(listed(&numbered::<Rule>()), "0 keeper / 1 everyone");
    assert!(text.contains("rule = 0 keeper moderates / 1 everyone does"));
}

/// All values of such an enum, as sources name them.
fn named<T: TryFrom<u64, Error = WireError> + Debug>(of: &str) -> Vec<String> {
    let values = (0..=255).filter_map(|number| T::try_from(number).ok());
    values.map(|value| format!("{of}::{value:?}")).collect()
}

/// A number that the daemon never sends promises what nobody keeps.
#[test]
fn the_daemon_sends_every_number_that_it_has_for_an_answer() {
    let sources: String = sources(&["crates/server/src"]).into_values().collect();
    let code: Vec<_> = sources.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let all = [
        named::<Refusal>("Refusal"),
        named::<Denial>("Denial"),
        named::<Departure>("Departure"),
        named::<End>("End"),
    ];
    for name in all.concat() {
        assert!(code.iter().any(|line| line.contains(&name)), "{name} is never sent");
    }
}

#[test]
fn the_page_has_the_same_numbers() {
    let page = squeezed(&read("web/src/wire.ts"));
    for (list, numbers) in [
        ("refusal", numbered::<Refusal>()),
        ("departure", numbered::<Departure>()),
        ("denial", numbered::<Denial>()),
        ("end", numbered::<End>()),
    ] {
        let after = page.split(&format!("const {list} = coded(")).nth(1).unwrap_or_else(|| panic!("{list}"));
        let after = after.trim_start().trim_start_matches('[');
        let words = after.split(']').next().unwrap().split(',').map(|word| word.trim().trim_matches('\''));
        let words: Vec<_> =
            words.filter(|word| !word.is_empty()).map(|word| word.replace('-', " ")).collect();
        let expected: Vec<_> = numbers.into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, expected, "{list}");
    }
}

#[test]
fn every_end_has_its_close_code() {
    let text = protocol();
    let rows: Vec<_> = text.lines().map(str::trim).filter(|line| line.starts_with("| `over` ")).collect();
    let ends: Vec<End> = (0..=255).filter_map(|number| End::try_from(number).ok()).collect();
    assert_eq!(rows.len(), ends.len(), "{rows:#?}");
    for (row, end) in rows.iter().zip(ends) {
        let begin = format!("| `over` {} {} | {}", end as u8, words(&format!("{end:?}")), end.close_code());
        assert!(row.starts_with(&begin), "{row}: not {begin}");
    }
    assert!(text.contains(&format!("| `refused` | {} |", Refusal::CLOSE_CODE)));
    assert!(text.contains(&format!("| none, after `exit` | {} |", sanctuary_wire::NORMAL_CLOSURE)));
}

/// `name = [number, …]`, each with how many elements it has at the least and at the most.
fn documented_frames(side: &str) -> BTreeMap<String, (u64, usize, usize)> {
    let text = protocol();
    let names = text.lines().find_map(|line| line.strip_prefix(side)?.strip_prefix(" = ")).unwrap();
    let text = squeezed(&text);
    let mut frames = BTreeMap::new();
    for name in names.split(" / ") {
        let definition = text.split(&format!(" {name} = [")).nth(1).unwrap_or_else(|| panic!("{name}"));
        let (mut open, mut most, mut least) = (1, 1, 1);
        let end = definition.char_indices().find(|&(at, letter)| {
            match letter {
                '[' => open += 1,
                ']' => open -= 1,
                ',' if open == 1 => {
                    most += 1;
                    least += usize::from(!definition[at + 1..].trim_start().starts_with('?'));
                }
                _ => {}
            }
            open == 0
        });
        assert!(end.is_some(), "{name} has no end");
        let number = definition.split([',', ']']).next().unwrap().trim().parse().unwrap();
        frames.insert(name.to_owned(), (number, least, most));
    }
    frames
}

/// The same of the code.
fn stated_frames(frames: &[(u8, &str, &[&str])]) -> BTreeMap<String, (u64, usize, usize)> {
    let stated = frames.iter().map(|(number, name, fields)| {
        let most = 1 + fields.len();
        let least = most - fields.iter().filter(|field| field.ends_with('?')).count();
        (name.to_ascii_lowercase(), (u64::from(*number), least, most))
    });
    stated.collect()
}

#[test]
fn every_frame_is_documented_and_has_a_vector() {
    let vectors: serde_json::Value = serde_json::from_str(&read("testdata/protocol.json")).unwrap();
    for (side, frames) in
        [("client", ClientFrame::FRAMES), ("command", Command::FRAMES), ("daemon", DaemonFrame::FRAMES)]
    {
        let stated = stated_frames(frames);
        assert_eq!(documented_frames(side), stated, "{side}");
        let vectors = vectors["frames"].as_array().unwrap().iter().filter(|vector| vector["side"] == side);
        // "refused: needs a code"
        let name = |vector: &serde_json::Value| {
            let name = vector["name"].as_str().unwrap();
            name.split(|letter: char| !letter.is_alphabetic()).next().unwrap().to_owned()
        };
        assert_eq!(
            vectors.map(name).collect::<BTreeSet<_>>(),
            stated.into_keys().collect(),
            "{side}: vectors"
        );
    }
}

/// Sources below these places without their tests, by `folder/name`.
pub(crate) fn sources(places: &[&str]) -> BTreeMap<String, String> {
    fn walk(place: &Path, into: &mut Vec<PathBuf>) {
        if place.is_dir() {
            for entry in fs::read_dir(place).unwrap() {
                walk(&entry.unwrap().path(), into);
            }
        } else {
            into.push(place.to_owned());
        }
    }
    let mut files = Vec::new();
    for place in places {
        walk(&repository(place), &mut files);
    }
    // `crates/wire/src/client_frames.rs` is called `wire/client_frames`, `crates/server/src/room/entry.rs` is `server/room/entry`.
    let name = |file: &Path| {
        let parts = file.strip_prefix(repository("")).unwrap().with_extension("");
        let parts = parts.iter().filter(|part| *part != "crates" && *part != "src");
        parts.collect::<PathBuf>().display().to_string()
    };
    let code = |file: &Path| {
        fs::read_to_string(file).unwrap().split("\n#[cfg(test)]\nmod tests {").next().map(str::to_owned)
    };
    let files = files.iter().filter(|file| !name(file).contains("tests"));
    files.map(|file| (name(file), code(file).unwrap())).collect()
}
