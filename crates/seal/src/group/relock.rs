//! Another password for the room (protocol, section 2, "Another password").

use sanctuary_wire::{Command, DaemonFrame, Id, SealedDoor, SealedHeart, Staying};

use super::super::{Card, Door, Heart, Password, SealError, boxed};
use super::inside::{Inside, Welcome};
use super::{Happening, Lie};

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
        let sealed = heart.seal(&door, &mut self.random)?;
        let heart = SealedHeart::try_from(sealed.as_slice())?;
        let mut sides = vec![(self.you, (self.own.voice(), self.own.keys.public()), self.own.alias.clone())];
        for (id, peer) in self.peers.iter().filter(|(id, _)| listed.contains(id)) {
            if let Some(known) = peer.accepted() {
                sides.push((*id, known.side(), known.card.alias.clone()));
            }
        }
        let staying = sides.into_iter().map(|(id, side, alias)| {
            let sealed = boxed::seal(&self.salt, next, &door, &self.own.voice, side, &mut self.random)?;
            Ok(Staying { id, tag: door.alias_tag(&alias), door: sealed })
        });
        let staying = staying.collect::<Result<Vec<_>, SealError>>()?;
        let gate = door.gate();
        self.order(|turn| {
            let (gate, staying) = (gate.clone(), staying.clone());
            Command::Relock { turn, lock, gate, heart, staying }
        })
    }

    pub(super) fn relocked(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>, now: u64) {
        let DaemonFrame::Relocked { by, lock, heart, staying } = frame else { return };
        let (by, boxed) = (*by, self.boxed.take());
        let has_right = self.may(by) && staying.contains(&by);
        if !has_right {
            self.told.push(Happening::Lie(Lie::NoRight(by)));
        }
        if !self.take_in(bytes, frame) {
            return;
        }
        let out: Vec<Id> = self.peers.keys().copied().filter(|id| !staying.contains(id)).collect();
        out.iter().for_each(|id| self.forget(*id));
        let door = if has_right {
            self.unbox(by, *lock, heart, boxed.as_ref(), None)
        } else {
            Err(SealError::NoDoor)
        };
        let without = self.take_door(door, now);
        self.told.push(Happening::Relocked { by, out, without });
    }

    /// What another `welcome` says of doors: whether the room has another, and one's box.
    pub(super) fn welcome_door(&mut self, welcome: &Welcome<'_>, now: u64) {
        let Some(by) = welcome.boxed.as_ref().map(|(by, _)| *by) else {
            self.has_door = false;
            self.told.push(Happening::Relocked {
                by: self.you,
                out: vec![],
                without: Some(SealError::NoDoor),
            });
            return;
        };
        let told = &welcome.told;
        let door = self.unbox(by, told.lock, told.heart, welcome.boxed.as_ref(), Some(welcome));
        let without = self.take_door(door, now);
        self.told.push(Happening::Relocked { by, out: vec![], without });
    }

    /// The new door out of one's box, if who relocked has sealed it, and its heart is the room's.
    fn unbox(
        &self,
        by: Id,
        lock: u32,
        heart: &[u8],
        boxed: Option<&(Id, SealedDoor)>,
        welcome: Option<&Welcome<'_>>,
    ) -> Result<(Door, Heart), SealError> {
        let (_, sealed) = boxed.filter(|(from, _)| *from == by).ok_or(SealError::NoDoor)?;
        let mut all_keys = self.own.all_keys();
        let open = |keys| boxed::open(&self.salt, lock, self.own.voice(), keys, sealed);
        let unboxed = all_keys.find_map(|keys| open(keys).ok()).ok_or(SealError::NoDoor)?;
        let known = self.peers.get(&by).and_then(|peer| peer.accepted()).map(|known| known.card.voice);
        let voice = match (known, welcome) {
            (Some(voice), _) => voice,
            (None, _) if by == self.you => self.own.voice(),
            // Somebody who came while one was away shows its card behind the new door.
            (None, Some(welcome)) => {
                let seated = welcome.told.members.iter().find(|seated| seated.id == by);
                let seated = seated.filter(|_| !self.peers.contains_key(&by)).ok_or(SealError::NoDoor)?;
                Card::open(&unboxed.door, &seated.entry, &seated.card)?.voice
            }
            (None, None) => return Err(SealError::NoDoor),
        };
        let door = unboxed.by(&voice).map_err(|_| SealError::NoDoor)?;
        let opened = Heart::open(&door, heart).map_err(|_| SealError::NoDoor)?;
        let is_ours = opened.secret == self.heart.secret && opened.rule == self.heart.rule;
        if is_ours { Ok((door, opened)) } else { Err(SealError::NoDoor) }
    }

    /// Goes on behind the new door, or without one. Returns why there is none.
    fn take_door(&mut self, door: Result<(Door, Heart), SealError>, now: u64) -> Option<SealError> {
        match door {
            Ok((door, heart)) => {
                self.former_door = Some(std::mem::replace(&mut self.door, door));
                (self.heart, self.has_door) = (heart, true);
                self.own.renewal.is_urgent = true;
                self.try_again(now);
                None
            }
            Err(why) => {
                self.has_door = false;
                Some(why)
            }
        }
    }
}
