//! What kind of interface one is, by what the kernel says of it, or else by its name.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use nix::libc::IFF_NOARP;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Vpn,
    /// Of some other kind: a dialled line, IPv6 in IPv4.
    Tunnel,
    /// Whose bridge it is, and whom it lets in.
    Bridge(&'static str, &'static str),
    /// Nothing is ever at the other end.
    Dummy,
}

/// The kernel is believed rather than a name. Where sysfs is hidden, the name is all there is.
pub(super) fn kind(name: &str, facts: Option<&Facts>, leads_out: bool) -> Kind {
    let unseen = Facts::default();
    let is_seen = facts.is_some();
    let facts = facts.unwrap_or(&unseen);
    let name = name.to_ascii_lowercase();
    if facts.has_device || ["wwan", "wlan"].contains(&facts.devtype.as_str()) {
        return Kind::Plain;
    }
    if let Some((_, whose, whom)) = BRIDGES.iter().find(|(prefix, ..)| name.starts_with(prefix)) {
        return Kind::Bridge(whose, whom);
    }
    if is_a_network_of_docker(&name) {
        return Kind::Bridge("Docker's bridge", CONTAINERS);
    }
    // OpenWrt calls its network br-lan.
    let looks_like_a_bridge = name.starts_with("br-") && name != "br-lan" && !is_seen;
    if facts.devtype == "bridge" || looks_like_a_bridge {
        return if leads_out { Kind::Plain } else { Kind::Bridge("bridge", EITHER) };
    }
    let devtype = facts.devtype.as_str();
    let begins = |names: &[&str]| names.iter().any(|prefix| name.starts_with(prefix));
    if TUNNEL_TYPES.contains(&devtype) || TUNNEL_HARDWARE.contains(&facts.hardware) || begins(TUNNELS) {
        Kind::Tunnel
    } else if devtype == "wireguard" || facts.hardware == NO_HARDWARE || facts.is_tun || begins(VPNS) {
        Kind::Vpn
    } else if (facts.has_no_neighbours && facts.hardware == ETHERNET) || begins(&["dummy"]) {
        Kind::Dummy
    } else {
        Kind::Plain
    }
}

/// Docker calls it by the first 12 digits of its number.
fn is_a_network_of_docker(name: &str) -> bool {
    name.strip_prefix("br-")
        .is_some_and(|id| id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// What the kernel says of an interface in sysfs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// There is a device behind it, or behind what a bridge connects.
    has_device: bool,
    /// `DEVTYPE` of its `uevent`, empty for plain ones.
    devtype: String,
    /// `ARPHRD_*` of `linux/if_arp.h`.
    hardware: u16,
    /// It belongs to a program, which reads what it sends (`tun_flags`).
    is_tun: bool,
    /// Nobody is asked who has an address.
    has_no_neighbours: bool,
}

impl Facts {
    /// `None` where sysfs does not show the interface.
    pub(super) fn read(name: &str, flags: Option<i32>) -> Option<Self> {
        let folder = folder(name);
        let hardware = fs::read_to_string(folder.join("type")).ok()?.trim().parse().ok()?;
        let mut ports = fs::read_dir(folder.join("brif")).into_iter().flatten().flatten();
        Some(Self {
            has_device: has_device(&folder) || ports.any(|port| is_uplink(&port.file_name())),
            devtype: devtype(&folder),
            hardware,
            is_tun: is_there(&folder.join("tun_flags")),
            has_no_neighbours: flags.is_some_and(|flags| flags & IFF_NOARP != 0),
        })
    }
}

/// Where the kernel describes the interface.
fn folder(name: impl AsRef<Path>) -> PathBuf {
    Path::new("/sys/class/net").join(name)
}

/// A link is not followed: we may be allowed to see it, and not where it leads.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn has_device(folder: &Path) -> bool {
    is_there(&folder.join("device"))
}

fn devtype(folder: &Path) -> String {
    let uevent = fs::read_to_string(folder.join("uevent")).unwrap_or_default();
    uevent.lines().find_map(|line| line.strip_prefix("DEVTYPE=")).unwrap_or_default().to_owned()
}

fn is_uplink(port: &OsStr) -> bool {
    let port = folder(port);
    has_device(&port) || ["vlan", "bond", "wlan"].contains(&devtype(&port).as_str())
}

/// Programs name the bridges that they make: how the name begins, whose bridge it is, whom it lets
/// in.
const BRIDGES: &[(&str, &str, &str)] = &[
    ("docker", "Docker's bridge", CONTAINERS),
    ("podman", "Podman's bridge", CONTAINERS),
    ("cni", "bridge of containers", CONTAINERS),
    ("nerdctl", "bridge of containers", CONTAINERS),
    ("flannel", "bridge of containers", CONTAINERS),
    ("cali", "bridge of containers", CONTAINERS),
    ("cilium", "bridge of containers", CONTAINERS),
    ("kube", "bridge of containers", CONTAINERS),
    ("lxc", "bridge of containers", CONTAINERS),
    ("lxdbr", "bridge of containers", CONTAINERS),
    ("incusbr", "bridge of containers", CONTAINERS),
    ("waydroid", "bridge of containers", CONTAINERS),
    ("veth", "line to a container", CONTAINERS),
    ("ve-", "line to a container", CONTAINERS),
    ("virbr", "bridge of virtual machines", MACHINES),
    ("vnet", "line to a virtual machine", MACHINES),
    ("vmnet", "bridge of virtual machines", MACHINES),
    ("vboxnet", "bridge of virtual machines", MACHINES),
    ("mpqemubr", "bridge of virtual machines", MACHINES),
];
const CONTAINERS: &str = "containers";
const MACHINES: &str = "virtual machines";
const EITHER: &str = "containers and virtual machines";

