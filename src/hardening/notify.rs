//! Word to the service manager (`sd_notify(3)`).

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
use sd_notify::NotifyState;

/// The service manager, if one listens.
///
/// The socket is ours, and connected before the sandbox closes: sd-notify connects anew for each
/// notice, which newer kernels' Landlock refuses.
#[derive(Debug)]
pub struct Notifier {
    socket: Option<UnixDatagram>,
    watchdog: Option<Duration>,
}

impl Notifier {
    /// Connects to the manager that `NOTIFY_SOCKET` names. Without that variable nothing is ever
    /// sent.
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
        let watchdog = sd_notify::watchdog_enabled().filter(|allowed| !allowed.is_zero());
        Ok(Self { socket: Some(socket), watchdog })
    }

    /// How long the manager waits for [`NotifyState::Watchdog`] before it ends this process.
    #[must_use]
    pub fn watchdog(&self) -> Option<Duration> {
        self.watchdog
    }

    /// Says that the settings are read anew; [`NotifyState::Ready`] says that it is done.
    pub fn tell_reloading(&self) {
        // sd-notify's `monotonic_usec_now` multiplies in 32 bits with glibc on 32-bit ARM. From 36
        // minutes after the machine's start it is wrong there, and systemd would not see that a
        // reload has begun.
        let now = clock_gettime(ClockId::CLOCK_MONOTONIC).map_or(Duration::ZERO, Duration::from);
        let now = i128::try_from(now.as_micros()).unwrap_or(i128::MAX);
        self.tell(&[NotifyState::Reloading, NotifyState::MonotonicUsec(now)]);
    }

    /// Sends these states as one notice. A manager that is gone or busy is no reason to fail or to
    /// wait.
    pub fn tell(&self, states: &[NotifyState<'_>]) {
        if let Some(socket) = &self.socket {
            let lines: Vec<String> = states.iter().map(ToString::to_string).collect();
            let _ = socket.send(lines.join("\n").as_bytes());
        }
    }
}
