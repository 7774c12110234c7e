//! One's seat again, on another connection: what has changed meanwhile.

use sanctuary_wire::{DaemonFrame, Departure, Id, Seated};

use super::super::{Place, SealError};
use super::inside::Inside;
use super::peer::{Peer, State};
use super::welcome::Welcome;
use super::{Happening, Lie};

impl Inside {
    pub(super) fn resumed(&mut self, frame: &DaemonFrame<'_>, now: u64) {
        let welcome = Welcome::of(frame).filter(|welcome| welcome.you == self.you && !self.is_seated());
        let Some(welcome) = welcome else {
            self.told.push(Happening::Lie(Lie::OutOfTurn));
            return;
        };
        let told = &welcome.told;
        let (before, highest) = (self.standing.places().to_vec(), self.standing.highest());
        let (keeper, lock) = (self.standing.keeper(), self.standing.lock());
        let is_same_heart = self.standing.has_heart(told.heart);
        if told.count <= self.standing.count() || welcome.said < self.said {
            self.told.push(Happening::Lie(Lie::Count));
        }
        self.told.extend(welcome.lies().map(Happening::Lie));
        self.told.push(Happening::Resumed { missed: welcome.said.saturating_sub(self.said) });
        (self.said, self.resumed) = (welcome.said, told.count);
        self.standing.welcome(told);
        self.sit();

        for peer in self.peers.values_mut().filter(|peer| peer.state == State::NotReady) {
            peer.since = 0;
        }
        self.show_own(told.members, now);
        if told.lock < lock {
            self.told.push(Happening::Lie(Lie::Lock));
        } else if told.lock > lock || !self.has_door && welcome.boxed.is_some() {
            self.welcome_door(&welcome, now);
        } else if !is_same_heart {
            self.told.push(Happening::Lie(Lie::Heart));
        }
        // The member that gave the room another password may have left since.
        let is_there = |id: &Id| told.members.iter().any(|seated| seated.id == *id);
        for id in self.peers.keys().copied().filter(|id| !is_there(id)).collect::<Vec<_>>() {
            self.forget(id);
            self.told.push(Happening::Left { id, how: Departure::Gone });
        }
        let you = self.you;
        for seated in told.seats().filter(|seated| seated.id != you) {
            self.meet_again(seated, &before, highest, now);
        }
        // Nobody told what was said meanwhile, nor who has come and gone.
        for known in self.peers.values_mut().filter_map(|peer| peer.known.as_mut()) {
            known.reading.forget();
            (known.unread, known.holds, known.crossed) = (0, false, false);
        }
        self.say_again();
        self.own.renewal.is_urgent = true;
        if keeper != told.keeper {
            self.told.push(Happening::Keeper(told.keeper));
        }
    }

    /// Which of one's own cards stands, the one that was shown or the one that was sent.
    fn show_own(&mut self, members: &[Seated<'_>], now: u64) {
        let own = members.iter().find(|seated| seated.id == self.you && seated.entry == self.own.entry);
        let stands = match own {
            None => false,
            Some(seated) if *seated.card == *self.own.card => {
                self.own.pending = None;
                self.own.renewal.shown_by = None;
                true
            }
            Some(seated) => self.own_renewed(&seated.card, now),
        };
        if !stands {
            self.told.push(Happening::Lie(Lie::OwnCard));
        }
    }

    fn meet_again(&mut self, seated: &Seated<'_>, before: &[Place], highest: Id, now: u64) {
        let Some(place) = before.iter().find(|place| place.id == seated.id) else {
            if seated.id > highest {
                self.meet(seated.id, &seated.entry, &seated.card, false);
                if self.peers.get(&seated.id).is_some_and(|peer| peer.state == State::Accepted) {
                    self.told.push(Happening::Joined(seated.id));
                }
            } else {
                self.told.push(Happening::Lie(Lie::Returned(seated.id)));
                let state = State::Refused(SealError::Outdated);
                let entry = seated.entry.clone();
                let peer = Peer { entry, since: 0, state, was_refused: true, sealed: None, known: None };
                self.peers.insert(seated.id, peer);
            }
            return;
        };
        if place.entry != seated.entry {
            self.told.push(Happening::Lie(Lie::Returned(seated.id)));
        } else if !self.standing.place(seated.id).is_ok_and(|now| now.card == place.card) {
            self.renewed(seated.id, &seated.card, now, false);
        }
    }
}
