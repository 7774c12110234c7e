//! One connection's handle on the hub.

use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use tokio::net::tcp::OwnedWriteHalf;

use super::super::log::put_frame;
use super::super::{address_limits, now};
use super::{Hub, PASS_AGAIN};
use crate::rate::retry_ms;
use crate::room::{ConnectionId, Event, Place};
use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, End, NORMAL_CLOSURE, Nonce, Refusal};

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ending {
    /// The close code.
    pub(crate) code: u16,
    /// Memory is short, so nobody waits until the other side has taken the rest.
    pub(crate) cut: bool,
}

/// One connection's handle on the hub. Dropping it without having said how it ended means that the
/// connection broke.
pub(crate) struct HubHandle {
    pub(super) hub: Arc<Hub>,
    pub(super) connection: ConnectionId,
}

impl HubHandle {
    /// Handles the first frame of the connection, with the place for a new seat. `true` if it
    /// is in a room then.
    pub(crate) fn request_entry(&self, frame: ClientFrame<'_>, nonce: &Nonce, place: Option<Place>) -> bool {
        self.hub.act(|state, now| {
            let event = Event::FirstFrame { frame, nonce, place };
            state.rooms.handle(now, self.connection, event, &mut state.effects);
        });
        let state = &mut *self.hub.state();
        let room = state.rooms.room_of(self.connection);
        // A newcomer follows from the frame on that tells others of it; of who opens a room nobody is told.
        if let Some(room) = room {
            state.follow_room(self.connection.0, room);
        }
        room.is_some()
    }

    /// How long nobody opens a room, if that is so: zero if nobody ever will again.
    pub(crate) fn closed_for(&self) -> Option<Duration> {
        self.hub.state().rooms.closed_for(now())
    }

    /// The place of the member's seat.
    pub(crate) fn place(&self) -> Option<Arc<address_limits::Place>> {
        let place = self.hub.state().rooms.place(self.connection).cloned()?;
        Arc::downcast(place).ok()
    }

    /// Hands the rooms a frame of the member. It is denied where the passes in it found no room.
    pub(crate) fn frame(&self, frame: ClientFrame<'_>, nonce: &Nonce) {
        let (number, passes) = (frame.number(), matches!(frame, ClientFrame::Pass(_)));
        self.event(Event::Frame { frame, nonce });
        if passes && self.hub.state().crowding.take() == Some(self.connection) {
            self.deny_too_fast(number, PASS_AGAIN);
        }
    }

    /// Hands the rooms a frame of the member, or what became of its connection.
    pub(super) fn event(&self, event: Event<'_>) {
        self.hub.act(|state, now| state.rooms.handle(now, self.connection, event, &mut state.effects));
    }

    /// How many small passes are free for the member.
    pub(crate) fn credit(&self) -> u32 {
        self.hub.state().rooms.credit(self.connection)
    }

    /// Spends the credit for so many small passes.
    pub(crate) fn spend_credit(&self, passes: u32) {
        self.hub.state().rooms.take_credit(self.connection, passes);
    }

    /// Tells the member that this frame, or command, came too fast.
    pub(crate) fn deny_too_fast(&self, frame: u8, wait: Duration) {
        self.tell(&DaemonFrame::Denied { frame, why: Denial::TooFast, retry_ms: retry_ms(wait) });
    }

    /// The client has closed.
    pub(crate) fn closed(&self) {
        self.event(Event::Closed);
        let state = &mut *self.hub.state();
        state.clear(self.connection);
        state.outboxes[self.connection.0].end(NORMAL_CLOSURE);
    }

    /// Ends the connection for a reason of the server's own. Nobody waits for who takes nothing.
    pub(crate) fn end(&self, end: End, code: u16) {
        if self.ending().is_some() {
            return;
        }
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
    pub(crate) fn refuse(&self, why: Refusal, wait: Duration) {
        self.tell(&DaemonFrame::Refused { why, retry_ms: retry_ms(wait) });
        self.hub.state().outboxes[self.connection.0].end(Refusal::CLOSE_CODE);
    }

    /// Sends the answer by which HTTP ends, and the first frame with it, unless the connection is to end already.
    pub(crate) fn greet(&self, mut answer: Vec<u8>, hello: &DaemonFrame<'_>) {
        self.hub.act(|state, _| {
            let outbox = &mut state.outboxes[self.connection.0];
            if outbox.ending.is_none() {
                put_frame(&mut answer, &hello.encode());
            }
            state.budget.count(outbox.address, outbox.put_opening(answer));
            state.connection_is_due(self.connection.0);
        });
    }

    /// Sends a frame to this connection alone.
    pub(crate) fn tell(&self, frame: &DaemonFrame<'_>) {
        self.hub.act(|state, _| {
            // After its last frame it gets no other.
            if state.outboxes[self.connection.0].ending.is_none() {
                state.post(self.connection, &frame.encode());
            }
        });
    }

    /// Sets how many bytes of an incoming message there are; 0 when it is whole.
    pub(crate) fn coming_in(&self, bytes: usize) {
        self.hub.act(|state, _| {
            let outbox = &mut state.outboxes[self.connection.0];
            let before = outbox.cost();
            outbox.incoming = bytes;
            state.budget.incoming = state.budget.incoming + outbox.cost() - before;
            state.update_leaving(self.connection);
        });
    }

    /// Wakes the connection's task by this when it is to end, and when there is something that it is to write.
    pub(crate) fn wakes(&self, waker: &Waker) {
        let outbox = &mut self.hub.state().outboxes[self.connection.0];
        if !outbox.waker.as_ref().is_some_and(|known| known.will_wake(waker)) {
            outbox.waker = Some(waker.clone());
        }
    }

    /// How the connection ends, once nothing more is to be read from it.
    pub(crate) fn ending(&self) -> Option<Ending> {
        let outbox = &self.hub.state().outboxes[self.connection.0];
        outbox.ending.map(|code| Ending { code, cut: outbox.cut })
    }

    /// Writes to this socket from now on, and not to the stream.
    pub(crate) fn write_to(&self, socket: OwnedWriteHalf) {
        self.hub.state().outboxes[self.connection.0].socket = Some(socket);
    }

    /// Whether anything waits. From now on it is noted whether any of it is taken.
    pub(crate) fn begins_to_wait(&self) -> bool {
        // Nothing of before counts from here on.
        self.has_taken();
        let state = &mut *self.hub.state();
        let outbox = &mut state.outboxes[self.connection.0];
        outbox.has_taken = false;
        !outbox.is_empty(state.channels.followed(outbox.follow.as_ref()))
    }

    /// Whether anything has been taken since [`HubHandle::begins_to_wait`].
    pub(crate) fn has_taken(&self) -> bool {
        let state = &mut *self.hub.state();
        let outbox = &mut state.outboxes[self.connection.0];
        if let Some(channel) = state.channels.followed(outbox.follow.as_ref()) {
            outbox.catch_up(channel);
        }
        outbox.has_taken
    }

    /// Whether a frame has been written in part.
    pub(crate) fn is_begun(&self) -> bool {
        let state = &*self.hub.state();
        let outbox = &state.outboxes[self.connection.0];
        outbox.is_begun(state.channels.followed(outbox.follow.as_ref()))
    }
}

impl Drop for HubHandle {
    fn drop(&mut self) {
        self.event(Event::Broke);
        self.hub.state().remove(self.connection);
        self.hub.departed.notify_one();
    }
}
