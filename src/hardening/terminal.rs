//! The terminal from which the daemon was started by hand. The daemon prints there, and Ctrl-C
//! comes from there; an intruder shall neither read what is typed nor type.
#![allow(unsafe_code)] // Requests of a terminal have no binding with Rust's types.

use std::{
    fs::File,
    io::{self, IsTerminal},
    os::{
        fd::{AsRawFd, OwnedFd, RawFd},
        unix::fs::OpenOptionsExt,
    },
};

use nix::{
    libc,
    unistd::{dup2_stdin, getpid, getsid},
};

use super::{HardeningError, Protection, output::poll};

const NAME: &str = "terminal";

/// The terminal that the daemon prints to, if there is one.
#[derive(Debug)]
pub struct Terminal(Vec<RawFd>);

impl Terminal {
    /// Looks at standard output and standard error.
    #[must_use]
    pub fn of_output() -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let found = [(out.is_terminal(), out.as_raw_fd()), (err.is_terminal(), err.as_raw_fd())];
        Self(found.into_iter().filter_map(|(is_terminal, number)| is_terminal.then_some(number)).collect())
    }

    /// Whether the terminal is gone: its window was closed, or its line has broken.
    #[must_use]
    pub fn has_hung_up(&self) -> bool {
        self.0.iter().any(|number| poll(*number, 0) & libc::POLLHUP != 0)
    }
}

/// Makes standard input empty, and gives up the controlling terminal.
///
/// Ctrl-C still comes: the kernel sends it to the foreground process group of the terminal, to
/// which this process still belongs. The leader of a session keeps the terminal, else its whole
/// session would lose it, and Ctrl-C with it. No shell is behind such a leader that somebody could
/// type to (`docker run -t`, `ssh -t`).
pub(super) fn leave() -> Result<Protection, HardeningError> {
    let had_one = io::stdin().is_terminal() || !Terminal::of_output().0.is_empty();
    read_from_nowhere()
        .map_err(|source| HardeningError::Refused { what: "an empty standard input", source })?;
    if getsid(None) == Ok(getpid()) {
        return Ok(Protection::in_force(NAME, if had_one { "own terminal" } else { "no terminal" }));
    }
    let own = controlling();
    let numbers = own.iter().map(AsRawFd::as_raw_fd).chain([libc::STDOUT_FILENO, libc::STDERR_FILENO]);
    for number in numbers {
        // SAFETY: takes no argument. It fails where this is not the controlling terminal.
        unsafe { libc::ioctl(number, libc::TIOCNOTTY) };
    }
    Ok(if controlling().is_none() {
        Protection::in_force(NAME, "no terminal")
    } else {
        Protection::partly(NAME, "terminal kept", "the kernel refused to part with it", "start it by systemd")
    })
}

/// Reads from /dev/null, or if there is none from a pipe that is at its end.
fn read_from_nowhere() -> io::Result<()> {
    let nowhere = match File::open("/dev/null") {
        Ok(null) => OwnedFd::from(null),
        Err(_) => io::pipe()?.0.into(),
    };
    Ok(dup2_stdin(nowhere)?)
}

/// The controlling terminal, if there is one.
fn controlling() -> Option<File> {
    File::options().read(true).custom_flags(libc::O_NOCTTY).open("/dev/tty").ok()
}
