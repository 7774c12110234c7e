//! The `sanctuary` command: hands its command line on and turns the result into an exit status.

use std::process::ExitCode;

#[cfg(target_env = "musl")]
use dlmalloc::GlobalDlmalloc as Allocator;
use sanctuary::hardening::Wiping;
#[cfg(not(target_env = "musl"))]
use std::alloc::System as Allocator;

/// Nothing that was in memory outlives its use.
#[global_allocator]
static ALLOCATOR: Wiping<Allocator> = Wiping(Allocator);

fn main() -> ExitCode {
    sanctuary::cli::main()
}
