//! What members order: signed by the seat for its connection, and each order once. `relock` is
//! beside this.

use std::time::{Duration, Instant};

use super::effect::{denied, over};
use super::members::Member;
use super::relock::Relock;
use super::signatures::is_signed;
use super::{Effect, Rooms, Sender};
use crate::rate::Rate;
use sanctuary_wire::{
    Command, DaemonFrame, Denial, End, Id, Nonce, Refusal, SealedCard, Signature, Tag, signed,
};

/// How often a member may show another card: each time everybody derives keys anew.
const RENEWALS: Rate = Rate { burst: 3, every: Duration::from_secs(30) };

/// Why an order is not carried out.
pub(super) enum NotDone {
    /// Its member is out for it.
    Malformed,
    /// Its member is told, and after what time to try again, zero where that does not help.
    Denied(Denial, Duration),
}

impl From<Denial> for NotDone {
    fn from(why: Denial) -> Self {
        Self::Denied(why, Duration::ZERO)
    }
}

impl Rooms {
    pub(super) fn order(
        &mut self,
        now: Instant,
        by: Sender,
        nonce: &Nonce,
        command: &[u8],
        signature: &Signature,
        effects: &mut Vec<Effect>,
    ) {
        let Some(command) = self.prove(by, nonce, command, signature) else {
            return self.eject(now, by.room, by.id, End::Malformed, effects);
        };
        let number = command.number();
        match self.obey(now, by, command, effects) {
            Ok(()) => {}
            Err(NotDone::Malformed) => self.eject(now, by.room, by.id, End::Malformed, effects),
            Err(NotDone::Denied(why, wait)) => effects.push(denied(by.connection, number, why, wait)),
        }
    }

    /// Reads a command, if its seat has signed it for this connection, after all that it has
    /// ordered before.
    fn prove<'a>(
        &mut self,
        by: Sender,
        nonce: &Nonce,
        command: &'a [u8],
        signature: &Signature,
    ) -> Option<Command<'a>> {
        let member = self.open.get_mut(&by.room)?.members.get_mut(by.id)?;
        let read = Command::decode(command).ok()?;
        let turn = u32::try_from(read.turn()).ok()?;
        let next_turn = turn.checked_add(1)?;
        let message = signed::order(nonce, command);
        let is_proven =
            turn >= member.next_turn && is_signed(Some(&member.secrets.seat.0), &message, signature);
        if !is_proven {
            return None;
        }
        member.next_turn = next_turn;
        Some(read)
    }

    fn obey(
        &mut self,
        now: Instant,
        by: Sender,
        command: Command<'_>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), NotDone> {
        let Some(room) = self.open.get_mut(&by.room) else { return Ok(()) };
        let has_right = match command {
            Command::Kick { .. } | Command::Stop { .. } | Command::Lock { .. } | Command::Relock { .. } => {
                room.moderates(by.id)
            }
            Command::Hand { .. } => room.keeper == by.id,
            Command::Renew { .. } => true,
        };
        if !has_right {
            return Err(Denial::NotYours.into());
        }
        match command {
            Command::Kick { id, payload, .. } => self.kick(now, by, id, payload, effects),
            Command::Stop { payload, .. } => {
                if let Some(room) = self.open.remove(&by.room) {
                    self.end(&room, End::Stopped, Some(by.id), Some(payload), effects);
                    for member in room.members.iter() {
                        self.tombstones.bury(now, &self.limits, room.id, member, Refusal::Stopped);
                    }
                }
                Ok(())
            }
            Command::Lock { locked, .. } => {
                if std::mem::replace(&mut room.locked, locked) != locked {
                    room.tell(None, &DaemonFrame::Locked { locked, by: by.id }, effects);
                }
                Ok(())
            }
            Command::Relock { lock, gate, heart, staying, .. } => {
                self.relock(now, by, Relock { lock, gate, heart, staying }, effects)
            }
            Command::Renew { card, tag, .. } => self.renew(now, by, card, tag, effects),
            Command::Hand { id, payload, .. } => self.hand(by, id, payload, effects),
        }
    }

    fn kick(
        &mut self,
        now: Instant,
        by: Sender,
        id: Id,
        payload: &[u8],
        effects: &mut Vec<Effect>,
    ) -> Result<(), NotDone> {
        if id == by.id {
            return Err(Denial::NotYours.into());
        }
        let member = self.open.get(&by.room).and_then(|room| room.members.get(id));
        let connection = member.ok_or(Denial::NoSuchMember)?.connection();
        effects.extend(connection.map(|to| over(to, End::Kicked, Some(by.id), Some(payload))));
        if let Some(room) = self.give_up(now, by.room, id, Refusal::Kicked) {
            room.tell_of_departure(now, &DaemonFrame::Kicked { id, by: by.id, payload }, effects);
            room.appoint_keeper(effects);
        }
        Ok(())
    }

    /// To one who is present: others could not moderate meanwhile.
    fn hand(&mut self, by: Sender, id: Id, payload: &[u8], effects: &mut Vec<Effect>) -> Result<(), NotDone> {
        let Some(room) = self.open.get_mut(&by.room) else { return Ok(()) };
        let connection = room.members.get(id).and_then(Member::connection);
        if connection.is_none_or(|to| to == by.connection) {
            return Err(Denial::NoSuchMember.into());
        }
        room.keeper = id;
        room.tell(None, &DaemonFrame::Handed { id, by: by.id, payload }, effects);
        Ok(())
    }

    /// An alias that is not changed stays its member's own, even if a newcomer took it meanwhile.
    /// The tag of a card that crosses a relock is one behind the door before: it shows nothing of
    /// whether the box has arrived, and nobody asks for it any more.
    fn renew(
        &mut self,
        now: Instant,
        by: Sender,
        card: SealedCard<'_>,
        tag: Tag,
        effects: &mut Vec<Effect>,
    ) -> Result<(), NotDone> {
        let Some(room) = self.open.get_mut(&by.room) else { return Ok(()) };
        let is_in_use = room.members.is_in_use(&tag);
        let Some(member) = room.members.get_mut(by.id) else { return Ok(()) };
        let secrets = &mut *member.secrets;
        let is_same = secrets.tag == tag;
        let crosses = !is_same && secrets.boxed.as_ref().is_some_and(|kept| kept.former_tag == tag);
        if is_in_use && !is_same && !crosses {
            return Err(Denial::AliasInUse.into());
        }
        member.renewals.take(now, RENEWALS).map_err(|wait| NotDone::Denied(Denial::TooFast, wait))?;
        secrets.card = card.into();
        if is_same {
            secrets.boxed = None;
        } else if !crosses {
            secrets.tag = tag;
        }
        room.tell(None, &DaemonFrame::Renewed { id: by.id, card }, effects);
        Ok(())
    }
}
