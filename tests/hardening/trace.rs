//! What a process asks of the kernel, by strace (Debian's package `strace`).

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use nix::unistd::Pid;

/// strace at work.
pub(crate) struct Trace {
    child: Child,
    file: PathBuf,
}

/// All system calls, one a line.
pub(crate) struct Calls(Vec<String>);

impl Trace {
    /// Attaches to `process` and returns once it has.
    pub(crate) fn of(process: Pid) -> Self {
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("trace-{process}"));
        let mut child = Command::new("strace")
            .args(["--follow-forks", "--decode-fds=all", "--string-limit=4096", "--output"])
            .arg(&file)
            .arg(format!("--attach={process}"))
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("strace: {error}: apt-get install strace"));
        let mut told = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("attached") {
            line.clear();
            assert_ne!(told.read_line(&mut line).unwrap(), 0, "strace did not attach");
        }
        // Its later words must find a reader.
        std::thread::spawn(move || told.lines().for_each(drop));
        Self { child, file }
    }

    /// All calls until the process ended.
    pub(crate) fn ended(mut self) -> Calls {
        self.child.wait().unwrap();
        let text = fs::read_to_string(&self.file).unwrap();
        fs::remove_file(&self.file).unwrap();
        // A line begins with the number of the thread.
        let calls: Vec<String> = text
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(_, call)| call.trim().into())
            .collect();
        let calls = Calls(calls);
        assert!(!calls.made(&["epoll_wait", "epoll_pwait"]).is_empty(), "no daemon's trace: {:?}", calls.0);
        calls
    }
}

impl Calls {
    /// Those with one of these names, their variants such as `unlinkat` included.
    pub(crate) fn made(&self, names: &[&str]) -> Vec<&str> {
        let wanted = |call: &&str| {
            let name = call.split('(').next().unwrap();
            names.iter().any(|one| name == *one || name.strip_prefix(one) == Some("at"))
        };
        self.0.iter().map(String::as_str).filter(wanted).collect()
    }

    pub(crate) fn opened_for_writing(&self) -> Vec<&str> {
        let writes =
            |call: &&str| ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| call.contains(flag));
        let mut opened: Vec<&str> = self.made(&["open", "openat2"]).into_iter().filter(writes).collect();
        opened.extend(self.made(&["creat"]));
        opened
    }

    /// Whatever writes, with the descriptor that it writes to.
    fn writes(&self) -> impl Iterator<Item = (&str, &str)> {
        let writing = [
            "write", "writev", "pwrite64", "pwritev", "send", "sendto", "sendmsg", "sendmmsg", "sendfile",
            "splice",
        ];
        self.0.iter().filter_map(move |call| {
            let (name, rest) = call.split_once('(')?;
            writing.contains(&name).then_some((rest, call.as_str()))
        })
    }

    /// The text that went to standard output and standard error.
    pub(crate) fn printed(&self) -> String {
        let printing = |(to, _): &(&str, &str)| to.starts_with("1<") || to.starts_with("2<");
        self.writes().filter(printing).map(|(_, call)| quoted(call)).collect()
    }

    pub(crate) fn told_to_the_supervisor(&self) -> String {
        self.writes().filter(|(to, _)| is_supervisor(to)).map(|(_, call)| quoted(call)).collect()
    }

    /// Writes to anything but members, the supervisor, standard output and error, and the daemon
    /// itself.
    pub(crate) fn written_elsewhere(&self) -> Vec<&str> {
        let known = ["1<", "2<"];
        let kinds = ["<TCP:", "<TCPv6:", "<UNIX:", "<UNIX-DGRAM:", "<UNIX-STREAM", "<anon_inode:[eventfd"];
        let elsewhere = |(to, _): &(&str, &str)| {
            let descriptor = to.split(['>', ',']).next().unwrap();
            !known.iter().any(|known| to.starts_with(known))
                && !kinds.iter().any(|kind| descriptor.contains(kind))
        };
        self.writes().filter(elsewhere).map(|(_, call)| call).collect()
    }
}

/// strace names the kind of a socket only where it can find out.
fn is_supervisor(to: &str) -> bool {
    to.split(',').next().is_some_and(|to| to.contains("<UNIX:") || to.contains("<UNIX-DGRAM:"))
}

/// The first string among the arguments of a call.
fn quoted(call: &str) -> String {
    call.split('"').nth(1).unwrap_or_default().replace("\\n", "\n")
}
