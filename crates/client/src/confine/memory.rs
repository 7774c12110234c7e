//! Locks memory: all of it where the limit leaves room, and else what holds what is said, as far as it goes.

use std::time::Duration;
use std::{io, thread};

use sanctuary_harden::{Locks, lock_all};
use tokio::sync::oneshot;

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
pub(super) fn keep(mut locks: Locks, outgrown: oneshot::Sender<()>) -> Result<(), String> {
    let left = locks.extend().map_err(|why| why.to_string())?;
    // A lack at the start is told there.
    let outgrown = (left == 0).then_some(outgrown);
    let keep = move || extend_on(|| locks.extend(), outgrown, || thread::sleep(EVERY));
    thread::Builder::new().stack_size(STACK).spawn(keep).map_err(|why| why.to_string())?;
    match left {
        0 => Ok(()),
        left => Err(format!("{} KiB of it may not be locked (see `ulimit -l`)", left.div_ceil(1024))),
    }
}

/// Locks what is added until that fails, and tells once that not all is locked any more.
fn extend_on(
    mut extend: impl FnMut() -> io::Result<u64>,
    mut outgrown: Option<oneshot::Sender<()>>,
    waits: impl Fn(),
) {
    loop {
        let left = extend();
        if let Some(outgrown) = outgrown.take_if(|_| !matches!(left, Ok(0))) {
            let _ = outgrown.send(());
        }
        if left.is_err() {
            return;
        }
        waits();
    }
}

/// Has the main stack grow before it is locked: afterwards it could not, where all is used up that may be locked, and the
/// program would end by a fault.
#[inline(never)]
#[allow(clippy::large_stack_arrays)] // it is the stack that is to grow
fn grow_stack() {
    std::hint::black_box([0u8; STACK]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether it is told that not all is locked, after so many times of locking.
    fn told(left: Vec<io::Result<u64>>) -> Option<usize> {
        let (outgrown, mut told) = oneshot::channel();
        let (mut left, mut count) = (left.into_iter(), 0);
        let mut first = None;
        let extend = || {
            if first.is_none() && told.try_recv().is_ok() {
                first = Some(count);
            }
            count += 1;
            left.next().unwrap_or_else(|| Err(io::ErrorKind::Other.into()))
        };
        extend_on(extend, Some(outgrown), || ());
        first.or_else(|| told.try_recv().is_ok().then_some(count))
    }

    #[test]
    fn it_is_told_once_and_at_once_that_not_all_is_locked_any_more() {
        assert_eq!(told(vec![Ok(0), Ok(0), Ok(1), Ok(0), Ok(4096)]), Some(3));
        assert_eq!(told(vec![Ok(0), Ok(0)]), Some(3), "nor is it known any more");
        extend_on(|| Err(io::ErrorKind::Other.into()), None, || ());
    }
}
