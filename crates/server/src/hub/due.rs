//! What has something to be written.

use std::collections::{HashSet, VecDeque};

use super::FEW;

/// What has something to be written. By its turn its number may be another's, to whom the turn is then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Due {
    /// A channel, to all who are ready.
    Channel(usize),
    /// A connection, whatever waits for it.
    Connection(usize),
}

/// All of them, in order. Each number stands there once, so that nobody makes it long by coming and going.
#[derive(Default)]
pub(super) struct DueQueue {
    order: VecDeque<Due>,
    all: HashSet<Due>,
    /// How often one was added since there was none to be written to.
    added: usize,
}

impl DueQueue {
    /// Adds one, unless it is there already.
    pub(super) fn push(&mut self, due: Due) {
        self.added = self.added.saturating_add(1);
        if self.all.insert(due) {
            self.order.push_back(due);
        }
    }

    pub(super) fn pop(&mut self) -> Option<Due> {
        let due = self.order.pop_front()?;
        self.all.remove(&due);
        Some(due)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Whether one was added, once, since all before had been written to.
    pub(super) fn is_lone(&self) -> bool {
        self.added == 1
    }

    /// All have been written to: whichever is added next is the first.
    pub(super) fn begin_anew(&mut self) {
        self.added = 0;
    }

    /// Gives memory back that was for many more than there are now.
    pub(super) fn shrink(&mut self) {
        self.order.shrink_to(FEW);
        self.all.shrink_to(FEW);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_there_once_in_the_order_of_coming() {
        let mut queue = DueQueue::default();
        for due in [Due::Channel(1), Due::Connection(1), Due::Channel(1), Due::Connection(2)] {
            queue.push(due);
        }
        assert_eq!(queue.pop(), Some(Due::Channel(1)));
        queue.push(Due::Channel(1));
        let rest: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
        assert_eq!(rest, [Due::Connection(1), Due::Connection(2), Due::Channel(1)]);
        assert!(queue.is_empty() && queue.all.is_empty());
    }

    #[test]
    fn one_is_lone_that_was_added_once_since_all_were_written_to() {
        let mut queue = DueQueue::default();
        queue.push(Due::Channel(1));
        assert!(queue.is_lone());
        // Once more after a turn that was too short for it, or because more has been said.
        queue.pop();
        queue.push(Due::Channel(1));
        assert!(!queue.is_lone());
        queue.pop();
        queue.begin_anew();
        queue.push(Due::Channel(2));
        assert!(queue.is_lone());
        queue.push(Due::Channel(2));
        assert!(!queue.is_lone());
    }
}
