//! A folder in which files and links lie as on a machine.

use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use super::support::{Started, binary};

/// A folder as a machine's `/`; it is removed on drop.
pub(super) struct Root(pub(super) PathBuf);

impl Root {
    pub(super) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("sanctuary-links-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let root = Self(env::temp_dir().join(name));
        fs::create_dir(&root.0).unwrap();
        fs::set_permissions(&root.0, Permissions::from_mode(0o755)).unwrap();
        root
    }

    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub(super) fn folder(&self, path: &str) {
        fs::create_dir_all(self.at(path)).unwrap();
    }

    /// Settings, put in the place of what was there.
    pub(super) fn settings(&self, path: &str, user: &str) {
        self.folder(Path::new(path).parent().unwrap().to_str().unwrap());
        let text = format!("listen = [\"127.0.0.1:0\"]\nuser = \"{user}\"\n");
        self.put(path, |new| fs::write(new, &text).unwrap());
    }

    /// A link; `to` begins with `/` where it is to be a whole path.
    pub(super) fn link(&self, path: &str, to: &str) {
        self.folder(Path::new(path).parent().unwrap().to_str().unwrap());
        let to = to.strip_prefix('/').map_or_else(|| to.into(), |to| self.at(to));
        self.put(path, |new| symlink(&to, new).unwrap());
    }

    fn put(&self, path: &str, make: impl FnOnce(&Path)) {
        let new = self.at(&format!("{path}.new"));
        make(&new);
        fs::rename(new, self.at(path)).unwrap();
    }

    pub(super) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.at(from), self.at(to)).unwrap();
    }

    pub(super) fn serve(&self, config: &str) -> Started {
        let mut command = Command::new(binary());
        command.arg("serve").arg("--config").arg(self.at(config));
        Started::by(command)
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
