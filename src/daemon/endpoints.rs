//! Where the daemon listens: the sockets of the settings, or those that were handed over.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};

use super::{DaemonError, DryRun};
use crate::addresses::{Machine, Scheme};
use crate::config::Settings;
use crate::hardening::{self, StartedBy};
use crate::unit::Unit;
use sanctuary_server::{self as server, Listener};

/// What the settings and systemd's socket make of a daemon that drains.
const BEHIND_A_SOCKET: &str = "`drain` lets the daemon end for good, and the next visitor to its socket starts it again: \
                               `systemctl stop sanctuary.socket` before it is told to make way";

/// The sockets that a service manager hands over, or those of the settings; in a dry run, those that could be had.
pub(super) fn listeners(
    settings: &Settings,
    dry_run: Option<&DryRun<'_>>,
    warnings: &mut Vec<String>,
) -> Result<(Vec<Listener>, Endpoints), DaemonError> {
    let secure = settings.listen_tls();
    let handed_over = hardening::take_sockets()?;
    let are_own = handed_over.is_empty();
    let is_behind_a_socket = dry_run.and_then(|dry_run| dry_run.unit).is_some_and(Unit::is_behind_a_socket);
    if settings.drain.is_some() && (is_behind_a_socket || !are_own) {
        warnings.push(BEHIND_A_SOCKET.to_owned());
    }
    let listeners: Result<Vec<Listener>, DaemonError> = if is_behind_a_socket {
        Ok(Vec::new())
    } else if are_own {
        let plain = settings.listen.iter().map(|address| (address, false));
        let all = plain.chain(secure.iter().map(|address| (address, true)));
        let bound = all.map(|(at, secure)| {
            let socket = bind(at.socket(), secure, settings, dry_run, warnings)?;
            Ok(socket.map(|socket| Listener { socket, secure }))
        });
        bound.filter_map(Result::transpose).collect()
    } else {
        let is_secure = |port| secure.iter().any(|address| address.socket().port() == port);
        let listener =
            |socket: TcpListener| Ok(Listener { secure: is_secure(socket.local_addr()?.port()), socket });
        handed_over.into_iter().map(listener).collect()
    };
    let listeners = listeners?;
    let endpoints = Endpoints { bound: bound(&listeners)?, are_own };
    Ok((listeners, endpoints))
}

fn bound(listeners: &[Listener]) -> std::io::Result<Vec<(Scheme, SocketAddr)>> {
    let place = |listener: &Listener| {
        let scheme = if listener.secure { Scheme::Https } else { Scheme::Http };
        Ok((scheme, listener.socket.local_addr()?))
    };
    listeners.iter().map(place).collect()
}

/// Where the page is to be had.
pub(super) struct Endpoints {
    bound: Vec<(Scheme, SocketAddr)>,
    /// Whether we bound them. Sockets that were handed over may be of another network than this
    /// process.
    are_own: bool,
}

impl Endpoints {
    /// The port to send plain requests on to, where the settings want that.
    pub(super) fn redirect(&self, settings: &Settings) -> Option<u16> {
        let secure = self.bound.iter().find(|(scheme, _)| *scheme == Scheme::Https);
        if settings.redirects() { secure.map(|(_, socket)| socket.port()) } else { None }
    }

    /// A line for each that `machine` has not got.
    pub(super) fn lacked(&self, machine: &Machine) -> Vec<String> {
        let lacked = self.bound.iter().filter(|(_, socket)| self.are_own && machine.lacks(*socket));
        lacked
            .map(|(_, socket)| {
                format!(
                    "not there yet: {socket}; the page is served there once this machine has that address"
                )
            })
            .collect()
    }

    /// The URLs that people on other machines can open on `machine`, the likeliest first.
    pub(super) fn for_others(&self, machine: &Machine) -> Vec<String> {
        let others = machine.urls(&self.there(machine)).into_iter().filter(|url| url.for_others);
        others.map(|url| url.text).collect()
    }

    /// Those that `machine` has.
    fn there(&self, machine: &Machine) -> Vec<(Scheme, SocketAddr)> {
        let is_there = |socket| !(self.are_own && machine.lacks(socket));
        self.bound.iter().copied().filter(|(_, socket)| is_there(*socket)).collect()
    }

    /// The lines to print when all is ready: the addresses that a browser can open on `machine`,
    /// and those that are not there yet.
    pub(super) fn lines(&self, machine: &Machine, redirect: Option<u16>) -> Vec<String> {
        let version = env!("CARGO_PKG_VERSION");
        // A daemon in a network of its own sees none of the addresses at which others reach its
        // sockets.
        if !self.are_own && machine.ips().all(|ip| ip.is_loopback()) {
            return vec![format!(
                "Sanctuary {version} is ready. `sanctuary doctor` names the addresses to open."
            )];
        }
        let there = self.there(machine);
        let invitation = if there.is_empty() { "" } else { " Open one of these in a browser:" };
        let ready = format!("Sanctuary {version} is ready.{invitation}");
        let sent_on = |scheme| scheme == Scheme::Http && redirect.is_some();
        let urls = machine.urls(&there).into_iter().map(|url| {
            let note = if sent_on(url.scheme) { " (sent on to https)" } else { "" };
            format!("  {url}{note}")
        });
        [ready].into_iter().chain(urls).chain(self.lacked(machine)).collect()
    }
}

/// The socket of one address. In a dry run it does not listen, and there is none where only the
/// daemon itself can tell.
fn bind(
    address: SocketAddr,
    secure: bool,
    settings: &Settings,
    dry_run: Option<&DryRun<'_>>,
    warnings: &mut Vec<String>,
) -> Result<Option<TcpListener>, DaemonError> {
    let key = if secure { "listen_tls" } else { "listen" };
    let setting = format!("`{key}` in {}", settings.file.display());
    let port = address.port();
    let is_privileged = port != 0 && port < server::first_unprivileged_port();
    if is_privileged && dry_run.and_then(|dry_run| dry_run.unit).is_some_and(|unit| !unit.has_ports()) {
        return Err(DaemonError::Privileged { address, setting, started_by: StartedBy::Manager });
    }
    let bound =
        if dry_run.is_some() { server::claim(address).map(TcpListener::from) } else { server::bind(address) };
    let source = match bound {
        Ok(socket) => return Ok(Some(socket)),
        Err(error) => error,
    };
    match (source.kind(), dry_run) {
        (ErrorKind::PermissionDenied, Some(dry_run)) if dry_run.is_unprivileged => Ok(None),
        // The service has rights that its user has not.
        (ErrorKind::PermissionDenied, Some(DryRun { unit: Some(_), .. })) if is_privileged => Ok(None),
        (ErrorKind::AddrInUse, Some(dry_run)) => match (dry_run.holder)(port).as_deref() {
            // A socket unit's port is held by the first process until somebody comes.
            Some("sanctuary" | "systemd") => Ok(None),
            Some(_) => Err(DaemonError::Taken { address, setting }),
            None => {
                warnings.push(format!(
                    "port {port} is in use: where it is not sanctuary that has it, the daemon can't start; \
                     `sanctuary doctor`, as root, says who has it"
                ));
                Ok(None)
            }
        },
        (ErrorKind::AddrInUse, None) => Err(DaemonError::Taken { address, setting }),
        (ErrorKind::PermissionDenied, _) if is_privileged => {
            Err(DaemonError::Privileged { address, setting, started_by: StartedBy::detect() })
        }
        (ErrorKind::PermissionDenied, _) => Err(DaemonError::Forbidden { address, setting }),
        _ => Err(DaemonError::Unbound { address, setting, source }),
    }
}
