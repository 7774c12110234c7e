//! Where connections and rooms meet: every connection has an outbox here, every room that is followed a channel, and the
//! effects of the rooms are put into these.
//!
//! A frame for a room is appended to its log once. A plain connection is written to from here, after all that has come
//! in at the same time has been handled, so that it gets all of that by one call of the system; where the system takes
//! no more, and where bytes are sealed first (TLS), the connection's task is woken and does it. The waiting frames are
//! bounded for each connection and for all together: a connection whose backlog is full is ended as too slow, and when
//! too much waits for all, so are those for which the most waits. The others never wait for these. Passes have a half
//! of each bound to themselves, and those to one address a part of what is left of that; where that is full their
//! sender is denied, so that no member can put out another.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::{Duration, Instant};

use slab::Slab;
use tokio::sync::Notify;

use super::budget::Budget;
use super::channel::Channels;
use super::log::websocket_frame;
use super::now;
use super::outbox::{FRAME_COST, Follow, Kind, Outbox, Own};
use super::random::Random;
use crate::room::{ConnectionId, Counts, Effect, Limits, Rooms};
use sanctuary_wire::{DaemonFrame, End, Nonce, RoomId};

mod bounds;
mod delivery;
mod due;
mod handle;
mod line;
#[cfg(test)]
mod tests;

pub(super) use handle::{Ending, HubHandle};
pub(super) use line::CONTROL_MOST;

use due::DueQueue;

/// Bytes of stack that the handling of a frame may have used, doubled to be sure.
const STACK: usize = 64 * 1024;

/// After what time a pass may be tried again for which there was no room.
const PASS_AGAIN: Duration = Duration::from_secs(1);

/// Tables of so few entries are too small to be worth shrinking.
pub(super) const FEW: usize = 64;

/// All rooms and all connections.
pub(super) struct Hub {
    state: Mutex<State>,
    /// Notified when the earliest deadline of a seat may have changed.
    alarm: Notify,
    /// Notified when a connection is gone.
    departed: Notify,
}

struct State {
    rooms: Rooms,
    outboxes: Slab<Outbox>,
    channels: Channels,
    /// What has something to be written.
    due: DueQueue,
    /// Wakes who writes it.
    deliverer: Option<Waker>,
    random: Random,
    /// Bytes that may wait for one connection; passes have a half, all else has the other.
    backlog: usize,
    budget: Budget,
    effects: Vec<Effect>,
    too_slow: Vec<ConnectionId>,
    /// Who has passed on more than there is room for.
    crowding: Option<ConnectionId>,
}

impl Hub {
    /// Fails only when the system has no random bytes to give.
    pub(super) fn new(limits: Limits, backlog: usize, budget: usize) -> Result<Arc<Self>, getrandom::Error> {
        let state = State {
            rooms: Rooms::new(limits),
            outboxes: Slab::new(),
            channels: Channels::default(),
            due: DueQueue::default(),
            deliverer: None,
            random: Random::from_system()?,
            backlog,
            budget: Budget::new(budget),
            effects: Vec::new(),
            too_slow: Vec::new(),
            crowding: None,
        };
        Ok(Arc::new(Self { state: Mutex::new(state), alarm: Notify::new(), departed: Notify::new() }))
    }

    pub(super) fn set_protections(&self, protections: u64) {
        self.act(|state, _| state.rooms.set_protections(protections));
    }

    pub(super) fn set_limits(&self, limits: Limits, backlog: usize, budget: usize) {
        self.act(|state, _| {
            state.rooms.set_limits(limits);
            state.backlog = backlog;
            state.budget.most = budget;
            state.channels.iter_mut().for_each(|(_, channel)| channel.patience = 0);
        });
    }

    pub(super) fn counts(&self) -> Counts {
        self.state().rooms.counts()
    }

    /// Opens no rooms any more, for good.
    pub(super) fn drain(&self) {
        self.state().rooms.drain();
    }

