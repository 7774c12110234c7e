//! Who runs where: the daemon, and what it is compared with, on one core, the load on another.

use std::sync::LazyLock;

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;

use crate::Result;

/// The calling thread.
const OWN: Pid = Pid::from_raw(0);

struct Cores {
    load: usize,
    daemon: usize,
}

/// The first and the last of the cores that we may use; one and the same where there is but one.
static CORES: LazyLock<Cores> = LazyLock::new(|| {
    let ours = sched_getaffinity(OWN).unwrap_or_default();
    let is_ours = |core: &usize| ours.is_set(*core).unwrap_or(false);
    let load = (0..CpuSet::count()).find(is_ours).unwrap_or(0);
    let daemon = (0..CpuSet::count()).rfind(is_ours).unwrap_or(0);
    Cores { load, daemon }
});

/// Runs `work` on the daemon's core, and from then on on the load's. A child or thread that was started in
/// it stays on the daemon's.
pub(crate) fn on_daemons_core<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    go_to(CORES.daemon)?;
    let done = work();
    go_to(CORES.load)?;
    done
}

fn go_to(core: usize) -> Result<()> {
    let mut only = CpuSet::new();
    only.set(core)?;
    Ok(sched_setaffinity(OWN, &only)?)
}
