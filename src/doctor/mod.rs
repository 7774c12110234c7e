//! `sanctuary doctor`: looks at this machine from outside and says what would keep people from the page, or what
//! would keep the daemon from its promises. It changes nothing, and asks nobody on the network.

mod firewall;
mod machine;
mod ports;
mod probe;
mod process;
mod program;
mod proxy;
mod qr_code;
mod reachability;
mod ready;
mod running;
mod sockets;
mod systemd;

use std::fmt;
use std::net::SocketAddr;

use crate::addresses::{Machine, Scheme, Url};
use crate::config::Settings;
use crate::daemon::{DaemonError, DryRunReport};
use crate::{certificate_source, host_names};
use reachability::Reachability;
use ready::Ready;
pub use running::Running;
use sanctuary_server::TlsIdentity;
pub use sockets::{holder, own_holder};

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Finding {
    /// As it should be.
    Good(String),
    /// Worth knowing; what can be done.
    Note(String, String),
    /// Keeps the daemon from serving; what to do.
    Fault(String, String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Real ones have a few hundred characters.
        let short = |text: &str| short(text, 2000);
        let line = match self {
            Self::Good(found) => format!("  good   {}", short(found)),
            Self::Note(found, advice) => format!("  note   {}: {}", short(found), short(advice)),
            Self::Fault(found, advice) => format!("  FAULT  {}: {}", short(found), short(advice)),
        };
        // A name that others chose must neither steer the terminal nor look like a finding of its
        // own.
        f.write_str(&line.replace(steers_terminal, " "))
    }
}

/// Whether a terminal obeys it: a control character, or one that turns the direction (UAX #9, 2).
fn steers_terminal(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters of what somebody calls themselves, as many as help.
const NAME: usize = 200;

/// The first `most` characters.
fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// All that was found.
#[derive(Debug)]
pub struct Diagnosis {
    /// Whether somebody serves there.
    is_served: bool,
    urls: Vec<Url>,
    /// Why no code is drawn of them.
    no_qr_code: Option<&'static str>,
    ready: Ready,
    findings: Vec<Finding>,
    protections: String,
}

impl Diagnosis {
    /// Whether nothing keeps people from the page.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        !self.findings.iter().any(|finding| matches!(finding, Finding::Fault(..)))
    }
}

/// Examines the machine for a daemon with these settings, which `start` tries to start; `running` has them too, if one
/// runs.
///
/// It tries the protections by putting them in force: afterwards this process has no rights left.
#[must_use]
pub fn examine(
    settings: &Settings,
    running: &Running,
    start: impl FnOnce() -> Result<DryRunReport, DaemonError>,
) -> Diagnosis {
    let machine = Machine::look();
    // The dry run tells if the daemon cannot start with it.
    let certificate = certificate_source::load(settings, &machine).ok().flatten();
    let Reachability { wanted, served, missing, mut findings } =
        reachability::examine(settings, running, &machine, certificate.as_ref());
    let is_served = !served.is_empty();
    let secure = served.iter().filter(|endpoint| endpoint.scheme == Scheme::Https);
    // Where systemd waits for the first visitor, nobody can be asked.
    let secure = secure.filter(|_| running.process.is_some());
    let secure: Vec<SocketAddr> = secure.map(|endpoint| endpoint.socket).collect();
    findings.extend(changed_files(settings, running));
    let there = if is_served { served } else { missing };
    let listen: Vec<SocketAddr> = wanted.iter().chain(&there).map(|endpoint| endpoint.socket).collect();
    findings.extend(machine::look(&machine));
    findings.extend(firewall::look(&listen));
    findings.extend(proxy::look(&listen, &machine));
    findings.extend(certificate.as_ref().map(of_certificate));
    findings.push(of_names(settings));
    let sends_on = settings.redirects() && there.iter().any(|endpoint| endpoint.scheme == Scheme::Https);
    let there = there
        .iter()
        .filter(|endpoint| (!sends_on || endpoint.scheme == Scheme::Https) && !machine.lacks(endpoint.socket))
        .filter(|endpoint| endpoint.socket.port() != 0);
    let there: Vec<_> = there.map(|endpoint| (endpoint.scheme, endpoint.socket)).collect();
    let urls = machine.urls(&there);
    let ready = Ready::look(&urls, &secure, certificate.as_ref(), running, settings.introducing());
    // Afterwards the sandbox would not let us ask the terminal.
    let no_qr_code = qr_code::obstacle();
    let protections = match start() {
        Ok(report) => {
            // Warnings of the start have been looked at above.
            findings.extend(report.limitations.into_iter().filter_map(|limitation| {
                let (found, advice) = limitation.split_once(": ")?;
                Some(Finding::Note(found.to_owned(), advice.to_owned()))
            }));
            report.protections.map_or_else(String::new, |protections| protections.to_string())
        }
        Err(error) => {
            findings.push(Finding::Fault("the daemon would not start from here".into(), error.to_string()));
            String::new()
        }
    };
    Diagnosis { is_served, urls, no_qr_code, ready, findings, protections }
}

