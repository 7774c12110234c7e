//! `sanctuary doctor`: looks at this machine from outside and says what would keep people from the page, or what
//! would keep the daemon from its promises. It changes nothing, and asks nobody on the network.

mod firewall;
mod machine;
mod ports;
mod proxy;

pub use ports::holder;

use std::fmt;
use std::net::SocketAddr;

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use crate::addresses::{Machine, Scheme, Url};
use crate::config::{ListenAddress, Settings};
use crate::daemon::{DaemonError, Verdict};
use crate::{names, tls};

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
        match self {
            Self::Good(found) => write!(f, "  good   {found}"),
            Self::Note(found, advice) => write!(f, "  note   {found}: {advice}"),
            Self::Fault(found, advice) => write!(f, "  FAULT  {found}: {advice}"),
        }
    }
}

/// All that was found.
#[derive(Debug)]
pub struct Diagnosis {
    urls: Vec<Url>,
    findings: Vec<Finding>,
    protections: String,
}

impl Diagnosis {
    /// Whether nothing keeps the daemon from serving.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        !self.findings.iter().any(|finding| matches!(finding, Finding::Fault(..)))
    }
}

/// Examines the machine for a daemon with these settings, which `start` tries to start.
///
/// Protections are told by putting them in force: afterwards this process has no rights left.
#[must_use]
pub fn examine(settings: &Settings, start: impl FnOnce() -> Result<Verdict, DaemonError>) -> Diagnosis {
    let plain: Vec<SocketAddr> = settings.listen.iter().map(ListenAddress::socket).collect();
    let secure = settings.listen_tls.iter().filter(|_| settings.tls.is_some());
    let secure: Vec<SocketAddr> = secure.map(ListenAddress::socket).collect();
    let listen = [&secure[..], &plain].concat();
    let machine = Machine::look();
    let settings_of = [("listen_tls", &secure), ("listen", &plain)];
    let places =
        || settings_of.into_iter().flat_map(|(name, of)| of.iter().map(move |address| (name, *address)));
    let mut findings: Vec<Finding> = places().map(|(name, address)| ports::look(address, name)).collect();
    findings.extend(places().filter(|(_, address)| machine.lacks(*address)).map(|(name, address)| {
        Finding::Note(
            format!("not there yet: {}", address.ip()),
            format!(
                "the page is served there once this machine has that address; if it never does, correct `{name}`"
            ),
        )
    }));
    findings.extend(machine::look());
    findings.extend(firewall::look(&listen));
    findings.extend(proxy::look());
    findings.extend(certificate(settings, &machine));
    findings.push(names(settings));
    let plain_too = secure.is_empty() || !settings.redirect_to_https;
    let secure = secure.into_iter().map(|socket| (Scheme::Https, socket));
    let plain = plain.into_iter().filter(|_| plain_too).map(|socket| (Scheme::Http, socket));
    let there = secure.chain(plain).filter(|(_, socket)| !machine.lacks(*socket));
    let urls = machine.urls(&there.collect::<Vec<_>>());
    let protections = match start() {
        Ok(verdict) => {
            // What there is to know of the start has been looked at above.
            findings.extend(verdict.later.into_iter().filter_map(|later| {
                let (found, advice) = later.split_once(": ")?;
                Some(Finding::Note(found.to_owned(), advice.to_owned()))
            }));
            verdict.report.map_or_else(String::new, |report| report.to_string())
        }
        Err(error) => {
            findings.push(Finding::Fault("the daemon would not start from here".into(), error.to_string()));
            String::new()
        }
    };
    Diagnosis { urls, findings, protections }
}

/// Whether there is a certificate that browsers take, where one is configured.
fn certificate(settings: &Settings, machine: &Machine) -> Option<Finding> {
    let finding = match tls::load(settings, machine) {
        // That the daemon can't start, if it is the one to read it, is told by itself.
        Err(_) => return None,
        Ok(tls) => match tls::warning(tls.as_ref()?) {
            Some(warning) => Finding::Note("https".into(), warning),
            None if tls?.is_self_signed() => Finding::Note(
                "nobody vouches for the certificate, so that browsers warn of it".into(),
                "compare its fingerprint with the one that is printed at start".into(),
            ),
            None => Finding::Good("the certificate is valid, and the key is its own".into()),
        },
    };
    Some(finding)
}

/// Under which names the page is served. A proxy passes its site's on, which this machine may not have by itself.
fn names(settings: &Settings) -> Finding {
    let configured = settings.hosts.iter().map(ToString::to_string);
    let names: Vec<String> = names::of_this_machine().into_iter().chain(configured).collect();
    let served = format!("the page is served at every address, as localhost, {}", names.join(", "));
    if settings.proxies.is_empty() || !settings.hosts.is_empty() {
        return Finding::Good(
            served + if settings.tls.is_some() { ", and as the certificate says" } else { "" },
        );
    }
    Finding::Note(served, "the name under which visitors come to the proxy goes into `hosts`".into())
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Addresses to open in a browser:")?;
        if self.urls.is_empty() {
            writeln!(f, "  none yet")?;
        }
        for url in &self.urls {
            writeln!(f, "  {url}")?;
        }
        // The first is the one that other machines reach, where there is such a one.
        if let Some(code) = self.urls.first().and_then(|url| QrCode::new(&url.text).ok()) {
            // Terminals are mostly dark: what is light in the code is what they draw.
            let mut drawing = code.render::<Dense1x2>();
            drawing.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark);
            writeln!(f, "\n{}\n", drawing.build())?;
        }
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
