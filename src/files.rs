//! Reads files that the operator names, at a reload from inside the sandbox.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::libc;
use nix::unistd::{AccessFlags, access};

/// Links that the kernel follows from one name (`path_resolution(7)`).
const MOST_LINKS: usize = 40;

/// What `ProtectHome=` hides (systemd.exec(5)).
pub(crate) const HOMES: [&str; 3] = ["/home", "/root", "/run/user"];

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("{0}")]
    Missing(#[source] io::Error),
    /// There is a link, and nothing where it leads.
    #[error("it is a link to {}, and nothing is there", .0.display())]
    Dangling(PathBuf),
    /// Links that lead to each other.
    #[error("its links lead in a circle: let one of them lead to a file")]
    Circle,
    /// Its rights, or those of a folder on the way.
    #[error("{0}: let the user that sanctuary runs as read it and enter its folders")]
    NoRight(#[source] io::Error),
    /// It lies in somebody's home, which the package's unit hides (`ProtectHome=`), so that no right helps there.
    #[error(
        "{0}: the package's unit shows nobody's home, so put it elsewhere, as below /etc/sanctuary; \
         by hand, let the user that sanctuary runs as read it and enter its folders"
    )]
    AtHome(#[source] io::Error),
    /// The service does not see it, whatever its rights: by which setting of its unit.
    #[error(
        "it lies where `{0}=` of sanctuary.service hides it, or its link leads there: put it elsewhere, as below \
         /etc/sanctuary"
    )]
    Hidden(&'static str),
    /// Something refuses what its rights allow: the daemon's own sandbox, in one that runs.
    #[error("{0}, though its rights would allow it: a sandbox, AppArmor or SELinux keeps it from sanctuary")]
    KeptOut(#[source] io::Error),
    /// A pipe, a socket, a device: reading one could wait for ever.
    #[error("it is no file but a pipe, a socket or a device")]
    NoFile,
    /// More bytes than are read; how many may be.
    #[error("more than {} MiB, which no such file has", .0 >> 20)]
    TooLarge(u64),
    /// Anything else.
    #[error("{0}")]
    Other(#[source] io::Error),
}

impl ReadError {
    /// Whether somebody else may be able to read it.
    #[must_use]
    pub fn is_a_matter_of_rights(&self) -> bool {
        matches!(self, Self::NoRight(_) | Self::AtHome(_) | Self::KeptOut(_))
    }

    /// Why `path` could not be read when the system said `error`.
    #[must_use]
    pub fn of(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => match &link_chain(path)[..] {
                [_, .., last] => Self::Dangling(last.clone()),
                _ => Self::Missing(error),
            },
            // Rights are judged outside of Landlock and its like.
            io::ErrorKind::PermissionDenied => match access(path, AccessFlags::R_OK) {
                // The sandbox refuses it before the system says what it is.
                Ok(()) if path.is_dir() => Self::Other(io::Error::from_raw_os_error(libc::EISDIR)),
                Ok(()) => Self::KeptOut(error),
                Err(Errno::EACCES) if link_chain(path).iter().any(|step| is_at_home(step)) => {
                    Self::AtHome(error)
                }
                Err(Errno::EACCES) => Self::NoRight(error),
                Err(_) => Self::Other(error),
            },
            _ if error.raw_os_error() == Some(libc::ELOOP) => Self::Circle,
            // The system says so of a socket, and of a device that is not there.
            _ if [Some(libc::ENXIO), Some(libc::ENODEV)].contains(&error.raw_os_error()) => Self::NoFile,
            _ => Self::Other(error),
        }
    }
}

/// The bytes of the file `path`, which may have `most`.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    // One byte more than may be is enough to tell.
    let read = open(path)?.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| ReadError::of(path, error))?;
    if bytes.len() as u64 > most { Err(ReadError::TooLarge(most)) } else { Ok(bytes) }
}

/// Whether `path` could be read now.
pub fn probe(path: &Path) -> Result<(), ReadError> {
    open(path).map(drop)
}

