//! Peers of Node.js: what they need comes from npm to `target/peers`, by the lockfile beside them.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::Result;
use crate::process::{Process, free_addresses};

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers");
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/peers");

/// The lockfile, and what else npm is to see.
const LOCK: &str = "package-lock.json";
const MANIFEST: &str = "package.json";

const SCRIPTS: [&str; 2] = ["uws.mjs", "ws.mjs"];

/// Whether a script can be run here; the reason is said if not, once.
pub(crate) fn can_run(script: &str) -> bool {
    static READY: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let installed = install().inspect_err(|error| leave_out("peers of Node.js", error.as_ref()));
        let runs =
            |script: &&str| start(script).inspect_err(|error| leave_out(script, error.as_ref())).is_ok();
        if installed.is_ok() { SCRIPTS.into_iter().filter(runs).collect() } else { Vec::new() }
    });
    READY.contains(&script)
}

fn leave_out(what: &str, why: &dyn std::error::Error) {
    println!("\nNot measured are {what}: {why}.");
}

fn install() -> Result<()> {
    let (sources, folder) = (Path::new(SOURCES), Path::new(FOLDER));
    std::fs::create_dir_all(folder)?;
    let is_there = folder.join("node_modules").exists()
        && std::fs::read(folder.join(LOCK)).ok() == Some(std::fs::read(sources.join(LOCK))?);
    for file in SCRIPTS.into_iter().chain([LOCK, MANIFEST]) {
        std::fs::copy(sources.join(file), folder.join(file))?;
    }
    if is_there {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    let status = npm.stdout(Stdio::null()).status().map_err(|error| format!("npm: {error}"))?;
    if status.success() {
        return Ok(());
    }
    std::fs::remove_file(folder.join(LOCK))?;
    Err("npm can't install what they need".into())
}

/// Runs one of the scripts, whose argument is its port.
fn command(script: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(Path::new(FOLDER).join(script)).stdout(Stdio::null());
    command
}

/// Starts one of them and waits until it listens.
pub(crate) fn start(script: &str) -> Result<(SocketAddr, Process)> {
    let [address] = free_addresses()?;
    let mut process = Process::spawn(command(script).arg(address.port().to_string()))?;
    process.connect(address)?;
    Ok((address, process))
}
