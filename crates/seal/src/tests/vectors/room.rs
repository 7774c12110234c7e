//! The one order of all that concerns a room, and the views after each of its frames.

use sanctuary_wire::{DaemonFrame, Departure, Id, Order, SealedCard, Seated};
use serde_json::{Value, json};

use super::super::super::*;
use super::world::{Someone, World, bytes, hex};

pub(super) fn made(world: &World) -> Value {
    json!({ "order": order(world) })
}

fn order(world: &World) -> Value {
    let room = world.door.room();
    let (ada_card, ben_card) = (world.ada.sealed_card(&world.door), world.ben.sealed_card(&world.door));
    let (cleo, dora) = (Someone::new("cleo", "Cleo", 0), Someone::new("dora", "Dora", 0));
    let (cleo_card, dora_card) = (cleo.sealed_card(&world.door), dora.sealed_card(&world.door));
    let renewed = Someone::new("ben", "Ben", 1).sealed_card(&world.door);
    let heart = world.sealed_heart();
    let card = |card: &'static [u8]| SealedCard::try_from(card).unwrap();
    let leak = |bytes: Vec<u8>| -> &'static [u8] { bytes.leak() };
    let (ada_card, ben_card) = (leak(ada_card), leak(ben_card));
    let (cleo_card, dora_card, renewed) = (leak(cleo_card), leak(dora_card), leak(renewed));
    let next_heart = leak(bytes::<192>("another heart").to_vec());

    let seated = |id: u64, of: &Someone, sealed: &'static [u8], away: bool| Seated {
        id: Id(id),
        entry: of.entry.clone(),
        card: card(sealed),
        away,
    };
    let members = vec![seated(1, &world.ada, ada_card, false), seated(2, &world.ben, ben_card, true)];
    let order = Order { count: 41, hash: sanctuary_wire::Hash(bytes("order")) };
    let welcome = DaemonFrame::Welcome {
        you: Id(2),
        keeper: Id(1),
        locked: false,
        lock: 4,
        heart: heart.as_slice().try_into().unwrap(),
        said: 17,
        count: order.count,
        order: order.hash,
        protections: 0,
        members: members.clone().into(),
        boxed: None,
    };
    let mut standing = Standing::new(
        room,
        &Told {
            keeper: Id(1),
            locked: false,
            lock: 4,
            heart: &heart,
            count: order.count,
            order: order.hash,
            members: &members,
        },
    );
    let payload = b"a payload".as_slice();
    let (cleo_entry, dora_entry) = (cleo.entry.clone(), dora.entry.clone());
    let frames = vec![
        (DaemonFrame::Back(Id(2)), true),
        (DaemonFrame::Joined { id: Id(3), entry: cleo_entry, card: card(cleo_card) }, true),
        (DaemonFrame::Said { from: Id(1), payload }, true),
        (DaemonFrame::Away(Id(2)), true),
        (DaemonFrame::Left { id: Id(1), how: Departure::Gone }, true),
        (DaemonFrame::Keeper(Id(3)), true),
        (DaemonFrame::Locked { locked: true, by: Id(3) }, true),
        (DaemonFrame::Back(Id(2)), true),
        (DaemonFrame::Handed { id: Id(2), by: Id(3), payload }, true),
        (DaemonFrame::Handed { id: Id(3), by: Id(3), payload }, false),
        (DaemonFrame::Keeper(Id(3)), true),
        (DaemonFrame::Renewed { id: Id(2), card: card(renewed) }, true),
        (DaemonFrame::Joined { id: Id(9), entry: dora_entry, card: card(dora_card) }, true),
        (
            DaemonFrame::Relocked {
                by: Id(2),
                lock: 5,
                heart: next_heart.try_into().unwrap(),
                staying: vec![Id(2), Id(9)].into(),
            },
            true,
        ),
        (DaemonFrame::Kicked { id: Id(2), by: Id(9), payload }, true),
        (DaemonFrame::Locked { locked: false, by: Id(9) }, true),
    ];
    let state = |standing: &Standing| {
        json!({
            "count": standing.count(), "order": hex(standing.order().hash.0), "keeper": standing.keeper().0,
            "locked": standing.locked(), "lock": standing.lock(), "seats": hex(standing.seats()),
            "view": hex(standing.view().0),
        })
    };
    let mut steps = vec![];
    let begin = state(&standing);
    for (frame, obeyed) in frames {
        let encoded = frame.encode();
        let result = standing.push(&encoded, &frame, obeyed);
        let mut step = state(&standing);
        step["frame"] = hex(&encoded).into();
        step["obeyed"] = obeyed.into();
        step["agrees"] = result.is_ok().into();
        steps.push(step);
    }
    let empty = Order::new(room);
    json!({ "empty": hex(empty.hash.0), "welcome": hex(welcome.encode()), "begin": begin, "steps": steps })
}
