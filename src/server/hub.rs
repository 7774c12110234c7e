//! Where connections and rooms meet: every connection has an outbox here, and what the room core decides
//! is put into the outboxes of those concerned.
//!
//! A frame is encoded once and shared by all outboxes. A connection sleeps until its outbox fills, is woken
//! once, and takes all that waits. What waits is bounded, for each and for all together: whose backlog is full is told
//! to the core as too slow, and so are those for whom the most waits when too much waits for all. Nobody else waits for
//! them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use slab::Slab;
use tokio::sync::Notify;

use super::budget::Budget;
use super::outbox::{Bill, Outbox};
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
    budget: Budget,
    effects: Vec<Effect>,
    too_slow: Vec<Connection>,
}

impl Hub {
    /// Seeds the source of all nonces and seats from the system.
    pub(super) fn new(limits: Limits, backlog: usize, budget: usize) -> Result<Arc<Self>, getrandom::Error> {
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        getrandom::fill(&mut *seed)?;
        let state = State {
            rooms: Rooms::new(limits),
            outboxes: Slab::new(),
            random: ChaCha20Rng::from_seed(*seed),
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

    /// Ends every room, for the same reason.
    pub(super) fn end_all(&self, end: End) {
        self.act(|state, _| state.rooms.end_all(end, &mut state.effects));
        // Those who have not entered yet are in no room.
        if end == End::ShuttingDown {
            let state = &mut *self.state();
            let over = state.budget.hold(framed(&DaemonFrame::Over { end, by: None }.encode()));
            for (_, outbox) in state.outboxes.iter_mut().filter(|(_, outbox)| outbox.ending.is_none()) {
                outbox.put(over.clone());
                outbox.end(end.close_code());
                state.budget.queued += 1;
            }
        }
    }

    /// A line for a new connection of an address, and the nonce to greet it with.
    pub(super) fn connect(self: &Arc<Self>, address: u64) -> (Line, Nonce) {
        let mut state = self.state();
        let nonce = Nonce(state.draw());
        let connection = Connection(state.outboxes.insert(Outbox { address, ..Outbox::default() }));
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
            if let Some(connection) = self.too_slow.pop() {
                if self.outboxes[connection.0].ending.is_none() {
                    self.put_out(now, connection);
                }
            } else if !self.relieve(now) {
                return;
            }
        }
    }

    fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::Room { room, except, frame } => {
                let frame = self.budget.hold(framed(&frame));
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
    fn post(&mut self, to: Connection, frame: &[u8]) {
        self.put(to, frame);
        if self.outboxes[to.0].waiting.cost() > self.backlog {
            self.too_slow.push(to);
        }
    }

    fn put(&mut self, to: Connection, frame: &[u8]) {
        self.outboxes[to.0].put(self.budget.hold(framed(frame)));
        self.budget.queued += 1;
    }

    /// Ends a connection that is too slow. What it did not take is not kept for it.
    fn put_out(&mut self, now: Instant, connection: Connection) {
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
    fn clear(&mut self, connection: Connection) {
        self.budget.queued -= self.outboxes[connection.0].clear().frames;
    }

    /// What is left to be dropped by the task of a connection that is cut.
    fn note_leaving(&mut self, connection: Connection) {
        let outbox = &mut self.outboxes[connection.0];
        let leaving = if outbox.cut { outbox.cost() } else { 0 };
        self.budget.leaving = self.budget.leaving + leaving - outbox.leaving;
        outbox.leaving = leaving;
    }

    fn remove(&mut self, connection: Connection) {
        let mut outbox = self.outboxes.remove(connection.0);
        self.budget.queued -= outbox.waiting.frames;
        self.budget.leaving -= outbox.leaving;
        outbox.waiting = Bill::default();
        self.budget.incoming -= outbox.cost();
    }

    /// Puts out those for whom the most waits, when too much waits for all. `false` when there is nothing to do.
    fn relieve(&mut self, now: Instant) -> bool {
        let overspent = self.budget.overspent(&self.outboxes);
        for &key in &overspent {
            self.outboxes[key].cut = true;
            if self.outboxes[key].ending.is_none() {
                self.put_out(now, Connection(key));
            } else {
                self.clear(Connection(key));
                self.outboxes[key].wake();
            }
            self.note_leaving(Connection(key));
        }
        !overspent.is_empty()
    }
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// The close code.
    pub(super) code: u16,
    /// There is no memory to wait until the other side takes what it has not taken yet.
    pub(super) cut: bool,
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
        let state = &mut *self.hub.state();
        state.clear(self.connection);
        state.outboxes[self.connection.0].end(NORMAL_CLOSURE);
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

    /// This has gone out of what was taken, or was dropped.
    pub(super) fn gone_out(&self, gone: Bill) {
        let state = &mut *self.hub.state();
        state.outboxes[self.connection.0].waiting -= gone;
        state.budget.queued -= gone.frames;
        state.note_leaving(self.connection);
    }

    /// So many bytes are there of a message that comes in; 0 when it is whole.
    pub(super) fn coming_in(&self, bytes: usize) {
        self.hub.act(|state, _| {
            let outbox = &mut state.outboxes[self.connection.0];
            let before = outbox.cost();
            outbox.incoming = bytes;
            state.budget.incoming = state.budget.incoming + outbox.cost() - before;
            state.note_leaving(self.connection);
        });
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

    /// How the connection ends, once nothing more is to be read from it.
    pub(super) fn ending(&self) -> Option<Ending> {
        let outbox = &self.hub.state().outboxes[self.connection.0];
        outbox.ending.map(|code| Ending { code, cut: outbox.cut })
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.event(Event::Broke);
        self.hub.state().remove(self.connection);
        self.hub.departed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use proptest::prelude::*;

    use super::super::outbox::FRAME_COST;
    use super::*;
    use crate::wire::{Denial, Gate, RoomId, Rule, Tag};

    const BACKLOG: usize = 4096;
    const BUDGET: usize = 1024 * 1024;
    const LIMITS: Limits = Limits { rooms: 1, members: 2, grace: Duration::from_secs(30) };

    /// The keeper of a room, who has been welcomed and reads nothing from now on.
    fn deaf_member(hub: &Arc<Hub>) -> Line {
        let gate = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes();
        let (line, nonce) = hub.connect(0);
        let create = ClientFrame::Create {
            room: RoomId([0; 5]),
            gate: Gate(gate),
            card: b"card",
            tag: Tag([0; 16]),
            rule: Rule::Keeper,
            code: None,
        };
        assert!(line.knock(create, &nonce));
        let mut welcome = VecDeque::new();
        line.take(Waker::noop(), &mut welcome);
        line.gone_out(Bill::of(&welcome));
        line
    }

    #[test]
    fn what_waits_for_one_is_bounded_with_all_that_it_costs() {
        let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
        let line = deaf_member(&hub);
        let denied = DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 1 };
        let fit = BACKLOG / (framed(&denied.encode()).len() + FRAME_COST);
        for _ in 0..fit {
            line.tell(&denied);
        }
        assert_eq!(line.ending(), None, "within the backlog");
        line.tell(&denied);
        let ending = Ending { code: End::TooSlow.close_code(), cut: false };
        assert_eq!(line.ending(), Some(ending), "above it");
        let mut left = VecDeque::new();
        line.take(Waker::noop(), &mut left);
        assert_eq!(left.len(), 1, "what it did not take is not kept");
    }

    #[test]
    fn what_has_gone_out_counts_no_more() {
        let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
        let line = deaf_member(&hub);
        let denied = DaemonFrame::Denied { frame: 4, why: Denial::TooFast, retry_ms: 1 };
        for _ in 0..BACKLOG {
            line.tell(&denied);
            line.gone_out(Bill { bytes: framed(&denied.encode()).len(), frames: 1 });
        }
        assert_eq!(line.ending(), None);
    }

    /// Strangers for whom nothing waits but what they are given; nothing is read for them.
    fn lines<const N: usize>(hub: &Arc<Hub>) -> [Line; N] {
        std::array::from_fn(|_| hub.connect(0).0)
    }

    /// Gives a line so many bytes to wait for; the least is a frame's head.
    fn give(line: &Line, bytes: usize) {
        line.tell(&DaemonFrame::Joined { id: crate::wire::Id(1), card: &vec![0; bytes] });
    }

    fn is_put_out(line: &Line) -> bool {
        line.ending() == Some(Ending { code: End::TooSlow.close_code(), cut: true })
    }

    #[test]
    fn when_too_much_waits_for_all_the_largest_goes_and_nobody_else() {
        let hub = Hub::new(LIMITS, BUDGET, BUDGET).unwrap();
        let [small, large, larger] = lines(&hub);
        give(&small, BUDGET / 16);
        give(&larger, BUDGET / 2);
        give(&large, BUDGET * 3 / 8);
        assert!(hub.state().budget.used() < BUDGET && !is_put_out(&larger), "within the budget");
        give(&small, BUDGET / 16);
        assert!(is_put_out(&larger), "above it");
        assert!(!is_put_out(&large) && !is_put_out(&small));
        assert!(hub.state().budget.used() < BUDGET / 2 + 1000);
    }

    #[test]
    fn what_comes_in_counts_too() {
        let hub = Hub::new(LIMITS, BUDGET, BUDGET).unwrap();
        let [hears, tells, other] = lines(&hub);
        give(&hears, BUDGET / 4);
        tells.coming_in(BUDGET / 4);
        assert!(!is_put_out(&tells), "half of the budget, for its buffer grows by doubling");
        other.coming_in(BUDGET / 8);
        assert!(is_put_out(&tells) && !is_put_out(&hears) && !is_put_out(&other));
        other.coming_in(0);
        drop(tells);
        assert_eq!(hub.state().budget.incoming, 0);
    }

    #[test]
    fn a_frame_that_many_wait_for_is_one_frame() {
        let hub = Hub::new(Limits { members: 200, ..LIMITS }, BUDGET, BUDGET).unwrap();
        let keeper = deaf_member(&hub);
        let mut others = Vec::new();
        for number in 1..100 {
            let (line, nonce) = hub.connect(0);
            let signed = [b"sanctuary/1 enter".as_slice(), &nonce.0, &[0; 5]].concat();
            let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
            let proof = crate::wire::Proof(ed25519_dalek::Signer::sign(&key, &signed).to_bytes());
            let enter =
                ClientFrame::Enter { room: RoomId([0; 5]), proof, card: b"card", tag: Tag([number; 16]) };
            assert!(line.knock(enter, &nonce));
            others.push(line);
        }
        let before = hub.state().budget.used();
        keeper.event(Event::Frame(ClientFrame::Say { payload: &[0; 10_000] }));
        let grown = hub.state().budget.used() - before;
        assert!((10_000 + 100 * FRAME_COST..10_100 + 100 * FRAME_COST).contains(&grown), "{grown}");
        // A hundred times 400 KB would wait, were it not the same.
        for _ in 0..40 {
            keeper.event(Event::Frame(ClientFrame::Say { payload: &[0; 10_000] }));
        }
        assert!(others.iter().all(|line| line.ending().is_none()));
        drop((keeper, others));
        let state = hub.state();
        assert_eq!((state.budget.used(), state.budget.queued, state.budget.leaving), (0, 0, 0));
    }

    #[derive(Clone, Copy, Debug)]
    enum Deed {
        Connect,
        Give(usize, usize),
        ComeIn(usize, usize),
        TakeAndSend(usize),
        Close(usize),
        Drop(usize),
    }

    fn any_deed() -> impl Strategy<Value = Deed> {
        let (who, bytes) = (0..8_usize, 0..BUDGET / 3);
        prop_oneof![
            Just(Deed::Connect),
            (who.clone(), bytes.clone()).prop_map(|(who, bytes)| Deed::Give(who, bytes)),
            (who.clone(), bytes).prop_map(|(who, bytes)| Deed::ComeIn(who, bytes)),
            who.clone().prop_map(Deed::TakeAndSend),
            who.clone().prop_map(Deed::Close),
            who.prop_map(Deed::Drop),
        ]
    }

    proptest! {
        #[test]
        fn no_more_waits_than_may_and_nothing_when_all_have_gone(deeds in prop::collection::vec(any_deed(), 0..200)) {
            let hub = Hub::new(LIMITS, BUDGET, BUDGET).unwrap();
            // What a task has taken stays with it until it has sent it, or is put out.
            let mut lines: Vec<(Line, VecDeque<Bytes>)> = Vec::new();
            for deed in deeds {
                let count = lines.len().max(1);
                // Who ends is neither told nor asked anything more.
                let here = |who: usize| lines.get(who % count).filter(|(line, _)| line.ending().is_none());
                match deed {
                    Deed::Connect if lines.len() < 8 => lines.push((hub.connect(0).0, VecDeque::new())),
                    Deed::Connect => {}
                    Deed::Drop(who) => drop((who < lines.len()).then(|| lines.swap_remove(who))),
                    Deed::Give(who, bytes) => here(who).into_iter().for_each(|(line, _)| give(line, bytes)),
                    Deed::ComeIn(who, bytes) => {
                        if let Some((line, _)) = here(who) {
                            line.coming_in(bytes);
                        }
                    }
                    Deed::Close(who) => here(who).into_iter().for_each(|(line, _)| line.closed()),
                    Deed::TakeAndSend(who) => {
                        if let Some((line, taken)) = lines.get_mut(who % count) {
                            line.gone_out(Bill::of(&*taken));
                            taken.clear();
                            line.take(Waker::noop(), taken);
                        }
                    }
                }
                prop_assert!(hub.state().budget.used() <= BUDGET);
            }
            drop(lines);
            let state = &hub.state().budget;
            prop_assert_eq!((state.used(), state.queued, state.incoming, state.leaving), (0, 0, 0, 0));
        }
    }

    #[test]
    fn a_crowd_that_has_gone_leaves_no_room_for_itself_behind() {
        let hub = Hub::new(LIMITS, BACKLOG, BUDGET).unwrap();
        let stays = hub.connect(0);
        let crowd: Vec<_> = (0..1000).map(|_| hub.connect(0)).collect();
        hub.shrink();
        assert!(hub.state().outboxes.capacity() > 1000, "nobody has gone");
        drop(crowd);
        hub.shrink();
        assert_eq!(hub.state().outboxes.capacity(), 1);
        drop(stays);
    }

    #[tokio::test]
    async fn a_seat_that_became_away_by_slowness_is_given_up_after_the_grace() {
        let hub = Hub::new(Limits { grace: Duration::from_millis(20), ..LIMITS }, BACKLOG, BUDGET).unwrap();
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
