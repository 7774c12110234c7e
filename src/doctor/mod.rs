//! `sanctuary doctor`: looks at this machine from outside and says what would keep people from the page, or what
//! would keep the daemon from its promises. It changes nothing, and asks nobody on the network.

mod code;
mod firewall;
mod machine;
mod ports;
mod probe;
mod proxy;
mod running;
mod sockets;

use std::fmt;
use std::net::SocketAddr;

use crate::addresses::{Machine, Scheme, Url};
use crate::config::{ListenAddress, Settings};
use crate::daemon::{DaemonError, Verdict};
use crate::server::Tls;
use crate::{names, tls};
use probe::Answer;
pub use running::Running;
pub use sockets::holder;

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
    /// Whether somebody serves there.
    is_served: bool,
    urls: Vec<Url>,
    /// Why no code is drawn of them.
    no_code: Option<&'static str>,
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

/// Where the page is to be had.
#[derive(Clone, Debug)]
struct Place {
    setting: &'static str,
    scheme: Scheme,
    socket: SocketAddr,
}

/// Where the page is to be had by these settings: behind a socket unit, that says where.
fn places(settings: &Settings, handed_over: &[SocketAddr]) -> Vec<Place> {
    let secure = settings.listen_tls.iter().filter(|_| settings.tls.is_some()).map(ListenAddress::socket);
    let secure = secure.map(|socket| Place { setting: "listen_tls", scheme: Scheme::Https, socket });
    let plain = settings.listen.iter().map(ListenAddress::socket);
    let plain = plain.map(|socket| Place { setting: "listen", scheme: Scheme::Http, socket });
    let configured: Vec<Place> = secure.chain(plain).collect();
    if handed_over.is_empty() {
        return configured;
    }
    let is_secure =
        |port| configured.iter().any(|place| place.scheme == Scheme::Https && place.socket.port() == port);
    let place = |socket: &SocketAddr| {
        let scheme = if is_secure(socket.port()) { Scheme::Https } else { Scheme::Http };
        Place { setting: "ListenStream=", scheme, socket: *socket }
    };
    handed_over.iter().map(place).collect()
}

/// Examines the machine for a daemon with these settings, which `start` tries to start; `running` has them too, if one
/// runs.
///
/// Protections are told by putting them in force: afterwards this process has no rights left.
#[must_use]
pub fn examine(
    settings: &Settings,
    running: &Running,
    start: impl FnOnce() -> Result<Verdict, DaemonError>,
) -> Diagnosis {
    let machine = Machine::look();
    // That the daemon can't start with it, if it is the one to read it, is told by itself.
    let certificate = tls::load(settings, &machine).ok().flatten();
    let wanted = match running.unread {
        None => places(settings, &running.handed_over),
        Some(_) => Vec::new(),
    };
    let visit =
        Visit { machine: &machine, running, certificate: certificate.as_ref(), sockets: running.sockets() };
    let mut served = Vec::new();
    let mut missing = Vec::new();
    let mut found = Vec::new();
    // Which one it was given, the sockets tell.
    let any_port = |place: &Place| place.socket.port() == 0 && running.process.is_some();
    if visit.sockets.is_empty() && wanted.iter().any(any_port) {
        found.push(Finding::Note(
            "the port that it was given can't be seen by you".into(),
            "run this as root".into(),
        ));
    }
    for place in wanted.iter().filter(|place| !any_port(place)) {
        if let Some(finding) = visit.lacks(place) {
            found.push(finding);
            if running.process.is_some() {
                continue;
            }
        }
        match visit.look(place) {
            Ok(finding) => {
                served.push(place.clone());
                found.push(finding);
            }
            Err(None) => missing.push(place.clone()),
            Err(Some(finding)) => found.push(finding),
        }
    }
    for place in visit.elsewhere(&wanted) {
        let port = place.socket.port();
        found.push(if running.unread.is_some() || wanted.iter().any(any_port) {
            itself(port)
        } else {
            Finding::Note(
                format!("sanctuary listens on port {port}, of which its settings say nothing"),
                "they have changed since it was started: addresses take a restart".into(),
            )
        });
        served.push(place);
    }
    let is_served = !served.is_empty();
    if let Some(error) = &running.unread {
        let asks = "run this as root, or give it the options that the daemon has".into();
        found.push(Finding::Note(format!("the daemon's settings can't be known from here: {error}"), asks));
    }
    if let Some(finding) = nobody_serves(&missing, running) {
        found.push(finding);
        // The service has rights that whoever asks need not have.
        let counts = |finding: &Finding| running.service.is_none() || matches!(finding, Finding::Fault(..));
        found.extend(
            missing.iter().filter_map(|place| ports::look(place.socket, place.setting)).filter(counts),
        );
    }
    found.extend(freshness(settings, running));
    let there = if is_served { served } else { missing };
    let listen: Vec<SocketAddr> = wanted.iter().chain(&there).map(|place| place.socket).collect();
    found.extend(machine::look(&machine));
    found.extend(firewall::look(&listen));
    found.extend(proxy::look(&listen, &machine));
    found.extend(certificate.as_ref().map(judge));
    found.push(names(settings));
    let sends_on = settings.redirect_to_https && there.iter().any(|place| place.scheme == Scheme::Https);
    let there = there
        .iter()
        .filter(|place| (!sends_on || place.scheme == Scheme::Https) && !machine.lacks(place.socket))
        .filter(|place| place.socket.port() != 0);
    let there: Vec<_> = there.map(|place| (place.scheme, place.socket)).collect();
    let urls = machine.urls(&there);
    // A terminal is not to be asked any more when all is in force.
    let no_code = code::obstacle();
    let protections = match start() {
        Ok(verdict) => {
            // What there is to know of the start has been looked at above.
            found.extend(verdict.later.into_iter().filter_map(|later| {
                let (found, advice) = later.split_once(": ")?;
                Some(Finding::Note(found.to_owned(), advice.to_owned()))
            }));
            verdict.report.map_or_else(String::new, |report| report.to_string())
        }
        Err(error) => {
            found.push(Finding::Fault("the daemon would not start from here".into(), error.to_string()));
            String::new()
        }
    };
    Diagnosis { is_served, urls, no_code, findings: found, protections }
}

