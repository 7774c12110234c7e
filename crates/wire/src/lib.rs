//! The frames of the Sanctuary protocol, version 1, section 3: what a client and the daemon say to
//! each other, and within which limits.
//!
//! - [`ClientFrame`], [`Command`], [`DaemonFrame`]: a table each, in which every frame is stated once:
//!   number, name, fields. Reading and writing follow from it.
//! - [`SealedCard`], [`SealedHeart`], [`Code`], [`Passes`], [`LargestFrame`], [`OfSeats`]: fields with a bound of their own.
//! - [`RoomId`], [`Id`], [`SeatKey`] and others: the names, keys and signatures in frames, each of its
//!   exact size.
//! - [`signed`]: what the signatures cover, [`Order`]: what all members were told alike.
//! - [`cbor`]: how all of it is written (RFC 8949), and what members seal as well.
//!
//! One frame is one CBOR item in one binary WebSocket message. It is read straight from the
//! message: what is merely relayed (payloads, cards, passes) is borrowed, never copied, and a
//! claimed length allocates nothing. This crate knows neither rooms nor sockets.

mod bounded;
pub mod cbor;
mod client_frames;
mod daemon_frames;
mod ids;
pub mod limits;
mod order;
pub mod signed;
mod table;

pub use bounded::{Code, KeptCard, KeptHeart, LargestFrame, OfSeats, Passes, SealedCard, SealedHeart};
pub use cbor::WireError;
pub use client_frames::{ClientFrame, Command, Staying};
pub use daemon_frames::{DaemonFrame, Denial, Departure, End, Refusal, Seated};
pub use ids::{Entry, Gate, Id, Nonce, RoomId, Rule, SealedDoor, SeatKey, Signature, Tag};
pub use order::{Hash, Order};

/// The WebSocket subprotocol that both sides name on the upgrade (RFC 6455, 1.9).
pub const SUBPROTOCOL: &str = "sanctuary.1";

/// The close code where nothing is wrong (RFC 6455, 7.4.1).
pub const NORMAL_CLOSURE: u16 = 1000;

#[cfg(test)]
mod tests;
