//! A name under which pages are served, as it stands in a browser's address bar.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// Letters of the longest name and of the longest label of one (RFC 1035, 2.3.4).
const NAME: usize = 253;
const LABEL: usize = 63;

/// A name in small letters without a dot at its end, or `*.` and such a name, which stands for all with one label more.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostName(String);

/// Why a text is no such name, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// More than a name.
    #[error("only the name of the host goes here, without scheme, port and path: write {0:?}")]
    Beyond(String),
    /// An address.
    #[error("{0} is an address, and those are served always: leave it out")]
    Address(String),
    /// It covers names of strangers.
    #[error(
        "{0:?} would let strangers make their names lead here: write whole names, or a wildcard before \
         two parts or more, such as \"*.example.org\""
    )]
    TooWide(String),
    /// Nothing that a browser sends.
    #[error(
        "{0:?} is not the name of a host: write it in ASCII as browsers send it, such as \"chat.example.org\""
    )]
    Name(String),
}

impl FromStr for HostName {
    type Err = HostError;

    /// Reads `chat.example.org`, `pi`, `*.example.org`.
    fn from_str(text: &str) -> Result<Self, HostError> {
        let text = text.to_ascii_lowercase();
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(&text);
        if bare.parse::<IpAddr>().is_ok() {
            return Err(HostError::Address(text));
        }
        let host = text.split_once("://").map_or(&*text, |(_, rest)| rest);
        let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
        let host = host.strip_suffix('.').unwrap_or(host);
        let (wildcard, name) = host.strip_prefix("*.").map_or((false, host), |name| (true, name));
        if host == "*" || wildcard && is_name(name) && !name.contains('.') {
            return Err(HostError::TooWide(text));
        }
        if !is_name(name) || host.len() > NAME {
            return Err(HostError::Name(text));
        }
        if host.len() < text.trim_end_matches('.').len() {
            return Err(HostError::Beyond(host.to_owned()));
        }
        Ok(Self(host.to_owned()))
    }
}

/// Labels of letters, digits and inner hyphens, and the underscores of some (RFC 1123, 2.1). A last one that begins
/// like a number makes browsers read the whole as an address (WHATWG URL, "ends in a number").
fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_label = |label: &str| {
        (1..=LABEL).contains(&label.len())
            && label.bytes().all(fits)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit())
        || last.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    text.split('.').all(is_label) && !is_number
}

impl fmt::Display for HostName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, HostError> {
        text.parse::<HostName>().map(|name| name.to_string())
    }

    #[test]
    fn names_are_read_as_browsers_send_them() {
        let (label, wide) = ("a".repeat(LABEL), format!("*.{}b.c", "a.".repeat(124)));
        for (text, name) in [
            ("chat.example.org", "chat.example.org"),
            ("Chat.Example.ORG.", "chat.example.org"),
            ("pi", "pi"),
            ("my_pi-2.lan", "my_pi-2.lan"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("*.example.org", "*.example.org"),
            ("*.home.lan.", "*.home.lan"),
            ("1.example", "1.example"),
            (&label, &label),
            (&wide, &wide),
        ] {
            assert_eq!(read(text), Ok(name.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let name = |text: &str| HostError::Name(text.to_owned());
        let beyond = |text: &str| HostError::Beyond(text.to_owned());
        let too_wide = |text: &str| HostError::TooWide(text.to_owned());
        let (label, long) = ("a".repeat(LABEL + 1), format!("*.{}b.cd", "a.".repeat(124)));
        for (text, error) in [
            ("*", too_wide("*")),
            ("*.", too_wide("*.")),
            ("*..", name("*..")),
            ("*.org", too_wide("*.org")),
            ("*.local.", too_wide("*.local.")),
            ("https://chat.example.org", beyond("chat.example.org")),
            ("chat.example.org:8080", beyond("chat.example.org")),
            ("chat.example.org/", beyond("chat.example.org")),
            ("http://*.example.org:80/x?y#z", beyond("*.example.org")),
            ("192.0.2.1", HostError::Address("192.0.2.1".to_owned())),
            ("[FD00::1]", HostError::Address("[fd00::1]".to_owned())),
            ("fd00::1", HostError::Address("fd00::1".to_owned())),
            ("192.0.2.1:80", name("192.0.2.1:80")),
            ("0x7f.1", name("0x7f.1")),
            ("a.0x1f", name("a.0x1f")),
            ("", name("")),
            (".", name(".")),
            ("a..b", name("a..b")),
            ("-a.b", name("-a.b")),
            ("a-.b", name("a-.b")),
            ("a b", name("a b")),
            ("me@example.org", name("me@example.org")),
            ("a.*.example.org", name("a.*.example.org")),
            ("*a.example.org", name("*a.example.org")),
            ("bücher.example", name("bücher.example")),
            (&label, name(&label)),
            (&long, name(&long)),
        ] {
            assert_eq!(read(text), Err(error), "{text}");
        }
    }
}
