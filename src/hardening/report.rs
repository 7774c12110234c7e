//! A small table of what protects this process, for the operator.

use std::fmt;

/// How much of a protection the system gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// All of it.
    InForce,
    /// A part.
    Partly {
        /// What is missing and why.
        why: String,
        /// What the operator can do.
        remedy: String,
    },
    /// Nothing.
    Absent {
        /// The reason.
        why: String,
        /// What the operator can do.
        remedy: String,
    },
}

/// One protection and its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// What it is.
    pub name: &'static str,
    /// Its state in a few words, as in "memory locked".
    pub brief: String,
    /// How much of it there is.
    pub state: State,
}

impl Protection {
    pub(super) fn in_force(name: &'static str, brief: impl Into<String>) -> Self {
        Self { name, brief: brief.into(), state: State::InForce }
    }

    pub(super) fn partly(
        name: &'static str,
        brief: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { name, brief: brief.into(), state: State::Partly { why: why.into(), remedy: remedy.into() } }
    }

    pub(super) fn absent(
        name: &'static str,
        brief: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { name, brief: brief.into(), state: State::Absent { why: why.into(), remedy: remedy.into() } }
    }
}

/// The protections that others are told of (protocol, section 3, rule 12).
pub(super) const TOLD: [&str; 7] =
    ["memory lock", "core dumps", "privileges", "new privileges", "Landlock", "system calls", "terminal"];

/// All protections, in the order in which they were put in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    protections: Vec<Protection>,
    /// By how many bytes memory may grow while the process runs, if only so much of it may be
    /// locked.
    pub growth: Option<u64>,
}

impl Report {
    /// A report of these protections.
    pub fn new(protections: impl IntoIterator<Item = Protection>) -> Self {
        Self { protections: protections.into_iter().collect(), growth: None }
    }

    /// The protections.
    #[must_use]
    pub fn protections(&self) -> &[Protection] {
        &self.protections
    }

    /// Those that are not wholly in force: each is worth a warning.
    pub fn faults(&self) -> impl Iterator<Item = &Protection> {
        self.protections.iter().filter(|protection| protection.state != State::InForce)
    }

    /// As one number, for who relies on them from afar: those of [`TOLD`] that are wholly in force, the first as its
    /// lowest bit.
    #[must_use]
    pub fn in_force(&self) -> u64 {
        let is_in_force = |name: &&str| {
            self.protections.iter().any(|each| each.name == *name && each.state == State::InForce)
        };
        (0..).zip(TOLD).filter(|(_, name)| is_in_force(name)).map(|(bit, _)| 1 << bit).sum()
    }

    /// All in one line, as in "memory locked, no dumps, user sanctuary, landlock v6".
    #[must_use]
    pub fn summary(&self) -> String {
        let briefs: Vec<&str> = self.protections.iter().map(|protection| protection.brief.as_str()).collect();
        briefs.join(", ")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.protections.iter().map(|protection| protection.name.len()).max().unwrap_or(0);
        for Protection { name, brief, state } in &self.protections {
            match state {
                State::InForce => writeln!(f, "{name:width$}  in force  {brief}")?,
                State::Partly { why, remedy } => {
                    writeln!(f, "{name:width$}  PARTLY    {brief}: {why}; {remedy}")?;
                }
                State::Absent { why, remedy } => {
                    writeln!(f, "{name:width$}  ABSENT    {brief}: {why}; {remedy}")?;
                }
            }
        }
        Ok(())
    }
}
