//! Where the daemon listens: the sockets of the settings, or those that were handed over.

use std::net::{SocketAddr, TcpListener};

use super::DaemonError;
use crate::addresses::{Machine, Scheme};
use crate::config::{ListenAddress, Settings};
use crate::hardening;
use crate::server::{self, Listener};

/// The sockets that a service manager hands over, or those of the settings.
pub(super) fn listeners(settings: &Settings) -> Result<(Vec<Listener>, Places), DaemonError> {
    let secure = if settings.tls.is_some() { &settings.listen_tls[..] } else { &[] };
    let handed_over = hardening::take_sockets()?;
    let are_own = handed_over.is_empty();
    let listeners: Result<Vec<Listener>, DaemonError> = if are_own {
        let plain = settings.listen.iter().map(|address| (address, false));
        let all = plain.chain(secure.iter().map(|address| (address, true)));
        all.map(|(at, secure)| Ok(Listener { socket: bind(*at, secure, settings)?, secure })).collect()
    } else {
        let is_secure = |port| secure.iter().any(|address| address.socket().port() == port);
        let listener =
            |socket: TcpListener| Ok(Listener { secure: is_secure(socket.local_addr()?.port()), socket });
        handed_over.into_iter().map(listener).collect()
    };
    let listeners = listeners?;
    let places = Places { bound: bound(&listeners)?, are_own };
    Ok((listeners, places))
}

fn bound(listeners: &[Listener]) -> std::io::Result<Vec<(Scheme, SocketAddr)>> {
    let place = |listener: &Listener| {
        let scheme = if listener.secure { Scheme::Https } else { Scheme::Http };
        Ok((scheme, listener.socket.local_addr()?))
    };
    listeners.iter().map(place).collect()
}

/// Where the page is to be had.
pub(super) struct Places {
    bound: Vec<(Scheme, SocketAddr)>,
    /// Sockets that were handed over may lie in another network than this process does.
    are_own: bool,
}

impl Places {
    /// The port to send plain requests on to, where the settings want that.
    pub(super) fn redirect(&self, settings: &Settings) -> Option<u16> {
        let secure = self.bound.iter().find(|(scheme, _)| *scheme == Scheme::Https);
        secure.map(|(_, socket)| socket.port()).filter(|_| settings.redirect_to_https)
    }

    /// What to say of them when all is ready: each address that a browser can open on `machine`, and each that is not
    /// there yet.
    pub(super) fn lines(&self, machine: &Machine, redirect: Option<u16>) -> Vec<String> {
        let (lacked, there): (Vec<_>, Vec<_>) =
            self.bound.iter().copied().partition(|(_, socket)| self.are_own && machine.lacks(*socket));
        let invitation = if there.is_empty() { "" } else { " Open one of these in a browser:" };
        let ready = format!("Sanctuary {} is ready.{invitation}", env!("CARGO_PKG_VERSION"));
        let sent_on = |scheme| scheme == Scheme::Http && redirect.is_some();
        let urls = machine.urls(&there).into_iter().map(|url| {
            let note = if sent_on(url.scheme) { " (sent on to https)" } else { "" };
            format!("  {url}{note}")
        });
        let lacked = lacked.into_iter().map(|(_, socket)| {
            format!("not there yet: {socket}; the page is served there once this machine has that address")
        });
        [ready].into_iter().chain(urls).chain(lacked).collect()
    }
}

fn bind(address: ListenAddress, secure: bool, settings: &Settings) -> Result<TcpListener, DaemonError> {
    let address = address.socket();
    server::bind(address).map_err(|error| {
        let setting = if secure { "listen_tls" } else { "listen" };
        let place = format!("`{setting}` in {}", settings.file.display());
        match error.kind() {
            std::io::ErrorKind::AddrInUse => DaemonError::Taken { address, place },
            std::io::ErrorKind::PermissionDenied if address.port() >= server::first_unprivileged_port() => {
                DaemonError::Forbidden { address, place }
            }
            std::io::ErrorKind::PermissionDenied => DaemonError::Privileged { address, place },
            _ => DaemonError::Unbound { address, place, error },
        }
    })
}
