//! What the operator has decided: `sanctuary.toml` and the command line become [`Settings`], proved once.
//!
//! Later code sees `Settings` alone: whoever holds one need not ask again whether a number is within its
//! bounds or an address can be bound. This module opens one file, to read it; it knows neither sockets
//! nor rooms.

mod error;
mod file;
mod host;
mod https;
mod listen;
mod network;
mod open_rooms;
mod origin;
mod reader;
mod settings;
mod table;
mod units;
mod value;

pub use error::{ConfigError, Fault};
pub use host::{HostError, HostName};
pub use https::{CertificateSource, Https};
pub use listen::{ListenAddress, ListenError};
pub use network::{NetworkError, network};
pub use open_rooms::{Code, OpenRooms};
pub use origin::{Origin, OriginError};
pub use settings::Settings;
pub use value::user_name;

/// The file that is read when the command line names none: `make build SYSCONFDIR=…` sets another folder's.
pub const DEFAULT_FILE: &str = match option_env!("SANCTUARY_CONFIG") {
    Some(file) => file,
    None => "/etc/sanctuary.toml",
};

#[cfg(test)]
mod tests;
