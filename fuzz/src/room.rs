//! Rooms: whatever happens in whatever order, members see the same and nothing stays behind.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use ed25519_dalek::{Signer, SigningKey};
use sanctuary::room::{ConnectionId, Counts, Event, Limits, Rooms};
use sanctuary_wire::{ClientFrame, End, Gate, Id, Nonce, Proof, RoomId, Rule, Seat, Tag};

use super::Choices;
use super::views::Views;

const CONNECTIONS: u8 = 8;
const ROOMS: u8 = 3;
const LIMITS: Limits = Limits { rooms: 3, members: 4, grace: Duration::from_secs(30) };

struct World {
    rooms: Rooms,
    now: Instant,
    views: Views,
    drawn: u64,
}

pub fn room_events(data: &[u8]) {
    let mut choices = Choices(data);
    let mut world =
        World { rooms: Rooms::new(LIMITS), now: Instant::now(), views: Views::default(), drawn: 0 };
    while world.act(&mut choices).is_some() {}
    for number in 0..CONNECTIONS {
        world.lose(number, Event::Broke);
    }
    world.wait(LIMITS.grace);
    assert_eq!(world.rooms.counts(), Counts { rooms: 0, members: 0 }, "something stays behind");
    assert_eq!(world.rooms.next_deadline(), None);
}

impl World {
    /// One deed of the next choices; nothing when there are no more.
    fn act(&mut self, choices: &mut Choices<'_>) -> Option<()> {
        let from = choices.below(CONNECTIONS)?;
        let end = [End::TooSlow, End::Flooding, End::Malformed];
        match choices.below(16)? {
            0 => {
                let rule = if choices.below(2)? == 0 { Rule::Keeper } else { Rule::Everyone };
                let (room, tag) = (choices.below(ROOMS)?, Tag([choices.below(6)?; 16]));
                // A gate that is no point of the curve opens nothing.
                let gate = if choices.below(8)? == 0 { Gate([0xff; 32]) } else { gate(room) };
                self.frame(
                    from,
                    ClientFrame::Create { room: id(room), gate, card: &[from], tag, rule, code: None },
                );
            }
            1..=3 => {
                let (room, tag, knows) = (choices.below(ROOMS)?, choices.below(6)?, choices.below(8)? != 0);
                let proof = proof(if knows { room } else { 99 }, from, room);
                let tag = Tag([tag; 16]);
                self.frame(from, ClientFrame::Enter { room: id(room), proof, card: &[from], tag });
            }
            4 => {
                let which = usize::from(choices.next()?);
                let given = self.views.seats.get(which % self.views.seats.len().max(1)).cloned();
                let (room, seat) = given.unwrap_or((id(0), Seat([0xff; 16])));
                self.frame(from, ClientFrame::Resume { room, seat });
            }
            5 => self.frame(from, ClientFrame::Say { payload: choices.take(9) }),
            6 => {
                let to = choices.take(3).iter().map(|id| (Id((id % 12).into()), b"psst".as_slice()));
                self.frame(from, ClientFrame::Pass(to.collect()));
            }
            7 => self.frame(from, ClientFrame::Kick(Id(choices.below(12)?.into()))),
            8 => self.frame(from, ClientFrame::Lock(choices.below(2)? == 0)),
            9 => self.frame(from, ClientFrame::Exit),
            10 => self.lose(from, Event::Closed),
            11 => self.lose(from, Event::Broke),
            12 => self.event(from, None, Event::Ended(end[usize::from(choices.below(3)?)])),
            13 => self.wait(Duration::from_secs(choices.below(40)?.into())),
            14 => match choices.below(8)? {
                0 => self.frame(from, ClientFrame::Stop),
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

    fn frame(&mut self, from: u8, frame: ClientFrame<'_>) {
        if self.rooms.is_member(at(from)) {
            return self.event(from, None, Event::Frame(frame));
        }
        let room = match frame {
            ClientFrame::Create { room, .. }
            | ClientFrame::Enter { room, .. }
            | ClientFrame::Resume { room, .. } => Some(room),
            _ => None,
        };
        self.drawn += 1;
        let mut seat = Seat([0; 16]);
        seat.0[..8].copy_from_slice(&self.drawn.to_be_bytes());
        self.event(from, room, Event::FirstFrame { frame, nonce: &nonce(from), seat });
    }

    fn event(&mut self, from: u8, asked: Option<RoomId>, event: Event<'_>) {
        let mut effects = Vec::new();
        self.rooms.handle(self.now, at(from), event, &mut effects);
        self.views.take_in(&self.rooms, asked.map(|room| (at(from), room)), &effects);
    }

    fn lose(&mut self, from: u8, event: Event<'_>) {
        self.views.forget(at(from));
        self.event(from, None, event);
    }

    fn wait(&mut self, time: Duration) {
        let mut effects = Vec::new();
        self.now += time;
        self.rooms.tick(self.now, &mut effects);
        self.views.take_in(&self.rooms, None, &effects);
        assert!(self.rooms.next_deadline().is_none_or(|next| next > self.now), "a grace beyond its time");
    }

    fn end_all(&mut self, end: End) {
        let mut effects = Vec::new();
        self.rooms.end_all(end, &mut effects);
        self.views.take_in(&self.rooms, None, &effects);
        assert_eq!(self.rooms.counts(), Counts { rooms: 0, members: 0 });
    }
}

fn at(number: u8) -> ConnectionId {
    ConnectionId(number.into())
}

fn id(number: u8) -> RoomId {
    RoomId([number; 5])
}

fn nonce(from: u8) -> Nonce {
    Nonce([from; 32])
}

/// Rooms, and one password that opens none of them.
const PASSWORDS: [u8; 4] = [0, 1, 2, 99];

fn gate(room: u8) -> Gate {
    static GATES: LazyLock<[Gate; 3]> = LazyLock::new(|| {
        [0, 1, 2].map(|room| Gate(SigningKey::from_bytes(&[room; 32]).verifying_key().to_bytes()))
    });
    GATES[usize::from(room)].clone()
}

/// By the password of one room, of entering another. All of them are signed once: that takes the most time.
fn proof(password: u8, from: u8, room: u8) -> Proof {
    static PROOFS: LazyLock<HashMap<(u8, u8, u8), Proof>> = LazyLock::new(|| {
        let mut proofs = HashMap::new();
        for password in PASSWORDS {
            let key = SigningKey::from_bytes(&[password; 32]);
            for (from, room) in (0..CONNECTIONS).flat_map(|from| (0..ROOMS).map(move |room| (from, room))) {
                let signed = [b"sanctuary/1 enter".as_slice(), &nonce(from).0, &id(room).0].concat();
                proofs.insert((password, from, room), Proof(key.sign(&signed).to_bytes()));
            }
        }
        proofs
    });
    PROOFS[&(password, from, room)].clone()
}
