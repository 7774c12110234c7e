//! Who is in the room, as it may be shown.

use std::collections::BTreeMap;
use std::fmt;

use sanctuary_wire::{Id, Rule};
use zeroize::Zeroizing;

use super::super::{Alias, Card, SealError, Voice, number};
use super::Group;
use super::inside::Inside;
use super::peer::State;

/// Somebody who has a seat.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// Who.
    pub id: Id,
    /// Whether its connection is broken.
    pub away: bool,
    /// What may be shown of it.
    pub showing: Showing<'a>,
}

/// What may be shown of a member.
#[derive(Clone, Debug)]
pub enum Showing<'a> {
    /// A member who is heard, or oneself.
    Named {
        /// What it calls itself.
        alias: &'a Alias,
        /// Where more than one have it: the how manieth it is, in order of arrival, from 1.
        nth: Option<usize>,
        /// By which it is known.
        voice: Box<Voice>,
    },
    /// Its card is sealed for another password.
    NotReady,
    /// Its card is refused.
    Unreadable(SealError),
}

impl fmt::Display for Showing<'_> {
    /// "alice", or "alice 1" and "alice 2".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named { alias, nth: None, .. } => f.write_str(alias.as_str()),
            Self::Named { alias, nth: Some(nth), .. } => write!(f, "{} {nth}", alias.as_str()),
            Self::NotReady => f.write_str("(not ready)"),
            Self::Unreadable(_) => f.write_str("(unreadable)"),
        }
    }
}

impl Group {
    /// One's own number.
    #[must_use]
    pub fn you(&self) -> Option<Id> {
        self.inside().ok().map(|inside| inside.you)
    }

    /// One's own alias.
    #[must_use]
    pub fn alias(&self) -> &Alias {
        match &self.state {
            super::State::Inside(inside) => &inside.own.alias,
            super::State::Outside(outside) => outside.alias(),
            super::State::Moving => unreachable!("it lasts no longer than `enters`"),
        }
    }

    /// Everybody, in order of arrival.
    #[must_use]
    pub fn members(&self) -> Vec<Member<'_>> {
        let Ok(inside) = self.inside() else { return vec![] };
        let numbers = inside.numbers();
        let member = |place: &super::super::Place| Member {
            id: place.id,
            away: place.away,
            showing: inside.showing(place.id, numbers.get(&place.id).copied()),
        };
        inside.standing.places().iter().map(member).collect()
    }

    /// A member's card, if it is accepted.
    #[must_use]
    pub fn card(&self, id: Id) -> Option<&Card> {
        Some(&self.inside().ok()?.peers.get(&id)?.accepted()?.card)
    }

    /// The others whose cards are accepted.
    #[must_use]
    pub fn accepted(&self) -> Vec<Id> {
        let Ok(inside) = self.inside() else { return vec![] };
        let accepted = inside.peers.iter().filter(|(_, peer)| peer.accepted().is_some());
        accepted.map(|(id, _)| *id).collect()
    }

    /// Who keeps the room.
    #[must_use]
    pub fn keeper(&self) -> Option<Id> {
        self.inside().ok().map(|inside| inside.standing.keeper())
    }

    /// Who may moderate.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        self.inside().ok().map(|inside| inside.heart.rule)
    }

    /// Whether nobody is let in.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.inside().is_ok_and(|inside| inside.standing.locked())
    }

    /// How often the room was given another password.
    #[must_use]
    pub fn lock_number(&self) -> Option<u32> {
        self.inside().ok().map(|inside| inside.standing.lock())
    }

    /// How many messages the room has had.
    #[must_use]
    pub fn said(&self) -> Option<u64> {
        self.inside().ok().map(|inside| inside.said)
    }

    /// The number of a member's voice, one's own too, to be read aloud and compared.
    #[must_use]
    pub fn number(&self, id: Id) -> Option<String> {
        let inside = self.inside().ok()?;
        let Showing::Named { voice, .. } = inside.showing(id, None) else { return None };
        Some(number(self.room(), &voice))
    }
}

impl Inside {
    fn showing(&self, id: Id, nth: Option<usize>) -> Showing<'_> {
        if id == self.you {
            let alias = &self.own.alias;
            return Showing::Named { alias, nth, voice: Box::new(self.own.voice()) };
        }
        let Some(peer) = self.peers.get(&id) else { return Showing::Unreadable(SealError::NoSuchMember) };
        match (peer.state, &peer.known) {
            (State::Accepted, Some(known)) => {
                let alias = &known.card.alias;
                Showing::Named { alias, nth, voice: Box::new(known.card.voice) }
            }
            (State::Accepted, None) => Showing::Unreadable(SealError::NoSuchMember),
            (State::NotReady, _) => Showing::NotReady,
            (State::Refused(why), _) => Showing::Unreadable(why),
        }
    }

    /// The how manieth of an alias each is who is not alone with it, in time that grows as the room does.
    fn numbers(&self) -> BTreeMap<Id, usize> {
        let mut named: Vec<(Zeroizing<String>, Id)> = vec![];
        for place in self.standing.places() {
            let alias = match self.peers.get(&place.id).and_then(|peer| peer.accepted()) {
                Some(known) => &known.card.alias,
                None if place.id == self.you => &self.own.alias,
                None => continue,
            };
            named.push((alias.folded(), place.id));
        }
        // The order of arrival stays among those of one alias.
        named.sort_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
        let several = named.chunk_by(|(one, _), (other, _)| one == other).filter(|alike| alike.len() > 1);
        several.flat_map(|alike| alike.iter().map(|(_, id)| *id).zip(1..)).collect()
    }
}
