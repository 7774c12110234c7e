//! Rooms in which members come, talk and go in every way at once, so that the daemon's sockets, connections and rooms are
//! given to others again and again: each hears what its room says from its entry on, once and in the same order as all,
//! and nothing of another room.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use sanctuary_seal::Door;
use sanctuary_wire::{ClientFrame, DaemonFrame, Hash, Id, Order, RoomId};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::support::{ByHand, Daemon, Line, Next, answered, password};
use super::told;

/// Rooms at the same time, and members that each has beside its host.
const ROOMS: u64 = 8;
const PLACES: u64 = 5;

/// The most words said before any of them is waited for.
const AT_ONCE: u32 = 4;

/// Words of a member that hears none of them.
const UNHEARD: u32 = 20;

/// Places for all who broke off and may still come back.
const SETTINGS: [(&str, &str); 4] =
    [("members", "900"), ("connections", "10000"), ("connections_by_address", "10000"), ("grace", "\"1 s\"")];

#[tokio::test]
async fn whoever_comes_and_goes_all_hear_the_same_once_and_nothing_of_other_rooms() {
    churn(2, 10).await;
}

/// `make test-patience` runs this.
mod patience {
    #[tokio::test]
    #[ignore = "takes a minute"]
    async fn whoever_comes_and_goes_for_long_all_hear_the_same_once_and_nothing_of_other_rooms() {
        super::churn(100, 40).await;
    }
}

/// Opens and stops each room so often. Meanwhile so many members follow each other in each of its places.
async fn churn(openings: usize, stays: u64) {
    let daemon = Daemon::with(&SETTINGS).await;
    let address = daemon.address();
    let mut rooms = JoinSet::new();
    for number in 0..ROOMS {
        rooms.spawn(async move {
            let [.., a, b, c, d] = number.to_be_bytes();
            let door = Door::derive(RoomId([7, a, b, c, d]), &password());
            for _ in 0..openings {
                from_opening_to_stop(address, Room::new(number, door.clone()), stays).await;
            }
        });
    }
    while let Some(room) = rooms.join_next().await {
        room.expect("a room in which all is as it should be");
    }
    assert_eq!(daemon.counts().await, (0, 0));
}

/// A room whose host hears all that is said in it.
async fn from_opening_to_stop(address: SocketAddr, room: Room, stays: u64) {
    let room = Arc::new(room);
    let mut host = Member::open(address, &room).await;
    let mut places = JoinSet::new();
    for place in 0..PLACES {
        let mut random = ChaCha20Rng::seed_from_u64(room.number * PLACES + place);
        let room = Arc::clone(&room);
        places.spawn(async move {
            for _ in 0..stays {
                stay(address, &room, &mut random).await;
            }
        });
    }
    loop {
        tokio::select! {
            frame = host.line.frame() => host.hears(&frame),
            place = places.join_next() => match place {
                Some(place) => place.expect("stays in which all is as it should be"),
                None => break,
            },
        }
    }
    host.says().await;
    host.hears_itself().await;
    assert_eq!(room.heard().keys().max(), Some(&host.order.count), "nobody heard more than the host");
    assert!(host.order.count > PLACES * stays, "all of them came");
    let stop = host.hand.stop(&host.line.nonce);
    host.line.send_bytes(stop).await;
    host.hears_to_the_end().await;
}

/// Somebody comes, talks, and goes.
async fn stay(address: SocketAddr, room: &Arc<Room>, random: &mut ChaCha20Rng) {
    let going = Going::ALL[random.next_u32() as usize % Going::ALL.len()];
    let stream = TcpStream::connect(address).await.expect("a connection");
    if going == Going::Reset {
        stream.set_zero_linger().expect("an end without a farewell");
    }
    let mut member = Member::enter(stream, room).await;
    for _ in 0..random.next_u32() % 4 {
        for _ in 0..=random.next_u32() % AT_ONCE {
            member.says().await;
        }
        member.hears_itself().await;
    }
    member.goes(going).await;
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
    number: u64,
    door: Door,
    /// Of so many frames the hash, by the first who heard them.
    heard: Mutex<HashMap<u64, Hash>>,
    /// How many have come.
    members: AtomicU64,
}

impl Room {
    fn new(number: u64, door: Door) -> Self {
        Self { number, door, heard: Mutex::default(), members: AtomicU64::default() }
    }

    fn heard(&self) -> MutexGuard<'_, HashMap<u64, Hash>> {
        self.heard.lock().expect("nobody has failed")
    }

    /// Two with the same hash have heard the same.
    fn compare(&self, Order { count, hash }: Order) {
        let first = *self.heard().entry(count).or_insert(hash);
        assert!(first == hash, "room {}: others heard something else as frame {count}", self.number);
    }
}

/// Somebody in a room.
struct Member {
    room: Arc<Room>,
    line: Line,
    hand: ByHand,
    id: Id,
    order: Order,
    /// Which of all who have come it is, as it says; the daemon says by `id` whose words they are.
    number: u64,
    /// Words that it has said, and those of them that it has heard.
    said: u64,
    heard: u64,
}

impl Member {
    async fn open(address: SocketAddr, room: &Arc<Room>) -> Self {
        let line = Line::open(address, room.door.room()).await;
        let hand = ByHand::behind(room.door.clone());
        let create = hand.create(&line.nonce, None);
        Self::sit(line, hand, create, room).await
    }

    async fn enter(stream: TcpStream, room: &Arc<Room>) -> Self {
        let line = Line::over(stream, room.door.room()).await;
        let hand = ByHand::behind(room.door.clone());
        let enter = hand.enter(&line.nonce);
        Self::sit(line, hand, enter, room).await
    }

    async fn sit(mut line: Line, hand: ByHand, first: Vec<u8>, room: &Arc<Room>) -> Self {
        let answer = answered(&mut line, first).await;
        let DaemonFrame::Welcome { you: id, count, order: hash, .. } = told(&answer) else {
            panic!("no welcome: {:?}", told(&answer))
        };
        let order = Order { count, hash };
        room.compare(order);
        let number = room.members.fetch_add(1, Ordering::Relaxed);
        Self { room: Arc::clone(room), line, hand, id, order, number, said: 0, heard: 0 }
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
            self.room.compare(self.order);
        }
        if let DaemonFrame::Said { from, payload } = told {
            let words = payload.chunks(8).map(|word| word.try_into().map_or(0, u64::from_be_bytes));
            let [room, member, said] = words.collect::<Vec<_>>().try_into().expect("three words");
            assert_eq!(room, self.room.number, "of another room");
            if member == self.number {
                assert_eq!((from, said), (self.id, self.heard), "its own words, each once and in order");
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

    async fn hears_to_the_end(&mut self) {
        while let Next::Frame(frame) = self.line.next().await {
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
}
