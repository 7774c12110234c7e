//! A terminal's window, in which the program was started, and what it shows.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use nix::fcntl::OFlag;
use nix::libc;
use nix::pty::{grantpt, posix_openpt, ptsname_r, unlockpt};
use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{FlowArg, LocalFlags, Termios, tcflow, tcgetattr};
use nix::unistd::Pid;
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

use super::joined::program;
use super::support::patiently;

/// Rows that the terminal would keep for scrolling back.
const SCROLLBACK: usize = 1_000;

/// The window.
pub(crate) struct Window {
    terminal: File,
    name: PathBuf,
    before: Termios,
    shown: mpsc::UnboundedReceiver<Vec<u8>>,
    /// All that came, as it came.
    pub(crate) seen: String,
    parser: vt100::Parser,
    pub(crate) program: Child,
}

impl Window {
    /// Opens one with the program in it.
    pub(crate) async fn open(arguments: &[&str]) -> Self {
        Self::with(program(), arguments).await
    }

    /// Opens one with whatever leads to the program.
    pub(crate) async fn with(leads: impl AsRef<OsStr>, arguments: &[&str]) -> Self {
        let (terminal, slave) = terminal().await;
        let name = std::fs::read_link(format!("/proc/self/fd/{}", slave.as_raw_fd())).unwrap();
        let before = tcgetattr(&slave).unwrap();
        let stdio = || Stdio::from(slave.try_clone().unwrap());
        // It becomes the terminal that the program is started from.
        let mut command = Command::new("setsid");
        command.args(["--ctty", "--wait"]).arg(leads).args(arguments);
        command.stdin(stdio()).stdout(stdio()).stderr(stdio()).kill_on_drop(true);
        command.env_remove("ALL_PROXY").env_remove("NO_COLOR").env("TERM", "xterm-256color");
        let program = command.spawn().unwrap();
        let (show, shown) = mpsc::unbounded_channel();
        let mut from = terminal.try_clone().unwrap();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = from.read(&mut bytes) {
                if show.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(cells(24), cells(80), SCROLLBACK);
        Self { terminal, name, before, shown, seen: String::new(), parser, program }
    }

    /// Reads on until a text has come, or something else is so.
    pub(crate) async fn reads_until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        while !is_so(self) {
            let more = patiently(what, self.shown.recv()).await;
            let more = more.unwrap_or_else(|| panic!("the end, and not {what}: {}", self.seen));
            self.parser.process(&more);
            self.seen.push_str(&String::from_utf8_lossy(&more));
        }
    }

    /// Reads on until a text has come.
    pub(crate) async fn shows(&mut self, text: &str) {
        self.reads_until(text, |window| window.seen.contains(text)).await;
    }

    /// Reads on until a text stands on the screen.
    pub(crate) async fn has(&mut self, text: &str) {
        self.reads_until(text, |window| window.screen().contents().contains(text)).await;
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub(crate) fn types(&mut self, text: &str) {
        self.terminal.write_all(text.as_bytes()).unwrap();
    }

    pub(crate) async fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
        set_size(&self.name, columns, rows).await;
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.program.id().expect("it runs")).unwrap())
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(self.pid(), signal).unwrap();
    }

    /// Waits until it is stopped, and goes on when it is told to.
    pub(crate) async fn has_stopped(&self) {
        let stat = format!("/proc/{}/stat", self.pid());
        let stopped = async {
            while !std::fs::read_to_string(&stat).unwrap().contains(") T ") {
                tokio::task::yield_now().await;
            }
        };
        patiently("a stop", stopped).await;
    }

    pub(crate) fn echoes(&self) -> bool {
        tcgetattr(&self.terminal).unwrap().local_flags.contains(LocalFlags::ECHO)
    }

    /// Whether it is as it was before the program began: its ways, its screen, and nothing to scroll back to.
    pub(crate) fn is_as_before(&self) -> bool {
        let screen = self.screen();
        let is_left = !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste();
        is_left && screen.scrollback_len() == 0 && tcgetattr(&self.terminal).unwrap() == self.before
    }

    /// How often something was drawn: the cursor is shown at the end of each picture.
    pub(crate) fn pictures(&self) -> usize {
        self.seen.matches("\u{1b}[?25h").count()
    }

    /// It stands still, as after Ctrl+S.
    pub(crate) fn takes_nothing_more(&self) {
        let slave = File::options().read(true).write(true).custom_flags(libc::O_NOCTTY).open(&self.name);
        tcflow(slave.unwrap(), FlowArg::TCOOFF).unwrap();
    }

    /// Whether nothing is left of what was drawn, not even in a terminal that has one screen for all.
    pub(crate) fn is_wiped(&self) -> bool {
        let drawn = self.seen.replace("\u{1b}[?1049h", "").replace("\u{1b}[?1049l", "");
        let mut one_screen = vt100::Parser::new(cells(24), cells(80), SCROLLBACK);
        one_screen.process(drawn.as_bytes());
        let is_empty = one_screen.screen().contents().is_empty();
        is_empty && one_screen.screen().scrollback_len() == 0 && self.screen().contents().is_empty()
    }

    /// Its exit status, whatever it still shows.
    pub(crate) async fn exits(&mut self) -> Option<i32> {
        patiently("the end", self.program.wait()).await.unwrap().code()
    }

    /// Its exit status, and all that it shows until then.
    pub(crate) async fn ends(&mut self) -> Option<i32> {
        let status = self.exits().await;
        while let Some(more) = patiently("the last of it", self.shown.recv()).await {
            self.parser.process(&more);
            self.seen.push_str(&String::from_utf8_lossy(&more));
        }
        status
    }
}

/// A terminal's two ends, of whoever sits there and of programs, with 80 columns and 24 rows.
pub(crate) async fn terminal() -> (File, File) {
    let master = posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_CLOEXEC).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname_r(&master).unwrap();
    let slave = File::options().read(true).write(true).custom_flags(libc::O_NOCTTY).open(&name).unwrap();
    set_size(Path::new(&name), 80, 24).await;
    (File::from(master.as_fd().try_clone_to_owned().unwrap()), slave)
}

/// As somebody does who drags its corner.
async fn set_size(name: &Path, columns: u16, rows: u16) {
    let (columns, rows) = (columns.to_string(), rows.to_string());
    let mut stty = Command::new("stty");
    stty.arg("-F").arg(name).args(["columns", &columns, "rows", &rows]);
    assert!(patiently("stty", stty.status()).await.unwrap().success());
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("some")
}
