//! The vectors, both ways, and what must not open.

mod rooms;
mod sealed;
mod vectors;