/// A daemon that waited for somebody to write into a pipe would serve nobody meanwhile.
fn open(path: &Path) -> Result<File, ReadError> {
    let opened = File::options().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path);
    let file = opened.map_err(|error| ReadError::of(path, error))?;
    let kind = file.metadata().map_err(ReadError::Other)?.file_type();
    if kind.is_file() {
        Ok(file)
    } else if kind.is_dir() {
        Err(ReadError::Other(io::Error::from_raw_os_error(libc::EISDIR)))
    } else {
        Err(ReadError::NoFile)
    }
}

/// The folders that must be readable so that `paths` can be read later: those of each link, for a
/// file may take its place, and of what it leads to. For a file in `/` it is the file itself, for
/// all else lies in that folder too.
#[must_use]
pub fn folders<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        paths.into_iter().flat_map(link_chain).filter_map(|step| folder(&step)).collect();
    folders.sort();
    folders.dedup();
    folders
}

/// `path`, and each that its link leads to. Links among the folders on the way are the system's to follow.
pub(crate) fn link_chain(path: &Path) -> Vec<PathBuf> {
    let next = |path: &PathBuf| Some(path.parent()?.join(path.read_link().ok()?));
    std::iter::successors(Some(path.to_owned()), next).take(MOST_LINKS + 1).collect()
}

fn is_at_home(path: &Path) -> bool {
    HOMES.iter().any(|home| path.starts_with(home))
}

fn folder(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?.canonicalize().ok()?;
    if folder.parent().is_some() { Some(folder) } else { path.canonicalize().ok() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn the_folders_are_those_of_each_link_and_of_what_it_leads_to() {
        let root = std::env::temp_dir().join(format!("sanctuary-folders-{}", std::process::id()));
        for folder in ["etc", "a", "b/c", "d"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        let root = root.canonicalize().unwrap();
        fs::write(root.join("b/c/end"), "").unwrap();
        for (link, to) in [
            ("etc/relative", PathBuf::from("../b/c/end")),
            ("etc/chain", root.join("a/chain")),
            ("a/chain", "../d/chain".into()),
            ("d/chain", "../b/c/end".into()),
            ("folder", "b/c".into()),
            ("etc/gone", "../a/gone".into()),
            ("etc/lost", "../no/such/folder".into()),
            ("etc/one", "two".into()),
            ("etc/two", "../etc/one".into()),
        ] {
            symlink(to, root.join(link)).unwrap();
        }
        for (path, expected) in [
            ("b/c/end", &["b/c"][..]),
            ("a/../b/c/end", &["b/c"]),
            ("etc/relative", &["b/c", "etc"]),
            ("etc/chain", &["a", "b/c", "d", "etc"]),
            ("folder/end", &["b/c"]),
            ("etc/not-yet", &["etc"]),
            ("etc/gone", &["a", "etc"]),
            ("etc/lost", &["etc"]),
            ("etc/one", &["etc"]),
            ("no/such", &[]),
        ] {
            let expected: Vec<_> = expected.iter().map(|folder| root.join(folder)).collect();
            assert_eq!(folders([root.join(path).as_path()]), expected, "{path}");
        }
        fs::remove_dir_all(root).unwrap();
        assert_eq!(folders([Path::new("/no-such-file"), Path::new("/")]), [] as [&Path; 0]);
    }

    #[test]
    fn as_many_links_are_followed_as_the_system_follows() {
        let root = std::env::temp_dir().join(format!("sanctuary-many-links-{}", std::process::id()));
        fs::create_dir(&root).unwrap();
        fs::write(root.join("0"), "").unwrap();
        for number in 1..=MOST_LINKS + 1 {
            symlink(format!("{}", number - 1), root.join(format!("{number}"))).unwrap();
        }
        for (links, is_read) in [(MOST_LINKS - 1, true), (MOST_LINKS, true), (MOST_LINKS + 1, false)] {
            let path = root.join(links.to_string());
            assert_eq!(link_chain(&path).len() - 1, links.min(MOST_LINKS));
            let error = fs::read(&path).map_err(|error| ReadError::of(&path, error));
            assert_eq!(error.is_ok(), is_read);
            assert!(is_read || matches!(error, Err(ReadError::Circle)));
        }
        fs::remove_dir_all(root).unwrap();
    }
}
