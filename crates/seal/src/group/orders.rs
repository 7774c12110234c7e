//! What members say to the room, and what of it others obey: each judges by its own state whether its
//! sender had the right (protocol, section 3, rule 7).

use sanctuary_wire::{Command, DaemonFrame, End, Id, Rule};

use super::super::say::{self, Said};
use super::super::{Body, Name, SealError, Voice};
use super::inside::Inside;
use super::{Happening, Lie, Proof};

/// Seconds after which messages may be made to go: a week.
pub(super) const TIMER_MOST: u64 = 7 * 24 * 3600;

/// What a payload must say, so that it proves what the daemon did.
#[derive(Clone, Copy)]
enum Wanted {
    Kick(Id),
    Stop,
    Hand(Id),
}

impl Inside {
    pub(super) fn order_lock(&mut self, locked: bool) -> Result<(), SealError> {
        self.order(|turn| Command::Lock { turn, locked })
    }

    pub(super) fn said(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>, from: Id, payload: &[u8], now: u64) {
        if self.standing.place(from).is_err() {
            self.take_in(bytes, frame);
            return;
        }
        self.said = self.said.saturating_add(1);
        let opened = if from == self.you {
            self.landed(payload).ok_or(Happening::Lie(Lie::NotMine))
        } else {
            self.open(from, payload, now).map_err(|why| Happening::Unread { from, why })
        };
        match opened {
            Ok((name, body)) => self.heard(from, name, body),
            Err(Happening::Unread { why: SealError::Replayed | SealError::PassedOver, .. }) => {}
            Err(told) => self.told.push(told),
        }
        self.take_in(bytes, frame);
    }

    /// What a member says, where the daemon does not show it as the order that it is.
    fn heard(&mut self, from: Id, name: Name, body: Body) {
        match body {
            Body::Kick(voice) => self.kicks(from, voice, None),
            Body::Stop if self.may(from) => self.told.push(Happening::Stopped(from)),
            Body::Stop => self.told.push(Happening::NoRight(from)),
            // The room's keeper follows from the daemon's frames alone, so that all agree on it.
            Body::Hand(_) => {}
            Body::Timer { seconds } if !self.may(from) || seconds > TIMER_MOST => {}
            Body::Timer { seconds } => self.told.push(Happening::Timer { by: from, seconds }),
            body => self.told.push(Happening::Said { from, name, body }),
        }
    }

    /// A member says to all that a voice is out. `told` is who is told to be so anyway.
    fn kicks(&mut self, by: Id, voice: Voice, told: Option<Id>) {
        let id = self.id_of(voice);
        let has_right = self.may(by) && id != Some(by);
        if has_right {
            self.shut_out.remember(&voice.to_bytes(), by);
        }
        // Of somebody who is out, it may be said again by who does not know whether it was heard.
        let Some(id) = id else { return };
        if !has_right {
            self.told.push(Happening::NoRight(by));
            return;
        }
        self.shut(id);
        if told != Some(id) {
            self.told.push(Happening::ShutOut { id, by });
        }
    }

    /// `kicked` and `handed`: what a member has ordered, and the daemon carries out.
    pub(super) fn ordered(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>, now: u64) {
        let (id, by, wanted, payload) = match frame {
            DaemonFrame::Kicked { id, by, payload } => (*id, *by, Wanted::Kick(*id), payload),
            DaemonFrame::Handed { id, by, payload } => (*id, *by, Wanted::Hand(*id), payload),
            _ => return,
        };
        let proof = self.judge_order(by, payload, wanted, now);
        if !self.take_in_obeyed(bytes, frame, proof != Proof::Refuted) {
            return;
        }
        if let Wanted::Kick(_) = wanted {
            self.forget(id);
            self.told.push(Happening::Kicked { id, by, proof });
        } else {
            self.told.push(Happening::Handed { id, by, proof });
        }
    }

    /// The last frame names who ended this connection, and what that member said to it.
    pub(super) fn ends(&mut self, end: End, by: Id, payload: &[u8], now: u64) -> Proof {
        match end {
            End::Kicked => self.judge_order(by, payload, Wanted::Kick(self.you), now),
            End::Stopped => self.judge_order(by, payload, Wanted::Stop, now),
            _ => Proof::Refuted,
        }
    }

