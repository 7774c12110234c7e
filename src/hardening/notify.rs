//! Word to the service manager, over a socket that is connected before the sandbox closes (`sd_notify(3)`).

use std::{
    env, io,
    os::{
        linux::net::SocketAddrExt,
        unix::{
            ffi::OsStrExt,
            net::{SocketAddr, UnixDatagram},
        },
    },
    time::Duration,
};

use nix::time::{ClockId, clock_gettime};

/// The service manager, if one listens.
#[derive(Debug)]
pub struct Notifier {
    socket: Option<UnixDatagram>,
    watchdog: Option<Duration>,
}

impl Notifier {
    /// Connects to the manager that `NOTIFY_SOCKET` names; without that variable every word goes nowhere.
    ///
    /// # Errors
    /// The variable names a socket that can't be reached.
    pub fn from_environment() -> io::Result<Self> {
        let Some(name) = env::var_os("NOTIFY_SOCKET") else {
            return Ok(Self { socket: None, watchdog: None });
        };
        let address = match name.as_bytes() {
            [b'@', abstract_name @ ..] => SocketAddr::from_abstract_name(abstract_name)?,
            _ => SocketAddr::from_pathname(&name)?,
        };
        let socket = UnixDatagram::unbound()?;
        socket.connect_addr(&address)?;
        socket.set_nonblocking(true)?;
        Ok(Self { socket: Some(socket), watchdog: watchdog() })
    }

    /// How long the manager waits for `WATCHDOG=1` before it ends this process.
    #[must_use]
    pub fn watchdog(&self) -> Option<Duration> {
        self.watchdog
    }

    /// Says that the settings are read anew; `READY=1` says that it is done.
    pub fn tell_reloading(&self) {
        let now = clock_gettime(ClockId::CLOCK_MONOTONIC).map_or(Duration::ZERO, Duration::from);
        self.tell(&format!("RELOADING=1\nMONOTONIC_USEC={}", now.as_micros()));
    }

    /// Sends lines such as `READY=1`. A manager that is gone or busy is no reason to fail or to wait.
    pub fn tell(&self, lines: &str) {
        if let Some(socket) = &self.socket {
            let _ = socket.send(lines.as_bytes());
        }
    }
}

fn watchdog() -> Option<Duration> {
    let meant_for_us = env::var("WATCHDOG_PID").map_or(true, |pid| pid == std::process::id().to_string());
    let microseconds = env::var("WATCHDOG_USEC").ok()?.parse().ok()?;
    (meant_for_us && microseconds > 0).then(|| Duration::from_micros(microseconds))
}
