//! Takes the sockets that the service manager has bound for us (`sd_listen_fds(3)`).
#![allow(unsafe_code)] // Descriptors arrive as bare numbers, and the environment is changed.

use std::{
    env,
    net::TcpListener,
    os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd},
};

use nix::{
    errno::Errno,
    sys::socket::{AddressFamily, SockType, SockaddrLike, SockaddrStorage, getsockname, getsockopt, sockopt},
};

use super::HardeningError;

/// Takes the listening sockets of `LISTEN_FDS`, once. There are none if it is meant for another
/// process.
///
/// The variables are removed and the sockets closed on execution, so that nothing started later
/// inherits them. Must be called while the process has one thread, and before it opens any
/// descriptor.
pub fn take_sockets() -> Result<Vec<TcpListener>, HardeningError> {
    let handed_over = sd_notify::listen_fds();
    for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] {
        // SAFETY: no other thread exists that could read the environment.
        unsafe { env::remove_var(name) };
    }
    handed_over.map_err(|source| HardeningError::NotHandedOver { source })?.map(take).collect()
}

fn take(number: RawFd) -> Result<TcpListener, HardeningError> {
    // SAFETY: it is open, and the manager handed it over to this process, which takes it here
    // alone.
    let socket = unsafe { OwnedFd::from_raw_fd(number) };
    // A descriptor that is no socket at all is an error here.
    if !is_tcp_listener(&socket).unwrap_or(false) {
        return Err(HardeningError::NotAListener { number });
    }
    let listener = TcpListener::from(socket);
    listener.set_nonblocking(true).map_err(|source| HardeningError::NotHandedOver { source })?;
    Ok(listener)
}

fn is_tcp_listener(socket: &OwnedFd) -> Result<bool, Errno> {
    let listens = getsockopt(&socket.as_fd(), sockopt::AcceptConn)?;
    let stream = getsockopt(&socket.as_fd(), sockopt::SockType)? == SockType::Stream;
    let family = getsockname::<SockaddrStorage>(socket.as_raw_fd())?.family();
    Ok(listens && stream && matches!(family, Some(AddressFamily::Inet | AddressFamily::Inet6)))
}
