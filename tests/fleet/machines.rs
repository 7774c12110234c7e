//! A balancer and three machines behind it, each a network namespace with a line to the balancer's, and the real
//! programs on them.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::Command;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::runtime::Builder;

use super::support::{Daemon, Issued, Network};

/// What visitors type, and where the balancer is.
pub(crate) const SITE: &str = "chat.example.org";
pub(crate) const BALANCER: &str = "10.0.0.1";

/// What the balancer calls the daemons.
pub(crate) const NAMES: [&str; 3] = ["a", "b", "c"];

/// What daemons are told beside what the example says; the limits by address are those that there are by default.
const MORE: [(&str, &str); 8] = [
    ("rooms", "100000"),
    ("connections", "10000"),
    ("connections_by_address", "64"),
    ("tries_by_address", "60"),
    ("rooms_by_address", "30"),
    ("frame_rate", "20"),
    ("frames_by_address", "200"),
    // A room is left behind by who goes.
    ("grace", "\"1 h\""),
];

/// The machines.
pub(crate) struct Machines {
    balancer: Network,
    others: [Network; 3],
}

impl Machines {
    /// `None` for who is not root.
    pub(crate) fn new() -> Option<Self> {
        let balancer = Network::new()?;
        // Visitors come from all of these.
        for address in [&format!("{BALANCER}/32"), "192.0.2.0/24", "198.51.100.0/24"] {
            balancer.ip(&format!("address add {address} dev lo"));
        }
        let machine = |number: usize| {
            let (machine, own) = (Network::new()?, address(number));
            let line = format!("to-{}", NAMES[number]);
            let far = machine.within()[3];
            balancer.ip(&format!("link add {line} type veth peer name eth0 netns {far}"));
            machine.give("eth0", &[&format!("{own}/32")]);
            balancer.ip(&format!("link set {line} up"));
            balancer.ip(&format!("route add {own}/32 dev {line} src {BALANCER}"));
            machine.ip(&format!("route add {BALANCER}/32 dev eth0"));
            Some(machine)
        };
        let others = [machine(0)?, machine(1)?, machine(2)?];
        Some(Self { balancer, others })
    }

    /// Lets the fleet be and somebody visit it, by a thread on the balancer.
    pub(crate) fn visit(&self, balancer: Balancer, visit: impl AsyncFnOnce(Fleet) + Send + 'static) {
        let places = self.others.each_ref().map(|other| other.within().map(str::to_owned));
        self.balancer.inside(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { visit(Fleet::start(places, balancer).await).await });
        });
    }
}

/// The address of a machine behind the balancer.
fn address(number: usize) -> String {
    format!("10.0.0.{}", 11 + number)
}

/// What spreads the rooms, by its shipped example.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Balancer {
    Haproxy,
    Nginx,
}

/// All that runs; it is ended on drop.
pub(crate) struct Fleet {
    pub(crate) daemons: Vec<Daemon>,
    balancer: Balancer,
    files: Issued,
    proxies: Vec<Pid>,
}

impl Fleet {
    async fn start(places: [[String; 4]; 3], balancer: Balancer) -> Self {
        let mut daemons = Vec::new();
        let text = balancer.example();
        let stated: Vec<_> =
            text.lines().filter_map(|line| line.strip_prefix("#     ")?.split_once(" = ")).collect();
        assert!(stated.len() >= 4, "{stated:?}");
        for (number, place) in places.iter().enumerate() {
            // The port of the example: a balancer's ring depends on it, so that another would spread otherwise.
            let listen = format!("[\"{}:8080\"]", address(number));
            let settings = stated.iter().copied().chain(MORE).chain([("listen", &*listen)]);
            let place: Vec<_> = place.iter().map(String::as_str).collect();
            daemons.push(Daemon::under(&place, &settings.collect::<Vec<_>>()).await);
        }
        let mut fleet = Self { daemons, balancer, files: Issued::new(), proxies: Vec::new() };
        let pair =
            ["certificate.pem", "key.pem"].map(|name| fs::read_to_string(fleet.files.path(name)).unwrap());
        fs::write(fleet.files.path("pair.pem"), pair.concat()).unwrap();
        fs::write(fleet.files.path("configuration"), fleet.configuration(text)).unwrap();
        fleet.reload();
        fleet
    }

