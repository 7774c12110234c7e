//! Addresses that the loader sets are written as a bit each (`DT_RELR`), which makes the binary a sixth smaller, for its
//! tables are full of them. For musl packaging/build/zig.sh links so. And the digests that `verify` knows: those
//! of all releases, and of the page that is built beside this.

#![allow(clippy::print_stdout)] // Cargo reads what is printed.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

use sha2::{Digest, Sha256};

include!("../../digests/list.rs");

const NOT_BUILT: &str = "the page is not built: run `make web` first";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../digests");
    println!("cargo:rerun-if-changed=../../web/headers.txt");
    println!("cargo:rerun-if-changed=../../web/dist");
    let digests = Path::new(&env::var("OUT_DIR")?).join("digests.txt");
    fs::write(digests, known(&env::var("CARGO_PKG_VERSION")?)?)?;
    if env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|library| library == "gnu") {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    Ok(())
}

/// The lists of all releases, the own version's the last: before that is released, it is as it was built.
fn known(version: &str) -> Result<String, Box<dyn Error>> {
    let dist = Path::new("../../web/dist");
    if !dist.join("index.html").exists() {
        return Err(NOT_BUILT.into());
    }
    let lists = Path::new("../../digests");
    let mut known = String::new();
    for name in names_below(lists, "")? {
        if name.strip_suffix(".txt").is_some_and(|released| released != version) {
            known += &fs::read_to_string(lists.join(name))?;
        }
    }
    let headers = headers_in(&fs::read_to_string("../../web/headers.txt")?)?;
    let released = fs::read_to_string(lists.join(format!("{version}.txt"))).ok();
    Ok(known + &released.map_or_else(|| list_of_digests(dist, &headers, version), Ok)?)
}
