//! What an operator may set about the server.

use std::time::Duration;

use ipnet::IpNet;

use super::accept::Peer;
use super::{Allowance, Creators, Rate, TlsIdentity, forwarded};
use crate::room::Limits;

/// All that an operator may set about the server. The values have been checked before.
#[derive(Clone, Debug)]
pub struct Options {
    /// Bytes of the largest frame taken from a client.
    pub largest_frame: usize,
    /// Bytes that may wait for one member.
    pub backlog: usize,
    /// Bytes that may wait for all connections together, and that may come in from them.
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
    /// The daemon's protections, as members are told: a bit each.
    pub protections: u64,
    /// Who may create rooms.
    pub creators: Creators,
    /// Origins that may connect besides the host itself, each as `scheme://host[:port]`.
    pub origins: Vec<String>,
    /// Names under which pages are served besides addresses and `localhost`, in small letters and
    /// without a dot at their end; `*.` in front stands for any one label.
    pub hosts: Vec<String>,
    /// Proxies, whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub proxies: Vec<IpNet>,
    /// Whether connections of these begin with a header of the PROXY protocol, which names the client.
    pub proxy_protocol: bool,
    /// The certificate of secure [`Listener`]s; without one they drop everybody.
    pub tls: Option<TlsIdentity>,
    /// The port of https to which plain requests are redirected.
    pub redirect: Option<u16>,
    /// URLs at which people on other machines open the page, the likeliest first.
    pub for_others: Vec<String>,
    /// For how long browsers are told to use https only; `None` tells them nothing.
    pub hsts: Option<Duration>,
}

impl Options {
    /// Whether such a connection is to begin with a proxy's word on its client.
    pub(super) fn expects_introduction(&self, from: Peer) -> bool {
        self.proxy_protocol && !from.introduced && forwarded::is_proxy(from.address, &self.proxies)
    }
}
