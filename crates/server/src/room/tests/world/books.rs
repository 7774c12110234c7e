//! What is taken down of each stay: who has a seat, by what alias, and what of its rations is
//! spent.

use sanctuary_wire::{Refusal, RoomId};

use super::super::ConnectionId;
use super::{Answer, Deed, Ordered, Picture, Ration, Stay, View, World, deeds, rules};

impl World {
    /// With its last seat a room is gone, of which nobody can be told.
    pub(super) fn bury_the_last(&mut self) {
        let (now, views) = (self.now, &self.views);
        let sits = |stay: &Stay| {
            let mut views = views.values();
            views.any(|view| stay.is_seat(view.picture.room, view.me))
        };
        let is_kept = |stay: &Stay| stay.away_until.is_some_and(|until| until > now);
        let seated = self.stays.iter().filter(|stay| stay.given_up.is_none());
        let gone: Vec<_> =
            seated.filter(|stay| !sits(stay) && !is_kept(stay)).map(|stay| stay.room).collect();
        for room in gone {
            assert_eq!(self.observers[&room].picture.members.len(), 1, "somebody goes, and nobody is told");
            self.end_room(room, Refusal::RoomGone);
        }
    }

    pub(super) fn end_room(&mut self, room: RoomId, why: Refusal) {
        let until = self.now + self.limits.grace;
        self.observers.remove(&room);
        self.seated(room).for_each(|stay| stay.given_up = Some((why, until)));
    }

    /// Takes down what only who did it knows.
    pub(super) fn record(&mut self, from: ConnectionId, deed: &Deed, answer: Answer) {
        let now = self.now;
        match (deed, answer) {
            (Deed::Create { alias, .. } | Deed::Enter { alias, .. }, Answer::LetIn) => {
                self.turns.insert(from, 0);
                let View { picture, me, .. } = &self.views[&from];
                let Picture { room, lock, members, .. } = picture;
                let fresh = Ration::new(now);
                self.stays.push(Stay {
                    room: *room,
                    id: *me,
                    key: deeds::number(from),
                    alias: *alias,
                    tag: deeds::tag(*alias, *lock),
                    former_tag: deeds::tag(*alias, *lock),
                    resumes: fresh,
                    renewals: fresh,
                    credit: u32::try_from(members.len()).unwrap(),
                    boxed: None,
                    away_until: None,
                    given_up: None,
                });
                if let Deed::Enter { room, .. } = deed {
                    self.observers.get_mut(room).unwrap().entries.spend(now, rules::ENTRY);
                }
            }
            (Deed::Resume { .. }, Answer::LetIn) => {
                self.turns.insert(from, 0);
                let members = u32::try_from(self.views[&from].picture.members.len()).unwrap();
                let stay = self.stay_mut(from);
                stay.resumes.spend(now, rules::RESUMES.1);
                stay.credit = stay.credit.max(members);
            }
            (Deed::Order(ordered, _), Answer::Done | Answer::Denied(_)) => {
                *self.turns.get_mut(&from).unwrap() += 1;
                if answer == Answer::Done {
                    self.record_order(from, ordered);
                }
            }
            _ => {}
        }
    }

    fn record_order(&mut self, from: ConnectionId, ordered: &Ordered) {
        let (now, lock) = (self.now, self.views[&from].picture.lock);
        match ordered {
            Ordered::Renew { alias, is_behind } => {
                let (stay, tag) = (self.stay_mut(from), deeds::renewed_tag(*alias, lock, *is_behind));
                stay.renewals.spend(now, rules::RENEWALS.1);
                if stay.tag == tag {
                    stay.boxed = None;
                } else if !stay.has_crossed(&tag) {
                    (stay.alias, stay.tag) = (*alias, tag);
                }
            }
            Ordered::Relock { .. } => {
                let room = self.views[&from].picture.room;
                for stay in self.seated(room) {
                    stay.former_tag = std::mem::replace(&mut stay.tag, deeds::tag(stay.alias, lock));
                }
            }
            _ => {}
        }
    }

    fn stay_mut(&mut self, from: ConnectionId) -> &mut Stay {
        let View { picture: Picture { room, .. }, me, .. } = &self.views[&from];
        let (room, me) = (*room, *me);
        self.seated(room).find(|stay| stay.id == me).unwrap()
    }
}
