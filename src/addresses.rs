//! The addresses at which this machine can be reached, as a browser takes them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use nix::ifaddrs::getifaddrs;
use socket2::{Domain, Protocol, Socket, Type};

/// How a socket is spoken to (RFC 9110, 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// In plain text.
    Http,
    /// Over TLS.
    Https,
}

impl Scheme {
    fn name_and_port(self) -> (&'static str, u16) {
        match self {
            Self::Http => ("http", 80),
            Self::Https => ("https", 443),
        }
    }
}

/// A URL for each address that the sockets bound to `bound` can be reached at, this machine's own name last.
#[must_use]
pub fn urls(scheme: Scheme, bound: &[SocketAddr]) -> Vec<String> {
    let machine = of_this_machine();
    let mut urls: Vec<String> = bound
        .iter()
        .flat_map(|socket| reachable(*socket, &machine))
        .map(|socket| url(scheme, &socket.ip().to_string(), socket))
        .collect();
    for socket in bound.iter().filter(|socket| socket.ip().is_unspecified()) {
        urls.push(url(scheme, "localhost", *socket));
    }
    urls
}

/// Every address of every interface that is up.
#[must_use]
pub fn of_this_machine() -> Vec<IpAddr> {
    // A service manager may keep this from us, as our own unit does.
    let Ok(interfaces) = getifaddrs() else { return of_the_way_out() };
    interfaces
        .filter_map(|interface| {
            let address = interface.address?;
            let v4 = address.as_sockaddr_in().map(|v4| IpAddr::V4(v4.ip()));
            v4.or_else(|| address.as_sockaddr_in6().map(|v6| IpAddr::V6(v6.ip())))
        })
        .collect()
}

/// The addresses from which this machine would speak to the world: one of each family at most.
fn of_the_way_out() -> Vec<IpAddr> {
    // Connecting by UDP only looks up the route: nothing is sent. Both are for documentation (RFC 5737, 3849).
    let targets: [IpAddr; 2] =
        [Ipv4Addr::new(192, 0, 2, 1).into(), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into()];
    let towards = |target| {
        let target = SocketAddr::new(target, 9);
        let socket = Socket::new(Domain::for_address(target), Type::DGRAM, Some(Protocol::UDP)).ok()?;
        socket.connect(&target.into()).ok()?;
        Some(socket.local_addr().ok()?.as_socket()?.ip())
    };
    targets.into_iter().filter_map(towards).collect()
}

fn reachable(socket: SocketAddr, machine: &[IpAddr]) -> Vec<SocketAddr> {
    if !socket.ip().is_unspecified() {
        return vec![socket];
    }
    machine
        .iter()
        .filter(|address| socket.is_ipv6() || address.is_ipv4())
        .filter(|address| !address.is_loopback() && !is_link_local(**address))
        .map(|address| SocketAddr::new(*address, socket.port()))
        .collect()
}

/// Browsers take no IPv6 address that needs a zone (RFC 4007).
fn is_link_local(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(v6) if Ipv6Addr::is_unicast_link_local(&v6))
}

fn url(scheme: Scheme, host: &str, socket: SocketAddr) -> String {
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let (scheme, usual) = scheme.name_and_port();
    match socket.port() {
        port if port == usual => format!("{scheme}://{host}/"),
        port => format!("{scheme}://{host}:{port}/"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn at(socket: &str, machine: &[&str]) -> Vec<String> {
        let machine: Vec<IpAddr> = machine.iter().map(|address| address.parse().unwrap()).collect();
        reachable(socket.parse().unwrap(), &machine)
            .iter()
            .map(|s| url(Scheme::Http, &s.ip().to_string(), *s))
            .collect()
    }

    const MACHINE: &[&str] = &["127.0.0.1", "192.0.2.5", "::1", "fe80::5", "2001:db8::5"];

    #[test]
    fn an_unspecified_address_is_all_of_its_family_that_others_can_reach() {
        assert_eq!(at("[::]:8080", MACHINE), ["http://192.0.2.5:8080/", "http://[2001:db8::5]:8080/"]);
        assert_eq!(at("0.0.0.0:8080", MACHINE), ["http://192.0.2.5:8080/"]);
    }

    #[test]
    fn a_named_address_is_itself_and_port_80_goes_without_saying() {
        assert_eq!(at("127.0.0.1:80", MACHINE), ["http://127.0.0.1/"]);
        assert_eq!(at("[::1]:81", MACHINE), ["http://[::1]:81/"]);
    }

    #[test]
    fn by_https_it_is_port_443_that_goes_without_saying() {
        let at = |socket: &str| urls(Scheme::Https, &[socket.parse().unwrap()]);
        assert_eq!(at("192.0.2.5:443"), ["https://192.0.2.5/"]);
        assert_eq!(at("[2001:db8::5]:80"), ["https://[2001:db8::5]:80/"]);
    }

    #[test]
    fn localhost_is_named_where_everything_is_listened_to() {
        assert!(urls(Scheme::Http, &["[::]:80".parse().unwrap()]).contains(&"http://localhost/".to_owned()));
        assert_eq!(urls(Scheme::Http, &["127.0.0.1:80".parse().unwrap()]), ["http://127.0.0.1/"]);
    }
}
