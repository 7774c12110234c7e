//! To which interface each address belongs, and whom that lets in.

use std::collections::HashMap;
use std::net::IpAddr;

use nix::libc::{IFF_RUNNING, IFF_UP};

use super::kind::{Facts, Kind, kind};
use super::tables::{self, Entry, State};
use super::{Address, routes};

/// Who can open a page at an address. The ways by which most people come stand first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Everybody on the network that the machine is in.
    Network,
    /// Members of a virtual private network.
    Vpn,
    /// Containers and virtual machines on this machine.
    Bridge,
    /// Programs of this machine.
    Machine,
    /// Nobody at present.
    Nobody,
}

/// Every address of this machine, the likeliest to be reached at first.
pub(super) fn addresses() -> Vec<Address> {
    let mut entries = tables::entries();
    let source_addresses = routes::source_addresses();
    for ip in
        source_addresses.iter().filter(|ip| !entries.iter().any(|entry| entry.ip == **ip)).collect::<Vec<_>>()
    {
        // AppArmor, say, lets us not read the table.
        entries.push(Entry { interface: String::new(), ip: *ip, state: State::Lasting });
    }
    let defaults = DefaultInterfaces::look(&entries, &source_addresses);
    let mut seen = HashMap::new();
    let mut found: Vec<(_, Address)> = Vec::new();
    for entry in entries {
        let place = defaults.place(&entry.interface);
        let interface = seen
            .entry(entry.interface.clone())
            .or_insert_with_key(|name| Interface::look(name, place.is_some()));
        let address = interface.address(entry.ip, entry.state);
        let place = place.unwrap_or(usize::MAX);
        let order = (address.reach, !address.lasts, place, entry.ip.is_ipv6(), entry.state);
        let at = found.partition_point(|(other, _)| *other <= order);
        found.insert(at, (order, address));
    }
    found.into_iter().map(|(_, address)| address).collect()
}

/// The interfaces by which IPv4 and IPv6 lead out into the world, in the order in which they are
/// taken.
struct DefaultInterfaces([Vec<String>; 2]);

impl DefaultInterfaces {
    fn look(entries: &[Entry], source_addresses: &[IpAddr]) -> Self {
        let defaults = routes::default_interfaces();
        if defaults.iter().any(|interfaces| !interfaces.is_empty()) {
            return Self(defaults);
        }
        // The rules of a VPN, say, may lead out by other tables.
        let leading_out = entries.iter().filter(|entry| source_addresses.contains(&entry.ip));
        Self([leading_out.map(|entry| entry.interface.clone()).collect(), Vec::new()])
    }

    fn place(&self, interface: &str) -> Option<usize> {
        let place = |interfaces: &Vec<String>| interfaces.iter().position(|name| name == interface);
        self.0.iter().filter_map(place).min()
    }
}

/// What is known of an interface.
struct Interface {
    reach: Reach,
    note: Option<String>,
}

impl Interface {
    fn look(name: &str, leads_out: bool) -> Self {
        let flags = tables::flags(name);
        let has = |flag| flags.is_none_or(|flags| flags & flag != 0);
        let kind = kind(name, Facts::read(name, flags).as_ref(), leads_out);
        let (reach, note) = match kind {
            _ if !has(IFF_UP) => (Reach::Nobody, Some(format!("nobody now: {name} is switched off"))),
            Kind::Bridge(whose, whom) => {
                (Reach::Bridge, Some(format!("{whose} {name}: only {whom} on this machine")))
            }
            _ if !has(IFF_RUNNING) => {
                (Reach::Nobody, Some(format!("nobody now: {name} is not connected to anything")))
            }
            Kind::Plain => (Reach::Network, None),
            Kind::Vpn => (Reach::Vpn, Some(format!("VPN {name}: only its members"))),
            Kind::Tunnel => (Reach::Vpn, Some(format!("tunnel {name}: only who comes by it"))),
            Kind::Dummy => {
                (Reach::Nobody, Some(format!("dummy {name}: nobody, unless a router leads there")))
            }
        };
        Self { reach, note }
    }

    /// One of its addresses.
    fn address(&self, ip: IpAddr, state: State) -> Address {
        let is_makeshift = matches!(ip, IpAddr::V4(v4) if v4.is_link_local());
        let (reach, note) = match state {
            _ if self.reach == Reach::Nobody => (Reach::Nobody, None),
            State::Tentative => {
                (Reach::Nobody, Some("nobody yet: whether another machine has it is not known"))
            }
            State::Duplicate => (Reach::Nobody, Some("nobody: another machine on this network has it too")),
            _ if ip.is_loopback() => return Address { ip, reach: Reach::Machine, note: None, lasts: true },
            State::Deprecated => (self.reach, Some("deprecated: not for much longer")),
            State::Temporary => (self.reach, Some("temporary: another one before long")),
            // See RFC 3927.
            State::Lasting if is_makeshift => {
                (self.reach, Some("made up, for no router gave one: only who has such a one too"))
            }
            State::Lasting => (self.reach, None),
        };
        let lasts = note.is_none();
        let notes = [self.note.as_deref(), note];
        let notes: Vec<&str> = notes.into_iter().flatten().collect();
        let note = Some(notes.join("; ")).filter(|note| !note.is_empty());
        Address { ip, reach, note, lasts }
    }
}
