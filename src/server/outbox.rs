//! What waits for one connection until its task takes it.

use std::collections::VecDeque;
use std::ops::{AddAssign, SubAssign};
use std::task::Waker;

use bytes::Bytes;

/// Bytes that a waiting frame takes beside its own: its place in a queue, and its share of what the allocator
/// and the common copy need.
pub(super) const FRAME_COST: usize = 64;

/// Bytes that a message takes while it comes in, for each byte that is known of it: the buffer in which fragments are
/// collected grows by doubling.
const INCOMING_COST: usize = 2;

/// Frames that wait, or have waited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct QueueSize {
    pub(super) bytes: usize,
    pub(super) frames: usize,
}

impl QueueSize {
    /// The size of these frames.
    pub(super) fn of<'a>(frames: impl IntoIterator<Item = &'a Bytes>) -> Self {
        let mut size = Self::default();
        for frame in frames {
            size += Self { bytes: frame.len(), frames: 1 };
        }
        size
    }

    /// Bytes of memory, as if nobody shared them.
    pub(super) fn cost(self) -> usize {
        self.bytes + self.frames * FRAME_COST
    }

    /// What both of them have.
    pub(super) fn min(self, other: Self) -> Self {
        Self { bytes: self.bytes.min(other.bytes), frames: self.frames.min(other.frames) }
    }
}

impl AddAssign for QueueSize {
    fn add_assign(&mut self, other: Self) {
        self.bytes += other.bytes;
        self.frames += other.frames;
    }
}

impl SubAssign for QueueSize {
    fn sub_assign(&mut self, other: Self) {
        self.bytes = self.bytes.saturating_sub(other.bytes);
        self.frames = self.frames.saturating_sub(other.frames);
    }
}

/// What waits for one connection.
#[derive(Default)]
pub(super) struct Outbox {
    /// Whose connection it is, as [`Permit::address`](super::address_limits::Permit::address) has it.
    pub(super) address: u64,
    pub(super) frames: VecDeque<Bytes>,
    /// What was put here and has not gone out yet.
    pub(super) waiting: QueueSize,
    /// Bytes of a message that comes in, of which not all need be there.
    pub(super) incoming: usize,
    /// Bytes that are as good as free: the connection is put out, and its task has still to drop them.
    pub(super) leaving: usize,
    /// Wakes the connection's task.
    pub(super) waker: Option<Waker>,
    /// The task found nothing and sleeps: the next frame wakes it.
    pub(super) asleep: bool,
    /// The close code, once nothing more is to follow.
    pub(super) ending: Option<u16>,
    /// There is no memory to wait until a frame is through that has been begun.
    pub(super) cut: bool,
}

impl Outbox {
    /// Takes a frame that is ready for the line.
    pub(super) fn put(&mut self, frame: Bytes) {
        self.waiting += QueueSize { bytes: frame.len(), frames: 1 };
        self.frames.push_back(frame);
        if self.asleep {
            self.wake();
        }
    }

    /// Bytes of memory that this connection is the reason for, though others may be so too.
    pub(super) fn cost(&self) -> usize {
        self.waiting.cost() + self.incoming * INCOMING_COST
    }

    /// Drops what the task has not taken yet.
    pub(super) fn clear(&mut self) -> QueueSize {
        let dropped = QueueSize::of(&self.frames);
        self.frames.clear();
        self.waiting -= dropped;
        dropped
    }

    pub(super) fn end(&mut self, code: u16) {
        self.ending = Some(code);
        self.wake();
    }

    pub(super) fn wake(&mut self) {
        self.asleep = false;
        if let Some(waker) = &self.waker {
            waker.wake_by_ref();
        }
    }
}
