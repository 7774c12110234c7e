//! Where the daemon listens: the sockets of the settings, or those that were handed over.

use std::net::{SocketAddr, TcpListener};

use super::DaemonError;
use crate::addresses::{Machine, Scheme};
use crate::config::{ListenAddress, Settings};
use crate::hardening;
use crate::server::{self, Listener};

/// The sockets that a service manager hands over, or those of the settings.
pub(super) fn listeners(settings: &Settings) -> Result<Vec<Listener>, DaemonError> {
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
pub(super) struct Places(Vec<(Scheme, SocketAddr)>);

impl Places {
    pub(super) fn of(listeners: &[Listener]) -> std::io::Result<Self> {
        let place = |listener: &Listener| {
            let scheme = if listener.secure { Scheme::Https } else { Scheme::Http };
            Ok((scheme, listener.socket.local_addr()?))
        };
        listeners.iter().map(place).collect::<Result<_, _>>().map(Self)
    }

    /// The port to send plain requests on to, where the settings want that.
    pub(super) fn redirect(&self, settings: &Settings) -> Option<u16> {
        let secure = self.0.iter().find(|(scheme, _)| *scheme == Scheme::Https);
        secure.map(|(_, socket)| socket.port()).filter(|_| settings.redirect_to_https)
    }

    /// A line for each address that a browser can open on `machine`, and for each that is not there yet.
    pub(super) fn lines(&self, machine: &Machine, redirect: Option<u16>) -> Vec<String> {
        let sent_on = |scheme| scheme == Scheme::Http && redirect.is_some();
        let urls = machine.urls(&self.0).into_iter().map(|url| {
            let note = if sent_on(url.scheme) { " (sent on to https)" } else { "" };
            format!("  {url}{note}")
        });
        let lacked = self.0.iter().filter(|(_, socket)| machine.lacks(*socket)).map(|(_, socket)| {
            format!("not there yet: {socket}; the page is served there once this machine has that address")
        });
        urls.chain(lacked).collect()
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
