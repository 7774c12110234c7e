//! Every input in `fuzz/corpus/`, found by the fuzzer or sown, through the bodies of the fuzz targets.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../fuzz/src/lib.rs"]
mod bodies;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Panics anywhere, also in tasks whose runtime would keep them to itself.
static PANICS: AtomicUsize = AtomicUsize::new(0);

#[test]
fn the_corpus_of_every_target_passes() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        told(panic);
    }));
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (target, body) in bodies::TARGETS {
        let mut inputs: Vec<_> =
            fs::read_dir(corpora.join(target)).unwrap().map(|entry| entry.unwrap().path()).collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "{target} has no corpus");
        for input in inputs {
            let bytes = fs::read(&input).unwrap();
            let passed = catch_unwind(AssertUnwindSafe(|| body(&bytes))).is_ok();
            assert!(passed && PANICS.load(Ordering::SeqCst) == 0, "{}", input.display());
        }
    }
}

#[test]
fn every_corpus_has_a_target() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for folder in fs::read_dir(corpora).unwrap() {
        let name = folder.unwrap().file_name();
        assert!(bodies::TARGETS.iter().any(|(target, _)| *target == name), "{}", name.display());
    }
}

/// A fuzzer hardly finds a frame of many parts by itself, and a corpus grows old when the frame changes.
#[test]
fn every_frame_of_the_vectors_is_sown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let vectors = fs::read_to_string(root.join("testdata/protocol.json")).unwrap();
    let vectors: serde_json::Value = serde_json::from_str(&vectors).unwrap();
    for side in ["client", "command", "daemon"] {
        let corpus = root.join(format!("fuzz/corpus/wire_{side}"));
        let sown: BTreeSet<String> = fs::read_dir(corpus)
            .unwrap()
            .map(|input| hex(&fs::read(input.unwrap().path()).unwrap()))
            .collect();
        for frame in vectors["frames"].as_array().unwrap().iter().filter(|frame| frame["side"] == side) {
            assert!(sown.contains(frame["hex"].as_str().unwrap()), "{} is not sown", frame["name"]);
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
