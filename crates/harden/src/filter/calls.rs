//! Which calls a filter allows, and which there are.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::unnecessary_cast)] // small numbers, of other types elsewhere

use std::ops::RangeInclusive;

use nix::libc::{self, c_long};

/// What a filter allows.
#[derive(Clone, Copy, Debug)]
pub struct Calls {
    /// With any arguments, in groups.
    pub allowed: &'static [&'static [c_long]],
    /// With these arguments alone. The calls that are made most come first, for the list is read from its beginning.
    pub allowed_with: &'static [(c_long, &'static [Argument])],
    /// Answered as if there were none, so that a C library makes an older one, which can be judged.
    pub hidden: &'static [c_long],
}

/// A condition on one argument of a call: on some bits of its lower half.
#[derive(Debug)]
pub struct Argument {
    pub(super) place: u32,
    pub(super) bits: u32,
    pub(super) wanted: Wanted,
    /// Asked for only if the argument in this place is this.
    pub(super) given: Option<(u32, u32)>,
}

#[derive(Debug)]
pub(super) enum Wanted {
    One(&'static [u32]),
    None(&'static [u32]),
    /// The number of this process.
    Itself,
}

/// It is one of these.
#[must_use]
pub const fn is(place: u32, one: &'static [u32]) -> Argument {
    Argument { place, bits: u32::MAX, wanted: Wanted::One(one), given: None }
}

/// But for these bits, it is one of these.
#[must_use]
pub const fn is_but_for(place: u32, bits: u32, one: &'static [u32]) -> Argument {
    Argument { place, bits: !bits, wanted: Wanted::One(one), given: None }
}

/// It is none of these.
#[must_use]
pub const fn is_not(place: u32, none: &'static [u32]) -> Argument {
    Argument { place, bits: u32::MAX, wanted: Wanted::None(none), given: None }
}

/// None of these bits is set.
#[must_use]
pub const fn has_not(place: u32, bits: u32) -> Argument {
    Argument { place, bits, wanted: Wanted::One(&[0]), given: None }
}

/// All of these bits are set.
#[must_use]
pub const fn has(place: u32, bits: &'static [u32; 1]) -> Argument {
    Argument { place, bits: bits[0], wanted: Wanted::One(bits), given: None }
}

/// It is the number of this process.
#[must_use]
pub const fn is_itself(place: u32) -> Argument {
    Argument { place, bits: u32::MAX, wanted: Wanted::Itself, given: None }
}

/// The condition holds where the argument in another place is this, and else is none.
#[must_use]
pub const fn given(place: u32, value: u32, condition: Argument) -> Argument {
    Argument { given: Some((place, value)), ..condition }
}

/// The flags of `open` that a file is written by.
pub const WRITING: u32 =
    (libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC | libc::O_APPEND) as u32;

/// `FUTEX_WAIT`, `FUTEX_WAKE` and `FUTEX_WAIT_BITSET`, within this process or not, by either clock.
pub const WAITING: Argument = Argument {
    place: 1,
    bits: !(libc::FUTEX_PRIVATE_FLAG | libc::FUTEX_CLOCK_REALTIME) as u32,
    wanted: Wanted::One(&[libc::FUTEX_WAIT as u32, libc::FUTEX_WAKE as u32, libc::FUTEX_WAIT_BITSET as u32]),
    given: None,
};

/// `fcntl`, as C libraries make it.
#[cfg(target_arch = "arm")]
pub const FCNTL: c_long = libc::SYS_fcntl64;
/// `fcntl`, as C libraries make it.
#[cfg(not(target_arch = "arm"))]
pub const FCNTL: c_long = libc::SYS_fcntl;

/// `mmap`, as C libraries make it.
#[cfg(target_arch = "arm")]
pub const MMAP: c_long = libc::SYS_mmap2;
/// `mmap`, as C libraries make it.
#[cfg(not(target_arch = "arm"))]
pub const MMAP: c_long = libc::SYS_mmap;

/// Of `asm-generic/unistd.h`, where every 32-bit processor has them; the libc crate has no name for
/// them.
#[cfg(target_arch = "arm")]
pub const CLOCK_GETTIME64: c_long = 403;
/// As [`CLOCK_GETTIME64`].
#[cfg(target_arch = "arm")]
pub const FUTEX_TIME64: c_long = 422;

/// The newest call that is known, the same on all processors: `listns` of Linux 6.19.
const NEWEST: u32 = 470;

/// The numbers of all calls up to that kernel, with gaps between them (its tables:
/// `arch/*/tools/syscall*.tbl`).
pub(super) const KNOWN: &[RangeInclusive<u32>] = if cfg!(target_arch = "x86_64") {
    &[0..=336, 424..=NEWEST]
} else if cfg!(target_arch = "arm") {
    // The last range is ARM's own, for caches and thread pointers.
    &[0..=401, 403..=NEWEST, 0xF_0001..=0xF_0006]
} else {
    &[0..=243, 260..=294, 424..=NEWEST]
};

/// Whether a call of this number is known.
#[must_use]
pub fn is_known(call: u32) -> bool {
    KNOWN.iter().any(|known| known.contains(&call))
}
