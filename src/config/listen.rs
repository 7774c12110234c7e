//! An address to listen on.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The port when nobody names one: that of http (RFC 9110, 4.2.1).
const HTTP: u16 = 80;
/// That of https (RFC 9110, 4.2.2).
const HTTPS: u16 = 443;

/// A TCP address that can be bound: no name, no multicast, no zone, nor what needs one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListenAddress(SocketAddr);

/// Why a text is no address to listen on, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListenError {
    /// There is no such port.
    #[error("{0:?} is not a port: write a number from 0 to 65535, 0 for any that is free")]
    Port(String),
    /// An address by itself.
    #[error("a port is missing: write {0:?}")]
    NoPort(String),
    /// An IPv6 address whose end cannot be told from the port.
    #[error("an IPv6 address goes in brackets: write \"[::]:80\"")]
    Brackets,
    /// A name of a host.
    #[error(
        "{0:?} is not an address: write one of this machine's, such as \"192.168.1.5:80\", or \"[::]:80\" for all"
    )]
    Name(String),
    /// A link-local address with its interface.
    #[error(
        "an address with a zone is not taken, for the zone can change: write \"[::]:80\", which covers it"
    )]
    Zone,
    /// A link-local address without its interface.
    #[error(
        "{0} means another machine on each interface, and no browser opens it: write \"[::]:80\", which covers it"
    )]
    LinkLocal(Ipv6Addr),
    /// An IPv4 address in IPv6's clothes.
    #[error("write {0:?}, without the IPv6 in front")]
    Mapped(String),
    /// An address of many machines.
    #[error(
        "{0} is an address of many machines at once, on which nobody can listen: write one of this machine's"
    )]
    Multicast(IpAddr),
}

impl ListenAddress {
    /// How many may be named.
    pub const COUNT: RangeInclusive<usize> = 1..=16;

    /// Every address of the machine, at the port of http.
    pub(super) const EVERYWHERE: Self = Self(SocketAddr::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), HTTP));

    /// Every address of the machine, at the port of https.
    pub(super) const EVERYWHERE_TLS: Self = Self(SocketAddr::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), HTTPS));

    /// The address to bind.
    #[must_use]
    pub fn socket(&self) -> SocketAddr {
        self.0
    }

    /// Whether it stands for every address of the machine, IPv4 and IPv6: `[::]`. Its socket is bound
    /// dual-stack, and to `0.0.0.0` where the kernel has no IPv6.
    #[must_use]
    pub fn is_dual_stack(&self) -> bool {
        self.0.ip() == IpAddr::V6(Ipv6Addr::UNSPECIFIED)
    }

    /// Whether it includes `other`, so that both cannot be bound. Port 0 is another port each time.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let same_family = self.0.is_ipv4() == other.0.is_ipv4();
        self.0.port() == other.0.port()
            && self.0.port() != 0
            && (self.0 == other.0 || self.is_dual_stack() || (self.0.ip().is_unspecified() && same_family))
    }

    /// The first two of which one covers the other, that one first.
    #[must_use]
    pub fn first_covered(addresses: &[Self]) -> Option<(Self, Self)> {
        let pairs = addresses.iter().enumerate().flat_map(|(at, one)| {
            addresses[at + 1..].iter().flat_map(move |other| [(*one, *other), (*other, *one)])
        });
        pairs.into_iter().find(|(one, other)| one.covers(other))
    }
}

impl FromStr for ListenAddress {
    type Err = ListenError;

    /// Reads `192.168.1.5:80`, `[::]:80`, and `80` or `:80` for `[::]:80`.
    fn from_str(text: &str) -> Result<Self, ListenError> {
        if text.contains('%') {
            return Err(ListenError::Zone);
        }
        if let Ok(ip) = text.trim_matches(['[', ']']).parse::<IpAddr>() {
            return Err(ListenError::NoPort(SocketAddr::new(ip, HTTP).to_string()));
        }
        let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
        let ip = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
            Some(ip) => ip.parse().map(IpAddr::V6).map_err(|_| ListenError::Name(host.to_owned()))?,
            None if host.is_empty() && !port.starts_with(|c: char| c.is_alphabetic()) => {
                IpAddr::V6(Ipv6Addr::UNSPECIFIED)
            }
            None if is_like_v6(host) => return Err(ListenError::Brackets),
            None => {
                let name = if host.is_empty() { text } else { host };
                IpAddr::V4(name.parse().map_err(|_| ListenError::Name(name.to_owned()))?)
            }
        };
        let port = parse_port(port).ok_or_else(|| ListenError::Port(port.to_owned()))?;
        bindable(ip, port).map(Self)
    }
}

