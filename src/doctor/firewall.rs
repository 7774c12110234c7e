//! Whether a firewall of this machine may keep visitors out, as far as its settings tell.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use super::Finding;

pub(super) fn look(listen: &[SocketAddr]) -> Vec<Finding> {
    let Some(port) = listen.iter().find(|address| !address.ip().is_loopback()).map(SocketAddr::port) else {
        return Vec::new(); // nobody else is to come in
    };
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let mut found = Vec::new();
    if ufw_is_on(&read("/etc/ufw/ufw.conf")) {
        found.push(note("ufw", &format!("`ufw allow {port}/tcp` lets visitors in")));
    }
    if Path::new("/run/firewalld").exists() {
        let command = format!("firewall-cmd --permanent --add-port={port}/tcp && firewall-cmd --reload");
        found.push(note("firewalld", &format!("`{command}` lets visitors in")));
    }
    if nftables_drops(&read("/etc/nftables.conf")) {
        found.push(note(
            "nftables",
            &format!("`tcp dport {port} accept` in its input chain lets visitors in"),
        ));
    }
    found
}

fn note(firewall: &str, advice: &str) -> Finding {
    Finding::Note(
        format!("{firewall} guards this machine"),
        format!("if others can't reach the page, {advice}"),
    )
}

fn ufw_is_on(settings: &str) -> bool {
    settings.lines().any(|line| line.trim().eq_ignore_ascii_case("ENABLED=yes"))
}

fn nftables_drops(rules: &str) -> bool {
    let rules: String = rules.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    rules.contains("hook input") && (rules.contains("policy drop") || rules.contains("reject"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_firewall_that_is_on_is_told() {
        assert!(ufw_is_on("# comment\nENABLED=yes\n"));
        assert!(!ufw_is_on("# ENABLED=yes\nENABLED=no\n"));
        assert!(nftables_drops("chain input {\n type filter hook input priority 0; policy drop;\n}"));
        assert!(!nftables_drops("chain input {\n type filter hook input priority 0;\n}"));
        assert!(!nftables_drops("# hook input policy drop\n"));
    }

    #[test]
    fn a_daemon_for_this_machine_alone_needs_no_firewall_opened() {
        assert_eq!(look(&[SocketAddr::from(([127, 0, 0, 1], 8080))]), []);
    }
}