fn itself(port: u16) -> Finding {
    Finding::Good(format!("sanctuary itself listens on port {port}"))
}

/// Who calls at each place in turn, and what it knows before.
struct Visit<'a> {
    machine: &'a Machine,
    running: &'a Running,
    certificate: Option<&'a Tls>,
    /// Where the daemon listens, as far as that may be known.
    sockets: Vec<SocketAddr>,
}

impl Visit<'_> {
    /// That this machine has not the address of `place`, where that is so.
    fn lacks(&self, place: &Place) -> Option<Finding> {
        let ip = place.socket.ip();
        let note = self.machine.note(ip).map(|note| format!(" ({note})")).unwrap_or_default();
        self.machine.lacks(place.socket).then(|| {
            Finding::Note(
                format!("not there yet: {ip}{note}"),
                format!(
                    "the page is served there once this machine has that address; if it never does, correct `{}`",
                    place.setting
                ),
            )
        })
    }

    /// `Ok` where the daemon serves; `Err` without a finding where nobody does.
    fn look(&self, place: &Place) -> Result<Finding, Option<Finding>> {
        let Place { setting, scheme, socket } = *place;
        let port = socket.port();
        // The first visitor starts it; this is none.
        if !self.running.handed_over.is_empty() && self.running.process.is_none() {
            return Ok(Finding::Good(format!(
                "systemd holds port {port}, and starts sanctuary for the first visitor"
            )));
        }
        let answer = match scheme {
            // Another machine may have it.
            _ if self.machine.lacks(socket) => Answer::Nobody,
            Scheme::Http => probe::plain(socket),
            Scheme::Https => probe::secure(socket),
        };
        // Where the kernel has no IPv6, every address is of IPv4.
        let is_its = self
            .sockets
            .iter()
            .any(|its| its.port() == port && (its.ip() == socket.ip() || socket.ip().is_unspecified()));
        let seems_its = is_its || (self.sockets.is_empty() && self.running.process.is_some());
        let fault = |holder: &str| Err(Some(ports::taken_by(port, setting, holder)));
        match answer {
            Answer::Sanctuary => Ok(itself(port)),
            Answer::Passed(name) => fault(&format!("{name}, which passes visitors on to sanctuary")),
            Answer::Secure(shown) => {
                let expected = self.certificate.zip(shown.as_deref());
                match expected.map(|(ours, shown)| ours.is_shown_as(shown)) {
                    Some(true) => Ok(itself(port)),
                    Some(false) if is_its => Ok(Finding::Note(
                        format!(
                            "sanctuary serves another certificate on port {port} than the one in its files"
                        ),
                        self.running.how_to("reload"),
                    )),
                    // Whoever may not read the certificate can't compare.
                    None if seems_its => Ok(itself(port)),
                    _ => Err(Some(ports::taken(port, setting))),
                }
            }
            Answer::Silent if seems_its => Err(Some(Finding::Fault(
                format!("sanctuary has port {port} and does not answer"),
                self.running.how_to("restart"),
            ))),
            Answer::Other | Answer::Silent => Err(Some(ports::taken(port, setting))),
            Answer::Unknown if seems_its => Ok(itself(port)),
            Answer::Nobody | Answer::Unknown => Err(None),
        }
    }

    /// Where the daemon serves beside what is wanted.
    fn elsewhere(&self, wanted: &[Place]) -> Vec<Place> {
        let is_wanted = |socket: SocketAddr| wanted.iter().any(|place| place.socket.port() == socket.port());
        let others = self.sockets.iter().filter(|socket| !is_wanted(**socket));
        let scheme = |socket| match probe::plain(socket) {
            Answer::Sanctuary | Answer::Passed(_) => Some(Scheme::Http),
            _ => matches!(probe::secure(socket), Answer::Secure(_)).then_some(Scheme::Https),
        };
        others
            .filter_map(|socket| Some(Place { setting: "listen", scheme: scheme(*socket)?, socket: *socket }))
            .collect()
    }
}

