//! `sanctuary join`, `open` and `verify` are `sanctuary-join`'s, into which this program turns. It has a package of its own:
//! what opens messages is no part of the daemon.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::unistd::{AccessFlags, access};

const PROGRAM: &str = "sanctuary-join";
const VERSION: &str = env!("CARGO_PKG_VERSION");
const OS_RELEASE: &str = "/etc/os-release";

/// Why this program did not turn into the other. Neither names an argument, for a link with its password may be one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JoinError {
    /// It is neither beside this program nor in a folder of `PATH`.
    #[error("{PROGRAM} is not installed: {0}")]
    Missing(String),
    /// It is there, and does not start.
    #[error("{}: {why}", program.display())]
    Unusable { program: PathBuf, why: io::Error },
}

/// Turns into `sanctuary-join` with these arguments, and comes back only where that cannot be.
pub(crate) fn exec(arguments: impl IntoIterator<Item = OsString>) -> JoinError {
    let beside = env::current_exe().ok();
    let path = env::var_os("PATH").unwrap_or_default();
    let there: Vec<_> = places(beside.as_deref(), &path).filter(|place| place.is_file()).collect();
    // As execvp(3) does, past what may not be started.
    let Some(program) = there.iter().find(|place| may_be_started(place)).or(there.first()) else {
        let system = fs::read_to_string(OS_RELEASE).unwrap_or_default();
        return JoinError::Missing(how_to_install(&system));
    };
    let why = Command::new(program).args(arguments).exec();
    JoinError::Unusable { program: program.clone(), why }
}

/// Where it is looked for, whoever's the folder is that one happens to be in.
fn places(beside: Option<&Path>, path: &OsStr) -> impl Iterator<Item = PathBuf> {
    let beside = beside.and_then(Path::parent).map(Path::to_owned);
    let folders = beside.into_iter().chain(env::split_paths(path).collect::<Vec<_>>());
    folders.filter(|folder| folder.is_absolute()).map(|folder| folder.join(PROGRAM))
}

fn may_be_started(program: &Path) -> bool {
    access(program, AccessFlags::X_OK).is_ok()
}

/// The command for the system that this os-release(5) describes.
fn how_to_install(system: &str) -> String {
    // The names of a release's files for this processor, which build.rs takes from packaging/targets.
    let Some(names) = option_env!("SANCTUARY_PACKAGED_FOR") else {
        return "no release has it for this processor, build it: cargo build --release --package sanctuary-join"
            .to_owned();
    };
    let [static_binary, deb, arch, rpm] = *names.split(' ').collect::<Vec<_>>() else {
        unreachable!("build.rs has four names");
    };
    let kin = |names: &[&str]| kin(system).any(|name| names.contains(&name));
    let command = if kin(&["debian", "ubuntu"]) {
        format!("apt install ./{PROGRAM}_{VERSION}_{deb}.deb")
    } else if kin(&["fedora", "rhel"]) {
        format!("dnf install ./{PROGRAM}-{VERSION}-1.{rpm}.rpm")
    } else if kin(&["arch"]) {
        format!("pacman -U {PROGRAM}-{VERSION}-1-{arch}.pkg.tar.zst")
    } else {
        format!("install -m755 {PROGRAM}-{VERSION}-{static_binary} /usr/local/bin/{PROGRAM}")
    };
    format!("as root, in a folder with the release's files,\n\n    {command}\n")
}

/// A system's own name, and those of systems that it is like.
fn kin(system: &str) -> impl Iterator<Item = &str> {
    let values = system.lines().filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")));
    values.flat_map(|value| value.trim_matches(['"', '\'']).split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_is_told_its_own_command() {
        for (system, begins) in [
            ("NAME=\"Debian\"\nID=debian\n", "apt install ./sanctuary-join_"),
            ("ID=ubuntu\nID_LIKE=debian\n", "apt install "),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "apt install "),
            ("ID=fedora\nVARIANT_ID=server\n", "dnf install ./sanctuary-join-"),
            ("ID='rocky'\nID_LIKE='rhel centos fedora'\n", "dnf install "),
            ("ID=arch\n", "pacman -U sanctuary-join-"),
            ("ID=archarm\nID_LIKE=arch\n", "pacman -U "),
            ("ID=void\nVARIANT_ID=debian\n", "install -m755 sanctuary-join-"),
            ("", "install -m755 "),
        ] {
            let told = how_to_install(system);
            let command = told.lines().find_map(|line| line.strip_prefix("    ")).unwrap_or_default();
            assert!(command.starts_with(begins), "{system:?}: {told}");
        }
    }

    #[test]
    fn it_is_looked_for_beside_this_program_first_and_never_in_the_folder_one_is_in() {
        let looked = |path: &str| {
            let places = places(Some(Path::new("/opt/bin/sanctuary")), OsStr::new(path));
            places.map(|place| place.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(
            looked("/usr/bin::.:bin:/bin"),
            ["/opt/bin/sanctuary-join", "/usr/bin/sanctuary-join", "/bin/sanctuary-join"]
        );
        assert_eq!(looked(""), ["/opt/bin/sanctuary-join"]);
    }
}
