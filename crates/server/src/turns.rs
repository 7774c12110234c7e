//! Strangers take turns with those who talk: in each round of the runtime, in which it looks at its sockets and runs all that
//! is ready, so many of their steps are taken and no more, however many there are. A step is up to some 50 µs, as long as the
//! check of a signature takes with what is around it.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

/// Steps of strangers in one round while somebody talks ...
const STEPS: u64 = 2;

/// ... and while nobody does. More of them at a time cost less, for what a room is told of them is gathered.
const STEPS_IN_QUIET: u64 = 32;

/// So many rounds after a message somebody still counts as talking: some tenths of a second, where strangers crowd.
const ROUNDS_OF_TALK: u32 = 1000;

/// A number in the queue.
#[derive(Default)]
pub(super) struct Ticket(Option<u64>);

/// The queue of strangers.
pub(super) struct Turns(Mutex<State>);

struct State {
    /// The number of the next who comes.
    next: u64,
    /// Whoever has a number below this may go on.
    open: u64,
    /// Those who may not yet, in the order of their numbers.
    waiting: VecDeque<Waker>,
    /// Wakes who begins the next round.
    keeper: Option<Waker>,
    /// For so many rounds somebody counts as talking.
    talk: u32,
}

impl Default for Turns {
    fn default() -> Self {
        Self(Mutex::new(State { next: 0, open: 0, waiting: VecDeque::new(), keeper: None, talk: 0 }))
    }
}

impl Turns {
    /// Ready when a stranger's next step may be taken. Until then its ticket keeps its place.
    pub(super) fn poll(&self, ticket: &mut Ticket, cx: &Context<'_>) -> Poll<()> {
        let state = &mut *self.state();
        let number = *ticket.0.get_or_insert_with(|| {
            let number = state.next;
            state.next += 1;
            if number >= state.open {
                state.waiting.push_back(cx.waker().clone());
                state.keeper.take().into_iter().for_each(Waker::wake);
            }
            number
        });
        if number >= state.open {
            return Poll::Pending;
        }
        *ticket = Ticket::default();
        Poll::Ready(())
    }

    /// A member has said something.
    pub(super) fn heard(&self) {
        self.state().talk = ROUNDS_OF_TALK;
    }

    /// Waits for one turn.
    pub(super) async fn turn(&self) {
        let mut ticket = Ticket::default();
        poll_fn(|cx| self.poll(&mut ticket, cx)).await;
    }

    /// Has each step of a stranger's task taken in its turn.
    pub(super) async fn pace<T>(&self, task: impl Future<Output = T>) -> T {
        let (mut task, mut ticket) = (pin!(task), Ticket::default());
        poll_fn(|cx| {
            ready!(self.poll(&mut ticket, cx));
            task.as_mut().poll(cx)
        })
        .await
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
        if !state.waiting.is_empty() {
            return Poll::Ready(());
        }
        state.keeper = Some(cx.waker().clone());
        Poll::Pending
    }

    fn begin_round(&self) {
        let state = &mut *self.state();
        let steps = if state.talk > 0 { STEPS } else { STEPS_IN_QUIET };
        state.talk = state.talk.saturating_sub(1);
        state.open = state.open.saturating_add(steps);
        for _ in 0..steps {
            state.waiting.pop_front().into_iter().for_each(Waker::wake);
        }
    }

    /// From now on nobody waits for a turn.
    pub(super) fn end(&self) {
        let state = &mut *self.state();
        state.open = u64::MAX;
        state.waiting.drain(..).for_each(Waker::wake);
    }

    /// Gives memory back that was for a crowd.
    pub(super) fn shrink(&self) {
        let waiting = &mut self.state().waiting;
        waiting.shrink_to(2 * waiting.len());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
