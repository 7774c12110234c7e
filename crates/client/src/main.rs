//! The `sanctuary-join` command: hands its command line on and turns the result into an exit status.

use std::alloc::System;
use std::process::ExitCode;

use sanctuary_harden::Wiping;

/// Nothing that was in memory outlives its use.
#[global_allocator]
static ALLOCATOR: Wiping<System> = Wiping(System);

fn main() -> ExitCode {
    sanctuary_join::cli::main()
}
