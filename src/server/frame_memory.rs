//! The memory of all waiting frames, each counted once, however many connections it waits for.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

/// The bytes of all frames that somebody still holds.
#[derive(Clone, Default)]
pub(super) struct FrameMemory(Arc<AtomicUsize>);

impl FrameMemory {
    /// Makes a frame to share, which is counted until its last holder drops it.
    pub(super) fn share(&self, frame: Vec<u8>) -> Bytes {
        self.0.fetch_add(frame.len(), Ordering::Relaxed);
        Bytes::from_owner(Counted { frame, frames: self.clone() })
    }

    /// The bytes that are held now.
    pub(super) fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

struct Counted {
    frame: Vec<u8>,
    frames: FrameMemory,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.frame
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.frames.0.fetch_sub(self.frame.len(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use bytes::Buf;

    use super::*;

    #[test]
    fn a_frame_counts_once_until_the_last_who_holds_it_lets_it_go() {
        let frames = FrameMemory::default();
        let (one, other) = (frames.share(vec![0; 100]), frames.share(vec![0; 7]));
        assert_eq!(frames.bytes(), 107);
        let mut shared = one.clone();
        shared.advance(60);
        drop((one, other));
        assert_eq!(frames.bytes(), 100, "written in part");
        drop(shared);
        assert_eq!(frames.bytes(), 0);
    }
}
