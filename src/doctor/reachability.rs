//! Who serves at each address where the page is to be had.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use ipnet::IpNet;

use super::probe::{self, Answer};
use super::{Finding, Running, ports};
use crate::addresses::{Machine, Scheme};
use crate::config::{ListenAddress, Settings};
use sanctuary_server::TlsIdentity;

/// How long it is looked where else the daemon may serve.
const ELSEWHERE: Duration = Duration::from_secs(10);

/// Where the page is to be had.
#[derive(Clone, Debug)]
pub(super) struct Endpoint {
    setting: &'static str,
    pub(super) scheme: Scheme,
    pub(super) socket: SocketAddr,
}

/// Where the page is to be had by these settings: behind a socket unit, that says where.
fn endpoints(settings: &Settings, handed_over: &[SocketAddr]) -> Vec<Endpoint> {
    let secure = settings.listen_tls().iter().map(ListenAddress::socket);
    let secure = secure.map(|socket| Endpoint { setting: "listen_tls", scheme: Scheme::Https, socket });
    let plain = settings.listen.iter().map(ListenAddress::socket);
    let plain = plain.map(|socket| Endpoint { setting: "listen", scheme: Scheme::Http, socket });
    let configured: Vec<Endpoint> = secure.chain(plain).collect();
    if handed_over.is_empty() {
        return configured;
    }
    let is_secure = |port| {
        configured.iter().any(|endpoint| endpoint.scheme == Scheme::Https && endpoint.socket.port() == port)
    };
    let endpoint = |socket: &SocketAddr| {
        let scheme = if is_secure(socket.port()) { Scheme::Https } else { Scheme::Http };
        Endpoint { setting: "ListenStream=", scheme, socket: *socket }
    };
    handed_over.iter().map(endpoint).collect()
}

/// What is found of all of them.
pub(super) struct Reachability {
    pub(super) wanted: Vec<Endpoint>,
    /// Where the daemon serves, be it wanted or not.
    pub(super) served: Vec<Endpoint>,
    /// Where nobody does.
    pub(super) missing: Vec<Endpoint>,
    pub(super) findings: Vec<Finding>,
}

/// Looks at every endpoint of these settings, and wherever else the daemon listens.
pub(super) fn examine(
    settings: &Settings,
    running: &Running,
    machine: &Machine,
    certificate: Option<&TlsIdentity>,
) -> Reachability {
    let wanted = match running.unread {
        None => endpoints(settings, &running.handed_over),
        Some(_) => Vec::new(),
    };
    let introducing = settings.introducing();
    let examination = Examination { machine, running, certificate, introducing, sockets: running.sockets() };
    let mut served = Vec::new();
    let mut missing = Vec::new();
    let mut findings = Vec::new();
    // The sockets tell which one it was given.
    let any_port = |endpoint: &Endpoint| endpoint.socket.port() == 0 && running.process.is_some();
    if examination.sockets.is_empty() && wanted.iter().any(any_port) {
        findings.push(Finding::Note(
            "the port that it was given can't be seen by you".into(),
            "run this as root".into(),
        ));
    }
    for endpoint in wanted.iter().filter(|endpoint| !any_port(endpoint)) {
        if let Some(finding) = examination.lacks(endpoint) {
            findings.push(finding);
            if running.process.is_some() {
                continue;
            }
        }
        match examination.look(endpoint) {
            Ok(finding) => {
                served.push(endpoint.clone());
                findings.push(finding);
            }
            Err(None) => missing.push(endpoint.clone()),
            Err(Some(finding)) => findings.push(finding),
        }
    }
    for endpoint in examination.elsewhere(&wanted) {
        let port = endpoint.socket.port();
        findings.push(if running.unread.is_some() || wanted.iter().any(any_port) {
            itself(port)
        } else {
            Finding::Note(
                format!("sanctuary listens on port {port}, of which its settings say nothing"),
                "they have changed since it was started: addresses take a restart".into(),
            )
        });
        served.push(endpoint);
    }
    if let Some(error) = &running.unread {
        let asks = "mend that, run this as root, or give it the options that the daemon has".into();
        findings
            .push(Finding::Note(format!("the daemon's settings can't be known from here: {error}"), asks));
    }
    if let Some(finding) = nobody_serves(&missing, running) {
        findings.push(finding);
        // The service has rights that we may lack.
        let counts = |finding: &Finding| running.service.is_none() || matches!(finding, Finding::Fault(..));
        findings.extend(
            missing
                .iter()
                .filter_map(|endpoint| ports::look(endpoint.socket, endpoint.setting))
                .filter(counts),
        );
    }
    Reachability { wanted, served, missing, findings }
}

