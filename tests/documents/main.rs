//! What the documents say, held against what they speak of: numbers against the code, links against what is installed,
//! settings and commands against the program in a root where they do no harm.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod commands;
mod limits;
mod links;
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
