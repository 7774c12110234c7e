//! Whether the daemon could listen at an address, and who has it if not.

use std::io::ErrorKind;
use std::net::SocketAddr;

use super::Finding;
use super::sockets::holder;
use crate::hardening::{Missing, StartedBy};
use sanctuary_server as server;

/// Tries to listen on `address`, which stands in `setting`, and lets go of it; `None` where nothing is in the way.
pub(super) fn look(address: SocketAddr, setting: &str) -> Option<Finding> {
    let port = address.port();
    let (started_by, free_from) = (StartedBy::detect(), server::first_unprivileged_port());
    let error = server::bind(address).err()?;
    Some(match error.kind() {
        ErrorKind::AddrInUse => taken(port, setting),
        ErrorKind::PermissionDenied if port < free_from => Finding::Note(
            format!("port {port} needs privilege, which you have not"),
            format!("{}, or set `{setting}` to a port from {free_from} on", started_by.advice(Missing::Port)),
        ),
        ErrorKind::PermissionDenied => Finding::Note(
            format!("a security module forbids to listen on port {port}, such as SELinux or AppArmor"),
            format!("allow it there, or set `{setting}` to another port"),
        ),
        _ => Finding::Fault(
            format!("{address} can't be listened on: {error}"),
            format!("set `{setting}` to one of this machine's addresses"),
        ),
    })
}

/// That somebody else has the port, with the name if that may be known.
pub(super) fn taken(port: u16, setting: &str) -> Finding {
    match holder(port) {
        Some(name) => taken_by(port, setting, &name),
        None => taken_by_somebody(port, setting, StartedBy::detect()),
    }
}

/// That `holder` has the port.
pub(super) fn taken_by(port: u16, setting: &str, holder: &str) -> Finding {
    Finding::Fault(
        format!("port {port} is taken by {holder}"),
        format!("stop it, or set `{setting}` to another port (a proxy may also pass visitors on to that)"),
    )
}

fn taken_by_somebody(port: u16, setting: &str, started_by: StartedBy) -> Finding {
    if started_by == StartedBy::User {
        return Finding::Fault(
            format!("port {port} is taken, and not by sanctuary"),
            format!("run this as root to see by whom, or set `{setting}` to another port"),
        );
    }
    // The holder is outside of this container, or hidden from root too.
    Finding::Fault(
        format!("port {port} is taken by somebody who can't be seen from here"),
        format!("set `{setting}` to another port"),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_taken_port_is_told_with_its_holder() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let me = fs::read_to_string("/proc/self/comm").unwrap();
        let Some(Finding::Fault(found, _)) = look(address, "listen") else { panic!("not taken") };
        assert_eq!(found, format!("port {} is taken by {}", address.port(), me.trim()));
        drop(listener);
        assert_eq!(look(address, "listen"), None);
    }

    #[test]
    fn only_who_is_not_root_is_sent_for_root() {
        for (started_by, sent) in
            [(StartedBy::User, true), (StartedBy::Root, false), (StartedBy::Manager, false)]
        {
            let Finding::Fault(_, advice) = taken_by_somebody(80, "listen_tls", started_by) else {
                panic!("not taken")
            };
            assert_eq!(advice.contains("as root"), sent, "{started_by:?}");
            assert!(advice.contains("set `listen_tls` to another port"), "{advice}");
        }
    }
}
