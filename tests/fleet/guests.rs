//! Who visits: members who sign as they should and seal nothing, each from an address of its own.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use sanctuary_seal::{Random, Seat, shard};
use sanctuary_sign::SigningKey;
use sanctuary_wire::{ClientFrame, DaemonFrame, Gate, Refusal, RoomId, Rule, Signature, Tag, signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::rustls::version::TLS13;

use super::machines::{BALANCER, SITE};
use super::support::{CARD, HEART, Line, Next, answered, secure_from};

/// A room, with a key to its gate that takes no password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room(pub(crate) u32);

impl Room {
    pub(crate) fn id(self) -> RoomId {
        let [a, b, c, d] = self.0.to_be_bytes();
        RoomId([0xf1, a, b, c, d])
    }

    pub(crate) fn shard(self) -> String {
        shard(self.id())
    }

    fn gate(self) -> SigningKey {
        let mut seed = [7; 32];
        seed[..4].copy_from_slice(&self.0.to_be_bytes());
        SigningKey::from_seed(&seed)
    }
}

/// An ordinary visitor's address.
pub(crate) fn visitor(number: u32) -> Ipv4Addr {
    Ipv4Addr::new(192, 0, 2, u8::try_from(number % 250 + 1).unwrap())
}

/// One of somebody who means ill.
pub(crate) fn hostile(number: u32) -> Ipv4Addr {
    Ipv4Addr::new(198, 51, 100, u8::try_from(number % 250 + 1).unwrap())
}

/// Why one is not in, and whether to wait helps.
pub(crate) type NotIn = (Refusal, u64);

/// A member in its room.
pub(crate) struct Guest {
    pub(crate) line: Line,
    /// Members that were there when it came, itself among them.
    pub(crate) members: usize,
}

impl Guest {
    pub(crate) async fn opens(room: Room, from: Ipv4Addr) -> Result<Self, NotIn> {
        Self::comes(room, from, true).await
    }

    pub(crate) async fn enters(room: Room, from: Ipv4Addr) -> Result<Self, NotIn> {
        Self::comes(room, from, false).await
    }

    async fn comes(room: Room, from: Ipv4Addr, opens: bool) -> Result<Self, NotIn> {
        let mut line = line(room, from).await;
        let (gate, mut random) = (room.gate(), Random::from_system().unwrap());
        let (seat, card, tag) = (Seat::draw(&mut random).public(), CARD.into(), Tag(random.bytes()));
        let sign = |message: &[u8]| Signature(gate.sign(message));
        let (room, nonce) = (room.id(), line.nonce.clone());
        let frame = if opens {
            let (gate, heart, rule) = (Gate(gate.public().to_bytes()), HEART.into(), Rule::Keeper);
            let signature = sign(&signed::create(&nonce, room, &gate, heart, rule, &seat, card, &tag));
            ClientFrame::Create { room, gate, heart, seat, card, tag, rule, signature, code: None }.encode()
        } else {
            let signature = sign(&signed::enter(&nonce, room, &seat, card, &tag));
            ClientFrame::Enter { room, seat, card, tag, signature }.encode()
        };
        match DaemonFrame::decode(&answered(&mut line, frame).await).unwrap() {
            DaemonFrame::Welcome { members, .. } => Ok(Self { members: members.len(), line }),
            DaemonFrame::Refused { why, retry_ms } => Err((why, retry_ms)),
            other => panic!("neither in nor refused: {other:?}"),
        }
    }

    pub(crate) async fn says(&mut self, payload: &[u8]) {
        self.line.send(&ClientFrame::Say { payload }).await;
    }

    /// Reads on, until it hears that.
    pub(crate) async fn hears(&mut self, said: &[u8]) {
        loop {
            let frame = self.line.frame().await;
            match DaemonFrame::decode(&frame).unwrap() {
                DaemonFrame::Said { payload, .. } if payload == said => return,
                DaemonFrame::Over { end, .. } => panic!("put out: {end:?}"),
                _ => {}
            }
        }
    }

    /// Reads on, until its connection is gone without a word.
    pub(crate) async fn is_cut(&mut self) {
        while self.line.next().await != Next::Broken {}
    }
}

/// The first words of the answer to whoever comes to this room with one line more in the head, or with none.
pub(crate) async fn status(room: Room, from: Ipv4Addr, more: &str) -> String {
    let balancer = SocketAddr::new(BALANCER.parse().unwrap(), 443);
    let mut stream = secure_from(IpAddr::V4(from), balancer, &TLS13).await;
    let request = format!("GET /ws/{} HTTP/1.1\r\nHost: {SITE}\r\n{more}\r\n", room.shard());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut said = [0; 12];
    stream.read_exact(&mut said).await.unwrap();
    String::from_utf8(said.into()).unwrap()
}

/// A connection to the daemon to which this room's shard leads.
pub(crate) async fn line(room: Room, from: Ipv4Addr) -> Line {
    let balancer = SocketAddr::new(BALANCER.parse().unwrap(), 443);
    let stream = secure_from(IpAddr::V4(from), balancer, &TLS13).await;
    Line::carried(Box::new(stream), SITE, room.id()).await
}
