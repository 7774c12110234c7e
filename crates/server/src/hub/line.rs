//! How a connection's task has written what waits, and adds control frames.

use std::io;
use std::task::{Context, Poll};

use super::super::outbox::{FRAME_COST, Kind};
use super::super::stream::Stream;
use super::HubHandle;

/// Bytes of memory of control frames that may wait for one connection. Beyond them, further pings are not answered.
pub(crate) const CONTROL_MOST: usize = 1024;

impl HubHandle {
    /// Has what waits written, as far as that is for the connection's task to do. Ready when nothing is left to it.
    pub(crate) fn poll_write(&self, cx: &mut Context<'_>, stream: &mut dyn Stream) -> Poll<io::Result<()>> {
        self.hub.state().poll_write(self.connection.0, cx, stream)
    }

    /// Has what waits written as far as it is taken at once, whoever it is that writes it otherwise.
    pub(crate) fn write_last(&self, cx: &mut Context<'_>, stream: &mut dyn Stream) {
        let mut state = self.hub.state();
        state.write_out(self.connection.0);
        // The connection is over, whether or not this fails.
        let _ = state.poll_write(self.connection.0, cx, stream);
    }

    /// Takes a control frame of the daemon's own.
    pub(crate) fn control(&self, bytes: Vec<u8>) {
        self.hub.state().put_own(self.connection, bytes, Kind::Control);
    }

    /// Takes an answer to a control frame of the client's. `false` if too many wait.
    pub(crate) fn answer(&self, bytes: &[u8]) -> bool {
        let mut state = self.hub.state();
        let waits = state.outboxes[self.connection.0].waiting().control.cost();
        let fits = waits + bytes.len() + FRAME_COST <= CONTROL_MOST;
        if fits {
            state.put_own(self.connection, bytes.to_vec(), Kind::Control);
        }
        fits
    }
}
