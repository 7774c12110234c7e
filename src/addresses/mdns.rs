//! The name under `.local` by which this machine is found on its network, by multicast DNS.

use std::fs;

use nix::unistd::gethostname;

use super::tables::table;

/// Multicast DNS (RFC 6762).
const PORT: u16 = 5353;

/// Users below this are the system's own. A browser has that port too, to look for devices, but it
/// answers nobody.
const FIRST_PERSON: u32 = 1000;

/// The name under `.local`, if something on this machine answers for it.
pub(super) fn answered_name() -> Option<String> {
    let answers = |uid| uid < FIRST_PERSON && (Some(uid) != resolved() || resolved_answers());
    let listens = ["udp", "udp6"].iter().filter_map(|name| table(name)).flat_map(|table| owners(&table));
    let name = gethostname().ok()?.into_string().ok()?;
    listens.into_iter().any(answers).then(|| label(&name)).flatten().map(|label| format!("{label}.local"))
}

/// The user of systemd-resolved: one of this machine's own, wherever else users may come from.
fn resolved() -> Option<u32> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let user = users.lines().find(|line| line.starts_with("systemd-resolve:"))?;
    user.split(':').nth(2)?.parse().ok()
}

/// systemd-resolved listens also where it only asks; the links on which it answers are told by it or by networkd.
fn resolved_answers() -> bool {
    let folders = ["/run/systemd/resolve/netif", "/run/systemd/netif/links"];
    let links = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let texts = links.filter_map(|link| fs::read_to_string(link.path()).ok());
    texts.into_iter().any(|text| text.lines().any(|line| line == "MDNS=yes"))
}

/// The users whose sockets are bound to the port, from a table as in `proc_pid_net(5)`.
fn owners(table: &str) -> Vec<u32> {
    let wanted = format!(":{PORT:04X}");
    let owner = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (local, user) = (fields.get(1)?, fields.get(7)?);
        local.ends_with(&wanted).then(|| user.parse().ok()).flatten()
    };
    table.lines().filter_map(owner).collect()
}

/// The first label of the host name, as responders publish it.
fn label(name: &str) -> Option<String> {
    let label = name.split('.').next()?.to_ascii_lowercase();
    (is_label(&label) && label != "localhost").then_some(label)
}

/// See RFC 1123, 2.1, and RFC 1035, 2.3.4.
fn is_label(text: &str) -> bool {
    const LONGEST: usize = 63;
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_s_label_is_what_a_responder_answers_for() {
        for (name, expected) in [
            ("pi", Some("pi")),
            ("Pi.example.org", Some("pi")),
            ("chat-2", Some("chat-2")),
            ("localhost", None),
            ("localhost.localdomain", None),
            ("(none)", None),
            ("my_host", None),
            ("caf\u{e9}", None),
            ("-pi", None),
            ("pi-", None),
            ("", None),
        ] {
            assert_eq!(label(name).as_deref(), expected, "{name}");
        }
        assert!(is_label(&"a".repeat(63)));
        assert!(!is_label(&"a".repeat(64)));
    }

    #[test]
    fn only_sockets_of_the_responders_port_count() {
        let table = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
                     1: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000   108        0 1 2 0 0\n\
                     2: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 2 2 0 0\n\
                     3: 00000000:14E8 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 3 2 0 0\n";
        assert_eq!(owners(table), [108, 1000]);
    }
}
