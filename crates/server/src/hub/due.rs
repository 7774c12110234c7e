//! What has something to be written.

use std::collections::VecDeque;

use super::FEW;

/// What has something to be written. By its turn its number may be another's, to whom the turn is then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Which numbers of channels stand there ...
    channels: Vec<bool>,
    /// ... and of connections.
    connections: Vec<bool>,
    /// How often one was added since there was none to be written to.
    added: usize,
}

impl DueQueue {
    /// Adds one, unless it is there already.
    pub(super) fn push(&mut self, due: Due) {
        self.added = self.added.saturating_add(1);
        if !std::mem::replace(self.stands_there(due), true) {
            self.order.push_back(due);
        }
    }

    pub(super) fn pop(&mut self) -> Option<Due> {
        let due = self.order.pop_front()?;
        *self.stands_there(due) = false;
        Some(due)
    }

    fn stands_there(&mut self, due: Due) -> &mut bool {
        let (all, number) = match due {
            Due::Channel(number) => (&mut self.channels, number),
            Due::Connection(number) => (&mut self.connections, number),
        };
        if all.len() <= number {
            all.resize(number + 1, false);
        }
        &mut all[number]
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
        if self.is_empty() {
            (self.channels, self.connections) = (Vec::new(), Vec::new());
        }
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
        assert!(queue.is_empty());
        queue.shrink();
        assert_eq!(queue.connections.capacity(), 0);
        queue.push(Due::Connection(2));
        queue.shrink();
        queue.push(Due::Connection(2));
        assert_eq!((queue.pop(), queue.pop()), (Some(Due::Connection(2)), None));
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
