//! Each rule of the protocol's section 3, with the real binary, over the wire.

#![allow(clippy::unwrap_used, clippy::expect_used)] // In what the tests share, too.

#[path = "../support/mod.rs"]
mod support;

mod churn;
mod closed;
mod ends;
mod entry;
mod form;
mod haste;
mod moderation;
mod neighbours;
mod network;
mod openers;
mod orders;
mod passes;
mod presence;
mod relock;
mod renew;
mod resume;
mod slow;
mod talk;

use sanctuary_wire::{DaemonFrame, Denial, Rule};
use support::{Daemon, Heard, Line, Member, Next, ROOM, Sitting};

fn message(number: u64, from: u64, text: &str) -> Heard {
    Heard::Message { number, from, text: text.to_owned() }
}

fn joined(id: u64, alias: &str) -> Heard {
    Heard::Joined(id, alias.to_owned())
}

fn denied(frame: u8, why: Denial) -> DaemonFrame<'static> {
    DaemonFrame::Denied { frame, why, retry_ms: 0 }
}

/// A room of these members, in this order, who have heard of each other. The first one keeps it.
async fn room_of<const N: usize>(daemon: &Daemon, aliases: [&str; N]) -> [Member; N] {
    room_under(Rule::Keeper, daemon, aliases).await
}

async fn room_under<const N: usize>(rule: Rule, daemon: &Daemon, aliases: [&str; N]) -> [Member; N] {
    let mut members: Vec<Member> = Vec::new();
    for alias in aliases {
        let newcomer = if members.is_empty() {
            Member::create_under(rule, daemon.address(), alias).await
        } else {
            Member::enter(daemon.address(), alias).await
        };
        for member in &mut members {
            assert_eq!(member.next().await, joined(newcomer.id, alias));
        }
        members.push(newcomer);
    }
    members.try_into().ok().expect("as many members as aliases")
}

async fn line(daemon: &Daemon) -> Line {
    Line::open(daemon.address(), ROOM).await
}

/// A room of so many whose frames are put together by hand, who have heard of each other.
async fn room_by_hand<const N: usize>(daemon: &Daemon) -> [Sitting; N] {
    let mut members = vec![Sitting::create(line(daemon).await).await];
    while members.len() < N {
        let newcomer = Sitting::enter(line(daemon).await).await;
        for member in &mut members {
            assert!(
                matches!(told(&member.frame().await), DaemonFrame::Joined { id, .. } if id.0 == newcomer.id)
            );
        }
        members.push(newcomer);
    }
    members.try_into().ok().expect("as many as were asked for")
}

fn told(frame: &[u8]) -> DaemonFrame<'_> {
    DaemonFrame::decode(frame).unwrap()
}

/// What a first frame gets: the whole answer, and how the connection ends.
async fn answer(daemon: &Daemon, first: impl FnOnce(&Line) -> Vec<u8>) -> (Vec<u8>, Next) {
    let mut line = line(daemon).await;
    let frame = first(&line);
    line.send_bytes(frame).await;
    (line.frame().await, line.next().await)
}

/// Everyone hears the same next.
async fn all_hear<const N: usize>(members: [&mut Member; N], expected: &Heard) {
    for member in members {
        assert_eq!(&member.next().await, expected, "member {}", member.id);
    }
}
