//! Keeps memory from the disk: it is neither swapped nor dumped.

use nix::errno::Errno;

use super::{HardeningError, Missing, Protection, StartedBy};

const NAME: &str = "memory lock";

/// Locks all present and future pages, or says why not. Memory must be able to grow by `growth`
/// bytes. The number returned is the bytes by which it can grow, if there is a limit.
pub(super) fn lock(required: bool, growth: u64) -> Result<(Protection, Option<u64>), HardeningError> {
    let source = match sanctuary_harden::lock_all(growth) {
        Ok(most) => return Ok((Protection::in_force(NAME, "memory locked"), most)),
        Err(source) => source,
    };
    let remedy = StartedBy::detect().advice(Missing::LockedMemory);
    if required {
        Err(HardeningError::MemoryNotLocked { source, remedy })
    } else {
        Ok((Protection::absent(NAME, "MEMORY NOT LOCKED", source.to_string(), remedy), None))
    }
}

/// Forbids core dumps, and forbids all but root to look into this process.
pub(super) fn forbid_dumps() -> Result<Protection, HardeningError> {
    let refused =
        |errno: Errno| HardeningError::Refused { what: "to forbid core dumps", source: errno.into() };
    sanctuary_harden::forbid_dumps().map_err(refused)?;
    Ok(Protection::in_force("core dumps", "no dumps"))
}
