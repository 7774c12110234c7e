//! What each fuzz target does with one input, and what must hold then.
//!
//! The fuzzer calls these through `fuzz_targets/`, and `tests/fuzz_corpus.rs` replays `corpus/` through them.

#![allow(clippy::unwrap_used, clippy::expect_used, unreachable_pub, missing_docs)]

mod config;
mod forge;
mod http;
mod picture;
mod rich;
mod room;
mod seal;
mod wire;

pub use config::config;
pub use http::http_upgrade;
pub use picture::picture;
pub use rich::rich;
pub use room::room_events;
pub use seal::seal_open;
pub use wire::{wire_client, wire_command, wire_daemon};

/// What is done with one input.
pub type Body = fn(&[u8]);

/// Every target: its name, which is that of its corpus, and its body.
pub const TARGETS: [(&str, Body); 9] = [
    ("wire_client", wire_client),
    ("wire_command", wire_command),
    ("wire_daemon", wire_daemon),
    ("room_events", room_events),
    ("config", config),
    ("http_upgrade", http_upgrade),
    ("seal_open", seal_open),
    ("rich", rich),
    ("picture", picture),
];

/// Reads an input as a list of small choices; nothing is left when it ends.
pub struct Choices<'a>(pub &'a [u8]);

impl<'a> Choices<'a> {
    pub fn next(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    /// One of `0..below`.
    pub fn below(&mut self, below: u8) -> Option<u8> {
        self.next().map(|byte| byte % below)
    }

    /// Up to so many bytes, as far as there are any.
    pub fn take(&mut self, most: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        taken
    }
}
