//! The real binary with whatever command line, and what it says.

use std::env;
use std::fs::{self, File, Permissions};
use std::io::ErrorKind;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::PATIENCE;

/// A daemon that is ready; it is killed on drop.
pub struct Started {
    child: Child,
    folder: PathBuf,
    notices: UnixDatagram,
}

/// The binary that cargo built, or the one that `SANCTUARY_BIN` names.
pub fn binary() -> String {
    env::var("SANCTUARY_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_sanctuary").to_owned())
}

impl Started {
    /// Runs `command`, which becomes the daemon, and waits until it says that it is ready.
    pub fn by(command: Command) -> Self {
        Self::with_output(command, None)
    }

    /// As [`Started::by`], but what it says goes to `output`, where nobody reads it.
    pub fn unheard(command: Command, output: OwnedFd) -> Self {
        Self::with_output(command, Some(output))
    }

    fn with_output(mut command: Command, output: Option<OwnedFd>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("sanctuary-started-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        let socket = folder.join("notify");
        let notices = UnixDatagram::bind(&socket).unwrap();
        notices.set_read_timeout(Some(PATIENCE)).unwrap();
        fs::set_permissions(&socket, Permissions::from_mode(0o777)).unwrap();
        let said = File::create(folder.join("said")).unwrap();
        let said = output.unwrap_or_else(|| said.into());
        command.env("NOTIFY_SOCKET", &socket).stdin(Stdio::null());
        command.stdout(said.try_clone().unwrap()).stderr(said);
        let started = Self { child: command.spawn().unwrap(), folder, notices };
        started.is_ready();
        started
    }

    /// All that it has said so far.
    pub fn said(&self) -> String {
        fs::read_to_string(self.folder.join("said")).unwrap()
    }

    /// What it says while it reads its settings anew.
    pub fn reload(&self) -> String {
        let before = self.said().len();
        kill(Pid::from_raw(self.child.id().try_into().unwrap()), Signal::SIGHUP).unwrap();
        self.is_ready();
        self.said().split_off(before)
    }

    /// Tells it to stop and waits for its end.
    pub fn stop(mut self) -> ExitStatus {
        kill(Pid::from_raw(self.child.id().try_into().unwrap()), Signal::SIGTERM).unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "it does not stop");
            std::thread::yield_now();
        }
    }

    fn is_ready(&self) {
        let mut told = [0; 1024];
        loop {
            match self.notices.recv(&mut told) {
                Ok(length) if told[..length].split(|byte| *byte == b'\n').any(|line| line == b"READY=1") => {
                    return;
                }
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => panic!("not ready: {error}: {}", self.said()),
            }
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
