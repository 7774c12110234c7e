//! The screen before real sessions, drawn as text.

mod composing;
mod looking;
mod reading;
mod sitting;
