//! The daemon's life, from its settings to its end, on one screen.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use crate::addresses::{self, Scheme};
use crate::config::{ConfigError, ListenAddress, Settings};
use crate::exit::Exit;
use crate::hardening::{self, HardeningError, Notifier, Report};
use crate::room::Limits;
use crate::server::{self, Allowance, Listener, Policy, Rate, Server, Tls};
use crate::tls::{self, CertificateError};

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
    /// Https is asked for and cannot be served.
    #[error("no https: {0}")]
    Certificate(#[from] CertificateError),
    /// A protection that must be there is not.
    #[error(transparent)]
    Unprotected(#[from] HardeningError),
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
            Self::Certificate(CertificateError::Unreadable { .. }) => Exit::NoInput,
            Self::Certificate(_) => Exit::Config,
            Self::Privileged { .. } => Exit::NoPermission,
            Self::Unprotected(error) if error.is_a_missing_right() => Exit::NoPermission,
            Self::Unprotected(_) | Self::System(_) => Exit::OsError,
        }
    }
}

/// Runs the daemon until it is told to stop; `reload` reads the settings anew.
pub fn run(
    settings: Settings,
    reload: impl Fn() -> Result<Settings, ConfigError> + 'static,
) -> Result<(), DaemonError> {
    hardening::hush_panics();
    let listeners = listeners(&settings)?;
    if let Err(most) = server::make_room_for(settings.connections) {
        say(&format!("only {most} connections at once: the limit of open files is too low (LimitNOFILE)"));
    }
    let notifier = Notifier::from_environment()?;
    let places = Places::of(&listeners)?;
    let certificate = tls::load(&settings)?;
    let protections = hardening::harden(&protection(&settings))?;
    // Threads and whatever talks to strangers come only now.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let start = Start { listeners, places, certificate, protections, notifier };
    runtime.block_on(serve(settings, start, reload))
}

/// What is settled before the daemon closes itself in.
struct Start {
    listeners: Vec<Listener>,
    places: Places,
    certificate: Option<Tls>,
    protections: Report,
    notifier: Notifier,
}

/// The sockets that a service manager hands over, or those of the settings.
fn listeners(settings: &Settings) -> Result<Vec<Listener>, DaemonError> {
    let secure = if settings.tls.is_some() { &settings.listen_tls[..] } else { &[] };
    let handed_over = hardening::take_sockets()?;
    if handed_over.is_empty() {
        let plain = settings.listen.iter().map(|address| (address, false));
        let all = plain.chain(secure.iter().map(|address| (address, true)));
        return all.map(|(at, secure)| Ok(Listener { socket: bind(*at, settings)?, secure })).collect();
    }
    let is_secure = |port| secure.iter().any(|address| address.socket().port() == port);
    let listener =
        |socket: TcpListener| Ok(Listener { secure: is_secure(socket.local_addr()?.port()), socket });
    handed_over.into_iter().map(listener).collect()
}

/// Where the page is to be had.
struct Places {
    plain: Vec<SocketAddr>,
    secure: Vec<SocketAddr>,
}

impl Places {
    fn of(listeners: &[Listener]) -> std::io::Result<Self> {
        let bound = |secure| {
            let listeners = listeners.iter().filter(move |listener| listener.secure == secure);
            listeners.map(|listener| listener.socket.local_addr()).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self { plain: bound(false)?, secure: bound(true)? })
    }

    /// The port to send plain requests on to, where the settings want that.
    fn redirect(&self, settings: &Settings) -> Option<u16> {
        self.secure.first().map(SocketAddr::port).filter(|_| settings.redirect_to_https)
    }

    fn tell(&self, redirect: Option<u16>) {
        for url in addresses::urls(Scheme::Https, &self.secure) {
            say(&format!("  {url}"));
        }
        let note = if redirect.is_some() { " (sent on to https)" } else { "" };
        for url in addresses::urls(Scheme::Http, &self.plain) {
            say(&format!("  {url}{note}"));
        }
    }
}

