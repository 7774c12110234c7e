//! People who behave: three members who talk without pause, and must understand each other.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use sanctuary::wire::Denial;

use super::support::{Heard, Member};

/// How many they are.
pub(super) const COMPANY: usize = 3;

/// Between two messages, whoever speaks.
const PACE: Duration = Duration::from_millis(10);

/// Members on a thread of their own, so that the hostile do not slow them down but through the daemon.
pub(super) struct Company {
    enough: Arc<AtomicBool>,
    thread: JoinHandle<Talk>,
}

/// How long each message took to the last who heard it.
pub(super) struct Talk {
    latencies: Vec<Duration>,
}

impl Company {
    /// Returns when they are in their room.
    pub(super) fn gather(address: SocketAddr) -> Self {
        let enough = Arc::new(AtomicBool::new(false));
        let (told, ready) = mpsc::channel();
        let until = Arc::clone(&enough);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut members = company(address).await;
                told.send(()).unwrap();
                let talk = talk(&mut members, &until).await;
                for member in members {
                    member.close().await;
                }
                talk
            })
        });
        ready.recv().expect("a company in its room");
        Self { enough, thread }
    }

    /// Ends the talk; panics when anything was lost.
    pub(super) fn part(self) -> Talk {
        self.enough.store(true, Ordering::Relaxed);
        self.thread.join().expect("a talk in which nothing is lost")
    }
}

/// Everyone in the room, and aware of each other: a message is readable by whom its sender has seen.
async fn company(address: SocketAddr) -> Vec<Member> {
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

async fn talk(members: &mut [Member], enough: &AtomicBool) -> Talk {
    let mut latencies = Vec::new();
    let mut pace = tokio::time::interval(PACE);
    for turn in 0.. {
        if enough.load(Ordering::Relaxed) {
            break;
        }
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
    assert!(!latencies.is_empty());
    latencies.sort();
    Talk { latencies }
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
        let (count, most) = (self.latencies.len(), self.latencies[self.latencies.len() - 1]);
        let half = self.latencies[count / 2];
        write!(f, "{count} messages heard by all, half within {half:.1?}, all within {most:.1?}")
    }
}