fn itself(port: u16) -> Finding {
    Finding::Good(format!("sanctuary itself listens on port {port}"))
}

/// What is known before each endpoint is looked at.
struct Examination<'a> {
    machine: &'a Machine,
    running: &'a Running,
    certificate: Option<&'a TlsIdentity>,
    /// Whose connections begin with a word on the visitor.
    introducing: &'a [IpNet],
    /// Where the daemon listens, as far as that may be known.
    sockets: Vec<SocketAddr>,
}

impl Examination<'_> {
    /// That this machine has not the address of `endpoint`, where that is so.
    fn lacks(&self, endpoint: &Endpoint) -> Option<Finding> {
        let ip = endpoint.socket.ip();
        let note = self.machine.note(ip).map(|note| format!(" ({note})")).unwrap_or_default();
        self.machine.lacks(endpoint.socket).then(|| {
            Finding::Note(
                format!("not there yet: {ip}{note}"),
                format!(
                    "the page is served there once this machine has that address; if it never does, correct `{}`",
                    endpoint.setting
                ),
            )
        })
    }

    /// `Ok` where the daemon serves; `Err` without a finding where nobody does.
    fn look(&self, endpoint: &Endpoint) -> Result<Finding, Option<Finding>> {
        let Endpoint { setting, scheme, socket } = *endpoint;
        let port = socket.port();
        // The first visitor starts the daemon, and we are not one.
        if !self.running.handed_over.is_empty() && self.running.process.is_none() {
            return Ok(Finding::Good(format!(
                "systemd holds port {port}, and starts sanctuary for the first visitor"
            )));
        }
        let answer = match scheme {
            // Another machine may have it.
            _ if self.machine.lacks(socket) => Answer::Nobody,
            Scheme::Http => probe::plain(socket, self.introducing),
            Scheme::Https => probe::secure(socket, self.introducing),
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
            Answer::Leaving => {
                // Of another daemon nobody's rooms are to be cut.
                let cut = if seems_its {
                    format!("; to cut them: {}", self.running.how_to("restart"))
                } else {
                    String::new()
                };
                Ok(Finding::Note(
                    format!("sanctuary on port {port} makes way, so no rooms are opened"),
                    format!(
                        "it ends with its last room; where it does not come again by itself, start it then{cut}"
                    ),
                ))
            }
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
                    // There is nothing to compare with if we may not read the certificate.
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
    fn elsewhere(&self, wanted: &[Endpoint]) -> Vec<Endpoint> {
        let is_wanted =
            |socket: SocketAddr| wanted.iter().any(|endpoint| endpoint.socket.port() == socket.port());
        let others = self.sockets.iter().filter(|socket| !is_wanted(**socket));
        // No daemon has more sockets. Any program may be called as it is, and listen everywhere
        // without a word.
        let until = Instant::now() + ELSEWHERE;
        let others = others.take(2 * ListenAddress::COUNT.end()).take_while(|_| Instant::now() < until);
        let scheme = |socket| match probe::plain(socket, self.introducing) {
            Answer::Sanctuary | Answer::Leaving | Answer::Passed(_) => Some(Scheme::Http),
            Answer::Silent | Answer::Nobody | Answer::Unknown => None,
            _ => {
                matches!(probe::secure(socket, self.introducing), Answer::Secure(_)).then_some(Scheme::Https)
            }
        };
        others
            .filter_map(|socket| {
                Some(Endpoint { setting: "listen", scheme: scheme(*socket)?, socket: *socket })
            })
            .collect()
    }
}

/// That nobody serves there, and how that is helped.
fn nobody_serves(missing: &[Endpoint], running: &Running) -> Option<Finding> {
    let ports: Vec<String> = missing.iter().map(|endpoint| endpoint.socket.port().to_string()).collect();
    let plural = if ports.len() > 1 { "s" } else { "" };
    let found = format!("nobody serves on port{plural} {} yet", ports.join(" and "));
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
