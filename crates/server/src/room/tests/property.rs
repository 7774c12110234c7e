//! Whatever happens in whatever order: everybody is answered by the rules, everyone in a room sees
//! the same, and nobody else sees anything.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;

use super::world::{CONNECTIONS, Deed, Forgery, Ordered, Picture, World};
use super::*;
use crate::room::members::Secrets;

const ROOMS: u8 = 3;

/// What happens.
#[derive(Clone, Debug)]
enum Happening {
    Deed(Deed),
    /// A resume of one of the seats that there are or were.
    Resume(Index, bool),
    /// Of those in the room all but one, if there are others.
    RelockWithout(u64),
    Closed,
    Broke,
    Ended(End),
    Wait(u64),
    EndAll(End),
    Announce,
    Drain,
    Members(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    let end = prop_oneof![Just(End::TooSlow), Just(End::Flooding), Just(End::Malformed)];
    let all = prop_oneof![Just(End::Stopped), Just(End::ShuttingDown)];
    prop_oneof![
        72 => deed().prop_map(Happening::Deed),
        16 => (any::<Index>(), prop::bool::weighted(0.9))
            .prop_map(|(which, knows)| Happening::Resume(which, knows)),
        4 => (0..8u64).prop_map(Happening::RelockWithout),
        4 => Just(Happening::Closed),
        10 => Just(Happening::Broke),
        3 => end.prop_map(Happening::Ended),
        8 => (0..40u64).prop_map(Happening::Wait),
        1 => all.prop_map(Happening::EndAll),
        1 => (0..10u8).prop_map(|which| match which {
            0 | 1 => Happening::Announce,
            2 => Happening::Drain,
            _ => Happening::Wait(0),
        }),
        2 => (1..6usize).prop_map(Happening::Members),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let room = || (1..=ROOMS).prop_map(|number| RoomId([number; 5]));
    let rule = prop_oneof![Just(Rule::Keeper), Just(Rule::Everyone)];
    let ids = prop::collection::btree_set((0..12u64).prop_map(Id), 1..4);
    let forgery = prop_oneof![
        16 => Just(Forgery::None),
        1 => Just(Forgery::Key),
        1 => Just(Forgery::Nonce),
        1 => Just(Forgery::Turn),
    ];
    let knows = || prop::bool::weighted(0.9);
    prop_oneof![
        8 => (room(), 0..6u8, rule, knows())
            .prop_map(|(room, alias, rule, knows)| Deed::Create { room, alias, rule, knows }),
        28 => (room(), 0..6u8, knows()).prop_map(|(room, alias, knows)| Deed::Enter { room, alias, knows }),
        8 => Just(Deed::Say),
        6 => ids.prop_map(|ids| Deed::Pass(ids.into_iter().collect())),
        24 => (ordered(), forgery).prop_map(|(ordered, forgery)| Deed::Order(ordered, forgery)),
        4 => Just(Deed::Exit),
    ]
}

fn ordered() -> impl Strategy<Value = Ordered> {
    let id = || (0..12u64).prop_map(Id);
    let relock = (prop::collection::vec(id(), 0..5), prop::bool::weighted(0.2))
        .prop_map(|(staying, is_behind)| Ordered::Relock { staying, is_behind });
    prop_oneof![
        6 => id().prop_map(Ordered::Kick),
        1 => Just(Ordered::Stop),
        4 => prop::bool::weighted(0.3).prop_map(Ordered::Lock),
        2 => relock,
        8 => (0..6u8, prop::bool::weighted(0.2))
            .prop_map(|(alias, is_behind)| Ordered::Renew { alias, is_behind }),
        4 => id().prop_map(Ordered::Hand),
    ]
}

impl World {
    fn happens(&mut self, from: ConnectionId, happening: &Happening) {
        match happening {
            Happening::Deed(deed) => self.act(from, deed),
            Happening::Resume(which, knows) if !self.stays.is_empty() => {
                let stay = which.index(self.stays.len());
                self.act(from, &Deed::Resume { stay, knows: *knows });
            }
            Happening::Resume(..) => {}
            Happening::RelockWithout(id) => {
                let view = self.views.get(&from);
                let ids = view.into_iter().flat_map(|view| view.picture.members.keys().copied());
                let staying = ids.filter(|other| other.0 != *id).collect();
                let ordered = Ordered::Relock { staying, is_behind: false };
                self.act(from, &Deed::Order(ordered, Forgery::None));
            }
            Happening::Wait(seconds) => self.wait(Duration::from_secs(*seconds)),
            Happening::EndAll(end) => self.end_all(*end),
            Happening::Announce => self.announce(),
            Happening::Drain => self.drain(),
            Happening::Members(members) => self.set_members(*members),
            Happening::Closed => self.lose(from, Event::Closed),
            Happening::Broke => self.lose(from, Event::Broke),
            Happening::Ended(end) => self.end(from, *end),
        }
        self.check_rooms();
    }

    /// Holds every view against the rooms as they are inside, and these against what must always
    /// hold of them.
    pub(super) fn check_rooms(&self) {
        let World { rooms, now, observers, .. } = self;
        for (id, room) in &rooms.open {
            let members: Vec<_> = room.members.iter().collect();
            assert_eq!(room.id, *id);
            assert!(!members.is_empty(), "an empty room exists");
            assert!(room.members.get(room.keeper).is_some(), "the keeper holds no seat");
            assert!(members.is_sorted_by(|one, next| one.id < next.id), "not in order of arrival");
            assert_eq!(observers[id].picture, Picture::from(&**room), "wrongly told");
            let credit: Vec<_> = members.iter().map(|member| (member.id, member.credit)).collect();
            let seated = self.stays.iter().filter(|stay| stay.room == *id && stay.is_seated());
            assert_eq!(credit, seated.map(|stay| (stay.id, stay.credit)).collect::<Vec<_>>());
        }
        let away = rooms.open.values().flat_map(|room| room.members.iter());
        let away = away.filter_map(|member| match member.presence {
            Presence::Away(until) => Some(until),
            Presence::Here(_) => None,
        });
        let next = away.chain(rooms.tombstones.next_deadline()).min();
        assert_eq!(rooms.next_deadline(), next);
        assert!(next.is_none_or(|until| until > *now), "something is kept beyond its grace");
    }
}

impl From<&Room> for Picture {
    fn from(room: &Room) -> Self {
        let seated = |member: &Member| {
            let Secrets { entry, card, .. } = &*member.secrets;
            let (entry, card) = (entry.clone(), card.as_sealed().to_vec());
            (member.id, world::Seat { entry, card, away: member.connection().is_none() })
        };
        Self {
            room: room.id,
            keeper: room.keeper,
            locked: room.locked,
            lock: room.lock,
            heart: room.heart.as_sealed().to_vec(),
            said: room.said,
            order: room.order,
            members: room.members.iter().map(seated).collect(),
            is_keeper_untold: false,
        }
    }
}

proptest! {
    #[test]
    fn everybody_is_answered_by_the_rules_and_sees_the_room_as_it_is(
        happenings in prop::collection::vec((0..CONNECTIONS, happening()), 1..160),
    ) {
        let mut world = World::new(LIMITS);
        // These are the views that members would sign of a room that is open, by its order.
        let mut views = BTreeMap::new();
        for (number, happening) in &happenings {
            world.happens(ConnectionId(*number), happening);
            views.retain(|(room, _), _| world.observers.contains_key(room));
            for view in world.views.values() {
                let Picture { order, room, .. } = &view.picture;
                let before = *views.entry((*room, order.hash.0)).or_insert(view.picture.view());
                prop_assert_eq!(before, view.picture.view(), "two honest members differ");
            }
        }
        world.forsake();
    }
}
