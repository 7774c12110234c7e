//! The page's address, to which an invitation is attached.

use std::fmt;
use std::str::FromStr;

use tokio_tungstenite::tungstenite::http::Uri;

/// Bytes of the longest address that is read.
const ADDRESS_MOST: usize = 4096;

/// Where the page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Over TLS.
    pub secure: bool,
    /// A name or an address, without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// As a browser would name it to the daemon.
    authority: String,
    /// The path up to its last slash: beside the page are the daemon's other paths.
    folder: String,
}

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Another scheme, or none.
    #[error("give the page's address as a browser has it: http://… or https://…")]
    Scheme,
    /// It has no host that can be read.
    #[error("this address names no machine")]
    Host,
    /// It holds what has no place in it.
    #[error("this is no address")]
    Malformed,
}

impl Address {
    /// The path of what lies beside the page.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        format!("{}{name}", self.folder)
    }

    /// Host and port, as a request names them.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }
}

impl FromStr for Address {
    type Err = AddressError;

    /// Reads the part of a link before its `#`.
    fn from_str(typed: &str) -> Result<Self, AddressError> {
        let before = typed.trim().split('#').next().unwrap_or_default();
        if before.len() > ADDRESS_MOST {
            return Err(AddressError::Malformed);
        }
        let scheme = before.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        let secure = match scheme.as_deref() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(AddressError::Scheme),
        };
        let uri: Uri = before.parse().map_err(|_| AddressError::Malformed)?;
        let authority = uri.authority().ok_or(AddressError::Host)?;
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() || authority.as_str().contains('@') {
            return Err(AddressError::Host);
        }
        let has_port = !authority.as_str().trim_start_matches(authority.host()).is_empty();
        let default = if secure { 443 } else { 80 };
        let port = match authority.port_u16() {
            Some(port) => port,
            None if has_port => return Err(AddressError::Host),
            None => default,
        };
        let folder = uri.path().rsplit_once('/').map_or("/", |(folder, _)| folder);
        let host = host.to_ascii_lowercase();
        let written = if host.contains(':') { format!("[{host}]") } else { host.clone() };
        let authority = if port == default { written } else { format!("{written}:{port}") };
        let folder = format!("{}/", folder.trim_end_matches('/'));
        Ok(Self { secure, host, port, authority, folder })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(f, "{scheme}://{}{}", self.authority, self.folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_has_is_read_and_the_daemon_s_paths_are_beside_the_page() {
        for (typed, secure, host, port, path, written) in [
            ("http://pi.local/", false, "pi.local", 80, "/ws/abc", "http://pi.local/"),
            ("http://pi.local", false, "pi.local", 80, "/ws/abc", "http://pi.local/"),
            (
                " HTTPS://Pi.Local:8443/chat/#K:P",
                true,
                "pi.local",
                8443,
                "/chat/ws/abc",
                "https://pi.local:8443/chat/",
            ),
            (
                "https://a.example/chat/index.html?x=/y",
                true,
                "a.example",
                443,
                "/chat/ws/abc",
                "https://a.example/chat/",
            ),
            ("http://[fd00::5]:80/", false, "fd00::5", 80, "/ws/abc", "http://[fd00::5]/"),
            ("http://10.0.0.1:8080/#x", false, "10.0.0.1", 8080, "/ws/abc", "http://10.0.0.1:8080/"),
        ] {
            let address: Address = typed.parse().unwrap();
            assert_eq!(
                (address.secure, address.host.as_str(), address.port),
                (secure, host, port),
                "{typed}"
            );
            assert_eq!((address.path("ws/abc").as_str(), address.to_string().as_str()), (path, written));
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for (typed, why) in [
            ("pi.local", AddressError::Scheme),
            ("ftp://pi.local/", AddressError::Scheme),
            ("#K7QM-4XZD:PASS", AddressError::Scheme),
            ("http://", AddressError::Malformed),
            ("http:///", AddressError::Malformed),
            ("http://a@b/", AddressError::Host),
            ("http://pi.local:99999/", AddressError::Host),
            ("http://pi local/", AddressError::Malformed),
            ("http://pi\u{1b}[2J/", AddressError::Malformed),
        ] {
            assert_eq!(typed.parse::<Address>(), Err(why), "{typed:?}");
        }
    }
}
