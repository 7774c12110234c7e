//! The vectors, both ways; what must not open; and rooms of several members, with honest daemons and
//! others.

mod attacks;
mod by_hand;
mod honest;
mod room;
mod rooms;
mod vectors;
mod wycheproof;
