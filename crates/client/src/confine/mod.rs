//! Leaves whoever breaks into this program little: memory that is locked, no file but what resolvers
//! read, no connection but to the daemon, the proxy and resolvers, no program to start, no system call but those listed.
//!
//! It must run while the process has one thread: Landlock and seccomp belong to a thread, and only threads that it starts
//! later inherit them. Files that are named on the command line are read before.

mod calls;
mod files;
mod memory;
#[cfg(test)]
mod tests;

use std::path::Path;

use nix::sys::prctl;
use tokio::sync::oneshot;

/// Bytes of a thread's stack, of which what is not touched counts as locked too; resolvers need the most.
pub(crate) const STACK: usize = 512 << 10;

/// Puts every protection in force that the system has, but for connections to these ports and for reading what these
/// folders hold. Returns what is missing, for whoever started this; `outgrown` is told when memory can't be locked any more as
/// it is added.
pub(crate) fn confine(ports: &[u16], folders: &[&Path], outgrown: oneshot::Sender<()>) -> Vec<String> {
    let mut missing = Vec::new();
    let mut put = |what: &str, why: Option<String>| missing.extend(why.map(|why| format!("{what}: {why}")));
    let memory = memory::lock();
    let rights = prctl::set_no_new_privs();
    put("programs that gain rights may be started", rights.err().map(|errno| errno.desc().to_owned()));
    put("files are not closed to it", files::close(ports, folders).err());
    put("system calls are not closed to it", calls::close().err());
    let memory = memory.and_then(|locks| locks.map_or(Ok(()), |locks| memory::keep(locks, outgrown)));
    put("its memory may come into swap", memory.err());
    missing
}
