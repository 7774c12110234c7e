//! Gives up all capabilities, the parts of root's power (capabilities(7)).
#![allow(unsafe_code)] // The system calls have no binding with Rust's types.

use nix::{
    errno::Errno,
    libc::{self, c_int, c_ulong},
};

use super::HardeningError;

/// `_LINUX_CAPABILITY_VERSION_3` of linux/capability.h: sets of 64 bits in two halves.
const VERSION_3: u32 = 0x2008_0522;

/// No kernel can have more capabilities, for its sets have 64 bits.
const MOST: c_ulong = 64;

#[repr(C)]
struct Header {
    version: u32,
    pid: c_int,
}

#[repr(C)]
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Sets {
    effective: u32,
    permitted: u32,
    inheritable: u32,
}

/// Empties the bounding set, from which an executed program could gain capabilities.
///
/// That takes `CAP_SETPCAP`. Without it the set stays as the service manager made it. It grants
/// nothing then, for no program can be executed with new privileges.
pub(super) fn empty_bounding_set() {
    for capability in 0..MOST {
        // SAFETY: takes integers only.
        unsafe { libc::prctl(libc::PR_CAPBSET_DROP, capability, 0, 0, 0) };
    }
}

/// Empties the effective, permitted, inheritable and ambient sets, and checks that they are empty.
pub(super) fn drop_all() -> Result<(), HardeningError> {
    let none = [Sets::default(); 2];
    if held()? == none {
        return Ok(()); // and with it the ambient set; a service manager may have taken even capset(2) away
    }
    // SAFETY: takes integers only.
    let cleared =
        unsafe { libc::prctl(libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_CLEAR_ALL as c_ulong, 0, 0, 0) };
    if cleared != 0 && Errno::last() != Errno::EINVAL {
        return Err(not_dropped()); // EINVAL: before Linux 4.3, which has no ambient set
    }
    let mut header = Header { version: VERSION_3, pid: 0 };
    // SAFETY: both point to live values of the layout that version 3 asks for.
    if unsafe { libc::syscall(libc::SYS_capset, &raw mut header, none.as_ptr()) } != 0 {
        return Err(not_dropped());
    }
    if held()? == none { Ok(()) } else { Err(HardeningError::CameBack("capabilities")) }
}

fn held() -> Result<[Sets; 2], HardeningError> {
    let mut header = Header { version: VERSION_3, pid: 0 };
    let mut sets = [Sets { effective: 1, permitted: 1, inheritable: 1 }; 2];
    // SAFETY: both point to live values of the layout that version 3 asks for; the kernel writes
    // two sets.
    if unsafe { libc::syscall(libc::SYS_capget, &raw mut header, sets.as_mut_ptr()) } != 0 {
        return Err(not_dropped());
    }
    Ok(sets)
}

fn not_dropped() -> HardeningError {
    HardeningError::NotDropped { step: "give up capabilities", source: std::io::Error::last_os_error() }
}
