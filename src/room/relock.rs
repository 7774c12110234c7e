//! `relock`: the room gets another password, and only those stay who are handed the new door.

use std::time::Instant;

use super::effect::over;
use super::orders::NotDone;
use super::signatures::is_key;
use super::{Effect, Rooms, Sender};
use sanctuary_wire::{DaemonFrame, Denial, End, Gate, Id, Refusal, SealedHeart, Staying};

/// What a `relock` says.
pub(super) struct Relock<'a> {
    /// The lock number that it follows on.
    pub(super) lock: u32,
    pub(super) gate: Gate,
    pub(super) heart: SealedHeart<'a>,
    pub(super) staying: Vec<Staying>,
}

impl Rooms {
    /// Two who relock at once can't undo each other's: the later one follows on a lock number that is
    /// not the room's any more. Who is listed and has left meanwhile is passed over.
    pub(super) fn relock(
        &mut self,
        now: Instant,
        by: Sender,
        relock: Relock<'_>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), NotDone> {
        let Some(room) = self.open.get_mut(&by.room) else { return Ok(()) };
        let Relock { lock, gate, heart, mut staying } = relock;
        staying.sort_unstable_by_key(|one| one.id);
        let is_sound = is_key(&gate.0)
            && staying.len() <= self.limits.members.max(room.members.len())
            && staying.is_sorted_by(|one, next| one.id < next.id)
            && staying.iter().all(|one| room.members.was_given(one.id));
        if !is_sound {
            return Err(NotDone::Malformed);
        }
        let next = lock.checked_add(1).filter(|_| lock == room.lock).ok_or(Denial::AnotherLock)?;
        let stays = |id: Id| staying.binary_search_by_key(&id, |one| one.id).is_ok();
        if !stays(by.id) {
            return Err(Denial::NotYours.into());
        }
        let out = room.members.iter().filter(|member| !stays(member.id));
        let out: Vec<_> = out.map(|member| (member.id, member.connection())).collect();
        for (id, connection) in out {
            effects.extend(connection.map(|to| over(to, End::Kicked, Some(by.id), None)));
            self.give_up(now, by.room, id, Refusal::Kicked);
        }
        let Some(room) = self.open.get_mut(&by.room) else { return Ok(()) };
        let mut stayed = Vec::with_capacity(room.members.len());
        for Staying { id, tag, door } in staying {
            let Some(member) = room.members.get_mut(id) else { continue };
            stayed.push(id);
            if let Some(to) = member.connection() {
                let frame = DaemonFrame::Boxed { by: by.id, door: door.clone() }.encode().into();
                effects.push(Effect::One { to, frame });
            }
            member.secrets.tag = tag;
            member.secrets.boxed = Some(Box::new((by.id, door)));
        }
        (room.lock, room.gate, room.heart) = (next, gate, heart.into());
        room.tell(None, &DaemonFrame::Relocked { by: by.id, lock: next, heart, staying: stayed }, effects);
        room.appoint_keeper(effects);
        Ok(())
    }
}
