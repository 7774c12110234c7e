//! Asks somebody at the terminal, whatever standard input is.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};

use nix::sys::termios::{LocalFlags, SetArg, SpecialCharacterIndices, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

/// Bytes of the longest line that a terminal hands on.
const LINE_MOST: usize = 4096;

/// The sign of Ctrl+C, which ends a line that is not shown, and cancels it.
const CANCEL: u8 = 3;

/// The terminal that this program was started from.
pub(crate) struct Terminal(File);

impl Terminal {
    pub(crate) fn open() -> io::Result<Self> {
        OpenOptions::new().read(true).write(true).open("/dev/tty").map(Self)
    }

    /// Asks for something that is shown as it is typed.
    pub(crate) fn ask(&mut self, what: &str) -> io::Result<Zeroizing<String>> {
        write!(self.0, "{what}: ")?;
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
        let _unseen = Unseen::begin(&self.0)?;
        let line = self.ask(what);
        writeln!(self.0)?;
        line
    }
}

/// The terminal shows nothing until this is dropped, whatever is pressed.
struct Unseen {
    terminal: File,
    before: Termios,
}

impl Unseen {
    fn begin(terminal: &File) -> io::Result<Self> {
        let (terminal, before) = (terminal.try_clone()?, tcgetattr(terminal)?);
        let mut unseen = before.clone();
        unseen.local_flags.remove(LocalFlags::ECHO | LocalFlags::ISIG);
        unseen.local_flags.insert(LocalFlags::ICANON);
        unseen.control_chars[SpecialCharacterIndices::VEOL as usize] = CANCEL;
        tcsetattr(&terminal, SetArg::TCSAFLUSH, &unseen)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.terminal, SetArg::TCSAFLUSH, &self.before);
    }
}
