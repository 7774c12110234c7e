//! Sockets to listen on.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use socket2::{Domain, Protocol, Socket, Type};

/// Connections that the system holds ready to be accepted.
const QUEUE: i32 = 1024;

/// File descriptors beside those of connections: standard streams, listeners, the runtime's own.
const OTHER_DESCRIPTORS: u64 = 64;

/// Raises the limit of open files so that `connections` fit below it; `Err` with the number that do, where the
/// system allows no more.
pub fn make_room_for(connections: usize) -> Result<(), u64> {
    let wanted = connections as u64 + OTHER_DESCRIPTORS;
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap_or((0, 0));
    if soft >= wanted || setrlimit(Resource::RLIMIT_NOFILE, wanted, hard.max(wanted)).is_ok() {
        return Ok(());
    }
    let _ = setrlimit(Resource::RLIMIT_NOFILE, hard, hard);
    if hard >= wanted { Ok(()) } else { Err(hard.saturating_sub(OTHER_DESCRIPTORS)) }
}

/// Binds `address`. The unspecified IPv6 address takes IPv4 too; where the kernel has no IPv6, it is IPv4
/// alone.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    match bind_exactly(address) {
        Err(error) if address.ip() == std::net::Ipv6Addr::UNSPECIFIED && is_without_ipv6(&error) => {
            bind_exactly((Ipv4Addr::UNSPECIFIED, address.port()).into())
        }
        bound => bound,
    }
}

fn bind_exactly(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if let SocketAddr::V6(v6) = address {
        socket.set_only_v6(!v6.ip().is_unspecified())?;
    }
    // A restarted daemon need not wait for its old connections to be forgotten.
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(QUEUE)?;
    Ok(socket.into())
}

/// Whether the kernel knows no IPv6 at all. Where it is merely switched off, `[::]` takes IPv4 all the same.
fn is_without_ipv6(error: &io::Error) -> bool {
    error.raw_os_error() == Some(nix::libc::EAFNOSUPPORT)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::net::TcpStream;

    use super::*;

    #[test]
    fn one_listener_takes_both_families() {
        let port = bind("[::]:0".parse().unwrap()).map(|l| (l.local_addr().unwrap().port(), l)).unwrap();
        assert!(TcpStream::connect(("127.0.0.1", port.0)).is_ok());
        assert!(TcpStream::connect(("::1", port.0)).is_ok());
    }

    #[test]
    fn a_taken_port_is_an_error() {
        let first = bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let error = bind(first.local_addr().unwrap()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    }

    #[test]
    fn a_kernel_without_ipv6_is_told_from_other_errors() {
        assert!(is_without_ipv6(&io::Error::from_raw_os_error(nix::libc::EAFNOSUPPORT)));
        assert!(!is_without_ipv6(&io::Error::from_raw_os_error(nix::libc::EADDRINUSE)));
    }
}
