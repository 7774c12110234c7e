//! What keeps a program's memory to itself, whatever it does: nothing that was in it outlives its use, and nobody but root
//! looks into it. The daemon's further hardening is its own.

mod allocator;

use nix::errno::Errno;
use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};

pub use allocator::Wiping;

/// Forbids core dumps, and forbids all but root to look into this process.
///
/// The limit alone would not do: the kernel ignores it if dumps are piped into a program.
pub fn forbid_dumps() -> Result<(), Errno> {
    setrlimit(Resource::RLIMIT_CORE, 0, 0)?;
    prctl::set_dumpable(false)
}
