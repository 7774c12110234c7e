//! Sockets that the service manager bound for us (`sd_listen_fds(3)`).
#![allow(unsafe_code)] // Descriptors arrive as bare numbers, and the environment is changed.

use std::{
    env,
    net::TcpListener,
    os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd},
};

use nix::{
    errno::Errno,
    fcntl::{FcntlArg, FdFlag, fcntl},
    sys::socket::{AddressFamily, SockType, SockaddrLike, SockaddrStorage, getsockname, getsockopt, sockopt},
};

use super::HardeningError;

/// The first descriptor that is handed over.
const FIRST: RawFd = 3;

/// Takes the listening sockets named by `LISTEN_FDS`, once; there are none when it is not meant for this process.
///
/// The variables are removed and the sockets closed on execution, so that nothing started later inherits them.
/// Must be called while the process has one thread, and before it opens any descriptor.
pub fn take_sockets() -> Result<Vec<TcpListener>, HardeningError> {
    let number = |name| env::var(name).ok().and_then(|value| value.parse::<u32>().ok());
    let meant_for_us = number("LISTEN_PID") == Some(std::process::id());
    let count = number("LISTEN_FDS").filter(|_| meant_for_us).unwrap_or(0);
    for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] {
        // SAFETY: no other thread exists that could read the environment.
        unsafe { env::remove_var(name) };
    }
    (FIRST..).take(count as usize).map(take).collect()
}

fn take(number: RawFd) -> Result<TcpListener, HardeningError> {
    let fault = |fault: String| HardeningError::NotAListener { number, fault };
    let system = |errno: Errno| fault(errno.desc().into());
    // SAFETY: borrowed only to ask whether it is open at all.
    let open = unsafe { BorrowedFd::borrow_raw(number) };
    fcntl(open, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC)).map_err(system)?;
    // SAFETY: it is open, and the manager handed it over to this process, which takes it here alone.
    let socket = unsafe { OwnedFd::from_raw_fd(number) };
    if !is_tcp_listener(&socket).map_err(system)? {
        return Err(fault("is no listening TCP socket".into()));
    }
    let listener = TcpListener::from(socket);
    listener.set_nonblocking(true).map_err(|error| fault(error.to_string()))?;
    Ok(listener)
}

fn is_tcp_listener(socket: &OwnedFd) -> Result<bool, Errno> {
    let listens = getsockopt(&socket.as_fd(), sockopt::AcceptConn)?;
    let stream = getsockopt(&socket.as_fd(), sockopt::SockType)? == SockType::Stream;
    let family = getsockname::<SockaddrStorage>(socket.as_raw_fd())?.family();
    Ok(listens && stream && matches!(family, Some(AddressFamily::Inet | AddressFamily::Inet6)))
}
