//! What tells two states of a world apart.

use std::collections::BTreeSet;
use std::time::Instant;

use sanctuary_wire::{Id, RoomId, SeatKey};
use sha2::{Digest, Sha256};

use super::super::world::{self, World};
use super::steps::CONNECTIONS;
use crate::room::Rooms;
use crate::room::members::{Member, Presence, Secrets};
use crate::room::one_room::Room;

/// The connections in every order.
const ORDERS: [[u8; CONNECTIONS]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// The same for states that differ in which connection is which, in the value of ids, in how much
/// was said, how often there was another password and how many orders there were.
pub(super) fn fingerprint(world: &World) -> [u8; 16] {
    let written = ORDERS.iter().map(|names| Writer { names, now: world.now, bytes: Vec::new() }.write(world));
    Sha256::digest(written.min().unwrap())[..16].try_into().unwrap()
}

struct Writer<'a> {
    /// The name of each connection.
    names: &'a [u8; CONNECTIONS],
    now: Instant,
    bytes: Vec<u8>,
}

impl Writer<'_> {
    fn write(mut self, world: &World) -> Vec<u8> {
        let rooms: &Rooms = &world.rooms;
        self.bytes.extend([rooms.closing.is_some(), rooms.draining].map(u8::from));
        let tombs = rooms.tombstones.seats();
        let all: BTreeSet<RoomId> =
            rooms.open.keys().copied().chain(tombs.iter().map(|(room, ..)| *room)).collect();
        for id in all {
            let room = rooms.open.get(&id).map(|room| &**room);
            let tombs: Vec<_> = tombs.iter().filter(|(room, ..)| *room == id).collect();
            let last = room.map_or(Id(0), |room| room.members.last());
            let seated = room.into_iter().flat_map(|room| room.members.iter().map(|member| member.id));
            let ids: BTreeSet<Id> = seated.chain(tombs.iter().map(|(_, id, _)| *id)).collect();
            self.bytes.extend([id.0[0], 0xfe]);
            if let Some(room) = room {
                self.room(room, &ids);
            }
            for (_, id, tombstone) in tombs {
                // One of a room before this may be the number of a seat that is still to be given.
                let number = if *id > last { 128 + id.0 - last.0 } else { rank(&ids, *id) };
                self.bytes.extend([0xfd, u8::try_from(number).unwrap(), tombstone.cause as u8]);
                self.key(&tombstone.seat);
                self.until(tombstone.until);
            }
        }
        self.bytes
    }

    fn room(&mut self, room: &Room, ids: &BTreeSet<Id>) {
        self.bytes.extend([
            room.heart.as_sealed()[0],
            u8::from(room.locked),
            u8::try_from(rank(ids, room.keeper)).unwrap(),
        ]);
        self.until(room.entries.full_at());
        self.until(room.departures.full_at());
        for member in room.members.iter() {
            self.bytes.extend([0xfc, u8::try_from(rank(ids, member.id)).unwrap()]);
            self.member(member, ids, room.lock);
        }
    }

    fn member(&mut self, member: &Member, ids: &BTreeSet<Id>, lock: u32) {
        match member.presence {
            Presence::Here(connection) => self.bytes.push(self.names[connection.0]),
            Presence::Away(until) => {
                self.bytes.push(0xff);
                self.until(until);
            }
        }
        let Secrets { seat, tag, card, boxed, .. } = &*member.secrets;
        self.key(seat);
        let alias = |alias: u8| self.names.get(usize::from(alias)).copied().unwrap_or(alias);
        // A member that has left can't be told from another by who gave the door.
        let by = boxed
            .as_ref()
            .map_or(0, |boxed| if ids.contains(&boxed.by) { 1 + rank(ids, boxed.by) } else { 255 });
        let card = card.as_sealed();
        self.bytes.extend([alias(card[1]), card[2], u8::try_from(by).unwrap()]);
        for tag in [Some(tag), boxed.as_ref().map(|boxed| &boxed.former_tag)].into_iter().flatten() {
            // How many relocks ago it was made.
            let behind = lock - u32::from_be_bytes(tag.0[..4].try_into().unwrap());
            self.bytes.extend([alias(tag.0[15]), u8::try_from(behind).unwrap()]);
        }
        self.bytes.push(u8::from(member.next_turn > 0));
        self.bytes.extend(member.credit.to_be_bytes());
        self.until(member.resumes.full_at());
        self.until(member.renewals.full_at());
    }

    /// By whose it is.
    fn key(&mut self, key: &SeatKey) {
        let whose = (0..CONNECTIONS).find(|number| world::seat(u8::try_from(*number).unwrap()) == *key);
        self.bytes.push(self.names[whose.unwrap()]);
    }

    fn until(&mut self, then: Instant) {
        let seconds = then.saturating_duration_since(self.now).as_secs();
        self.bytes.push(u8::try_from(seconds).unwrap());
    }
}

fn rank(ids: &BTreeSet<Id>, id: Id) -> u64 {
    ids.iter().filter(|other| **other < id).count() as u64
}
