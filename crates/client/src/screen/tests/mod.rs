//! The screen before real sessions, drawn as text.

mod composing;
mod forgetting;
mod looking;
mod meant;
mod pictures;
mod reading;
mod sitting;
mod typing;
