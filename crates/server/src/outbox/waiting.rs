//! The size of frames that wait for one connection alone.

use std::ops::{AddAssign, SubAssign};

use super::Own;

/// Bytes that a frame for one connection alone takes beside its own: its place in a queue, and its share of the allocator's
/// overhead.
pub(crate) const FRAME_COST: usize = 64;

/// What a frame counts as while it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What HTTP says last, and the first frame with it. Without it nothing that follows can be read.
    Opening,
    /// What the room and the daemon say. With too much of it a connection is too slow.
    Room,
    /// What another member passes on. Where there is too much of it, there is no more.
    Pass,
    /// A control frame of the WebSocket, of which few may wait.
    Control,
}

/// The size of frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct QueueSize {
    pub(crate) bytes: usize,
    pub(crate) frames: usize,
}

impl QueueSize {
    /// Bytes of memory.
    pub(crate) fn cost(self) -> usize {
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
        self.bytes -= other.bytes;
        self.frames -= other.frames;
    }
}

/// The size of frames for one connection alone that wait, or have waited, by what they count as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) room: QueueSize,
    pub(crate) passes: QueueSize,
    pub(crate) control: QueueSize,
}

impl Waiting {
    pub(crate) fn of(frame: &Own) -> Self {
        let mut size = Self::default();
        let (bytes, frames) = (frame.bytes.len(), 1);
        *match frame.kind {
            Kind::Opening | Kind::Room => &mut size.room,
            Kind::Pass => &mut size.passes,
            Kind::Control => &mut size.control,
        } = QueueSize { bytes, frames };
        size
    }

    /// Bytes of memory, and how many there are.
    pub(crate) fn all(self) -> QueueSize {
        let mut all = self.room;
        all += self.passes;
        all += self.control;
        all
    }
}

impl AddAssign for Waiting {
    fn add_assign(&mut self, other: Self) {
        self.room += other.room;
        self.passes += other.passes;
        self.control += other.control;
    }
}

impl SubAssign for Waiting {
    fn sub_assign(&mut self, other: Self) {
        self.room -= other.room;
        self.passes -= other.passes;
        self.control -= other.control;
    }
}
