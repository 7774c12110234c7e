//! `relock`: the room gets another password, and only those stay who are handed the new door.

use std::collections::BTreeSet;
use std::time::Instant;

use super::effect::over;
use super::members::KeptBox;
use super::orders::NotDone;
use super::signatures::is_key;
use super::{Effect, Rooms, Sender};
use sanctuary_wire::{DaemonFrame, Denial, End, Gate, Hash, Id, Refusal, SealedHeart, Staying};

/// What a `relock` says.
pub(super) struct Relock<'a> {
    /// The lock number that it follows on.
    pub(super) lock: u32,
    pub(super) gate: Gate,
    pub(super) heart: SealedHeart<'a>,
    pub(super) staying: Vec<Staying>,
}

impl Rooms {
    /// Two who relock at once can't undo each other's: the later one follows on a lock number that
    /// is not the room's any more. One whose list has somebody who has left meanwhile makes
    /// another, for the boxes are signed for this very list.
    pub(super) fn relock(
        &mut self,
        now: Instant,
        by: Sender,
        relock: Relock<'_>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), NotDone> {
        let Some(room) = self.open.get_mut(&by.room) else { return Ok(()) };
        let Relock { lock, gate, heart, staying } = relock;
        let listed: Vec<Id> = staying.iter().map(|one| one.id).collect();
        let stays: BTreeSet<Id> = listed.iter().copied().collect();
        if stays.len() < listed.len() || !is_key(&gate.0) {
            return Err(NotDone::Malformed);
        }
        let next = lock.checked_add(1).filter(|_| lock == room.lock).ok_or(Denial::AnotherLock)?;
        if !stays.contains(&by.id) {
            return Err(Denial::NotYours.into());
        }
        if stays.iter().any(|id| room.members.get(*id).is_none()) {
            return Err(Denial::NoSuchMember.into());
        }
        let out = room.members.iter().filter(|member| !stays.contains(&member.id));
        let out: Vec<_> = out.map(|member| (member.id, member.connection())).collect();
        for (id, connection) in out {
            effects.extend(connection.map(|to| over(to, End::Kicked, Some(by.id), None)));
            self.give_up(now, by.room, id, Refusal::Kicked);
        }
        let Some(room) = self.open.get_mut(&by.room) else { return Ok(()) };
        let list = Hash::of_staying(&listed);
        for Staying { id, tag, door } in staying {
            let Some(member) = room.members.get_mut(id) else { continue };
            if let Some(to) = member.connection() {
                let frame = DaemonFrame::Boxed { by: by.id, door: door.clone() }.encode().into();
                effects.push(Effect::One { to, frame });
            }
            let former_tag = std::mem::replace(&mut member.secrets.tag, tag);
            member.secrets.boxed = Some(Box::new(KeptBox { by: by.id, staying: list, door, former_tag }));
        }
        (room.lock, room.gate, room.heart) = (next, gate, heart.into());
        let relocked = DaemonFrame::Relocked { by: by.id, lock: next, heart, staying: listed.into() };
        room.tell_of_departure(now, &relocked, effects);
        room.appoint_keeper(effects);
        Ok(())
    }
}
