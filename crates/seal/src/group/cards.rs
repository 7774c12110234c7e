//! Whose card is accepted (protocol, section 2, "What a member has").

use sanctuary_wire::{Entry, Id};

use super::super::{Alias, Card, Pair, SealError};
use super::Happening;
use super::inside::Inside;
use super::peer::{Known, Peer, State};

impl Inside {
    /// Takes in somebody who was not there before, as a newcomer or as `welcome` shows it.
    pub(super) fn meet(&mut self, id: Id, entry: &Entry, sealed: &[u8], is_newcomer: bool) {
        let since = if is_newcomer { self.standing.count() } else { 0 };
        let (entry_kept, state) = (entry.clone(), State::Accepted);
        let mut peer =
            Peer { entry: entry_kept, since, state, was_refused: false, sealed: None, known: None };
        let closed = self.why_closed(is_newcomer);
        match self.judge(id, entry, sealed, is_newcomer) {
            Ok(known) => {
                peer.known = Some(Box::new(known));
                if is_newcomer {
                    self.told.push(Happening::Joined(id));
                }
            }
            Err(why) => {
                let why = if why == SealError::Forged { closed } else { why };
                self.refuse(id, &mut peer, sealed, why);
            }
        }
        self.peers.insert(id, peer);
    }

    /// A member shows another card: just now, or it is met with it in a `welcome`, where two may have come
    /// by one alias while one of them was away.
    pub(super) fn renewed(&mut self, id: Id, sealed: &[u8], now: u64, is_new: bool) {
        if id == self.you {
            if !self.own_renewed(sealed, now) {
                self.told.push(Happening::Lie(super::Lie::OwnCard));
            }
            return;
        }
        // No card helps somebody who was brought back, or shut out before its voice was known.
        let stays_refused = |peer: &mut Peer| {
            peer.known.is_none()
                && matches!(peer.state, State::Refused(SealError::Outdated | SealError::ShutOut))
        };
        if self.peers.get_mut(&id).is_some_and(stays_refused) {
            return;
        }
        let Some(mut peer) = self.peers.remove(&id) else { return };
        // One that stood in a `welcome` and was not ready is met with the first card that opens.
        let is_met = peer.known.is_none() && !peer.was_refused && peer.since == 0;
        let is_new = is_new && !is_met;
        let result = match peer.known {
            None => self.judge(id, &peer.entry, sealed, is_new).map(|known| {
                peer.known = Some(Box::new(known));
                false
            }),
            Some(_) => self.replace(id, &mut peer, sealed, now, is_new),
        };
        match result {
            Ok(is_renamed) => {
                if peer.state != State::Accepted {
                    self.told.push(Happening::Ready(id));
                } else if is_renamed {
                    self.told.push(Happening::Renamed(id));
                }
                (peer.state, peer.sealed) = (State::Accepted, None);
            }
            Err(SealError::Forged) => self.refuse(id, &mut peer, sealed, self.why_closed(false)),
            Err(why) => self.refuse(id, &mut peer, sealed, why),
        }
        self.peers.insert(id, peer);
    }

    /// Tries again the cards that were not ready, since another door is known.
    pub(super) fn try_again(&mut self, now: u64) {
        let waiting = self.peers.iter().filter_map(|(id, peer)| Some((*id, peer.sealed.clone()?)));
        for (id, sealed) in waiting.collect::<Vec<_>>() {
            self.renewed(id, &sealed, now, true);
        }
    }

