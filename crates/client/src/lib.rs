//! A room from a terminal. Its parts, the pure ones first:
//!
//! - [`session`]: one visit to a room: events in, effects out.
//! - [`commands`]: what is typed, read as the page reads it.
//! - [`typed`]: carries out what was typed.
//! - [`line`]: the connection.
//! - [`plain`]: lines in, lines out.
//! - [`rich`]: what others say, as lines for a terminal.
//! - [`picture`]: pictures, made small.
//! - [`screen`]: a whole screen, pure.
//! - [`confine`]: leaves whoever breaks in little.
//! - [`words`]: what is told, in English, as the page says it.
//! - `verify`: holds a page to account, without a room.

pub mod cli;
pub mod commands;
mod confine;
mod drive;
mod exit;
mod input;
pub mod line;
mod panics;
pub mod picture;
pub mod plain;
mod qr;
pub mod rich;
pub mod screen;
pub mod session;
mod terminal;
mod tokens;
pub mod typed;
mod verify;
mod window;
pub mod words;
