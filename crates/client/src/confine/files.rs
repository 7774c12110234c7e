//! Landlock: no file but what resolvers read, no way out but to where this program was told to go. See landlock(7).

use std::fs;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, LandlockStatus, NetPort, PathBeneath, PathFd,
    RestrictionStatus, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
};

/// The newest version that is asked for; an older kernel gives what it knows. A newer one would close UDP, by which names
/// are asked for, from ports and at servers that only the C library knows.
const NEWEST: ABI = ABI::V9;

/// The first that covers files, connections and signals.
const COVERS_ALL: ABI = ABI::V6;

/// The port of DNS, which large answers come from over TCP (RFC 7766).
const DNS: u16 = 53;

/// What C libraries find hosts by (hosts(5), resolv.conf(5), nsswitch.conf(5), gai.conf(5)), with what systemd and
/// others keep behind them.
const RESOLVERS: &[&str] = &[
    "/etc/hosts",
    "/etc/resolv.conf",
    "/etc/resolvconf/run",
    "/etc/nsswitch.conf",
    "/etc/host.conf",
    "/etc/gai.conf",
    "/etc/services",
    "/etc/mdns.allow",
    "/run/systemd/resolve",
    "/run/resolvconf",
    "/run/NetworkManager",
];

/// How to ask, which changes where a machine comes into another network.
const ASKED: &str = "/etc/resolv.conf";

/// What makes that anew keeps it in a folder below this one, to which a link leads.
const MADE_BELOW: &str = "/run";

/// glibc loads its ways to find hosts as libraries.
const LIBRARIES: &[&str] = if cfg!(target_env = "gnu") {
    &["/etc/ld.so.cache", "/lib", "/lib64", "/usr/lib", "/usr/lib64"]
} else {
    &[]
};

/// Says why not, or what is left open.
pub(super) fn close(ports: &[u16], folders: &[&Path]) -> Result<(), String> {
    let status = restrict(ports, folders).map_err(|why| why.to_string())?;
    match status.landlock {
        LandlockStatus::Available { .. } if status.ruleset == RulesetStatus::NotEnforced => {
            Err("nothing was put in force".to_owned())
        }
        LandlockStatus::Available { effective_abi, .. } if effective_abi >= COVERS_ALL => Ok(()),
        LandlockStatus::Available { .. } => {
            Err("this kernel covers a part (Linux 6.12 covers all)".to_owned())
        }
        LandlockStatus::NotEnabled => Err("this kernel has Landlock switched off".to_owned()),
        LandlockStatus::NotImplemented => Err("this kernel has no Landlock".to_owned()),
    }
}

fn restrict(ports: &[u16], folders: &[&Path]) -> Result<RestrictionStatus, RulesetError> {
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let resolvers = rules(RESOLVERS.iter().chain(LIBRARIES).map(Path::new), read);
    let made_anew = folder_behind(Path::new(ASKED), Path::new(MADE_BELOW));
    let others = rules(
        made_anew.iter().map(PathBuf::as_path).chain(folders.iter().copied()),
        AccessFs::ReadFile.into(),
    );
    let ways = ports
        .iter()
        .chain(&[DNS])
        .map(|port| Ok::<_, RulesetError>(NetPort::new(*port, AccessNet::ConnectTcp)));
    Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))?
        .handle_access(AccessNet::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()?
        .add_rules(resolvers)?
        .add_rules(others)?
        .add_rules(ways)?
        .restrict_self()
}

/// Those of the paths that are there.
fn rules<'a>(
    paths: impl Iterator<Item = &'a Path>,
    access: BitFlags<AccessFs>,
) -> impl Iterator<Item = Result<PathBeneath<PathFd>, RulesetError>> {
    paths.filter_map(|path| PathFd::new(path).ok()).map(move |path| Ok(PathBeneath::new(path, access)))
}

/// What lies below that is the whole of another system, or a user's.
const OF_OTHERS: [&str; 2] = ["host", "user"];

/// The folder of the file to which a link leads: a file that takes its place there is another one, and allowed for itself
/// by nothing.
pub(super) fn folder_behind(link: &Path, below: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(link).ok()?.parent()?.to_owned();
    let is_of_others = OF_OTHERS.iter().any(|others| folder.starts_with(below.join(others)));
    (link.is_symlink() && folder.starts_with(below) && folder != below && !is_of_others).then_some(folder)
}
