//! What is to be answered, by the protocol's section 3.

use std::time::{Duration, Instant};

use sanctuary_wire::{Denial, End, Id, Refusal, RoomId, Tag};

use super::super::ConnectionId;
use super::deeds::{renewed_tag, tag};
use super::{Answer, Deed, Forgery, Observer, Ordered, Stay, View, World};

pub(super) const RESUMES: (u32, Duration) = (8, Duration::from_secs(5));
pub(super) const RENEWALS: (u32, Duration) = (3, Duration::from_secs(30));
pub(super) const ENTRY: Duration = Duration::from_secs(1);
pub(super) const DEPARTURES: (u32, Duration) = (4, Duration::from_secs(1));

/// What was spent of so many at once and one more each so long, counted in time.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Ration {
    spent: Duration,
    at: Instant,
}

impl Ration {
    pub(super) fn new(now: Instant) -> Self {
        Self { spent: Duration::ZERO, at: now }
    }

    pub(super) fn is_over(&self, now: Instant, (most, each): (u32, Duration)) -> bool {
        self.spent.saturating_sub(now - self.at) + each > each * most
    }

    pub(super) fn spend(&mut self, now: Instant, each: Duration) {
        *self = Self { spent: self.spent.saturating_sub(now - self.at) + each, at: now };
    }
}

impl World {
    pub(super) fn expected(&self, from: ConnectionId, deed: &Deed) -> Answer {
        let Some(view) = self.views.get(&from) else {
            let refusal = match deed {
                Deed::Create { room, knows, .. } => self.creation(*room, *knows),
                Deed::Enter { room, alias, knows } => self.entry(*room, *alias, *knows),
                Deed::Resume { stay, knows } => self.resumption(&self.stays[*stay], *knows),
                _ => Some(Refusal::Malformed),
            };
            return refusal.map_or(Answer::LetIn, Answer::Refused);
        };
        match deed {
            Deed::Create { .. }
            | Deed::Enter { .. }
            | Deed::Resume { .. }
            | Deed::Order(_, Forgery::Key | Forgery::Nonce) => Answer::Out(End::Malformed),
            Deed::Say | Deed::Exit => Answer::Done,
            Deed::Pass(ids) if ids.iter().all(|id| view.reaches(*id)) => Answer::Done,
            Deed::Pass(_) => Answer::Denied(Denial::NoSuchMember),
            Deed::Order(_, Forgery::Turn) if self.turns[&from] > 0 => Answer::Out(End::Malformed),
            Deed::Order(Ordered::Stop, _) if view.moderates() => Answer::Out(End::Stopped),
            Deed::Order(ordered, _) => self.obedience(from, view, ordered),
        }
    }

    fn creation(&self, room: RoomId, knows: bool) -> Option<Refusal> {
        match () {
            () if !knows => Some(Refusal::Malformed),
            () if self.is_closing || self.is_draining => Some(Refusal::Draining),
            () if self.observers.contains_key(&room) => Some(Refusal::Taken),
            () if self.observers.len() >= self.limits.rooms => Some(Refusal::Busy),
            () => None,
        }
    }

    fn entry(&self, room: RoomId, alias: u8, knows: bool) -> Option<Refusal> {
        let Some(Observer { picture, entries, .. }) = self.observers.get(&room).filter(|_| knows) else {
            return Some(Refusal::NoEntry);
        };
        let at_once = u32::try_from(self.limits.members).unwrap();
        match () {
            () if picture.locked => Some(Refusal::Locked),
            () if self.is_in_use(room, &tag(alias, picture.lock)) => Some(Refusal::AliasInUse),
            () if picture.members.len() >= self.limits.members => Some(Refusal::Full),
            () if entries.is_over(self.now, (at_once, ENTRY)) => Some(Refusal::Busy),
            () => None,
        }
    }

