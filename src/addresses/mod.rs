//! The addresses at which this machine can be reached, as a browser takes them, the likeliest first.

mod interfaces;
mod kind;
mod mdns;
mod routes;
mod tables;

use std::fmt;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use socket2::{Domain, Socket, Type};

use interfaces::Reach;

/// How a socket is spoken to (RFC 9110, 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Over TLS.
    Https,
    /// In plain text.
    Http,
}

impl Scheme {
    fn name_and_port(self) -> (&'static str, u16) {
        match self {
            Self::Http => ("http", 80),
            Self::Https => ("https", 443),
        }
    }
}

/// What a browser can open, and who can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// How it is spoken to.
    pub scheme: Scheme,
    /// The URL itself.
    pub text: String,
    /// Who can open it, if not everybody on the network can, or how long it will last.
    pub note: Option<String>,
    /// Whether people on other machines can, today and tomorrow.
    pub for_others: bool,
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.note {
            None => f.write_str(&self.text),
            Some(note) => write!(f, "{} ({note})", self.text),
        }
    }
}

/// One address of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Address {
    ip: IpAddr,
    reach: Reach,
    note: Option<String>,
    /// Whether it is going to be there tomorrow, as far as can be known.
    lasts: bool,
}

impl Address {
    fn is_for_others(&self) -> bool {
        self.lasts && self.reach <= Reach::Vpn
    }
}

/// This machine's addresses, as they were when they were looked up.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The likeliest to be reached at comes first.
    addresses: Vec<Address>,
    /// The name that a multicast DNS responder answers for (RFC 6762), where one runs.
    local_name: Option<String>,
}

impl Machine {
    /// Looks the addresses up. The sandbox lets nobody do that, so it comes before.
    #[must_use]
    pub fn look() -> Self {
        Self { addresses: interfaces::addresses(), local_name: mdns::answered_name() }
    }

    /// Every address, those of the machine's own loopback too.
    pub fn ips(&self) -> impl Iterator<Item = IpAddr> {
        self.addresses.iter().map(|address| address.ip)
    }

    /// Whether others reach this machine by IPv4, or by IPv6.
    #[must_use]
    pub fn is_reached(&self, by_ipv4: bool) -> bool {
        let others = self.addresses.iter().filter(|address| address.reach <= Reach::Vpn);
        others.map(|address| address.ip).any(|ip| ip.is_ipv4() == by_ipv4 && !is_link_local(ip))
    }

    /// What is special about an address that this machine has.
    #[must_use]
    pub fn note(&self, ip: IpAddr) -> Option<&str> {
        self.addresses.iter().find(|address| address.ip == ip)?.note.as_deref()
    }

    /// Whether this machine does not have the address of `socket` now, though it may come to have it.
    #[must_use]
    pub fn lacks(&self, socket: SocketAddr) -> bool {
        let ip = socket.ip();
        if ip.is_unspecified() {
            return false;
        }
        // An interface's address is of no use yet while IPv6 looks whether it is somebody else's (RFC 4862, 5.4).
        let refused = is_refused(socket);
        let anything_may_be_bound = tables::has_nonlocal_bind(ip.is_ipv4());
        refused || (anything_may_be_bound && !ip.is_loopback() && !self.ips().any(|own| own == ip))
    }

    /// A URL for each address at which the `bound` sockets can be reached. Those that everybody on
    /// the network can open come first.
    #[must_use]
    pub fn urls(&self, bound: &[(Scheme, SocketAddr)]) -> Vec<Url> {
        let mut found: Vec<(_, u16, Url)> = Vec::new();
        for (scheme, socket) in bound {
            for (place, address) in self.reachable(*socket).into_iter().enumerate() {
                let text = url(*scheme, &address.ip.to_string(), socket.port());
                let for_others = address.is_for_others();
                let url = Url { scheme: *scheme, text, note: address.note, for_others };
                let place = self.ips().position(|ip| ip == address.ip).unwrap_or(place);
                let order = (address.reach, !address.lasts, *scheme, place);
                let at = found.partition_point(|(other, ..)| *other <= order);
                found.insert(at, (order, socket.port(), url));
            }
        }
        let first = found.first().filter(|((reach, ..), _, url)| *reach == Reach::Network && url.for_others);
        let named = first.zip(self.local_name.as_deref()).map(|((_, port, first), name)| Url {
            text: url(first.scheme, name, *port),
            note: None,
            ..first.clone()
        });
        let nobody = found.iter().all(|((reach, ..), ..)| *reach >= Reach::Bridge);
        let note = nobody.then(|| "only this machine: none of its addresses leads others here".to_owned());
        // `localhost` stands before what nobody reaches.
        let place = found.iter().position(|((reach, ..), ..)| *reach > Reach::Machine).unwrap_or(found.len());
        let mut urls: Vec<Url> = found.into_iter().map(|(.., url)| url).collect();
        let unspecified = bound.iter().filter(|(_, socket)| socket.ip().is_unspecified());
        let local = unspecified.map(|(scheme, socket)| Url {
            scheme: *scheme,
            text: url(*scheme, "localhost", socket.port()),
            note: note.clone(),
            for_others: false,
        });
        urls.splice(place..place, local);
        if let Some(named) = named {
            urls.insert(1, named);
        }
        urls
    }

    fn reachable(&self, socket: SocketAddr) -> Vec<Address> {
        let ip = socket.ip();
        if ip.is_unspecified() {
            return self
                .addresses
                .iter()
                .filter(|address| socket.is_ipv6() || address.ip.is_ipv4())
                .filter(|address| address.reach != Reach::Machine && !is_link_local(address.ip))
                .cloned()
                .collect();
        }
        let known = self.addresses.iter().find(|address| address.ip == ip).cloned();
        let reach = if ip.is_loopback() { Reach::Machine } else { Reach::Network };
        vec![known.unwrap_or(Address { ip, reach, note: None, lasts: true })]
    }
}

