//! What hostile senders are made of: connections from addresses of their own, members who sign and seal nothing,
//! guesses.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sanctuary_seal::{Random, Seat};
use sanctuary_sign::SigningKey;
use sanctuary_wire::{
    ClientFrame, Command, DaemonFrame, Denial, End, Gate, Id, Nonce, Passes, RoomId, Rule, SealedCard,
    SealedDoor, Signature, Staying, Tag, signed,
};
use tokio::net::{TcpSocket, TcpStream};

use super::support::{ByHand, Next, ROOM, answered, patiently, welcomed};

pub(super) use super::support::Line;

/// Whatever is drawn in these tests is drawn from this seed.
const SEED: u64 = 7;

/// What stands for sealed bytes.
const CARD: &[u8; 320] = &[1; 320];
const HEART: &[u8; 192] = &[2; 192];

pub(super) fn random() -> ChaCha20Rng {
    println!("drawn from seed {SEED}");
    ChaCha20Rng::seed_from_u64(SEED)
}

/// The hostile address of this number, from 127.0.0.2 on.
fn from(number: usize) -> IpAddr {
    let number = u8::try_from(number).expect("few addresses");
    Ipv4Addr::new(127, 0, 0, number + 2).into()
}

/// A connection from that address, with this receive buffer if any.
pub(super) async fn connect_from(number: usize, to: SocketAddr, buffer: Option<u32>) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    if let Some(bytes) = buffer {
        socket.set_recv_buffer_size(bytes).unwrap();
    }
    socket.bind((from(number), 0).into()).unwrap();
    patiently("a connection", socket.connect(to)).await.unwrap()
}

pub(super) async fn connect(to: SocketAddr) -> TcpStream {
    connect_from(0, to, None).await
}

/// A greeted connection.
pub(super) async fn line(to: SocketAddr) -> Line {
    line_from(0, to).await
}

pub(super) async fn line_from(number: usize, to: SocketAddr) -> Line {
    Line::over(connect_from(number, to, None).await, RoomId([0; 5])).await
}

/// One that takes little before it is read.
pub(super) async fn narrow_line_from(number: usize, to: SocketAddr) -> Line {
    Line::over(connect_from(number, to, Some(4096)).await, RoomId([0; 5])).await
}

/// A room of the hostile, whose password is its number.
pub(super) fn room(number: u8) -> RoomId {
    RoomId([0xee, 0xee, 0xee, 0xee, number])
}

/// The key of its gate, under a lock number.
fn gate(room: RoomId, lock: u32) -> SigningKey {
    let mut seed = [room.0[4]; 32];
    seed[..4].copy_from_slice(&lock.to_be_bytes());
    SigningKey::from_seed(&seed)
}

fn public_gate(room: RoomId, lock: u32) -> Gate {
    Gate(gate(room, lock).public().to_bytes())
}

fn card() -> SealedCard<'static> {
    CARD.into()
}

fn tag(number: u8) -> Tag {
    Tag([number; 16])
}

/// A member that signs as it should and seals nothing.
pub(super) struct Hostile {
    pub(super) line: Line,
    pub(super) id: Id,
    seat: Seat,
    turn: u64,
}

impl Hostile {
    /// Opens a room, under the tag 0.
    pub(super) async fn opens(mut line: Line, room: RoomId, rule: Rule) -> Self {
        let seat = draw();
        let frame = create(&line.nonce, room, rule, &seat);
        let id = Id(welcomed(&answered(&mut line, frame).await));
        Self { line, id, seat, turn: 0 }
    }

    /// Enters one, under the tag of a number.
    pub(super) async fn enters(mut line: Line, room: RoomId, number: u8) -> Self {
        let seat = draw();
        let frame = enter(&line.nonce, room, number, &seat);
        let id = Id(welcomed(&answered(&mut line, frame).await));
        Self { line, id, seat, turn: 0 }
    }

    /// Enters the company's own room, whose password it has.
    pub(super) async fn inside(mut line: Line) -> Self {
        let member = ByHand::new();
        let frame = member.enter(&line.nonce);
        let id = Id(welcomed(&answered(&mut line, frame).await));
        Self { line, id, seat: member.seat, turn: 0 }
    }

    /// Takes its seat again, on another line.
    pub(super) async fn resumes(self, mut line: Line, room: RoomId) -> Self {
        let signature = self.seat.sign_resume(&line.nonce, room, self.id);
        let frame = ClientFrame::Resume { room, id: self.id, signature }.encode();
        assert_eq!(welcomed(&answered(&mut line, frame).await), self.id.0);
        Self { line, turn: 0, ..self }
    }

