//! A daemon whose output nobody reads, or cannot take, or that has none: it starts, serves, reloads and stops as any other.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::libc;
use nix::pty::{grantpt, posix_openpt, ptsname_r, unlockpt};
use support::{PATIENCE, Started, binary};

/// Settings that are read whatever is between them and the daemon; removed on drop.
struct Settings(PathBuf);

impl Settings {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sanctuary-{name}-{}.toml", std::process::id()));
        let settings = Self(path);
        settings.write("");
        fs::set_permissions(&settings.0, fs::Permissions::from_mode(0o644)).unwrap();
        settings
    }

    fn write(&self, more: &str) {
        fs::write(&self.0, format!("listen = [\"127.0.0.1:0\"]\nuser = \"nobody\"\n{more}")).unwrap();
    }

    fn serve(&self) -> Command {
        let mut command = Command::new(binary());
        command.args(["serve", "--config"]).arg(&self.0);
        command
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Writes until there is no room for a single byte, and leaves the descriptor waiting as it was.
fn fill(into: &mut (impl Write + AsFd)) {
    let flags = OFlag::from_bits_retain(fcntl(into.as_fd(), FcntlArg::F_GETFL).unwrap());
    fcntl(into.as_fd(), FcntlArg::F_SETFL(flags | OFlag::O_NONBLOCK)).unwrap();
    while into.write(&[b'.'; 4096]).is_ok() {}
    // A terminal makes room now and then, as it passes on what it has.
    let full = loop {
        if let Err(full) = into.write(b".") {
            break full;
        }
    };
    assert_eq!(full.kind(), ErrorKind::WouldBlock);
    fcntl(into.as_fd(), FcntlArg::F_SETFL(flags)).unwrap();
}

/// What is written into, what nobody reads from, and what it is.
fn outputs() -> Vec<(File, OwnedFd, &'static str)> {
    let (reader, writer) = std::io::pipe().unwrap();
    let (one, other) = UnixStream::pair().unwrap();
    let terminal = posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_CLOEXEC).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let inner = File::options()
        .read(true)
        .write(true)
        .custom_flags(libc::O_NOCTTY)
        .open(ptsname_r(&terminal).unwrap());
    vec![
        (OwnedFd::from(writer).into(), reader.into(), "a pipe"),
        (OwnedFd::from(one).into(), other.into(), "a socket"),
        (inner.unwrap(), terminal.into(), "a terminal"),
    ]
}

#[test]
fn where_nobody_reads_what_it_says_it_starts_reloads_and_stops_however_little_room_is_left() {
    let settings = Settings::new("unheard");
    for room in [0, 1, 255, 300, 5000] {
        for (mut output, unread, what) in outputs() {
            fill(&mut output);
            let mut unread = File::from(unread);
            let mut taken = vec![0; room];
            unread.read_exact(&mut taken).unwrap();
            let before = fcntl(&output, FcntlArg::F_GETFL).unwrap();
            settings.write("");
            let daemon = Started::unheard(settings.serve(), output.try_clone().unwrap().into());
            for _ in 0..40 {
                settings.write("nonsense = 1\nand = 2\n");
                daemon.reload();
            }
            assert!(daemon.stop().success(), "{what} with room for {room}");
            assert_eq!(fcntl(&output, FcntlArg::F_GETFL).unwrap(), before, "{what}: others share its flags");
        }
    }
}

#[test]
fn what_is_read_is_said_whole() {
    let settings = Settings::new("heard");
    for (output, unread, what) in outputs() {
        let daemon = Started::unheard(settings.serve(), output.into());
        assert!(daemon.stop().success());
        let mut heard = String::new();
        let mut unread = File::from(unread);
        while !heard.contains("Sanctuary stops.") {
            let mut bytes = [0; 4096];
            let count = unread.read(&mut bytes).unwrap();
            heard.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        }
        let lines: Vec<_> = heard.lines().collect();
        assert!(lines[0].starts_with("terminal ") && lines.len() > 8, "{what}: {heard}");
        assert!(lines.iter().any(|line| line.starts_with("  http://127.0.0.1:")), "{what}: {heard}");
    }
}

#[test]
fn a_daemon_that_cannot_start_ends_though_nobody_reads_why() {
    let settings = Settings::new("refused");
    for (more, status) in [("nonsense = 1\n", 78), ("tls_certificate = \"/no\"\ntls_key = \"/no\"\n", 66)] {
        settings.write(&format!("{more}listen_tls = [\"127.0.0.1:0\"]\n"));
        for (mut output, _unread, what) in outputs() {
            fill(&mut output);
            let mut command = settings.serve();
            let copy = output.try_clone().unwrap();
            let mut daemon = command.stdin(Stdio::null()).stdout(output).stderr(copy).spawn().unwrap();
            let deadline = Instant::now() + PATIENCE;
            let ended = loop {
                if let Some(ended) = daemon.try_wait().unwrap() {
                    break ended;
                }
                if Instant::now() > deadline {
                    daemon.kill().unwrap();
                }
                std::thread::yield_now();
            };
            assert_eq!(ended.code(), Some(status), "{what}");
        }
    }
}

#[test]
fn where_output_cannot_be_taken_it_serves_all_the_same() {
    let settings = Settings::new("untaken");
    let full = File::options().write(true).open("/dev/full").unwrap();
    assert!(Started::unheard(settings.serve(), full.into()).stop().success());
    // SIGXFSZ would end it.
    let path = settings.0.with_extension("log");
    let mut limited = Command::new("prlimit");
    limited.arg("--fsize=1").arg(binary()).args(["serve", "--config"]).arg(&settings.0);
    let log = File::create(&path).unwrap();
    assert!(Started::unheard(limited, log.into()).stop().success());
    assert_eq!(fs::metadata(&path).unwrap().len(), 1);
    fs::remove_file(path).unwrap();
}

/// As in a chroot or a container in which there is next to nothing.
#[test]
fn with_closed_streams_and_without_dev_null_it_serves_and_commands_end_as_ever() {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("not root: nothing can be taken out of /dev, so nothing is held");
        return;
    }
    let settings = Settings::new("closed");
    let without = |command: &str, closed: &str| {
        let mut shell = Command::new("unshare");
        let script = "mount -t tmpfs none /dev && exec \"$0\"";
        shell
            .args(["--mount", "sh", "-c", &format!("{script} {command} {closed}")])
            .arg(Path::new(&binary()));
        shell
    };
    let config = format!("--config {}", settings.0.display());
    for closed in ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- 2>&-", "<&- >&- 2>&-"] {
        let heard = File::options().write(true).open("/dev/null").unwrap();
        let daemon = Started::unheard(without(&format!("serve {config}"), closed), heard.into());
        assert!(daemon.stop().success(), "{closed}");
        for (command, status) in
            [(format!("check {config}"), 0), ("--version".to_owned(), 0), ("--nonsense".to_owned(), 64)]
        {
            let ended =
                without(&command, closed).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
            assert_eq!(ended.code(), Some(status), "{command} {closed}");
        }
    }
}
