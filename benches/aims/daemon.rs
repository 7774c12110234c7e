//! The daemon as a child process, with limits so high that none of them is measured.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nix::time::clock_getcpuclockid;
use nix::unistd::Pid;

use crate::Result;
use crate::cores::on_daemons_core;

/// The daemon that is measured: this version's, unless the environment names another's.
fn binary() -> OsString {
    std::env::var_os("SANCTUARY_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_sanctuary").into())
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

/// A running daemon; it ends when dropped.
pub(crate) struct Daemon {
    child: Child,
    folder: PathBuf,
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
        let mut daemon = Self::exec_with(settings)?;
        daemon.connect()?;
        Ok(daemon)
    }

    /// Starts the daemon and does not wait.
    pub(crate) fn exec() -> Result<Self> {
        Self::exec_with("")
    }

    fn exec_with(settings: &str) -> Result<Self> {
        // Both at once, so that they are not the same.
        let free =
            [TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?];
        let [address, secure] = [free[0].local_addr()?, free[1].local_addr()?];
        drop(free);
        let folder = std::env::temp_dir().join(format!("sanctuary-bench-{}", address.port()));
        std::fs::create_dir_all(&folder)?;
        let file = folder.join("sanctuary.toml");
        std::fs::write(
            &file,
            format!("listen = [\"{address}\"]\nlisten_tls = [\"{secure}\"]\n{SETTINGS}{settings}"),
        )?;
        let child = on_daemons_core(|| {
            let mut command = Command::new(binary());
            command.arg("serve").arg("--config").arg(&file).stdout(Stdio::null());
            Ok(command.spawn()?)
        })?;
        Ok(Self { child, folder, address, secure })
    }

    /// A connection, as soon as the daemon listens.
    pub(crate) fn connect(&mut self) -> Result<TcpStream> {
        loop {
            if let Ok(stream) = TcpStream::connect(self.address) {
                return Ok(stream);
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the daemon ended by itself: {status}").into());
            }
        }
    }

    /// Processor time that it has used so far.
    pub(crate) fn cpu_time(&self) -> Result<Duration> {
        Ok(clock_getcpuclockid(self.pid()?)?.now()?.into())
    }

    /// Bytes that are in memory.
    pub(crate) fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
    }

    /// Files that it has open, connections among them.
    pub(crate) fn files(&self) -> Result<usize> {
        Ok(std::fs::read_dir(format!("/proc/{}/fd", self.child.id()))?.count())
    }

    /// Bytes of its binary.
    pub(crate) fn size() -> Result<u64> {
        Ok(std::fs::metadata(binary())?.len())
    }

    fn pid(&self) -> Result<Pid> {
        Ok(Pid::from_raw(self.child.id().try_into()?))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
