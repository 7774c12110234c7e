//! One room: its seats, its keeper, its lock, and what it tells its members.

use std::time::{Duration, Instant};

use bytes::Bytes;

use super::members::{Member, Members};
use super::{ConnectionId, Effect};
use crate::rate::{Rate, TokenBucket};
use sanctuary_wire::{DaemonFrame, End, Gate, Id, KeptHeart, Order, RoomId, Rule, Seated};

/// So many departures give credit for new chains, which bounds what a member who leaves and enters
/// again and again lends the others in free passes.
const DEPARTURES: Rate = Rate { burst: 4, every: Duration::from_secs(1) };

#[cfg_attr(test, derive(Clone))]
pub(super) struct Room {
    pub(super) id: RoomId,
    pub(super) gate: Gate,
    pub(super) heart: KeptHeart,
    pub(super) rule: Rule,
    pub(super) keeper: Id,
    pub(super) locked: bool,
    /// How often it was given another password.
    pub(super) lock: u32,
    /// How many messages it has had.
    pub(super) said: u64,
    /// All that its members were told alike.
    pub(super) order: Order,
    /// How many may enter.
    pub(super) entries: TokenBucket,
    /// How many departures may give credit.
    pub(super) departures: TokenBucket,
    pub(super) members: Members,
}

impl Room {
    /// Whether this member may kick, stop, lock and relock.
    pub(super) fn moderates(&self, id: Id) -> bool {
        self.rule == Rule::Everyone || self.keeper == id
    }

    /// Tells all present members but `except`. Every frame of the room's order goes through here.
    pub(super) fn tell(
        &mut self,
        except: Option<ConnectionId>,
        frame: &DaemonFrame<'_>,
        effects: &mut Vec<Effect>,
    ) {
        debug_assert!(frame.is_in_order());
        let encoded = Bytes::from(frame.encode());
        self.order.push(&encoded);
        if let DaemonFrame::Joined { .. } | DaemonFrame::Back(_) | DaemonFrame::Renewed { .. } = frame {
            // Each hands its chain to this one.
            self.members.give_credit(1);
        }
        effects.push(Effect::Room { room: self.id, except, frame: encoded });
    }

    /// Tells all of a departure, after which each hands a new chain to all.
    pub(super) fn tell_of_departure(
        &mut self,
        now: Instant,
        frame: &DaemonFrame<'_>,
        effects: &mut Vec<Effect>,
    ) {
        let counts = self.departures.take(now, DEPARTURES).is_ok();
        self.members.give_credit(if counts { self.members.count() } else { 0 });
        self.tell(None, frame, effects);
    }

    /// Makes another member keeper if the keeper has left, and tells all.
    pub(super) fn appoint_keeper(&mut self, effects: &mut Vec<Effect>) {
        if self.members.get(self.keeper).is_some() {
            return;
        }
        if let Some(successor) = self.members.successor() {
            self.keeper = successor;
            self.tell(None, &DaemonFrame::Keeper(successor), effects);
        }
    }

    /// Tells a member that has entered or come back the state of the room.
    pub(super) fn welcome(&mut self, id: Id, protections: u64, effects: &mut Vec<Effect>) {
        self.members.give_first_credit(id);
        let Some(member) = self.members.get(id) else { return };
        let Some(to) = member.connection() else { return };
        let frame = DaemonFrame::Welcome {
            you: id,
            keeper: self.keeper,
            locked: self.locked,
            lock: self.lock,
            heart: self.heart.as_sealed(),
            said: self.said,
            count: self.order.count,
            order: self.order.hash,
            protections,
            members: self.members.iter().map(seated).collect(),
            boxed: member.secrets.boxed.as_deref().map(|kept| (kept.by, kept.staying, kept.door.clone())),
        };
        effects.push(Effect::One { to, frame: frame.encode().into() });
    }

    /// Ends every connection of the room for the same reason.
    pub(super) fn end(&self, end: End, by: Option<Id>, payload: Option<&[u8]>, effects: &mut Vec<Effect>) {
        let frame = Bytes::from(DaemonFrame::Over { end, by, payload }.encode());
        effects.extend(self.members.present().map(|to| Effect::Close {
            to,
            frame: Some(frame.clone()),
            code: end.close_code(),
        }));
    }
}

fn seated(member: &Member) -> Seated<'_> {
    Seated {
        id: member.id,
        entry: member.secrets.entry.clone(),
        card: member.secrets.card.as_sealed(),
        away: member.connection().is_none(),
    }
}
