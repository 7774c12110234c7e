//! What the documents say, held against what they speak of: numbers against the code, links against what is installed,
//! settings and commands against the program in a root where they do no harm.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod commands;
mod limits;
mod links;
mod performance;
mod places;
mod prose;
mod protocol;
#[path = "../support/mod.rs"]
mod support;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Folders with nothing in them that people write, and data.
const LEFT_OUT: [&str; 10] = [
    ".git",
    "corpus",
    "dist",
    "node_modules",
    "proptest-regressions",
    "snapshots",
    "target",
    "testdata",
    "vendor",
    "LICENSE",
];

/// Every text of the repository: its path from the root, and what it holds.
fn everything() -> Vec<(String, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![repository("")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if LEFT_OUT.iter().any(|name| path.ends_with(name)) || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path.strip_prefix(repository("")).unwrap();
                found.push((path.to_str().unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}
