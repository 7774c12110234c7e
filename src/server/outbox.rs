//! What waits for one connection until its task takes it.

use std::collections::VecDeque;
use std::task::Waker;

use bytes::Bytes;

use super::outlet::FRAME_COST;

/// What waits for one connection.
#[derive(Default)]
pub(super) struct Outbox {
    pub(super) frames: VecDeque<Bytes>,
    /// Bytes of memory of what was put here and has not gone out yet.
    pub(super) waiting: usize,
    /// Wakes the connection's task.
    pub(super) waker: Option<Waker>,
    /// The task found nothing and sleeps: the next frame wakes it.
    pub(super) asleep: bool,
    /// The close code, once nothing more is to follow.
    pub(super) ending: Option<u16>,
}

impl Outbox {
    /// Takes a frame that is ready for the line.
    pub(super) fn put(&mut self, frame: Bytes) {
        self.waiting += frame.len() + FRAME_COST;
        self.frames.push_back(frame);
        if self.asleep {
            self.wake();
        }
    }

    pub(super) fn end(&mut self, code: u16) {
        self.ending = Some(code);
        self.wake();
    }

    fn wake(&mut self) {
        self.asleep = false;
        if let Some(waker) = &self.waker {
            waker.wake_by_ref();
        }
    }
}