/// What is found of the daemon itself, and whether its files have changed since it read them.
fn changed_files(settings: &Settings, running: &Running) -> Vec<Finding> {
    let mut found = Vec::from_iter(running.finding());
    let mut changed = |what: String, restart: &str| {
        let found_so = format!("{what} changed since the daemon read them");
        found.push(Finding::Note(found_so, format!("{}; {restart}", running.how_to("reload"))));
    };
    if running.has_not_read(&settings.file) {
        let what = format!("the settings in {} have", settings.file.display());
        changed(what, "what it says of a restart there takes one: `systemctl restart sanctuary`");
    }
    if certificate_source::files(settings).any(|path| running.has_not_read(path)) {
        changed("certificate or key have".into(), "nobody in a room notices");
    }
    found
}

/// Whether browsers take the certificate.
fn of_certificate(certificate: &TlsIdentity) -> Finding {
    match certificate_source::warning(certificate) {
        Some(warning) => Finding::Note("https".into(), warning),
        None if certificate.is_self_signed() => Finding::Note(
            "nobody vouches for the certificate, so that browsers warn of it".into(),
            "compare its fingerprint with the one that is printed at start".into(),
        ),
        None => Finding::Good("the certificate is valid, and the key is its own".into()),
    }
}

/// Under which names the page is served. A proxy passes its site's on, which this machine may not have by itself.
fn of_names(settings: &Settings) -> Finding {
    let configured = settings.hosts.iter().map(ToString::to_string);
    let names: Vec<String> = host_names::of_this_machine().into_iter().chain(configured).collect();
    let served = format!("the page is served at every address, as localhost, {}", names.join(", "));
    if settings.proxies.is_empty() || !settings.hosts.is_empty() {
        return Finding::Good(
            served + if settings.https.is_some() { ", and as the certificate says" } else { "" },
        );
    }
    Finding::Note(served, "the name under which visitors come to the proxy goes into `hosts`".into())
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let when = if self.is_served { "" } else { ", once it is served" };
        writeln!(f, "Addresses to open in a browser{when}:")?;
        if self.urls.is_empty() {
            writeln!(f, "  none yet")?;
        }
        for url in &self.urls {
            writeln!(f, "  {url}")?;
        }
        // The first is the one that most other machines reach, where there is such a one.
        match (self.urls.iter().find(|url| url.for_others), self.no_qr_code) {
            (None, _) => writeln!(f, "No QR code: none of these leads others to the page for long.")?,
            (Some(url), None) => {
                writeln!(f)?;
                qr_code::draw(f, &url.text)?;
                writeln!(f, "{}\n", url.text)?;
            }
            (Some(_), Some("")) => {}
            (Some(_), Some(why)) => writeln!(f, "No QR code: {why}.")?,
        }
        writeln!(f, "\n{}", self.ready)?;
        writeln!(f, "This machine:")?;
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        if !self.protections.is_empty() {
            writeln!(f, "\nProtections of a daemon that is started from here, by you:")?;
            for line in self.protections.lines() {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_call_themselves_steers_no_terminal_and_is_no_finding_of_its_own() {
        let name = "x\u{1b}[31m\n  good   y\u{9b}0m".to_owned();
        for finding in [
            Finding::Good(name.clone()),
            Finding::Note(name.clone(), name.clone()),
            Finding::Fault(String::new(), name),
        ] {
            let told = finding.to_string();
            assert!(!told.contains(char::is_control) && told.contains("x [31m   good   y 0m"), "{told:?}");
        }
        let endless = Finding::Note("x".repeat(1 << 20), "y".repeat(1 << 20)).to_string();
        assert!(endless.len() < 5000 && endless.contains('y'), "{}", endless.len());
    }
}