/// That nobody serves there, and how that is helped.
fn nobody_serves(missing: &[Place], running: &Running) -> Option<Finding> {
    let ports: Vec<String> = missing.iter().map(|place| place.socket.port().to_string()).collect();
    let found = format!("nobody serves on port {} yet", ports.join(" and "));
    let advice = match (&running.process, &running.service) {
        _ if missing.is_empty() => return None,
        (Some(_), _) => format!("a daemon runs, but not there: {}", running.how_to("restart")),
        (None, Some(service)) if service.state == "failed" => {
            "`systemctl status sanctuary` says why it ended; mend that, then `systemctl restart sanctuary`"
                .into()
        }
        (None, Some(service)) if service.is_enabled => "`systemctl start sanctuary`".into(),
        (None, Some(_)) => "`systemctl enable --now sanctuary`".into(),
        (None, None) => {
            "`systemctl enable --now sanctuary`, or, where it is no service, `sanctuary` with these options"
                .into()
        }
    };
    Some(Finding::Fault(found, advice))
}

/// What is to be said of the daemon, and whether it knows by now what stands in its files.
fn freshness(settings: &Settings, running: &Running) -> Vec<Finding> {
    let mut found = Vec::from_iter(running.told());
    let mut changed = |what: String, restart: &str| {
        let found_so = format!("{what} changed since the daemon read them");
        found.push(Finding::Note(found_so, format!("{}; {restart}", running.how_to("reload"))));
    };
    if running.has_not_read(&settings.file) {
        let what = format!("the settings in {} have", settings.file.display());
        changed(what, "what it says of a restart there takes one: `systemctl restart sanctuary`");
    }
    if tls::files(settings).any(|path| running.has_not_read(path)) {
        changed("certificate or key have".into(), "nobody in a room notices");
    }
    found
}

/// Whether browsers take the certificate.
fn judge(certificate: &Tls) -> Finding {
    match tls::warning(certificate) {
        Some(warning) => Finding::Note("https".into(), warning),
        None if certificate.is_self_signed() => Finding::Note(
            "nobody vouches for the certificate, so that browsers warn of it".into(),
            "compare its fingerprint with the one that is printed at start".into(),
        ),
        None => Finding::Good("the certificate is valid, and the key is its own".into()),
    }
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
        let when = if self.is_served { "" } else { ", once it is served" };
        writeln!(f, "Addresses to open in a browser{when}:")?;
        if self.urls.is_empty() {
            writeln!(f, "  none yet")?;
        }
        for url in &self.urls {
            writeln!(f, "  {url}")?;
        }
        // The first is the one that most other machines reach, where there is such a one.
        match (self.urls.iter().find(|url| url.for_others), self.no_code) {
            (None, _) => writeln!(f, "No QR code: none of these leads others to the page for long.")?,
            (Some(url), None) => {
                writeln!(f)?;
                code::draw(f, &url.text)?;
                writeln!(f, "{}\n", url.text)?;
            }
            (Some(_), Some("")) => {}
            (Some(_), Some(why)) => writeln!(f, "No QR code: {why}.")?,
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
