//! `resume`: a member takes its seat again, or learns why it has none any more.

use std::time::{Duration, Instant};

use super::entry::NotIn;
use super::members::Presence;
use super::signatures::is_signed;
use super::{ConnectionId, Effect, Rooms, over};
use crate::rate::Rate;
use sanctuary_wire::{DaemonFrame, End, Id, Nonce, Refusal, RoomId, Signature, signed};

/// How often one seat may be resumed: each time everybody is told.
const RESUMES: Rate = Rate { burst: 8, every: Duration::from_secs(5) };

/// What a `resume` says.
pub(super) struct Claim<'a> {
    pub(super) room: RoomId,
    pub(super) id: Id,
    pub(super) nonce: &'a Nonce,
    pub(super) signature: Signature,
}

impl Rooms {
    pub(super) fn resume(
        &mut self,
        now: Instant,
        from: ConnectionId,
        claim: &Claim<'_>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), NotIn> {
        let Claim { room: id, id: who, .. } = *claim;
        let member = self.open.get_mut(&id).and_then(|room| room.members.get_mut(who));
        if !claim.is_by(member.as_ref().map(|member| &member.secrets.seat.0)) {
            return Err(self.why_given_up(claim).into());
        }
        let Some(member) = member else { return Err(Refusal::NoEntry.into()) };
        member.resumes.take(now, RESUMES).map_err(|wait| NotIn(Refusal::Busy, wait))?;
        member.next_turn = 0;
        if let Some(Presence::Here(old)) = self.set_presence(id, who, Presence::Here(from)) {
            effects.push(over(old, End::ResumedElsewhere, None, None));
        }
        let Some(room) = self.open.get_mut(&id) else { return Ok(()) };
        // Told after a takeover too, for the client may not have read all that was sent on its old
        // connection.
        room.tell(Some(from), &DaemonFrame::Back(who), effects);
        room.welcome(who, self.protections, effects);
        Ok(())
    }

    /// Told only to who signs by the key of the seat that was given up.
    fn why_given_up(&self, claim: &Claim<'_>) -> Refusal {
        let given_up = self.tombstones.get(claim.room, claim.id);
        let is_its_own = claim.is_by(given_up.map(|tombstone| &tombstone.seat.0));
        given_up.filter(|_| is_its_own).map_or(Refusal::NoEntry, |tombstone| tombstone.cause)
    }
}

impl Claim<'_> {
    fn is_by(&self, seat: Option<&[u8; 32]>) -> bool {
        is_signed(seat, &signed::resume(self.nonce, self.room, self.id), &self.signature)
    }
}
