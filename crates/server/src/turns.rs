//! Strangers take turns with those who talk: in each round of the runtime, in which it looks at its sockets and runs all that
//! is ready, so many of their steps are taken and no more, however many there are. A step is up to some 50 µs, as long as the
//! check of a signature takes with what is around it.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

/// Steps of strangers in one round while somebody talks, and as many connections that are accepted ...
const STEPS: u64 = 2;

/// ... and while nobody does. More of them at a time cost less, for what a room is told of them is gathered.
const STEPS_IN_QUIET: u64 = 32;

/// So many rounds after a message somebody still counts as talking: some tenths of a second, where strangers crowd.
const ROUNDS_OF_TALK: u32 = 1000;

/// The place of a stranger in its queue, which it gives up when it goes.
pub(super) struct Ticket {
    turns: Arc<Turns>,
    number: Option<u64>,
}

/// The queues of strangers, and of listeners that are to accept more of them.
#[derive(Default)]
pub(super) struct Turns(Mutex<State>);

#[derive(Default)]
struct State {
    strangers: Queue,
    /// Apart, so that a newcomer does not wait twice behind all who are there.
    listeners: Queue,
    /// Wakes the task that begins the next round.
    keeper: Option<Waker>,
    /// For so many rounds somebody counts as talking.
    talk: u32,
}

#[derive(Default)]
struct Queue {
    /// The number of the next who comes.
    next: u64,
    /// A number below this may go on.
    open: u64,
    /// Those who may not yet, in the order of their numbers from `open` on; `None` where somebody has gone.
    waiting: VecDeque<Option<Waker>>,
}

impl Ticket {
    pub(super) fn new(turns: Arc<Turns>) -> Self {
        Self { turns, number: None }
    }

    /// Ready when the stranger's next step may be taken. Until then it keeps its place.
    pub(super) fn poll(&mut self, cx: &Context<'_>) -> Poll<()> {
        let Self { turns, number } = self;
        turns.state().poll(|state| &mut state.strangers, number, cx)
    }

    /// Waits no more.
    pub(super) fn give_up(&mut self) {
        if let Some(number) = self.number.take() {
            self.turns.state().strangers.leave(number);
        }
    }

    pub(super) fn turns(&self) -> &Arc<Turns> {
        &self.turns
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.give_up();
    }
}

impl Turns {
    /// A member has said something.
    pub(super) fn heard(&self) {
        self.state().talk = ROUNDS_OF_TALK;
    }

    /// Waits until one more connection may be accepted.
    pub(super) async fn listener(&self) {
        let mut number = None;
        poll_fn(|cx| self.state().poll(|state| &mut state.listeners, &mut number, cx)).await;
    }

    /// Has each step of a stranger's task taken in its turn. Boxed, for a task that is awaited by another takes its memory
    /// twice.
    pub(super) fn pace<T>(self: Arc<Self>, task: impl Future<Output = T>) -> impl Future<Output = T> {
        let (mut task, mut ticket) = (Box::pin(task), Ticket::new(self));
        poll_fn(move |cx| {
            ready!(ticket.poll(cx));
            task.as_mut().poll(cx)
        })
    }

    /// Begins a round whenever somebody waits for one. Never returns.
    pub(super) async fn keep(&self) {
        loop {
            poll_fn(|cx| self.poll_waiting(cx)).await;
            // All that is ready has its turn before this goes on, and the runtime has looked at its sockets.
            tokio::task::yield_now().await;
            self.begin_round();
        }
    }

    fn poll_waiting(&self, cx: &Context<'_>) -> Poll<()> {
        let state = &mut *self.state();
        if state.queues().iter().any(|queue| !queue.waiting.is_empty()) {
            return Poll::Ready(());
        }
        state.keeper = Some(cx.waker().clone());
        Poll::Pending
    }

    fn begin_round(&self) {
        let state = &mut *self.state();
        let steps = if state.talk > 0 { STEPS } else { STEPS_IN_QUIET };
        state.talk = state.talk.saturating_sub(1);
        state.queues().into_iter().for_each(|queue| queue.begin_round(steps));
    }

    /// From now on nobody waits for a turn.
    pub(super) fn end(&self) {
        self.state().queues().into_iter().for_each(Queue::end);
    }

    /// Gives memory back that was for a crowd.
    pub(super) fn shrink(&self) {
        for Queue { waiting, .. } in self.state().queues() {
            waiting.shrink_to(2 * waiting.len());
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn queues(&mut self) -> [&mut Queue; 2] {
        [&mut self.strangers, &mut self.listeners]
    }

    fn poll(
        &mut self,
        queue: impl FnOnce(&mut Self) -> &mut Queue,
        number: &mut Option<u64>,
        cx: &Context<'_>,
    ) -> Poll<()> {
        let polled = queue(self).poll(number, cx);
        if polled.is_pending() {
            self.keeper.take().into_iter().for_each(Waker::wake);
        }
        polled
    }
}

impl Queue {
    fn poll(&mut self, ticket: &mut Option<u64>, cx: &Context<'_>) -> Poll<()> {
        let number = *ticket.get_or_insert_with(|| {
            self.next += 1;
            self.next - 1
        });
        if number < self.open {
            *ticket = None;
            return Poll::Ready(());
        }
        let waker = Some(cx.waker().clone());
        match self.place(number) {
            Some(place) => *place = waker,
            None => self.waiting.push_back(waker),
        }
        Poll::Pending
    }

    fn place(&mut self, number: u64) -> Option<&mut Option<Waker>> {
        let place = number.checked_sub(self.open)?;
        self.waiting.get_mut(usize::try_from(place).ok()?)
    }

    fn leave(&mut self, number: u64) {
        if let Some(place) = self.place(number) {
            *place = None;
        }
    }

    /// Those who have gone are passed over. Steps that nobody takes are lost with their round, so that no crowd that comes
    /// at once goes on at once.
    fn begin_round(&mut self, mut steps: u64) {
        if self.has_ended() {
            return;
        }
        self.open = self.open.min(self.next);
        while steps > 0
            && let Some(waker) = self.waiting.pop_front()
        {
            self.open += 1;
            steps -= u64::from(waker.is_some());
            waker.into_iter().for_each(Waker::wake);
        }
        self.open += steps;
    }

    fn end(&mut self) {
        self.open = u64::MAX;
        self.waiting.drain(..).flatten().for_each(Waker::wake);
    }

    fn has_ended(&self) -> bool {
        self.open == u64::MAX
    }
}

#[cfg(test)]
mod tests;
