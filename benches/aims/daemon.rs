//! The daemon, with limits so high that none of them is measured.

use std::ffi::OsString;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;
use crate::process::{Process, free_addresses};

/// The daemon that is measured: this version's, unless the environment names another's.
fn binary() -> OsString {
    std::env::var_os("SANCTUARY_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_sanctuary").into())
}

/// Another daemon to be measured beside it, such as the last version's, or a package's.
pub(crate) fn beside() -> Option<OsString> {
    std::env::var_os("SANCTUARY_BESIDE")
}

/// As high as they go; `nobody` is on every system, for when root measures.
const SETTINGS: &str = r#"
user = "nobody"
rooms = 100000
members = 10000
connections = 100000
backlog = "64 MiB"
connections_by_address = 100000
tries_by_address = 1000000
rooms_by_address = 1000000
frames_by_address = 1000000
frame_rate = 1000000
frame_burst = 1000000
ping = "10 min"
"#;

/// https beside http, for who asks for it.
pub(crate) const SECURE: &str = r"
self_signed = true
redirect_to_https = false
";

/// A running daemon; it ends when dropped.
pub(crate) struct Daemon {
    pub(crate) process: Process,
    folder: Folder,
    pub(crate) address: SocketAddr,
    /// Where https is spoken, if it is.
    pub(crate) secure: SocketAddr,
}

impl Daemon {
    /// Starts the daemon and waits until it listens.
    pub(crate) fn start() -> Result<Self> {
        Self::start_with("")
    }

    /// As [`Daemon::start`], with more settings.
    pub(crate) fn start_with(settings: &str) -> Result<Self> {
        let mut daemon = Self::exec_with(settings, |_| Ok(Command::new(binary())))?;
        daemon.connect()?;
        Ok(daemon)
    }

    /// As [`Daemon::start`], but the one to be measured beside it.
    pub(crate) fn start_beside() -> Result<Self> {
        let beside = beside().ok_or("no other daemon is named")?;
        let mut daemon = Self::exec_with("", |_| Ok(Command::new(beside)))?;
        daemon.connect()?;
        Ok(daemon)
    }

    /// As [`Daemon::start`], as a program that another runs, which is handed the daemon's folder.
    pub(crate) fn start_under(other: impl FnOnce(&Path) -> Result<Command>) -> Result<Self> {
        let mut daemon = Self::exec_with("", |folder| {
            let mut command = other(folder)?;
            command.arg(binary());
            Ok(command)
        })?;
        daemon.connect()?;
        Ok(daemon)
    }

    /// Starts the daemon and does not wait.
    pub(crate) fn exec() -> Result<Self> {
        Self::exec_with("", |_| Ok(Command::new(binary())))
    }

    fn exec_with(settings: &str, command: impl FnOnce(&Path) -> Result<Command>) -> Result<Self> {
        let [address, secure] = free_addresses()?;
        let folder = Folder::new(address.port())?;
        let file = folder.0.join("sanctuary.toml");
        std::fs::write(
            &file,
            format!("listen = [\"{address}\"]\nlisten_tls = [\"{secure}\"]\n{SETTINGS}{settings}"),
        )?;
        let mut command = command(&folder.0)?;
        command.arg("serve").arg("--config").arg(&file).stdout(Stdio::null());
        Ok(Self { process: Process::spawn(&mut command)?, folder, address, secure })
    }

    /// A connection, as soon as the daemon listens.
    pub(crate) fn connect(&mut self) -> Result<TcpStream> {
        self.process.connect(self.address)
    }

    /// Lets it end by itself; what is in its folder stays until that is dropped.
    pub(crate) fn end(self) -> Result<Folder> {
        self.process.end()?;
        Ok(self.folder)
    }

    /// Bytes of its binary.
    pub(crate) fn size() -> Result<u64> {
        Ok(std::fs::metadata(binary())?.len())
    }
}

/// A folder for one daemon; it goes when dropped.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    fn new(port: u16) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("sanctuary-bench-{port}"));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
