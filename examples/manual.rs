//! Writes what is made from the program's own definitions: `cargo run --example manual`.
//!
//! sanctuary(1) and the shells' completions come from the command line, sanctuary.toml(5) from the comments of
//! packaging/sanctuary.toml. The results are in the repository, so that packagers need not run this; a test makes
//! them anew and compares.

use std::error::Error;
use std::path::Path;
use std::{fs, io};

use clap_complete::Shell;

#[path = "manual/command.rs"]
mod command;
#[path = "manual/roff.rs"]
mod roff;
#[path = "manual/settings.rs"]
mod settings;

/// Each file's path in the repository, and what it should hold.
///
/// # Errors
///
/// If a page cannot be drawn, which would be a fault in the definition it is made from.
pub fn files() -> io::Result<Vec<(&'static str, Vec<u8>)>> {
    let shipped = include_str!("../packaging/sanctuary.toml");
    Ok(vec![
        ("packaging/man/sanctuary.1", command::page(&sanctuary::cli::command())?),
        ("packaging/man/sanctuary.toml.5", settings::page(shipped)?),
        ("packaging/completions/sanctuary.bash", completions(Shell::Bash)),
        ("packaging/completions/_sanctuary", completions(Shell::Zsh)),
        ("packaging/completions/sanctuary.fish", completions(Shell::Fish)),
    ])
}

fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut sanctuary::cli::command(), "sanctuary", &mut script);
    script
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, content) in files()? {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, content)?;
    }
    Ok(())
}