/// How the names of virtual private networks begin.
const VPNS: &[&str] = &[
    "tun",
    "tap",
    "wg",
    "tailscale",
    "zt",
    "ipsec",
    "xfrm",
    "vti",
    "vpn",
    "utun",
    "nordlynx",
    "nordtun",
    "proton",
    "pvpn",
    "mullvad",
    "cloudflarewarp",
    "ham",
    "nebula",
    "cscotun",
    "gpd",
    "ovpn",
];

/// And those of other tunnels.
const TUNNELS: &[&str] = &["ppp", "gre", "sit", "ip6tnl", "ipip", "l2tp", "vxlan", "geneve"];

/// `DEVTYPE` of tunnels that are no virtual private network by themselves.
const TUNNEL_TYPES: &[&str] = &["vxlan", "geneve", "ppp", "gtp", "l2tpeth"];

/// `ARPHRD_*` of tunnels: PPP, IPIP, 6in6, 6in4, GRE by IPv4 and IPv6.
const TUNNEL_HARDWARE: &[u16] = &[512, 768, 769, 776, 778, 823];

/// `ARPHRD_ETHER`, which a dummy pretends to be.
const ETHERNET: u16 = 1;

/// `ARPHRD_NONE`: packets without any link, as `WireGuard` and TUN have them.
const NO_HARDWARE: u16 = 65_534;

#[cfg(test)]
mod tests {
    use super::*;

    const DOCKER: Kind = Kind::Bridge("Docker's bridge", CONTAINERS);
    const BRIDGE: Kind = Kind::Bridge("bridge", EITHER);

    fn ethernet() -> Facts {
        Facts { hardware: 1, ..Facts::default() }
    }

    fn of(devtype: &str) -> Facts {
        Facts { devtype: devtype.to_owned(), ..ethernet() }
    }

    #[test]
    fn the_kernel_s_word_counts_for_more_than_a_name() {
        let physical = || Facts { has_device: true, ..ethernet() };
        let tun = || Facts { hardware: 65_534, is_tun: true, ..Facts::default() };
        for (name, facts, leads_out, expected) in [
            ("eth0", physical(), false, Kind::Plain),
            ("wg-desk", physical(), false, Kind::Plain),
            ("vethernet", physical(), false, Kind::Plain),
            ("wlan0", Facts { has_device: true, ..of("wlan") }, true, Kind::Plain),
            ("wwan0", Facts { hardware: 65_534, ..of("wwan") }, true, Kind::Plain),
            ("eth0", ethernet(), true, Kind::Plain), // the end of a container's line
            ("lan", of("vlan"), false, Kind::Plain),
            ("vmbr0", Facts { has_device: true, ..of("bridge") }, false, Kind::Plain),
            ("docker0", Facts { has_device: true, ..of("bridge") }, true, Kind::Plain),
            ("br0", of("bridge"), true, Kind::Plain),
            ("br0", of("bridge"), false, BRIDGE),
            ("br-lan", of("bridge"), false, BRIDGE),
            ("office", of("bridge"), false, BRIDGE),
            ("docker0", of("bridge"), true, DOCKER),
            ("vip", Facts { has_no_neighbours: true, ..ethernet() }, true, Kind::Dummy),
            ("eth0", Facts { has_no_neighbours: true, ..physical() }, true, Kind::Plain),
            ("home", of("wireguard"), true, Kind::Vpn),
            ("home", tun(), true, Kind::Vpn),
            ("tap0", Facts { is_tun: true, ..ethernet() }, false, Kind::Vpn),
            ("dsl", Facts { hardware: 512, ..Facts::default() }, true, Kind::Tunnel),
            ("he-ipv6", Facts { hardware: 776, ..Facts::default() }, true, Kind::Tunnel),
            (
                "vnet0",
                Facts { is_tun: true, ..ethernet() },
                false,
                Kind::Bridge("line to a virtual machine", MACHINES),
            ),
        ] {
            assert_eq!(kind(name, Some(&facts), leads_out), expected, "{name} {facts:?}");
        }
    }

    #[test]
    fn a_name_tells_where_sysfs_is_hidden() {
        for (name, expected) in [
            ("eth0", Kind::Plain),
            ("enp0s31f6", Kind::Plain),
            ("wlp2s0", Kind::Plain),
            ("usb0", Kind::Plain),
            ("end0", Kind::Plain),
            ("bond0", Kind::Plain),
            ("br0", Kind::Plain),
            ("br-lan", Kind::Plain),
            ("", Kind::Plain),
            ("docker0", DOCKER),
            ("docker_gwbridge", DOCKER),
            ("br-0123456789ab", DOCKER),
            ("br-office", BRIDGE),
            ("podman1", Kind::Bridge("Podman's bridge", CONTAINERS)),
            ("veth12ab", Kind::Bridge("line to a container", CONTAINERS)),
            ("virbr0", Kind::Bridge("bridge of virtual machines", MACHINES)),
            ("dummy0", Kind::Dummy),
            ("tun0", Kind::Vpn),
            ("wg0", Kind::Vpn),
            ("ppp0", Kind::Tunnel),
            ("tailscale0", Kind::Vpn),
            ("ztabcdefgh", Kind::Vpn),
            ("CloudflareWARP", Kind::Vpn),
        ] {
            assert_eq!(kind(name, None, false), expected, "{name}");
        }
    }
}
