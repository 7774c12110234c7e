//! Addresses that the loader sets are written as a bit each (`DT_RELR`), which makes the binary a sixth smaller, for its
//! tables are full of them. For musl packaging/build/zig.sh links so.

#![allow(clippy::print_stdout)] // Cargo reads what is printed.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|library| library == "gnu") {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
