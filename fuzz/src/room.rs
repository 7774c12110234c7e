//! Rooms: whatever happens in whatever order, members see the same and nothing stays behind.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Duration;

use sanctuary::room::{ConnectionId, Counts, Effect, Event, Limits, Rooms};
use sanctuary_wire::{ClientFrame, End, Gate, Id, Passes, Proof, RoomId, Rule, SeatToken, Tag};

use super::Choices;
use world::{CONNECTIONS, World};

#[path = "../../src/room/tests/world.rs"]
mod world;

const ROOMS: u8 = 3;
const LIMITS: Limits = Limits { rooms: 3, members: 4, grace: Duration::from_secs(30) };

pub fn room_events(data: &[u8]) {
    let mut choices = Choices(data);
    let mut world = World::new(LIMITS);
    while world.act(&mut choices).is_some() {}
    world.forsake(LIMITS.grace);
}

impl World {
    /// One deed of the next choices; nothing when there are no more.
    fn act(&mut self, choices: &mut Choices<'_>) -> Option<()> {
        let number = choices.below(8)?;
        let (from, card) = (ConnectionId(number.into()), [number]);
        let end = [End::TooSlow, End::Flooding, End::Malformed];
        match choices.below(16)? {
            0 => {
                let rule = if choices.below(2)? == 0 { Rule::Keeper } else { Rule::Everyone };
                let (room, tag) = (id(choices.below(ROOMS)?), Tag([choices.below(6)?; 16]));
                // A gate that is no point of the curve opens nothing.
                let gate = if choices.below(8)? == 0 { Gate([0xff; 32]) } else { gate(room) };
                self.frame(
                    from,
                    ClientFrame::Create { room, gate, card: (&card).into(), tag, rule, code: None },
                );
            }
            1..=3 => {
                let (room, tag) = (id(choices.below(ROOMS)?), Tag([choices.below(6)?; 16]));
                let (knows, was_member) = (choices.below(8)? != 0, self.rooms.is_member(from));
                let proof = proof(knows, from, room);
                let is_member =
                    self.frame(from, ClientFrame::Enter { room, proof, card: (&card).into(), tag });
                assert!(!is_member || was_member || knows, "let in without the password");
            }
            4 => {
                let which = usize::from(choices.next()?);
                let given = self.seats.get(which % self.seats.len().max(1)).cloned();
                let (room, seat, _) = given.unwrap_or((id(0), SeatToken([0xff; 16]), Id(0)));
                self.frame(from, ClientFrame::Resume { room, seat });
            }
            5 => drop(self.frame(from, ClientFrame::Say { payload: choices.take(9) })),
            6 => {
                let to = choices.take(3).iter().map(|id| (Id((id % 12).into()), b"psst".as_slice()));
                if let Ok(passes) = Passes::try_from(to.collect::<Vec<_>>()) {
                    self.frame(from, ClientFrame::Pass(passes));
                }
            }
            7 => drop(self.frame(from, ClientFrame::Kick(Id(choices.below(12)?.into())))),
            8 => drop(self.frame(from, ClientFrame::Lock(choices.below(2)? == 0))),
            9 => drop(self.frame(from, ClientFrame::Exit)),
            10 => self.lose(from, Event::Closed),
            11 => self.lose(from, Event::Broke),
            12 => self.end(from, end[usize::from(choices.below(3)?)]),
            13 => self.wait(Duration::from_secs(choices.below(40)?.into())),
            14 => match choices.below(8)? {
                0 => drop(self.frame(from, ClientFrame::Stop)),
                1 => self.end_all(End::Stopped),
                members => self.rooms.set_limits(Limits { members: members.into(), ..LIMITS }),
            },
            _ => {
                let length = choices.next()?;
                // A frame as the wire has it, whatever room or seat it names.
                let Ok(frame) = ClientFrame::decode(choices.take(length.into())) else { return Some(()) };
                self.frame(from, frame);
            }
        }
        Some(())
    }
}

fn id(number: u8) -> RoomId {
    RoomId([number; 5])
}

/// Gates and proofs are made once: that takes the most time.
fn gate(room: RoomId) -> Gate {
    static GATES: LazyLock<HashMap<RoomId, Gate>> =
        LazyLock::new(|| (0..ROOMS).map(|room| (id(room), world::gate(id(room)))).collect());
    GATES[&room].clone()
}

/// By the password of the room, or by one that opens none.
fn proof(knows: bool, from: ConnectionId, room: RoomId) -> Proof {
    static PROOFS: LazyLock<HashMap<(bool, ConnectionId, RoomId), Proof>> = LazyLock::new(|| {
        let mut proofs = HashMap::new();
        for (from, room) in (0..CONNECTIONS).flat_map(|from| (0..ROOMS).map(move |room| (from, room))) {
            let (from, room) = (ConnectionId(from), id(room));
            for (knows, password) in [(true, room), (false, id(99))] {
                proofs.insert((knows, from, room), world::proof(password, from, room));
            }
        }
        proofs
    });
    PROOFS[&(knows, from, room)].clone()
}
