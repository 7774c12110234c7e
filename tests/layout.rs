//! Who may know whom: the import rules, read from the sources themselves. That the daemon cannot read a
//! message is visible here: nothing that it consists of imports `seal`.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn each_part_imports_what_the_architecture_says_and_nothing_else() {
    let mut found = imports();
    found.retain(|_, imports| !imports.is_empty());
    assert_eq!(found, drawn(include_str!("../ARCHITECTURE.md")), "imported, and drawn in ARCHITECTURE.md");
}

/// The lines `part -> other, other` of the document.
fn drawn(document: &str) -> BTreeMap<String, BTreeSet<String>> {
    let lines = document.lines().filter_map(|line| line.split_once(" -> "));
    let lines = lines.filter(|(part, _)| part.trim_end().bytes().all(|letter| letter.is_ascii_lowercase()));
    lines
        .map(|(part, others)| {
            // The page's parts stand beside.
            let others = others.split("  ").next().unwrap().split(',').map(|other| other.trim().to_owned());
            (part.trim_end().to_owned(), others.collect())
        })
        .collect()
}

#[test]
fn nothing_of_the_daemon_imports_seal() {
    let imports = imports();
    for part in ["server", "daemon", "room", "wire"] {
        assert!(imports.contains_key(part), "`{part}` is not there to be looked at");
    }
    let knowing: Vec<_> =
        imports.iter().filter(|(_, found)| found.contains("seal")).map(|(part, _)| part).collect();
    assert!(knowing.is_empty(), "{knowing:?} import `seal`");
}

#[test]
fn the_reader_of_imports_finds_them_however_they_are_written() {
    for (source, depth, expected) in [
        ("use crate::wire::Id;", 2, &["wire"][..]),
        ("use crate::{wire, room::{Rooms, Event}};", 2, &["room", "wire"]),
        ("use crate :: wire;", 2, &["wire"]),
        ("pub(crate) use crate::seal as s;", 2, &["seal"]),
        ("fn f() { crate::seal::shard(x) }", 2, &["seal"]),
        ("use super::super::seal;", 2, &["seal"]),
        ("use super::seal;", 1, &["seal"]),
        ("use super::{seal, wire};", 1, &["seal", "wire"]),
        ("use super::sibling;", 2, &[]),
        ("mod tests { use super::*; }", 1, &[]),
        ("mod tests { use super::super::seal; }", 1, &["seal"]),
        ("mod tests { use super::f; } use super::seal;", 1, &["seal"]),
        ("use sanctuary::seal;", 1, &["seal"]),
        ("// crate::seal\n/* crate::seal */ \"crate::seal\" '\"' use crate::wire;", 1, &["wire"]),
        ("use crate::*;", 1, &["*"]),
    ] {
        let found: Vec<_> = imports_of(source, depth).into_iter().collect();
        assert_eq!(found, expected, "{source}");
    }
}

/// Part of the crate -> what it imports of the crate, itself apart.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources(&root) {
        let relative = file.strip_prefix(&root).unwrap().with_extension("");
        let mut path: Vec<_> = relative.iter().map(|name| name.to_str().unwrap().to_owned()).collect();
        if path.last().is_some_and(|name| name == "mod") {
            path.pop();
        }
        let part = path[0].clone();
        if part == "lib" {
            continue;
        }
        let found = imports_of(&fs::read_to_string(&file).unwrap(), path.len());
        imports.entry(part.clone()).or_default().extend(found.into_iter().filter(|other| *other != part));
    }
    imports
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let mut sources: Vec<_> =
        files.into_iter().filter(|file| file.extension().is_some_and(|e| e == "rs")).collect();
    for folder in folders {
        sources.extend(self::sources(&folder));
    }
    sources
}

/// The parts of the crate that `source` names, a module `depth` levels below the crate's root.
fn imports_of(source: &str, depth: usize) -> BTreeSet<String> {
    let tokens = tokens(source);
    let mut found = BTreeSet::new();
    // For each open brace whether it is a module's.
    let mut braces: Vec<bool> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => braces.push(at >= 2 && tokens[at - 2] == "mod"),
            "}" => drop(braces.pop()),
            "crate" | "sanctuary" if tokens.get(at + 1).is_some_and(|next| next == "::") => {
                names(&tokens[at + 2..], &mut found);
            }
            "super" => {
                let mut levels = 0;
                while tokens.get(at).is_some_and(|token| token == "super") {
                    levels += 1;
                    at += 2;
                }
                if levels == depth + braces.iter().filter(|module| **module).count() {
                    names(&tokens[at..], &mut found);
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The first names of the path or the group that begins here.
fn names(tokens: &[String], found: &mut BTreeSet<String>) {
    match tokens.first().map(String::as_str) {
        Some("{") => {
            let mut open = 0;
            for (at, token) in tokens.iter().enumerate() {
                match token.as_str() {
                    "{" => open += 1,
                    "}" => open -= 1,
                    name if open == 1 && matches!(tokens[at - 1].as_str(), "{" | ",") => {
                        found.insert(name.to_owned());
                    }
                    _ => {}
                }
                if open == 0 {
                    return;
                }
            }
        }
        Some(name) => {
            found.insert(name.to_owned());
        }
        None => {}
    }
}

/// Identifiers, `::` and single signs; comments and literals apart.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = literal(rest) {
            length
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the string or character literal that begins here.
fn literal(rest: &str) -> Option<usize> {
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'));
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let begin = rest.len() - raw.len() + hashes + 1;
            return rest[begin..].find(&end).map(|at| begin + at + end.len());
        }
    }
    let quote = rest.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == quote {
            return Some(at + 1);
        } else if quote == '\'' && at > 1 && rest.as_bytes()[1] != b'\\' {
            // A lifetime.
            return None;
        }
    }
    None
}