    pub(super) fn drains(&self) -> bool {
        self.state().rooms.closed_for(now()).is_some_and(|wait| wait.is_zero())
    }

    /// Tells everybody that every room ends at `end`.
    pub(super) fn announce(&self, end: Instant) {
        self.act(|state, now| state.rooms.announce(now, end, &mut state.effects));
    }

    /// Ends every room, for the same reason.
    pub(super) fn end_all(&self, end: End) {
        self.act(|state, _| state.rooms.end_all(end, &mut state.effects));
        // Connections that have not entered are in no room, so the rooms do not end them.
        if end == End::ShuttingDown {
            let state = &mut *self.state();
            let over = DaemonFrame::Over { end, by: None, payload: None }.encode();
            let outside = state.outboxes.iter().filter(|(_, outbox)| outbox.ending.is_none());
            for connection in outside.map(|(key, _)| ConnectionId(key)).collect::<Vec<_>>() {
                state.put(connection, &over);
                state.outboxes[connection.0].end(end.close_code());
            }
        }
    }

    /// Adds a connection of this address: its handle, and the nonce for its `hello`.
    pub(super) fn connect(self: &Arc<Self>, address: u64) -> (HubHandle, Nonce) {
        let mut state = self.state();
        let nonce = Nonce(state.random.draw());
        let connection = ConnectionId(state.outboxes.insert(Outbox::new(address)));
        (HubHandle { hub: Arc::clone(self), connection }, nonce)
    }

    /// Gives up seats when their grace is over. Never returns.
    pub(super) async fn expire_away_seats(&self) {
        loop {
            let told = self.alarm.notified();
            let deadline = self.state().rooms.next_deadline();
            match deadline {
                None => told.await,
                Some(deadline) => {
                    tokio::select! {
                        () = told => continue,
                        () = tokio::time::sleep_until(deadline.into()) => {}
                    }
                    self.act(|state, now| {
                        let before = state.rooms.counts();
                        state.rooms.tick(now, &mut state.effects);
                        // Seats outlive their connections, so they may be the last of a crowd to
                        // go.
                        if state.rooms.counts() != before {
                            state.rooms.shrink();
                        }
                    });
                }
            }
        }
    }

    /// Wipes what the handling of frames has left on the stack, after each departure. Never
    /// returns.
    ///
    /// The allocator wipes the heap. This is a task of its own, so that it begins higher up the
    /// stack than the handling of any frame.
    pub(super) async fn wipe_stack_after_departures(&self) {
        loop {
            self.departed.notified().await;
            zeroize::zeroize_stack::<STACK>();
        }
    }

    /// Gives memory back that was for many more connections than there are now.
    pub(super) fn shrink(&self) {
        let state = &mut *self.state();
        state.rooms.shrink();
        state.effects.shrink_to(FEW);
        state.too_slow.shrink_to(FEW);
        state.budget.shrink();
        state.channels.shrink();
        state.due.shrink();
        if state.outboxes.capacity() > 4 * state.outboxes.len() + FEW {
            state.outboxes.shrink_to_fit();
        }
    }

