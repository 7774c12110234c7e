//! Where a page came from (RFC 6454): scheme, host and port.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

/// An origin as a browser writes it in its `Origin` header: lower case, without the scheme's own port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin(String);

/// Why a text is no origin, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// Everybody.
    #[error(
        "every page of the world would be allowed: name the pages' origins, such as \"https://chat.example.org\""
    )]
    Any,
    /// Neither `http://` nor `https://` in front.
    #[error("the beginning is missing: write \"https://\" or \"http://\" before the host")]
    Scheme,
    /// More than an origin.
    #[error("an origin ends after the host and port: write {0:?}")]
    Beyond(String),
    /// A host that no browser would write so.
    #[error(
        "{0:?} is not a host: write it in ASCII as browsers do, such as \"chat.example.org\" or \"[fd00::1]\""
    )]
    Host(String),
    /// There is no such port.
    #[error("{0:?} is not a port: write a number from 1 to 65535")]
    Port(String),
}

impl Origin {
    /// The origin as it stands in the `Origin` header of a request.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    /// Reads `https://chat.example.org`, `http://[fd00::1]:8080`.
    fn from_str(text: &str) -> Result<Self, OriginError> {
        let text = text.to_ascii_lowercase();
        if ["*", "null"].contains(&text.as_str()) {
            return Err(OriginError::Any);
        }
        let (scheme, rest) = text.split_once("://").ok_or(OriginError::Scheme)?;
        let own_port = match scheme {
            "http" => 80,
            "https" => 443,
            _ => return Err(OriginError::Scheme),
        };
        if let Some(end) = rest.find(['/', '?', '#']) {
            return Err(OriginError::Beyond(format!("{scheme}://{}", &rest[..end])));
        }
        // A colon inside brackets belongs to an IPv6 address.
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let host = parse_host(host).ok_or_else(|| OriginError::Host(host.to_owned()))?;
        match port.map(|port| parse_port(port).ok_or_else(|| OriginError::Port(port.to_owned()))) {
            Some(Err(error)) => Err(error),
            Some(Ok(port)) if port != own_port => Ok(Self(format!("{scheme}://{host}:{port}"))),
            _ => Ok(Self(format!("{scheme}://{host}"))),
        }
    }
}

fn parse_host(text: &str) -> Option<String> {
    if let Some(v6) = text.strip_prefix('[') {
        return v6.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(|v6| format!("[{v6}]"));
    }
    let name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    (!text.is_empty() && text.bytes().all(name)).then(|| text.to_owned())
}

fn parse_port(text: &str) -> Option<u16> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
        .filter(|port| *port != 0)
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_read_as_browsers_write_them() {
        let cases = [
            ("https://chat.example.org", "https://chat.example.org"),
            ("HTTPS://Chat.Example.ORG", "https://chat.example.org"),
            ("https://chat.example.org:443", "https://chat.example.org"),
            ("https://chat.example.org:80", "https://chat.example.org:80"),
            ("http://10.0.0.1:80", "http://10.0.0.1"),
            ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
            ("http://[FD00:0::1]", "http://[fd00::1]"),
            ("http://[fd00::1]:1", "http://[fd00::1]:1"),
            ("http://[fd00::1]:65535", "http://[fd00::1]:65535"),
        ];
        for (text, read) in cases {
            assert_eq!(text.parse::<Origin>().as_ref().map(Origin::as_str), Ok(read));
        }
    }

    #[test]
    fn what_no_browser_writes_is_refused() {
        let host = |text: &str| OriginError::Host(text.to_owned());
        let port = |text: &str| OriginError::Port(text.to_owned());
        let cases = [
            ("*", OriginError::Any),
            ("null", OriginError::Any),
            ("chat.example.org", OriginError::Scheme),
            ("ws://chat.example.org", OriginError::Scheme),
            ("", OriginError::Scheme),
            ("https://chat.example.org/", OriginError::Beyond("https://chat.example.org".to_owned())),
            ("https://chat.example.org/a/b", OriginError::Beyond("https://chat.example.org".to_owned())),
            ("https://", host("")),
            ("https://*.example.org", host("*.example.org")),
            ("https://me@example.org", host("me@example.org")),
            ("https://bücher.example", host("bücher.example")),
            ("https://fd00::1", host("fd00:")),
            ("https://[fd00::g]", host("[fd00::g]")),
            ("https://chat.example.org:0", port("0")),
            ("https://chat.example.org:65536", port("65536")),
            ("https://chat.example.org:", port("")),
            ("https://chat.example.org:+1", port("+1")),
        ];
        for (text, error) in cases {
            assert_eq!(text.parse::<Origin>(), Err(error), "{text}");
        }
    }
}
