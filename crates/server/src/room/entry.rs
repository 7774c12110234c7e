//! The first frame of a connection: `create`, `enter`, and every refusal. `resume` is beside this.

use std::time::{Duration, Instant};

use super::effect::refused;
use super::members::{Members, Newcomer, Presence};
use super::one_room::Room;
use super::resume::Claim;
use super::signatures::{is_signed, is_signed_by_checked};
use super::{ConnectionId, Effect, Place, Rooms};
use crate::rate::{Rate, TokenBucket};
use sanctuary_wire::{
    ClientFrame, DaemonFrame, Gate, Nonce, Order, Refusal, RoomId, Rule, SealedHeart, signed,
};

/// Into one room as many may enter at once as may be its members, and one more after each interval:
/// each makes everybody there do something.
const ENTRY: Duration = Duration::from_secs(1);

/// When to try again where there is no telling when there will be a place.
const ANOTHER_TIME: Duration = Duration::from_secs(30);

/// A daemon that comes back says at the least so, though its time is over: zero is one that does not.
pub(super) const COMES_BACK: Duration = Duration::from_millis(1);

/// A refusal, and after what time to try again, zero where that does not help.
pub(super) struct NotIn(pub(super) Refusal, pub(super) Duration);

impl From<Refusal> for NotIn {
    fn from(why: Refusal) -> Self {
        Self(why, Duration::ZERO)
    }
}

impl Rooms {
    pub(super) fn admit(
        &mut self,
        now: Instant,
        from: ConnectionId,
        frame: ClientFrame<'_>,
        nonce: &Nonce,
        place: Option<Place>,
        effects: &mut Vec<Effect>,
    ) {
        let answer = match frame {
            ClientFrame::Create { room, gate, heart, seat, card, tag, rule, signature, code: _ } => {
                let message = signed::create(nonce, room, &gate, heart, rule, &seat, card, &tag);
                if is_signed(Some(&gate.0), &message, &signature) {
                    let entry = nonce.entry();
                    let newcomer = Newcomer { connection: from, seat, entry, tag, card, place };
                    self.create(now, room, gate, heart, rule, newcomer, effects)
                } else {
                    Err(Refusal::Malformed.into())
                }
            }
            ClientFrame::Enter { room, seat, card, tag, signature } => {
                let message = signed::enter(nonce, room, &seat, card, &tag);
                let gate = self.open.get(&room).map(|room| &room.gate.0);
                if is_signed_by_checked(gate, &message, &signature) {
                    let entry = nonce.entry();
                    let newcomer = Newcomer { connection: from, seat, entry, tag, card, place };
                    self.enter(now, room, newcomer, effects)
                } else {
                    Err(Refusal::NoEntry.into())
                }
            }
            ClientFrame::Resume { room, id, signature } => {
                self.resume(now, from, &Claim { room, id, nonce, signature }, effects)
            }
            _ => Err(Refusal::Malformed.into()),
        };
        if let Err(NotIn(why, wait)) = answer {
            effects.push(refused(from, why, wait));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all that a room begins with")]
    fn create(
        &mut self,
        now: Instant,
        id: RoomId,
        gate: Gate,
        heart: SealedHeart<'_>,
        rule: Rule,
        creator: Newcomer<'_>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), NotIn> {
        if let Some(wait) = self.closed_for(now) {
            return Err(NotIn(Refusal::Draining, wait));
        }
        if self.open.contains_key(&id) {
            return Err(Refusal::Taken.into());
        }
        if self.open.len() >= self.limits.rooms {
            return Err(NotIn(Refusal::Busy, ANOTHER_TIME));
        }
        let (connection, mut members) = (creator.connection, Members::new());
        let keeper = members.add(now, creator);
        let mut room = Room {
            id,
            gate,
            heart: heart.into(),
            rule,
            keeper,
            locked: false,
            lock: 0,
            said: 0,
            order: Order::new(id),
            entries: TokenBucket::full(now),
            departures: TokenBucket::full(now),
            members,
        };
        room.welcome(keeper, self.protections, effects);
        self.open.insert(id, Box::new(room));
        self.index.insert(id, keeper, Presence::Here(connection));
        Ok(())
    }

    /// Lets somebody in who proved the password. Only they learn whether the room is locked or
    /// full.
    fn enter(
        &mut self,
        now: Instant,
        id: RoomId,
        newcomer: Newcomer<'_>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), NotIn> {
        let Some(room) = self.open.get_mut(&id) else { return Err(Refusal::NoEntry.into()) };
        if room.locked {
            return Err(Refusal::Locked.into());
        }
        if room.members.is_in_use(&newcomer.tag) {
            return Err(Refusal::AliasInUse.into());
        }
        if room.members.len() >= self.limits.members {
            return Err(Refusal::Full.into());
        }
        let at_once = u32::try_from(self.limits.members).unwrap_or(u32::MAX);
        let rate = Rate { burst: at_once, every: ENTRY };
        room.entries.take(now, rate).map_err(|wait| NotIn(Refusal::Busy, wait))?;
        let (from, entry, card) = (newcomer.connection, newcomer.entry.clone(), newcomer.card);
        let who = room.members.add(now, newcomer);
        self.index.insert(id, who, Presence::Here(from));
        room.tell(Some(from), &DaemonFrame::Joined { id: who, entry, card }, effects);
        room.welcome(who, self.protections, effects);
        Ok(())
    }
}
