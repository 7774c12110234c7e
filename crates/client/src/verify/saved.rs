//! The page as a browser has saved it: files in a folder, under whatever names.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::compare::{Found, Page, Report, claimed, judge};
use super::fetch::FILE_MOST;
use super::references;
use super::releases::{Digest, Release};

/// Files in the folder.
const FILES_MOST: usize = 1024;

/// Folders within folders.
const DEPTH_MOST: usize = 8;

/// What was saved.
#[derive(Debug, Default)]
struct Saved {
    /// Paths within the folder.
    files: BTreeMap<String, Digest>,
    /// The version that a document among them says to be.
    claims: Option<String>,
}

/// Why a folder is not compared.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SavedError {
    /// It can't be read.
    #[error("{0}: {1}")]
    Unreadable(String, io::Error),
    /// It holds more than a page.
    #[error("it holds more than {FILES_MOST} files, or folders too deep: name one that holds the page alone")]
    TooMany,
    /// A file is none of the page.
    #[error(
        "{0} has more than {FILE_MOST} bytes, which no file of the page has: name a folder that holds the page alone"
    )]
    TooLong(String),
}

/// Compares what was saved in a folder, none of which is opened before `close_in`.
pub(crate) fn compare(
    folder: &Path,
    releases: &[Release],
    close_in: impl FnOnce(),
) -> Result<Report, SavedError> {
    let mut files = vec![];
    list(folder, "", DEPTH_MOST, &mut files)?;
    close_in();
    let saved = Saved::read(files)?;
    let holds = |digest: &Digest| saved.files.values().any(|found| found == digest);
    let same = |release: &Release| release.files.values().filter(|digest| holds(digest)).count();
    let known = claimed(saved.claims.as_deref(), releases);
    let nearest = known.or_else(|| releases.iter().max_by_key(|release| same(release)));
    Ok(judge(&saved.as_page_of(nearest), releases))
}

/// The files below a folder, with their paths in it; no link is followed.
fn list(
    folder: &Path,
    before: &str,
    depth: usize,
    files: &mut Vec<(String, PathBuf)>,
) -> Result<(), SavedError> {
    let unreadable = |why| SavedError::Unreadable(folder.display().to_string(), why);
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if kind.is_dir() {
            let deeper = depth.checked_sub(1).ok_or(SavedError::TooMany)?;
            list(&entry.path(), &format!("{name}/"), deeper, files)?;
        } else if kind.is_file() {
            if files.len() == FILES_MOST {
                return Err(SavedError::TooMany);
            }
            files.push((name, entry.path()));
        }
    }
    Ok(())
}

impl Saved {
    fn read(files: Vec<(String, PathBuf)>) -> Result<Self, SavedError> {
        let mut saved = Self::default();
        files.into_iter().try_for_each(|(name, path)| saved.add_file(&path, name))?;
        Ok(saved)
    }

    fn add_file(&mut self, path: &Path, name: String) -> Result<(), SavedError> {
        let (mut bytes, most) = (Vec::new(), u64::try_from(FILE_MOST).unwrap_or(u64::MAX));
        let read = fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
        read.map_err(|why| SavedError::Unreadable(name.clone(), why))?;
        if bytes.len() > FILE_MOST {
            return Err(SavedError::TooLong(name));
        }
        if references::is_document(&name) {
            self.claims = self.claims.take().or_else(|| references::read(&bytes).version);
        }
        self.files.insert(name, Sha256::digest(&bytes).into());
        Ok(())
    }

    /// The files under the names that the release has for them: known by their bytes, else by their own names.
    fn as_page_of(&self, release: Option<&Release>) -> Page {
        let mut page = Page { claims: self.claims.clone(), ..Page::default() };
        page.extras.clone_from(&self.files);
        for (name, released) in release.iter().flat_map(|release| &release.files) {
            let same: Vec<_> = self.files.iter().filter(|(_, found)| *found == released).collect();
            let called = self.files.iter().filter(|(saved, _)| base(saved) == base(name)).collect();
            for (saved, found) in if same.is_empty() { called } else { same } {
                page.files.insert(name.clone(), Found::File(*found, None));
                page.extras.remove(saved);
            }
        }
        page
    }
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test alone, removed on drop.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("sanctuary-saved-{}-{name}", std::process::id()));
            fs::create_dir(&path).unwrap();
            Self(path)
        }

        fn write(&self, name: &str, bytes: &[u8]) {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }

        fn add(&self) -> Result<Saved, SavedError> {
            let mut files = vec![];
            list(&self.0, "", DEPTH_MOST, &mut files).and_then(|()| Saved::read(files))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn so_many_files_are_read_and_no_more() {
        let folder = Folder::new("files");
        (1..FILES_MOST).for_each(|number| folder.write(&number.to_string(), b""));
        assert_eq!(folder.add().unwrap().files.len(), FILES_MOST - 1);
        folder.write("at", b"");
        assert_eq!(folder.add().unwrap().files.len(), FILES_MOST);
        folder.write("above", b"");
        assert!(matches!(folder.add(), Err(SavedError::TooMany)));
    }

    #[test]
    fn so_long_a_file_is_read_and_no_longer() {
        let folder = Folder::new("length");
        for (length, is_read) in [(FILE_MOST - 1, true), (FILE_MOST, true), (FILE_MOST + 1, false)] {
            folder.write("file", &vec![0; length]);
            assert_eq!(folder.add().is_ok(), is_read, "{length}");
        }
    }

    #[test]
    fn so_deep_a_folder_is_entered_and_no_deeper_and_no_link_is_followed() {
        let folder = Folder::new("depth");
        std::os::unix::fs::symlink("/", folder.0.join("link")).unwrap();
        for (depth, is_read) in [(DEPTH_MOST - 1, true), (DEPTH_MOST, true), (DEPTH_MOST + 1, false)] {
            folder.write(&format!("{}file", "a/".repeat(depth)), b"");
            assert_eq!(folder.add().is_ok(), is_read, "{depth}");
        }
    }
}
