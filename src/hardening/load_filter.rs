//! Allows the system calls that the daemon makes once it is running, and no others (seccomp(2)).
//!
//! A refused call answers "not permitted", like Landlock's, so that this helps where a kernel has
//! no Landlock. The filter itself is in `filter`.
#![allow(unsafe_code)] // A filter is handed to the kernel by address.

use nix::libc::{self, sock_fprog};

use super::{HardeningError, Protection, filter};

const NAME: &str = "system calls";
const BRIEF: &str = "system calls refused";
const ABSENT: &str = "no system calls refused";
const REMEDY: &str = "rely on the unit's SystemCallFilter=";

/// Puts the filter in force for this thread and all that it will start. `no_new_privs` must be set.
pub(super) fn load() -> Result<Protection, HardeningError> {
    let Some(processor) = filter::PROCESSOR else {
        return Ok(Protection::absent(NAME, ABSENT, "the filter is not written for this processor", REMEDY));
    };
    let mut filter = filter::program(processor, std::process::id());
    let length = u16::try_from(filter.len()).unwrap_or(u16::MAX);
    let program = sock_fprog { len: length, filter: filter.as_mut_ptr() };
    // SAFETY: the program points to `length` live instructions, which the kernel copies.
    let result =
        unsafe { libc::syscall(libc::SYS_seccomp, libc::SECCOMP_SET_MODE_FILTER, 0, &raw const program) };
    match std::io::Error::last_os_error() {
        _ if result == 0 => Ok(Protection::in_force(NAME, BRIEF)),
        error if matches!(error.raw_os_error(), Some(libc::ENOSYS | libc::EINVAL)) => {
            Ok(Protection::absent(NAME, ABSENT, "this kernel has no seccomp filters", REMEDY))
        }
        error => Err(HardeningError::Refused { what: "the filter of system calls", source: error }),
    }
}
