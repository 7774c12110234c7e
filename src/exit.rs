//! Exit statuses: those of sysexits.h, by which a service manager and a script know why. The help and the man page
//! print this table.

use std::process::ExitCode;

/// How the command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Exit {
    /// All went well.
    Success = 0,
    /// `sanctuary doctor` has found what keeps people from the page.
    Unhealthy = 1,
    /// The command line is wrong (`EX_USAGE`).
    Usage = 64,
    /// A file that was named cannot be read (`EX_NOINPUT`).
    NoInput = 66,
    /// What is needed is not to be had, such as a port that somebody else has (`EX_UNAVAILABLE`).
    Unavailable = 69,
    /// The system refused what it should grant (`EX_OSERR`).
    OsError = 71,
    /// All went well, and it is to be started again (`EX_TEMPFAIL`).
    Restart = 75,
    /// A right is missing, such as that to port 80 (`EX_NOPERM`).
    NoPermission = 77,
    /// The configuration is wrong (`EX_CONFIG`).
    Config = 78,
}

impl Exit {
    /// Every status, in order.
    pub const ALL: [Self; 9] = [
        Self::Success,
        Self::Unhealthy,
        Self::Usage,
        Self::NoInput,
        Self::Unavailable,
        Self::OsError,
        Self::Restart,
        Self::NoPermission,
        Self::Config,
    ];

    /// The number that the shell sees.
    #[must_use]
    pub fn status(self) -> u8 {
        self as u8
    }

    /// What it means, for help and man page.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Success => "all went well",
            Self::Unhealthy => "`sanctuary doctor` has found a fault",
            Self::Usage => "the command line is wrong",
            Self::NoInput => "the configuration file, the certificate or its key cannot be read",
            Self::Unavailable => "an address cannot be listened on; or `sanctuary-join` is not installed",
            Self::OsError => "the system refused what it should grant",
            Self::Restart => "it was told by SIGUSR2 to make way for a restart: systemd starts it again",
            Self::NoPermission => "a right is missing, such as that to a port below 1024",
            Self::Config => "the configuration is wrong: `sanctuary check` says where",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.status().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_sysexits() {
        let statuses = Exit::ALL.map(Exit::status);
        assert_eq!(statuses, [0, 1, 64, 66, 69, 71, 75, 77, 78]);
    }
}
