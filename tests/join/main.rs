//! `sanctuary-join` and the daemon, both as they are shipped: members in pipes, and what is between them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../support/mod.rs"]
mod support;

mod asked;
mod between;
mod browser;
mod confined;
mod handed;
mod joined;
mod lists;
mod lively;
mod local;
mod numbered;
mod patience;
mod pictures;
mod screen;
mod server;
mod told;
mod verify;
mod ways;
mod window;