    /// Does something to the state, puts its effects into the outboxes, and wakes the keeper of
    /// deadlines if these have changed.
    fn act<T>(&self, act: impl FnOnce(&mut State, Instant) -> T) -> T {
        let (state, now) = (&mut *self.state(), now());
        let before = state.rooms.next_deadline();
        let result = act(state, now);
        state.apply_effects(now);
        if state.rooms.next_deadline() != before {
            self.alarm.notify_one();
        }
        result
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Puts effects into the outboxes. That may end connections as too slow, which has effects of
    /// its own, so it repeats until there are none.
    fn apply_effects(&mut self, now: Instant) {
        loop {
            let mut effects = std::mem::take(&mut self.effects);
            // Frames of a room are for those who are there once all has happened.
            for effect in &effects {
                if let Effect::Close { to, .. } = effect {
                    self.leave_room(to.0);
                }
            }
            for effect in effects.drain(..) {
                self.apply(effect);
            }
            self.effects = effects;
            if let Some(connection) = self.too_slow.pop() {
                if self.outboxes[connection.0].ending.is_none() {
                    self.end_as_too_slow(now, connection);
                }
            } else if !self.evict_overspent(now) {
                return;
            }
        }
    }

    fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::Room { room, except, frame } => {
                self.say(room, &frame);
                if let Some(newcomer) = except {
                    self.follow_room(newcomer.0, room);
                }
            }
            Effect::Pass { from, to, frame } => {
                if !self.pass(to, &frame) {
                    self.crowding = Some(from);
                }
            }
            Effect::One { to, frame } => self.post(to, &frame),
            Effect::Close { to, frame, code } => {
                if let Some(frame) = frame {
                    self.put(to, &frame);
                }
                self.outboxes[to.0].end(code);
            }
        }
    }

    /// Adds a frame to what a room says.
    fn say(&mut self, room: RoomId, frame: &[u8]) {
        let Some(key) = self.channels.of_room(room) else { return };
        if let (Some(channel), segments) = self.channels.with_segments(Some(key)) {
            channel.log.append(frame, segments);
        }
        self.channel_is_due(key);
        self.find_slow(key, room);
    }

    /// Gives a frame to one connection, and notes it as too slow if its backlog is full.
    fn post(&mut self, to: ConnectionId, frame: &[u8]) {
        self.put(to, frame);
        let left = self.left_for(to) as u64;
        let channel = self.outboxes[to.0].channel();
        if let Some(channel) = channel.and_then(|channel| self.channels.get_mut(channel)) {
            channel.patience = channel.patience.min(channel.log.end() + left);
        }
    }

    fn put(&mut self, to: ConnectionId, frame: &[u8]) {
        self.put_own(to, websocket_frame(frame), Kind::Room);
    }

    fn put_own(&mut self, to: ConnectionId, bytes: Vec<u8>, kind: Kind) {
        let outbox = &mut self.outboxes[to.0];
        let channel = outbox.channel().and_then(|channel| self.channels.get_mut(channel));
        let at = channel.as_ref().map_or(0, |channel| channel.log.end());
        self.budget.count(outbox.address, outbox.put(Own { bytes, kind, at }));
        let place = outbox.follow.and_then(|follow| follow.place);
        if let Some(ready) = channel.and_then(|channel| channel.ready_mut(place)) {
            ready.has_own = true;
        }
        self.connection_is_due(to.0);
    }

    /// Puts a pass into an outbox. `false` if there is no room for it: beside others each takes half
    /// of what is free at the most, so that large ones leave room for small ones.
    fn pass(&mut self, to: ConnectionId, frame: &[u8]) -> bool {
        let (frame, outbox) = (websocket_frame(frame), &self.outboxes[to.0]);
        let cost = frame.len() + FRAME_COST;
        let (most, waits) = (self.backlog / 2, outbox.waiting().passes.cost());
        let free = most.saturating_sub(waits);
        let fits = cost <= if waits == 0 { most } else { free / 2 };
        let fits = fits && self.budget.has_room_for_pass(outbox.address, waits, cost);
        if fits {
            self.put_own(to, frame, Kind::Pass);
        }
        fits
    }

    fn remove(&mut self, connection: ConnectionId) {
        self.leave_room(connection.0);
        let outbox = self.outboxes.remove(connection.0);
        if let Some(Follow { channel, cursor, place, .. }) = outbox.follow {
            // Its socket's number may be another's from now on.
            debug_assert!(place.is_none());
            self.channels.leave(channel, cursor);
        }
        self.budget.leaving -= outbox.leaving;
        self.budget.release(outbox.address, outbox.waiting());
        self.budget.incoming -= outbox.incoming_cost();
    }
}