    /// Hears a member no more, nor gives it any key.
    pub(super) fn shut(&mut self, id: Id) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        (peer.state, peer.sealed) = (State::Refused(SealError::ShutOut), None);
        self.speech.is_stale = true;
    }

    /// Gives a member no key any more, or none at all.
    fn refuse(&mut self, id: Id, peer: &mut Peer, sealed: &[u8], why: SealError) {
        if peer.state == State::Accepted && peer.known.is_some() {
            self.speech.is_stale = true;
        }
        if why == SealError::NotReady {
            if peer.state != State::NotReady {
                self.told.push(Happening::NotReady(id));
            }
            (peer.state, peer.sealed) = (State::NotReady, Some(sealed.into()));
        } else {
            (peer.state, peer.was_refused, peer.sealed) = (State::Refused(why), true, None);
            self.told.push(Happening::Unreadable { id, why });
        }
        if let Some(known) = &mut peer.known {
            known.holds = false;
        }
    }

    /// Why a card may not open: who enters knows the room's door, who renews or is met may know another.
    fn why_closed(&self, is_newcomer: bool) -> SealError {
        let knows_another = self.standing.lock() > 0 && !(is_newcomer && self.has_door);
        if knows_another { SealError::NotReady } else { SealError::Forged }
    }

    /// A card of a voice that is known may still be sealed for the door before, if it was under way when
    /// the room was relocked. Nobody enters by that door.
    fn open_renewed(&self, entry: &Entry, sealed: &[u8]) -> Result<Card, SealError> {
        match (Card::open(&self.door, entry, sealed), &self.former_door) {
            (Err(SealError::Forged), Some((former, _))) => Card::open(former, entry, sealed),
            (result, _) => result,
        }
    }

    fn judge(&mut self, id: Id, entry: &Entry, sealed: &[u8], is_newcomer: bool) -> Result<Known, SealError> {
        if !self.has_door {
            return Err(SealError::NotReady);
        }
        let card = Card::open(&self.door, entry, sealed)?;
        if is_newcomer && self.is_in_use(&card.alias, id) {
            return Err(SealError::AliasInUse);
        }
        self.check_keys(id, &card)?;
        let pair = Pair::agree(&self.salt, self.own.voice(), &self.own.keys, (card.voice, card.public))?;
        self.remember(id, &card);
        Ok(Known::new(card, pair))
    }

    /// Puts another card in the place of the one that is known. Returns whether its alias is another.
    fn replace(
        &mut self,
        id: Id,
        peer: &mut Peer,
        sealed: &[u8],
        now: u64,
        is_new: bool,
    ) -> Result<bool, SealError> {
        let known = peer.known.as_mut().ok_or(SealError::NoSuchMember)?;
        let card = self.open_renewed(&peer.entry, sealed)?;
        if card.voice != known.card.voice {
            return Err(SealError::Taken);
        }
        let is_same_key = card.public == known.card.public;
        if card.n < known.card.n || card.n == known.card.n && !is_same_key {
            return Err(SealError::Outdated);
        }
        self.check_keys(id, &card)?;
        let is_renamed = card.alias != known.card.alias;
        // While it was not heard, its alias was free for others.
        let keeps_alias = peer.state == State::Accepted && card.alias.folded() == known.card.alias.folded();
        if is_new && !keeps_alias && self.is_in_use(&card.alias, id) {
            return Err(SealError::AliasInUse);
        }
        let former = std::mem::replace(&mut known.card, card);
        if !is_same_key && let Err(error) = known.agree(&self.salt, self.own.voice(), &self.own.keys, now) {
            known.card = former;
            return Err(error);
        }
        self.remember(id, &known.card);
        Ok(is_renamed)
    }

    fn check_keys(&self, id: Id, card: &Card) -> Result<(), SealError> {
        let (voice, public) = (card.voice.to_bytes(), card.public.to_bytes());
        if self.shut_out.owner(&voice).is_some() {
            return Err(SealError::ShutOut);
        }
        let is_own = self.own_seen.owner(&voice).or(self.own_seen.owner(&public)).is_some();
        // However many others have come and gone since these were shown.
        let has_it = |known: &Known| known.card.voice == card.voice || known.card.public == card.public;
        let mut others = self.peers.iter().filter(|(other, _)| **other != id);
        let is_there = others.any(|(_, peer)| peer.known.as_deref().is_some_and(has_it));
        if is_own || is_there || self.seen.is_taken(&voice, id) || self.seen.is_taken(&public, id) {
            return Err(SealError::Taken);
        }
        Ok(())
    }

    fn remember(&mut self, id: Id, card: &Card) {
        self.seen.remember(&card.voice.to_bytes(), id);
        self.seen.remember(&card.public.to_bytes(), id);
    }

    /// Whether one's own alias is that of somebody else who is present.
    pub(super) fn is_own_alias_in_use(&self) -> bool {
        self.is_shown_by_another(&self.own.alias, self.you)
    }

    fn is_in_use(&self, alias: &Alias, by: Id) -> bool {
        self.own.alias.folded() == alias.folded() || self.is_shown_by_another(alias, by)
    }

    /// Whether another member who is present has an equal alias.
    fn is_shown_by_another(&self, alias: &Alias, by: Id) -> bool {
        let alias = alias.folded();
        let is_present = |id: &Id| self.standing.place(*id).is_ok_and(|place| !place.away);
        let has_it = |(id, peer): (&Id, &Peer)| {
            *id != by
                && is_present(id)
                && peer.accepted().is_some_and(|known| known.card.alias.folded() == alias)
        };
        self.peers.iter().any(has_it)
    }

    /// What is known of a member that is accepted.
    pub(super) fn known_mut(&mut self, id: Id) -> Option<&mut Known> {
        self.peers.get_mut(&id)?.accepted_mut().ok()
    }
}
