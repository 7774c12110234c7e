//! Sanctuary: a chatroom with zero logging and total transience, as one daemon.
//!
//! The crate's map, in the order a frame travels:
//!
//! - [`sanctuary_wire`], a crate of its own: the frames of the protocol, both ways, and their limits.
//! - `rate`: so much at once, and so much more as time passes.
//! - [`room`]: what a room does, pure: events in, effects out.
//! - [`server`]: the edge: listeners, HTTP, the embedded page, web sockets, limits by address.
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
mod rate;
pub mod room;
pub mod server;
pub mod unit;
