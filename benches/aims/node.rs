//! Peers of Node.js: what they need comes from npm to `target/peers`, by the lockfile beside them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::Result;

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers");
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/peers");
const FILES: [&str; 4] = ["package.json", "package-lock.json", "uws.mjs", "ws.mjs"];

/// Whether they can be had; said if not, once.
pub(crate) fn is_ready() -> bool {
    static READY: LazyLock<bool> = LazyLock::new(|| match install() {
        Ok(()) => true,
        Err(error) => {
            println!("\nPeers of Node.js are left out: {error}.");
            false
        }
    });
    *READY
}

fn install() -> Result<()> {
    let folder = Path::new(FOLDER);
    std::fs::create_dir_all(folder)?;
    for file in FILES {
        std::fs::copy(Path::new(SOURCES).join(file), folder.join(file))?;
    }
    if folder.join("node_modules/.package-lock.json").exists() {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    let status = npm.stdout(Stdio::null()).status().map_err(|error| format!("npm: {error}"))?;
    if status.success() { Ok(()) } else { Err("npm can't install them".into()) }
}

/// Runs one of the scripts, whose argument is its port.
pub(crate) fn command(script: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(Path::new(FOLDER).join(script)).stdout(Stdio::null());
    command
}
