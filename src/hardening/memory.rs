//! Keeps memory from the disk: it is neither swapped nor dumped.

use nix::{
    errno::Errno,
    libc::c_int,
    sys::{
        mman::{MlockAllFlags, mlockall},
        resource::{RLIM_INFINITY, Resource, getrlimit, rlim_t, setrlimit},
    },
};

use super::{HardeningError, Missing, Protection, StartedBy};

/// Locks a page when it is first touched, so that untouched stack and heap take nothing. The number
/// is that of the kernel's `asm-generic/mman.h`, for x86, ARM and RISC-V; neither nix nor libc
/// names it.
const MCL_ONFAULT: c_int = 4;

/// No limit at all.
const UNLIMITED: u64 = u64::MAX;

const NAME: &str = "memory lock";

/// Why memory is not locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// How much may be locked is unknown.
    #[error("its limit can't be read ({})", .source.desc())]
    NoLimit {
        /// The system's error.
        source: Errno,
    },
    /// Less may be locked than may be needed.
    #[error("only {limit} MiB may be locked of the {needed} MiB that the settings allow")]
    LimitTooLow {
        /// What may be locked, in MiB.
        limit: u64,
        /// What may be needed, in MiB.
        needed: u64,
    },
    /// The kernel does not lock it.
    #[error("the kernel refused ({})", .source.desc())]
    Refused {
        /// The system's error.
        source: Errno,
    },
}

/// Locks all present and future pages, or says why not. Memory must be able to grow by `growth`
/// bytes. The number returned is the bytes by which it can grow, if there is a limit.
pub(super) fn lock(required: bool, growth: u64) -> Result<(Protection, Option<u64>), HardeningError> {
    let source = match lock_all(growth) {
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

fn lock_all(growth: u64) -> Result<Option<u64>, LockError> {
    let limit = raise_limit().map_err(|source| LockError::NoLimit { source })?;
    let used = address_space();
    // Once future pages are locked, the kernel refuses memory beyond the limit, which ends the
    // process. As long as this is root, the limit does not hold, so it is compared here.
    if !suffices(limit, used, growth) {
        let (limit, needed) = (limit >> 20, used.saturating_add(growth).div_ceil(1 << 20));
        return Err(LockError::LimitTooLow { limit, needed });
    }
    lock_pages().map_err(|source| LockError::Refused { source })?;
    Ok((limit != UNLIMITED).then(|| limit - used))
}

pub(super) fn lock_pages() -> Result<(), Errno> {
    let all = MlockAllFlags::MCL_CURRENT | MlockAllFlags::MCL_FUTURE;
    match mlockall(all | MlockAllFlags::from_bits_retain(MCL_ONFAULT)) {
        Err(Errno::EINVAL) => mlockall(all), // before Linux 4.4
        result => result,
    }
}

/// Whether `limit` leaves a process of this size room to grow; all in bytes.
pub(super) fn suffices(limit: u64, used: u64, growth: u64) -> bool {
    limit == UNLIMITED || limit >= used.saturating_add(growth)
}

/// Raises the limit of locked memory as far as it goes, and returns it in bytes.
fn raise_limit() -> Result<u64, Errno> {
    if setrlimit(Resource::RLIMIT_MEMLOCK, RLIM_INFINITY, RLIM_INFINITY).is_ok() {
        return Ok(UNLIMITED);
    }
    let (_, hard) = getrlimit(Resource::RLIMIT_MEMLOCK)?;
    setrlimit(Resource::RLIMIT_MEMLOCK, hard, hard)?;
    Ok(widened(hard))
}

/// On some processors the kernel's numbers have 32 bits, and the largest of them means infinity.
#[allow(clippy::useless_conversion)] // useless on those that have 64
fn widened(limit: rlim_t) -> u64 {
    if limit == RLIM_INFINITY { UNLIMITED } else { u64::from(limit) }
}

/// The size of this process's address space, in bytes; 0 when unknown.
fn address_space() -> u64 {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return 0 };
    let kib = status.lines().find_map(|line| line.strip_prefix("VmSize:")?.trim().strip_suffix(" kB"));
    kib.and_then(|kib| kib.trim().parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// Forbids core dumps, and forbids all but root to look into this process.
pub(super) fn forbid_dumps() -> Result<Protection, HardeningError> {
    let refused =
        |errno: Errno| HardeningError::Refused { what: "to forbid core dumps", source: errno.into() };
    sanctuary_harden::forbid_dumps().map_err(refused)?;
    Ok(Protection::in_force("core dumps", "no dumps"))
}
