//! An address, or all addresses that begin alike (CIDR, RFC 4632).

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// A block of addresses, `10.0.0.0/8`; a single one is the block of its full length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    first: IpAddr,
    prefix: u32,
}

/// Why a text is no block of addresses, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// Neither IPv4 nor IPv6.
    #[error("{0:?} is not an address: write one such as \"127.0.0.1\", or a network such as \"10.0.0.0/8\"")]
    Address(String),
    /// Not a length that a prefix of such an address can have.
    #[error("{0:?} is not the length of a network: write a number from 1 to {1}")]
    Prefix(String, u32),
    /// Bits are set that the prefix does not reach.
    #[error("{0} is one address within a network: write \"{1}\" for the network")]
    BitsBeyond(String, Network),
}

impl Network {
    /// Whether `address` is of this block. An IPv4 address that came through an IPv6 socket counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.first.is_ipv4() && masked(address, self.prefix) == self.first
    }
}

fn length(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The address with all bits after the first `prefix` cleared; `prefix` is at least 1.
fn masked(address: IpAddr, prefix: u32) -> IpAddr {
    match address {
        IpAddr::V4(v4) => IpAddr::V4((v4.to_bits() & (u32::MAX << (32 - prefix))).into()),
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << (128 - prefix))).into()),
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    /// Reads `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`. A prefix of 0 is refused: it would name everybody.
    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NetworkError::Address(address.to_owned()))?;
        if address != address.to_canonical() {
            return Err(NetworkError::Address(text.to_owned()));
        }
        let longest = length(address);
        let prefix = prefix.map_or(Some(longest), |prefix| {
            let digits = prefix.bytes().all(|byte| byte.is_ascii_digit());
            prefix.parse().ok().filter(|prefix| digits && (1..=longest).contains(prefix))
        });
        let Some(prefix) = prefix else {
            let written = text.split_once('/').map_or("", |(_, prefix)| prefix);
            return Err(NetworkError::Prefix(written.to_owned(), longest));
        };
        let network = Self { first: masked(address, prefix), prefix };
        if network.first == address {
            Ok(network)
        } else {
            Err(NetworkError::BitsBeyond(text.to_owned(), network))
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.prefix == length(self.first) {
            self.first.fmt(formatter)
        } else {
            write!(formatter, "{}/{}", self.first, self.prefix)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_contains_what_begins_like_it() {
        let cases = [
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "::ffff:127.0.0.1", true),
            ("127.0.0.1", "::1", false),
            ("10.0.0.0/8", "9.255.255.255", false),
            ("10.0.0.0/8", "10.0.0.0", true),
            ("10.0.0.0/8", "10.255.255.255", true),
            ("10.0.0.0/8", "11.0.0.0", false),
            ("128.0.0.0/1", "127.255.255.255", false),
            ("128.0.0.0/1", "128.0.0.0", true),
            ("10.0.0.2/31", "10.0.0.3", true),
            ("10.0.0.2/31", "10.0.0.4", false),
            ("::1", "::1", true),
            ("fd00::/8", "fdff::1", true),
            ("fd00::/8", "fe00::", false),
            ("2001:db8:0:1::/64", "2001:db8:0:1:ffff::", true),
            ("2001:db8:0:1::/64", "2001:db8:0:2::", false),
        ];
        for (network, address, contained) in cases {
            let network: Network = network.parse().unwrap();
            assert_eq!(network.contains(address.parse().unwrap()), contained, "{network} {address}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        let address = |text: &str| NetworkError::Address(text.to_owned());
        let prefix = |text: &str, longest| NetworkError::Prefix(text.to_owned(), longest);
        let cases = [
            ("", address("")),
            ("proxy", address("proxy")),
            ("10.0.0/8", address("10.0.0")),
            ("::ffff:10.0.0.1", address("::ffff:10.0.0.1")),
            ("10.0.0.0/0", prefix("0", 32)),
            ("10.0.0.0/33", prefix("33", 32)),
            ("10.0.0.0/", prefix("", 32)),
            ("10.0.0.0/+8", prefix("+8", 32)),
            ("::/0", prefix("0", 128)),
            ("fd00::/129", prefix("129", 128)),
            ("fd00::/128/1", prefix("128/1", 128)),
            ("10.0.0.1/8", NetworkError::BitsBeyond("10.0.0.1/8".to_owned(), "10.0.0.0/8".parse().unwrap())),
            ("fd00::1/8", NetworkError::BitsBeyond("fd00::1/8".to_owned(), "fd00::/8".parse().unwrap())),
        ];
        for (text, error) in cases {
            assert_eq!(text.parse::<Network>(), Err(error), "{text}");
        }
    }
}
