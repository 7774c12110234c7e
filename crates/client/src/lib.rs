//! A room from a terminal. Its parts, the pure ones first:
//!
//! - [`session`]: one visit to a room: events in, effects out.
//! - [`commands`]: what is typed, read as the page reads it.
//! - [`typed`]: carries out what was typed.
//! - [`line`]: the connection.
//! - [`words`]: what is told, in English, as the page says it.

pub mod commands;
pub mod line;
pub mod session;
pub mod typed;
pub mod words;
