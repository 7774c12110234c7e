//! Whatever happens in whatever order: everyone in a room sees the same, and nobody else sees
//! anything.

use proptest::prelude::*;
use proptest::sample::Index;

use super::world::{CONNECTIONS, Picture, World};
use super::*;

const ROOMS: u8 = 3;

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

impl World {
    fn act(&mut self, from: ConnectionId, deed: &Deed) {
        match deed {
            Deed::Wait(seconds) => self.wait(Duration::from_secs(*seconds)),
            Deed::EndAll(end) => self.end_all(*end),
            Deed::Members(members) => self.rooms.set_limits(Limits { members: *members, ..LIMITS }),
            Deed::Closed => self.lose(from, Event::Closed),
            Deed::Broke => self.lose(from, Event::Broke),
            Deed::Ended(end) => self.end(from, *end),
            _ => self.send(from, deed),
        }
        self.check_rooms();
    }

    fn send(&mut self, from: ConnectionId, deed: &Deed) {
        let (was_member, card) = (self.rooms.is_member(from), [mark(from); 9]);
        let (frame, lets_in) = match deed {
            Deed::Create { room, alias, rule, sound } => {
                let (room, tag) = (*room, Tag([*alias; 16]));
                let gate = if *sound { gate(room) } else { Gate([0; 32]) };
                (
                    ClientFrame::Create { room, gate, card: (&card).into(), tag, rule: *rule, code: None },
                    *sound,
                )
            }
            Deed::Enter { room, alias, knows } => {
                let (room, tag) = (*room, Tag([*alias; 16]));
                let proof = proof(if *knows { room } else { RoomId([99; 5]) }, from, room);
                (ClientFrame::Enter { room, proof, card: (&card).into(), tag }, *knows)
            }
            Deed::Resume { token: Some(index) } if !self.seats.is_empty() => {
                let (room, seat, _) = index.get(&self.seats).clone();
                (ClientFrame::Resume { room, seat }, true)
            }
            Deed::Resume { .. } => {
                (ClientFrame::Resume { room: RoomId([1; 5]), seat: self.fresh_seat() }, false)
            }
            Deed::Pass(ids) => {
                let passes: Vec<_> = ids.iter().map(|id| (Id(*id), b"psst".as_slice())).collect();
                (ClientFrame::Pass(passes.try_into().unwrap()), false)
            }
            Deed::Kick(id) => (ClientFrame::Kick(Id(*id)), false),
            Deed::Stop => (ClientFrame::Stop, false),
            Deed::Exit => (ClientFrame::Exit, false),
            Deed::Lock(locked) => (ClientFrame::Lock(*locked), false),
            _ => (ClientFrame::Say { payload: b"hear me" }, false),
        };
        assert!(!self.frame(from, frame) || was_member || lets_in, "let in without right");
    }

    /// Holds every view against the rooms as they are inside, and these against what must always
    /// hold of them.
    fn check_rooms(&self) {
        let World { rooms, now, views, .. } = self;
        let mut deadlines = Vec::new();
        for (id, room) in &rooms.open {
            let members: Vec<_> = room.members.iter().collect();
            assert_eq!(room.id, *id);
            assert!(!members.is_empty(), "an empty room exists");
            assert!(room.members.get(room.keeper).is_some(), "the keeper holds no seat");
            assert!(members.is_sorted_by(|one, next| one.id < next.id), "not in order of arrival");
            let tags: Vec<&Tag> = members.iter().map(|member| &member.secrets.tag).collect();
            assert!(tags.iter().enumerate().all(|(at, tag)| !tags[..at].contains(tag)), "an alias twice");
            deadlines.extend(members.iter().filter_map(|member| match member.presence {
                Presence::Away(until) => Some(until),
                Presence::Here(_) => None,
            }));
        }
        let members = rooms.open.values().map(|room| room.members.len()).sum();
        assert_eq!(rooms.counts(), Counts { rooms: rooms.open.len(), members });
        assert_eq!(rooms.next_deadline(), deadlines.iter().min().copied());
        assert!(deadlines.iter().all(|until| until > now), "a seat is kept beyond its grace");
        for view in views.values() {
            assert_eq!(view.picture, Picture::from(&*rooms.open[&view.picture.room]), "wrongly told");
        }
    }
}

impl From<&Room> for Picture {
    fn from(room: &Room) -> Self {
        let Room { id, rule, keeper, locked, said, members, .. } = room;
        let seated = |member: &Member| {
            (member.id, (member.secrets.card.as_sealed().to_vec(), member.connection().is_none()))
        };
        let members = members.iter().map(seated).collect();
        Self { room: *id, rule: *rule, keeper: *keeper, locked: *locked, said: *said, members }
    }
}

proptest! {
    #[test]
    fn all_members_see_the_room_as_it_is_and_nobody_else_sees_anything(
        deeds in prop::collection::vec((0..CONNECTIONS, deed()), 1..120),
    ) {
        let mut world = World::new(LIMITS);
        for (number, deed) in &deeds {
            world.act(ConnectionId(*number), deed);
        }
        world.forsake(GRACE);
    }
}
