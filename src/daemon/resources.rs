//! What the daemon gets of the system while it may, in the only order that works. `sanctuary check`
//! goes the same way, so that it tells what would keep the daemon from starting while an older one
//! still serves.

use super::endpoints::{Endpoints, listeners};
use super::reload::reload_warnings;
use super::{DaemonError, memory, protection_within};
use crate::addresses::Machine;
use crate::certificate_source::CertificateError;
use crate::config::{ConfigError, Settings};
use crate::files::{self, ReadError};
use crate::hardening::{self, Missing, Notifier, Report, StartedBy};
use crate::unit::Unit;
use crate::{certificate_source, host_names};
use sanctuary_server::{self as server, Listener, TlsIdentity, TooFewFiles};

/// All that is settled before the daemon closes itself in.
pub(super) struct Resources {
    pub(super) listeners: Vec<Listener>,
    pub(super) endpoints: Endpoints,
    pub(super) addresses: Vec<String>,
    /// Where others open the page.
    pub(super) for_others: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) certificate: Option<TlsIdentity>,
    pub(super) notifier: Notifier,
    /// Bytes.
    pub(super) memory: u64,
    /// What the operator should know of it, though it keeps nobody from starting.
    pub(super) warnings: Vec<String>,
}

/// What a dry run knows of the service, and of the process that tries.
pub struct DryRun<'a> {
    /// The service, if it is the one that will start.
    pub unit: Option<&'a Unit>,
    /// Who listens on a port, where that may be known.
    pub holder: &'a dyn Fn(u16) -> Option<String>,
    /// This process can neither be the service nor become it.
    pub is_unprivileged: bool,
}

impl<'a> DryRun<'a> {
    /// A dry run by this process. It is made before rights are given up, for afterwards no process
    /// can become another.
    #[must_use]
    pub fn new(unit: Option<&'a Unit>, holder: &'a dyn Fn(u16) -> Option<String>) -> Self {
        Self { unit, holder, is_unprivileged: unit.is_some_and(|unit| !hardening::can_be(unit.user())) }
    }
}

impl Resources {
    pub(super) fn acquire(settings: &Settings, dry_run: Option<&DryRun<'_>>) -> Result<Self, DaemonError> {
        let mut warnings = Vec::new();
        let (listeners, endpoints) = listeners(settings, dry_run, &mut warnings)?;
        let unit = dry_run.and_then(|dry_run| dry_run.unit);
        let is_unprivileged = dry_run.is_some_and(|dry_run| dry_run.is_unprivileged);
        // The service has limits of its own.
        if unit.is_none()
            && let Err(TooFewFiles { connections, files }) =
                server::raise_file_limit(server::connections(settings.connections))
        {
            let advice = StartedBy::detect().advice(Missing::OpenFiles(files));
            warnings.push(format!(
                "only {connections} connections at once, for the limit of open files is too low: {advice}"
            ));
        }
        let notifier = Notifier::from_environment()?;
        // Looked up now: the sandbox lets nobody ask for this machine's addresses.
        let machine = Machine::look();
        let addresses = endpoints.lines(&machine, endpoints.redirect(settings));
        let for_others = endpoints.for_others(&machine);
        let names = host_names::of_this_machine();
        if let Some(unit) = unit {
            become_user_of(unit, settings)?;
        }
        let certificate = match certificate_source::load(settings, &machine) {
            Err(CertificateError::Unreadable { path, source })
                if is_unprivileged && source.is_a_matter_of_rights() =>
            {
                warnings.push(format!("you may not read {}, so that it was not looked into", path.display()));
                None
            }
            loaded => loaded?,
        };
        if dry_run.is_some() {
            warnings.extend(endpoints.lacked(&machine));
            warnings.extend(certificate.as_ref().and_then(certificate_source::warning));
        }
        // How much memory there is for all this.
        let memory = memory::total();
        Ok(Self {
            listeners,
            endpoints,
            addresses,
            for_others,
            names,
            certificate,
            notifier,
            memory,
            warnings,
        })
    }
}

/// Fails if the service does not see a file, and goes on as its user, if that is possible.
fn become_user_of(unit: &Unit, settings: &Settings) -> Result<(), DaemonError> {
    let unreadable = |source| ConfigError::Unreadable { path: settings.file.clone(), source };
    if let Some(by) = unit.hides(&settings.file) {
        return Err(unreadable(ReadError::Hidden(by)).into());
    }
    if let Some((path, by)) =
        certificate_source::files(settings).find_map(|path| Some((path, unit.hides(path)?)))
    {
        let (path, source) = (path.to_owned(), ReadError::Hidden(by));
        return Err(CertificateError::Unreadable { path, source }.into());
    }
    if hardening::is_root() && unit.user() != "root" {
        hardening::stand_in_for(unit.user(), unit.value("Group"), unit.words("SupplementaryGroups"))?;
    }
    match files::probe(&settings.file) {
        Err(source) if !matches!(source, ReadError::Missing(_)) => Err(unreadable(source).into()),
        _ => Ok(()),
    }
}

/// What a dry run has shown.
pub struct DryRunReport {
    /// The protections; none if this process could not be the service.
    pub protections: Option<Report>,
    /// What the operator should know of a start that succeeds all the same.
    pub warnings: Vec<String>,
    /// What a reload will not be able to do, and what cannot be known from here.
    pub limitations: Vec<String>,
}

/// Does all that the daemon does before it serves, but for listening. Afterwards this process has no rights left.
pub fn check(settings: &Settings, dry_run: &DryRun<'_>) -> Result<DryRunReport, DaemonError> {
    let mut warnings = Vec::new();
    match hardening::find_user(&settings.user) {
        Err(error) if hardening::is_root() => return Err(error.into()),
        Err(error) => warnings.push(format!("started by root: {error}")),
        Ok(_) => {}
    }
    let limit = dry_run.unit.and_then(|unit| unit.value("MemoryMax")).unwrap_or("infinity");
    warnings.extend(memory::unit_warning(settings, limit));
    let resources = Resources::acquire(settings, Some(dry_run))?;
    warnings.extend(resources.warnings);
    if dry_run.is_unprivileged {
        let unknown = "whether the service may read its files, have its ports and lock its memory is not to be seen \
                       by you: run this as root";
        return Ok(DryRunReport { protections: None, warnings, limitations: vec![unknown.to_owned()] });
    }
    let mut policy = protection_within(settings, resources.memory);
    if let Some(unit) = dry_run.unit.filter(|unit| unit.user() != "root") {
        unit.user().clone_into(&mut policy.user);
    }
    let protections = Some(hardening::harden(&policy)?);
    Ok(DryRunReport { protections, warnings, limitations: reload_warnings(settings) })
}
