//! The frames that wait for one connection until its task takes them.

use std::collections::VecDeque;
use std::ops::{AddAssign, SubAssign};
use std::task::Waker;

use bytes::Bytes;

/// Bytes that a waiting frame takes beside its own: its place in a queue, and its share of the
/// allocator's overhead and of the shared copy's.
pub(super) const FRAME_COST: usize = 64;

/// Bytes that an incoming message takes for each byte that is known of it: the buffer that collects
/// fragments grows by doubling.
const INCOMING_COST: usize = 2;

/// The size of frames that wait, or have waited.
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

    /// The smaller of both, of bytes and of frames.
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
    /// The client's address, as [`Permit::address`](super::address_limits::Permit::address) numbers
    /// it.
    pub(super) address: u64,
    pub(super) frames: VecDeque<Bytes>,
    /// The frames that were put here and have not been written yet.
    pub(super) waiting: QueueSize,
    /// Bytes of an incoming message, announced ones included.
    pub(super) incoming: usize,
    /// Bytes that are about to be freed: the connection is ended, and its task has still to drop
    /// them.
    pub(super) leaving: usize,
    /// Wakes the connection's task.
    pub(super) waker: Option<Waker>,
    /// The task found nothing and sleeps; the next frame wakes it.
    pub(super) asleep: bool,
    /// The close code, once the connection is to end.
    pub(super) ending: Option<u16>,
    /// Memory is short, so even a half-written frame is not finished.
    pub(super) cut: bool,
}

impl Outbox {
    /// Adds a frame as it goes over the line, and wakes the task.
    pub(super) fn put(&mut self, frame: Bytes) {
        self.waiting += QueueSize { bytes: frame.len(), frames: 1 };
        self.frames.push_back(frame);
        if self.asleep {
            self.wake();
        }
    }

    /// Bytes of memory that wait because of this connection, shared or not.
    pub(super) fn cost(&self) -> usize {
        self.waiting.cost() + self.incoming * INCOMING_COST
    }

    /// Drops the frames that the task has not taken yet.
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
