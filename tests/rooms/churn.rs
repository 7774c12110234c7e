//! Rooms in which members come, talk and go in every way at once, so that the daemon's sockets, connections and rooms are
//! given to others again and again: each hears what its room says from its entry on, once and in the same order as all,
//! and nothing of another room.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use sanctuary_sign::SigningKey;
use sanctuary_wire::{
    ClientFrame, DaemonFrame, Gate, Hash, Nonce, Order, RoomId, Rule, SeatKey, Signature, Tag, signed,
};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::support::{CARD, Daemon, HEART, Line, Next, patiently, welcomed};
use super::told;

/// Rooms at the same time, and places in each that somebody has or is about to have.
const ROOMS: usize = 8;
const PLACES: usize = 5;

/// The most words said before any of them is waited for.
const AT_ONCE: u32 = 4;

/// Whoever takes none of its words says so many.
const UNHEARD: u32 = 20;

#[tokio::test]
async fn whoever_comes_and_goes_all_hear_the_same_once_and_nothing_of_other_rooms() {
    churn(2, 10).await;
}

/// `make test-patience` runs this.
mod patience {
    #[tokio::test]
    #[ignore = "takes some minutes"]
    async fn whoever_comes_and_goes_for_long_all_hear_the_same_once_and_nothing_of_other_rooms() {
        super::churn(10, 500).await;
    }
}

/// Has so many rooms opened one after the other, each time, and so many stay one after the other in each of its places.
async fn churn(openings: usize, stays: usize) {
    let daemon = Daemon::with(&[("members", "900"), ("grace", "\"1 s\""), ("rooms", "100")]).await;
    let address = daemon.address();
    let mut rooms = JoinSet::new();
    for number in 0..ROOMS {
        rooms.spawn(async move {
            // The seats of those who broke off outlive a room's last member, so the next has another name.
            for opening in 0..openings {
                from_first_to_last(address, opening * ROOMS + number, stays).await;
            }
        });
    }
    while let Some(room) = rooms.join_next().await {
        room.expect("a room in which all is as it should be");
    }
    patiently("the seats of those who broke off", async { while daemon.counts().await != (0, 0) {} }).await;
}

/// A room, from its first member to its last, who hears all that is said meanwhile.
async fn from_first_to_last(address: SocketAddr, number: usize, stays: usize) {
    let room = Arc::new(Room::new(number));
    let mut host = Visitor::enter(&room, Line::open(address, room.id).await, true).await;
    let mut places = JoinSet::new();
    for place in 0..PLACES {
        let (room, mut random) =
            (Arc::clone(&room), ChaCha20Rng::seed_from_u64((number * PLACES + place) as u64));
        places.spawn(async move {
            for _ in 0..stays {
                stay(address, &room, &mut random).await;
            }
        });
    }
    let (over, told) = (Arc::new(Notify::new()), Arc::clone(&room));
    let all = tokio::spawn({
        let over = Arc::clone(&over);
        async move {
            while let Some(place) = places.join_next().await {
                place.expect("a stay in which all is as it should be");
            }
            over.notify_one();
        }
    });
    loop {
        tokio::select! {
            frame = host.line.frame() => host.hears(&frame),
            () = over.notified() => break,
        }
    }
    all.await.expect("all who were there");
    host.says().await;
    host.hears_itself().await;
    let last = told.heard().keys().max().copied();
    assert!(last <= Some(host.order.count), "somebody heard what the host did not");
    assert!(host.order.count > (PLACES * stays) as u64, "all of them came");
    host.goes(Going::Exit).await;
}

/// Somebody comes, talks, and goes.
async fn stay(address: SocketAddr, room: &Arc<Room>, random: &mut ChaCha20Rng) {
    let going = Going::ALL[random.next_u32() as usize % Going::ALL.len()];
    let stream = TcpStream::connect(address).await.expect("a connection");
    if going == Going::Reset {
        stream.set_zero_linger().expect("an end without a farewell");
    }
    let mut visitor = Visitor::enter(room, Line::over(stream, room.id).await, false).await;
    for _ in 0..random.next_u32() % 4 {
        for _ in 0..=random.next_u32() % AT_ONCE {
            visitor.says().await;
        }
        visitor.hears_itself().await;
    }
    visitor.goes(going).await;
}

/// A way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Going {
    /// By the protocol's own frame.
    Exit,
    /// By a close frame.
    Close,
    /// It ends its direction, and reads on to the end.
    HalfClose,
    /// Its connection ends without a word.
    Break,
    /// Its connection ends by a reset.
    Reset,
    /// It talks on, hears nothing of it, and breaks off.
    Deaf,
}

impl Going {
    const ALL: [Self; 6] = [Self::Exit, Self::Close, Self::HalfClose, Self::Break, Self::Reset, Self::Deaf];
}

