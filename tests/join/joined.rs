//! One `sanctuary-join` in pipes.

use std::env;
use std::fs::File;
use std::os::fd::{AsFd, AsRawFd};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sanctuary_seal::{Invitation, RoomKey};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::support::{ROOM, binary, password, patiently};

/// A member in pipes.
pub(crate) struct Joined {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Lines<BufReader<ChildStdout>>,
}

/// The program beside the daemon, or the one that `SANCTUARY_JOIN_BIN` names.
pub(crate) fn program() -> PathBuf {
    let named = env::var_os("SANCTUARY_JOIN_BIN").map(PathBuf::from);
    let program = named.unwrap_or_else(|| PathBuf::from(binary()).with_file_name("sanctuary-join"));
    assert!(program.exists(), "{} is not built: cargo build --workspace", program.display());
    program
}

/// The link to the room of all tests, at a page's address.
pub(crate) fn link(page: &str) -> String {
    let invitation = Invitation { room_key: RoomKey::from(ROOM), password: password() };
    format!("{page}{}", *invitation.write())
}

impl Joined {
    pub(crate) fn with(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::run(&program(), arguments, environment)
    }

    /// By this program.
    pub(crate) fn run(program: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).envs(environment.iter().copied());
        Self::by(command)
    }

    /// By a command that starts it.
    pub(crate) fn by(mut command: Command) -> Self {
        for proxy in ["ALL_PROXY", "all_proxy"] {
            if !command.as_std().get_envs().any(|(name, _)| name == proxy) {
                command.env_remove(proxy);
            }
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take().unwrap());
        Self { child, stdin, lines: BufReader::new(stdout).lines() }
    }

    /// Opens a room, and gives the invitation to it.
    pub(crate) async fn opens(page: &str, alias: &str) -> (Self, String) {
        let mut joined = Self::with(&["open", "--plain", "--alias", alias, page], &[]);
        joined.reads("* Room ").await;
        let line = joined.reads("* Invitation: ").await;
        (joined, line.trim_start_matches("* Invitation: ").to_owned())
    }

    /// Enters by a link that comes from standard input, with further arguments.
    pub(crate) async fn enters(link: &str, alias: &str, more: &[&str]) -> Self {
        let mut joined = Self::with(&[&["--plain", "--alias", alias][..], more, &["-"]].concat(), &[]);
        joined.types(link).await;
        joined
    }

    pub(crate) async fn types(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().expect("somebody who types");
        patiently("input to be taken", stdin.write_all(format!("{line}\n").as_bytes())).await.unwrap();
    }

    /// Types to one that may have ended already.
    pub(crate) async fn types_if_open(&mut self, line: &str) -> std::io::Result<()> {
        let stdin = self.stdin.as_mut().expect("somebody who types");
        stdin.write_all(format!("{line}\n").as_bytes()).await
    }

    /// Reads on for ever and heeds nothing, while something is typed.
    pub(crate) async fn reads_on(&mut self, types: impl AsyncFnOnce(&mut ChildStdin)) {
        let (stdin, lines) = (self.stdin.as_mut().expect("somebody who types"), &mut self.lines);
        let reads = async { while let Ok(Some(_)) = lines.next_line().await {} };
        tokio::join!(types(stdin), reads);
    }

    pub(crate) fn types_no_more(&mut self) {
        self.stdin = None;
    }

    pub(crate) async fn next(&mut self) -> String {
        patiently("a line", self.lines.next_line()).await.unwrap().expect("a line, and not the end")
    }

    /// Reads on until a line begins so.
    pub(crate) async fn reads(&mut self, start: &str) -> String {
        let mut before = vec![];
        loop {
            let line = patiently(start, self.lines.next_line()).await.unwrap();
            match line {
                Some(line) if line.starts_with(start) => return line,
                Some(line) => before.push(line),
                None => panic!("the end, and not {start:?}, after {before:?}: {}", self.complaint().await),
            }
        }
    }

    /// What stands on standard error, at the end.
    pub(crate) async fn complaint(&mut self) -> String {
        let mut told = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            patiently("standard error", stderr.read_to_string(&mut told)).await.unwrap();
        }
        told
    }

    /// Its exit status, once it has ended, and the lines before.
    pub(crate) async fn ends(&mut self) -> (i32, Vec<String>) {
        let mut rest = vec![];
        while let Some(line) = patiently("the end", self.lines.next_line()).await.unwrap() {
            rest.push(line);
        }
        let status = patiently("the exit", self.child.wait()).await.unwrap();
        (status.code().expect("no signal"), rest)
    }

    pub(crate) fn pid(&self) -> i32 {
        i32::try_from(self.child.id().expect("it runs")).unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.pid()), signal).unwrap();
    }

    /// Its exit status, whatever it has written.
    pub(crate) async fn exits(&mut self) -> Option<i32> {
        patiently("the exit", self.child.wait()).await.unwrap().code()
    }

    /// Waits until what it writes into holds nothing more, for nobody reads it.
    pub(crate) async fn can_write_no_more(&mut self) {
        let read = self.lines.get_ref().get_ref().as_fd().as_raw_fd();
        let write = File::options().write(true).open(format!("/proc/self/fd/{read}")).unwrap();
        let is_full = async {
            let takes = || {
                let mut pipe = [PollFd::new(write.as_fd(), PollFlags::POLLOUT)];
                poll(&mut pipe, PollTimeout::ZERO).unwrap() > 0
            };
            while takes() {
                tokio::task::yield_now().await;
            }
        };
        patiently("a full pipe", is_full).await;
    }
}
