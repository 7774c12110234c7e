//! Locks memory: all of it where the limit leaves room, and else what holds what is said, as far as it goes.

use std::time::Duration;
use std::{io, thread};

use sanctuary_harden::{Locks, lock_all};

use super::STACK;

/// Bytes by which memory may grow where all is locked: a crowded room with pictures, and the stacks of threads.
const GROWTH: u64 = 256 << 20;

/// How often memory that was added is locked, where not all is.
const EVERY: Duration = Duration::from_secs(1);

/// Locks what there is. Returns what is to be called once system calls are closed, where more must be locked as it is
/// added: it begins a thread.
pub(super) fn lock() -> Result<Option<impl FnOnce() -> io::Result<()>>, String> {
    if lock_all(GROWTH).is_ok() {
        return Ok(None);
    }
    let mut locks = Locks::new().map_err(|why| why.to_string())?;
    match locks.extend().map_err(|why| why.to_string())? {
        0 => Ok(Some(move || begin(locks))),
        left => Err(format!("{} KiB of it may not be locked (see `ulimit -l`)", left.div_ceil(1024))),
    }
}

/// Nobody waits for it: it ends with the program.
fn begin(mut locks: Locks) -> io::Result<()> {
    let keep = move || {
        while locks.extend().is_ok() {
            thread::sleep(EVERY);
        }
    };
    thread::Builder::new().stack_size(STACK).spawn(keep).map(|_| ())
}
