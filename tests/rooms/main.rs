//! Each rule of the protocol's section 3, with the real binary, over the wire.

#![allow(clippy::unwrap_used, clippy::expect_used)] // In what the tests share, too.

#[path = "../support/mod.rs"]
mod support;

mod bounds;
mod ends;
mod entry;
mod moderation;
mod presence;
mod talk;

use support::{Heard, Member};

fn message(number: u64, from: u64, text: &str) -> Heard {
    Heard::Message { number, from, text: text.to_owned() }
}

fn joined(id: u64, alias: &str) -> Heard {
    Heard::Joined(id, alias.to_owned())
}

/// A room of these members, in this order, who have heard of each other. The first one keeps it.
async fn room_of<const N: usize>(daemon: &support::Daemon, aliases: [&str; N]) -> [Member; N] {
    room_under(sanctuary_wire::Rule::Keeper, daemon, aliases).await
}

async fn room_under<const N: usize>(
    rule: sanctuary_wire::Rule,
    daemon: &support::Daemon,
    aliases: [&str; N],
) -> [Member; N] {
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

/// Everyone hears the same next.
async fn all_hear<const N: usize>(members: [&mut Member; N], expected: &Heard) {
    for member in members {
        assert_eq!(&member.next().await, expected, "member {}", member.id);
    }
}