/// A room, and what those in it have heard.
struct Room {
    id: RoomId,
    number: u64,
    /// After how many frames they had which hash, whoever had it first.
    heard: Mutex<HashMap<u64, Hash>>,
    visitors: Mutex<u64>,
}

impl Room {
    fn new(number: usize) -> Self {
        let number = number as u64;
        let [.., a, b, c, d] = number.to_be_bytes();
        Self { id: RoomId([7, a, b, c, d]), number, heard: Mutex::default(), visitors: Mutex::default() }
    }

    fn heard(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Hash>> {
        self.heard.lock().expect("nobody has failed")
    }

    /// After so many frames all have the same hash, and so have heard the same.
    fn compare(&self, order: &Order) {
        let hash = *self.heard().entry(order.count).or_insert(order.hash);
        assert!(
            hash == order.hash,
            "room {}: others heard something else as frame {}",
            self.number,
            order.count
        );
    }
}

/// Somebody in a room.
struct Visitor {
    line: Line,
    room: Arc<Room>,
    number: u64,
    id: u64,
    order: Order,
    /// How many words it has said, and how many of them it has heard.
    said: u64,
    heard: u64,
}

impl Visitor {
    async fn enter(room: &Arc<Room>, mut line: Line, opens: bool) -> Self {
        let number = {
            let mut visitors = room.visitors.lock().expect("nobody has failed");
            *visitors += 1;
            *visitors
        };
        let first = if opens { creation(room.id, &line.nonce) } else { entry(room.id, &line.nonce, number) };
        line.send_bytes(first).await;
        let welcome = line.frame().await;
        let DaemonFrame::Welcome { count, order, .. } = told(&welcome) else {
            panic!("no welcome: {:?}", told(&welcome))
        };
        let (order, id) = (Order { count, hash: order }, welcomed(&welcome));
        room.compare(&order);
        Self { line, room: Arc::clone(room), number, id, order, said: 0, heard: 0 }
    }

    /// Says where it is, who it is, and how often it has said something.
    async fn says(&mut self) {
        let payload = [self.room.number, self.number, self.said].map(u64::to_be_bytes).concat();
        self.line.send(&ClientFrame::Say { payload: &payload }).await;
        self.said += 1;
    }

    fn hears(&mut self, frame: &[u8]) {
        let told = told(frame);
        if told.is_in_order() {
            self.order.push(frame);
            self.room.compare(&self.order);
        }
        if let DaemonFrame::Said { from, payload } = told {
            let words = payload.chunks(8).map(|word| word.try_into().map_or(0, u64::from_be_bytes));
            let [room, visitor, said] = words.collect::<Vec<_>>().try_into().expect("three words");
            assert_eq!(room, self.room.number, "of another room");
            if visitor == self.number {
                assert_eq!((from.0, said), (self.id, self.heard), "its own words, each once and in order");
                self.heard += 1;
            }
        }
    }

    async fn hears_itself(&mut self) {
        while self.heard < self.said {
            let frame = self.line.frame().await;
            self.hears(&frame);
        }
    }

    async fn goes(mut self, going: Going) {
        match going {
            Going::Exit => {
                self.line.send(&ClientFrame::Exit).await;
                self.hears_to_the_end().await;
            }
            Going::Close => self.line.close().await,
            Going::HalfClose => {
                let _ = self.line.stream().shutdown().await;
                self.hears_to_the_end().await;
            }
            Going::Break | Going::Reset => {}
            Going::Deaf => {
                for _ in 0..UNHEARD {
                    self.says().await;
                }
            }
        }
    }

    async fn hears_to_the_end(&mut self) {
        while let Next::Frame(frame) = self.line.next().await {
            self.hears(&frame);
        }
    }
}

/// The key of every room's gate, and of every seat.
fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

fn seat() -> SeatKey {
    SeatKey(key().public().to_bytes())
}

/// The frame that opens a room.
fn creation(room: RoomId, nonce: &Nonce) -> Vec<u8> {
    let (gate, seat, tag, rule) = (Gate(key().public().to_bytes()), seat(), Tag([0; 16]), Rule::Keeper);
    let (heart, card) = (HEART.into(), CARD.into());
    let signature =
        Signature(key().sign(&signed::create(nonce, room, &gate, heart, rule, &seat, card, &tag)));
    ClientFrame::Create { room, gate, heart, seat, card, tag, rule, signature, code: None }.encode()
}

/// The frame by which the visitor of this number enters.
fn entry(room: RoomId, nonce: &Nonce, number: u64) -> Vec<u8> {
    let mut tag = Tag([0xFF; 16]);
    tag.0[..8].copy_from_slice(&number.to_be_bytes());
    let (seat, card) = (seat(), CARD.into());
    let signature = Signature(key().sign(&signed::enter(nonce, room, &seat, card, &tag)));
    ClientFrame::Enter { room, seat, card, tag, signature }.encode()
}