fn is_like_v6(text: &str) -> bool {
    text.contains(':') && text.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
}

/// `u16::from_str` takes `+80` too.
fn parse_port(text: &str) -> Option<u16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn bindable(ip: IpAddr, port: u16) -> Result<SocketAddr, ListenError> {
    if let IpAddr::V6(v6) = ip
        && let Some(v4) = v6.to_ipv4_mapped()
    {
        return Err(ListenError::Mapped(SocketAddr::new(v4.into(), port).to_string()));
    }
    if let IpAddr::V6(v6) = ip
        && v6.is_unicast_link_local()
    {
        return Err(ListenError::LinkLocal(v6));
    }
    if ip.is_multicast() || ip == IpAddr::V4(Ipv4Addr::BROADCAST) {
        return Err(ListenError::Multicast(ip));
    }
    Ok((ip, port).into())
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let cases = [
            ("8080", "[::]:8080"),
            (":8080", "[::]:8080"),
            ("0", "[::]:0"),
            ("65535", "[::]:65535"),
            ("0.0.0.0:80", "0.0.0.0:80"),
            ("[::]:80", "[::]:80"),
            ("192.168.1.5:80", "192.168.1.5:80"),
            ("[2001:DB8:0:0::1]:443", "[2001:db8::1]:443"),
        ];
        for (text, read) in cases {
            assert_eq!(text.parse::<ListenAddress>().map(|address| address.to_string()), Ok(read.to_owned()));
        }
    }

    #[test]
    fn what_cannot_be_bound_is_refused() {
        let port = |text: &str| ListenError::Port(text.to_owned());
        let name = |text: &str| ListenError::Name(text.to_owned());
        let cases = [
            ("65536", port("65536")),
            (":65536", port("65536")),
            ("-1", port("-1")),
            ("+80", port("+80")),
            ("", port("")),
            ("0.0.0.0:", port("")),
            ("[::]:http", port("http")),
            ("[::]", ListenError::NoPort("[::]:80".to_owned())),
            ("::", ListenError::NoPort("[::]:80".to_owned())),
            ("10.0.0.1", ListenError::NoPort("10.0.0.1:80".to_owned())),
            ("fe80::1::80", ListenError::Brackets),
            ("localhost:80", name("localhost")),
            ("localhost", name("localhost")),
            ("[localhost]:80", name("[localhost]")),
            ("10.0.0.256:80", name("10.0.0.256")),
            ("http://10.0.0.1:80", name("http://10.0.0.1")),
            ("[fe80::1%eth0]:80", ListenError::Zone),
            ("[fe80::1%2]:80", ListenError::Zone),
            ("[fe80::1]:80", ListenError::LinkLocal("fe80::1".parse().unwrap())),
            ("[febf::1]:80", ListenError::LinkLocal("febf::1".parse().unwrap())),
            ("[::ffff:10.0.0.1]:80", ListenError::Mapped("10.0.0.1:80".to_owned())),
            ("224.0.0.1:80", ListenError::Multicast("224.0.0.1".parse().unwrap())),
            ("255.255.255.255:80", ListenError::Multicast("255.255.255.255".parse().unwrap())),
            ("[ff02::1]:80", ListenError::Multicast("ff02::1".parse().unwrap())),
        ];
        for (text, error) in cases {
            assert_eq!(text.parse::<ListenAddress>(), Err(error), "{text}");
        }
    }

    #[test]
    fn every_address_covers_the_others_of_its_port() {
        let cases = [
            ("[::]:80", "0.0.0.0:80", true),
            ("[::]:80", "10.0.0.1:80", true),
            ("[::]:80", "[::1]:80", true),
            ("[::]:80", "[::]:80", true),
            ("[::]:80", "[::]:81", false),
            ("[::]:0", "[::]:0", false),
            ("0.0.0.0:80", "10.0.0.1:80", true),
            ("0.0.0.0:80", "[::1]:80", false),
            ("10.0.0.1:80", "0.0.0.0:80", false),
            ("10.0.0.1:80", "10.0.0.2:80", false),
        ];
        for (one, other, covers) in cases {
            let (one, other): (ListenAddress, ListenAddress) = (one.parse().unwrap(), other.parse().unwrap());
            assert_eq!(one.covers(&other), covers, "{one} {other}");
        }
    }
}
