//! One connection's handle on the hub.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::Waker;

use bytes::Bytes;

use super::{Hub, QueueSize};
use crate::room::{ConnectionId, Event};
use sanctuary_wire::{ClientFrame, DaemonFrame, End, NORMAL_CLOSURE, Nonce, Refusal, SeatToken};

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) struct Ending {
    /// The close code.
    pub(in crate::server) code: u16,
    /// There is no memory to wait until the other side takes what it has not taken yet.
    pub(in crate::server) cut: bool,
}

/// One connection's handle on the hub. Dropping it without a word is a broken connection.
pub(in crate::server) struct HubHandle {
    pub(super) hub: Arc<Hub>,
    pub(super) connection: ConnectionId,
}

impl HubHandle {
    /// The connection's first frame. `true` when it is in a room now.
    pub(in crate::server) fn request_entry(&self, frame: ClientFrame<'_>, nonce: &Nonce) -> bool {
        self.hub.act(|state, now| {
            let seat = SeatToken(state.random.draw());
            let event = Event::FirstFrame { frame, nonce, seat };
            state.rooms.handle(now, self.connection, event, &mut state.effects);
            state.rooms.is_member(self.connection)
        })
    }

    /// A member's frame, or what became of its connection.
    pub(in crate::server) fn event(&self, event: Event<'_>) {
        self.hub.act(|state, now| state.rooms.handle(now, self.connection, event, &mut state.effects));
    }

    /// The client has closed.
    pub(in crate::server) fn closed(&self) {
        self.event(Event::Closed);
        let state = &mut *self.hub.state();
        state.clear(self.connection);
        state.outboxes[self.connection.0].end(NORMAL_CLOSURE);
    }

    /// The edge ends the connection.
    pub(in crate::server) fn end(&self, end: End, code: u16) {
        if self.hub.state().rooms.is_member(self.connection) {
            self.event(Event::Ended(end));
        } else {
            self.tell(&DaemonFrame::Over { end, by: None });
        }
        self.hub.state().outboxes[self.connection.0].end(code);
    }

    /// The edge does not let the client try.
    pub(in crate::server) fn refuse(&self, why: Refusal) {
        self.tell(&DaemonFrame::Refused(why));
        self.hub.state().outboxes[self.connection.0].end(Refusal::CLOSE_CODE);
    }

    /// A frame for this connection alone.
    pub(in crate::server) fn tell(&self, frame: &DaemonFrame<'_>) {
        self.hub.act(|state, _| state.post(self.connection, &frame.encode()));
    }

    /// This has gone out of what was taken, or was dropped.
    pub(in crate::server) fn released(&self, gone: QueueSize) {
        let state = &mut *self.hub.state();
        state.outboxes[self.connection.0].waiting -= gone;
        state.budget.queued -= gone.frames;
        state.update_leaving(self.connection);
    }

    /// So many bytes are there of a message that comes in; 0 when it is whole.
    pub(in crate::server) fn coming_in(&self, bytes: usize) {
        self.hub.act(|state, _| {
            let outbox = &mut state.outboxes[self.connection.0];
            let before = outbox.cost();
            outbox.incoming = bytes;
            state.budget.incoming = state.budget.incoming + outbox.cost() - before;
            state.update_leaving(self.connection);
        });
    }

    /// Takes all that waits into `into`, which is empty. With nothing to take, `waker` is woken when there is, or
    /// when the connection is to end.
    pub(in crate::server) fn take(&self, waker: &Waker, into: &mut VecDeque<Bytes>) {
        let outbox = &mut self.hub.state().outboxes[self.connection.0];
        std::mem::swap(&mut outbox.frames, into);
        outbox.asleep = into.is_empty();
        if !outbox.waker.as_ref().is_some_and(|known| known.will_wake(waker)) {
            outbox.waker = Some(waker.clone());
        }
    }

    /// How the connection ends, once nothing more is to be read from it.
    pub(in crate::server) fn ending(&self) -> Option<Ending> {
        let outbox = &self.hub.state().outboxes[self.connection.0];
        outbox.ending.map(|code| Ending { code, cut: outbox.cut })
    }
}

impl Drop for HubHandle {
    fn drop(&mut self) {
        self.event(Event::Broke);
        self.hub.state().remove(self.connection);
        self.hub.departed.notify_one();
    }
}
