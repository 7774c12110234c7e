//! The terminal's whole window: taken at the beginning, given back as it was at every end, a panic included. It is
//! wiped before, and nothing comes into the terminal's scrollback.

use std::cell::RefCell;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::rc::Rc;
use std::thread;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste, Event};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, raise};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::confine::STACK;
use crate::drive::TAKE_WITHIN;
use crate::panics;

/// Pictures of the screen that wait for the terminal to take them.
const PICTURES_WAITING: usize = 1;

/// Events that wait to be taken.
const EVENTS_WAITING: usize = 64;

/// Bytes of the stack of a thread that waits and does nothing else.
const STACK_OF_WATCH: usize = 64 << 10;

/// What rings.
const BELL: &[u8] = b"\x07";

/// The window, while it is taken.
pub(crate) struct Window {
    terminal: Terminal<CrosstermBackend<Picture>>,
    picture: Picture,
    size: Size,
    writer: Writer,
    /// It is to be given back.
    is_taken: bool,
}

/// Writes pictures beside all else.
struct Writer {
    pictures: Option<mpsc::Sender<Vec<u8>>>,
    task: JoinHandle<io::Result<()>>,
}

/// The bytes that draw it.
#[derive(Clone, Default)]
struct Picture(Rc<RefCell<Vec<u8>>>);

impl Write for Picture {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Window {
    /// Takes the window over. Beside it comes what is pressed and pasted, that it has another size, and, as
    /// nothing, that it is gone.
    pub(crate) fn take() -> io::Result<(Self, mpsc::Receiver<Option<Event>>)> {
        let (size, picture) = (size_now()?, Picture::default());
        let terminal = terminal(&picture, size)?;
        panics::first(|| {
            let _ = end(&mut io::stdout());
            let _ = disable_raw_mode();
        });
        let window = Self { terminal, picture, size, writer: Writer::begin(), is_taken: true };
        enable_raw_mode()?;
        begin(&mut io::stdout())?;
        Ok((window, events()?))
    }

    /// Waits until the terminal takes another picture. A slow one holds up nothing but its own pictures.
    pub(crate) async fn is_ready(&self) -> io::Result<()> {
        match &self.writer.pictures {
            Some(pictures) => pictures.reserve().await.map(drop).map_err(io::Error::other),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Draws what has changed, and rings.
    pub(crate) fn draw(&mut self, rings: bool, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(draw)?;
        if rings {
            self.picture.write_all(BELL)?;
        }
        let bytes = std::mem::take(&mut *self.picture.0.borrow_mut());
        if let Some(pictures) = &self.writer.pictures {
            pictures.try_send(bytes).map_err(io::Error::other)?;
            self.is_taken = true;
        }
        Ok(())
    }

    /// All is drawn anew next time, for the size that the window has now.
    pub(crate) fn anew(&mut self) -> io::Result<()> {
        self.size = size_now().unwrap_or(self.size);
        self.terminal = terminal(&self.picture, self.size)?;
        queue!(self.picture, MoveTo(0, 0), Clear(ClearType::FromCursorDown))
    }

    /// Gives the window back, stops until somebody goes on with the program, and takes it again.
    pub(crate) async fn stops(&mut self) -> io::Result<()> {
        self.gives_back().await?;
        raise(Signal::SIGSTOP)?;
        enable_raw_mode()?;
        self.writer.task.abort();
        self.writer = Writer::begin();
        self.picture.0.borrow_mut().clear();
        begin(&mut self.picture)?;
        self.anew()
    }

    /// Gives the window back once the last picture is shown.
    pub(crate) async fn give_back(mut self) {
        let _ = self.gives_back().await;
    }

    /// A terminal that takes nothing is not waited for: what is still to be written waits with it.
    async fn gives_back(&mut self) -> io::Result<()> {
        let mut last = vec![];
        end(&mut last)?;
        self.writer.shows_all(last).await;
        self.is_taken = false;
        disable_raw_mode()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.writer.task.abort();
        if self.is_taken {
            let _ = end(&mut io::stdout());
        }
        let _ = disable_raw_mode();
    }
}

impl Writer {
    fn begin() -> Self {
        let (pictures, sent) = mpsc::channel(PICTURES_WAITING);
        Self { pictures: Some(pictures), task: tokio::spawn(write(sent)) }
    }

    /// Waits until all is shown, and this, after which nothing is written any more; but no longer than a moment.
    async fn shows_all(&mut self, last: Vec<u8>) {
        let pictures = self.pictures.take();
        let shown = async {
            if let Some(pictures) = pictures {
                let _ = pictures.send(last).await;
            }
            let _ = (&mut self.task).await;
        };
        let _ = timeout(TAKE_WITHIN, shown).await;
    }
}

fn begin(terminal: &mut impl Write) -> io::Result<()> {
    execute!(terminal, EnterAlternateScreen, EnableBracketedPaste, Hide, MoveTo(0, 0))
}

/// The screen is wiped from its first cell on: some terminals keep for scrolling back what is wiped as a whole.
fn end(terminal: &mut impl Write) -> io::Result<()> {
    execute!(
        terminal,
        ResetColor,
        MoveTo(0, 0),
        Clear(ClearType::FromCursorDown),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    )
}

fn terminal(picture: &Picture, size: Size) -> io::Result<Terminal<CrosstermBackend<Picture>>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.width, size.height));
    Terminal::with_options(CrosstermBackend::new(picture.clone()), TerminalOptions { viewport })
}

