//! What goes on when a seat was given up, and its member enters anew.

use sanctuary_wire::{Departure, Id};

use super::super::{Heart, Place};
use super::inside::Inside;
use super::seen::Seen;
use super::welcome::Welcome;
use super::{Happening, Lie};

/// The room as one left it.
#[derive(Debug)]
pub(super) struct Before {
    pub(super) heart: Heart,
    /// Nobody else may show these keys, and these voices stay out.
    pub(super) seen: Seen,
    pub(super) shut_out: Seen,
    you: Id,
    places: Vec<Place>,
    keeper: Id,
    said: u64,
    highest: Id,
}

impl Before {
    pub(super) fn of(inside: &Inside) -> Self {
        Self {
            heart: inside.heart.clone(),
            seen: inside.seen.clone(),
            shut_out: inside.shut_out.clone(),
            you: inside.you,
            places: inside.standing.places().to_vec(),
            keeper: inside.standing.keeper(),
            said: inside.said,
            highest: inside.standing.highest(),
        }
    }

    /// What has changed in the room since, and what no honest daemon changes.
    pub(super) fn changes(&self, welcome: &Welcome<'_>) -> Vec<Happening> {
        let told = &welcome.told;
        let missed = Some(welcome.said.saturating_sub(self.said));
        let mut changes = vec![Happening::EnteredAnew { missed }];
        if welcome.said < self.said {
            changes.push(Happening::Lie(Lie::Count));
        }
        let is_there = |place: &&Place| {
            told.members.iter().any(|seated| (seated.id, &seated.entry) == (place.id, &place.entry))
        };
        let gone = self.places.iter().filter(|place| place.id != self.you && !is_there(place));
        changes.extend(gone.map(|place| Happening::Left { id: place.id, how: Departure::Gone }));
        let returned = self.newcomers(welcome).filter(|id| *id <= self.highest);
        changes.extend(returned.map(|id| Happening::Lie(Lie::Returned(id))));
        if told.keeper != self.keeper {
            changes.push(Happening::Keeper(told.keeper));
        }
        changes
    }

    /// Those who were not there before, oneself too.
    pub(super) fn newcomers(&self, welcome: &Welcome<'_>) -> impl Iterator<Item = Id> {
        let was_there = |id, entry| self.places.iter().any(|place| (place.id, &place.entry) == (id, entry));
        let new = welcome.told.seats().filter(move |seated| !was_there(seated.id, &seated.entry));
        new.map(|seated| seated.id)
    }
}
