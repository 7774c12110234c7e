//! What is asked for at a terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::process::Stdio;

use nix::fcntl::OFlag;
use nix::libc;
use nix::pty::{grantpt, posix_openpt, ptsname_r, unlockpt};
use nix::sys::termios::{LocalFlags, tcgetattr};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

use super::joined::{link, program};
use super::support::{Daemon, Member, PASSWORD, patiently};

/// A terminal's window, in which the program was started.
struct Window {
    terminal: File,
    shown: mpsc::UnboundedReceiver<String>,
    seen: String,
    program: Child,
}

impl Window {
    fn open(arguments: &[&str]) -> Self {
        let master = posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname_r(&master).unwrap();
        let slave = File::options().read(true).write(true).custom_flags(libc::O_NOCTTY).open(name).unwrap();
        let terminal = File::from(master.as_fd().try_clone_to_owned().unwrap());
        let stdio = || Stdio::from(slave.try_clone().unwrap());
        // It becomes the terminal that the program is started from.
        let mut command = Command::new("setsid");
        command.args(["--ctty", "--wait"]).arg(program()).args(arguments);
        command.stdin(stdio()).stdout(stdio()).stderr(stdio()).env_remove("ALL_PROXY").kill_on_drop(true);
        let program = command.spawn().unwrap();
        let (show, shown) = mpsc::unbounded_channel();
        let mut from = terminal.try_clone().unwrap();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = from.read(&mut bytes) {
                if show.send(String::from_utf8_lossy(&bytes[..read]).into_owned()).is_err() {
                    return;
                }
            }
        });
        Self { terminal, shown, seen: String::new(), program }
    }

    async fn shows(&mut self, text: &str) {
        while !self.seen.contains(text) {
            let more = patiently(text, self.shown.recv()).await;
            self.seen.push_str(&more.unwrap_or_else(|| panic!("the end, and not {text}: {}", self.seen)));
        }
    }

    fn types(&mut self, text: &str) {
        self.terminal.write_all(text.as_bytes()).unwrap();
    }

    fn echoes(&self) -> bool {
        tcgetattr(&self.terminal).unwrap().local_flags.contains(LocalFlags::ECHO)
    }
}

#[tokio::test]
async fn what_a_link_lacks_is_asked_for_and_the_password_never_seen() {
    let daemon = Daemon::start().await;
    let _ada = Member::create(daemon.address(), "Ada").await;
    let page = format!("http://{}/", daemon.address());
    let mut window = Window::open(&["--plain", &page]);
    window.shows("Room key, or the whole invitation: ").await;
    assert!(!window.echoes());
    let link = link(&page);
    let key = link.split_once('#').unwrap().1.split_once(':').unwrap().0;
    window.types(&format!("{key}\n"));
    window.shows("Password: ").await;
    window.types(&format!("{PASSWORD}\n"));
    window.shows("Alias: ").await;
    assert!(window.echoes());
    window.types("ben\n");
    window.shows("Here: Ada (keeper), ben (you)").await;
    window.types("/exit\n");
    window.shows("* You have left the room.").await;
    assert!(!window.seen.contains(PASSWORD), "{}", window.seen);
    assert_eq!(patiently("the end", window.program.wait()).await.unwrap().code(), Some(0));
}

#[tokio::test]
async fn at_an_interrupt_the_terminal_echoes_again() {
    let mut window = Window::open(&["http://127.0.0.1:1/"]);
    window.shows("Room key, or the whole invitation: ").await;
    window.types("secret\u{3}");
    assert_eq!(patiently("the end", window.program.wait()).await.unwrap().code(), Some(64));
    assert!(window.echoes() && !window.seen.contains("secret"));
}

#[tokio::test]
async fn an_invitation_is_drawn_for_a_camera_where_somebody_sees_it() {
    let daemon = Daemon::start().await;
    let mut window =
        Window::open(&["open", "--plain", "--alias", "ada", &format!("http://{}/", daemon.address())]);
    window.shows("* Invitation: http://").await;
    window.shows("\u{2588}\u{2588}\u{2588}\u{2588}").await;
}

#[tokio::test]
async fn nobody_but_root_looks_into_it_and_no_core_is_dumped() {
    let daemon = Daemon::start().await;
    let (ada, _) = super::joined::Joined::opens(&format!("http://{}/", daemon.address()), "ada").await;
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", ada.pid())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().rev().nth(1), Some("0"), "{core}");
}
