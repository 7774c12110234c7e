//! What is measured: the daemon, and what it is measured beside.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::process::Command;

use sanctuary_peers::Layout;

use crate::daemon::{self, Daemon, Folder};
use crate::process::Process;
use crate::{Extent, Result, node};

/// How one talks to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speech {
    /// The daemon's protocol.
    Sanctuary,
    /// WebSockets whose path is the room, and whose messages come back to all in it.
    WebSocket,
    /// Messages of one length; a connection's number says which room it is in.
    Bare,
}

/// A kind of server.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// As it stands in the tables.
    pub(crate) name: &'static str,
    pub(crate) speech: Speech,
    program: Program,
}

#[derive(Debug, PartialEq, Eq)]
enum Program {
    Daemon,
    DaemonBeside,
    /// Of `sanctuary-peers`, by its name there.
    Peer(&'static str),
    /// A script for Node.js, of the same folder.
    Node(&'static str),
}

const fn peer(name: &'static str, speech: Speech, known_as: &'static str) -> Kind {
    Kind { name, speech, program: Program::Peer(known_as) }
}

const fn node(name: &'static str, script: &'static str) -> Kind {
    Kind { name, speech: Speech::WebSocket, program: Program::Node(script) }
}

pub(crate) const BARE: Kind = peer("bare writer", Speech::Bare, "bare");
pub(crate) const GATHERED: Kind = peer("bare, gathered", Speech::Bare, "gathered");
pub(crate) const TICK: Kind = peer("tick", Speech::WebSocket, "tick");
pub(crate) const DOOR: Kind = peer("bare door", Speech::Bare, "door");
pub(crate) const SANCTUARY: Kind =
    Kind { name: "Sanctuary", speech: Speech::Sanctuary, program: Program::Daemon };

/// The other daemon, where one is named.
pub(crate) const SANCTUARY_BESIDE: Kind =
    Kind { name: "Sanctuary, the other", speech: Speech::Sanctuary, program: Program::DaemonBeside };

/// This, and what others use.
const OTHERS: [Kind; 5] = [
    SANCTUARY_BESIDE,
    node("uWebSockets.js", "uws.mjs"),
    node("ws", "ws.mjs"),
    peer("tokio-websockets", Speech::WebSocket, "tokio-websockets"),
    peer("tokio-tungstenite, naive", Speech::WebSocket, "tungstenite"),
];

/// All that are compared by the same scenarios, as they stand in the tables.
pub(crate) fn names() -> Vec<&'static str> {
    [SANCTUARY.name, TICK.name].into_iter().chain(OTHERS.map(|kind| kind.name)).collect()
}

/// These and those of the others that can be had; what is measured in small needs no network.
pub(crate) fn with_others(extent: Extent, mut kinds: Vec<Kind>) -> Vec<Kind> {
    let can_be_had = |kind: &Kind| match kind.program {
        Program::DaemonBeside => daemon::beside().is_some(),
        Program::Node(script) => extent == Extent::Full && node::can_run(script),
        _ => true,
    };
    kinds.extend(OTHERS.into_iter().filter(can_be_had));
    kinds
}

impl Kind {
    /// What went wrong, with whom and at what.
    pub(crate) fn blame<T>(&self, at: fmt::Arguments<'_>, done: Result<T>) -> Result<T> {
        done.map_err(|error| format!("{}, {at}: {error}", self.name).into())
    }
}

/// A running server.
pub(crate) struct Contender {
    pub(crate) kind: Kind,
    pub(crate) address: SocketAddr,
    server: Server,
}

enum Server {
    Daemon(Daemon),
    Peer(Process),
}

impl Contender {
    /// Starts it. A peer whose connections are numbered is told how many members a room has, and how many of its
    /// connections stay.
    pub(crate) fn start(kind: Kind, members: usize, residents: usize) -> Result<Self> {
        let (address, server) = match kind.program {
            Program::Daemon | Program::DaemonBeside => {
                let is_other = kind.program == Program::DaemonBeside;
                let daemon = if is_other { Daemon::start_beside()? } else { Daemon::start()? };
                (daemon.address, Server::Daemon(daemon))
            }
            Program::Peer(name) => {
                // Connections wait in its socket until it is there.
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
                let address = listener.local_addr()?;
                let mut command = Command::new(std::env::current_exe()?);
                command.args([PEER, name, &members.to_string(), &residents.to_string()]);
                command.stdin(OwnedFd::from(listener));
                (address, Server::Peer(Process::spawn(&mut command)?))
            }
            Program::Node(script) => {
                let (address, process) = node::start(script)?;
                (address, Server::Peer(process))
            }
        };
        Ok(Self { kind, address, server })
    }

    /// The daemon, as a program that another runs, which is handed the daemon's folder.
    pub(crate) fn start_under(other: impl FnOnce(&Path) -> Result<Command>) -> Result<Self> {
        let daemon = Daemon::start_under(other)?;
        Ok(Self { kind: SANCTUARY, address: daemon.address, server: Server::Daemon(daemon) })
    }

    /// Lets the daemon end by itself; what is in its folder stays until that is dropped.
    pub(crate) fn end(self) -> Result<Folder> {
        match self.server {
            Server::Daemon(daemon) => daemon.end(),
            Server::Peer(_) => Err("a peer has no folder".into()),
        }
    }

    pub(crate) fn process(&self) -> &Process {
        match &self.server {
            Server::Daemon(daemon) => &daemon.process,
            Server::Peer(process) => process,
        }
    }
}

/// The first argument of a process that is a peer.
const PEER: &str = "peer";

/// Serves as a peer, if it is that for which this process was started: standard input is its socket.
pub(crate) fn serve_as_peer(arguments: &[String]) -> Option<Result<()>> {
    let [is_peer, name, members, residents] = arguments else { return None };
    (is_peer == PEER).then(|| {
        let listener = TcpListener::from(std::io::stdin().as_fd().try_clone_to_owned()?);
        let layout = Layout { members: members.parse()?, residents: residents.parse()? };
        Ok(sanctuary_peers::serve(name, listener, layout)?)
    })
}
