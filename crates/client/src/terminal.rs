//! Asks somebody at the terminal, whatever standard input is.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Write};

use nix::sys::termios::{LocalFlags, SetArg, SpecialCharacterIndices, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::input::{self, Input};

/// The sign of Ctrl+C, which ends what is typed without echo.
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
        match input::next(&mut BufReader::new(&self.0)) {
            Some(Input::Line(line)) => Ok(line),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// Asks for a secret.
    pub(crate) fn ask_unseen(&mut self, what: &str) -> io::Result<Zeroizing<String>> {
        let _unseen = Unseen::begin(&self.0)?;
        let line = self.ask(what);
        writeln!(self.0)?;
        line.and_then(|line| match line.as_bytes().last() {
            Some(&CANCEL) => Err(io::ErrorKind::Interrupted.into()),
            _ => Ok(line),
        })
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
