//! One connection's handle on the hub.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use super::super::address_limits;
use super::super::frame_memory::Frame;
use super::super::outbox::Waiting;
use super::{Hub, PASS_AGAIN};
use crate::rate::retry_ms;
use crate::room::{ConnectionId, Event, Place};
use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, End, NORMAL_CLOSURE, Nonce, Refusal};

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) struct Ending {
    /// The close code.
    pub(in crate::server) code: u16,
    /// Memory is short, so nobody waits until the other side has taken the rest.
    pub(in crate::server) cut: bool,
}

/// One connection's handle on the hub. Dropping it without having said how it ended means that the
/// connection broke.
pub(in crate::server) struct HubHandle {
    pub(super) hub: Arc<Hub>,
    pub(super) connection: ConnectionId,
}

impl HubHandle {
    /// Handles the first frame of the connection, with the place for a new seat. `true` if it
    /// is in a room then.
    pub(in crate::server) fn request_entry(
        &self,
        frame: ClientFrame<'_>,
        nonce: &Nonce,
        place: Option<Place>,
    ) -> bool {
        self.hub.act(|state, now| {
            let event = Event::FirstFrame { frame, nonce, place };
            state.rooms.handle(now, self.connection, event, &mut state.effects);
            state.rooms.is_member(self.connection)
        })
    }

    /// The place of the member's seat.
    pub(in crate::server) fn place(&self) -> Option<Arc<address_limits::Place>> {
        let place = self.hub.state().rooms.place(self.connection).cloned()?;
        Arc::downcast(place).ok()
    }

    /// Hands the rooms a frame of the member. It is denied where the passes in it found no room.
    pub(in crate::server) fn frame(&self, frame: ClientFrame<'_>, nonce: &Nonce) {
        let number = frame.number();
        self.event(Event::Frame { frame, nonce });
        if self.hub.state().crowding.take() == Some(self.connection) {
            self.deny_too_fast(number, PASS_AGAIN);
        }
    }

    /// Hands the rooms a frame of the member, or what became of its connection.
    pub(super) fn event(&self, event: Event<'_>) {
        self.hub.act(|state, now| state.rooms.handle(now, self.connection, event, &mut state.effects));
    }

    /// How many small passes are free for the member.
    pub(in crate::server) fn credit(&self) -> u32 {
        self.hub.state().rooms.credit(self.connection)
    }

    /// Spends the credit for so many small passes.
    pub(in crate::server) fn spend_credit(&self, passes: u32) {
        self.hub.state().rooms.take_credit(self.connection, passes);
    }

    /// Tells the member that this frame, or command, came too fast.
    pub(in crate::server) fn deny_too_fast(&self, frame: u8, wait: Duration) {
        self.tell(&DaemonFrame::Denied { frame, why: Denial::TooFast, retry_ms: retry_ms(wait) });
    }

    /// The client has closed.
    pub(in crate::server) fn closed(&self) {
        self.event(Event::Closed);
        let state = &mut *self.hub.state();
        state.clear(self.connection);
        state.outboxes[self.connection.0].end(NORMAL_CLOSURE);
    }

    /// Ends the connection for a reason of the server's own. Nobody waits for who takes nothing.
    pub(in crate::server) fn end(&self, end: End, code: u16) {
        if end == End::TooSlow {
            self.hub.state().clear(self.connection);
        }
        if self.hub.state().rooms.is_member(self.connection) {
            self.event(Event::Ended(end));
        } else {
            self.tell(&DaemonFrame::Over { end, by: None, payload: None });
        }
        self.hub.state().outboxes[self.connection.0].end(code);
    }

    /// Refuses the client without asking the rooms; zero is where trying again does not help.
    pub(in crate::server) fn refuse(&self, why: Refusal, wait: Duration) {
        self.tell(&DaemonFrame::Refused { why, retry_ms: retry_ms(wait) });
        self.hub.state().outboxes[self.connection.0].end(Refusal::CLOSE_CODE);
    }

    /// Sends a frame to this connection alone.
    pub(in crate::server) fn tell(&self, frame: &DaemonFrame<'_>) {
        self.hub.act(|state, _| state.post(self.connection, &frame.encode()));
    }

    /// Counts frames that were taken earlier and have now been written or dropped.
    pub(in crate::server) fn released(&self, gone: Waiting) {
        let state = &mut *self.hub.state();
        let outbox = &mut state.outboxes[self.connection.0];
        outbox.waiting -= gone;
        state.budget.release(outbox.address, gone);
        state.update_leaving(self.connection);
    }

    /// Sets how many bytes of an incoming message there are; 0 when it is whole.
    pub(in crate::server) fn coming_in(&self, bytes: usize) {
        self.hub.act(|state, _| {
            let outbox = &mut state.outboxes[self.connection.0];
            let before = outbox.cost();
            outbox.incoming = bytes;
            state.budget.incoming = state.budget.incoming + outbox.cost() - before;
            state.update_leaving(self.connection);
        });
    }

    /// Moves all waiting frames into `into`, which is empty. If there are none, `waker` is woken
    /// when there are, or when the connection is to end.
    pub(in crate::server) fn take(&self, waker: &Waker, into: &mut VecDeque<Arc<Frame>>) {
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
