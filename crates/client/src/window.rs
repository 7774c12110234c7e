//! The terminal's whole window: taken at the beginning, given back as it was at every end, a panic included. What stood
//! in it is wiped before, and nothing comes into the terminal's scrollback.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::thread;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste, Event};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use nix::sys::signal::{Signal, raise};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Duration, timeout};

/// Pictures of the screen that wait for the terminal to take them.
const PICTURES_WAITING: usize = 1;

/// Events that wait to be taken.
const EVENTS_WAITING: usize = 64;

/// Time in which a terminal takes the last picture; one that doesn't is left alone.
const TAKE_WITHIN: Duration = Duration::from_millis(500);

/// The window, while it is taken.
pub(crate) struct Window {
    terminal: Terminal<CrosstermBackend<Picture>>,
    picture: Picture,
    size: Size,
    pictures: Option<mpsc::Sender<Vec<u8>>>,
    writing: JoinHandle<io::Result<()>>,
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
    /// Takes the window over. Beside it comes what is pressed and pasted, and that it has another size.
    pub(crate) fn take() -> io::Result<(Self, mpsc::Receiver<Event>)> {
        give_back_at_panic();
        begin()?;
        let size = size_now()?;
        let picture = Picture::default();
        let terminal = terminal(&picture, size)?;
        let (pictures, sent) = mpsc::channel(PICTURES_WAITING);
        let writing = tokio::spawn(write(sent));
        Ok((Self { terminal, picture, size, pictures: Some(pictures), writing }, events()))
    }

    /// Waits until the terminal takes another picture. A slow one holds up nothing but its own pictures.
    pub(crate) async fn is_ready(&self) -> io::Result<()> {
        match &self.pictures {
            Some(pictures) => pictures.reserve().await.map(drop).map_err(io::Error::other),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Draws what has changed, and rings.
    pub(crate) fn draw(&mut self, rings: bool, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(draw)?;
        if rings {
            self.picture.write_all(b"\x07")?;
        }
        let bytes = std::mem::take(&mut *self.picture.0.borrow_mut());
        if let Some(pictures) = &self.pictures {
            pictures.try_send(bytes).map_err(io::Error::other)?;
        }
        Ok(())
    }

    /// All is drawn anew next time, for the size that the window has now.
    pub(crate) fn anew(&mut self) -> io::Result<()> {
        self.size = size_now().unwrap_or(self.size);
        self.terminal = terminal(&self.picture, self.size)?;
        Ok(queue!(self.picture, MoveTo(0, 0), Clear(ClearType::FromCursorDown))?)
    }

    /// Gives the window back, stops until somebody goes on with the program, and takes it again.
    pub(crate) async fn stops(&mut self) -> io::Result<()> {
        self.is_ready().await?;
        give_back()?;
        raise(Signal::SIGSTOP)?;
        begin()?;
        self.anew()
    }

    /// Gives the window back once the last picture is drawn.
    pub(crate) async fn give_back(mut self) {
        self.pictures = None;
        let _ = timeout(TAKE_WITHIN, &mut self.writing).await;
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.writing.abort();
        let _ = give_back();
    }
}

fn begin() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide, MoveTo(0, 0))
}

/// What was on the screen is wiped from the cursor down: what is wiped as a whole some terminals keep for scrolling back.
fn give_back() -> io::Result<()> {
    let given = execute!(
        io::stdout(),
        ResetColor,
        MoveTo(0, 0),
        Clear(ClearType::FromCursorDown),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    disable_raw_mode()?;
    given
}

/// A panic tells where it was, and not of what, for that may be somebody's words.
fn give_back_at_panic() {
    std::panic::set_hook(Box::new(|panic| {
        let _ = give_back();
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(io::stderr(), "sanctuary-join: a fault of this program, at {place}");
    }));
}

fn terminal(picture: &Picture, size: Size) -> io::Result<Terminal<CrosstermBackend<Picture>>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.width, size.height));
    Terminal::with_options(CrosstermBackend::new(picture.clone()), TerminalOptions { viewport })
}

fn size_now() -> io::Result<Size> {
    crossterm::terminal::size().map(|(width, height)| Size { width, height })
}

fn events() -> mpsc::Receiver<Event> {
    let (sender, receiver) = mpsc::channel(EVENTS_WAITING);
    // Reading can't be interrupted; the thread ends with the program.
    thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if sender.blocking_send(event).is_err() {
                return;
            }
        }
    });
    receiver
}

async fn write(mut pictures: mpsc::Receiver<Vec<u8>>) -> io::Result<()> {
    let mut stdout = tokio::io::stdout();
    while let Some(picture) = pictures.recv().await {
        stdout.write_all(&picture).await?;
        stdout.flush().await?;
    }
    Ok(())
}
