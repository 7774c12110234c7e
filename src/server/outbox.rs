//! The frames that wait for one connection until its task takes them.

use std::collections::VecDeque;
use std::ops::{AddAssign, SubAssign};
use std::sync::Arc;
use std::task::Waker;

use super::frame_memory::Frame;

/// Bytes that a waiting frame takes beside its own: its place in a queue, and its share of the
/// allocator's overhead and of the shared copy's.
pub(super) const FRAME_COST: usize = 64;

/// Bytes that an incoming message takes for each byte that is known of it: the buffer that collects
/// fragments grows by doubling.
const INCOMING_COST: usize = 2;

/// What a frame counts as while it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What the room and the daemon say. With too much of it a connection is too slow.
    Room,
    /// What another member passes on. Where there is too much of it, there is no more.
    Pass,
    /// A control frame of the WebSocket. Its own buffer bounds these.
    Control,
}

/// The size of frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct QueueSize {
    pub(super) bytes: usize,
    pub(super) frames: usize,
}

impl QueueSize {
    /// Bytes of memory, as if nobody shared them.
    pub(super) fn cost(self) -> usize {
        self.bytes + self.frames * FRAME_COST
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

/// The size of frames that wait, or have waited, by what they count as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) room: QueueSize,
    pub(super) passes: QueueSize,
}

impl Waiting {
    /// The size of these frames.
    pub(super) fn of<'a>(frames: impl IntoIterator<Item = &'a Arc<Frame>>) -> Self {
        let mut size = Self::default();
        for frame in frames {
            size.add(frame.kind, QueueSize { bytes: frame.bytes.len(), frames: 1 });
        }
        size
    }

    /// Adds frames of one kind.
    pub(super) fn add(&mut self, kind: Kind, size: QueueSize) {
        match kind {
            Kind::Room => self.room += size,
            Kind::Pass => self.passes += size,
            Kind::Control => {}
        }
    }

    /// How many frames there are.
    pub(super) fn frames(self) -> usize {
        self.room.frames + self.passes.frames
    }
}

impl AddAssign for Waiting {
    fn add_assign(&mut self, other: Self) {
        self.room += other.room;
        self.passes += other.passes;
    }
}

impl SubAssign for Waiting {
    fn sub_assign(&mut self, other: Self) {
        self.room -= other.room;
        self.passes -= other.passes;
    }
}

/// What waits for one connection.
#[derive(Default)]
pub(super) struct Outbox {
    /// The client's address, as [`Permit::address`](super::address_limits::Permit::address) numbers
    /// it.
    pub(super) address: u64,
    pub(super) frames: VecDeque<Arc<Frame>>,
    /// The frames that were put here and have not been written yet.
    pub(super) waiting: Waiting,
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
    /// Adds a frame, wakes the task, and returns what waits more.
    pub(super) fn put(&mut self, frame: Arc<Frame>) -> Waiting {
        let size = Waiting::of([&frame]);
        self.waiting += size;
        self.frames.push_back(frame);
        if self.asleep {
            self.wake();
        }
        size
    }

    /// Bytes of memory that wait because of this connection, shared or not.
    pub(super) fn cost(&self) -> usize {
        self.billed() + self.waiting.passes.cost()
    }

    /// Those of them that count against it when too much waits for all. Passes do not: others could
    /// put it out by them.
    pub(super) fn billed(&self) -> usize {
        self.waiting.room.cost() + self.incoming * INCOMING_COST
    }

    /// Drops the frames that the task has not taken yet.
    pub(super) fn clear(&mut self) -> Waiting {
        let dropped = Waiting::of(&self.frames);
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
