//! Sessions against the daemon's own rooms, without sockets: what is told, what goes on and what is wiped.

mod hostile;
mod lookalikes;
mod meant;
mod returning;
mod states;
mod talk;
mod typing;
pub(crate) mod world;
