//! Connections that have no seat, and which of them makes way for another.

use std::collections::{BTreeSet, HashMap};

use tokio::task::AbortHandle;

use super::address_limits::Shares;

/// A connection's number; it rises.
pub(super) type Number = u64;

/// How far such a connection has come. To be greeted costs a request, which is rationed; to connect
/// costs nothing. So the two take no place of each other at one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Stage {
    /// It has not asked for a WebSocket.
    Silent,
    /// It has got one, and its `hello`.
    Greeted,
}

/// All such connections, by account and by age.
#[derive(Default)]
pub(super) struct Knocking {
    last: Number,
    knockers: HashMap<Number, Knocker>,
    /// Who is charged to which account; of each stage, the one that has been there longest comes
    /// first.
    by_account: BTreeSet<(u64, Stage, Number)>,
    /// How many there are of each account and stage.
    counts: HashMap<(u64, Stage), usize>,
    /// How many there are of each address, the fewest first.
    crowds: BTreeSet<(usize, u64)>,
}

/// One connection.
pub(super) struct Knocker {
    /// What it is charged to.
    shares: Shares,
    stage: Stage,
    /// The task that serves it.
    pub(super) task: Option<AbortHandle>,
}

impl Knocking {
    /// Adds one that is charged to these.
    pub(super) fn add(&mut self, shares: Shares, task: Option<AbortHandle>) -> Number {
        self.last += 1;
        self.insert(self.last, Knocker { shares, stage: Stage::Silent, task });
        self.last
    }

    /// Marks one as greeted. `false` if it is not there any more.
    pub(super) fn greet(&mut self, number: Number) -> bool {
        let knocker = self.remove(number);
        knocker.map(|knocker| self.insert(number, Knocker { stage: Stage::Greeted, ..knocker })).is_some()
    }

    /// Takes one out, if it is still there.
    pub(super) fn remove(&mut self, number: Number) -> Option<Knocker> {
        let knocker = self.knockers.remove(&number)?;
        for account in knocker.shares.accounts() {
            self.by_account.remove(&(account, knocker.stage, number));
            self.count(&knocker, account, -1);
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

    /// How many at this stage are charged to an account.
    pub(super) fn of(&self, account: u64, stage: Stage) -> usize {
        self.counts.get(&(account, stage)).copied().unwrap_or(0)
    }

    /// Closes the one at this stage that has been there longest of an account. `false` if none can
    /// be closed.
    pub(super) fn close_oldest_of(&mut self, account: u64, stage: Stage) -> bool {
        let of_account = self.by_account.range((account, stage, 0)..=(account, stage, Number::MAX));
        let oldest = of_account.map(|&(.., number)| number).find(|number| self.can_be_closed(*number));
        oldest.is_some_and(|number| self.close(number))
    }

    /// Closes the one that has been there longest of the address that has the most, silent ones
    /// first. `false` if none of its can be closed.
    pub(super) fn close_oldest_of_most(&mut self) -> bool {
        let Some(&(_, account)) = self.crowds.last() else { return false };
        [Stage::Silent, Stage::Greeted].into_iter().any(|stage| self.close_oldest_of(account, stage))
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

    fn insert(&mut self, number: Number, knocker: Knocker) {
        for account in knocker.shares.accounts() {
            self.by_account.insert((account, knocker.stage, number));
            self.count(&knocker, account, 1);
        }
        self.knockers.insert(number, knocker);
    }

    /// Counts one more or less for an account; only one of them is an address as a whole.
    fn count(&mut self, knocker: &Knocker, account: u64, by: isize) {
        let all =
            |knocking: &Self| knocking.of(account, Stage::Silent) + knocking.of(account, Stage::Greeted);
        let (of_stage, before) = (self.of(account, knocker.stage).saturating_add_signed(by), all(self));
        if of_stage > 0 {
            self.counts.insert((account, knocker.stage), of_stage);
        } else {
            self.counts.remove(&(account, knocker.stage));
        }
        if account == knocker.shares.whole() {
            self.crowds.remove(&(before, account));
            let after = all(self);
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
        assert!(knocking.greet(stays) && knocking.len() == 1001);
        assert_eq!([Stage::Silent, Stage::Greeted].map(|stage| knocking.of(7, stage)), [1, 1]);
        assert!(knocking.crowds.contains(&(2, 7)), "one address");
        for number in crowd {
            assert!(knocking.remove(number).is_some() && knocking.remove(number).is_none());
        }
        knocking.shrink();
        assert!(knocking.knockers.capacity() < 10 && knocking.counts.capacity() < 10);
        assert_eq!([Stage::Silent, Stage::Greeted].map(|stage| knocking.of(7, stage)), [0, 1]);
        assert_eq!(knocking.crowds, [(1, 7)].into());
        assert!(!knocking.close_oldest_of_most(), "it has no task");
        assert!(knocking.remove(stays).is_some() && knocking.crowds.is_empty());
        assert!(!knocking.greet(stays) && knocking.len() == 0);
    }
}