    /// An order, whose command is given its turn.
    pub(super) fn order<'c>(&mut self, command: impl FnOnce(u64) -> Command<'c>) -> Vec<u8> {
        self.turn += 1;
        self.order_by_nonce(&self.line.nonce, &command(self.turn))
    }

    /// One that is signed for a connection with this nonce.
    pub(super) fn order_by_nonce(&self, nonce: &Nonce, command: &Command<'_>) -> Vec<u8> {
        let command = command.encode();
        ClientFrame::Order { command: &command, signature: self.seat.sign_order(nonce, &command) }.encode()
    }

    pub(super) async fn orders<'c>(&mut self, command: impl FnOnce(u64) -> Command<'c>) {
        let order = self.order(command);
        self.line.send_bytes(order).await;
    }

    pub(super) async fn kicks(&mut self, id: u64) {
        self.orders(|turn| Command::Kick { turn, id: Id(id), payload: b"out" }).await;
    }

    /// To another card, under the tag of a number.
    pub(super) async fn renews(&mut self, number: u8) {
        self.orders(|turn| Command::Renew { turn, card: card(), tag: tag(number) }).await;
    }

    pub(super) async fn stops(&mut self) {
        self.orders(|turn| Command::Stop { turn, payload: b"the end" }).await;
    }

    /// Another password, from this lock number on, for these who stay.
    pub(super) fn relock(&mut self, lock: u32, staying: &[u64]) -> Vec<u8> {
        let stays = |&id: &u64| Staying {
            id: Id(id),
            tag: Tag([u8::try_from(id % 256).unwrap(); 16]),
            door: SealedDoor([3; 224]),
        };
        let (gate, heart) = (public_gate(room(1), lock + 1), HEART.into());
        let staying = staying.iter().map(stays).collect();
        self.order(|turn| Command::Relock { turn, lock, gate, heart, staying })
    }

    pub(super) async fn passes(&mut self, to: Id, passed: &[u8]) {
        self.line.send(&ClientFrame::Pass(Passes::of([(to, passed)]))).await;
    }

    pub(super) async fn says(&mut self, payload: &[u8]) {
        self.line.send(&ClientFrame::Say { payload }).await;
    }

    /// Says so until it hears itself, and again where that was too fast; `seen` is told of all on the way.
    pub(super) async fn talks(
        &mut self,
        payload: &[u8],
        mut seen: impl FnMut(&DaemonFrame<'_>),
    ) -> Result<(), Next> {
        let own = self.id;
        loop {
            self.says(payload).await;
            let mut wait = None;
            let answered = self.until(|frame| {
                seen(frame);
                if let DaemonFrame::Denied { why: Denial::TooFast, retry_ms, .. } = *frame {
                    wait = Some(retry_ms);
                }
                wait.is_some() || matches!(frame, DaemonFrame::Said { from, .. } if *from == own)
            });
            answered.await?;
            let Some(wait) = wait else { return Ok(()) };
            // The daemon says when it may be said again.
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
    }

    /// Reads on to the close frame, which follows `over`.
    pub(super) async fn over(&mut self) -> End {
        let mut over = None;
        let closed = self.until(|frame| {
            if let DaemonFrame::Over { end, .. } = frame {
                over = Some(*end);
            }
            false
        });
        let closed = closed.await;
        let over = over.expect("a last frame");
        assert_eq!(closed, Err(Next::Closed(over.close_code())));
        over
    }

    /// Reads on until a frame is `it`, which is told of all on the way; the end, if it comes first.
    pub(super) async fn until(&mut self, mut it: impl FnMut(&DaemonFrame<'_>) -> bool) -> Result<(), Next> {
        // In a room where others talk, some frame always comes.
        let reading = async {
            loop {
                match self.line.next().await {
                    Next::Frame(frame) if it(&DaemonFrame::decode(&frame).unwrap()) => return Ok(()),
                    Next::Frame(_) => {}
                    end => return Err(end),
                }
            }
        };
        patiently("a certain frame", reading).await
    }
}

fn draw() -> Seat {
    Seat::draw(&mut Random::from_system().unwrap())
}

/// A frame that opens a room, under the tag 0.
fn create(nonce: &Nonce, room: RoomId, rule: Rule, seat: &Seat) -> Vec<u8> {
    let (public, seat, tag) = (public_gate(room, 0), seat.public(), tag(0));
    let (heart, card) = (HEART.into(), card());
    let message = signed::create(nonce, room, &public, heart, rule, &seat, card, &tag);
    let signature = Signature(gate(room, 0).sign(&message));
    ClientFrame::Create { room, gate: public, heart, seat, card, tag, rule, signature, code: None }.encode()
}

/// A frame that enters one, under the tag of a number.
fn enter(nonce: &Nonce, room: RoomId, number: u8, seat: &Seat) -> Vec<u8> {
    let (seat, card, tag) = (seat.public(), card(), tag(number));
    let signature = Signature(gate(room, 0).sign(&signed::enter(nonce, room, &seat, card, &tag)));
    ClientFrame::Enter { room, seat, card, tag, signature }.encode()
}

/// What the daemon answers to somebody who would enter.
pub(super) async fn try_enter(line: &mut Line, room: RoomId, number: u8) -> Vec<u8> {
    let frame = enter(&line.nonce, room, number, &draw());
    answered(line, frame).await
}

/// As [`Hostile::opens`], but perhaps refused: what the daemon answers.
pub(super) async fn try_create(line: &mut Line, room: RoomId) -> Vec<u8> {
    let frame = create(&line.nonce, room, Rule::Keeper, &draw());
    answered(line, frame).await
}

/// What the daemon answers to somebody who would enter the company's own room.
pub(super) async fn try_inside(line: &mut Line) -> Vec<u8> {
    let frame = ByHand::new().enter(&line.nonce);
    answered(line, frame).await
}

/// Tries that open nothing: an unknown room, a wrong password.
pub(super) fn guesses() -> [ClientFrame<'static>; 2] {
    [room(99), ROOM].map(|room| {
        let (seat, card, tag, signature) = (draw().public(), card(), tag(1), Signature([7; 64]));
        ClientFrame::Enter { room, seat, card, tag, signature }
    })
}

/// A seat of the company's, taken again by who has not its key, but signs by one of its own.
pub(super) fn false_resume(nonce: &Nonce, id: u64) -> ClientFrame<'static> {
    let signature = draw().sign_resume(nonce, ROOM, Id(id));
    ClientFrame::Resume { room: ROOM, id: Id(id), signature }
}
