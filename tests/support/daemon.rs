//! The real binary, with a configuration of its own.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpStream, UnixDatagram};
use tokio::process::{Child, Command};
use tokio::sync::watch;

use super::patiently;

/// Generous, so that no test meets a limit that it does not set itself; `nobody` is on every
/// system, for tests that run as root.
const SETTINGS: &[(&str, &str)] = &[
    ("user", "\"nobody\""),
    ("connections_by_address", "1000"),
    ("tries_by_address", "1000000"),
    ("rooms_by_address", "1000000"),
    ("frames_by_address", "1000000"),
    ("frame_rate", "1000000"),
    ("frame_burst", "1000000"),
];

/// A running daemon; it is killed on drop.
pub struct Daemon {
    child: Child,
    pub addresses: Vec<SocketAddr>,
    /// Where it speaks https.
    pub secure: Vec<SocketAddr>,
    folder: Folder,
    notices: UnixDatagram,
    /// What it told its supervisor when it was ready.
    pub ready: String,
    printed: Arc<Mutex<Vec<String>>>,
    more: watch::Receiver<usize>,
}

/// A folder of this test alone, removed on drop.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("sanctuary-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        // The daemon may have become somebody else when it says that it is ready.
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Daemon {
    /// With generous settings, on both loopback addresses.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With these settings beside the generous ones; a value is written as TOML has it.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        Self::under(&[], settings).await
    }

    /// Started by a program that does something to itself and then becomes the daemon, such as
    /// `prlimit`.
    pub async fn under(program: &[&str], settings: &[(&str, &str)]) -> Self {
        let folder = Folder::new();
        let listen = if TcpListener::bind("[::1]:0").is_ok() {
            r#"["127.0.0.1:0", "[::1]:0"]"#
        } else {
            r#"["127.0.0.1:0"]"#
        };
        let config = folder.0.join("sanctuary.toml");
        let mut written = BTreeMap::from([("listen", listen)]);
        written.extend(SETTINGS.iter().chain(settings).copied());
        write_settings(&config, &written);

        let socket = folder.0.join("notify");
        let notices = UnixDatagram::bind(&socket).unwrap();
        fs::set_permissions(&socket, fs::Permissions::from_mode(0o777)).unwrap();
        let mut child = command(program)
            .arg("serve")
            .arg("--config")
            .arg(&config)
            .env("NOTIFY_SOCKET", &socket)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();

        let printed = Arc::new(Mutex::new(Vec::new()));
        let (lines, mut more) = watch::channel(0);
        collect(child.stdout.take().unwrap(), Arc::clone(&printed), lines.clone());
        collect(child.stderr.take().unwrap(), Arc::clone(&printed), lines);
        let ready = tokio::select! {
            told = patiently("readiness", notice(&notices, "READY=1")) => told,
            status = child.wait() => panic!("the daemon ended: {status:?}: {:?}", printed.lock().unwrap()),
        };
        let expected = written["listen"].matches('"').count() / 2;
        // The listeners of https come first.
        let (addresses, secure) = patiently("the addresses", async {
            loop {
                let lines = printed.lock().unwrap().clone();
                let found =
                    |scheme| lines.iter().filter_map(|line| address(scheme, line)).collect::<Vec<_>>();
                if found("http://").len() == expected {
                    break (found("http://"), found("https://"));
                }
                more.changed().await.unwrap();
            }
        })
        .await;
        Self { child, addresses, secure, folder, notices, ready, printed, more }
    }

    /// The IPv4 address.
    pub fn address(&self) -> SocketAddr {
        self.addresses[0]
    }

    /// The daemon's process.
    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.id().expect("a daemon that runs").try_into().unwrap())
    }

    pub fn signal(&self, signal: Signal) {
        kill(self.pid(), signal).unwrap();
    }

    /// Changes settings in the file; the daemon reads them on SIGHUP.
    pub fn configure(&self, settings: &[(&str, &str)]) {
        let config = self.folder.0.join("sanctuary.toml");
        let before = fs::read_to_string(&config).unwrap();
        let mut written: BTreeMap<&str, &str> =
            before.lines().filter_map(|line| line.split_once(" = ")).collect();
        written.extend(settings.iter().copied());
        write_settings(&config, &written);
    }

    /// What it printed so far, on standard output and standard error.
    pub fn printed(&self) -> Vec<String> {
        self.printed.lock().unwrap().clone()
    }

    /// Waits until it has printed a line with `text` in it.
    pub async fn says(&self, text: &str) {
        let mut more = self.more.clone();
        let said = more.wait_for(|_| self.printed().iter().any(|line| line.contains(text)));
        patiently(text, said).await.unwrap();
    }

    /// Waits until it has told its supervisor so, and gives all that it told at once.
    pub async fn notice(&self, state: &str) -> String {
        patiently(state, notice(&self.notices, state)).await
    }

    /// The next that it tells its supervisor.
    pub async fn told(&self) -> String {
        patiently("word to the supervisor", told(&self.notices)).await
    }

    /// Rooms and members, as `systemctl status` shows them after a reload.
    pub async fn counts(&self) -> (usize, usize) {
        // Its earlier words would be out of date.
        while self.notices.try_recv(&mut [0; 1024]).is_ok() {}
        self.signal(Signal::SIGHUP);
        patiently("the status", async {
            loop {
                let told = told(&self.notices).await;
                if let Some(counts) = told.lines().find_map(|line| counts(line.strip_prefix("STATUS=")?)) {
                    return counts;
                }
            }
        })
        .await
    }

    /// How many of `count` connections without a seat it goes on answering when all of them have come.
    pub async fn serves(&self, count: usize) -> usize {
        let mut streams = Vec::new();
        for _ in 0..count {
            let mut stream = TcpStream::connect(self.address()).await.unwrap();
            assert!(is_answered(&mut stream).await, "whoever comes last has a place");
            streams.push(stream);
        }
        let mut served = 0;
        for stream in &mut streams {
            served += usize::from(is_answered(stream).await);
        }
        served
    }

    /// Waits for its end.
    pub async fn ended(&mut self) -> ExitStatus {
        patiently("the daemon's end", self.child.wait()).await.unwrap()
    }
}

