//! A server as a child process, on the servers' core.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::time::{ClockId, clock_getcpuclockid};
use nix::unistd::Pid;

use crate::Result;
use crate::cores::on_servers_core;

/// A running server; it ends when dropped.
pub(crate) struct Process {
    child: Child,
}

impl Process {
    pub(crate) fn spawn(command: &mut Command) -> Result<Self> {
        Ok(Self { child: on_servers_core(|| Ok(command.spawn()?))? })
    }

    /// A connection, as soon as the server listens.
    pub(crate) fn connect(&mut self, address: SocketAddr) -> Result<TcpStream> {
        loop {
            if let Ok(stream) = TcpStream::connect(address) {
                return Ok(stream);
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("a server ended by itself: {status}").into());
            }
        }
    }

    /// Shows the processor time that it has used.
    pub(crate) fn clock(&self) -> Result<ClockId> {
        Ok(clock_getcpuclockid(self.pid()?)?)
    }

    /// Processor time that it has used so far.
    pub(crate) fn cpu_time(&self) -> Result<Duration> {
        Ok(self.clock()?.now()?.into())
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

    /// Asks it to end, and waits until it has.
    pub(crate) fn end(mut self) -> Result<()> {
        kill(self.pid()?, Signal::SIGTERM)?;
        self.child.wait()?;
        Ok(())
    }

    fn pid(&self) -> Result<Pid> {
        Ok(Pid::from_raw(self.child.id().try_into()?))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Addresses that are free, each another.
pub(crate) fn free_addresses<const N: usize>() -> Result<[SocketAddr; N]> {
    let mut addresses = [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)); N];
    let listeners = addresses.map(TcpListener::bind);
    for (address, listener) in addresses.iter_mut().zip(listeners) {
        *address = listener?.local_addr()?;
    }
    Ok(addresses)
}
