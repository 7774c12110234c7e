//! Where connections and rooms meet: every connection has an outbox here, and what the room core decides
//! is put into the outboxes of those concerned.
//!
//! A frame is encoded once and shared by all outboxes. A connection sleeps until its outbox fills, is woken
//! once, and takes all that waits. What waits is bounded: whose backlog is full is told to the core as too
//! slow, and nobody else waits for it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use slab::Slab;
use tokio::sync::Notify;

use super::outbox::Outbox;
use super::outlet::framed;
use crate::room::{Connection, Counts, Effect, Event, Limits, Rooms};
use crate::wire::{ClientFrame, DaemonFrame, End, NORMAL_CLOSURE, Nonce, Refusal, Seat};

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
    random: ChaCha20Rng,
    /// Bytes that may wait for one connection.
    backlog: usize,
    effects: Vec<Effect>,
    too_slow: Vec<Connection>,
}

impl Hub {
    /// Seeds the source of all nonces and seats from the system.
    pub(super) fn new(limits: Limits, backlog: usize) -> Result<Arc<Self>, getrandom::Error> {
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        getrandom::fill(&mut *seed)?;
        let state = State {
            rooms: Rooms::new(limits),
            outboxes: Slab::new(),
            random: ChaCha20Rng::from_seed(*seed),
            backlog,
            effects: Vec::new(),
            too_slow: Vec::new(),
        };
        Ok(Arc::new(Self { state: Mutex::new(state), alarm: Notify::new(), departed: Notify::new() }))
    }

    pub(super) fn set_limits(&self, limits: Limits, backlog: usize) {
        let mut state = self.state();
        state.rooms.set_limits(limits);
        state.backlog = backlog;
    }

    pub(super) fn counts(&self) -> Counts {
        self.state().rooms.counts()
    }

    /// Ends every room, for the same reason.
    pub(super) fn end_all(&self, end: End) {
        self.act(|state, _| state.rooms.end_all(end, &mut state.effects));
        // Those who have not entered yet are in no room.
        if end == End::ShuttingDown {
            let state = &mut *self.state();
            for (_, outbox) in state.outboxes.iter_mut().filter(|(_, outbox)| outbox.ending.is_none()) {
                outbox.put(framed(&DaemonFrame::Over { end, by: None }.encode()));
                outbox.end(end.close_code());
            }
        }
    }

    /// A line for a new connection, and the nonce to greet it with.
    pub(super) fn connect(self: &Arc<Self>) -> (Line, Nonce) {
        let mut state = self.state();
        let nonce = Nonce(state.draw());
        let connection = Connection(state.outboxes.insert(Outbox::default()));
        (Line { hub: Arc::clone(self), connection }, nonce)
    }

    /// Gives up seats whose grace is over, for ever.
    pub(super) async fn keep_time(&self) {
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
                    self.act(|state, now| state.rooms.tick(now, &mut state.effects));
                }
            }
        }
    }

    /// Wipes the stack of what the handling of frames left there, after each departure.
    ///
    /// The allocator wipes the heap. As a task of its own this begins higher up the stack than any handling.
    pub(super) async fn keep_clean(&self) {
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
        let (state, now) = (&mut *self.state(), Instant::now());
        let before = state.rooms.next_deadline();
        let result = act(state, now);
        state.settle(now);
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
    /// Random bytes. The generator keeps what it has given until it is asked again, so it is made anew from itself.
    fn draw<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill_bytes(&mut bytes);
        self.random = ChaCha20Rng::from_rng(&mut self.random);
        bytes
    }

    /// Puts the effects into the outboxes, until nothing follows from that any more.
    fn settle(&mut self, now: Instant) {
        loop {
            let mut effects = std::mem::take(&mut self.effects);
            for effect in effects.drain(..) {
                self.apply(effect);
            }
            self.effects = effects;
            let Some(connection) = self.too_slow.pop() else { return };
            if self.rooms.is_member(connection) {
                // What it did not take is not kept for it.
                self.outboxes[connection.0].frames.clear();
                self.rooms.handle(now, connection, Event::Ended(End::TooSlow), &mut self.effects);
            }
        }
    }

    fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::Room { room, except, frame } => {
                let frame = framed(&frame);
                for to in self.rooms.present(&room).filter(|&to| Some(to) != except) {
                    post(&mut self.outboxes, self.backlog, &mut self.too_slow, to, frame.clone());
                }
            }
            Effect::One { to, frame } => self.post(to, &frame),
            Effect::Close { to, frame, code } => {
                let outbox = &mut self.outboxes[to.0];
                if let Some(frame) = frame {
                    outbox.put(framed(&frame));
                }
                outbox.end(code);
            }
        }
    }

    fn post(&mut self, to: Connection, frame: &[u8]) {
        post(&mut self.outboxes, self.backlog, &mut self.too_slow, to, framed(frame));
    }
}

