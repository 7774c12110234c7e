//! The binary where others than root can reach it.

use std::env;
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// For setpriv(1): somebody who is not root.
pub const NOBODY: &[&str] = &["--reuid=65534", "--regid=65534", "--clear-groups"];

/// Copies what is to be run. It is written by another process: one that this forks meanwhile would hold the file open
/// for writing, and then it can't be executed.
pub fn copy_program(from: impl AsRef<Path>, to: impl AsRef<Path>) {
    assert!(Command::new("cp").arg(from.as_ref()).arg(to.as_ref()).status().unwrap().success());
}

/// A copy, removed on drop.
pub struct Copy(PathBuf);

impl Copy {
    pub fn for_others() -> Self {
        Self::of(env!("CARGO_BIN_EXE_sanctuary"))
    }

    pub fn of(program: impl AsRef<Path>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("sanctuary-copy-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let copy = env::temp_dir().join(name);
        copy_program(program, &copy);
        Self(copy)
    }

    /// For [`Daemon::under`](super::Daemon::under): runs the copy, in the binary's place, by
    /// `program`.
    pub fn run_by<'a>(&'a self, program: &[&'a str]) -> Vec<&'a str> {
        let copy = self.0.to_str().unwrap();
        [program, &["sh", "-c", r#"copy=$0; shift; exec "$copy" "$@""#, copy]].concat()
    }
}

impl Deref for Copy {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
