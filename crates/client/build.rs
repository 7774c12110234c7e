//! Addresses that the loader sets are written as a bit each (`DT_RELR`), which makes the binary a sixth smaller: its tables
//! of emoji, of names in HTML and of options are full of them.

#![allow(clippy::print_stdout)] // Cargo reads what is printed.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
}