/// Puts a frame into an outbox, and notes whose backlog is full.
fn post(
    outboxes: &mut Slab<Outbox>,
    backlog: usize,
    too_slow: &mut Vec<Connection>,
    to: Connection,
    frame: Bytes,
) {
    let outbox = &mut outboxes[to.0];
    outbox.put(frame);
    if outbox.waiting > backlog {
        too_slow.push(to);
    }
}

/// One connection's line into the hub. Dropping it without a word is a broken connection.
pub(super) struct Line {
    hub: Arc<Hub>,
    connection: Connection,
}

impl Line {
    /// The connection's first frame. `true` when it is in a room now.
    pub(super) fn knock(&self, frame: ClientFrame<'_>, nonce: &Nonce) -> bool {
        self.hub.act(|state, now| {
            let seat = Seat(state.draw());
            let event = Event::Knock { frame, nonce, seat };
            state.rooms.handle(now, self.connection, event, &mut state.effects);
            state.rooms.is_member(self.connection)
        })
    }

    /// A member's frame, or what became of its connection.
    pub(super) fn event(&self, event: Event<'_>) {
        self.hub.act(|state, now| state.rooms.handle(now, self.connection, event, &mut state.effects));
    }

    /// The client has closed.
    pub(super) fn closed(&self) {
        self.event(Event::Closed);
        let outbox = &mut self.hub.state().outboxes[self.connection.0];
        outbox.frames.clear();
        outbox.end(NORMAL_CLOSURE);
    }

    /// The edge ends the connection.
    pub(super) fn end(&self, end: End, code: u16) {
        if self.hub.state().rooms.is_member(self.connection) {
            self.event(Event::Ended(end));
        } else {
            self.tell(&DaemonFrame::Over { end, by: None });
        }
        self.hub.state().outboxes[self.connection.0].end(code);
    }

    /// The edge does not let the client try.
    pub(super) fn refuse(&self, why: Refusal) {
        self.tell(&DaemonFrame::Refused(why));
        self.hub.state().outboxes[self.connection.0].end(Refusal::CLOSE_CODE);
    }

    /// A frame for this connection alone.
    pub(super) fn tell(&self, frame: &DaemonFrame<'_>) {
        self.hub.act(|state, _| state.post(self.connection, &frame.encode()));
    }

    /// Of what was taken, frames of this many bytes, each with its cost, have gone out.
    pub(super) fn gone_out(&self, bytes: usize) {
        let outbox = &mut self.hub.state().outboxes[self.connection.0];
        outbox.waiting = outbox.waiting.saturating_sub(bytes);
    }

    /// Takes all that waits into `into`, which is empty. With nothing to take, `waker` is woken when there is, or
    /// when the connection is to end.
    pub(super) fn take(&self, waker: &Waker, into: &mut VecDeque<Bytes>) {
        let outbox = &mut self.hub.state().outboxes[self.connection.0];
        std::mem::swap(&mut outbox.frames, into);
        outbox.asleep = into.is_empty();
        if !outbox.waker.as_ref().is_some_and(|known| known.will_wake(waker)) {
            outbox.waker = Some(waker.clone());
        }
    }

