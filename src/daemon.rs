//! The daemon's life, from its settings to its end, on one screen.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio::signal::unix::{SignalKind, signal};

use crate::addresses;
use crate::config::{ConfigError, ListenAddress, Settings};
use crate::exit::Exit;
use crate::room::Limits;
use crate::server::{self, Allowance, Policy, Rate, Server};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Why the daemon does not run.
#[derive(Debug, thiserror::Error)]
pub enum DaemonError {
    /// Somebody else listens there.
    #[error("port {} is taken: stop whoever has it, or set `listen` in {file}", .address.port())]
    Taken {
        /// The address.
        address: SocketAddr,
        /// The configuration's file.
        file: String,
    },
    /// A port that only root, or who has `CAP_NET_BIND_SERVICE`, may have.
    #[error(
        "port {} needs privilege: start as root or by systemd, or set `listen` in {file} to a port from \
         1024 on", .address.port()
    )]
    Privileged {
        /// The address.
        address: SocketAddr,
        /// The configuration's file.
        file: String,
    },
    /// It cannot be bound for another reason.
    #[error("cannot listen on {address}: {error}: set `listen` in {file} to one of this machine's addresses")]
    Unbound {
        /// The address.
        address: SocketAddr,
        /// The configuration's file.
        file: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// The system failed us.
    #[error("cannot start: {0}")]
    System(#[from] std::io::Error),
}

impl DaemonError {
    /// The status to exit with.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Taken { .. } | Self::Unbound { .. } => Exit::Unavailable,
            Self::Privileged { .. } => Exit::NoPermission,
            Self::System(_) => Exit::OsError,
        }
    }
}

/// Runs the daemon until it is told to stop; `reload` reads the settings anew.
pub fn run(
    settings: Settings,
    reload: impl Fn() -> Result<Settings, ConfigError> + 'static,
) -> Result<(), DaemonError> {
    let listeners =
        settings.listen.iter().map(|address| bind(*address, &settings)).collect::<Result<Vec<_>, _>>()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(settings, listeners, reload))
}

fn bind(address: ListenAddress, settings: &Settings) -> Result<TcpListener, DaemonError> {
    let address = address.socket();
    server::bind(address).map_err(|error| {
        let file = settings.file.display().to_string();
        match error.kind() {
            std::io::ErrorKind::AddrInUse => DaemonError::Taken { address, file },
            std::io::ErrorKind::PermissionDenied => DaemonError::Privileged { address, file },
            _ => DaemonError::Unbound { address, file, error },
        }
    })
}

async fn serve(
    mut settings: Settings,
    listeners: Vec<TcpListener>,
    reload: impl Fn() -> Result<Settings, ConfigError>,
) -> Result<(), DaemonError> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let mut purge = signal(SignalKind::user_defined1())?;
    let mut watchdog = watchdog();

    let server = Server::new(policy(&settings)).map_err(std::io::Error::other)?;
    let bound = listeners.iter().map(TcpListener::local_addr).collect::<Result<Vec<_>, _>>()?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn({
        let server = Arc::clone(&server);
        async move { server.run(listeners, stopped).await }
    });

    say(&format!("Sanctuary {} is ready. Open one of these in a browser:", env!("CARGO_PKG_VERSION")));
    for url in addresses::urls(&bound) {
        say(&format!("  {url}"));
    }
    tell_systemd(NotifyState::Ready);
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            _ = purge.recv() => server.purge(),
            _ = watchdog.tick() => tell_systemd(NotifyState::Watchdog),
            _ = hangup.recv() => match reload() {
                Ok(new) => {
                    for name in settings.needs_restart(&new) {
                        say(&format!("`{name}` has changed: it takes a restart"));
                    }
                    server.set_policy(policy(&new));
                    settings = new;
                }
                Err(error) => say(&format!("the settings stay as they were: {error}")),
            },
        }
    }
    tell_systemd(NotifyState::Stopping);
    say("Sanctuary stops.");
    drop(stop);
    running.await.map_err(std::io::Error::other)??;
    Ok(())
}

fn policy(settings: &Settings) -> Policy {
    let second = Duration::from_secs(1);
    Policy {
        largest_frame: settings.largest_frame,
        backlog: settings.backlog,
        handshake: settings.handshake,
        ping: settings.ping,
        frames: Rate { burst: settings.frame_burst, every: second / settings.frame_rate },
        allowance: Allowance {
            all_connections: settings.connections,
            connections: settings.connections_by_address,
            tries: Rate::per(settings.tries_by_address, MINUTE),
            rooms: Rate::per(settings.rooms_by_address, HOUR),
            frames: Rate::per(settings.frames_by_address, second),
        },
        rooms: Limits { rooms: settings.rooms, members: settings.members, grace: settings.grace },
        origins: settings.origins.iter().map(ToString::to_string).collect(),
        proxies: settings.proxies.clone(),
    }
}

/// Ticks twice within the time that systemd allows, or never where it does not ask.
fn watchdog() -> tokio::time::Interval {
    const NEVER: Duration = Duration::from_secs(365 * 24 * 3600);
    tokio::time::interval(sd_notify::watchdog_enabled().map_or(NEVER, |allowed| allowed / 2))
}

fn tell_systemd(state: NotifyState) {
    // Without systemd there is nobody to tell.
    let _ = sd_notify::notify(&[state]);
}

fn say(line: &str) {
    // A daemon whose output nobody reads serves all the same.
    let _ = writeln!(std::io::stdout(), "{line}");
}
