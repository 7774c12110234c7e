//! The memory that may wait for all connections together, and who is evicted when it is more.

use std::collections::{BTreeMap, BinaryHeap, HashMap};

use slab::Slab;

use super::outbox::{Outbox, QueueSize, Waiting};

/// Passes take no more than this part of the budget. So what is left when it is overspent is enough
/// to free, and passes put nobody out.
const PASSES: usize = 2;

/// Of what passes to other addresses leave of that, those to the members at one take no more than
/// this part: however many of them read nothing, there is room for others.
const PASSES_OF_ONE: usize = 8;

/// So many bytes of passes may wait for each member, whatever waits for others at its address:
/// chains, so that it can read what is said.
const PASSES_OF_EACH: usize = 4096;

/// When too much waits, this part of the budget is freed at once, so that nobody can cause a search
/// through all connections for each frame.
const RELIEF: usize = 8;

/// The account of what waits for all connections.
pub(super) struct Budget {
    /// Bytes that may wait.
    pub(super) most: usize,
    /// The frames that wait for one connection alone, of all connections.
    own: QueueSize,
    /// Bytes of memory of the passes among them.
    pub(super) passes: usize,
    /// The same for each address for whose members any wait.
    passes_of: HashMap<u64, usize>,
    /// Bytes of incoming messages, of all connections.
    pub(super) incoming: usize,
    /// The sum of all [`Outbox::leaving`].
    pub(super) leaving: usize,
}

impl Budget {
    pub(super) fn new(most: usize) -> Self {
        let own = QueueSize::default();
        Self { most, own, passes: 0, passes_of: HashMap::new(), incoming: 0, leaving: 0 }
    }

    /// Whether a pass that costs so much may wait for a member at this address, for which others
    /// wait already. The first at an address may, whatever its size, so that none has to wait for ever.
    pub(super) fn has_room_for_pass(&self, address: u64, waits: usize, cost: usize) -> bool {
        let (most, here) = (self.most / PASSES, self.passes_of.get(&address).copied().unwrap_or(0));
        let left = most.saturating_sub(self.passes - here);
        let is_free = here == 0 || waits + cost <= PASSES_OF_EACH;
        here + cost <= if is_free { left } else { left / PASSES_OF_ONE }
    }

    /// Counts frames that wait from now on, for a connection of this address.
    pub(super) fn count(&mut self, address: u64, put: Waiting) {
        self.own += put.all();
        let cost = put.passes.cost();
        if cost > 0 {
            self.passes += cost;
            *self.passes_of.entry(address).or_default() += cost;
        }
    }

    /// Counts frames that wait no more.
    pub(super) fn release(&mut self, address: u64, gone: Waiting) {
        self.own -= gone.all();
        let cost = gone.passes.cost();
        if cost > 0 {
            self.passes -= cost;
            let here = self.passes_of.entry(address).or_default();
            *here -= cost;
            if *here == 0 {
                self.passes_of.remove(&address);
            }
        }
    }

    /// Gives memory back that was for many more addresses than there are now.
    pub(super) fn shrink(&mut self) {
        self.passes_of.shrink_to(2 * self.passes_of.len());
    }

    /// Bytes of memory that wait, with what the logs of all rooms take, except those that are about to be freed.
    pub(super) fn used(&self, logs: usize) -> usize {
        (logs + self.own.cost() + self.incoming).saturating_sub(self.leaving)
    }

