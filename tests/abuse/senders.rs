//! What hostile senders are made of: connections from addresses of their own, frames, guesses.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use ed25519_dalek::{Signer, SigningKey};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sanctuary_wire::{ClientFrame, Gate, Nonce, Proof, RoomId, Rule, SeatToken, Tag};
use tokio::net::{TcpSocket, TcpStream};

use super::support::patiently;

pub(super) use super::support::Line;

/// Whatever is drawn in these tests is drawn from this seed.
const SEED: u64 = 7;

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

/// A room of the hostile, whose password is its number.
pub(super) fn room(number: u8) -> RoomId {
    RoomId([0xee, 0xee, 0xee, 0xee, number])
}

fn key(room: RoomId) -> SigningKey {
    SigningKey::from_bytes(&[room.0[4]; 32])
}

pub(super) fn create(room: RoomId, rule: Rule) -> ClientFrame<'static> {
    let gate = Gate(key(room).verifying_key().to_bytes());
    ClientFrame::Create { room, gate, card: b"no card".into(), tag: Tag([0; 16]), rule, code: None }
}

pub(super) fn enter(room: RoomId, nonce: &Nonce, tag: u8) -> ClientFrame<'static> {
    let signed = [b"sanctuary/1 enter".as_slice(), &nonce.0, &room.0].concat();
    let proof = Proof(key(room).sign(&signed).to_bytes());
    ClientFrame::Enter { room, proof, card: b"no card".into(), tag: Tag([tag; 16]) }
}

/// Tries that open nothing: an unknown room, a wrong password, a guessed seat.
pub(super) fn guesses(known: RoomId) -> [ClientFrame<'static>; 3] {
    let wrong = || Proof([7; 64]);
    [
        ClientFrame::Enter { room: room(99), proof: wrong(), card: b"no card".into(), tag: Tag([1; 16]) },
        ClientFrame::Enter { room: known, proof: wrong(), card: b"no card".into(), tag: Tag([1; 16]) },
        ClientFrame::Resume { room: known, seat: SeatToken([7; 16]) },
    ]
}
