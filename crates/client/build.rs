//! Addresses that the loader sets are written as a bit each (`DT_RELR`), which makes the binary nearly a tenth smaller,
//! for its tables are full of them. For musl packaging/build/zig.sh links so. And the digests that `verify` knows: those
//! of all releases, and of the page that is built beside this. And the page's table of look-alikes.

#![allow(clippy::print_stdout)] // Cargo reads what is printed.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

use sha2::{Digest, Sha256};

include!("../../digests/list.rs");

const CONFUSABLES: &str = "../../web/src/looks/confusables-table.ts";

const NOT_BUILT: &str = "the page is not built: run `make web` first";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../digests");
    println!("cargo:rerun-if-changed=../../web/headers.txt");
    println!("cargo:rerun-if-changed=../../web/dist");
    println!("cargo:rerun-if-changed={CONFUSABLES}");
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(out.join("digests.txt"), known(&env::var("CARGO_PKG_VERSION")?)?)?;
    confusables(&fs::read_to_string(CONFUSABLES)?, out)?;
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

/// The page's table of what characters are drawn like, as three that are searched as they are: the characters, where in the
/// third the drawing of each ends, and all drawings in a row.
fn confusables(script: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let table = script.split_once("CONFUSABLES = `").and_then(|(_, table)| table.split_once("`;"));
    let (table, _) = table.ok_or("there is no table of look-alikes")?;
    let (mut characters, mut ends, mut drawn) = (vec![], vec![], String::new());
    let mut code = 0;
    for line in table.lines() {
        let (further, row) = line.split_once(' ').ok_or("a line of look-alikes has none")?;
        code += u32::from_str_radix(further, 36)? - 1;
        for like in row.split(' ') {
            code += 1;
            drawn += &like.replace("\\\\", "\\");
            characters.push(char::from_u32(code).ok_or("a look-alike is no character")?);
            ends.push(drawn.len());
        }
    }
    let count = characters.len();
    let tables = format!(
        "static CHARACTERS: [char; {count}] = {characters:?};\nstatic ENDS: [u16; {count}] = {ends:?};\n",
    );
    fs::write(out.join("confusables.rs"), tables)?;
    fs::write(out.join("drawn.txt"), drawn)?;
    Ok(())
}
