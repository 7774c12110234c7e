//! Where the daemon listens: the sockets of the settings, or those that were handed over.

use std::net::{SocketAddr, TcpListener};

use super::DaemonError;
use crate::addresses::{self, Scheme};
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
pub(super) struct Places {
    plain: Vec<SocketAddr>,
    secure: Vec<SocketAddr>,
}

impl Places {
    pub(super) fn of(listeners: &[Listener]) -> std::io::Result<Self> {
        let bound = |secure| {
            let listeners = listeners.iter().filter(move |listener| listener.secure == secure);
            listeners.map(|listener| listener.socket.local_addr()).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self { plain: bound(false)?, secure: bound(true)? })
    }

    /// The port to send plain requests on to, where the settings want that.
    pub(super) fn redirect(&self, settings: &Settings) -> Option<u16> {
        self.secure.first().map(SocketAddr::port).filter(|_| settings.redirect_to_https)
    }

    /// A line for each address that a browser can open, https first.
    pub(super) fn lines(&self, redirect: Option<u16>) -> impl Iterator<Item = String> {
        let note = if redirect.is_some() { " (sent on to https)" } else { "" };
        let secure = addresses::urls(Scheme::Https, &self.secure).into_iter().map(|url| format!("  {url}"));
        let plain = addresses::urls(Scheme::Http, &self.plain).into_iter();
        secure.chain(plain.map(move |url| format!("  {url}{note}")))
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
