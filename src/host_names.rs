//! The names by which others find this machine.

use std::fs::File;
use std::io::Read as _;

use nix::unistd::gethostname;

use crate::config::HostName;

/// The file with the domains in which the system looks up names that have none (resolv.conf(5)).
const RESOLVER: &str = "/etc/resolv.conf";

/// Bytes of it that are read; real ones have a few hundred.
const LARGEST_FILE: u64 = 64 * 1024;

/// Domains that are taken of it: C libraries take six, or, of newer ones, any number.
const DOMAINS: usize = 32;

/// The machine's name as it stands, alone, with `.local` (RFC 6762) and with each of the resolver's domains; in small
/// letters, and without what no browser would send.
#[must_use]
pub fn of_this_machine() -> Vec<String> {
    let name = gethostname().ok().and_then(|name| name.into_string().ok()).unwrap_or_default();
    let mut resolver = Vec::new();
    // Without it, there are just fewer names.
    let _ = File::open(RESOLVER).and_then(|file| file.take(LARGEST_FILE).read_to_end(&mut resolver));
    names(&name, &String::from_utf8_lossy(&resolver))
}

fn names(machine: &str, resolver: &str) -> Vec<String> {
    let whole = machine.trim_end_matches('.').to_ascii_lowercase();
    let alone = whole.split('.').next().unwrap_or_default().to_owned();
    if alone.is_empty() {
        return Vec::new();
    }
    let domains = std::iter::once("local".to_owned()).chain(domains(resolver).take(DOMAINS));
    let with_domain: Vec<String> = domains.map(|domain| format!("{alone}.{domain}")).collect();
    let mut names = vec![whole, alone];
    names.extend(with_domain);
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()) && name.parse::<HostName>().is_ok());
    names
}

fn domains(resolver: &str) -> impl Iterator<Item = String> {
    let lists = resolver.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        words.next().filter(|key| ["search", "domain"].contains(key)).map(|_| words)
    });
    lists.flatten().map(|word| word.trim_matches('.').to_ascii_lowercase()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_found_by_its_name_alone_with_local_and_with_each_domain() {
        let resolver = "# search commented.example\n; domain no\nnameserver 192.0.2.53\r\n\
                        search Home.Example. \tlan .\r\ndomain example.org\nsearching x\noptions ndots:1\n";
        let found = ["pi", "pi.local", "pi.home.example", "pi.lan", "pi.example.org"];
        assert_eq!(names("Pi", resolver), found);
        assert_eq!(names("pi", ""), ["pi", "pi.local"]);
        assert_eq!(names("pi.lan", "search lan"), ["pi.lan", "pi", "pi.local"]);
        for none in ["", "(none)", "caf\u{e9}", "-pi", "pi-"] {
            assert_eq!(names(none, resolver), [] as [&str; 0], "{none}");
        }
    }

    #[test]
    fn the_resolver_s_domains_are_bounded() {
        let resolver = |count: usize| {
            let domains: Vec<_> = (0..count).map(|number| format!("d{number}.example")).collect();
            format!("search {}", domains.join(" "))
        };
        for (count, taken) in [(DOMAINS - 1, DOMAINS - 1), (DOMAINS, DOMAINS), (DOMAINS + 1, DOMAINS)] {
            assert_eq!(names("pi", &resolver(count)).len(), taken + 2);
        }
    }
}
