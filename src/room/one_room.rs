//! One room: its seats, its keeper, its lock, and what it tells its members.

use bytes::Bytes;

use super::members::{Member, Members};
use super::{ConnectionId, Effect};
use sanctuary_wire::{DaemonFrame, End, Gate, Id, RoomId, Rule, Seated};

pub(super) struct Room {
    pub(super) id: RoomId,
    pub(super) gate: Gate,
    pub(super) rule: Rule,
    pub(super) keeper: Id,
    pub(super) locked: bool,
    /// How many messages it has had.
    pub(super) said: u64,
    pub(super) members: Members,
}

impl Room {
    /// Whether this member may kick, stop and lock.
    pub(super) fn moderates(&self, id: Id) -> bool {
        self.rule == Rule::Everyone || self.keeper == id
    }

    /// Tells all present members but `except`.
    pub(super) fn tell(
        &self,
        except: Option<ConnectionId>,
        frame: &DaemonFrame<'_>,
        effects: &mut Vec<Effect>,
    ) {
        effects.push(Effect::Room { room: self.id, except, frame: frame.encode().into() });
    }

    /// Makes another member keeper if the keeper has left, and tells all but `except`.
    pub(super) fn appoint_keeper(&mut self, except: Option<ConnectionId>, effects: &mut Vec<Effect>) {
        if self.members.get(self.keeper).is_some() {
            return;
        }
        if let Some(successor) = self.members.successor() {
            self.keeper = successor;
            self.tell(except, &DaemonFrame::Keeper(successor), effects);
        }
    }

    /// Tells a present member the state of the room.
    pub(super) fn welcome(&self, id: Id, effects: &mut Vec<Effect>) {
        let Some(member) = self.members.get(id) else { return };
        let Some(to) = member.connection() else { return };
        let frame = DaemonFrame::Welcome {
            you: id,
            seat: member.secrets.token.clone(),
            rule: self.rule,
            keeper: self.keeper,
            locked: self.locked,
            said: self.said,
            members: self.members.iter().map(seated).collect(),
        };
        effects.push(Effect::One { to, frame: frame.encode().into() });
    }

    /// Ends every connection of the room for the same reason.
    pub(super) fn end(&self, end: End, by: Option<Id>, effects: &mut Vec<Effect>) {
        let frame = Bytes::from(DaemonFrame::Over { end, by }.encode());
        effects.extend(self.members.present().map(|to| Effect::Close {
            to,
            frame: Some(frame.clone()),
            code: end.close_code(),
        }));
    }
}

fn seated(member: &Member) -> Seated<'_> {
    Seated { id: member.id, card: member.secrets.card.as_sealed(), away: member.connection().is_none() }
}
