//! A `welcome`, and what of it can't be true.

use std::collections::BTreeSet;

use sanctuary_wire::{DaemonFrame, Hash, Id, SealedDoor};

use super::super::standing::Told;
use super::Lie;

/// A `welcome`.
pub(super) struct Welcome<'a> {
    pub(super) you: Id,
    pub(super) told: Told<'a>,
    pub(super) said: u64,
    pub(super) boxed: Option<(Id, Hash, &'a SealedDoor)>,
}

impl<'a> Welcome<'a> {
    pub(super) fn of(frame: &'a DaemonFrame<'a>) -> Option<Self> {
        let DaemonFrame::Welcome {
            you, keeper, locked, lock, heart, said, count, order, members, boxed, ..
        } = frame
        else {
            return None;
        };
        let (keeper, locked, lock, count, order) = (*keeper, *locked, *lock, *count, *order);
        let told = Told { keeper, locked, lock, heart, count, order, members };
        let boxed = boxed.as_ref().map(|(by, staying, sealed)| (*by, *staying, sealed));
        Some(Self { you: *you, told, said: *said, boxed })
    }

    /// What no honest daemon shows.
    pub(super) fn lies(&self) -> impl Iterator<Item = Lie> {
        let (told, mut ids) = (&self.told, BTreeSet::new());
        let twice = told.members.iter().map(|seated| seated.id).filter(move |id| !ids.insert(*id));
        let has_keeper = told.members.iter().any(|seated| seated.id == told.keeper);
        let keeper = (!has_keeper).then_some(Lie::Keeper(told.keeper));
        twice.map(Lie::Returned).chain(keeper)
    }
}
