//! Locks memory: all of it where the limit leaves room, and else what holds what is said, as far as it goes.

use std::thread;
use std::time::Duration;

use sanctuary_harden::{Locks, lock_all};

use super::STACK;

/// Bytes by which memory may grow where all is locked: a crowded room with pictures, and the stacks of threads.
const GROWTH: u64 = 256 << 20;

/// How often memory that was added is locked, where not all is.
const EVERY: Duration = Duration::from_secs(1);

/// Locks what there is. Where more must be locked as it is added, [`keep`] is to be called once system calls are closed.
pub(super) fn lock() -> Result<Option<Locks>, String> {
    if lock_all(GROWTH).is_ok() {
        return Ok(None);
    }
    grow_stack();
    let mut locks = Locks::new().map_err(|why| why.to_string())?;
    locks.extend().map_err(|why| why.to_string())?;
    Ok(Some(locks))
}

/// Begins a thread that locks what is added. Nobody waits for it: it ends with the program.
pub(super) fn keep(mut locks: Locks) -> Result<(), String> {
    let left = locks.extend().map_err(|why| why.to_string())?;
    let keep = move || {
        while locks.extend().is_ok() {
            thread::sleep(EVERY);
        }
    };
    thread::Builder::new().stack_size(STACK).spawn(keep).map_err(|why| why.to_string())?;
    match left {
        0 => Ok(()),
        left => Err(format!("{} KiB of it may not be locked (see `ulimit -l`)", left.div_ceil(1024))),
    }
}

/// Has the main stack grow before it is locked: afterwards it could not, where all is used up that may be locked, and the
/// program would end by a fault.
#[inline(never)]
#[allow(clippy::large_stack_arrays)] // it is the stack that is to grow
fn grow_stack() {
    std::hint::black_box([0u8; STACK]);
}