async fn is_answered(stream: &mut TcpStream) -> bool {
    let asked = stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.is_ok();
    let mut answer = Vec::new();
    while asked && !answer.ends_with(b"\r\n\r\nok\n") {
        if patiently("an answer", stream.read_buf(&mut answer)).await.unwrap_or(0) == 0 {
            return false;
        }
    }
    answer.starts_with(b"HTTP/1.1 200")
}

/// The binary that cargo built, or the one that `SANCTUARY_BIN` names, run by what
/// `SANCTUARY_RUNNER` says: another processor's, say, by `qemu-arm-static -cpu arm1176`.
fn command(program: &[&str]) -> Command {
    let binary = env::var("SANCTUARY_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_sanctuary").to_owned());
    let runner = env::var("SANCTUARY_RUNNER").unwrap_or_default();
    let mut words = program.iter().copied().chain(runner.split_whitespace()).chain([binary.as_str()]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words);
    command
}

fn write_settings(config: &Path, settings: &BTreeMap<&str, &str>) {
    let lines: Vec<String> = settings.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
    fs::write(config, lines.concat()).unwrap();
}

/// The socket's address in a line such as `  http://127.0.0.1:8080/`, which may go on after a
/// space.
fn address(scheme: &str, line: &str) -> Option<SocketAddr> {
    let url = line.trim().strip_prefix(scheme)?;
    url.split_whitespace().next()?.strip_suffix('/')?.parse().ok()
}

/// The end of a status: `…; 2 rooms, 7 members`.
fn counts(status: &str) -> Option<(usize, usize)> {
    let (rooms, members) = status.rsplit_once("; ")?.1.split_once(" rooms, ")?;
    Some((rooms.parse().ok()?, members.strip_suffix(" members")?.parse().ok()?))
}

async fn notice(notices: &UnixDatagram, state: &str) -> String {
    loop {
        let told = told(notices).await;
        if told.lines().any(|line| line == state) {
            return told;
        }
    }
}

async fn told(notices: &UnixDatagram) -> String {
    let mut datagram = [0; 1024];
    let length = notices.recv(&mut datagram).await.unwrap();
    String::from_utf8_lossy(&datagram[..length]).into_owned()
}

fn collect(
    stream: impl AsyncRead + Unpin + Send + 'static,
    into: Arc<Mutex<Vec<String>>>,
    told: watch::Sender<usize>,
) {
    tokio::spawn(async move {
        let mut lines = BufReader::new(stream).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            into.lock().unwrap().push(line);
            told.send_modify(|count| *count += 1);
        }
    });
}
