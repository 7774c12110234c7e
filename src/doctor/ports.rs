//! Whether an address can be listened on, and who has it if not.

use std::fs;
use std::io::ErrorKind;
use std::net::SocketAddr;

use super::Finding;
use crate::hardening::{Missing, Starter};
use crate::server;

/// `TCP_LISTEN` of the kernel's `net/tcp_states.h`, as `/proc/net/tcp` writes it.
const LISTENING: &str = "0A";

/// Tries to listen on `address`, which stands in `setting`, and lets go of it.
pub(super) fn look(address: SocketAddr, setting: &str) -> Finding {
    let port = address.port();
    let (starter, free_from) = (Starter::of_this_process(), server::first_unprivileged_port());
    match server::bind(address) {
        Ok(_) => Finding::Good(format!("port {port} is free")),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            taken(port, setting, holder(port).as_deref(), starter)
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied && port < free_from => Finding::Note(
            format!("port {port} needs privilege, which you have not"),
            format!("{}, or set `{setting}` to a port from {free_from} on", starter.advice(Missing::Port)),
        ),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Finding::Note(
            format!("a security module forbids to listen on port {port}, such as SELinux or AppArmor"),
            format!("allow it there, or set `{setting}` to another port"),
        ),
        Err(error) => Finding::Fault(
            format!("{address} can't be listened on: {error}"),
            format!("set `{setting}` to one of this machine's addresses"),
        ),
    }
}

fn taken(port: u16, setting: &str, holder: Option<&str>, starter: Starter) -> Finding {
    match holder {
        Some("sanctuary") => Finding::Good(format!("sanctuary itself listens on port {port}")),
        // A socket unit's port is held by the first process until somebody comes.
        Some("systemd") => Finding::Good(format!("systemd holds port {port} for a socket unit")),
        Some(name) => Finding::Fault(
            format!("port {port} is taken by {name}"),
            format!("stop it, or set `{setting}` to another port ({name} may also pass visitors on to that)"),
        ),
        None if starter == Starter::User => Finding::Fault(
            format!("port {port} is taken"),
            format!("run this as root to see by whom, or set `{setting}` to another port"),
        ),
        // By somebody outside of this container, or whom root may not see either.
        None => Finding::Fault(
            format!("port {port} is taken by somebody who can't be seen from here"),
            format!("set `{setting}` to another port"),
        ),
    }
}

/// The name of a process that listens on `port`, where it may be known.
#[must_use]
pub fn holder(port: u16) -> Option<String> {
    let inodes: Vec<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .flat_map(|table| listening(&table, port))
        .collect();
    fs::read_dir("/proc")
        .ok()?
        .flatten()
        .find_map(|process| {
            let descriptors = fs::read_dir(process.path().join("fd")).ok()?;
            let holds = descriptors
                .flatten()
                .filter_map(|descriptor| fs::read_link(descriptor.path()).ok())
                .any(|link| {
                    inodes.iter().any(|inode| link.as_os_str() == format!("socket:[{inode}]").as_str())
                });
            holds.then(|| fs::read_to_string(process.path().join("comm")).ok()).flatten()
        })
        .map(|name| name.trim().to_owned())
}

/// The inodes of sockets that listen on `port`, from a table as in `proc_pid_net(5)`.
fn listening(table: &str, port: u16) -> Vec<String> {
    let wanted = format!(":{port:04X}");
    table
        .lines()
        .filter_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (local, state, inode) = (fields.get(1)?, fields.get(3)?, fields.get(9)?);
            (local.ends_with(&wanted) && *state == LISTENING).then(|| (*inode).to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_taken_port_is_told_with_its_holder() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let me = fs::read_to_string("/proc/self/comm").unwrap();
        let Finding::Fault(found, _) = look(address, "listen") else { panic!("not taken") };
        assert_eq!(found, format!("port {} is taken by {}", address.port(), me.trim()));
        drop(listener);
        assert_eq!(look(address, "listen"), Finding::Good(format!("port {} is free", address.port())));
    }

    #[test]
    fn a_port_of_the_daemon_itself_is_as_it_should_be() {
        let taken = |holder| taken(80, "listen", holder, Starter::User);
        assert!(matches!(taken(Some("sanctuary")), Finding::Good(_)));
        assert!(matches!(taken(Some("systemd")), Finding::Good(_)));
        assert!(matches!(taken(Some("nginx")), Finding::Fault(..)));
        assert!(matches!(taken(None), Finding::Fault(..)));
    }

    #[test]
    fn only_who_is_not_root_is_sent_for_root() {
        for (starter, sent) in [(Starter::User, true), (Starter::Root, false), (Starter::Manager, false)] {
            let Finding::Fault(_, advice) = taken(80, "listen_tls", None, starter) else {
                panic!("not taken")
            };
            assert_eq!(advice.contains("as root"), sent, "{starter:?}");
            assert!(advice.contains("set `listen_tls` to another port"), "{advice}");
        }
    }

    #[test]
    fn only_listening_sockets_of_that_port_count() {
        let table = "\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0
   1: 0100007F:0050 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 100 0 0 10 0
   2: 00000000:0051 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0 100 0 0 10 0
";
        assert_eq!(listening(table, 80), ["4711"]);
        assert_eq!(listening(table, 443), [] as [&str; 0]);
    }
}
