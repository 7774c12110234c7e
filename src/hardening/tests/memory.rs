//! Memory is locked, never dumped, and wiped.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use nix::{
    sys::{
        prctl,
        resource::{RLIM_INFINITY, Resource, getrlimit, setrlimit},
    },
    unistd::{Uid, setresuid},
};

use sanctuary_harden::{Wiping, lock_pages, suffices};

use super::super::{HardeningError, LockError, State, harden, memory};
use super::{alone, last_cause, policy, root, status};

fn kib(status: &HashMap<String, String>, name: &str) -> u64 {
    status[name].strip_suffix(" kB").unwrap().parse().unwrap()
}

#[test]
fn locked_memory_covers_resident_memory_and_grows() {
    alone(|| {
        let locked = lock_pages();
        if !root() && locked.is_err() {
            return; // no limit that allows it: told as absent, which another test holds
        }
        locked.unwrap();
        let before = status();
        let block = vec![7u8; 32 << 20];
        let after = status();
        assert!(kib(&after, "VmLck") >= kib(&before, "VmLck") + (block.len() as u64 >> 10), "{after:?}");
        assert!(kib(&after, "VmLck") >= kib(&after, "VmRSS"), "{after:?}");
        assert_eq!(kib(&after, "VmSwap"), 0);
    });
}

#[test]
fn locking_leaves_untouched_memory_out() {
    alone(|| {
        let locked = lock_pages();
        if !root() && locked.is_err() {
            return;
        }
        locked.unwrap();
        let before = kib(&status(), "VmRSS");
        let block: Vec<u8> = Vec::with_capacity(64 << 20);
        let after = kib(&status(), "VmRSS");
        assert!(after < before + 16 * 1024, "{before} {after} {}", block.capacity());
    });
}

#[test]
fn memory_without_a_limit_to_lock_it_is_told_or_a_reason_not_to_start() {
    alone(|| {
        setrlimit(Resource::RLIMIT_MEMLOCK, 64 << 10, 64 << 10).unwrap();
        if root() {
            setresuid(Uid::from_raw(65534), Uid::from_raw(65534), Uid::from_raw(65534)).unwrap();
        }
        let (told, most) = memory::lock(false, 0).unwrap();
        assert_eq!(most, None);
        let State::Absent { why, remedy } = told.state else { panic!("{told:?}") };
        assert!(why.starts_with("only 0 MiB may be locked of"), "{why}");
        assert_eq!(remedy, "the package's systemd unit allows it");
        assert_eq!(kib(&status(), "VmLck"), 0);
        let refused = memory::lock(true, 0).unwrap_err();
        assert!(matches!(refused, HardeningError::MemoryNotLocked { .. }));
        assert!(refused.to_string().contains("require_memory_lock = false"));
        assert!(matches!(last_cause(&refused).downcast_ref(), Some(LockError::LimitTooLow { limit: 0, .. })));
    });
}

#[test]
fn the_limit_of_locked_memory_leaves_room_to_grow() {
    let (used, growth) = (10 << 20, 64 << 20);
    assert!(!suffices(used + growth - 1, used, growth));
    assert!(suffices(used + growth, used, growth));
    assert!(suffices(used + growth + 1, used, growth));
    assert!(suffices(RLIM_INFINITY, used, growth));
}

/// The kernel by itself forbids dumps of a process that stops being root, so this begins as another
/// user.
#[test]
fn no_dump_is_possible_once_all_is_in_force() {
    alone(|| {
        if root() {
            setresuid(Uid::from_raw(65534), Uid::from_raw(65534), Uid::from_raw(65534)).unwrap();
        }
        prctl::set_dumpable(true).unwrap();
        let (_, hard) = getrlimit(Resource::RLIMIT_CORE).unwrap();
        assert!(hard > 0, "a limit that is there already would hide that none is set");
        // Nobody may ask in the thread that is closed in; what it changed holds for all.
        let (closed, wait) = std::sync::mpsc::channel();
        let witness = std::thread::spawn(move || {
            wait.recv().unwrap();
            assert!(!prctl::get_dumpable().unwrap());
            assert_eq!(getrlimit(Resource::RLIMIT_CORE).unwrap(), (0, 0));
        });
        harden(&policy(vec![])).unwrap();
        closed.send(()).unwrap();
        witness.join().unwrap();
    });
}

/// Counts the bytes that are not zero when a block comes back.
struct Inspecting;

static LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);
static GIVEN_BACK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: hands everything on to the system's allocator.
unsafe impl GlobalAlloc for Inspecting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those asked for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the block is still live, and its maker wrote all of it.
        let bytes = unsafe { std::slice::from_raw_parts(memory, layout.size()) };
        LEFT_BEHIND.fetch_add(bytes.iter().filter(|byte| **byte != 0).count(), Ordering::Relaxed);
        GIVEN_BACK.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: as in `alloc`.
        unsafe { System.dealloc(memory, layout) };
    }
}

#[test]
fn memory_is_wiped_before_it_is_given_back() {
    let allocator = Wiping(Inspecting);
    let small = Layout::from_size_align(4096, 16).unwrap();
    let large = Layout::from_size_align(1 << 20, 16).unwrap();
    // SAFETY: blocks are written within their size and given back once, with the layout they have.
    unsafe {
        let block = allocator.alloc(small);
        block.write_bytes(0xA5, small.size());
        let grown = allocator.realloc(block, small, large.size());
        assert_eq!(*grown.add(small.size() - 1), 0xA5);
        grown.write_bytes(0xA5, large.size());
        allocator.dealloc(grown, large);
    }
    assert_eq!(GIVEN_BACK.load(Ordering::Relaxed), small.size() + large.size());
    assert_eq!(LEFT_BEHIND.load(Ordering::Relaxed), 0);
}