    fn judge_order(&mut self, by: Id, payload: &[u8], wanted: Wanted, now: u64) -> Proof {
        let has_right = match wanted {
            Wanted::Kick(_) | Wanted::Stop => self.may(by),
            Wanted::Hand(_) => by == self.standing.keeper(),
        };
        // Nobody kicks itself; what it says is heard all the same.
        let is_refuted = !has_right || matches!(wanted, Wanted::Kick(id) if id == by);
        let said = if by == self.you {
            self.landed(payload)
        } else {
            let is_heard = self.known_mut(by).is_some();
            match self.open(by, payload, now) {
                Err(SealError::ShutOut) => return Proof::Refuted,
                Err(why) if !is_heard || why.is_for_want_of_chain() => {
                    return if is_refuted { Proof::Refuted } else { Proof::Unread };
                }
                opened => opened.ok(),
            }
        };
        let Some((name, body)) = said else { return Proof::Refuted };
        match (wanted, body) {
            (Wanted::Kick(_), Body::Kick(_))
            | (Wanted::Hand(_), Body::Hand(_))
            | (Wanted::Stop, Body::Stop)
                if !has_right =>
            {
                Proof::Refuted
            }
            (Wanted::Kick(id), Body::Kick(voice)) => {
                // The voice that is named is put out, even if the daemon puts out another.
                self.kicks(by, voice, Some(id));
                if is_refuted { Proof::Refuted } else { self.compare(id, voice) }
            }
            (Wanted::Hand(id), Body::Hand(voice)) => self.compare(id, voice),
            (Wanted::Stop, Body::Stop) => Proof::Proved,
            (_, body) => {
                self.heard(by, name, body);
                Proof::Refuted
            }
        }
    }

    /// Whether this is the voice of that member, as far as one can know it.
    fn compare(&self, id: Id, voice: Voice) -> Proof {
        let is_known = id == self.you || self.peers.get(&id).is_some_and(|peer| peer.known.is_some());
        match self.id_of(voice) {
            Some(owner) if owner == id => Proof::Proved,
            None if !is_known => Proof::Unread,
            _ => Proof::Refuted,
        }
    }

    /// Whether a member may kick, stop, lock and relock (section 3, rule 5).
    pub(super) fn may(&self, id: Id) -> bool {
        match self.heart.rule {
            Rule::Keeper => id == self.standing.keeper(),
            Rule::Everyone => self.standing.place(id).is_ok(),
        }
    }

    /// Who has this voice.
    fn id_of(&self, voice: Voice) -> Option<Id> {
        if voice == self.own.voice() {
            return Some(self.you);
        }
        let has_it =
            |peer: &super::peer::Peer| peer.known.as_ref().is_some_and(|known| known.card.voice == voice);
        self.peers.iter().find(|(_, peer)| has_it(peer)).map(|(id, _)| *id)
    }

    /// Opens what a member said, and compares what it saw with what one sees oneself.
    fn open(&mut self, from: Id, payload: &[u8], now: u64) -> Result<(Name, Body), SealError> {
        let peer = self.peers.get_mut(&from).ok_or(SealError::NoSuchMember)?;
        if let (Some(why), Some(known)) = (peer.state.why(), &mut peer.known) {
            // It is told as unread now, and not as missing once its next card is accepted.
            known.unread += 1;
            return Err(why);
        }
        let known = peer.accepted_mut()?;
        let opened = say::open(&self.salt, &mut known.reading, known.card.voice, payload);
        let opened = match opened {
            Ok(opened) => opened,
            Err(why) => {
                if why.is_for_want_of_chain() {
                    // It is told as unread now, and not as missing once a chain has come.
                    known.unread += 1;
                    self.tell_lack(from, now);
                }
                return Err(why);
            }
        };
        let count = opened.between.saturating_sub(std::mem::take(&mut known.unread));
        let differs = self.differs(from, &opened.say);
        if let Some(known) = self.known_mut(from)
            && differs
            && !std::mem::replace(&mut known.differs, true)
        {
            self.told.push(Happening::Differs(from));
        }
        if count > 0 {
            self.told.push(Happening::Missing { from, count });
        }
        let body = opened.say.body?.ok_or(SealError::PassedOver)?;
        #[cfg(test)]
        self.notes_kick(from, &body);
        Ok((opened.name, body))
    }

    #[cfg(test)]
    pub(super) fn notes_kick(&mut self, by: Id, body: &Body) {
        if let Body::Kick(voice) = body
            && self.may(by)
            && self.id_of(*voice) != Some(by)
        {
            self.kicks_read.push(*voice);
        }
    }

    fn differs(&mut self, from: Id, said: &Said) -> bool {
        let Some(peer) = self.peers.get_mut(&from) else { return true };
        let Some(known) = &mut peer.known else { return true };
        let before = std::mem::replace(&mut known.count, said.count);
        // Words go one after the other, so that of each member one may cross one's coming back.
        let crosses = said.count < self.resumed && std::mem::replace(&mut known.crossed, true);
        crosses
            || said.n > known.card.n
            || said.count < before
            || said.count < peer.since
            || said.count < self.since
            || said.lock > self.standing.lock()
            || said.count > self.standing.count()
            || self.standing.view_at(said.count).is_some_and(|view| view != said.view)
    }
}
