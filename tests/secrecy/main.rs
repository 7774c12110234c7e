//! What the daemon and the network see of what members say: nothing. What a kicked member's keys open of
//! what is said later, and the password of what was said before: nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../support/mod.rs"]
mod support;

mod keys;
mod recorded;

use support::{Heard, Member};

const NEXT_PASSWORD: &str = "nightshade under 4 gargoyles";

async fn both(one: &mut Member, other: &mut Member, expected: &Heard) {
    for member in [one, other] {
        assert_eq!(&member.next().await, expected, "member {}", member.id);
    }
}
