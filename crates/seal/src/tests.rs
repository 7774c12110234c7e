//! The vectors, both ways, and what must not open.

mod by_hand;
mod cards;
mod drawn;
mod removed;
mod rooms;
mod sealed;
mod vectors;
mod wycheproof;
