//! An allocator that leaves nothing behind.
#![allow(unsafe_code)] // An allocator is an unsafe contract by its nature.

use std::alloc::{GlobalAlloc, Layout};

/// Wipes memory before it goes back to the allocator it wraps.
///
/// Growing a buffer always moves it, for `realloc` is the trait's own, so that the old copy is
/// wiped too.
#[derive(Debug)]
pub struct Wiping<A>(pub A);

// SAFETY: every call is handed on unchanged to an allocator that keeps the contract; memory is
// written only in `dealloc`, where the caller has given up the whole of the layout.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Wiping<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those that the inner allocator asks for.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: `memory` is a live block of `layout.size()` bytes that nobody else uses any more.
        unsafe {
            memory.write_bytes(0, layout.size());
            // The compiler may otherwise drop writes that are followed by the end of the block's
            // life.
            zeroize::optimization_barrier(&*memory);
            self.0.dealloc(memory, layout);
        }
    }
}
