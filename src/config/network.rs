//! An address, or all addresses that begin alike (CIDR, RFC 4632).

use std::net::IpAddr;

use ipnet::IpNet;

/// Why a text is no block of addresses, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// Neither IPv4 nor IPv6.
    #[error("{0:?} is not an address: write one such as \"127.0.0.1\", or a network such as \"10.0.0.0/8\"")]
    Address(String),
    /// Not a length that a prefix of such an address can have.
    #[error("{0:?} is not the length of a network: write a number from 1 to {1}")]
    Prefix(String, u8),
    /// Bits are set that the prefix does not reach.
    #[error("{0} is one address within a network: write \"{1}\" for the network")]
    BitsBeyond(String, IpNet),
}

/// Reads `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`. A prefix of 0 is refused: it would name everybody.
pub fn network(text: &str) -> Result<IpNet, NetworkError> {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, p)| (address, Some(p)));
    let address: IpAddr = address.parse().map_err(|_| NetworkError::Address(address.to_owned()))?;
    if address != address.to_canonical() {
        return Err(NetworkError::Address(text.to_owned()));
    }
    let alone = IpNet::from(address);
    let Some(prefix) = prefix else { return Ok(alone) };
    // `u8::from_str` takes `+8` too.
    let digits = prefix.bytes().all(|byte| byte.is_ascii_digit());
    let network = prefix.parse().ok().filter(|&length: &u8| digits && length > 0);
    let network = network.and_then(|length| IpNet::new(address, length).ok());
    match network {
        None => Err(NetworkError::Prefix(prefix.to_owned(), alone.max_prefix_len())),
        Some(network) if network.trunc() == network => Ok(network),
        Some(network) => Err(NetworkError::BitsBeyond(text.to_owned(), network.trunc())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_by_itself_is_a_network_of_one() {
        for (text, whole) in [("127.0.0.1", "127.0.0.1/32"), ("::1", "::1/128"), ("fd00::/8", "fd00::/8")] {
            assert_eq!(network(text).map(|network| network.to_string()), Ok(whole.to_owned()));
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
            assert_eq!(network(text), Err(error), "{text}");
        }
    }
}
