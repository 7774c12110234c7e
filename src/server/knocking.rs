//! Connections that have no seat, and which of them makes way for another.

use std::collections::{BTreeSet, HashMap};

use tokio::task::AbortHandle;

use super::address_limits::Shares;

/// A connection's number; it rises.
pub(super) type Number = u64;

/// All such connections, by account and by age.
#[derive(Default)]
pub(super) struct Knocking {
    last: Number,
    knockers: HashMap<Number, Knocker>,
    /// Who is charged to which account; of each, the one that has been there longest comes first.
    by_account: BTreeSet<(u64, Number)>,
    /// How many there are of each account.
    counts: HashMap<u64, usize>,
    /// How many there are of each address, the fewest first.
    crowds: BTreeSet<(usize, u64)>,
}

/// One connection.
pub(super) struct Knocker {
    /// What it is charged to.
    shares: Shares,
    /// The task that serves it.
    pub(super) task: Option<AbortHandle>,
}

impl Knocking {
    /// Adds one that is charged to these.
    pub(super) fn add(&mut self, shares: Shares, task: Option<AbortHandle>) -> Number {
        self.last += 1;
        for account in shares.accounts() {
            self.by_account.insert((account, self.last));
            self.count(shares, account, 1);
        }
        self.knockers.insert(self.last, Knocker { shares, task });
        self.last
    }

    /// Takes one out, if it is still there.
    pub(super) fn remove(&mut self, number: Number) -> Option<Knocker> {
        let knocker = self.knockers.remove(&number)?;
        for account in knocker.shares.accounts() {
            self.by_account.remove(&(account, number));
            self.count(knocker.shares, account, -1);
        }
        Some(knocker)
    }

    /// Sets the task that serves one.
    pub(super) fn set_task(&mut self, number: Number, task: AbortHandle) {
        if let Some(knocker) = self.knockers.get_mut(&number) {
            knocker.task = Some(task);
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.knockers.len()
    }

    /// How many are charged to an account.
    pub(super) fn of(&self, account: u64) -> usize {
        self.counts.get(&account).copied().unwrap_or(0)
    }

    /// Closes the one that has been there longest of an account. `false` if none can be closed.
    pub(super) fn close_oldest_of(&mut self, account: u64) -> bool {
        let of_account = self.by_account.range((account, 0)..=(account, Number::MAX));
        let oldest = of_account.map(|&(_, number)| number).find(|number| self.can_be_closed(*number));
        oldest.is_some_and(|number| self.close(number))
    }

    /// Closes the one that has been there longest of the address that has the most. `false` if none
    /// of its can be closed.
    pub(super) fn close_oldest_of_most(&mut self) -> bool {
        self.crowds.last().copied().is_some_and(|(_, account)| self.close_oldest_of(account))
    }

    /// Gives memory back that was for many more than there are now.
    pub(super) fn shrink(&mut self) {
        self.knockers.shrink_to(2 * self.knockers.len());
        self.counts.shrink_to(2 * self.counts.len());
    }

    fn can_be_closed(&self, number: Number) -> bool {
        self.knockers.get(&number).is_some_and(|knocker| knocker.task.is_some())
    }

    fn close(&mut self, number: Number) -> bool {
        let task = self.remove(number).and_then(|knocker| knocker.task);
        task.inspect(AbortHandle::abort).is_some()
    }

    /// Counts one more or less for an account; only one of them is an address as a whole.
    fn count(&mut self, shares: Shares, account: u64, by: isize) {
        let before = self.of(account);
        let after = before.saturating_add_signed(by);
        if after > 0 {
            self.counts.insert(account, after);
        } else {
            self.counts.remove(&account);
        }
        if account == shares.whole() {
            self.crowds.remove(&(before, account));
            if after > 0 {
                self.crowds.insert((after, account));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_that_has_gone_leaves_no_room_for_itself_behind() {
        let mut knocking = Knocking::default();
        let share = Shares::of_home;
        let crowd: Vec<_> = (1..=1000).map(|account| knocking.add(share(account), None)).collect();
        let stays = knocking.add(share(7), None);
        assert_eq!((knocking.len(), knocking.of(7)), (1001, 2));
        for number in crowd {
            assert!(knocking.remove(number).is_some() && knocking.remove(number).is_none());
        }
        knocking.shrink();
        assert!(knocking.knockers.capacity() < 10 && knocking.counts.capacity() < 10);
        assert_eq!((knocking.len(), knocking.of(7), knocking.of(8)), (1, 1, 0));
        assert_eq!(knocking.crowds, [(1, 7)].into());
        assert!(!knocking.close_oldest_of_most(), "it has no task");
        assert!(knocking.remove(stays).is_some() && knocking.crowds.is_empty());
    }
}
