//! Why there are no settings, said so that the operator can mend it.

use std::path::{Path, PathBuf};

use super::ListenAddress;
use crate::files::ReadError;

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}{}", path.display(), remedy(source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: ReadError,
    },
    /// The file says what it must not: each fault on a line of its own, `FILE:LINE:COLUMN: WHAT`.
    #[error("{}", .faults.iter().map(|fault| fault.within(path)).collect::<Vec<_>>().join("\n"))]
    Faults {
        /// The file.
        path: PathBuf,
        /// What is wrong, from top to bottom; at least one.
        faults: Vec<Fault>,
    },
    /// Addresses of the command line exclude each other.
    #[error("--listen {covered}: {covering} includes it already: leave one of them out")]
    Covered {
        /// The address that includes the other.
        covering: ListenAddress,
        /// The other.
        covered: ListenAddress,
    },
    /// There are more of them than the settings may have.
    #[error("--listen may be given {} times at the most", ListenAddress::COUNT.end())]
    TooManyAddresses,
}

impl ConfigError {
    /// The file that cannot be read and why, if that is what is wrong.
    #[must_use]
    pub fn reading(&self) -> Option<(&Path, &ReadError)> {
        let Self::Unreadable { path, source } = self else { return None };
        Some((path, source))
    }
}

fn remedy(error: &ReadError) -> &'static str {
    if matches!(error, ReadError::Missing(_)) { ": name another file with `--config`" } else { "" }
}

/// One thing that is wrong in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The character in that line, from 1.
    pub column: usize,
    /// What is wrong, and what to do about it.
    pub what: String,
}

impl Fault {
    fn within(&self, path: &Path) -> String {
        format!("{}:{}:{}: {}", path.display(), self.line, self.column, self.what)
    }
}
