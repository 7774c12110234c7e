//! Who started this process, so that advice fits: "start it as root" does not help root.

use std::env;

use nix::unistd::geteuid;

/// Who started this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartedBy {
    /// A service manager that waits for its notices, like systemd (`sd_notify(3)`).
    Manager,
    /// Root, by hand or in a container.
    Root,
    /// Another user, by hand.
    User,
}

/// What may be missing, in full or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Memory that may be locked.
    LockedMemory,
    /// The port below 1024.
    Port,
    /// As many open files.
    OpenFiles(u64),
}

impl StartedBy {
    /// Finds who started this process. To be called before rights are given up: afterwards
    /// everybody is an ordinary user.
    #[must_use]
    pub fn detect() -> Self {
        if env::var_os("NOTIFY_SOCKET").is_some() {
            Self::Manager
        } else if geteuid().is_root() {
            Self::Root
        } else {
            Self::User
        }
    }

    /// Says in the imperative what they can do about it.
    #[must_use]
    pub fn advice(self, missing: Missing) -> String {
        use Missing::{LockedMemory, OpenFiles, Port};
        match (self, missing) {
            (Self::Manager, LockedMemory) => "set LimitMEMLOCK=infinity in its unit".to_owned(),
            (Self::Manager, Port) => "set AmbientCapabilities=CAP_NET_BIND_SERVICE in its unit".to_owned(),
            (Self::Manager, OpenFiles(count)) => format!("set LimitNOFILE={count} in its unit"),
            // Root has all rights unless somebody has taken them away.
            (Self::Root, LockedMemory) => "give its container `--ulimit memlock=-1`".to_owned(),
            (Self::Root, Port) => "give its container `--cap-add NET_BIND_SERVICE`".to_owned(),
            (Self::Root, OpenFiles(count)) => format!("give its container `--ulimit nofile={count}`"),
            (Self::User, LockedMemory) => "the package's systemd unit allows it".to_owned(),
            (Self::User, Port) => "start as root or by systemd".to_owned(),
            (Self::User, OpenFiles(_)) => "the package's systemd unit allows more".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_to_do_what_is_done_or_what_cannot_help() {
        for (started_by, words) in [
            (StartedBy::Manager, ["LimitMEMLOCK=", "CAP_NET_BIND_SERVICE", "LimitNOFILE=99"]),
            (StartedBy::Root, ["--ulimit memlock=-1", "--cap-add NET_BIND_SERVICE", "--ulimit nofile=99"]),
            (StartedBy::User, ["unit allows", "as root or by systemd", "unit allows more"]),
        ] {
            let missing = [Missing::LockedMemory, Missing::Port, Missing::OpenFiles(99)];
            for (missing, word) in missing.into_iter().zip(words) {
                let advice = started_by.advice(missing);
                assert!(advice.contains(word), "{started_by:?} {missing:?}: {advice}");
                assert!(started_by == StartedBy::User || !advice.contains("as root"), "{advice}");
                assert!(started_by == StartedBy::Manager || !advice.contains("Limit"), "{advice}");
            }
        }
    }
}
