//! The `sanctuary-join` command: hands its command line on and turns the result into an exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    sanctuary_join::cli::main()
}
