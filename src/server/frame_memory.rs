//! The memory of all waiting frames, each counted once, however many connections it waits for.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::outbox::Kind;

/// A frame that waits, as it goes over the line. All connections that get it share it.
pub(super) struct Frame {
    pub(super) bytes: Vec<u8>,
    pub(super) kind: Kind,
    /// Where it is counted, but for control frames.
    memory: Option<FrameMemory>,
}

impl Frame {
    /// A control frame of the WebSocket.
    pub(super) fn control(bytes: &[u8]) -> Arc<Self> {
        Arc::new(Self { bytes: bytes.to_vec(), kind: Kind::Control, memory: None })
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let Some(FrameMemory(memory)) = &self.memory {
            memory.fetch_sub(self.bytes.len(), Ordering::Relaxed);
        }
    }
}

/// The bytes of all frames that somebody still holds.
#[derive(Clone, Default)]
pub(super) struct FrameMemory(Arc<AtomicUsize>);

impl FrameMemory {
    /// Makes a frame to share, which is counted until its last holder drops it.
    pub(super) fn share(&self, bytes: Vec<u8>, kind: Kind) -> Arc<Frame> {
        self.0.fetch_add(bytes.len(), Ordering::Relaxed);
        Arc::new(Frame { bytes, kind, memory: Some(self.clone()) })
    }

    /// The bytes that are held now.
    pub(super) fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_counts_once_until_the_last_who_holds_it_lets_it_go() {
        let frames = FrameMemory::default();
        let share = |bytes| frames.share(vec![0; bytes], Kind::Room);
        let (one, other) = (share(100), share(7));
        assert_eq!(frames.bytes(), 107);
        let shared = Arc::clone(&one);
        drop((one, other, Frame::control(b"ping")));
        assert_eq!(frames.bytes(), 100);
        drop(shared);
        assert_eq!(frames.bytes(), 0);
    }
}
