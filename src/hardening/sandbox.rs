//! Landlock: no file can be opened except those of a reload, no TCP socket can be bound or
//! connected, and no signal or abstract socket reaches outward. See landlock(7) and the kernel's
//! userspace-api/landlock.

use std::{
    io::{self, ErrorKind},
    path::PathBuf,
};

use landlock::{
    ABI, Access, AccessFs, AccessNet, LandlockStatus, PathBeneath, PathFd, PathFdError, RestrictionStatus,
    Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
};

use super::{HardeningError, Protection};

/// The newest version that is asked for; an older kernel gives what it knows.
const NEWEST: ABI = ABI::V10;

const NAME: &str = "Landlock";

/// Puts the sandbox in force for this thread and all that it will start.
pub(super) fn close(readable: &[PathBuf]) -> Result<Protection, HardeningError> {
    let mut allowed = Vec::with_capacity(readable.len());
    for path in readable {
        match PathFd::new(path) {
            Ok(opened) => allowed.push(opened),
            // A path that this user may not reach needs no rule: a reload will say so.
            Err(PathFdError::OpenCall { source, .. }) if source.kind() == ErrorKind::PermissionDenied => {}
            Err(PathFdError::OpenCall { source, .. }) => {
                return Err(HardeningError::Unreadable { path: path.clone(), source });
            }
            Err(error) => {
                let source = io::Error::other(error.to_string());
                return Err(HardeningError::Unreadable { path: path.clone(), source });
            }
        }
    }
    let status = restrict(allowed).map_err(|error| HardeningError::Refused {
        what: "the Landlock sandbox",
        source: io::Error::other(error.to_string()),
    })?;
    Ok(protection(status.landlock, status.ruleset != RulesetStatus::NotEnforced))
}

/// All rights are handled, so everything is refused that no rule allows, and the only rules allow
/// reading.
fn restrict(readable: Vec<PathFd>) -> Result<RestrictionStatus, RulesetError> {
    let rules =
        readable.into_iter().map(|path| Ok::<_, RulesetError>(PathBeneath::new(path, AccessFs::ReadFile)));
    Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))?
        .handle_access(AccessNet::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()?
        .add_rules(rules)?
        .restrict_self()
}

pub(super) fn protection(kernel: LandlockStatus, enforced: bool) -> Protection {
    let abi = match kernel {
        LandlockStatus::NotImplemented => {
            return without("this kernel has none", "Linux 5.13 or newer, built with Landlock");
        }
        LandlockStatus::NotEnabled => {
            return without(
                "this kernel has it switched off",
                "add landlock to lsm= on the kernel's command line",
            );
        }
        LandlockStatus::Available { .. } if !enforced => {
            return without("nothing was put in force", "a newer kernel");
        }
        LandlockStatus::Available { effective_abi, .. } => effective_abi,
    };
    let brief = format!("landlock v{}", abi as i32);
    let remedy = "Linux 6.12 or newer covers all";
    match abi {
        ABI::V1 | ABI::V2 | ABI::V3 => {
            Protection::partly(NAME, brief, "this kernel's covers files alone", remedy)
        }
        ABI::V4 | ABI::V5 => Protection::partly(NAME, brief, "this kernel's does not cover signals", remedy),
        _ => Protection::in_force(NAME, brief),
    }
}

fn without(why: &str, remedy: &str) -> Protection {
    Protection::absent(NAME, "no landlock", why, remedy)
}
