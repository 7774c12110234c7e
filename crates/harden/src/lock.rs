//! Keeps memory from the disk: what is locked is not swapped (mlock(2)).
#![allow(unsafe_code)] // A part of memory is named by its address.

use std::io::{Read, Seek};
use std::{fs::File, io, ptr::NonNull};

use nix::errno::Errno;
use nix::libc::{self, c_int};
use nix::sys::mman::{MlockAllFlags, mlockall};
use nix::sys::resource::{RLIM_INFINITY, Resource, getrlimit, rlim_t, setrlimit};

/// Locks a page when it is first touched, so that untouched stack and heap take nothing. The number
/// is that of the kernel's `asm-generic/mman.h`, for x86, ARM and RISC-V; neither nix nor libc
/// names it.
const MCL_ONFAULT: c_int = 4;

/// No limit at all.
pub const UNLIMITED: u64 = u64::MAX;

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

/// Locks all present and future pages. Memory must be able to grow by `growth` bytes. The number
/// returned is the bytes by which it can grow, if there is a limit.
pub fn lock_all(growth: u64) -> Result<Option<u64>, LockError> {
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

/// Locks all present and future pages, whatever the limit leaves.
pub fn lock_pages() -> Result<(), Errno> {
    let all = MlockAllFlags::MCL_CURRENT | MlockAllFlags::MCL_FUTURE;
    match mlockall(all | MlockAllFlags::from_bits_retain(MCL_ONFAULT)) {
        Err(Errno::EINVAL) => mlockall(all), // before Linux 4.4
        result => result,
    }
}

/// Whether `limit` leaves a process of this size room to grow; all in bytes.
#[must_use]
pub fn suffices(limit: u64, used: u64, growth: u64) -> bool {
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

/// Bytes for a list of memory; one of a thousand parts has as many.
const MAPS: usize = 128 << 10;

/// Locks memory bit by bit, in a process that may not lock all that it will ever have: what can be
/// written to, which holds all that it is told and makes, as far as the limit goes.
#[derive(Debug)]
pub struct Locks {
    /// Kept open, since a sandbox may forbid to open it later.
    maps: File,
    /// What stands there, in memory that is there before: what moved while it is read would be missed.
    text: String,
}

impl Locks {
    /// Finds this process's memory.
    pub fn new() -> io::Result<Self> {
        raise_limit()?;
        Ok(Self { maps: File::open("/proc/self/maps")?, text: String::with_capacity(MAPS) })
    }

    /// Locks what has been added since the last time. Returns the bytes that could not be locked.
    pub fn extend(&mut self) -> io::Result<u64> {
        self.text.clear();
        self.maps.rewind()?;
        self.maps.read_to_string(&mut self.text)?;
        let unlocked = self.text.lines().filter_map(writable).filter(|part| !lock(*part));
        Ok(unlocked.map(|(_, length)| length as u64).sum())
    }
}

/// Address and length of a part of memory that can be written to and is this process's alone (`proc_pid_maps(5)`).
fn writable(line: &str) -> Option<(usize, usize)> {
    let mut fields = line.split_ascii_whitespace();
    let (range, rights) = (fields.next()?, fields.next()?);
    let (from, to) = range.split_once('-')?;
    let (from, to) = (usize::from_str_radix(from, 16).ok()?, usize::from_str_radix(to, 16).ok()?);
    (rights.starts_with("rw") && rights.ends_with('p')).then_some((from, to.checked_sub(from)?))
}

/// A part that is locked already counts once.
fn lock((at, length): (usize, usize)) -> bool {
    let Some(at) = NonNull::new(std::ptr::with_exposed_provenance_mut::<libc::c_void>(at)) else {
        return false;
    };
    // SAFETY: locking changes nothing of what is there; of a part that has gone the kernel says so.
    let locked = unsafe { libc::mlock2(at.as_ptr(), length, libc::MLOCK_ONFAULT) };
    locked == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_written_to_and_is_not_shared_is_found() {
        for (line, found) in [
            ("00400000-00452000 r-xp 00000000 08:02 173521 /usr/bin/dbus-daemon", None),
            ("00e03000-00e24000 rw-p 00000000 00:00 0 [heap]", Some((0x00e0_3000, 0x0002_1000))),
            ("35b1a21000-35b1a22000 rw-p 00000000 00:00 0", Some((0x35_b1a2_1000, 0x1000))),
            ("35b1a21000-35b1a22000 rw-s 00000000 00:05 5 /dev/shm/x", None),
            ("f2c6ff8c000-7f2c7078c000 ---p 00000000 00:00 0", None),
            ("2000-1000 rw-p 00000000 00:00 0", None),
            ("nothing", None),
            ("", None),
        ] {
            assert_eq!(writable(line), found, "{line}");
        }
    }
}
