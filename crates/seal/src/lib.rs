//! What the members of a room keep from the daemon: sections 1 and 2 of the protocol.
//!
//! - [`RoomKey`], [`Password`], [`Invitation`], [`Alias`]: what people type, read once and proved.
//! - [`Door`]: the keys that room key and password derive, and the proof for the daemon.
//! - [`Card`], [`Pair`], [`Chain`]: who a member is, what passes between two, what is said to all.
//! - [`Group`]: all of that for one member in one room; a client needs little else.
//!
//! This crate knows the wire's names and nothing of sockets, screens or the daemon. Secrets are
//! wiped on drop and silent in `Debug`.

mod aead;
mod alias;
mod base32;
mod body;
mod card;
mod chain;
mod door;
mod error;
mod group;
mod hkdf;
mod invitation;
mod lenient;
mod pair;
mod password;
mod random;
mod room_key;
mod secret;

pub use alias::{ALIAS_MOST, Alias, AliasError};
pub use body::{Body, TimedText};
pub use card::{Card, KeyPair, Public};
pub use chain::{Chain, MAX_SKIP};
pub use door::{Door, ROUNDS, shard};
pub use error::{CodeError, SealError};
pub use group::{Group, SealedMessage};
pub use invitation::{INVITATION_MOST, Invitation};
pub use pair::{Pair, Passed};
pub use password::{PASSWORD_LEAST, PASSWORD_MOST, Password};
pub use random::Random;
pub use room_key::RoomKey;
pub use secret::{Secret, Text};

#[cfg(test)]
mod tests;