/// What these settings mean for the daemon's protections.
#[must_use]
pub fn protection(settings: &Settings) -> hardening::Policy {
    // Beside what waits for it, a connection has one frame coming in and its buffers.
    const BUFFERS: usize = 32 * 1024;
    let tls = if settings.tls.is_some() { server::TLS_MEMORY } else { 0 };
    let connection = settings.backlog + settings.largest_frame + BUFFERS + tls;
    // Editors put a new file in the place of the old one, so that it is the folder that must be readable.
    let folder = settings.file.parent().filter(|_| settings.file.exists());
    hardening::Policy {
        user: settings.user.clone(),
        require_memory_lock: settings.require_memory_lock,
        growth: settings.connections.saturating_mul(connection) as u64,
        readable: folder.into_iter().map(Into::into).chain(tls::folders(settings)).collect(),
    }
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
    settings: Settings,
    start: Start,
    reload: impl Fn() -> Result<Settings, ConfigError>,
) -> Result<(), DaemonError> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let mut purge = signal(SignalKind::user_defined1())?;
    let Start { listeners, places, mut certificate, protections, notifier } = start;
    let mut watchdog = watchdog(&notifier);

    let redirect = places.redirect(&settings);
    let server =
        Server::new(policy(&settings, certificate.clone(), redirect)).map_err(std::io::Error::other)?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let mut running = tokio::spawn({
        let server = Arc::clone(&server);
        async move { server.run(listeners, stopped).await }
    });

    say(protections.to_string().trim_end());
    say(&format!("Sanctuary {} is ready. Open one of these in a browser:", env!("CARGO_PKG_VERSION")));
    places.tell(redirect);
    if let Some(certificate) = &certificate {
        tell_certificate(certificate);
    }
    if let Err(error) = tls::load_anew(&settings) {
        say(&format!("a renewed certificate will take a restart, not a reload: {error}"));
    }
    notifier.tell(&format!("READY=1\n{}", status(&protections, &server)));
    let mut in_force = settings.clone();
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            ended = &mut running => return Ok(ended.map_err(std::io::Error::other)??),
            _ = purge.recv() => server.purge(),
            _ = watchdog.tick() => notifier.tell(&format!("WATCHDOG=1\n{}", status(&protections, &server))),
            _ = hangup.recv() => {
                notifier.tell("RELOADING=1");
                match reload() {
                    Ok(new) => {
                        for name in settings.needs_restart(&new) {
                            say(&format!("`{name}` has changed: it takes a restart"));
                        }
                        in_force = within_the_locked_memory(new, &settings);
                    }
                    Err(error) => say(&format!("the settings stay as they were: {error}")),
                }
                match tls::load_anew(&settings) {
                    Ok(renewed) => certificate = renewed.inspect(tell_certificate).or(certificate),
                    Err(error) => say(&format!("the certificate stays as it was: {error}")),
                }
                server.set_policy(policy(&in_force, certificate.clone(), places.redirect(&in_force)));
                notifier.tell(&format!("READY=1\n{}", status(&protections, &server)));
            }
        }
    }
    notifier.tell("STOPPING=1");
    say("Sanctuary stops.");
    drop(stop);
    running.await.map_err(std::io::Error::other)??;
    Ok(())
}

/// Memory is locked for what the settings at the start can come to; what asks for more waits for a restart.
fn within_the_locked_memory(new: Settings, at_start: &Settings) -> Settings {
    if protection(&new).growth <= protection(at_start).growth {
        return new;
    }
    say("more memory than was locked at the start would be needed: \
         `connections`, `backlog` and `largest_frame` take a restart");
    let Settings { connections, largest_frame, backlog, .. } = *at_start;
    Settings { connections, largest_frame, backlog, ..new }
}

/// What nobody but the operator can judge: a fingerprint to compare, a time that is over.
fn tell_certificate(certificate: &Tls) {
    if certificate.is_self_signed() {
        say("Nobody vouches for the certificate: compare its SHA-256 fingerprint in the browser:");
        say(&format!("  {}", certificate.fingerprint()));
    }
    if let Some(warning) = tls::warning(certificate) {
        say(&format!("warning: {warning}"));
    }
}

fn policy(settings: &Settings, tls: Option<Tls>, redirect: Option<u16>) -> Policy {
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
        tls,
        redirect,
    }
}

/// Ticks twice within the time that the service manager allows, or never where it does not ask.
fn watchdog(notifier: &Notifier) -> tokio::time::Interval {
    const NEVER: Duration = Duration::from_secs(365 * 24 * 3600);
    tokio::time::interval(notifier.watchdog().map_or(NEVER, |allowed| allowed / 2))
}

/// What `systemctl status` shows: protections and counts, nothing about anybody.
fn status(protections: &Report, server: &Server) -> String {
    let counts = server.counts();
    format!("STATUS={}; {} rooms, {} members", protections.summary(), counts.rooms, counts.members)
}

fn say(line: &str) {
    // A daemon whose output nobody reads serves all the same.
    let _ = writeln!(std::io::stdout(), "{line}");
}
