//! Asks somebody at the terminal, whatever standard input is.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::SignalFd;
use nix::sys::termios::{LocalFlags, SetArg, SpecialCharacterIndices, Termios, tcgetattr, tcsetattr};
use nix::unistd::dup2_stdin;
use zeroize::Zeroizing;

/// Bytes of the longest line that a terminal hands on.
const LINE_MOST: usize = 4096;

/// The sign of Ctrl+C, which ends a line that is not shown, and cancels it.
const CANCEL: u8 = 3;

/// Signals that end a program, and wait while nothing is shown.
const ENDS: [Signal; 4] = [Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT, Signal::SIGTERM];

/// The terminal that this program was started from.
pub(crate) struct Terminal(File);

impl Terminal {
    pub(crate) fn open() -> io::Result<Self> {
        OpenOptions::new().read(true).write(true).open("/dev/tty").map(Self)
    }

    /// Standard input is what is typed here from now on.
    pub(crate) fn becomes_stdin(&self) -> io::Result<()> {
        Ok(dup2_stdin(&self.0)?)
    }

    /// Says something to whoever sits there.
    pub(crate) fn tell(&mut self, what: &str) -> io::Result<()> {
        writeln!(self.0, "{what}")
    }

    /// Asks for something that is shown as it is typed.
    pub(crate) fn ask(&mut self, what: &str) -> io::Result<Zeroizing<String>> {
        write!(self.0, "{what}: ")?;
        self.line()
    }

    fn line(&mut self) -> io::Result<Zeroizing<String>> {
        // A terminal hands on a line at a time.
        let mut bytes = Zeroizing::new([0; LINE_MOST]);
        let read = self.0.read(bytes.as_mut_slice())?;
        let line = str::from_utf8(&bytes[..read]).map_err(io::Error::other)?;
        match line.strip_suffix('\n') {
            Some(line) => Ok(Zeroizing::new(line.to_owned())),
            None => Err(io::ErrorKind::Interrupted.into()),
        }
    }

    /// Asks for a secret.
    pub(crate) fn ask_unseen(&mut self, what: &str) -> io::Result<Zeroizing<String>> {
        let unseen = Unseen::begin(&self.0)?;
        write!(self.0, "{what}: ")?;
        let line = unseen.wait(self.0.as_fd()).and_then(|()| self.line());
        writeln!(self.0)?;
        line
    }
}

/// The terminal shows nothing until this is dropped, whatever is pressed. Signals that end the program are held back until
/// the terminal shows again what is typed.
struct Unseen {
    terminal: File,
    before: Termios,
    signals: SignalFd,
    held_before: SigSet,
}

impl Unseen {
    fn begin(terminal: &File) -> io::Result<Self> {
        let (terminal, before) = (terminal.try_clone()?, tcgetattr(terminal)?);
        let mut unseen = before.clone();
        unseen.local_flags.remove(LocalFlags::ECHO | LocalFlags::ISIG);
        unseen.local_flags.insert(LocalFlags::ICANON);
        unseen.control_chars[SpecialCharacterIndices::VEOL as usize] = CANCEL;
        let ends = SigSet::from_iter(ENDS);
        let signals = SignalFd::new(&ends)?;
        let held_before = SigSet::thread_get_mask()?;
        ends.thread_block()?;
        let begun = Self { terminal, before, signals, held_before };
        tcsetattr(&begun.terminal, SetArg::TCSAFLUSH, &unseen)?;
        Ok(begun)
    }

    /// Until something is typed; a signal ends that.
    fn wait(&self, typed: BorrowedFd<'_>) -> io::Result<()> {
        let mut both = [typed, self.signals.as_fd()].map(|from| PollFd::new(from, PollFlags::POLLIN));
        poll(&mut both, PollTimeout::NONE)?;
        if both[1].any() == Some(true) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.terminal, SetArg::TCSAFLUSH, &self.before);
        let _ = self.held_before.thread_set_mask();
    }
}
