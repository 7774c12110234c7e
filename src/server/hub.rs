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

use super::outlet::framed;
use crate::room::{Connection, Counts, Effect, Event, Limits, Rooms};
use crate::wire::{ClientFrame, DaemonFrame, End, Nonce, Refusal, Seat};

/// Bytes of stack that any handling of a frame can have used, with as much again to be sure.
const STACK: usize = 64 * 1024;

/// The close code where nothing is wrong (RFC 6455, 7.4.1).
const NORMAL_CLOSURE: u16 = 1000;

/// What waits for one connection.
#[derive(Default)]
struct Outbox {
    frames: VecDeque<Bytes>,
    /// Bytes taken into the outbox and not yet handed to the socket.
    waiting: usize,
    /// Wakes the connection's task.
    waker: Option<Waker>,
    /// The task found nothing and sleeps: the next frame wakes it.
    asleep: bool,
    /// The close code, once nothing more is to follow.
    ending: Option<u16>,
}

impl Outbox {
    /// Takes a frame that is ready for the line.
    fn put(&mut self, frame: Bytes) {
        self.waiting += frame.len();
        self.frames.push_back(frame);
        if self.asleep {
            self.wake();
        }
    }

    fn end(&mut self, code: u16) {
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
        let state = &mut *self.state();
        state.rooms.end_all(end, &mut state.effects);
        state.settle(Instant::now());
        // Those who have not entered yet are in no room.
        if end == End::ShuttingDown {
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
                    let state = &mut *self.state();
                    let now = Instant::now();
                    state.rooms.tick(now, &mut state.effects);
                    state.settle(now);
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
                    let outbox = &mut self.outboxes[to.0];
                    outbox.put(frame.clone());
                    if outbox.waiting > self.backlog {
                        self.too_slow.push(to);
                    }
                }
            }
            Effect::One { to, frame } => {
                let outbox = &mut self.outboxes[to.0];
                outbox.put(framed(&frame));
                if outbox.waiting > self.backlog {
                    self.too_slow.push(to);
                }
            }
            Effect::Close { to, frame, code } => {
                let outbox = &mut self.outboxes[to.0];
                if let Some(frame) = frame {
                    outbox.put(framed(&frame));
                }
                outbox.end(code);
            }
        }
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
        let state = &mut *self.hub.state();
        let seat = Seat(state.draw());
        let now = Instant::now();
        state.rooms.handle(now, self.connection, Event::Knock { frame, nonce, seat }, &mut state.effects);
        state.settle(now);
        // A seat taken over from an away member, or a resume, moves the deadlines.
        self.hub.alarm.notify_one();
        state.rooms.is_member(self.connection)
    }

    /// A member's frame.
    pub(super) fn frame(&self, now: Instant, frame: ClientFrame<'_>) {
        let state = &mut *self.hub.state();
        state.rooms.handle(now, self.connection, Event::Frame(frame), &mut state.effects);
        state.settle(now);
    }

    /// The client has closed.
    pub(super) fn closed(&self) {
        self.depart(Event::Closed);
        let outbox = &mut self.hub.state().outboxes[self.connection.0];
        outbox.frames.clear();
        outbox.end(NORMAL_CLOSURE);
    }

    /// The edge ends the connection.
    pub(super) fn end(&self, end: End, code: u16) {
        if self.hub.state().rooms.is_member(self.connection) {
            self.depart(Event::Ended(end));
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
        self.hub.state().outboxes[self.connection.0].put(framed(&frame.encode()));
    }

    /// Takes all that waits into `into`, which is empty; `handed_on` bytes of what was taken earlier have
    /// left. With nothing to take, `waker` is woken when there is, or when the connection is to end.
    pub(super) fn take(&self, waker: &Waker, handed_on: usize, into: &mut VecDeque<Bytes>) {
        let outbox = &mut self.hub.state().outboxes[self.connection.0];
        outbox.waiting -= handed_on.min(outbox.waiting);
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

    fn depart(&self, event: Event<'_>) {
        let state = &mut *self.hub.state();
        if state.rooms.is_member(self.connection) {
            let now = Instant::now();
            state.rooms.handle(now, self.connection, event, &mut state.effects);
            state.settle(now);
            self.hub.alarm.notify_one();
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.depart(Event::Broke);
        self.hub.state().outboxes.remove(self.connection.0);
        self.hub.departed.notify_one();
    }
}
