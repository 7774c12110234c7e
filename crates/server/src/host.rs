//! The host that a request names, and whether pages are served under that name.
//!
//! A browser lets a page read all answers of its own host. An attacker can make the name of a site
//! lead to this machine (DNS rebinding). Then the page of `http://evil.example/` has the same
//! origin as the answers from here, and its `Origin` and `Host` agree. Only the name gives this
//! away, so nothing is served under a name that nobody here has set. An address can't be made to
//! lead elsewhere, so every address is served.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use hyper::header::{HOST, HeaderName, ORIGIN, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION};
use hyper::{Request, Version};

use super::routes::NO_HOST;

/// Letters of the longest name, without the dot at its end (RFC 1035, 2.3.4).
const LONGEST: usize = 253;

/// The name that every machine has for itself.
const LOCALHOST: &str = "localhost";

/// Headers that may occur only once (RFC 9112, 3.2; RFC 6454, 7.3; RFC 6455, 11.3): of two values,
/// two readers may each believe a different one.
const ONCE: [(HeaderName, &str); 4] = [
    (HOST, "Host may be said only once\n"),
    (ORIGIN, "Origin may be said only once\n"),
    (SEC_WEBSOCKET_KEY, "Sec-WebSocket-Key may be said only once\n"),
    (SEC_WEBSOCKET_VERSION, "Sec-WebSocket-Version may be said only once\n"),
];

/// A host and its port, as a browser's address bar has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Host {
    /// In lower case, without a dot at its end, and without characters that are special in HTML.
    name: String,
    is_address: bool,
    port: Option<u16>,
}

impl Host {
    /// The host that `request` names. `None` if it names none, which only HTTP/1.0 may do. `Err`
    /// says what is wrong with a request that should name one, names two, or names no valid one.
    pub(super) fn of<B>(request: &Request<B>) -> Result<Option<Self>, &'static str> {
        let headers = request.headers();
        let twice = |(name, fault): &(HeaderName, &'static str)| {
            (headers.get_all(name).iter().nth(1).is_some()).then_some(*fault)
        };
        if let Some(fault) = ONCE.iter().find_map(twice) {
            return Err(fault);
        }
        let named = headers.get(HOST);
        if named.is_none() && request.version() != Version::HTTP_10 {
            return Err(NO_HOST);
        }
        // A host in the request's target overrides the header (RFC 9112, 3.2.2).
        let text = match request.uri().authority() {
            Some(authority) => Some(authority.as_str()),
            None => named.map(|value| value.to_str().unwrap_or("?")),
        };
        match text {
            None | Some("") => Ok(None),
            Some(text) => Self::parse(text).map(Some).ok_or("this is not the name of a host\n"),
        }
    }

    /// Reads `chat.example.org`, `192.0.2.1:8080` or `[fd00::1]` (RFC 3986, 3.2.2, as far as
    /// browsers use it). A user name before it is refused, and so are escapes and letters beyond
    /// ASCII, which browsers never send.
    pub(super) fn parse(text: &str) -> Option<Self> {
        // A colon inside brackets is part of an IPv6 address.
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port),
            _ => (text, ""),
        };
        if !port.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let port = if port.is_empty() { None } else { Some(port.parse().ok()?) };
        if let Some(inside) = host.strip_prefix('[') {
            let name = format!("[{}]", address(inside.strip_suffix(']')?)?);
            return Some(Self { name, is_address: true, port });
        }
        let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let is_name = name.len() <= LONGEST && name.bytes().all(fits) && !name.split('.').any(str::is_empty);
        // `0x7f.1` and the like, which some take for addresses, are names here.
        let is_address = name.parse::<Ipv4Addr>().is_ok();
        is_name.then_some(Self { name, is_address, port })
    }

    /// The name by itself, as it goes into a URL.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether this is a name that leads to one machine: neither an address nor `localhost`.
    pub(super) fn is_a_name_of_its_own(&self) -> bool {
        !self.is_address && self.name != LOCALHOST
    }

    /// Whether it leads to the machine itself from every machine (RFC 6761, 6.3; RFC 1122, 3.2.1.3).
    pub(super) fn is_loopback(&self) -> bool {
        let name = &*self.name;
        let address = name.trim_matches(['[', ']']).parse().ok();
        address.map_or(name == LOCALHOST || name.ends_with(".localhost"), |address: IpAddr| {
            let address = address.to_canonical();
            address.is_loopback() || address.is_unspecified()
        })
    }

    /// Whether pages are served under it. `names` are in lower case; a leading `*.` stands for any
    /// one label.
    pub(super) fn is_served(&self, names: &[String]) -> bool {
        !self.is_a_name_of_its_own() || names.iter().any(|name| matches(name, &self.name))
    }

    /// Whether pages at `self` and at `other` have the same origin (RFC 6454, 5), both by `scheme`.
    pub(super) fn is_same_origin(&self, other: &Self, scheme: &str) -> bool {
        let own = if scheme.eq_ignore_ascii_case("https") { 443 } else { 80 };
        self.name == other.name && self.port.unwrap_or(own) == other.port.unwrap_or(own)
    }
}

/// An IPv6 address, perhaps with a zone, which some clients send (RFC 6874).
fn address(text: &str) -> Option<String> {
    let (bare, zone) = text.split_once('%').map_or((text, None), |(bare, zone)| (bare, Some(zone)));
    let bare: Ipv6Addr = bare.parse().ok()?;
    let Some(zone) = zone else { return Some(bare.to_string()) };
    let zone = zone.strip_prefix("25").unwrap_or(zone);
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (!zone.is_empty() && zone.len() <= LONGEST && zone.bytes().all(fits)).then(|| format!("{bare}%25{zone}"))
}

