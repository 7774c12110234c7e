//! The system's own tables of addresses. They are read without netlink, which our unit does not allow.
#![allow(unsafe_code)] // The list of IPv4 addresses is written by the kernel into memory of ours.

use std::ffi::CStr;
use std::fs::{self, File};
use std::io::Read as _;
use std::mem;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::AsRawFd as _;

use nix::libc;
use socket2::{Domain, Socket, Type};

/// IPv4 addresses that are looked at; a machine with more is reached by the first of them all the same.
const MOST: usize = 256;

/// Bytes of a table of the kernel's that are read: thousands of routes, the default one among the first.
const LARGEST: u64 = 1024 * 1024;

/// An address, and what the kernel says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) interface: String,
    pub(super) ip: IpAddr,
    pub(super) state: State,
}

/// What becomes of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// It stays, as far as the kernel knows.
    Lasting,
    /// It will be another one soon (RFC 8981).
    Temporary,
    /// It is no longer to be used (RFC 4862, 5.5.4).
    Deprecated,
    /// It is not used before it is known that nobody else has it (RFC 4862, 5.4).
    Tentative,
    /// Somebody else has it.
    Duplicate,
}

impl State {
    /// See `IFA_F_*` of `linux/if_addr.h`.
    fn of(flags: u32) -> Self {
        const OPTIMISTIC: u32 = 0x04; // tentative, and used all the same
        if flags & 0x08 != 0 {
            Self::Duplicate
        } else if flags & (0x40 | OPTIMISTIC) == 0x40 {
            Self::Tentative
        } else if flags & 0x20 != 0 {
            Self::Deprecated
        } else if flags & 0x01 != 0 {
            Self::Temporary
        } else {
            Self::Lasting
        }
    }
}

/// Every address of every interface, as far as the system tells.
pub(super) fn entries() -> Vec<Entry> {
    let mut entries = ipv4();
    entries.extend(table("if_inet6").iter().flat_map(|table| ipv6(table)));
    entries
}

/// One of the kernel's tables about the network of this process, where it may be read.
pub(super) fn table(name: &str) -> Option<String> {
    // Not /proc/net: our unit hides all of /proc but processes.
    let file = File::open(format!("/proc/self/net/{name}")).ok()?;
    let mut text = String::new();
    file.take(LARGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Whether any address at all may be bound, so that a successful bind says nothing (ip(7), `ip_nonlocal_bind`).
pub(super) fn has_nonlocal_bind(is_ipv4: bool) -> bool {
    let family = if is_ipv4 { "ipv4" } else { "ipv6" };
    let setting = fs::read_to_string(format!("/proc/sys/net/{family}/ip_nonlocal_bind"));
    setting.is_ok_and(|setting| setting.trim() == "1")
}

/// `IFF_*` of an interface (netdevice(7)), where the system tells.
pub(super) fn flags(interface: &str) -> Option<i32> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, None).ok()?;
    // SAFETY: all of it is numbers and bytes, for which zero is a value.
    let mut request: libc::ifreq = unsafe { mem::zeroed() };
    // The last byte stays zero.
    for (place, byte) in request.ifr_name[..libc::IFNAMSIZ - 1].iter_mut().zip(interface.bytes()) {
        *place = libc::c_char::from_ne_bytes([byte]);
    }
    // SAFETY: the kernel reads the name and writes the flags.
    let result =
        unsafe { libc::ioctl(socket.as_raw_fd(), libc::SIOCGIFFLAGS as libc::Ioctl, &raw mut request) };
    // SAFETY: it has written them.
    (result == 0).then(|| i32::from(unsafe { request.ifr_ifru.ifru_flags }))
}

/// See netdevice(7), `SIOCGIFCONF`.
fn ipv4() -> Vec<Entry> {
    let Ok(socket) = Socket::new(Domain::IPV4, Type::DGRAM, None) else { return Vec::new() };
    // SAFETY: all of it is numbers and bytes, for which zero is a value.
    let mut found: [libc::ifreq; MOST] = unsafe { mem::zeroed() };
    let Ok(size) = i32::try_from(mem::size_of_val(&found)) else { return Vec::new() };
    let mut request = libc::ifconf {
        ifc_len: size,
        ifc_ifcu: libc::__c_anonymous_ifc_ifcu { ifcu_req: found.as_mut_ptr() },
    };
    // SAFETY: the kernel writes at most `ifc_len` bytes to `found`, and how many into `ifc_len`.
    let result =
        unsafe { libc::ioctl(socket.as_raw_fd(), libc::SIOCGIFCONF as libc::Ioctl, &raw mut request) };
    if result != 0 {
        return Vec::new();
    }
    let count = usize::try_from(request.ifc_len).unwrap_or(0) / mem::size_of::<libc::ifreq>();
    found.iter().take(count).map(ipv4_entry).collect()
}

fn ipv4_entry(request: &libc::ifreq) -> Entry {
    // SAFETY: the kernel ends names by a zero byte within their 16.
    let name = unsafe { CStr::from_ptr(request.ifr_name.as_ptr()) }.to_string_lossy();
    // SAFETY: SIOCGIFCONF fills in an address, and those of IPv4 alone: the port's two bytes, then the address's four.
    let [_, _, a, b, c, d, ..] = unsafe { request.ifr_ifru.ifru_addr.sa_data };
    let ip = Ipv4Addr::from([a, b, c, d].map(|byte| byte.to_ne_bytes()[0]));
    // An alias, "eth0:1", is the interface's.
    let interface = name.split(':').next().unwrap_or_default().to_owned();
    Entry { interface, ip: ip.into(), state: State::Lasting }
}

/// `table` is `/proc/net/if_inet6`: address, index, length of the prefix, scope, flags, name.
fn ipv6(table: &str) -> Vec<Entry> {
    let entry = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [ip, _, _, _, flags, interface] = fields[..] else { return None };
        Some(Entry {
            interface: interface.to_owned(),
            ip: Ipv6Addr::from(u128::from_str_radix(ip, 16).ok()?).into(),
            state: State::of(u32::from_str_radix(flags, 16).ok()?),
        })
    };
    table.lines().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_loopback_is_among_what_the_system_tells() {
        let loopback =
            Entry { interface: "lo".into(), ip: "127.0.0.1".parse().unwrap(), state: State::Lasting };
        assert!(entries().contains(&loopback), "{:?}", entries());
        assert!(flags("lo").unwrap() & libc::IFF_LOOPBACK != 0);
        assert_eq!(flags("no-such-device"), None);
        assert_eq!(flags(&"lo".repeat(20)), None);
    }

    #[test]
    fn a_line_of_if_inet6_is_an_address_and_what_becomes_of_it() {
        let line =
            |flags| format!("20010db800000000000000000000000a 02 40 00 {flags} enp0s31f6\nnonsense\n\n");
        for (flags, state) in [
            ("80", State::Lasting),
            ("00", State::Lasting),
            ("01", State::Temporary),
            ("a0", State::Deprecated),
            ("21", State::Deprecated),
            ("c0", State::Tentative),
            ("44", State::Lasting),
            ("c8", State::Duplicate),
            ("88", State::Duplicate),
        ] {
            let ip = "2001:db8::a".parse().unwrap();
            assert_eq!(ipv6(&line(flags)), [Entry { interface: "enp0s31f6".into(), ip, state }], "{flags}");
        }
    }
}
