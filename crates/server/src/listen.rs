//! Sockets to listen on.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use socket2::{Domain, Protocol, Socket, Type};

/// Connections that the system holds ready to be accepted.
const QUEUE: i32 = 1024;

/// File descriptors beside those of connections: standard streams, listeners, the runtime's own,
/// and clients that are told that there is no place.
const OTHER_DESCRIPTORS: u64 = 64 + super::accept::TURNED_AWAY as u64;

/// The system allows fewer open files than the connections take.
#[derive(Debug)]
pub struct TooFewFiles {
    /// Connections that fit.
    pub connections: u64,
    /// Open files that it would take.
    pub files: u64,
}

/// Raises the limit of open files as far as possible, and at least so that `connections` fit: a
/// reload may ask for more, and can't raise it.
pub fn raise_file_limit(connections: usize) -> Result<(), TooFewFiles> {
    let wanted = connections as u64 + OTHER_DESCRIPTORS;
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap_or((0, 0));
    let most = hard.max(wanted);
    if setrlimit(Resource::RLIMIT_NOFILE, most, most).is_ok() {
        return Ok(());
    }
    let _ = setrlimit(Resource::RLIMIT_NOFILE, hard, hard);
    if hard >= wanted {
        return Ok(());
    }
    Err(TooFewFiles { connections: hard.saturating_sub(OTHER_DESCRIPTORS), files: wanted })
}

/// The first port that everybody may listen on (ip(7)), or the kernel's default if it can't be
/// read.
#[must_use]
pub fn first_unprivileged_port() -> u16 {
    let start = std::fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    start.ok().and_then(|start| start.trim().parse().ok()).unwrap_or(1024)
}

/// Binds `address`, even if this machine gets it only later, as by Wi-Fi or DHCP. The unspecified
/// IPv6 address includes IPv4, and means IPv4 alone if the kernel has no IPv6.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = claim(address)?;
    socket.listen(QUEUE)?;
    Ok(socket.into())
}

/// Takes `address` like [`bind`], but does not listen, so that a daemon which does is not
/// disturbed.
pub fn claim(address: SocketAddr) -> io::Result<Socket> {
    match claim_exactly(address) {
        Err(error) if address.ip() == std::net::Ipv6Addr::UNSPECIFIED && is_without_ipv6(&error) => {
            claim_exactly((Ipv4Addr::UNSPECIFIED, address.port()).into())
        }
        claimed => claimed,
    }
}

fn claim_exactly(address: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if let SocketAddr::V6(v6) = address {
        socket.set_only_v6(!v6.ip().is_unspecified())?;
    }
    // Thus a restarted daemon need not wait until its old connections are forgotten.
    socket.set_reuse_address(true)?;
    match socket.bind(&address.into()) {
        Err(error) if error.kind() == ErrorKind::AddrNotAvailable => {
            // Kernels before 4.15 know it for IPv4 alone, and refuse the second try like the first.
            let _ =
                if address.is_ipv4() { socket.set_freebind_v4(true) } else { socket.set_freebind_v6(true) };
            socket.bind(&address.into())?;
        }
        Ok(()) if is_broadcast(address) => {
            return Err(io::Error::other("it is the address of all machines of its network at once"));
        }
        bound => bound?,
    }
    Ok(socket)
}

/// Whether this is the broadcast address of one of this machine's networks. The kernel lets TCP
/// listen there in vain.
fn is_broadcast(address: SocketAddr) -> bool {
    // Connecting by UDP sends nothing. EACCES means that the socket has no leave to broadcast
    // (ip(7)).
    let probe = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP));
    let refused = |probe: Socket| probe.connect(&address.into()).err();
    address.is_ipv4()
        && probe.ok().and_then(refused).is_some_and(|error| error.raw_os_error() == Some(nix::libc::EACCES))
}

/// Whether the kernel knows no IPv6 at all. Where it is merely switched off, `[::]` takes IPv4 all
/// the same.
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
    fn an_address_that_is_not_there_is_bound_once_and_no_broadcast_address_ever() {
        for address in ["203.0.113.77:0", "[2001:db8::77]:0"] {
            let first = bind(address.parse().unwrap()).unwrap().local_addr().unwrap();
            assert_eq!(first.ip(), address.parse::<SocketAddr>().unwrap().ip());
        }
        let first = bind("203.0.113.77:0".parse().unwrap()).unwrap();
        let error = bind(first.local_addr().unwrap()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        let error = bind("127.255.255.255:0".parse().unwrap()).unwrap_err();
        assert!(error.to_string().contains("all machines"), "{error}");
    }

    #[test]
    fn a_kernel_without_ipv6_is_told_from_other_errors() {
        assert!(is_without_ipv6(&io::Error::from_raw_os_error(nix::libc::EAFNOSUPPORT)));
        assert!(!is_without_ipv6(&io::Error::from_raw_os_error(nix::libc::EADDRINUSE)));
    }
}
