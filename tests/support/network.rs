//! A network namespace: interfaces, addresses and routes of a test's own, which reach nobody.

use std::fs::File;
use std::io::{self, Read};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use nix::pty::openpty;
use nix::sched::{CloneFlags, setns};

use super::{PATIENCE, binary};

/// It is gone on drop.
pub struct Network(String);

impl Network {
    /// With a loopback that is up; `None` for who is not root.
    pub fn new() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        if !nix::unistd::geteuid().is_root() {
            return None;
        }
        let name = format!("sanctuary-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        succeed(Command::new("ip").args(["netns", "add", &name]));
        let network = Self(name);
        network.ip("link set lo up");
        Some(network)
    }

    /// `ip`, in this network.
    pub fn ip(&self, arguments: &str) {
        succeed(Command::new("ip").args(["-netns", &self.0]).args(arguments.split(' ')));
    }

    /// A line out of this network, up, of which the other end lies in it too.
    pub fn line(&self, name: &str, addresses: &[&str]) {
        self.ip(&format!("link add {name} type veth peer name {name}-far"));
        self.ip(&format!("link set {name}-far up"));
        self.give(name, addresses);
    }

    /// An interface that is there already comes up, with these addresses.
    pub fn give(&self, name: &str, addresses: &[&str]) {
        self.ip(&format!("link set {name} up"));
        for address in addresses {
            let at_once = if address.contains(':') { " nodad" } else { "" };
            self.ip(&format!("address add {address} dev {name}{at_once}"));
        }
    }

    /// Runs another program in this network.
    pub fn within(&self) -> [&str; 4] {
        ["ip", "netns", "exec", &self.0]
    }

    /// A program, in this network.
    pub fn command(&self, program: &str) -> Command {
        let [runner, arguments @ ..] = self.within();
        let mut command = Command::new(runner);
        command.args(arguments).arg(program);
        command
    }

    /// `sanctuary` with these arguments, in this network, to its end.
    pub fn sanctuary(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let Output { status, stdout, stderr } = self.command(&binary()).args(arguments).output().unwrap();
        (status.code(), [stdout, stderr].map(|text| String::from_utf8(text).unwrap()).concat())
    }

    /// And what it says at a terminal with these variables, which all else has not.
    pub fn at_a_terminal(&self, arguments: &[&str], environment: &[(&str, &str)]) -> String {
        let terminal = openpty(None, None).unwrap();
        let mut command = self.command(&binary());
        for name in ["LC_ALL", "LC_CTYPE", "LANG", "TERM"] {
            command.env_remove(name);
        }
        command.args(arguments).envs(environment.iter().copied());
        command.stdin(Stdio::null()).stdout(terminal.slave).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        drop(command); // and with it the last end of the line but the program's
        let mut said = Vec::new();
        // A terminal that nobody has any more is an error.
        let _ = File::from(terminal.master).read_to_end(&mut said);
        child.wait().unwrap();
        String::from_utf8(said).unwrap().replace("\r\n", "\n")
    }

    /// Connects, in this network.
    pub fn connect(&self, to: SocketAddr) -> io::Result<TcpStream> {
        self.inside(move || TcpStream::connect_timeout(&to, PATIENCE))
    }

    /// Does something by a thread that is in this network.
    pub fn inside<T: Send + 'static>(&self, act: impl FnOnce() -> T + Send + 'static) -> T {
        let namespace = File::open(format!("/run/netns/{}", self.0)).unwrap();
        let there = thread::spawn(move || {
            setns(namespace, CloneFlags::CLONE_NEWNET).unwrap();
            act()
        });
        there.join().unwrap()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let _ = Command::new("ip").args(["netns", "delete", &self.0]).status();
    }
}

fn succeed(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
