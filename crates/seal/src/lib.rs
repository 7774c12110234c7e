//! What the members of a room keep from the daemon: sections 1 and 2 of the protocol.
//!
//! - [`RoomKey`], [`Password`], [`Invitation`], [`Alias`]: what people type, read once and proved.
//! - [`Door`], [`Heart`], [`RoomSalt`]: the keys that the password opens, and those that outlive it.
//! - [`Seat`], [`Voice`], [`KeyPair`], [`Card`]: what a member has for one stay, and shows.
//! - [`Pair`], [`Chain`], [`Say`], [`Body`]: what passes between two, and what is said to all.
//! - [`Standing`]: the room as the daemon tells it, and the one order of all that concerns it.
//! - [`Group`]: all of that for one member in one room; a client needs little else.
//!
//! This crate knows the wire's names and nothing of sockets, clocks, screens or the daemon. Secrets
//! are wiped on drop and silent in `Debug`.

mod aead;
mod alias;
mod base32;
mod body;
mod bounds;
mod boxed;
mod card;
mod chain;
mod door;
mod emoji;
mod error;
mod group;
mod heart;
mod hkdf;
mod invitation;
mod keys;
mod lenient;
mod number;
mod pair;
mod password;
mod random;
mod room_key;
mod salt;
mod say;
mod secret;
mod standing;

pub use alias::{ALIAS_MOST, Alias, AliasError};
pub use body::{Body, Name, TimedText};
pub use card::Card;
pub use chain::{Chain, MAX_SKIP, Reading};
pub use door::{Door, ROUNDS, shard};
pub use emoji::{emoji_named, is_emoji};
pub use error::{CodeError, SealError};
pub use group::{
    FORMER_MS, FORMER_OWN_MS, GENERATION_MS, GENERATION_SAYS, Group, Happening, Lie, Member, Proof,
    RENEWAL_MS, RENEWAL_SPREAD_MS, SEEN_MOST, Showing, WAITING_MOST,
};
pub use heart::Heart;
pub use invitation::{INVITATION_MOST, Invitation};
pub use keys::{KeyPair, Public, Seat, Voice};
pub use number::number;
pub use pair::{Pair, PassKey, Passed};
pub use password::{PASSWORD_LEAST, PASSWORD_MOST, Password};
pub use random::Random;
pub use room_key::RoomKey;
pub use salt::RoomSalt;
pub use say::Say;
pub use secret::{Secret, Text};
pub use standing::{Place, Standing, Told, VIEWS_KEPT, View};

#[cfg(test)]
mod tests;