    /// The close code, once nothing more is to be read from this connection.
    pub(super) fn ending(&self) -> Option<u16> {
        self.hub.state().outboxes[self.connection.0].ending
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.event(Event::Broke);
        self.hub.state().outboxes.remove(self.connection.0);
        self.hub.departed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use super::super::outlet::FRAME_COST;
    use super::*;
    use crate::wire::{Denial, Gate, RoomId, Rule, Tag};

    const BACKLOG: usize = 4096;
    const LIMITS: Limits = Limits { rooms: 1, members: 2, grace: Duration::from_secs(30) };

    /// The keeper of a room, who has been welcomed and reads nothing from now on.
    fn deaf_member(hub: &Arc<Hub>) -> Line {
        let gate = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes();
        let (line, nonce) = hub.connect();
        let create = ClientFrame::Create {
            room: RoomId([0; 5]),
            gate: Gate(gate),
            card: b"card",
            tag: Tag([0; 16]),
            rule: Rule::Keeper,
        };
        assert!(line.knock(create, &nonce));
        let mut welcome = VecDeque::new();
        line.take(Waker::noop(), &mut welcome);
        line.gone_out(welcome.iter().map(|frame| frame.len() + FRAME_COST).sum());
        line
    }

    #[test]
    fn what_waits_for_one_is_bounded_with_all_that_it_costs() {
        let hub = Hub::new(LIMITS, BACKLOG).unwrap();
        let line = deaf_member(&hub);
        let denied = DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 1 };
        let fit = BACKLOG / (framed(&denied.encode()).len() + FRAME_COST);
        for _ in 0..fit {
            line.tell(&denied);
        }
        assert_eq!(line.ending(), None, "within the backlog");
        line.tell(&denied);
        assert_eq!(line.ending(), Some(End::TooSlow.close_code()), "above it");
        let mut left = VecDeque::new();
        line.take(Waker::noop(), &mut left);
        assert_eq!(left.len(), 1, "what it did not take is not kept");
    }

    #[test]
    fn what_has_gone_out_counts_no_more() {
        let hub = Hub::new(LIMITS, BACKLOG).unwrap();
        let line = deaf_member(&hub);
        let denied = DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 1 };
        for _ in 0..BACKLOG {
            line.tell(&denied);
            line.gone_out(framed(&denied.encode()).len() + FRAME_COST);
        }
        assert_eq!(line.ending(), None);
    }

    #[test]
    fn a_crowd_that_has_gone_leaves_no_room_for_itself_behind() {
        let hub = Hub::new(LIMITS, BACKLOG).unwrap();
        let stays = hub.connect();
        let crowd: Vec<_> = (0..1000).map(|_| hub.connect()).collect();
        hub.shrink();
        assert!(hub.state().outboxes.capacity() > 1000, "nobody has gone");
        drop(crowd);
        hub.shrink();
        assert_eq!(hub.state().outboxes.capacity(), 1);
        drop(stays);
    }

    #[tokio::test]
    async fn a_seat_that_became_away_by_slowness_is_given_up_after_the_grace() {
        let hub = Hub::new(Limits { grace: Duration::from_millis(20), ..LIMITS }, BACKLOG).unwrap();
        let keeping = tokio::spawn({
            let hub = Arc::clone(&hub);
            async move { hub.keep_time().await }
        });
        tokio::task::yield_now().await;
        let line = deaf_member(&hub);
        while line.ending().is_none() {
            line.event(Event::Frame(ClientFrame::Say { payload: &[0; 100] }));
        }
        assert_eq!(hub.counts().members, 1, "away");
        let gone = async {
            while hub.counts().members > 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), gone).await.unwrap();
        keeping.abort();
    }
}
