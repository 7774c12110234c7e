//! What a reload takes up in a running daemon, and why it may not.

use std::fmt::Display;
use std::path::Path;

use super::{memory, print_certificate};
use crate::certificate_source;
use crate::config::{ConfigError, Https, Settings};
use crate::files::{self, ReadError};
use sanctuary_server::TlsIdentity;

/// What of the `latest` settings takes effect in a daemon that was started with others and whose memory may `grow` by
/// so much, and what is to be said of the rest.
pub(super) fn applicable(
    latest: &Settings,
    at_start: &Settings,
    grow: Option<u64>,
    memory: u64,
) -> (Settings, Vec<String>) {
    let mut in_force = latest.clone();
    if latest.https.is_none() {
        // Until the restart that this takes https is served as before, and plain http with it.
        in_force.https = at_start.https.clone().map(|https| Https { hsts: None, ..https });
    }
    let restart = |name| format!("`{name}` has changed: it takes a restart");
    let mut lines: Vec<String> = at_start.needs_restart(latest).into_iter().map(restart).collect();
    // Memory beyond what may be locked would be refused, which ends the process.
    if grow.is_some_and(|most| memory::growth(&in_force, memory) > most) {
        in_force = in_force.with_memory_of(at_start);
        let names = Settings::of_memory().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        lines.push(format!("more memory would be needed than may be locked: {names} take a restart"));
    }
    lines.extend(memory::warning(&in_force, memory));
    (in_force, lines)
}

/// Warns of what a reload will not be able to read, once the sandbox is closed.
pub(super) fn reload_warnings(settings: &Settings) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Err(error) = files::probe(&settings.file)
        && !matches!(error, ReadError::Missing(_))
    {
        let file = settings.file.display();
        warnings
            .push(format!("changed settings will take a restart, not a reload: cannot read {file}: {error}"));
    }
    if let Err(error) = certificate_source::reload(settings) {
        warnings.push(format!("a renewed certificate will take a restart, not a reload: {error}"));
    }
    warnings
}

/// Takes settings that could be read, and reports why the others could not.
pub(super) fn read_anew(
    read: Result<Settings, ConfigError>,
    latest: &mut Settings,
    report: &mut impl FnMut(String),
) {
    match read {
        Ok(new) => *latest = new,
        Err(error) => {
            let why = reload_error(&error, error.reading());
            report(format!("the settings stay as they were: {why}"));
        }
    }
}

/// Takes a certificate that could be read anew, and reports why it could not.
pub(super) fn renew(
    settings: &Settings,
    certificate: &mut Option<TlsIdentity>,
    report: &mut impl FnMut(String),
) {
    match certificate_source::reload(settings) {
        Ok(None) => {}
        Ok(Some(renewed)) => {
            print_certificate(&renewed, certificate.as_ref());
            *certificate = Some(renewed);
        }
        Err(error) => {
            let why = reload_error(&error, error.reading());
            report(format!("the certificate stays as it was: {why}"));
        }
    }
}

/// Why a reload failed. A running daemon can be told of no other file, nor let into another folder.
fn reload_error(error: &dyn Display, reading: Option<(&Path, &ReadError)>) -> String {
    match reading {
        Some((path, missing @ ReadError::Missing(_))) => {
            format!("cannot read {}: {missing}: put it there again", path.display())
        }
        Some((_, ReadError::KeptOut(_))) => {
            format!("{error}; if it lies in another folder than at the start, it takes a restart")
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_reload_that_drops_the_certificate_leaves_plain_http_as_it_was() {
        for sends_on in [true, false] {
            let lines = format!("self_signed = true\nredirect_to_https = {sends_on}\n");
            let at_start = Settings::parse(lines.as_bytes()).unwrap();
            let latest = Settings::parse(format!("redirect_to_https = {sends_on}\n").as_bytes()).unwrap();
            let (in_force, said) = applicable(&latest, &at_start, None, 1 << 30);
            assert_eq!(in_force.redirects(), sends_on);
            assert_eq!(said, ["`self_signed` has changed: it takes a restart"]);
        }
    }

    #[test]
    fn a_reload_that_drops_the_certificate_insists_on_https_no_more() {
        let files = b"tls_certificate = \"/c\"\ntls_key = \"/k\"\nhsts = \"1 h\"";
        let at_start = Settings::parse(files).unwrap();
        let (in_force, _) = applicable(&Settings::default(), &at_start, None, 1 << 30);
        assert_eq!((in_force.https.is_some(), in_force.hsts()), (true, None));
    }

    #[test]
    fn https_that_goes_on_until_a_restart_counts_for_memory() {
        const MEMORY: u64 = 1 << 30;
        let at_start = Settings { connections: 10, ..Settings::parse(b"self_signed = true").unwrap() };
        let latest = Settings { connections: 20, ..Settings::default() };
        let needed = memory::growth(&Settings { connections: 20, ..at_start.clone() }, MEMORY);
        for (grow, connections) in [(needed, 20), (needed - 1, 10)] {
            let (in_force, _) = applicable(&latest, &at_start, Some(grow), MEMORY);
            assert_eq!(in_force.connections, connections);
        }
    }

    #[test]
    fn a_running_daemon_takes_up_what_memory_may_be_locked_for_and_all_where_there_is_no_limit() {
        const MEMORY: u64 = 1 << 30;
        let at_start = Settings { connections: 10, ..Settings::default() };
        let latest = Settings { connections: 20, backlog: 2 << 20, members: 7, ..at_start.clone() };
        let needed = memory::growth(&latest, MEMORY);
        for (grow, taken) in [(None, true), (Some(needed), true), (Some(needed - 1), false), (Some(0), false)]
        {
            let (in_force, said) = applicable(&latest, &at_start, grow, MEMORY);
            let kept = Settings { members: 7, ..at_start.clone() };
            assert_eq!(in_force, if taken { latest.clone() } else { kept }, "{grow:?} of {needed}");
            assert_eq!(said.is_empty(), taken, "{said:?}");
        }
    }
}
