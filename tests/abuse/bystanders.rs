//! People who behave: three members who talk without pause, and must understand each other.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use sanctuary_seal::Happening;
use sanctuary_wire::Denial;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::MissedTickBehavior;

use super::support::{Heard, Member, door};

/// How many they are.
pub(super) const COMPANY: usize = 3;

/// Between two messages, whoever speaks.
const PACE: Duration = Duration::from_millis(10);

/// Messages that they say to each other before anything else happens.
const AMONG_THEMSELVES: usize = 60;

/// Within what time half of the messages and all but a hundredth must be heard, whatever else goes
/// on: many times what it takes on two cores on which everything else is tested at the same time.
const HALF_WITHIN: Duration = Duration::from_millis(100);
const NEARLY_ALL_WITHIN: Duration = Duration::from_secs(2);

/// Members on a thread of their own, so that the hostile do not slow them down but through the
/// daemon.
pub(super) struct Company {
    enough: Arc<AtomicBool>,
    thread: JoinHandle<Talk>,
}

/// How long each message took to the last who heard it, in the order of that time.
pub(super) struct Talk {
    quiet: Vec<Duration>,
    disturbed: Vec<Duration>,
}

impl Company {
    /// Returns when they are in their room, somebody has come and gone, and they have said so much
    /// that the daemon has all that an evening takes.
    pub(super) fn gather(address: SocketAddr) -> Self {
        let enough = Arc::new(AtomicBool::new(false));
        let (told, ready) = mpsc::channel();
        let until = Arc::clone(&enough);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                open_page(address).await;
                let mut members = company(address).await;
                // The first departure takes memory too: the stack that is wiped after it.
                Member::enter(address, "Dora").await.close().await;
                let quiet = talk(&mut members, |said| said == AMONG_THEMSELVES).await;
                told.send(()).unwrap();
                let disturbed = talk(&mut members, |_| until.load(Ordering::Relaxed)).await;
                for member in members {
                    member.close().await;
                }
                Talk { quiet, disturbed }
            })
        });
        ready.recv().expect("a company in its room");
        Self { enough, thread }
    }

    /// Ends the talk; panics when anything was lost, or held up for long.
    pub(super) fn part(self) -> Talk {
        self.enough.store(true, Ordering::Relaxed);
        let talk = self.thread.join().expect("a talk in which nothing is lost");
        let (count, held_up) = (talk.disturbed.len(), &talk.disturbed);
        assert!(held_up[count / 2] <= HALF_WITHIN, "{talk}");
        assert!(held_up[count * 99 / 100] <= NEARLY_ALL_WITHIN, "{talk}");
        talk
    }
}

/// The page's largest file, as it was built: what is served counts as resident once it has been.
async fn open_page(address: SocketAddr) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /app.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut page = Vec::new();
    stream.read_to_end(&mut page).await.unwrap();
    assert!(page.starts_with(b"HTTP/1.1 200"));
}

/// Everyone in the room, and aware of each other: a message is readable by whom its sender has
/// seen.
async fn company(address: SocketAddr) -> Vec<Member> {
    door(); // Deriving its keys takes a while, for which no handshake should wait.
    let mut members = vec![Member::create(address, "Ada").await];
    for alias in ["Ben", "Cleo"] {
        let newcomer = Member::enter(address, alias).await;
        for member in &mut members {
            assert_eq!(member.next().await, Heard::Joined(newcomer.id, alias.to_owned()));
        }
        members.push(newcomer);
    }
    members
}

/// Talks until it is enough of messages; how long each took, in the order of that.
async fn talk(members: &mut [Member], enough: impl Fn(usize) -> bool) -> Vec<Duration> {
    let mut latencies = Vec::new();
    let mut pace = tokio::time::interval(PACE);
    // A member that was held up does not shout to make up for it.
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // At least one, however soon the abuse is over.
    while latencies.is_empty() || !enough(latencies.len()) {
        let turn = latencies.len();
        pace.tick().await;
        let (speaker, text) = (turn % COMPANY, format!("message {turn}"));
        let said = Instant::now();
        members[speaker].say(&text).await;
        let from = members[speaker].id;
        for member in &mut *members {
            hears(member, from, &text).await;
        }
        latencies.push(said.elapsed());
    }
    latencies.sort();
    latencies
}

/// The next of the company's messages is this one; what strangers do in between is none of theirs.
async fn hears(member: &mut Member, from: u64, text: &str) {
    loop {
        match member.next().await {
            Heard::Message { from: who, text: what, .. } if is_company(who) => {
                assert_eq!((who, &*what), (from, text));
                // Frames are kept for tests that look at them; here they would only grow.
                return member.frames.clear();
            }
            Heard::Message { from: who, .. } | Heard::Sealed { from: who, .. } if !is_company(who) => {}
            Heard::Joined(who, _) | Heard::Left(who, ..) | Heard::Away(who) | Heard::Back(who)
                if !is_company(who) => {}
            // Neither its card nor what it passes is anything that opens.
            Heard::Else(Happening::Unreadable { id: who, .. } | Happening::PassUnread { from: who, .. })
                if !is_company(who.0) => {}
            // It passed its chain to a stranger who had just gone; the others got it.
            Heard::Denied(5, Denial::NoSuchMember) => {}
            other => panic!("{other:?} instead of {text:?}"),
        }
    }
}

fn is_company(id: u64) -> bool {
    id <= COMPANY as u64
}

impl fmt::Display for Talk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, at_first, then) = (self.disturbed.len(), &self.quiet, &self.disturbed);
        write!(
            f,
            "{count} messages heard by all, half within {:.1?}, 99 of 100 within {:.1?}, all within {:.1?} (at first \
             half within {:.1?}, all within {:.1?})",
            then[count / 2],
            then[count * 99 / 100],
            then[count - 1],
            at_first[at_first.len() / 2],
            at_first[at_first.len() - 1],
        )
    }
}
