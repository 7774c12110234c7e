//! The sockets that listen on this machine, and who has them.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use nix::unistd::geteuid;

use crate::hardening;

/// `TCP_LISTEN` of the kernel's `net/tcp_states.h`, as `/proc/net/tcp` writes it.
const LISTENING: &str = "0A";

/// A socket that listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listening {
    pub(super) at: SocketAddr,
    /// Who made it.
    pub(super) user: u32,
    pub(super) inode: u64,
}

/// All of the network that this process is in, as far as the tables may be read.
pub(super) fn listening() -> Vec<Listening> {
    let tables = ["tcp", "tcp6"].map(|name| fs::read_to_string(format!("/proc/self/net/{name}")));
    tables.iter().flatten().flat_map(|table| table.lines()).filter_map(read).collect()
}

/// A line of a table as in `proc_pid_net(5)`.
fn read(line: &str) -> Option<Listening> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let [_, local, _, LISTENING, _, _, _, user, _, inode, ..] = fields[..] else { return None };
    let (ip, port) = local.split_once(':')?;
    // The address stands there in numbers of four bytes each, in this machine's own order of bytes.
    let number = |from: usize| Some(u32::from_str_radix(ip.get(from..from + 8)?, 16).ok()?.to_ne_bytes());
    let ip: IpAddr = if ip.len() == 8 {
        Ipv4Addr::from(number(0)?).into()
    } else {
        let mut bytes = [0; 16];
        for (place, four) in bytes.chunks_exact_mut(4).enumerate() {
            four.copy_from_slice(&number(place * 8)?);
        }
        bytes.into()
    };
    let at = SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?);
    Some(Listening { at, user: user.parse().ok()?, inode: inode.parse().ok()? })
}

/// The inodes of a process's sockets, where they may be known.
pub(super) fn held_by(process: u32) -> Option<Vec<u64>> {
    let inode =
        |link: std::path::PathBuf| link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok();
    let descriptors = fs::read_dir(format!("/proc/{process}/fd")).ok()?.flatten();
    Some(descriptors.filter_map(|descriptor| inode(fs::read_link(descriptor.path()).ok()?)).collect())
}

/// The name of a process that listens on `port`, where it may be known.
#[must_use]
pub fn holder(port: u16) -> Option<String> {
    let wanted: Vec<u64> = at(port).map(|socket| socket.inode).collect();
    holder_of(&wanted).or_else(|| own_holder(port))
}

/// The same if the daemon's own user asks, by the user alone: the daemon lets nobody look into it.
#[must_use]
pub fn own_holder(port: u16) -> Option<String> {
    let is_own = |socket: Listening| !hardening::is_root() && socket.user == geteuid().as_raw();
    at(port).any(is_own).then(|| "sanctuary".to_owned())
}

fn at(port: u16) -> impl Iterator<Item = Listening> {
    listening().into_iter().filter(move |socket| socket.at.port() == port)
}

fn holder_of(wanted: &[u64]) -> Option<String> {
    let mut processes = fs::read_dir("/proc").ok()?.flatten();
    let holder = processes.find_map(|entry| {
        let process = entry.file_name().to_str()?.parse().ok()?;
        held_by(process)?.iter().any(|inode| wanted.contains(inode)).then_some(process)
    })?;
    Some(fs::read_to_string(format!("/proc/{holder}/comm")).ok()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_socket_is_found_with_its_address_its_user_and_its_process() {
        for address in ["127.0.0.1:0", "[::1]:0", "[::]:0"] {
            let listener = TcpListener::bind(address).unwrap();
            let at = listener.local_addr().unwrap();
            let found = listening().into_iter().find(|socket| socket.at == at).unwrap();
            assert_eq!(found.user, nix::unistd::geteuid().as_raw());
            assert!(held_by(std::process::id()).unwrap().contains(&found.inode));
            let me = fs::read_to_string("/proc/self/comm").unwrap();
            assert_eq!(holder(at.port()).as_deref(), Some(me.trim()));
        }
    }

    #[test]
    fn only_sockets_that_listen_count() {
        for (line, expected) in [
            (
                "   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     7        0 4711 1 0",
                Some(("0.0.0.0:80", 7, 4711)),
            ),
            (
                "   1: 0100007F:0050 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0",
                None,
            ),
            ("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid", None),
            ("   0: 00:0050 00000000:0000 0A 0:0 00:0 0     7        0 4711 1 0", None),
            ("", None),
        ] {
            let expected =
                expected.map(|(at, user, inode)| Listening { at: at.parse().unwrap(), user, inode });
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
