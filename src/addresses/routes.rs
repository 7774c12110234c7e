//! Which interfaces the default routes lead out by.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use socket2::{Domain, Protocol, Socket, Type};

use super::tables::table;

/// `RTF_UP` of linux/route.h.
const UP: u32 = 0x1;
/// `RTF_REJECT`: it leads nowhere.
const REJECT: u32 = 0x200;

/// The interfaces of the default routes of IPv4 and of IPv6, in the order in which they are taken;
/// none where the tables have none or may not be read.
pub(super) fn default_interfaces() -> [Vec<String>; 2] {
    let of = |name, read| table(name).map(|table| defaults_of(&table, read)).unwrap_or_default();
    [of("route", ipv4), of("ipv6_route", ipv6)]
}

/// The addresses from which this machine would speak to the world: one of each family at most.
pub(super) fn source_addresses() -> Vec<IpAddr> {
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

/// The kernel takes the route of the least metric, and the first of equals.
fn defaults_of(table: &str, read: fn(&[&str]) -> Option<Route>) -> Vec<String> {
    let routes_of_it = table
        .lines()
        .filter_map(|line| read(&line.split_whitespace().collect::<Vec<_>>()))
        .filter(|route| route.flags & UP != 0 && route.flags & REJECT == 0 && route.interface != "lo");
    let mut routes: Vec<Route> = Vec::new();
    for route in routes_of_it {
        let at = routes.partition_point(|other| other.metric <= route.metric);
        routes.insert(at, route);
    }
    routes.into_iter().map(|route| route.interface).collect()
}

/// A route to everywhere.
struct Route {
    interface: String,
    metric: u32,
    flags: u32,
}

/// `/proc/net/route`: interface, destination, gateway, flags, two counts, metric, mask, and more.
fn ipv4(fields: &[&str]) -> Option<Route> {
    let [interface, "00000000", _, flags, _, _, metric, "00000000", ..] = fields else { return None };
    let (metric, flags) = (metric.parse().ok()?, u32::from_str_radix(flags, 16).ok()?);
    Some(Route { interface: (*interface).to_owned(), metric, flags })
}

/// `/proc/net/ipv6_route`: destination, its prefix, source, its prefix, gateway, metric, two counts, flags, interface.
fn ipv6(fields: &[&str]) -> Option<Route> {
    let [_, "00", _, _, _, metric, _, _, flags, interface] = fields else { return None };
    let hexadecimal = |text| u32::from_str_radix(text, 16).ok();
    Some(Route {
        interface: (*interface).to_owned(),
        metric: hexadecimal(metric)?,
        flags: hexadecimal(flags)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str =
        "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";

    #[test]
    fn the_default_route_of_ipv4_is_the_one_of_the_least_metric_that_leads_somewhere() {
        let wifi = "wlan0\t00000000\t010200C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n";
        let wire = "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n";
        let half = "tun0\t00000000\t010200C0\t0003\t0\t0\t0\t00000080\t0\t0\t0\n";
        let lan = "eth1\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";
        let nowhere = "*\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0\n";
        for (routes, expected) in [
            (&[wifi, wire][..], &["eth0", "wlan0"][..]),
            (&[wire, wifi], &["eth0", "wlan0"]),
            (&[half, wifi, lan], &["wlan0"]),
            (&[nowhere, wifi], &["wlan0"]),
            (&[half, lan], &[]),
            (&[], &[]),
        ] {
            assert_eq!(defaults_of(&(HEADING.to_owned() + &routes.concat()), ipv4), expected);
        }
    }

    #[test]
    fn so_is_that_of_ipv6() {
        let zero = "0".repeat(32);
        let line = |prefix, metric, flags, interface| {
            format!("{zero} {prefix} {zero} 00 {zero} {metric} 00000001 00000000 {flags} {interface}\n")
        };
        let nowhere = line("00", "ffffffff", "00200200", "lo");
        let (wire, wifi) =
            (line("00", "00000064", "00450003", "eth0"), line("00", "00000258", "00450003", "wlan0"));
        let network = line("40", "00000001", "00000001", "eth1");
        let table = [nowhere.as_str(), &network, &wifi, &wire].concat();
        assert_eq!(defaults_of(&table, ipv6), ["eth0", "wlan0"]);
        assert_eq!(defaults_of(&[nowhere, network].concat(), ipv6), [] as [&str; 0]);
    }
}
