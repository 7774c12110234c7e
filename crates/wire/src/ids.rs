//! The names and secrets that frames carry, each with its exact size.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::cbor::transparent;
use super::table::coded;

/// A room's name: 40 random bits, not secret (protocol, section 1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomId(pub [u8; 5]);

/// A member's number within its room, counted from 1 and never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub u64);

transparent! { RoomId Id }

coded! {
    /// Who may kick, stop and lock.
    Rule {
        /// The keeper alone.
        Keeper = 0,
        /// Every member.
        Everyone = 1,
    }
}

/// Bytes whose value nobody may see: compared in constant time, wiped on drop, silent in `Debug`.
macro_rules! opaque {
    ($(#[$doc:meta])* $name:ident, $size:literal) => {
        $(#[$doc])*
        #[derive(Clone, Zeroize, ZeroizeOnDrop)]
        pub struct $name(pub [u8; $size]);

        transparent! { $name }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

opaque! {
    /// The Ed25519 public key of a seat: its member signs for it what the daemon is to obey.
    SeatKey, 32
}
opaque! {
    /// The beginning of the nonce of the connection by which a member entered. Its card is signed
    /// for it, so that nobody else can show the same card.
    Entry, 16
}
opaque! {
    /// A keyed hash of an alias, by which the daemon sees that two are equal and nothing else.
    Tag, 16
}
opaque! {
    /// A room's Ed25519 public key: who enters signs for it.
    Gate, 32
}
opaque! {
    /// An Ed25519 signature (RFC 8032).
    Signature, 64
}
opaque! {
    /// What every signature on one connection must cover, so that it serves on no other.
    Nonce, 32
}
opaque! {
    /// Another door, sealed for one member.
    SealedDoor, 224
}

impl Nonce {
    /// By what the stay is named that begins on this connection.
    #[must_use]
    pub fn entry(&self) -> Entry {
        let mut entry = Entry([0; 16]);
        entry.0.copy_from_slice(&self.0[..16]);
        entry
    }
}

impl fmt::Debug for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoomId(…)")
    }
}
