//! Writes what is made from the program's own definitions: `cargo run --example manual`.
//!
//! sanctuary(1), sanctuary-join(1) and the shells' completions come from the command lines, sanctuary.toml(5) from the
//! comments of packaging/sanctuary.toml. The results are in the repository, so that packagers need not run this; a test makes
//! them anew and compares.

use std::error::Error;
use std::path::Path;
use std::{fs, io};

use clap_complete::Shell;

#[path = "manual/client.rs"]
mod client;
#[path = "manual/completions.rs"]
mod completions;
#[path = "manual/daemon.rs"]
mod daemon;
#[path = "manual/program.rs"]
mod program;
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
    let (theirs, ours) = (sanctuary_join::cli::command(), sanctuary::cli::command());
    let both = completions::with_handed(ours.clone(), &theirs);
    Ok(vec![
        ("packaging/man/sanctuary.1", daemon::page(&ours)?),
        ("packaging/man/sanctuary-join.1", client::page(&theirs)?),
        ("packaging/man/sanctuary.toml.5", settings::page(shipped)?),
        ("packaging/completions/sanctuary.bash", completions::script(Shell::Bash, &both)),
        ("packaging/completions/_sanctuary", completions::script(Shell::Zsh, &both)),
        ("packaging/completions/sanctuary.fish", completions::script(Shell::Fish, &both)),
        ("packaging/completions/sanctuary-join.bash", completions::script(Shell::Bash, &theirs)),
        ("packaging/completions/_sanctuary-join", completions::script(Shell::Zsh, &theirs)),
        ("packaging/completions/sanctuary-join.fish", completions::script(Shell::Fish, &theirs)),
    ])
}

/// The day of the version, as debian/changelog has it: `2026-11-22`.
fn date() -> String {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let changelog = include_str!("../debian/changelog");
    // " -- NAME <ADDRESS>  Sun, 22 Nov 2026 12:00:00 +0000"
    let stamp = changelog.lines().find_map(|line| line.strip_prefix(" -- ")?.split_once(", "));
    let parts: Vec<_> = stamp.unwrap_or_default().1.split(' ').collect();
    let [day, month, year, ..] = parts[..] else { return String::new() };
    let month = MONTHS.find(month).map_or(0, |place| place / 3 + 1);
    format!("{year}-{month:02}-{day:0>2}")
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
