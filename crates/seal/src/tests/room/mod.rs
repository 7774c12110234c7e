//! Groups of members in a room, with the daemon's part played here: an honest one, which tests may make
//! lie.

mod daemon;
mod orders;
mod players;

pub(super) use daemon::{ConnectionId, Daemon};
pub(super) use players::{Player, Players, message, words};
