//! Sanctuary: a chatroom with zero logging and total transience, as one daemon.
//!
//! The crate's map:
//!
//! - [`sanctuary_wire`], a crate of its own: the frames of the protocol, both ways, and their limits.
//! - [`sanctuary_server`], another: listeners, HTTP, the embedded page, web sockets, limits by address, rooms.
//! - [`certificate_source`], [`addresses`], [`host_names`]: the certificate for https, and where the page is reached.
//! - [`daemon`]: the order of starting and stopping.
//! - [`config`], [`files`], [`unit`], [`cli`], [`exit`], [`doctor`]: what the operator says and hears.
//! - [`hardening`]: memory, privileges, sandbox.
//! - `join`: turns into the terminal's client, a program of its own.
//!
//! The members' own secrets are the crate `sanctuary-seal`'s, on which the daemon does not depend.

pub mod addresses;
pub mod certificate_source;
pub mod cli;
pub mod config;
pub mod daemon;
pub mod doctor;
pub mod exit;
pub mod files;
pub mod hardening;
pub mod host_names;
mod join;
pub mod unit;
