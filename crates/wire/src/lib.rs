//! The frames of the Sanctuary protocol, version 1, section 3: what a client and the daemon say to
//! each other, and within which limits.
//!
//! One frame is one CBOR item (RFC 8949) in one binary WebSocket message. It is written
//! deterministically (4.2.1) and read with definite lengths only, straight from the message: what is
//! merely relayed (payloads, cards, passes) is borrowed, never copied, and a claimed length allocates
//! nothing. This module knows neither rooms nor sockets.

mod client;
mod codec;
mod daemon;
mod ids;
pub mod limits;

pub use client::{ClientFrame, Code};
pub use codec::WireError;
pub use daemon::{DaemonFrame, Denial, Departure, End, Refusal, Seated};
pub use ids::{Gate, Id, Nonce, Proof, RoomId, Rule, SeatToken, Tag};

/// The WebSocket subprotocol that both sides name on the upgrade (RFC 6455, 1.9).
pub const SUBPROTOCOL: &str = "sanctuary.1";

/// The close code where nothing is wrong (RFC 6455, 7.4.1).
pub const NORMAL_CLOSURE: u16 = 1000;

/// What a proof signs before the nonce and the room, so that it serves no other purpose.
pub const PROOF_CONTEXT: &[u8] = b"sanctuary/1 enter";

#[cfg(test)]
mod tests;
