//! What an operator may set about the server.

use std::time::Duration;

use ipnet::IpNet;

use super::{Allowance, Creators, Rate, TlsIdentity};
use crate::room::Limits;

/// All that an operator may set about the edge, proved by whoever made it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Bytes of the largest frame taken from a client.
    pub largest_frame: usize,
    /// Bytes that may wait for one member.
    pub backlog: usize,
    /// Bytes that may wait for all connections together, and come in from them.
    pub waiting: usize,
    /// Time for a request's head, and again from `hello` to the first frame.
    pub handshake: Duration,
    /// Time between pings.
    pub ping: Duration,
    /// Frames of one member.
    pub frames: Rate,
    /// What one address may have.
    pub allowance: Allowance,
    /// What rooms may have.
    pub rooms: Limits,
    /// Who may open them.
    pub creators: Creators,
    /// Origins that may connect besides the host itself, each as `scheme://host[:port]`.
    pub origins: Vec<String>,
    /// Names under which pages are served besides addresses and `localhost`, in small letters and without a dot at
    /// their end; `*.` in front stands for any one label.
    pub hosts: Vec<String>,
    /// Whose `X-Forwarded-For` and `X-Forwarded-Proto` count.
    pub proxies: Vec<IpNet>,
    /// What [`Listener`]s that are secure shake hands with; without it they drop everybody.
    pub tls: Option<TlsIdentity>,
    /// The port of https to which plain requests are sent on.
    pub redirect: Option<u16>,
    /// For how long browsers are told to come by https alone; they are told nothing without it.
    pub hsts: Option<Duration>,
}
