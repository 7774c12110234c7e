//! What keeps a program to itself, whatever it does: nothing that was in its memory outlives its use, is swapped, or is
//! looked into by anybody but root; and it makes no system call but those that it names.

mod allocator;
pub mod filter;
mod lock;

use nix::errno::Errno;
use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};

pub use allocator::Wiping;
pub use lock::{LockError, Locks, UNLIMITED, lock_all, lock_pages, suffices};

/// Forbids core dumps, and forbids all but root to look into this process.
///
/// The limit alone would not do: the kernel ignores it if dumps are piped into a program.
pub fn forbid_dumps() -> Result<(), Errno> {
    setrlimit(Resource::RLIMIT_CORE, 0, 0)?;
    prctl::set_dumpable(false)
}
