//! The members of one room, in order of arrival.

use std::time::Instant;

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};

use super::ConnectionId;
use sanctuary_wire::{Id, KeptCard, SealedCard, SeatToken, Tag};

/// Where a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// On this connection.
    Here(ConnectionId),
    /// Its connection broke; its seat is kept until then.
    Away(Instant),
}

/// What nobody else may learn of a member. All of it is wiped when the member goes.
pub(super) struct Secrets {
    pub(super) token: SeatToken,
    pub(super) tag: Tag,
    pub(super) card: KeptCard,
}

impl Secrets {
    pub(super) fn new(token: SeatToken, tag: Tag, card: SealedCard) -> Self {
        Self { token, tag, card: card.into() }
    }
}

/// A member and its seat.
pub(super) struct Member {
    pub(super) id: Id,
    pub(super) presence: Presence,
    /// Boxed, so that a member that moves up in the list leaves no copy of it behind.
    pub(super) secrets: Box<Secrets>,
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
pub(super) struct Members {
    in_order: Vec<Member>,
    last: Id,
}

impl Members {
    pub(super) fn new() -> Self {
        Self { in_order: Vec::new(), last: Id(0) }
    }

    /// Adds a member, with an id that none had before.
    pub(super) fn add(&mut self, connection: ConnectionId, secrets: Secrets) -> Id {
        self.last.0 += 1;
        self.in_order.push(Member {
            id: self.last,
            presence: Presence::Here(connection),
            secrets: Box::new(secrets),
        });
        self.last
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

    pub(super) fn by_tag(&self, tag: &Tag) -> Option<&Member> {
        self.in_order.iter().find(|member| member.secrets.tag == *tag)
    }

    /// The member whose seat has this token. All seats are compared in constant time, wherever the
    /// token is.
    pub(super) fn by_token(&self, token: &SeatToken) -> Option<Id> {
        let mut found = 0;
        for member in &self.in_order {
            let equal: Choice = member.secrets.token.0.ct_eq(&token.0);
            found.conditional_assign(&member.id.0, equal);
        }
        (found != 0).then_some(Id(found))
    }

    /// The next keeper: the member that has been there longest, or the oldest seat if all are away.
    pub(super) fn successor(&self) -> Option<Id> {
        let present = self.in_order.iter().find(|member| member.connection().is_some());
        present.or(self.in_order.first()).map(|member| member.id)
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
