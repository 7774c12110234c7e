//! The members of one room, in order of arrival.

use std::time::Instant;

use super::{ConnectionId, Place};
use crate::rate::TokenBucket;
use sanctuary_wire::{Entry, Hash, Id, KeptCard, SealedCard, SealedDoor, SeatKey, Tag};

/// A member's credit of free passes is at most so many for each member of the room.
const CREDIT_MOST: u32 = 4;

/// Where a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// On this connection.
    Here(ConnectionId),
    /// Its connection broke; its seat is kept until then.
    Away(Instant),
}

/// What nobody else may learn of a member. All of it is wiped when the member goes.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Secrets {
    /// By which it signs.
    pub(super) seat: SeatKey,
    pub(super) entry: Entry,
    pub(super) tag: Tag,
    pub(super) card: KeptCard,
    /// It is kept until a card shows that the member has it.
    pub(super) boxed: Option<Box<KeptBox>>,
}

/// The box that a relock handed to a member.
#[cfg_attr(test, derive(Clone))]
pub(super) struct KeptBox {
    /// Who gave it.
    pub(super) by: Id,
    /// The hash of the list of who stayed.
    pub(super) staying: Hash,
    /// The present door.
    pub(super) door: SealedDoor,
    /// The member's tag behind the door before.
    pub(super) former_tag: Tag,
}

/// Who is about to get a seat.
pub(super) struct Newcomer<'a> {
    pub(super) connection: ConnectionId,
    pub(super) seat: SeatKey,
    pub(super) entry: Entry,
    pub(super) tag: Tag,
    pub(super) card: SealedCard<'a>,
    pub(super) place: Option<Place>,
}

/// A member and its seat.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Member {
    pub(super) id: Id,
    pub(super) presence: Presence,
    /// The least turn that its next order may have.
    pub(super) next_turn: u32,
    /// So many small passes are free.
    pub(super) credit: u32,
    pub(super) resumes: TokenBucket,
    pub(super) renewals: TokenBucket,
    /// Boxed, so that a member that moves up in the list leaves no copy of it behind.
    pub(super) secrets: Box<Secrets>,
    /// The server's.
    pub(super) place: Option<Place>,
}

impl Member {
    pub(super) fn connection(&self) -> Option<ConnectionId> {
        match self.presence {
            Presence::Here(connection) => Some(connection),
            Presence::Away(_) => None,
        }
    }
}

/// Ids only rise, so the order of arrival is that of ids, and a member is found by binary search.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Members {
    in_order: Vec<Member>,
    last: Id,
}

impl Members {
    pub(super) fn new() -> Self {
        Self { in_order: Vec::new(), last: Id(0) }
    }

    /// Adds a member, with an id that none had before.
    pub(super) fn add(&mut self, now: Instant, newcomer: Newcomer<'_>) -> Id {
        let Newcomer { connection, seat, entry, tag, card, place } = newcomer;
        self.last.0 += 1;
        self.in_order.push(Member {
            id: self.last,
            presence: Presence::Here(connection),
            next_turn: 0,
            credit: 0,
            resumes: TokenBucket::full(now),
            renewals: TokenBucket::full(now),
            secrets: Box::new(Secrets { seat, entry, tag, card: card.into(), boxed: None }),
            place,
        });
        self.last
    }

    /// Gives everybody credit for so many more passes, within what those who are here may have.
    pub(super) fn give_credit(&mut self, passes: u32) {
        let most = self.count().saturating_mul(CREDIT_MOST);
        for member in &mut self.in_order {
            member.credit = member.credit.saturating_add(passes).min(most);
        }
    }

    /// Gives who enters or comes back credit for its chain to go to everybody.
    pub(super) fn give_first_credit(&mut self, id: Id) {
        let count = self.count();
        if let Some(member) = self.get_mut(id) {
            member.credit = member.credit.max(count);
        }
    }

    /// How many there are, as credit is counted.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn remove(&mut self, id: Id) -> Option<Member> {
        self.position(id).map(|at| self.in_order.remove(at))
    }

    pub(super) fn get(&self, id: Id) -> Option<&Member> {
        self.position(id).map(|at| &self.in_order[at])
    }

    pub(super) fn get_mut(&mut self, id: Id) -> Option<&mut Member> {
        self.position(id).map(|at| &mut self.in_order[at])
    }

    /// Whether a member who is present has this tag.
    pub(super) fn is_in_use(&self, tag: &Tag) -> bool {
        let mut present = self.in_order.iter().filter(|member| member.connection().is_some());
        present.any(|member| member.secrets.tag == *tag)
    }

    /// The next keeper: the member that has been there longest, or the oldest seat if all are away.
    pub(super) fn successor(&self) -> Option<Id> {
        let present = self.in_order.iter().find(|member| member.connection().is_some());
        present.or(self.in_order.first()).map(|member| member.id)
    }

    #[cfg(test)]
    pub(super) fn last(&self) -> Id {
        self.last
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Member> {
        self.in_order.iter()
    }

    pub(super) fn present(&self) -> impl Iterator<Item = ConnectionId> + '_ {
        self.in_order.iter().filter_map(Member::connection)
    }

    pub(super) fn len(&self) -> usize {
        self.in_order.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.in_order.is_empty()
    }

    fn position(&self, id: Id) -> Option<usize> {
        self.in_order.binary_search_by_key(&id, |member| member.id).ok()
    }
}
