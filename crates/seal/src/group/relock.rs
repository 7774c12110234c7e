//! Another password for the room (protocol, section 2, "Another password").

use sanctuary_wire::{Command, DaemonFrame, Hash, Id, SealedDoor, SealedHeart, Staying};

use super::super::{Door, Heart, Password, SealError, Voice, boxed};
use super::inside::Inside;
use super::peer::{FORMER_MS, State};
use super::welcome::Welcome;
use super::{Happening, Lie};

/// What one has sent to give the room another password, until it is carried out or denied.
#[derive(Debug)]
pub(super) struct Relocking {
    door: Door,
    heart: Heart,
    sealed_heart: Vec<u8>,
    /// Who stays, oneself too.
    staying: Vec<Id>,
}

impl Inside {
    pub(super) fn order_relock(
        &mut self,
        door: Door,
        password: Password,
        listed: &[Id],
    ) -> Result<(), SealError> {
        let lock = self.standing.lock();
        let next = lock.checked_add(1).ok_or(SealError::Exhausted)?;
        let heart = Heart { password, ..self.heart.clone() };
        let sealed_heart = heart.seal(&door, &mut self.random)?;
        let mut sides = vec![(self.you, (self.own.voice(), self.own.keys.public()), self.own.alias.clone())];
        for (id, peer) in self.peers.iter().filter(|(id, _)| listed.contains(id)) {
            if let Some(known) = peer.accepted() {
                sides.push((*id, known.side(), known.card.alias.clone()));
            }
        }
        let ids: Vec<Id> = sides.iter().map(|(id, ..)| *id).collect();
        let hash = Hash::of_staying(&ids);
        let staying = sides.into_iter().map(|(id, to, alias)| {
            let sealed = boxed::seal(&self.salt, next, &door, &self.own.voice, &hash, to, &mut self.random)?;
            Ok(Staying { id, tag: door.alias_tag(&alias), door: sealed })
        });
        let staying = staying.collect::<Result<Vec<_>, SealError>>()?;
        let gate = door.gate();
        let borrowed = SealedHeart::try_from(sealed_heart.as_slice())?;
        self.order(|turn| {
            let (gate, staying) = (gate.clone(), staying.clone());
            Command::Relock { turn, lock, gate, heart: borrowed, staying }
        })?;
        self.relocking = Some(Relocking { door, heart, sealed_heart, staying: ids });
        Ok(())
    }

    pub(super) fn relocked(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>, now: u64) {
        let DaemonFrame::Relocked { by, lock, heart, staying } = frame else { return };
        let (by, boxed) = (*by, self.boxed.take());
        let has_right = self.may(by);
        if !has_right {
            self.told.push(Happening::Lie(Lie::NoRight(by)));
        }
        if !self.take_in(bytes, frame) {
            return;
        }
        let own = self.own_relock(by, heart);
        if let Some(own) = &own {
            self.hold_to_list(own, staying, own.staying != **staying);
        }
        let out: Vec<Id> = self.peers.keys().copied().filter(|id| !staying.contains(id)).collect();
        let door = match (own, boxed) {
            (Some(own), _) => Ok((own.door, own.heart)),
            (None, Some((from, sealed))) if has_right && from == by => {
                self.unbox(by, *lock, heart, &Hash::of_staying(staying), &sealed)
            }
            _ => Err(SealError::NoDoor),
        };
        for id in &out {
            self.forget(*id);
        }
        self.take_door(door, now, |without| Happening::Relocked { by, out, without });
    }

    /// What another `welcome` says of doors, where one does not know the room's.
    pub(super) fn welcome_door(&mut self, welcome: &Welcome<'_>, now: u64) {
        let told = &welcome.told;
        let by = welcome.boxed.map_or(self.you, |(by, ..)| by);
        let own = self.own_relock(by, told.heart);
        if let Some(own) = &own {
            // Those that are missing may have left since.
            let seated: Vec<Id> = told.members.iter().map(|seated| seated.id).collect();
            self.hold_to_list(own, &seated, false);
        }
        let door = match (own, welcome.boxed) {
            (Some(own), _) => Ok((own.door, own.heart)),
            (None, Some((_, staying, sealed))) => self.unbox(by, told.lock, told.heart, &staying, sealed),
            (None, None) => Err(SealError::NoDoor),
        };
        let out = vec![];
        self.take_door(door, now, |without| Happening::Relocked { by, out, without });
    }

    /// One's own relock, if that is what was carried out; it is over in any case, for the lock number has
    /// risen.
    fn own_relock(&mut self, by: Id, heart: &[u8]) -> Option<Relocking> {
        self.relocking.take().filter(|own| by == self.you && own.sealed_heart == heart)
    }

    /// Holds the daemon's list against one's own, and shuts out whom it keeps.
    fn hold_to_list(&mut self, own: &Relocking, staying: &[Id], is_other: bool) {
        let is_kept = |id: &Id| staying.contains(id) && !own.staying.contains(id);
        let kept: Vec<Id> = self.peers.keys().copied().filter(is_kept).collect();
        if is_other || !kept.is_empty() {
            self.told.push(Happening::Lie(Lie::Staying));
        }
        for id in kept {
            if let Some(known) = self.peers.get(&id).and_then(|peer| peer.known.as_ref()) {
                self.shut_out.remember(&known.card.voice.to_bytes(), self.you);
            }
            self.shut(id);
            self.told.push(Happening::ShutOut { id, by: self.you });
        }
    }

    /// The new door out of one's box, if who relocked has sealed it, and its heart is the room's.
    fn unbox(
        &self,
        by: Id,
        lock: u32,
        heart: &[u8],
        staying: &Hash,
        sealed: &SealedDoor,
    ) -> Result<(Door, Heart), SealError> {
        let voice = self.voice_of_maker(by).ok_or(SealError::NoDoor)?;
        let own = [&self.own.keys].into_iter().chain(self.own.former.iter().map(|(keys, _)| keys));
        let mut unboxed = own.map(|keys| boxed::open(&self.salt, lock, self.own.voice(), keys, sealed));
        let unboxed = unboxed.find_map(Result::ok).ok_or(SealError::NoDoor)?;
        let door = unboxed.by(&voice, staying).map_err(|_| SealError::NoDoor)?;
        let opened = Heart::open(&door, heart).map_err(|_| SealError::NoDoor)?;
        if opened.is_of_same_room(&self.heart) { Ok((door, opened)) } else { Err(SealError::NoDoor) }
    }

    fn voice_of_maker(&self, id: Id) -> Option<Voice> {
        match self.peers.get(&id) {
            // Its latest card may wait for the very door that this box holds.
            Some(peer) if !matches!(peer.state, State::Refused(_)) => {
                peer.known.as_ref().map(|known| known.card.voice)
            }
            Some(_) => None,
            None => (id == self.you).then(|| self.own.voice()),
        }
    }

    /// Goes on behind the new door, or without one, and tells so.
    fn take_door(
        &mut self,
        door: Result<(Door, Heart), SealError>,
        now: u64,
        told: impl FnOnce(Option<SealError>) -> Happening,
    ) {
        self.told.push(told(door.as_ref().err().copied()));
        if !std::mem::replace(&mut self.has_door, door.is_ok()) {
            self.own.renewal.wait_anew(now);
        }
        if let Ok((door, heart)) = door {
            self.former_door = Some((std::mem::replace(&mut self.door, door), now + FORMER_MS));
            self.heart = heart;
            self.own.renewal.is_urgent = true;
            self.try_again(now);
        }
    }
}
