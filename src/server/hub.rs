//! Where connections and rooms meet: every connection has an outbox here, and what the room core decides
//! is put into the outboxes of those concerned.
//!
//! A frame is encoded once and shared by all outboxes. A connection sleeps until its outbox fills, is woken
//! once, and takes all that waits. What waits is bounded, for each and for all together: whose backlog is full is told
//! to the core as too slow, and so are those for whom the most waits when too much waits for all. Nobody else waits for
//! them.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use slab::Slab;
use tokio::sync::Notify;

use super::budget::Budget;
use super::now;
use super::outbox::{Outbox, QueueSize};
use super::random::Random;
use super::write_queue::framed;
use crate::room::{ConnectionId, Counts, Effect, Event, Limits, Rooms};
use sanctuary_wire::{DaemonFrame, End, Nonce};

mod handle;
#[cfg(test)]
mod tests;

pub(super) use handle::{Ending, HubHandle};

/// Bytes of stack that any handling of a frame can have used, with as much again to be sure.
const STACK: usize = 64 * 1024;

/// Tables for so few take too little memory to be worth making smaller.
const FEW: usize = 64;

/// All rooms and all connections.
pub(super) struct Hub {
    state: Mutex<State>,
    /// Told when the earliest deadline of a seat may have changed.
    alarm: Notify,
    /// Told when a connection is gone.
    departed: Notify,
}

struct State {
    rooms: Rooms,
    outboxes: Slab<Outbox>,
    random: Random,
    /// Bytes that may wait for one connection.
    backlog: usize,
    budget: Budget,
    effects: Vec<Effect>,
    too_slow: Vec<ConnectionId>,
}

impl Hub {
    /// Fails only when the system has no random bytes to give.
    pub(super) fn new(limits: Limits, backlog: usize, budget: usize) -> Result<Arc<Self>, getrandom::Error> {
        let state = State {
            rooms: Rooms::new(limits),
            outboxes: Slab::new(),
            random: Random::from_system()?,
            backlog,
            budget: Budget::new(budget),
            effects: Vec::new(),
            too_slow: Vec::new(),
        };
        Ok(Arc::new(Self { state: Mutex::new(state), alarm: Notify::new(), departed: Notify::new() }))
    }

    pub(super) fn set_limits(&self, limits: Limits, backlog: usize, budget: usize) {
        self.act(|state, _| {
            state.rooms.set_limits(limits);
            state.backlog = backlog;
            state.budget.most = budget;
        });
    }

    pub(super) fn counts(&self) -> Counts {
        self.state().rooms.counts()
    }

    /// Tells everybody that every room ends at `end`.
    pub(super) fn announce(&self, end: Instant) {
        self.act(|state, now| state.rooms.announce(now, end, &mut state.effects));
    }

    /// Ends every room, for the same reason.
    pub(super) fn end_all(&self, end: End) {
        self.act(|state, _| state.rooms.end_all(end, &mut state.effects));
        // Those who have not entered yet are in no room.
        if end == End::ShuttingDown {
            let state = &mut *self.state();
            let over = state.budget.share(framed(&DaemonFrame::Over { end, by: None }.encode()));
            for (_, outbox) in state.outboxes.iter_mut().filter(|(_, outbox)| outbox.ending.is_none()) {
                outbox.put(over.clone());
                outbox.end(end.close_code());
                state.budget.queued += 1;
            }
        }
    }

    /// A handle for a new connection of an address, and the nonce to greet it with.
    pub(super) fn connect(self: &Arc<Self>, address: u64) -> (HubHandle, Nonce) {
        let mut state = self.state();
        let nonce = Nonce(state.random.draw());
        let connection = ConnectionId(state.outboxes.insert(Outbox { address, ..Outbox::default() }));
        (HubHandle { hub: Arc::clone(self), connection }, nonce)
    }

