//! The lock and the password of the room. A kick that is to stay is a lock, a kick, a relock and an unlock, each harmless
//! if the next never comes.

use std::collections::VecDeque;

use sanctuary_seal::{Door, Group, Password, Random};
use sanctuary_wire::{Denial, Id, RoomId};

use super::lines::Lines;
use super::people::{Key, People};
use super::told::Note;

/// Denials, but for those for members that have left, after which another password is not asked for any more.
pub(super) const RELOCK_DENIED_MOST: u32 = 8;

/// Milliseconds to wait at the least before the daemon is asked again, ...
pub(super) const AGAIN_MS: u64 = 1_000;

/// ... and at the most, whatever it says.
pub(super) const AGAIN_MOST_MS: u64 = 60_000;

/// A password to be stretched.
pub(super) type ToDerive = (RoomId, Password);

/// Gives the room another password.
#[derive(Debug)]
struct Relock {
    /// Who gets it: all who were accepted when it was asked for.
    kept: Vec<Key>,
    /// The room is to be unlocked afterwards.
    unlocks: bool,
    denials: u32,
    password: Option<Password>,
    door: Option<Door>,
    /// To whom the daemon was asked to give it.
    asked: Option<Vec<Id>>,
    /// Those who may have a box of this door, by the tries so far.
    boxed: Vec<Key>,
    /// The lock number of these tries: under a later one this door may be one that the room has left.
    lock: Option<u32>,
}

/// What a moderator waits for.
#[derive(Debug, Default)]
pub(super) struct Moderation {
    relocks: VecDeque<Relock>,
    lock_due: Option<bool>,
    lock_asked: Option<bool>,
    hold_until: u64,
}

impl Moderation {
    pub(super) fn is_idle(&self) -> bool {
        self.relocks.is_empty() && self.lock_due.is_none() && self.lock_asked.is_none()
    }

    pub(super) fn is_relocking(&self) -> bool {
        !self.relocks.is_empty()
    }

    pub(super) fn due(&self, is_kicking: bool) -> Option<u64> {
        let relock = self.relocks.front();
        let is_ready =
            relock.is_some_and(|relock| relock.door.is_some() && relock.asked.is_none()) && !is_kicking;
        (self.lock_due.is_some() || is_ready).then_some(self.hold_until)
    }

    pub(super) fn lock(&mut self, locked: bool) {
        self.lock_due = Some(locked);
    }

    /// The room gets another password, which `without` does not get.
    pub(super) fn relock(
        &mut self,
        group: &Group,
        people: &People,
        without: Option<Key>,
        random: &mut Random,
    ) -> Option<ToDerive> {
        if let Some(without) = without {
            for relock in &mut self.relocks {
                relock.kept.retain(|voice| *voice != without);
            }
        }
        let is_locked = self.lock_due.or(self.lock_asked).unwrap_or(group.is_locked());
        let unlocks = without.is_some() && !is_locked;
        if unlocks {
            self.lock_due = Some(true);
        }
        let kept: Vec<Key> = accepted(group, people).filter(|voice| Some(*voice) != without).collect();
        if let Some(last) = self.relocks.back_mut().filter(|last| last.asked.is_none()) {
            // One that the daemon was not asked for yet does for both.
            last.kept.retain(|voice| kept.contains(voice));
            last.unlocks |= unlocks;
            return None;
        }
        let (password, door, asked, boxed, lock) = (None, None, None, vec![], None);
        self.relocks.push_back(Relock { kept, unlocks, denials: 0, password, door, asked, boxed, lock });
        if self.relocks.len() == 1 { self.stretch(group.room(), random) } else { None }
    }

    fn stretch(&mut self, room: RoomId, random: &mut Random) -> Option<ToDerive> {
        let relock = self.relocks.front_mut()?;
        let password = Password::generate(random);
        (relock.door, relock.password) = (None, Some(password.clone()));
        Some((room, password))
    }

    /// A password was stretched; perhaps one that is not asked for any more.
    pub(super) fn derived(&mut self, password: &Password, door: Door) {
        let is_meant = |relock: &&mut Relock| relock.password.as_ref() == Some(password);
        if let Some(relock) = self.relocks.front_mut().filter(is_meant) {
            relock.door.get_or_insert(door);
        }
    }

