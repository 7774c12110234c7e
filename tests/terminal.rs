//! The daemon started by hand, in a real terminal: what keys do, what closing the window does, and
//! that whoever has broken in neither types nor hears what is typed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]
#![allow(unsafe_code)] // A terminal becomes a child's own between fork and exec.

#[cfg(target_arch = "x86_64")]
#[allow(dead_code)]
#[path = "hardening/intruder.rs"]
mod intruder;
#[allow(dead_code)]
#[path = "hardening/kernel.rs"]
mod kernel;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;
use nix::libc;
use nix::pty::{grantpt, posix_openpt, ptsname_r, unlockpt};
use nix::sys::signal::{SigHandler, Signal, kill, signal};
use nix::unistd::{Pid, setsid, tcgetpgrp};

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

const CTRL_C: &str = "\x03";
const CTRL_Z: &str = "\x1a";
const CTRL_BACKSLASH: &str = "\x1c";

/// A terminal's window with a program in it, and the daemon, which is that program or was called by
/// it.
struct Window {
    /// What is typed goes in, what is shown comes out; the window is closed by dropping it.
    terminal: File,
    seen: String,
    program: Child,
    settings: PathBuf,
}

impl Window {
    /// The daemon alone, as `ssh -t HOST sanctuary serve` or `docker run -t` have it.
    fn of_the_daemon() -> Self {
        let settings = settings();
        let mut daemon = Command::new(binary());
        let mut window = Self::open(daemon.args(["serve", "--config"]).arg(&settings), settings);
        window.shows("http://127.0.0.1:");
        window
    }

    /// The daemon called from a shell, with `more` behind the command.
    fn of_a_shell(more: &str) -> Self {
        let settings = settings();
        let mut window = Self::open(Command::new("sh").arg("-i").env("PS1", "what? "), settings);
        window.shows("what? ");
        let command = format!("{} serve --config {} {more}\n", binary(), window.settings.display());
        window.types(&command);
        window.shows("http://127.0.0.1:");
        window
    }

    fn open(program: &mut Command, settings: PathBuf) -> Self {
        // Closed on execution, so that no other test's program keeps the window open.
        let terminal = posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_CLOEXEC).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let mut inner = File::options();
        inner.read(true).write(true).custom_flags(libc::O_NOCTTY);
        let inner = inner.open(ptsname_r(&terminal).unwrap()).unwrap();
        let terminal = File::from(OwnedFd::from(terminal));
        program.stdin(inner.try_clone().unwrap()).stdout(inner.try_clone().unwrap()).stderr(inner);
        // SAFETY: signal(2), setsid(2) and ioctl(2) may be called between fork and exec.
        unsafe {
            program.pre_exec(|| {
                // As a new terminal has them, even if these tests were started by `nohup`, say.
                for key in [Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT] {
                    signal(key, SigHandler::SigDfl)?;
                }
                setsid()?;
                match libc::ioctl(0, libc::TIOCSCTTY, 0) {
                    0 => Ok(()),
                    _ => Err(std::io::Error::last_os_error()),
                }
            });
        }
        let child = program.spawn().unwrap();
        program.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null());
        program.stderr(std::process::Stdio::null()); // no copy of the terminal is left here
        Self { terminal, seen: String::new(), program: child, settings }
    }
    /// Waits until this has been shown, and gives all that was.
    fn shows(&mut self, text: &str) -> &str {
        let deadline = Instant::now() + PATIENCE;
        while !self.seen.contains(text) {
            assert!(Instant::now() < deadline, "waited in vain for {text:?} in {:?}", self.seen);
            let mut asked = libc::pollfd { fd: self.terminal.as_raw_fd(), events: libc::POLLIN, revents: 0 };
            // SAFETY: points to one live value.
            unsafe { libc::poll(&raw mut asked, 1, 100) };
            if asked.revents & libc::POLLIN != 0 {
                let mut bytes = [0; 4096];
                let count = self.terminal.read(&mut bytes).unwrap();
                self.seen.push_str(&String::from_utf8_lossy(&bytes[..count]));
            }
        }
        &self.seen
    }

    fn types(&mut self, keys: &str) {
        self.terminal.write_all(keys.as_bytes()).unwrap();
    }

    /// The daemon's process: the one in the foreground.
    fn daemon(&self) -> Pid {
        tcgetpgrp(&self.terminal).unwrap()
    }

    /// Where it listens.
    fn address(&self) -> SocketAddr {
        let url = self.seen.split("http://").nth(1).unwrap();
        url.split('/').next().unwrap().parse().unwrap()
    }

    fn ended(&mut self) -> ExitStatus {
        until("the end", || self.program.try_wait().unwrap())
    }

    fn close(self) {
        drop(self.terminal);
        let _ = fs::remove_file(&self.settings);
        let mut program = self.program;
        until("the program's end", || program.try_wait().unwrap());
    }
}

