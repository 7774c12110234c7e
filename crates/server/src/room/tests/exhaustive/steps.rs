//! What can happen in a world.

use std::time::Duration;

use super::super::world::{Deed, Forgery, Ordered, View, World};
use super::super::{ConnectionId, End, GRACE, Id, Rule};
use sanctuary_wire::RoomId;

pub(super) const CONNECTIONS: usize = 3;

/// Each under another rule.
const ROOMS: [(RoomId, Rule); 2] = [(RoomId([1; 5]), Rule::Keeper), (RoomId([2; 5]), Rule::Everyone)];

/// An alias that anybody may take beside its own, which is its connection's number.
const SHARED: u8 = 9;

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Deed(ConnectionId, Deed),
    Closed(ConnectionId),
    Broke(ConnectionId),
    Ended(ConnectionId, End),
    Wait(Duration),
    Announce,
    EndAll,
}

/// Its name, how many steps a search goes from it, and the steps to it.
type Beginning = (&'static str, usize, fn() -> Vec<Step>);

/// Where searches begin.
pub(super) const BEGINNINGS: [Beginning; 4] = [
    ("nobody", 5, Vec::new),
    ("a room with a keeper", 4, || room_of_all(0)),
    ("a room where everyone moderates", 4, || room_of_all(1)),
    ("a member whose rations are over", 4, worn),
];

/// All connections are in this room.
fn room_of_all(which: usize) -> Vec<Step> {
    let (room, rule) = ROOMS[which];
    let create = Deed::Create { room, alias: 0, rule, knows: true };
    let mut steps = vec![Step::Deed(ConnectionId(0), create)];
    for number in 1..CONNECTIONS {
        let alias = u8::try_from(number).unwrap();
        steps.push(Step::Deed(ConnectionId(number), Deed::Enter { room, alias, knows: true }));
    }
    steps
}

/// The second of two members of the first room has come back 8 times and renewed its card 3 times,
/// and nobody else may enter.
fn worn() -> Vec<Step> {
    let (room, _) = ROOMS[0];
    let (last, enter) = (ConnectionId(2), Deed::Enter { room, alias: 2, knows: true });
    let mut steps = room_of_all(0);
    steps.extend([Step::Closed(last), Step::Deed(last, enter), Step::Closed(last)]);
    for number in (1..CONNECTIONS).cycle().skip(1).take(8) {
        steps.push(Step::Deed(ConnectionId(number), Deed::Resume { stay: 1, knows: true }));
    }
    let renew = Deed::Order(Ordered::Renew { alias: 1, is_behind: false }, Forgery::None);
    steps.extend([(); 3].map(|()| Step::Deed(ConnectionId(1), renew.clone())));
    steps
}

pub(super) fn steps(world: &World) -> Vec<Step> {
    let mut steps = vec![Step::Wait(GRACE / 2), Step::Wait(GRACE), Step::Announce, Step::EndAll];
    for from in (0..CONNECTIONS).map(ConnectionId) {
        let deeds = match world.views.get(&from) {
            None => first_frames(world, from),
            Some(view) => {
                steps.extend([Step::Closed(from), Step::Broke(from)]);
                steps.extend([End::TooSlow, End::Flooding].map(|end| Step::Ended(from, end)));
                frames(view, from)
            }
        };
        steps.extend(deeds.into_iter().map(|deed| Step::Deed(from, deed)));
    }
    steps
}

fn first_frames(world: &World, from: ConnectionId) -> Vec<Deed> {
    let own = u8::try_from(from.0).unwrap();
    let mut deeds = vec![Deed::Say];
    for (room, rule) in ROOMS {
        for knows in [true, false] {
            deeds.push(Deed::Create { room, alias: own, rule, knows });
            deeds.extend([own, SHARED].map(|alias| Deed::Enter { room, alias, knows }));
        }
    }
    let kept = world.stays.iter().enumerate().filter(|(_, stay)| stay.is_remembered(world.now));
    for (stay, _) in kept {
        deeds.extend([true, false].map(|knows| Deed::Resume { stay, knows }));
    }
    deeds
}

fn frames(view: &View, from: ConnectionId) -> Vec<Deed> {
    let own = u8::try_from(from.0).unwrap();
    let seated: Vec<Id> = view.picture.members.keys().copied().collect();
    let others: Vec<Id> = seated.iter().copied().filter(|id| *id != view.me).collect();
    let nobody = Id(99);
    let mut deeds = vec![
        Deed::Say,
        Deed::Exit,
        Deed::Enter { room: view.picture.room, alias: own, knows: true },
        Deed::Pass(seated.clone()),
    ];
    if !others.is_empty() {
        deeds.push(Deed::Pass(others.clone()));
    }
    let mut orders = vec![
        Ordered::Stop,
        Ordered::Lock(true),
        Ordered::Lock(false),
        Ordered::Renew { alias: own, is_behind: false },
        Ordered::Renew { alias: SHARED, is_behind: false },
        Ordered::Relock { staying: seated.clone(), is_behind: true },
        Ordered::Relock { staying: [&[view.me, nobody][..], &others].concat(), is_behind: false },
        Ordered::Relock { staying: vec![view.me, view.me], is_behind: false },
    ];
    if view.picture.lock > 0 {
        orders.push(Ordered::Renew { alias: own, is_behind: true });
    }
    for id in seated.iter().copied().chain([nobody]) {
        orders.extend([Ordered::Kick(id), Ordered::Hand(id)]);
        let staying = seated.iter().copied().filter(|other| *other != id).collect();
        orders.push(Ordered::Relock { staying, is_behind: false });
    }
    deeds.extend(orders.into_iter().map(|ordered| Deed::Order(ordered, Forgery::None)));
    for forgery in [Forgery::Key, Forgery::Nonce, Forgery::Turn] {
        deeds.push(Deed::Order(Ordered::Lock(true), forgery));
    }
    deeds
}
