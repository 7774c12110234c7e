//! Whatever happens in whatever order: everyone in a room sees the same, and nobody else sees anything.

use proptest::prelude::*;
use proptest::sample::Index;

use super::clients::{Clients, check_rooms};
use super::*;

const ROOMS: u8 = 3;
const CONNECTIONS: usize = 8;

/// What one connection does.
#[derive(Clone, Debug)]
enum Deed {
    Create { room: RoomId, alias: u8, rule: Rule, sound: bool },
    Enter { room: RoomId, alias: u8, knows: bool },
    Resume { token: Option<Index> },
    Say,
    Pass(Vec<u64>),
    Kick(u64),
    Stop,
    Exit,
    Lock(bool),
    Closed,
    Broke,
    Ended(End),
    Wait(u64),
    EndAll(End),
    Members(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let room = || (1..=ROOMS).prop_map(|number| RoomId([number; 5]));
    let rule = prop_oneof![Just(Rule::Keeper), Just(Rule::Everyone)];
    let end = prop_oneof![Just(End::TooSlow), Just(End::Flooding), Just(End::Malformed)];
    let all = prop_oneof![Just(End::Stopped), Just(End::ShuttingDown)];
    prop_oneof![
        8 => (room(), 0..6u8, rule, prop::bool::weighted(0.9))
            .prop_map(|(room, alias, rule, sound)| Deed::Create { room, alias, rule, sound }),
        24 => (room(), 0..6u8, prop::bool::weighted(0.9))
            .prop_map(|(room, alias, knows)| Deed::Enter { room, alias, knows }),
        12 => prop::option::weighted(0.9, any::<Index>()).prop_map(|token| Deed::Resume { token }),
        8 => Just(Deed::Say),
        6 => prop::collection::vec(0..12u64, 1..4).prop_map(Deed::Pass),
        6 => (0..12u64).prop_map(Deed::Kick),
        1 => Just(Deed::Stop),
        4 => Just(Deed::Exit),
        4 => prop::bool::weighted(0.3).prop_map(Deed::Lock),
        4 => Just(Deed::Closed),
        10 => Just(Deed::Broke),
        3 => end.prop_map(Deed::Ended),
        6 => (0..40u64).prop_map(Deed::Wait),
        1 => all.prop_map(Deed::EndAll),
        2 => (1..5usize).prop_map(Deed::Members),
    ]
}

/// Rooms, their clients, and a count from which fresh tokens are made.
struct World {
    house: House,
    clients: Clients,
    drawn: u64,
}

impl World {
    fn fresh(&mut self) -> Seat {
        self.drawn += 1;
        let mut seat = Seat([0; 16]);
        seat.0[..8].copy_from_slice(&self.drawn.to_be_bytes());
        seat
    }

    fn act(&mut self, from: ConnectionId, deed: &Deed) {
        let mut effects = Vec::new();
        match deed {
            Deed::Wait(seconds) => effects = self.house.after(Duration::from_secs(*seconds)),
            Deed::EndAll(end) => self.house.rooms.end_all(*end, &mut effects),
            Deed::Members(members) => {
                self.house.rooms.set_limits(Limits { members: *members, ..LIMITS });
            }
            Deed::Closed => effects = self.lost(from, Event::Closed),
            Deed::Broke => effects = self.lost(from, Event::Broke),
            Deed::Ended(end) => effects = self.house.on(from, Event::Ended(*end)),
            _ => effects = self.frame(from, deed),
        }
        let actor = (!matches!(deed, Deed::Wait(_) | Deed::EndAll(_))).then_some(from);
        self.clients.deliver(&self.house.rooms, actor, &effects);
        self.clients.check(&self.house.rooms);
        check_rooms(&self.house.rooms, self.house.now);
        for number in 0..CONNECTIONS {
            let connection = ConnectionId(number);
            let sits = self.house.rooms.is_member(connection);
            assert_eq!(sits, self.clients.views.contains_key(&connection));
        }
    }

    /// The connection is no more when the rooms hear of it.
    fn lost(&mut self, from: ConnectionId, event: Event<'_>) -> Vec<Effect> {
        self.clients.views.remove(&from);
        self.house.on(from, event)
    }

    fn frame(&mut self, from: ConnectionId, deed: &Deed) -> Vec<Effect> {
        let card = [mark(from); 9];
        let frame = match deed {
            Deed::Create { room, alias, rule, sound } => ClientFrame::Create {
                room: *room,
                gate: if *sound { gate(*room) } else { Gate([0; 32]) },
                card: &card,
                tag: Tag([*alias; 16]),
                rule: *rule,
                code: None,
            },
            Deed::Enter { room, alias, knows } => {
                let password = if *knows { *room } else { RoomId([99; 5]) };
                let proof = proof(password, from, *room);
                ClientFrame::Enter { room: *room, proof, card: &card, tag: Tag([*alias; 16]) }
            }
            Deed::Resume { token: Some(index) } if !self.clients.tokens.is_empty() => {
                let (room, seat, _) = index.get(&self.clients.tokens).clone();
                ClientFrame::Resume { room, seat }
            }
            Deed::Resume { .. } => ClientFrame::Resume { room: RoomId([1; 5]), seat: self.fresh() },
            Deed::Pass(ids) => {
                ClientFrame::Pass(ids.iter().map(|id| (Id(*id), b"psst".as_slice())).collect())
            }
            Deed::Kick(id) => ClientFrame::Kick(Id(*id)),
            Deed::Stop => ClientFrame::Stop,
            Deed::Exit => ClientFrame::Exit,
            Deed::Lock(locked) => ClientFrame::Lock(*locked),
            _ => ClientFrame::Say { payload: b"hear me" },
        };
        if self.house.rooms.is_member(from) {
            return self.house.says(from, frame);
        }
        let (seat, nonce) = (self.fresh(), nonce(from));
        let effects = self.house.on(from, Event::FirstFrame { frame, nonce: &nonce, seat });
        let opens = match deed {
            Deed::Create { sound, .. } => *sound,
            Deed::Enter { knows, .. } => *knows,
            Deed::Resume { token } => token.is_some(),
            _ => false,
        };
        assert!(opens || matches!(effects[..], [Effect::Close { code: 4000, .. }]), "let in without right");
        effects
    }
}

proptest! {
    #[test]
    fn all_members_see_the_room_as_it_is_and_nobody_else_sees_anything(
        deeds in prop::collection::vec((0..CONNECTIONS, deed()), 1..120),
    ) {
        let mut world = World { house: House::empty(), clients: Clients::default(), drawn: 0 };
        for (number, deed) in &deeds {
            world.act(ConnectionId(*number), deed);
        }
    }
}