/// Asks again and again, for nobody tells.
fn until<T>(what: &str, mut there: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(it) = there() {
            return it;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::yield_now();
    }
}

/// The binary that cargo built, or the one that `SANCTUARY_BIN` names.
fn binary() -> String {
    std::env::var("SANCTUARY_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_sanctuary").to_owned())
}

fn settings() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("terminal-{}-{}.toml", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let file = std::env::temp_dir().join(name);
    fs::write(&file, "listen = [\"127.0.0.1:0\"]\nuser = \"nobody\"\n").unwrap();
    file
}

/// What /proc/PID/stat says behind the name: state, parent, group, session, terminal
/// (`proc_pid_stat(5)`).
fn stat(process: Pid) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    Some(text.rsplit_once(") ")?.1.split(' ').map(str::to_owned).collect())
}

/// Holds that a process has no terminal to read. Root alone may look.
fn reads_nothing(process: Pid) {
    if nix::unistd::geteuid().is_root() {
        let input = fs::read_link(format!("/proc/{process}/fd/0")).unwrap();
        assert_eq!(input, Path::new("/dev/null"));
    }
}

fn is_gone(process: Pid) -> bool {
    stat(process).is_none_or(|stat| stat[0] == "Z")
}

fn answers(address: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else { return false };
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
}

#[test]
fn ctrl_c_ends_the_daemon_that_a_shell_called_although_it_has_given_the_terminal_up() {
    let mut window = Window::of_a_shell("");
    let daemon = window.daemon();
    let stat = stat(daemon).unwrap();
    assert_eq!((stat[2].as_str(), stat[4].as_str()), (daemon.to_string().as_str(), "0"), "{stat:?}");
    reads_nothing(daemon);
    assert!(window.seen.contains("no terminal"), "{}", window.seen);
    assert!(answers(window.address()));
    window.types(CTRL_C);
    window.shows("Sanctuary stops.");
    until("the daemon's end", || is_gone(daemon).then_some(()));
    window.types("echo status $?, again; cat\n"); // and the shell has its keys again
    window.shows("status 0, again\r\n");
    window.close();
}

#[test]
fn ctrl_c_ends_the_daemon_that_has_a_terminal_to_itself() {
    let mut window = Window::of_the_daemon();
    reads_nothing(window.daemon());
    assert!(window.seen.contains("own terminal"), "{}", window.seen);
    window.types(CTRL_C);
    window.shows("Sanctuary stops.");
    assert!(window.ended().success());
}

#[test]
fn ctrl_backslash_ends_it_at_once_and_dumps_nothing() {
    let mut window = Window::of_the_daemon();
    window.types(CTRL_BACKSLASH);
    let status = window.ended();
    assert_eq!(status.signal(), Some(libc::SIGQUIT));
    assert!(!status.core_dumped());
}

