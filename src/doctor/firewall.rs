//! Whether a firewall of this machine may keep visitors out, as far as it tells.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use super::Finding;
use super::program::answer;

/// Where the rules of nftables stand, of Debian and Arch, of Fedora; and those of iptables.
const NFTABLES: [&str; 2] = ["/etc/nftables.conf", "/etc/sysconfig/nftables.conf"];
const IPTABLES: [&str; 2] = ["/etc/iptables/rules.v4", "/etc/sysconfig/iptables"];

pub(super) fn look(listen: &[SocketAddr]) -> Vec<Finding> {
    let mut ports: Vec<String> = Vec::new();
    for address in listen.iter().filter(|address| !address.ip().is_loopback()) {
        let port = address.port().to_string();
        if !ports.contains(&port) {
            ports.push(port);
        }
    }
    if ports.is_empty() {
        return Vec::new(); // nobody else is to come in
    }
    // The services that are active, if systemd says so.
    let active =
        answer("systemctl", &["list-units", "--state=active", "--plain", "--no-legend", "--type=service"]);
    let is_active = |names: &[&str]| match &active {
        Some(active) => {
            names.iter().any(|name| active.lines().any(|unit| unit.split('.').next() == Some(name)))
        }
        None => true, // nobody says that it is not
    };
    let read = |path: &&str| fs::read_to_string(path).ok();
    let list = ports.join(",");
    let mut found = Vec::new();
    if is_active(&["ufw"]) && ufw_is_on(&read(&"/etc/ufw/ufw.conf").unwrap_or_default()) {
        found.push(note("ufw", &format!("`ufw allow {list}/tcp`")));
    }
    let by_manager = active.is_some() && is_active(&["firewalld"]);
    if by_manager || Path::new("/run/firewalld.pid").exists() {
        let ports = ports.join("/tcp --add-port=");
        let command = format!("`firewall-cmd --permanent --add-port={ports}/tcp && firewall-cmd --reload`");
        found.push(note("firewalld", &command));
    }
    if found.is_empty() {
        // The rules that the kernel has, which it tells root alone.
        let in_force = answer("nft", &["list", "ruleset"]);
        let stored = |files: [&str; 2]| files.iter().filter_map(read).reduce(|all, more| all + &more);
        let has = |names: &[&str], files| if is_active(names) { stored(files) } else { Some(String::new()) };
        let is_known = in_force.is_some() || active.is_some();
        let rules = in_force.clone().or_else(|| has(&["nftables"], NFTABLES));
        let by_iptables = in_force
            .map_or_else(|| has(&["iptables", "netfilter-persistent"], IPTABLES), |_| Some(String::new()));
        if rules.as_deref().is_some_and(nftables_drops) {
            let ports = ports.join(", ");
            found.push(note("nftables", &format!("`tcp dport {{ {ports} }} accept` in its input chain")));
        } else if by_iptables.as_deref().is_some_and(iptables_drops) {
            let command = format!("`iptables -I INPUT -p tcp -m multiport --dports {list} -j ACCEPT`");
            found.push(note("iptables", &command));
        } else if !is_known || rules.is_none() || by_iptables.is_none() {
            found.push(Finding::Note(
                "whether a firewall guards this machine can't be known from here".into(),
                "`nft list ruleset` tells root what is in force".into(),
            ));
        }
    }
    found
}

fn note(firewall: &str, remedy: &str) -> Finding {
    Finding::Note(
        format!("{firewall} guards this machine"),
        format!("if others can't reach the page, {remedy} lets visitors in"),
    )
}

fn ufw_is_on(settings: &str) -> bool {
    settings.lines().any(|line| line.trim().eq_ignore_ascii_case("ENABLED=yes"))
}

/// Whether a chain through which all traffic comes in refuses the rest, by its policy or by a rule
/// without conditions.
fn nftables_drops(rules: &str) -> bool {
    let refuses = |line: &str| {
        let words = line.split([' ', '\t', ';', '{']);
        let counts = ["", "counter", "packets", "bytes", "log"];
        let verdict = words.into_iter().find(|word| !counts.contains(word) && word.parse::<u64>().is_err());
        line.contains("policy drop") || verdict.is_some_and(|verdict| ["drop", "reject"].contains(&verdict))
    };
    let rules: Vec<&str> = rules.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    let rules = rules.join("\n");
    // The first part is none.
    let chains = rules.split("chain ").skip(1);
    chains.filter(|chain| chain.contains("hook input")).any(|chain| chain.lines().any(refuses))
}

/// See iptables-save(8).
fn iptables_drops(rules: &str) -> bool {
    let refuses = |line: &str| {
        line.starts_with(":INPUT DROP")
            || ["-A INPUT -j DROP", "-A INPUT -j REJECT"].iter().any(|rule| line.starts_with(rule))
    };
    rules.lines().any(refuses)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_firewall_that_is_on_is_told() {
        assert!(ufw_is_on("# comment\nENABLED=yes\n"));
        assert!(!ufw_is_on("# ENABLED=yes\nENABLED=no\n"));
    }

    #[test]
    fn only_a_chain_of_what_comes_in_that_refuses_strangers_guards() {
        let chain = |hook: &str, rules: &str| {
            format!(
                "table inet filter {{\n\tchain x {{\n\t\ttype filter hook {hook} priority 0; {rules}\n\t}}\n}}\n"
            )
        };
        for (rules, guards) in [
            (chain("input", "policy drop;"), true),
            (chain("input", "policy accept;\n\t\tct state established accept\n\t\treject"), true),
            (chain("input", "policy accept;\n\t\tcounter packets 7 bytes 9 drop"), true),
            (chain("input", "policy accept;\n\t\treject with icmpx admin-prohibited"), true),
            (chain("input", "policy accept;"), false),
            (chain("input", "policy accept;\n\t\ttcp dport 22 ip saddr @f2b reject"), false),
            (chain("forward", "policy drop;"), false),
            (chain("forward", "policy drop;") + &chain("input", "policy accept;"), false),
            ("# chain hook input policy drop\n".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(nftables_drops(&rules), guards, "{rules}");
        }
        for (rules, guards) in [
            (":INPUT DROP [0:0]\n", true),
            (":INPUT ACCEPT [0:0]\n-A INPUT -j REJECT --reject-with icmp-host-prohibited\n", true),
            (":INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n-A INPUT -s 192.0.2.1/32 -j DROP\n", false),
        ] {
            assert_eq!(iptables_drops(rules), guards, "{rules}");
        }
    }

    #[test]
    fn a_daemon_for_this_machine_alone_needs_no_firewall_opened() {
        assert_eq!(look(&[SocketAddr::from(([127, 0, 0, 1], 8080))]), []);
    }
}
