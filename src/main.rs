//! The `sanctuary` command: hands its command line on and turns the result into an exit status.

use std::alloc::System;
use std::process::ExitCode;

use sanctuary_harden::Wiping;

/// Nothing that was in memory outlives its use.
#[global_allocator]
static ALLOCATOR: Wiping<System> = Wiping(System);

/// Called before Rust's own start.
#[used]
#[allow(unsafe_code)] // A place in the binary is named.
#[unsafe(link_section = ".init_array")]
static BEFORE: extern "C" fn() = sanctuary::hardening::open_standard_streams;

fn main() -> ExitCode {
    sanctuary::cli::main()
}
