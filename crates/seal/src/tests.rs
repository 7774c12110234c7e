//! The vectors, both ways; what must not open; and rooms of several members, with honest daemons and
//! others.

mod attacks;
mod bounds;
mod by_hand;
mod drawn;
mod honest;
mod hostile;
mod page;
mod removed;
mod room;
mod rooms;
mod sealed;
mod vectors;
mod wycheproof;
