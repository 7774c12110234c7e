//! The daemon's life, from its settings to its end, on one screen.

use std::time::{Duration, Instant};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::MissedTickBehavior;

use crate::certificate_source;
use crate::config::{ConfigError, OpenRooms, Settings};
use crate::exit::Exit;
use crate::files;
use crate::hardening::{self, Notifier, NotifyState, Report, Terminal, say};
use sanctuary_server::room::Limits;
use sanctuary_server::{Allowance, Code, Creators, Options, Places, Rate, Server, TlsIdentity};

mod departure;
mod endpoints;
mod error;
mod memory;
mod reload;
mod resources;

use departure::{Departure, Found};
pub use error::DaemonError;
use reload::{applicable, read_anew, reload_warnings, renew};
use resources::Resources;
pub use resources::{DryRun, DryRunReport, check};

/// Sockets that the system names as ready at once: about as many as the runtime serves before it asks again, so that
/// a crowd waits in the system and not in a queue here, which would keep its size for ever.
const EVENTS: usize = 64;

/// Characters of problems in the status, which is read at a glance. All of them were printed.
const STATUS_PROBLEMS: usize = 500;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Runs the daemon until it is told to stop, and says whether it is to be started again; `reload` reads the settings
/// anew.
pub fn run(
    settings: Settings,
    reload: impl Fn() -> Result<Settings, ConfigError> + 'static,
) -> Result<Exit, DaemonError> {
    hardening::hush_panics();
    let resources = Resources::acquire(&settings, None)?;
    // It starts no thread. It makes its descriptors now: afterwards nobody may.
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().max_io_events_per_tick(EVENTS).build()?;
    let signals = runtime.block_on(async { Signals::new() })?;
    let terminal = Terminal::of_output();
    let protections = hardening::harden(&protection_within(&settings, resources.memory))?;
    // Only now does anything talk to strangers.
    runtime.block_on(serve(settings, Start { resources, protections, signals, terminal }, reload))
}

/// What is settled before the daemon serves.
struct Start {
    resources: Resources,
    protections: Report,
    signals: Signals,
    terminal: Terminal,
}

/// The signals that the daemon obeys.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
    purge: Signal,
    make_way: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
            purge: signal(SignalKind::user_defined1())?,
            make_way: signal(SignalKind::user_defined2())?,
        })
    }
}

/// What these settings mean for the daemon's protections, where there is so much `memory`.
fn protection_within(settings: &Settings, memory: u64) -> hardening::Policy {
    let files = std::iter::once(settings.file.as_path()).chain(certificate_source::files(settings));
    hardening::Policy {
        user: settings.user.clone(),
        require_memory_lock: settings.require_memory_lock,
        growth: memory::growth(settings, memory),
        readable: files::folders(files),
    }
}

