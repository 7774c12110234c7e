//! The `sanctuary` command: hands its command line on and turns the result into an exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    sanctuary::cli::main()
}
