//! Rooms that tests act in, and how a room stands then.

use std::collections::HashMap;

use super::*;

/// Rooms at a point in time. A member's card, seat key and nonce follow from the number of the
/// connection by which it entered; its alias is named by that of whose it is.
pub(super) struct House {
    pub(super) rooms: Rooms,
    pub(super) now: Instant,
    /// Of all that was told in `ROOM`.
    pub(super) order: Order,
    /// Whose seat key it is, where a seat was resumed.
    pub(super) resumed: HashMap<ConnectionId, ConnectionId>,
    pub(super) turn: u64,
}

/// The daemon's protections, by its own word.
const PROTECTIONS: u64 = 0b101;

impl House {
    pub(super) fn empty() -> Self {
        let (mut rooms, now) = (Rooms::new(LIMITS), Instant::now());
        rooms.set_protections(PROTECTIONS);
        Self { rooms, now, order: Order::new(ROOM), resumed: HashMap::new(), turn: 0 }
    }

    /// `ROOM` under this rule with these members, ids 1, 2, 3 … in this order, the first its
    /// keeper.
    pub(super) fn with(rule: Rule, members: &[ConnectionId]) -> Self {
        let mut house = Self::empty();
        house.first_frame(members[0], create(members[0], rule));
        for &member in &members[1..] {
            house.first_frame(member, enter(member, member));
        }
        assert_eq!(house.rooms.counts(), Counts { rooms: 1, members: members.len() });
        house
    }

    pub(super) fn on(&mut self, from: ConnectionId, event: Event<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.rooms.handle(self.now, from, event, &mut effects);
        self.hear(effects)
    }

    pub(super) fn first_frame(&mut self, from: ConnectionId, frame: ClientFrame<'_>) -> Vec<Effect> {
        self.on(from, Event::FirstFrame { frame, nonce: &nonce(from), place: None })
    }

    /// Takes the seat of who entered by the connection `whose`.
    pub(super) fn resume(&mut self, from: ConnectionId, id: u64, whose: ConnectionId) -> Vec<Effect> {
        self.resumed.insert(from, whose);
        self.first_frame(from, resume(from, id, whose))
    }

    pub(super) fn says(&mut self, from: ConnectionId, frame: ClientFrame<'_>) -> Vec<Effect> {
        self.on(from, Event::Frame { frame, nonce: &nonce(from) })
    }

    pub(super) fn orders(
        &mut self,
        from: ConnectionId,
        command: impl FnOnce(u64) -> Command<'static>,
    ) -> Vec<Effect> {
        let seat = self.resumed.get(&from).copied().unwrap_or(from);
        let command = command(self.turn).encode();
        self.turn += 1;
        self.says(from, order(from, seat, &command))
    }

    pub(super) fn kicks(&mut self, from: ConnectionId, id: u64) -> Vec<Effect> {
        self.orders(from, |turn| Command::Kick { turn, id: Id(id), payload: VOICE })
    }

    pub(super) fn stops(&mut self, from: ConnectionId) -> Vec<Effect> {
        self.orders(from, |turn| Command::Stop { turn, payload: VOICE })
    }

    pub(super) fn locks(&mut self, from: ConnectionId, locked: bool) -> Vec<Effect> {
        self.orders(from, |turn| Command::Lock { turn, locked })
    }

    pub(super) fn hands(&mut self, from: ConnectionId, id: u64) -> Vec<Effect> {
        self.orders(from, |turn| Command::Hand { turn, id: Id(id), payload: VOICE })
    }

    /// To another card with the tag of this alias.
    pub(super) fn renews(&mut self, from: ConnectionId, alias: ConnectionId) -> Vec<Effect> {
        self.orders(from, |turn| Command::Renew { turn, card: renewed_card(alias), tag: tag(alias) })
    }

    /// From this lock number to the next; those stay who are named by id and alias.
    pub(super) fn relocks(
        &mut self,
        from: ConnectionId,
        lock: u32,
        staying: &[(u64, ConnectionId)],
    ) -> Vec<Effect> {
        let stays = |&(id, alias): &(u64, ConnectionId)| Staying {
            id: Id(id),
            tag: tag(alias),
            door: door(id, lock + 1),
        };
        let (gate, heart) = (gate(ROOM, lock + 1), relocked_heart());
        let staying = staying.iter().map(stays).collect();
        self.orders(from, |turn| Command::Relock { turn, lock, gate, heart, staying })
    }

    /// Lets time pass and gives up the seats whose grace has run out.
    pub(super) fn after(&mut self, time: Duration) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.now += time;
        self.rooms.tick(self.now, &mut effects);
        self.hear(effects)
    }

    pub(super) fn present(&self) -> Vec<ConnectionId> {
        self.rooms.present(&ROOM).collect()
    }

    /// Counts what is told in `ROOM`.
    fn hear(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        for effect in &effects {
            if let Effect::Room { room: ROOM, frame, .. } = effect
                && DaemonFrame::decode(frame).unwrap().is_in_order()
            {
                self.order.push(frame);
            }
        }
        effects
    }

    /// How `ROOM` stands, kept by its first member, unlocked and silent so far; of each member id,
    /// by which connection it entered, whether it is away.
    pub(super) fn standing<'a>(&self, members: &'a [(u64, ConnectionId, bool)]) -> Standing<'a> {
        let (keeper, order, heart) = (members[0].0, self.order, heart());
        Standing { keeper, locked: false, lock: 0, heart, said: 0, order, members, boxed: None }
    }
}

/// How a room stands, as `welcome` tells it.
#[derive(Clone)]
pub(super) struct Standing<'a> {
    pub(super) keeper: u64,
    pub(super) locked: bool,
    pub(super) lock: u32,
    pub(super) heart: SealedHeart<'static>,
    pub(super) said: u64,
    pub(super) order: Order,
    pub(super) members: &'a [(u64, ConnectionId, bool)],
    pub(super) boxed: Option<(u64, &'static [u64], SealedDoor)>,
}

impl Standing<'_> {
    pub(super) fn welcome(&self, whom: ConnectionId, you: u64) -> Effect {
        let seated =
            |&(id, from, away)| Seated { id: Id(id), entry: nonce(from).entry(), card: card(from), away };
        let frame = DaemonFrame::Welcome {
            you: Id(you),
            keeper: Id(self.keeper),
            locked: self.locked,
            lock: self.lock,
            heart: self.heart,
            said: self.said,
            count: self.order.count,
            order: self.order.hash,
            protections: PROTECTIONS,
            members: self.members.iter().map(seated).collect(),
            boxed: self.boxed.clone().map(|(by, stayed, door)| {
                (Id(by), Hash::of_staying(&stayed.iter().copied().map(Id).collect::<Vec<_>>()), door)
            }),
        };
        to(whom, &frame)
    }
}