async fn serve(
    settings: Settings,
    start: Start,
    reload: impl Fn() -> Result<Settings, ConfigError>,
) -> Result<Exit, DaemonError> {
    let Start { resources, protections, mut signals, terminal } = start;
    let Resources {
        listeners,
        endpoints,
        addresses,
        for_others,
        names,
        mut certificate,
        notifier,
        memory,
        warnings,
    } = resources;
    let mut watchdog = watchdog(&notifier);

    let options = |settings: &Settings, certificate: &Option<TlsIdentity>| {
        let redirect = endpoints.redirect(settings);
        let machine = (names.as_slice(), for_others.as_slice());
        let protections = protections.in_force();
        Options { protections, ..options(settings, machine, certificate.clone(), redirect, memory) }
    };
    let server = Server::new(options(&settings, &certificate)).map_err(std::io::Error::other)?;
    let serving = server.serve(listeners)?;

    say(&protections.to_string());
    for line in warnings.iter().chain(&addresses) {
        say(line);
    }
    if let Some(certificate) = &certificate {
        print_certificate(certificate, None);
        if settings.hsts().is_some() && certificate.is_self_signed() {
            say("`hsts` is passed over, as browsers would do where nobody vouches for the certificate.");
        }
    }
    let mut problems: Vec<String> = memory::warning(&settings, memory).into_iter().collect();
    problems.extend(reload_warnings(&settings));
    for line in &problems {
        say(line);
    }
    let tell = |state: &[NotifyState<'_>], problems: &[String]| {
        let status = status(problems, &protections, &server);
        notifier.tell(&[state, &[NotifyState::Status(&status)]].concat());
    };
    tell(&[NotifyState::Ready], &problems);
    // As they were last read without a fault.
    let mut latest = settings.clone();
    let mut drain = settings.drain;
    let mut departure = None;
    let mut look = tokio::time::interval(departure::LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let exit = loop {
        tokio::select! {
            _ = signals.terminate.recv() => break Exit::Success,
            _ = signals.interrupt.recv() => break Exit::Success,
            _ = signals.make_way.recv() => {
                departure.get_or_insert_with(|| {
                    server.make_way(drain.is_some());
                    Departure::begin(drain, Instant::now())
                });
            }
            _ = look.tick(), if departure.is_some() => {
                let (counts, now) = (server.counts(), Instant::now());
                let announce = |end| server.announce(end);
                match departure.as_mut().map(|departure| departure.look(counts, now, announce)) {
                    Some(Found::Over(exit)) => break exit,
                    Some(Found::Changed) => tell(&[], &problems),
                    _ => {}
                }
            }
            _ = signals.purge.recv() => server.purge(),
            _ = watchdog.tick() => tell(&[NotifyState::Watchdog], &problems),
            _ = signals.hangup.recv() => {
                // To close the window of a program that was started by hand is to end it.
                if terminal.has_hung_up() {
                    break Exit::Success;
                }
                notifier.tell_reloading();
                problems.clear();
                let mut report = |line: String| {
                    say(&line);
                    problems.push(line);
                };
                read_anew(reload(), &mut latest, &mut report);
                renew(&settings, &mut certificate, &mut report);
                let (in_force, waiting) = applicable(&latest, &settings, protections.growth, memory);
                waiting.into_iter().for_each(report);
                server.set_options(options(&in_force, &certificate));
                drain = in_force.drain;
                tell(&[NotifyState::Ready], &problems);
            }
        }
    };
    notifier.tell(&[NotifyState::Stopping]);
    say("Sanctuary stops.");
    serving.stop().await;
    Ok(exit)
}

/// Prints what only the operator can judge: that the time of the certificate is over, and a
/// fingerprint to compare, unless the certificate `before` had the same.
fn print_certificate(certificate: &TlsIdentity, before: Option<&TlsIdentity>) {
    let is_new = before.is_none_or(|before| before.fingerprint() != certificate.fingerprint());
    if certificate.is_self_signed() && is_new {
        say("Nobody vouches for the certificate: compare its SHA-256 fingerprint in the browser:");
        say(&format!("  {}", certificate.fingerprint()));
    }
    if let Some(warning) = certificate_source::warning(certificate) {
        say(&format!("warning: {warning}"));
    }
}

fn options(
    settings: &Settings,
    (machine, for_others): (&[String], &[String]),
    tls: Option<TlsIdentity>,
    redirect: Option<u16>,
    memory: u64,
) -> Options {
    let second = Duration::from_secs(1);
    let seats = Places { all: settings.connections, of_one: settings.connections_by_address };
    let certified = tls.iter().flat_map(TlsIdentity::names);
    let certified = certified.map(|name| name.trim_end_matches('.').to_ascii_lowercase());
    let configured = settings.hosts.iter().map(ToString::to_string);
    let is_vouched_for = tls.as_ref().is_some_and(|tls| !tls.is_self_signed());
    Options {
        largest_frame: settings.largest_frame,
        backlog: settings.backlog,
        waiting: settings.waiting_within(memory),
        handshake: settings.handshake,
        ping: settings.ping,
        frames: Rate { burst: settings.frames_at_once(), every: second / settings.frame_rate },
        allowance: Allowance {
            seats,
            knocking: seats.quarter(),
            tries: Rate::per(settings.tries_by_address, MINUTE),
            rooms: Rate::per(settings.rooms_by_address, HOUR),
            frames: Rate::per(settings.frames_by_address, second),
        },
        rooms: Limits {
            rooms: settings.rooms,
            members: settings.members,
            tombstones: settings.connections,
            grace: settings.grace,
        },
        protections: 0,
        creators: match &settings.open_rooms {
            OpenRooms::Anyone => Creators::Anyone,
            OpenRooms::From(networks) => Creators::From(networks.clone()),
            // No code of the settings is longer than may be.
            OpenRooms::With(code) => {
                Code::new(code.as_str().as_bytes()).map_or(Creators::From(vec![]), Creators::With)
            }
        },
        origins: settings.origins.iter().map(ToString::to_string).collect(),
        hosts: machine.iter().cloned().chain(certified).chain(configured).collect(),
        proxies: settings.proxies.clone(),
        proxy_protocol: settings.proxy_protocol,
        // Browsers don't listen where nobody vouches for the certificate (RFC 6797, 8.1).
        for_others: for_others.to_vec(),
        hsts: if is_vouched_for { settings.hsts() } else { None },
        tls,
        redirect,
    }
}

/// Ticks twice within the time that the service manager allows, or never where it does not ask.
fn watchdog(notifier: &Notifier) -> tokio::time::Interval {
    const NEVER: Duration = Duration::from_secs(365 * 24 * 3600);
    let period = notifier.watchdog().map_or(NEVER, |allowed| allowed / 2);
    tokio::time::interval_at(tokio::time::Instant::now() + period, period)
}

/// What `systemctl status` shows: what is still to be put right, protections and counts, nothing about anybody.
fn status(problems: &[String], protections: &Report, server: &Server) -> String {
    let counts = server.counts();
    // A line's end in a file's name would end the status, and the rest would pass for a word of
    // ours.
    let told = problems.join("; ").replace(char::is_control, " ");
    let cut = told.char_indices().nth(STATUS_PROBLEMS).map(|(at, _)| at);
    let more = if cut.is_some() { "…" } else { "" };
    let mark = if told.is_empty() { "" } else { "; " };
    let told = &told[..cut.unwrap_or(told.len())];
    let protections = protections.summary();
    let way = match (server.makes_way(), server.drains()) {
        (false, _) => "",
        (true, false) => "makes way, so no rooms are opened; ",
        // By this packaging/restart-after-upgrade knows it.
        (true, true) => "makes way for good, so no rooms are opened; ",
    };
    format!("{told}{more}{mark}{way}{protections}; {} rooms, {} members", counts.rooms, counts.members)
}
