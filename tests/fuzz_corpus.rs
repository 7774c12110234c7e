//! Every input in `fuzz/corpus/`, found by the fuzzer or sown, through the bodies of the fuzz targets.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../fuzz/src/lib.rs"]
mod bodies;

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
