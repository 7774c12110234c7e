//! The servers that are measured run on one core, the load on another.

use std::sync::LazyLock;

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;

use crate::Result;

/// The calling thread.
const OWN: Pid = Pid::from_raw(0);

struct Cores {
    load: usize,
    servers: usize,
}

/// The first and the last of the cores that we may use; one and the same where there is but one.
static CORES: LazyLock<Cores> = LazyLock::new(|| {
    let ours = sched_getaffinity(OWN).unwrap_or_default();
    let is_ours = |core: &usize| ours.is_set(*core).unwrap_or(false);
    let load = (0..CpuSet::count()).find(is_ours).unwrap_or(0);
    let servers = (0..CpuSet::count()).rfind(is_ours).unwrap_or(0);
    Cores { load, servers }
});

/// Runs `work` on the servers' core, and from then on on the load's. A child that was
/// started in it stays on the servers'.
pub(crate) fn on_servers_core<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    go_to(CORES.servers)?;
    let done = work();
    go_to(CORES.load)?;
    done
}

fn go_to(core: usize) -> Result<()> {
    let mut only = CpuSet::new();
    only.set(core)?;
    Ok(sched_setaffinity(OWN, &only)?)
}