/// Whether `name` matches `served`. A wildcard is the whole left-most label (RFC 6125, 6.4.3), and
/// at least two labels follow it, as in browsers: `*.example` would cover the names of many owners.
fn matches(served: &str, name: &str) -> bool {
    let Some(parent) = served.strip_prefix("*.") else { return served == name };
    parent.contains('.') && name.split_once('.').is_some_and(|(_, of)| of == parent)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn some_names_lead_to_the_machine_itself_from_everywhere() {
        for (name, expected) in [
            ("localhost", true),
            ("localhost.:80", true),
            ("a.localhost:8080", true),
            ("127.9.9.9", true),
            ("0.0.0.0:80", true),
            ("[::1]:80", true),
            ("[::]", true),
            ("[::ffff:127.0.0.1]", true),
            ("192.0.2.1", false),
            ("[2001:db8::1]", false),
            ("pi.local", false),
            ("localhost.example", false),
            ("notlocalhost", false),
        ] {
            assert_eq!(Host::parse(name).unwrap().is_loopback(), expected, "{name}");
        }
    }

    #[test]
    fn addresses_and_localhost_are_served_and_names_as_they_are_listed() {
        let names = ["vm", "vm.local", "*.example.net", "*.example", "*", "xn--bcher-kva.example"];
        let names = names.map(str::to_owned);
        for (host, expected) in [
            ("127.0.0.1", true),
            ("203.0.113.9:8080", true),
            ("[::1]", true),
            ("[FE80:0::1%25eth0]:80", true),
            ("[fe80::1%eth0]", true),
            ("localhost", true),
            ("LocalHost.:8080", true),
            ("evil.localhost", false),
            ("vm", true),
            ("VM.LOCAL.", true),
            ("vm.local.evil.example", false),
            ("evilvm.local", false),
            ("a.example.net", true),
            ("example.net", false),
            ("a.b.example.net", false),
            ("a.example", false),
            ("xn--bcher-kva.example", true),
            ("0x7f.0.0.1", false),
            ("127.1", false),
            ("2130706433", false),
            ("127.0.0.1.evil.example", false),
        ] {
            assert_eq!(Host::parse(host).unwrap().is_served(&names), expected, "{host}");
        }
    }

    #[test]
    fn a_request_names_one_host_by_its_target_or_by_its_field() {
        for (target, version, fields, expected) in [
            ("/", Version::HTTP_11, &[(HOST, "a.example")][..], Ok(Some("a.example"))),
            ("http://b.example/", Version::HTTP_11, &[(HOST, "a.example")], Ok(Some("b.example"))),
            ("/", Version::HTTP_11, &[], Err(NO_HOST)),
            ("http://b.example/", Version::HTTP_11, &[], Err(NO_HOST)),
            ("/", Version::HTTP_10, &[], Ok(None)),
            ("/", Version::HTTP_11, &[(HOST, "")], Ok(None)),
            ("/", Version::HTTP_11, &[(HOST, "a b")], Err("this is not the name of a host\n")),
            ("/", Version::HTTP_11, &[(HOST, "a"), (HOST, "a")], Err(ONCE[0].1)),
            ("/", Version::HTTP_11, &[(HOST, "a"), (ORIGIN, "x"), (ORIGIN, "x")], Err(ONCE[1].1)),
        ] {
            let mut request = Request::builder().uri(target).version(version).body(()).unwrap();
            for (name, value) in fields {
                request.headers_mut().append(name, value.parse().unwrap());
            }
            let found = Host::of(&request);
            assert_eq!(
                found.as_ref().map(|host| host.as_ref().map(Host::name)),
                expected.as_ref().map(|name| *name),
                "{target} {fields:?}"
            );
        }
    }

    #[test]
    fn what_is_no_host_is_nothing() {
        let long = format!("{}bc", "a.".repeat(126));
        assert!(Host::parse(&long[1..]).is_none() && Host::parse(&long[..LONGEST]).is_some());
        for text in [
            "",
            ".",
            "..",
            "a..b",
            ".a",
            "a b",
            "a,b",
            "a/b",
            "a@b",
            "a%41",
            "a*b",
            "*.a.b",
            "<a>",
            "a\"b",
            "a&b",
            "bücher",
            "a:b",
            "a:80:80",
            "a:-1",
            "a:+1",
            "a:65536",
            "::1",
            "[::1",
            "::1]",
            "[]",
            "[::g]",
            "[::1]a",
            "[::1%]",
            "[::1%25]",
            "[::1%25a<b]",
            "[127.0.0.1]",
            "[v1.a]",
            &long,
        ] {
            assert_eq!(Host::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn origins_are_the_same_by_name_and_port() {
        for (one, other, scheme, expected) in [
            ("a.example", "A.example.", "http", true),
            ("a.example:80", "a.example", "http", true),
            ("a.example:443", "a.example", "HTTPS", true),
            ("a.example:443", "a.example", "http", false),
            ("a.example:8080", "a.example", "http", false),
            ("[fd00::1]:8080", "[FD00:0::1]:8080", "http", true),
            ("a.example", "b.example", "http", false),
        ] {
            let [one, other] = [one, other].map(|text| Host::parse(text).unwrap());
            assert_eq!(one.is_same_origin(&other, scheme), expected, "{one:?} {other:?}");
        }
    }
}