    /// The seat of that number may be another's by now, and so may the memory of it.
    fn resumption(&self, stay: &Stay, knows: bool) -> Option<Refusal> {
        let of_its_number = || self.stays.iter().rev().filter(|other| other.is_seat(stay.room, stay.id));
        let of_its_key = |other: &&Stay| knows && other.key == stay.key;
        if let Some(seated) = of_its_number().find(|other| other.given_up.is_none()).filter(of_its_key) {
            return seated.resumes.is_over(self.now, RESUMES).then_some(Refusal::Busy);
        }
        let given_up = of_its_number().find(|other| other.given_up.is_some()).filter(of_its_key);
        let why = given_up.and_then(|other| other.given_up).filter(|(_, until)| *until > self.now);
        Some(why.map_or(Refusal::NoEntry, |(why, _)| why))
    }

    fn obedience(&self, from: ConnectionId, view: &View, ordered: &Ordered) -> Answer {
        let has_right = match ordered {
            Ordered::Kick(id) => view.moderates() && *id != view.me,
            Ordered::Stop | Ordered::Lock(_) | Ordered::Relock { .. } => view.moderates(),
            Ordered::Hand(_) => view.me == view.picture.keeper,
            Ordered::Renew { .. } => true,
        };
        let denial = match ordered {
            _ if !has_right => Some(Denial::NotYours),
            Ordered::Stop | Ordered::Lock(_) => None,
            Ordered::Kick(id) => (!view.picture.members.contains_key(id)).then_some(Denial::NoSuchMember),
            Ordered::Hand(id) => (!view.reaches(*id)).then_some(Denial::NoSuchMember),
            Ordered::Renew { alias, is_behind } => {
                let stay = self.stay_of(from).unwrap();
                let tag = renewed_tag(*alias, view.picture.lock, *is_behind);
                let has_it = stay.tag == tag || stay.has_crossed(&tag);
                match () {
                    () if !has_it && self.is_in_use(stay.room, &tag) => Some(Denial::AliasInUse),
                    () => stay.renewals.is_over(self.now, RENEWALS).then_some(Denial::TooFast),
                }
            }
            Ordered::Relock { staying, is_behind } => {
                let members = &view.picture.members;
                let twice = (1..staying.len()).any(|at| staying[..at].contains(&staying[at]));
                match () {
                    () if twice => return Answer::Out(End::Malformed),
                    () if *is_behind => Some(Denial::AnotherLock),
                    () if !staying.contains(&view.me) => Some(Denial::NotYours),
                    () => {
                        let all_there = staying.iter().all(|id| members.contains_key(id));
                        (!all_there).then_some(Denial::NoSuchMember)
                    }
                }
            }
        };
        denial.map_or(Answer::Done, Answer::Denied)
    }

    /// Whether a present member has this tag.
    fn is_in_use(&self, room: RoomId, tag: &Tag) -> bool {
        let seated = self.stays.iter().filter(|stay| stay.room == room && stay.is_seated());
        seated.filter(|stay| stay.away_until.is_none()).any(|stay| stay.tag == *tag)
    }
}

impl View {
    fn moderates(&self) -> bool {
        self.picture.moderates(self.me)
    }

    /// Whether another member is there.
    fn reaches(&self, id: Id) -> bool {
        id != self.me && self.picture.members.get(&id).is_some_and(|seat| !seat.away)
    }
}

impl Stay {
    pub(in super::super) fn is_seated(&self) -> bool {
        self.given_up.is_none()
    }

    /// Whether a card of this tag has crossed the relock.
    pub(super) fn has_crossed(&self, tag: &Tag) -> bool {
        self.boxed.is_some() && self.tag != *tag && self.former_tag == *tag
    }

    /// Whether its seat is kept, or why it was given up.
    pub(in super::super) fn is_remembered(&self, now: Instant) -> bool {
        self.given_up.is_none_or(|(_, until)| until > now)
    }

    pub(super) fn is_seat(&self, room: RoomId, id: Id) -> bool {
        (self.room, self.id) == (room, id)
    }
}