/// Whether the system says that this machine has no such address. If it does not say so, that
/// proves nothing.
fn is_refused(socket: SocketAddr) -> bool {
    // TCP, for a service manager may let nothing else be bound.
    let bound = Socket::new(Domain::for_address(socket), Type::STREAM, None).and_then(|probe| {
        let mut any_port = socket;
        any_port.set_port(0);
        probe.bind(&any_port.into())
    });
    bound.is_err_and(|error| error.kind() == ErrorKind::AddrNotAvailable)
}

/// Browsers take no IPv6 address that needs a zone (RFC 4007).
fn is_link_local(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(v6) if Ipv6Addr::is_unicast_link_local(&v6))
}

fn url(scheme: Scheme, host: &str, port: u16) -> String {
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let (scheme, usual) = scheme.name_and_port();
    if port == usual { format!("{scheme}://{host}/") } else { format!("{scheme}://{host}:{port}/") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn machine(addresses: &[(&str, Reach)], local_name: Option<&str>) -> Machine {
        let address = |(ip, reach): &(&str, Reach)| Address {
            ip: ip.parse().unwrap(),
            reach: *reach,
            note: (*reach == Reach::Vpn).then(|| "VPN wg0: only its members".to_owned()),
            lasts: true,
        };
        let local_name = local_name.map(str::to_owned);
        Machine { addresses: addresses.iter().map(address).collect(), local_name }
    }

    /// The URLs of these sockets, each as `https 192.0.2.5:443`.
    fn at(machine: &Machine, sockets: &[&str]) -> Vec<String> {
        let socket = |text: &&str| {
            let (scheme, socket) = text.split_once(' ').unwrap();
            let scheme = if scheme == "https" { Scheme::Https } else { Scheme::Http };
            (scheme, socket.parse().unwrap())
        };
        let sockets: Vec<_> = sockets.iter().map(socket).collect();
        machine.urls(&sockets).iter().map(ToString::to_string).collect()
    }

    const PLAIN: &[(&str, Reach)] = &[
        ("192.0.2.5", Reach::Network),
        ("2001:db8::5", Reach::Network),
        ("fe80::5", Reach::Network),
        ("127.0.0.1", Reach::Machine),
        ("::1", Reach::Machine),
    ];

    #[test]
    fn an_unspecified_address_is_all_of_its_family_that_others_can_reach_and_localhost() {
        let machine = machine(PLAIN, None);
        let both = ["http://192.0.2.5:8080/", "http://[2001:db8::5]:8080/", "http://localhost:8080/"];
        assert_eq!(at(&machine, &["http [::]:8080"]), both);
        assert_eq!(
            at(&machine, &["http 0.0.0.0:8080"]),
            ["http://192.0.2.5:8080/", "http://localhost:8080/"]
        );
    }

    #[test]
    fn a_named_address_is_itself_and_the_usual_port_goes_without_saying() {
        let machine = machine(PLAIN, None);
        assert_eq!(at(&machine, &["http 127.0.0.1:80"]), ["http://127.0.0.1/"]);
        assert_eq!(at(&machine, &["http [::1]:443"]), ["http://[::1]:443/"]);
        assert_eq!(at(&machine, &["https [::1]:443"]), ["https://[::1]/"]);
        assert_eq!(at(&machine, &["https 127.0.0.1:80"]), ["https://127.0.0.1:80/"]);
    }

    #[test]
    fn what_others_can_open_comes_first_and_https_before_http_of_the_same() {
        let machine = machine(&[PLAIN, &[("10.8.0.2", Reach::Vpn)]].concat(), None);
        let urls = at(&machine, &["https 127.0.0.1:443", "https [::]:8443", "http 0.0.0.0:80"]);
        assert_eq!(
            urls,
            [
                "https://192.0.2.5:8443/",
                "https://[2001:db8::5]:8443/",
                "http://192.0.2.5/",
                "https://10.8.0.2:8443/ (VPN wg0: only its members)",
                "http://10.8.0.2/ (VPN wg0: only its members)",
                "https://127.0.0.1/",
                "https://localhost:8443/",
                "http://localhost/",
            ]
        );
    }

    #[test]
    fn the_local_name_stands_beside_an_address_that_the_network_reaches() {
        let named = machine(PLAIN, Some("pi.local"));
        let urls = at(&named, &["http 0.0.0.0:8080"]);
        assert_eq!(urls, ["http://192.0.2.5:8080/", "http://pi.local:8080/", "http://localhost:8080/"]);
        assert_eq!(at(&named, &["http 127.0.0.1:8080"]), ["http://127.0.0.1:8080/"]);
        let away = machine(&[("10.8.0.2", Reach::Vpn)], Some("pi.local"));
        assert_eq!(at(&away, &["http 0.0.0.0:80"]).len(), 2, "nobody asks for it through a VPN");
    }

    #[test]
    fn an_address_of_nobody_s_is_lacked() {
        let machine = machine(PLAIN, None);
        for (socket, lacked) in [
            ("127.0.0.1:80", false),
            ("127.9.9.9:80", false),
            ("0.0.0.0:80", false),
            ("[::]:80", false),
            ("203.0.113.77:80", true),
            ("[2001:db8::77]:80", true),
        ] {
            assert_eq!(machine.lacks(socket.parse().unwrap()), lacked, "{socket}");
        }
    }
}
