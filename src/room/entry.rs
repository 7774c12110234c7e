//! The first frame of a connection: `create`, `enter`, `resume`, and every refusal.

use super::members::{Members, Presence, Secrets};
use super::one_room::Room;
use super::{ConnectionId, Effect, Rooms, gate, over};
use sanctuary_wire::{
    ClientFrame, DaemonFrame, Departure, End, Gate, Id, Nonce, Proof, Refusal, RoomId, Rule, SeatToken, Tag,
};

impl Rooms {
    pub(super) fn admit(
        &mut self,
        from: ConnectionId,
        frame: ClientFrame<'_>,
        nonce: &Nonce,
        token: SeatToken,
        effects: &mut Vec<Effect>,
    ) {
        let answer = match frame {
            ClientFrame::Create { room, gate, card, tag, rule, code: _ } => {
                self.create(from, room, gate, rule, Secrets::new(token, tag, card), effects)
            }
            ClientFrame::Enter { room, proof, card, tag } => self
                .check_entry(room, &proof, nonce, &tag)
                .map(|given_up| self.enter(from, room, given_up, Secrets::new(token, tag, card), effects)),
            ClientFrame::Resume { room, seat } => self.resume(from, room, &seat, effects),
            _ => Err(Refusal::Malformed),
        };
        if let Err(why) = answer {
            let frame = DaemonFrame::Refused(why).encode().into();
            effects.push(Effect::Close { to: from, frame: Some(frame), code: Refusal::CLOSE_CODE });
        }
    }

    fn create(
        &mut self,
        from: ConnectionId,
        id: RoomId,
        gate: Gate,
        rule: Rule,
        secrets: Secrets,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        if !gate::is_sound(&gate) {
            return Err(Refusal::Malformed);
        }
        if self.open.contains_key(&id) {
            return Err(Refusal::Taken);
        }
        if self.open.len() >= self.limits.rooms {
            return Err(Refusal::Busy);
        }
        let mut members = Members::new();
        let keeper = members.add(from, secrets);
        let room = Room { id, gate, rule, keeper, locked: false, said: 0, members };
        room.welcome(keeper, effects);
        self.open.insert(id, Box::new(room));
        self.index.insert(id, keeper, Presence::Here(from));
        Ok(())
    }

    /// Whether a newcomer may enter, and which away seat of the same alias it replaces. The proof
    /// is checked first: only those who know the password learn whether the room is locked or full.
    fn check_entry(
        &self,
        id: RoomId,
        proof: &Proof,
        nonce: &Nonce,
        tag: &Tag,
    ) -> Result<Option<Id>, Refusal> {
        let room = self.open.get(&id);
        let is_proven = gate::opens(room.map(|room| &room.gate), nonce, id, proof);
        let Some(room) = room else { return Err(Refusal::NoEntry) };
        if !is_proven {
            return Err(Refusal::NoEntry);
        }
        if room.locked {
            return Err(Refusal::Locked);
        }
        match room.members.by_tag(tag) {
            Some(member) if member.connection().is_some() => Err(Refusal::AliasInUse),
            Some(member) => Ok(Some(member.id)),
            None if room.members.len() >= self.limits.members => Err(Refusal::Full),
            None => Ok(None),
        }
    }

    /// The newcomer gets its seat before a new keeper is appointed for the seat that it replaces.
    /// Thus the room is never empty in between, and nobody who is away becomes keeper while
    /// somebody is there.
    fn enter(
        &mut self,
        from: ConnectionId,
        id: RoomId,
        given_up: Option<Id>,
        secrets: Secrets,
        effects: &mut Vec<Effect>,
    ) {
        let Some(room) = self.open.get_mut(&id) else { return };
        if let Some(left) = given_up.and_then(|who| room.members.remove(who)) {
            self.index.remove(id, left.id, left.presence);
            let frame = DaemonFrame::Left { id: left.id, how: Departure::Gone, by: None };
            room.tell(Some(from), &frame, effects);
        }
        let who = room.members.add(from, secrets);
        self.index.insert(id, who, Presence::Here(from));
        room.appoint_keeper(Some(from), effects);
        if let Some(newcomer) = room.members.get(who) {
            room.tell(
                Some(from),
                &DaemonFrame::Joined { id: who, card: newcomer.secrets.card.as_sealed() },
                effects,
            );
        }
        room.welcome(who, effects);
    }

    /// The seat keeps its token: if this connection breaks before the `welcome` arrives, the
    /// client's token is still valid.
    fn resume(
        &mut self,
        from: ConnectionId,
        id: RoomId,
        token: &SeatToken,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let who = self.open.get(&id).and_then(|room| room.members.by_token(token)).ok_or(Refusal::NoEntry)?;
        let before = self.set_presence(id, who, Presence::Here(from));
        let Some(room) = self.open.get(&id) else { return Ok(()) };
        if let Some(Presence::Here(old)) = before {
            effects.push(over(old, End::ResumedElsewhere, None));
        }
        // Told after a takeover too, for the client may not have read all that was sent on its old
        // connection.
        room.tell(Some(from), &DaemonFrame::Back(who), effects);
        room.welcome(who, effects);
        Ok(())
    }
}