/// Columns of the terminal that lines are written to, as far as it knows them.
pub(crate) fn columns() -> usize {
    let width = size_now().map_or(0, |size| size.width);
    if width == 0 { usize::MAX } else { width.into() }
}

fn size_now() -> io::Result<Size> {
    crossterm::terminal::size().map(|(width, height)| Size { width, height })
}

fn events() -> io::Result<mpsc::Receiver<Option<Event>>> {
    let (sender, receiver) = mpsc::channel(EVENTS_WAITING);
    let gone = sender.clone();
    // Reading can't be interrupted; the threads end with the program.
    thread::Builder::new().stack_size(STACK).spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if sender.blocking_send(Some(event)).is_err() {
                return;
            }
        }
        let _ = sender.blocking_send(None);
    })?;
    // Reading from a terminal that is gone never returns.
    thread::Builder::new().stack_size(STACK_OF_WATCH).spawn(move || {
        let stdin = io::stdin();
        while poll(&mut [PollFd::new(stdin.as_fd(), PollFlags::empty())], PollTimeout::NONE)
            == Err(Errno::EINTR)
        {}
        let _ = gone.blocking_send(None);
    })?;
    Ok(receiver)
}

async fn write(mut pictures: mpsc::Receiver<Vec<u8>>) -> io::Result<()> {
    let mut stdout = tokio::io::stdout();
    while let Some(picture) = pictures.recv().await {
        stdout.write_all(&picture).await?;
        stdout.flush().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Read;
    use std::mem::ManuallyDrop;
    use std::os::unix::fs::OpenOptionsExt;
    use std::process::{Command, Stdio};

    use nix::fcntl::OFlag;
    use nix::pty::{grantpt, posix_openpt, ptsname_r, unlockpt};
    use nix::sys::termios::tcgetattr;

    use super::*;

    /// Says that this test is the program in the terminal, and not the one before it.
    const INSIDE: &str = "SANCTUARY_TEST_INSIDE";

    #[test]
    fn a_panic_gives_the_window_back_and_tells_nothing_of_what_was_shown() {
        if std::env::var_os(INSIDE).is_some() {
            panics::hush();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                // Nothing but the panic gives it back where it is not dropped.
                let (window, _events) = Window::take().unwrap();
                let mut window = ManuallyDrop::new(window);
                window.draw(false, |frame| frame.render_widget("secret", frame.area())).unwrap();
                window.writer.shows_all(vec![]).await;
                panic!("secret");
            });
        }
        let mut master = posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname_r(&master).unwrap();
        let slave =
            File::options().read(true).write(true).custom_flags(nix::libc::O_NOCTTY).open(name).unwrap();
        let before = tcgetattr(&slave).unwrap();
        let stdio = || Stdio::from(slave.try_clone().unwrap());
        let mut program = Command::new("setsid");
        program.args(["--ctty", "--wait"]).arg(std::env::current_exe().unwrap());
        program.args(["--nocapture", "--exact"]);
        program.arg("window::tests::a_panic_gives_the_window_back_and_tells_nothing_of_what_was_shown");
        let mut program =
            program.env(INSIDE, "1").stdin(stdio()).stdout(stdio()).stderr(stdio()).spawn().unwrap();
        assert!(!program.wait().unwrap().success());
        let mut seen = vec![0; 65_536];
        let length = master.read(&mut seen).unwrap();
        let mut parser = vt100::Parser::default();
        parser.process(&seen[..length]);
        parser.process(b"\x1b[?47h");
        assert!(!parser.screen().contents().contains("secret"), "it is wiped");
        parser.process(b"\x1b[?47l");
        let screen = parser.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert!(!screen.contents().contains("secret"), "{}", screen.contents());
        assert!(String::from_utf8_lossy(&seen[..length]).contains("\u{1b}[?1049h"), "it was taken");
        assert_eq!(tcgetattr(&slave).unwrap(), before);
    }
}