    /// The connections to end when too much waits. Each is taken from the address for which the
    /// most waits, and is the one of its connections for which the most waits: thus many
    /// connections do not help anybody. `held` is what is kept for one in its room's log.
    pub(super) fn overspent(
        &self,
        used: usize,
        outboxes: &Slab<Outbox>,
        held: impl Fn(&Outbox) -> usize,
    ) -> Vec<usize> {
        let mut chosen = Vec::new();
        if used <= self.most {
            return chosen;
        }
        let billed = |outbox: &Outbox| outbox.billed() + held(outbox);
        let mut addresses: BTreeMap<u64, (usize, BinaryHeap<(usize, usize)>)> = BTreeMap::new();
        for (key, outbox) in outboxes.iter().filter(|(_, outbox)| !outbox.cut && billed(outbox) > 0) {
            let (sum, connections) = addresses.entry(outbox.address).or_default();
            *sum += billed(outbox);
            connections.push((billed(outbox), key));
        }
        let mut largest: BinaryHeap<_> =
            addresses.into_values().map(|(sum, connections)| (sum, connections.into_sorted_vec())).collect();
        let mut excess = used - self.most + self.most / RELIEF;
        while excess > 0
            && let Some((sum, mut connections)) = largest.pop()
        {
            let Some((billed, key)) = connections.pop() else { continue };
            excess = excess.saturating_sub(outboxes[key].cost() + held(&outboxes[key]));
            chosen.push(key);
            largest.push((sum - billed, connections));
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::super::outbox::{FRAME_COST, Kind, Own};
    use super::*;

    const MOST: usize = 800;

    /// Who is put out of connections of these addresses, for which so many bytes wait.
    fn put_out(waiting: &[(u64, usize)]) -> Vec<usize> {
        let (mut budget, mut outboxes) = (Budget::new(2 * MOST), Slab::new());
        for &(address, bytes) in waiting {
            // Each byte that comes in counts twice.
            outboxes.insert(Outbox { incoming: bytes, ..Outbox::new(address) });
            budget.incoming += 2 * bytes;
        }
        budget.overspent(budget.used(0), &outboxes, |_| 0)
    }

    #[test]
    fn nobody_goes_within_the_budget_and_an_eighth_becomes_free_above_it() {
        assert_eq!(put_out(&[(1, MOST)]), [] as [usize; 0]);
        assert_eq!(put_out(&[(1, 601), (2, 200)]), [0]);
        assert_eq!(put_out(&[(1, 267), (2, 268), (3, 266)]), [1]);
        assert_eq!(put_out(&[(1, 50); 17]).len(), 3, "50 too many, and 100 more");
    }

    #[test]
    fn who_has_many_connections_goes_before_who_has_a_larger_one() {
        let mut waiting = vec![(1, 150)];
        waiting.extend([(2, 70); 10]);
        let gone = put_out(&waiting);
        assert!(gone.len() == 3 && !gone.contains(&0), "{gone:?}");
        // Until they are alike.
        assert_eq!(put_out(&[(1, 1000), (2, 500), (2, 600)]), [2, 0]);
    }

    #[test]
    fn who_is_put_out_already_is_not_chosen_again() {
        let (mut budget, mut outboxes) = (Budget::new(MOST), Slab::new());
        outboxes.insert(Outbox { incoming: 500, cut: true, ..Outbox::default() });
        outboxes.insert(Outbox::default());
        budget.incoming = 1000;
        assert_eq!(
            budget.overspent(budget.used(0), &outboxes, |_| 0),
            [] as [usize; 0],
            "nothing waits for the other"
        );
    }

    #[test]
    fn passes_take_half_of_the_budget_and_nobody_goes_for_their_sake() {
        let (mut budget, mut outboxes) = (Budget::new(MOST), Slab::new());
        let pass = |bytes: usize| Waiting { passes: QueueSize { bytes, frames: 1 }, ..Waiting::default() };
        for (cost, fits) in [(MOST / 2 - 1, true), (MOST / 2, true), (MOST / 2 + 1, false)] {
            assert_eq!(budget.has_room_for_pass(1, PASSES_OF_EACH, cost), fits, "{cost}");
        }
        let waiting = pass(MOST / 2 - FRAME_COST);
        budget.count(1, waiting);
        assert!(
            !budget.has_room_for_pass(1, PASSES_OF_EACH, 1)
                && !budget.has_room_for_pass(2, PASSES_OF_EACH, 1)
        );
        let mut hears = Outbox::default();
        let passed = Own { bytes: vec![0; MOST / 2 - FRAME_COST], kind: Kind::Pass, at: 0 };
        assert_eq!(hears.put(passed), waiting);
        outboxes.insert(hears);
        outboxes.insert(Outbox { incoming: 100, ..Outbox::default() });
        budget.incoming = 1000;
        assert_eq!(budget.overspent(budget.used(0), &outboxes, |_| 0), [1], "although less waits for it");
        budget.release(1, waiting);
        assert!(budget.has_room_for_pass(1, PASSES_OF_EACH, MOST / 2));
        assert!(budget.passes == 0 && budget.passes_of.is_empty());
    }

    /// Some hundred seats of four addresses left no room for anybody's.
    #[test]
    fn passes_to_one_address_take_an_eighth_of_what_those_to_others_leave() {
        const HALF: usize = 80_000;
        let mut budget = Budget::new(2 * HALF);
        let mut fill = |address, cost: usize| {
            let mut waits = 0;
            while budget.has_room_for_pass(address, PASSES_OF_EACH, cost) {
                let passes = QueueSize { bytes: cost - FRAME_COST, frames: 1 };
                budget.count(address, Waiting { passes, ..Waiting::default() });
                waits += cost;
            }
            waits
        };
        assert_eq!(fill(1, 100), HALF / 8);
        assert_eq!(fill(2, 70), (HALF - HALF / 8) / 8 / 70 * 70);
        // A hundred addresses that read nothing leave each other less and less, and always some.
        for address in 3..20 {
            assert!(fill(address, 70) >= 700, "{address}");
        }
        assert_eq!([fill(1, 70), fill(2, 70)], [0, 0]);
        let left = HALF - budget.passes;
        assert!(
            budget.has_room_for_pass(100, PASSES_OF_EACH, left)
                && !budget.has_room_for_pass(100, PASSES_OF_EACH, left + 1)
        );
        budget.count(100, Waiting { passes: QueueSize { bytes: 1, frames: 0 }, ..Waiting::default() });
        let most = left / 8 - 1;
        assert!(
            budget.has_room_for_pass(100, PASSES_OF_EACH, most)
                && !budget.has_room_for_pass(100, PASSES_OF_EACH, most + 1)
        );
    }
}
