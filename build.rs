//! Looks up what packages for this processor are called.

use std::error::Error;
use std::{env, fs};

const TARGETS: &str = "packaging/targets";

/// Tells the code what a release's files for this processor are called, as the table of targets has it: the binary by
/// itself, Debian's package, Arch's and Fedora's.
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={TARGETS}");
    let (table, target) = (fs::read_to_string(TARGETS)?, env::var("TARGET")?);
    let processor = |triple: &str| triple.split('-').next().map(str::to_owned);
    let rows = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    for row in rows.filter(|row| row.get(1).is_some_and(|triple| processor(triple) == processor(&target))) {
        if let [name, _, _, deb, arch, rpm, ..] = row[..] {
            println!("cargo::rustc-env=SANCTUARY_PACKAGED_FOR={name} {deb} {arch} {rpm}");
        }
    }
    Ok(())
}