    /// Gives up seats whose grace is over, for ever.
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
                        state.rooms.tick(now, &mut state.effects);
                        // Seats outlive their connections, and may be the last of a crowd to go.
                        state.rooms.shrink();
                    });
                }
            }
        }
    }

    /// Wipes the stack of what the handling of frames left there, after each departure.
    ///
    /// The allocator wipes the heap. As a task of its own this begins higher up the stack than any handling.
    pub(super) async fn wipe_stack_after_departures(&self) {
        loop {
            self.departed.notified().await;
            zeroize::zeroize_stack::<STACK>();
        }
    }

    /// Gives back what is held for many more than are here.
    pub(super) fn shrink(&self) {
        let state = &mut *self.state();
        state.rooms.shrink();
        state.effects.shrink_to(FEW);
        state.too_slow.shrink_to(FEW);
        if state.outboxes.capacity() > 4 * state.outboxes.len() + FEW {
            state.outboxes.shrink_to_fit();
        }
    }

    /// Does something to the rooms, puts what follows from it into the outboxes, and sees to it that deadlines
    /// are kept.
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
    /// Puts the effects into the outboxes, until nothing follows from that any more.
    fn apply_effects(&mut self, now: Instant) {
        loop {
            let mut effects = std::mem::take(&mut self.effects);
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
                let frame = self.budget.share(framed(&frame));
                for to in self.rooms.present(&room).filter(|&to| Some(to) != except) {
                    let outbox = &mut self.outboxes[to.0];
                    outbox.put(frame.clone());
                    self.budget.queued += 1;
                    if outbox.waiting.cost() > self.backlog {
                        self.too_slow.push(to);
                    }
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

    /// Puts a frame into an outbox, and notes whose backlog is full.
    fn post(&mut self, to: ConnectionId, frame: &[u8]) {
        self.put(to, frame);
        if self.outboxes[to.0].waiting.cost() > self.backlog {
            self.too_slow.push(to);
        }
    }

    fn put(&mut self, to: ConnectionId, frame: &[u8]) {
        self.outboxes[to.0].put(self.budget.share(framed(frame)));
        self.budget.queued += 1;
    }

    /// Ends a connection that is too slow. What it did not take is not kept for it.
    fn end_as_too_slow(&mut self, now: Instant, connection: ConnectionId) {
        self.clear(connection);
        if self.rooms.is_member(connection) {
            self.rooms.handle(now, connection, Event::Ended(End::TooSlow), &mut self.effects);
        } else {
            let over = DaemonFrame::Over { end: End::TooSlow, by: None }.encode();
            self.put(connection, &over);
            self.outboxes[connection.0].end(End::TooSlow.close_code());
        }
    }

    /// Drops what a connection's task has not taken yet.
    fn clear(&mut self, connection: ConnectionId) {
        self.budget.queued -= self.outboxes[connection.0].clear().frames;
    }

    /// What is left to be dropped by the task of a connection that is cut.
    fn update_leaving(&mut self, connection: ConnectionId) {
        let outbox = &mut self.outboxes[connection.0];
        let leaving = if outbox.cut { outbox.cost() } else { 0 };
        self.budget.leaving = self.budget.leaving + leaving - outbox.leaving;
        outbox.leaving = leaving;
    }

    fn remove(&mut self, connection: ConnectionId) {
        let mut outbox = self.outboxes.remove(connection.0);
        self.budget.queued -= outbox.waiting.frames;
        self.budget.leaving -= outbox.leaving;
        outbox.waiting = QueueSize::default();
        self.budget.incoming -= outbox.cost();
    }

    /// Puts out those for whom the most waits, when too much waits for all. `false` when there is nothing to do.
    fn evict_overspent(&mut self, now: Instant) -> bool {
        let overspent = self.budget.overspent(&self.outboxes);
        for &key in &overspent {
            self.outboxes[key].cut = true;
            if self.outboxes[key].ending.is_none() {
                self.end_as_too_slow(now, ConnectionId(key));
            } else {
                self.clear(ConnectionId(key));
                self.outboxes[key].wake();
            }
            self.update_leaving(ConnectionId(key));
        }
        !overspent.is_empty()
    }
}