    /// The example, with the places of this test.
    fn configuration(&self, mut text: String) -> String {
        let own = |from: &str, to: String| (from.to_owned(), to);
        let places = match self.balancer {
            Balancer::Haproxy => vec![
                own(":::80 v4v6", format!("{BALANCER}:80")),
                own(":::443 v4v6", format!("{BALANCER}:443")),
                own("/etc/haproxy/chat.example.org.pem", self.path("pair.pem")),
            ],
            Balancer::Nginx => vec![
                own("/etc/letsencrypt/live/chat.example.org/fullchain.pem", self.path("certificate.pem")),
                own("/etc/letsencrypt/live/chat.example.org/privkey.pem", self.path("key.pem")),
            ],
        };
        for (from, to) in places {
            assert!(text.contains(&from), "{from}");
            text = text.replace(&from, &to);
        }
        match self.balancer {
            Balancer::Haproxy => {
                format!("global\n stats socket {} mode 600 level admin\n{text}", self.path("stats"))
            }
            Balancer::Nginx => {
                let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
                let places = kinds.map(|kind| format!("{kind}_temp_path {};\n", self.path(kind))).concat();
                let events = "worker_rlimit_nofile 8192;\nevents { worker_connections 4096; }\n";
                format!("pid {};\n{events}http {{\n{places}{text}}}\n", self.path("pid"))
            }
        }
    }

    /// Starts the balancer, or lets a new process take over from the one that runs.
    pub(crate) fn reload(&mut self) {
        let [configuration, pid, log] = ["configuration", "pid", "log"].map(|name| self.path(name));
        let mut command = match self.balancer {
            Balancer::Haproxy => Command::new("haproxy"),
            Balancer::Nginx => Command::new("nginx"),
        };
        match self.balancer {
            Balancer::Haproxy => command.args(["-D", "-f", &configuration, "-p", &pid]),
            Balancer::Nginx => command.args(["-c", &configuration, "-e", &log]),
        };
        if let Some(before) = self.proxies.last() {
            command.args(["-sf", &before.to_string()]);
        }
        let output = command.output().expect("apt-get install haproxy nginx-light");
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        let pid = fs::read_to_string(self.path("pid")).unwrap();
        self.proxies.push(Pid::from_raw(pid.trim().parse().unwrap()));
    }

    /// What `HAProxy` knows of a daemon: `UP`, `DOWN`, or `NOLB` where that is left alone.
    pub(crate) fn state(&self, name: &str) -> String {
        let told = self.ask("show stat");
        let row = told.lines().find(|line| line.starts_with(&format!("rooms,{name},")));
        row.unwrap().split(',').nth(17).unwrap().to_owned()
    }

    /// Where the rooms of a shard are, if any room was.
    pub(crate) fn pinned(&self, shard: &str) -> Option<String> {
        let told = self.ask("show table rooms");
        let row = told.lines().find(|line| line.contains(&format!("key={shard} ")))?;
        Some(row.split("server_key=").nth(1)?.trim().to_owned())
    }

    /// Lets nothing pass between the balancer and a daemon, both of which run on.
    pub(crate) fn cut_off(name: &str) {
        Self::rule("add", name);
    }

    pub(crate) fn reach_again(name: &str) {
        Self::rule("del", name);
    }

    fn rule(what: &str, name: &str) {
        let number = NAMES.iter().position(|known| *known == name).unwrap();
        let place = address(number);
        let rule = ["rule", what, "to", &place, "pref", "10", "unreachable"];
        let output = Command::new("ip").args(rule).output().expect("apt-get install iproute2");
        assert!(output.status.success(), "{output:?}");
    }

    /// What `HAProxy` says to a command.
    pub(crate) fn ask(&self, command: &str) -> String {
        let mut socket = UnixStream::connect(self.path("stats")).unwrap();
        socket.write_all(format!("{command}\n").as_bytes()).unwrap();
        let mut told = String::new();
        socket.read_to_string(&mut told).unwrap();
        told
    }

    fn path(&self, name: &str) -> String {
        self.files.path(name).display().to_string()
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        for pid in &self.proxies {
            // One that has nobody left has gone by itself.
            let _ = kill(*pid, Signal::SIGTERM);
        }
    }
}

impl Balancer {
    /// The example as it is shipped.
    pub(crate) fn example(self) -> String {
        let name = match self {
            Self::Haproxy => "haproxy.cfg",
            Self::Nginx => "nginx.conf",
        };
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("packaging/examples/fleet");
        fs::read_to_string(folder.join(name)).unwrap()
    }
}
