//! What a session is begun with, what it asks of the world around it, and where it is.

use sanctuary_seal::{Alias, Password, Text};
use sanctuary_wire::{RoomId, Rule};

use super::lines::Change;
use super::membership::{Ended, Membership};
use super::reconnection::Reconnection;
use super::told::Refused;

/// What the session asks of the world around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Stretch a password, and answer with it by [`Session::derived`](super::Session::derived).
    Derive(RoomId, Password),
    /// Connect once, to this shard.
    Connect(String),
    /// Abandon the connection, without closing it, and connect again until it works; but not before so many
    /// milliseconds.
    Reconnect(u64),
    /// The same, and the first try is made at once.
    Retry,
    /// Send a frame.
    Send(Vec<u8>),
    /// Close the connection once all is sent, and try no more.
    Close,
    /// Show what has become of a line.
    Changed(Change),
    /// The session is in another phase, or a wait of another kind.
    Phase,
}

/// How a room is opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Who may moderate it.
    pub rule: Rule,
    /// What the host may ask for.
    pub code: Option<Text>,
}

/// What one enters by.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The room.
    pub room: RoomId,
    /// What opens it.
    pub password: Password,
    /// What one calls oneself.
    pub alias: Alias,
    /// Nothing where the room is there already.
    pub opening: Option<Opening>,
}

/// How it has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// One is not in; milliseconds before which to try again is in vain.
    Refused(Refused, u64),
    /// The conversation has ended.
    Ended(Ended),
}

/// Where one is.
#[derive(Debug)]
pub enum Phase<'a> {
    /// The password is stretched.
    Deriving,
    /// On the way in.
    Connecting,
    /// In the room.
    Room(&'a Membership),
    /// The connection is broken.
    Reconnecting(&'a Membership, &'a Reconnection),
    /// At the end.
    Over(&'a Over),
}