    /// Asks for what may be asked for now.
    pub(super) fn go_on(
        &mut self,
        group: &mut Group,
        people: &People,
        is_kicking: bool,
        lines: &mut Lines,
        random: &mut Random,
        now: u64,
    ) -> Option<ToDerive> {
        if now < self.hold_until || !group.is_seated() {
            return None;
        }
        if let Some(locked) = self.lock_due.take() {
            // Of what changes nothing the daemon tells nothing.
            let changes = locked != self.lock_asked.unwrap_or(group.is_locked());
            if group.lock(locked).is_ok() && changes {
                self.lock_asked = Some(locked);
            }
        }
        let relock = self.relocks.front_mut().filter(|relock| relock.asked.is_none() && !is_kicking)?;
        let (door, password) = (relock.door.clone()?, relock.password.clone()?);
        let listed: Vec<Key> = accepted(group, people).filter(|voice| relock.kept.contains(voice)).collect();
        let is_later = relock.lock.is_some() && relock.lock != group.lock_number();
        if is_later || relock.boxed.iter().any(|voice| !listed.contains(voice)) {
            // Somebody who is not to have this door may have it already.
            (relock.boxed, relock.lock) = (vec![], None);
            return self.stretch(group.room(), random);
        }
        let ids: Vec<Id> = listed.iter().filter_map(|voice| Some(people.voice(voice)?.id)).collect();
        (relock.boxed, relock.lock) = (listed, group.lock_number());
        if group.relock(door, password, &ids).is_err() {
            return self.fails(group, lines, random);
        }
        relock.asked = Some(ids);
        None
    }

    fn fails(&mut self, group: &Group, lines: &mut Lines, random: &mut Random) -> Option<ToDerive> {
        lines.note(Note::RelockFailed);
        self.ends(group, random)
    }

    /// The first is done with, one way or the other.
    fn ends(&mut self, group: &Group, random: &mut Random) -> Option<ToDerive> {
        self.relocks.pop_front();
        self.stretch(group.room(), random)
    }

    /// The room was locked or unlocked.
    pub(super) fn locked(&mut self) {
        self.lock_asked = None;
    }

    /// This member has given the room another password, perhaps this one.
    pub(super) fn relocked(&mut self, group: &Group, random: &mut Random) -> Option<ToDerive> {
        // Where the line broke meanwhile, the next lock tells that it was this one.
        let is_this = |relock: &&Relock| {
            relock.asked.is_some() || relock.lock.is_some_and(|lock| group.lock_number() == Some(lock + 1))
        };
        let unlocks = self.relocks.front().filter(is_this)?.unlocks;
        match self.relocks.get_mut(1) {
            Some(next) => next.unlocks |= unlocks,
            None if unlocks => self.lock_due = Some(false),
            None => {}
        }
        self.ends(group, random)
    }

    pub(super) fn lock_denied(&mut self, is_for_haste: bool, retry_ms: u64, now: u64) {
        if is_for_haste {
            self.lock_due = self.lock_due.or(self.lock_asked);
            self.hold(now, retry_ms);
        }
        self.lock_asked = None;
    }

    pub(super) fn relock_denied(
        &mut self,
        (why, retry_ms): (Denial, u64),
        group: &Group,
        people: &People,
        lines: &mut Lines,
        random: &mut Random,
        now: u64,
    ) -> Option<ToDerive> {
        let relock = self.relocks.front_mut()?;
        let asked = relock.asked.take()?;
        // Each seat that is given up explains one denial: nobody defeats a kick with a few of them.
        let has_left = asked.iter().any(|id| people.id(*id).is_none());
        if why != Denial::NoSuchMember || !has_left {
            relock.denials += 1;
        }
        if matches!(why, Denial::TooFast | Denial::NoSuchMember) {
            if relock.denials >= RELOCK_DENIED_MOST {
                return self.fails(group, lines, random);
            }
            self.hold(now, retry_ms);
            return None;
        }
        if why == Denial::AnotherLock {
            lines.note(Note::RelockCrossed);
        }
        self.ends(group, random)
    }

    fn hold(&mut self, now: u64, retry_ms: u64) {
        self.hold_until = now + retry_ms.clamp(AGAIN_MS, AGAIN_MOST_MS);
    }

    /// The seat was taken again: what was asked for may not have arrived. One that was to be opened may have been locked
    /// by another since, and stays so.
    pub(super) fn resumed(&mut self, group: &Group, lines: &mut Lines) {
        self.hold_until = 0;
        if let Some(relock) = self.relocks.front_mut() {
            relock.asked = None;
        }
        match self.lock_asked.take() {
            Some(asked) if asked == group.is_locked() => {}
            Some(true) => self.lock_due = self.lock_due.or(Some(true)),
            Some(false) => lines.note(Note::NotCarriedOut),
            None => {}
        }
    }
}

/// The voices of those whose cards are accepted.
fn accepted<'a>(group: &Group, people: &'a People) -> impl Iterator<Item = Key> + use<'a> {
    let ids = group.accepted();
    let voice = move |id: Id| people.id(id)?.voice.map(|voice| voice.to_bytes());
    ids.into_iter().filter_map(voice)
}