#[test]
fn ctrl_z_stops_it_and_it_goes_on_in_the_foreground_or_the_background() {
    let mut window = Window::of_a_shell("");
    let daemon = window.daemon();
    for go_on in ["fg\n", "bg\n"] {
        window.types(CTRL_Z);
        until("its stop", || (stat(daemon).unwrap()[0] == "T").then_some(()));
        window.types(go_on);
        until("its going on", || (stat(daemon).unwrap()[0] != "T").then_some(()));
        assert!(answers(window.address()));
    }
    window.types("kill %1\n");
    window.shows("Sanctuary stops.");
    window.close();
}

#[test]
fn a_window_that_is_closed_ends_it() {
    for window in [Window::of_the_daemon(), Window::of_a_shell(""), Window::of_a_shell("2>/dev/null")] {
        let daemon = window.daemon();
        let address = window.address();
        assert!(answers(address));
        window.close();
        until("the daemon's end", || is_gone(daemon).then_some(()));
        assert!(!answers(address));
    }
}

#[test]
fn a_hangup_that_somebody_sends_is_a_reload_in_a_terminal_too() {
    let mut window = Window::of_a_shell("");
    fs::write(&window.settings, "listen = [\"127.0.0.1:0\"]\nuser = \"daemon\"\n").unwrap();
    kill(window.daemon(), Signal::SIGHUP).unwrap();
    window.shows("`user` has changed");
    assert!(answers(window.address()));
    window.types(CTRL_C);
    window.shows("Sanctuary stops.");
    window.close();
}

/// In the foreground, in the background, with a terminal to itself.
#[cfg(target_arch = "x86_64")]
#[test]
fn an_intruder_neither_types_into_the_terminal_nor_hears_what_is_typed() {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("not root: nobody else can look into the daemon, so nothing is held");
        return;
    }
    let refused = -i64::from(libc::EPERM);
    for (mut window, called) in [(Window::of_the_daemon(), false), (Window::of_a_shell(""), true)] {
        let process = window.daemon();
        // It reads from nowhere and has no terminal, and this does not rest on the filter of system
        // calls.
        let input = fs::read_link(format!("/proc/{process}/fd/0")).unwrap();
        assert_eq!(input.to_str(), Some("/dev/null"));
        let status = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
        // State, parent, group, session, and the number of the terminal (proc(5)).
        let terminal = status.rsplit(')').next().unwrap().split_whitespace().nth(4).unwrap();
        assert_eq!(terminal == "0", called, "{status}");
        let mut intruder = intruder::Intruder::into(process);
        for descriptor in 0..64 {
            // Push a key, paste, select, take it over, change its line discipline, its keyboard,
            // its owner, its mode.
            for request in [
                0x5412, 0x541C, 0x540E, 0x5422, 0x5423, 0x4B47, 0x4B4C, 0x8901, 0x5452, 0x5402, 0x5414,
                0x541D,
            ] {
                assert_eq!(
                    intruder.calls(libc::SYS_ioctl, [descriptor, request, 0]),
                    refused,
                    "{request:#x}"
                );
            }
        }
        for descriptor in 0..3 {
            for call in [libc::SYS_read, libc::SYS_readv, libc::SYS_pread64, libc::SYS_dup, libc::SYS_splice]
            {
                assert_eq!(intruder.calls(call, [descriptor, 0, 0]), refused);
            }
        }
        for call in [libc::SYS_setsid, libc::SYS_setpgid, libc::SYS_vhangup] {
            assert_eq!(intruder.calls(call, [0, 0, 0]), refused);
        }
        assert!(intruder.opens("/dev/tty", libc::O_RDWR) < 0);
        if kernel::has_landlock() {
            assert_eq!(intruder.opens("/dev/tty", libc::O_RDONLY), -i64::from(libc::EACCES));
        }
        drop(intruder);
        window.types(CTRL_C);
        window.shows("Sanctuary stops.");
        window.close();
    }
}
