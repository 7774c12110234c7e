//! Every setting, its default, and whether a running daemon can take it up.

use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use super::bounds::{self, KIB, MIB};
use super::{DEFAULT_FILE, HostName, ListenAddress, OpenRooms, Origin};

/// All that an operator can decide. Made by [`Settings::load`], or [`Settings::default`] for none decided.
///
/// Each field but the first is a key of `sanctuary.toml` of the same name; `packaging/sanctuary.toml` gives the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The file they were read from, or would have been; a reload reads it again.
    pub file: PathBuf,

    /// Where to listen: one address or more, none of which covers another.
    pub listen: Vec<ListenAddress>,
    /// Where to listen for https, when there is a certificate; none of them is covered by one of `listen`.
    pub listen_tls: Vec<ListenAddress>,
    /// Whom to become when started as root.
    pub user: String,
    /// Whether to refuse to start when memory cannot be locked.
    pub require_memory_lock: bool,
    /// Under which names pages are served, beside the machine's and the certificate's.
    pub hosts: Vec<HostName>,
    /// From which pages, beside the daemon's own, a browser may connect.
    pub origins: Vec<Origin>,
    /// Whose `X-Forwarded-For` and `X-Forwarded-Proto` count.
    pub proxies: Vec<IpNet>,
    /// Who may open rooms.
    pub open_rooms: OpenRooms,
    /// The certificate to serve https with, if any.
    pub tls: Option<Tls>,
    /// Whether plain requests are sent on to https, when there is a certificate.
    pub redirect_to_https: bool,
    /// For how long browsers are told to come by https alone, if at all; zero takes back what they were told.
    pub hsts: Option<Duration>,

    /// Rooms at a time.
    pub rooms: usize,
    /// Members in one room, the away ones counted.
    pub members: usize,
    /// Connections at a time.
    pub connections: usize,
    /// Bytes of the largest frame that a client may send.
    pub largest_frame: usize,
    /// Bytes that may wait for one member that does not take them.
    pub backlog: usize,
    /// Bytes that may wait for all members together, and come in from them; a share of the memory unless it is set.
    pub waiting: Option<usize>,

    /// Connections of one address at a time.
    pub connections_by_address: u32,
    /// Tries to create, enter or resume from one address, each minute.
    pub tries_by_address: u32,
    /// Rooms created from one address, each hour.
    pub rooms_by_address: u32,
    /// Frames of one member, each second, in the long run.
    pub frame_rate: u32,
    /// Frames that a member may send at once after a silence.
    pub frame_burst: u32,
    /// Frames of all connections of one address, each second.
    pub frames_by_address: u32,

    /// How long the seat of a broken connection is kept.
    pub grace: Duration,
    /// How often a silent connection is asked whether it is still there; unanswered until the next time,
    /// it is broken.
    pub ping: Duration,
    /// How long a request's head may take, and then the first frame after `hello`.
    pub handshake: Duration,
}

/// Where the certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Two files in PEM, read again on a reload.
    Files {
        /// The chain, the server's own certificate first.
        certificate: PathBuf,
        /// The certificate's private key.
        key: PathBuf,
    },
    /// Made at start, and kept in memory.
    SelfSigned,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            file: DEFAULT_FILE.into(),

            listen: vec![ListenAddress::default()],
            listen_tls: vec![ListenAddress::default_for_tls()],
            user: "sanctuary".to_owned(),
            require_memory_lock: false,
            hosts: Vec::new(),
            origins: Vec::new(),
            proxies: Vec::new(),
            open_rooms: OpenRooms::Anyone,
            tls: None,
            redirect_to_https: true,
            hsts: None,

            rooms: 1_000,
            members: 200,
            connections: 2_000,
            largest_frame: 64 * KIB,
            backlog: MIB,
            waiting: None,

            connections_by_address: 64,
            tries_by_address: 60,
            rooms_by_address: 30,
            frame_rate: 20,
            frame_burst: 60,
            frames_by_address: 200,

            grace: Duration::from_secs(30),
            ping: Duration::from_secs(20),
            handshake: Duration::from_secs(10),
        }
    }
}

impl Settings {
    /// Those that decide how much memory may be needed; a running daemon may be unable to take up more.
    pub const OF_MEMORY: [&'static str; 4] = ["connections", "largest_frame", "backlog", "waiting"];

    /// These settings, but for [`Settings::OF_MEMORY`], which are those of `other`.
    #[must_use]
    pub fn with_memory_of(self, other: &Self) -> Self {
        let Self { connections, largest_frame, backlog, waiting, .. } = *other;
        Self { connections, largest_frame, backlog, waiting, ..self }
    }

    /// Which settings differ in `new` but take a restart; every other takes effect on a reload.
    #[must_use]
    pub fn needs_restart(&self, new: &Self) -> Vec<&'static str> {
        // Sockets, privileges and memory are settled before the daemon gives up the right to change them.
        let settled = [
            ("listen", self.listen != new.listen),
            ("listen_tls", self.listen_tls != new.listen_tls),
            ("user", self.user != new.user),
            ("require_memory_lock", self.require_memory_lock != new.require_memory_lock),
            ("tls_certificate", self.certificate() != new.certificate()),
            ("tls_key", self.key() != new.key()),
            ("self_signed", self.is_self_signed() != new.is_self_signed()),
        ];
        settled.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
    }

    /// Bytes that may wait for all where there are so many bytes of memory: unless it is set a quarter, so that half of
    /// the memory, which the package's unit allows, leaves as much again for buffers of connections. Never more than all
    /// of them can come to.
    #[must_use]
    pub fn waiting_within(&self, memory: u64) -> usize {
        let quarter = usize::try_from(memory / 4).unwrap_or(usize::MAX);
        let each = bounds::smallest_waiting(self.backlog, self.largest_frame);
        self.waiting.unwrap_or(quarter.clamp(each, self.connections.saturating_mul(each)))
    }

    fn certificate(&self) -> Option<&PathBuf> {
        let Some(Tls::Files { certificate, .. }) = &self.tls else { return None };
        Some(certificate)
    }

    fn key(&self) -> Option<&PathBuf> {
        let Some(Tls::Files { key, .. }) = &self.tls else { return None };
        Some(key)
    }

    fn is_self_signed(&self) -> bool {
        self.tls == Some(Tls::SelfSigned)
    }
}
