//! Rooms: whatever happens in whatever order, members see the same, everybody is answered by the
//! rules, and nothing stays behind.

use std::time::Duration;

use sanctuary_server::room::{ConnectionId, Counts, Effect, Event, Limits, Rooms};
use sanctuary_wire::{ClientFrame, End, Id, RoomId, Rule};

use super::Choices;
use world::{CONNECTIONS, Deed, Forgery, Ordered, World};

#[path = "../../crates/server/src/room/tests/world/mod.rs"]
#[allow(dead_code, unused_imports, reason = "what only the rooms' own tests ask")]
mod world;

const ROOMS: u8 = 3;
const LIMITS: Limits = Limits { rooms: 3, members: 4, tombstones: 1000, grace: Duration::from_secs(30) };

pub fn room_events(data: &[u8]) {
    let mut choices = Choices(data);
    let mut world = World::new(LIMITS);
    while world.happens(&mut choices).is_some() {}
    world.forsake();
}

impl World {
    /// What the next choices say; nothing when there are no more.
    fn happens(&mut self, choices: &mut Choices<'_>) -> Option<()> {
        let from = ConnectionId(usize::from(choices.next()?) % CONNECTIONS);
        let end = [End::TooSlow, End::Flooding, End::Malformed];
        match choices.below(16)? {
            0 => {
                let rule = if choices.below(2)? == 0 { Rule::Keeper } else { Rule::Everyone };
                let (room, alias, knows) = (room(choices)?, choices.below(6)?, knows(choices)?);
                self.act(from, &Deed::Create { room, alias, rule, knows });
            }
            1..=3 => {
                let (room, alias, knows) = (room(choices)?, choices.below(6)?, knows(choices)?);
                self.act(from, &Deed::Enter { room, alias, knows });
            }
            4 => {
                let (which, knows) = (usize::from(choices.next()?), knows(choices)?);
                if !self.stays.is_empty() {
                    let stay = which % self.stays.len();
                    self.act(from, &Deed::Resume { stay, knows });
                }
            }
            5 => self.act(from, &Deed::Say),
            6 => {
                let mut ids = ids(choices.take(3));
                ids.sort_unstable();
                ids.dedup();
                if !ids.is_empty() {
                    self.act(from, &Deed::Pass(ids));
                }
            }
            7..=9 => {
                let (ordered, forgery) = (ordered(choices)?, forgery(choices)?);
                self.act(from, &Deed::Order(ordered, forgery));
            }
            10 => match choices.below(2)? {
                0 => self.act(from, &Deed::Exit),
                _ => self.lose(from, Event::Closed),
            },
            11 => self.lose(from, Event::Broke),
            12 => self.end(from, end[usize::from(choices.below(3)?)]),
            13 => self.wait(Duration::from_secs(choices.below(40)?.into())),
            14 => match choices.below(8)? {
                0 => self.announce(),
                1 => self.end_all(End::Stopped),
                members => self.set_members(members.into()),
            },
            _ => {
                let length = choices.next()?;
                // A frame as the wire has it, whatever it asks for; it is signed by nobody.
                let frame = choices.take(length.into());
                if ClientFrame::decode(frame).is_ok() {
                    self.frame(from, frame);
                }
            }
        }
        Some(())
    }
}

fn room(choices: &mut Choices<'_>) -> Option<RoomId> {
    choices.below(ROOMS).map(|number| RoomId([number; 5]))
}

fn knows(choices: &mut Choices<'_>) -> Option<bool> {
    choices.below(8).map(|choice| choice != 0)
}

fn id(number: u8) -> Id {
    Id((number % 12).into())
}

fn ids(numbers: &[u8]) -> Vec<Id> {
    numbers.iter().map(|number| id(*number)).collect()
}

fn ordered(choices: &mut Choices<'_>) -> Option<Ordered> {
    Some(match choices.below(8)? {
        0 => Ordered::Kick(id(choices.next()?)),
        1 => Ordered::Stop,
        2 => Ordered::Lock(choices.below(2)? == 0),
        3 | 4 => {
            let (is_behind, count) = (choices.below(8)? == 0, choices.below(6)?);
            Ordered::Relock { staying: ids(choices.take(count.into())), is_behind }
        }
        5 | 6 => Ordered::Renew { alias: choices.below(6)?, is_behind: choices.below(5)? == 0 },
        _ => Ordered::Hand(id(choices.next()?)),
    })
}

fn forgery(choices: &mut Choices<'_>) -> Option<Forgery> {
    Some(match choices.below(16)? {
        0 => Forgery::Key,
        1 => Forgery::Nonce,
        2 => Forgery::Turn,
        _ => Forgery::None,
    })
}
