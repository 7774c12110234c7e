//! The table of all settings but those of https: name, type, default, bounds, and what a change of it takes.

use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use sanctuary_wire::limits;

use super::https::{Https, HttpsKeys};
use super::reader::TomlReader;
use super::table::Kind::{self, List, Number, Size, Switch, Time, User};
use super::table::{Effect, Setting, settings};
use super::units::{HOUR, KIB, MIB, MINUTE, SECOND};
use super::value::{ReadToml, WriteToml};
use super::{DEFAULT_FILE, HostName, ListenAddress, OpenRooms, Origin};

const SMALLEST_LARGEST_FRAME: u64 = limits::SMALLEST_LARGEST_FRAME as u64;
const LARGEST_LARGEST_FRAME: u64 = limits::LARGEST_LARGEST_FRAME as u64;

/// Bytes of a `welcome` beside its cards and heart: a box, numbers and hashes.
const WELCOME: usize = 512;

settings! {
    /// All that an operator can decide. Made by [`Settings::load`], or [`Settings::default`] for none decided.
    ///
    /// `packaging/sanctuary.toml` gives the reasons of each; a test holds it to these lines.
    pub struct Settings {
        /// Where to listen; none of the addresses covers another.
        listen: Vec<ListenAddress> = vec![ListenAddress::EVERYWHERE], List(ListenAddress::COUNT), Restart;
        /// Whom to become when started as root.
        user: String = "sanctuary".to_owned(), User, Restart;
        /// Whether to refuse to start when memory cannot be locked.
        require_memory_lock: bool = false, Switch, Restart;

        /// Under which names pages are served, beside the machine's and the certificate's.
        hosts: Vec<HostName> = Vec::new(), List(0..=64), Reload;
        /// Which pages may connect beside the daemon's own.
        origins: Vec<Origin> = Vec::new(), List(0..=64), Reload;
        /// Whose word on the visitor's address is taken.
        proxies: Vec<IpNet> = Vec::new(), List(0..=64), Reload;
        /// Whether each connection of theirs begins with a header of the PROXY protocol.
        proxy_protocol: bool = false, Switch, Reload;
        /// Who may open rooms.
        open_rooms: OpenRooms = OpenRooms::Anyone, Kind::OpenRooms, Reload;

        /// Rooms at a time.
        rooms: usize = 1_000, Number(1..=100_000), Reload;
        /// Members in one room, the away ones counted.
        members: usize = 200, Number(1..=limits::SEATS_MOST as u64), Reload;
        /// Seats at a time, of those who are away too; a quarter as many more connections have none.
        connections: usize = 2_000, Number(1..=100_000), RestartToRaise;
        /// Bytes of the largest frame that a client may send.
        largest_frame: usize = 64 * KIB, Size(SMALLEST_LARGEST_FRAME..=LARGEST_LARGEST_FRAME), RestartToRaise;
        /// Bytes that may wait for one member that does not take them; passes have half of them.
        backlog: usize = MIB, Size(16 * KIB as u64..=64 * MIB as u64), RestartToRaise;
        /// Bytes that may wait for all members together, and come in from them; a share of the memory unless it is set.
        waiting: Option<usize> = None, Size(MIB as u64..=4095 * MIB as u64), RestartToRaise;

        /// Seats of one address at a time; as many more connections may be greeted and have none, and a quarter say nothing.
        connections_by_address: u32 = 64, Number(1..=100_000), Reload;
        /// Tries to create or enter from one address, each minute.
        tries_by_address: u32 = 60, Number(1..=1_000_000), Reload;
        /// Rooms created from one address, each hour.
        rooms_by_address: u32 = 30, Number(1..=1_000_000), Reload;
        /// Frames of one address, each second, shared equally by its members.
        frames_by_address: u32 = 200, Number(1..=1_000_000), Reload;
        /// Frames of one member, each second, in the long run.
        frame_rate: u32 = 20, Number(1..=1_000_000), Reload;
        /// Frames that a member may send at once after a silence; see [`Settings::frames_at_once`].
        frame_burst: u32 = 128, Number(1..=1_000_000), Reload;

        /// How long the seat of a broken connection is kept.
        grace: Duration = Duration::from_secs(120), Time(SECOND..=HOUR), Reload;
        /// How often a silent connection is asked whether it is still there; unanswered until the next time, it is broken.
        ping: Duration = Duration::from_secs(20), Time(SECOND..=10 * MINUTE), Reload;
        /// How long rooms may go on once the daemon is told to make way, which then ends for good; without it they are
        /// told of a restart.
        drain: Option<Duration> = None, Time(MINUTE..=168 * HOUR), Reload;
        /// How long a request's head may take, and then the first frame after `hello`.
        handshake: Duration = Duration::from_secs(10), Time(SECOND..=2 * MINUTE), Reload;
    }
    beside {
        /// The file they were read from, or would have been; a reload reads it again.
        file: PathBuf = DEFAULT_FILE.into();
        /// How https is served, if there is a certificate; its keys are in a table of their own.
        https: Option<Https> = None;
    }
}

impl Settings {
    /// The settings that decide how much memory may be needed; a running daemon may be unable to take up more.
    pub fn of_memory() -> impl Iterator<Item = &'static str> {
        let of_memory = |setting: &&Setting| setting.effect == Effect::RestartToRaise;
        Self::TABLE.iter().filter(of_memory).map(|setting| setting.key)
    }

    /// These settings, but for [`Settings::of_memory`], which are those of `other`.
    #[must_use]
    pub fn with_memory_of(mut self, other: &Self) -> Self {
        self.take_memory_from(other);
        self
    }

    /// Which settings differ in `new` but take a restart; every other takes effect on a reload.
    #[must_use]
    pub fn needs_restart(&self, new: &Self) -> Vec<&'static str> {
        let [https, mut new_https] = [self, new].map(|settings| HttpsKeys::of(settings.https.as_ref()));
        if self.https.is_none() || new.https.is_none() {
            // One of them does not say where https would be served.
            new_https.listen_tls.clone_from(&https.listen_tls);
        }
        self.needing_restart(new).chain(https.needing_restart(&new_https)).collect()
    }

    /// The text that [`Settings::parse`] reads as these settings.
    #[must_use]
    pub fn to_toml(&self) -> String {
        [self.lines(), HttpsKeys::of(self.https.as_ref()).lines()].concat().join("\n")
    }

    /// Whose connections begin with a header of the PROXY protocol.
    #[must_use]
    pub fn introducing(&self) -> &[IpNet] {
        if self.proxy_protocol { &self.proxies } else { &[] }
    }

    /// Where to listen for https, if it is served.
    #[must_use]
    pub fn listen_tls(&self) -> &[ListenAddress] {
        self.https.as_ref().map_or(&[], |https| &https.listen)
    }

    /// Whether plain requests are sent on to https, where it is served. Settings that name no certificate leave that
    /// at its default: until a restart, https may be served all the same.
    #[must_use]
    pub fn redirects(&self) -> bool {
        self.https.as_ref().is_none_or(|https| https.redirect)
    }

    /// How long browsers are told to refuse plain http, if they are told anything.
    #[must_use]
    pub fn hsts(&self) -> Option<Duration> {
        self.https.as_ref()?.hsts
    }

    /// Bytes of the backlog that these settings need at the least. Half of it is for what the room says: a `welcome` of
    /// a full room, and one frame of the largest size that is relayed right after it. A quarter of it is what a member
    /// may send at once: one frame of the largest size.
    #[must_use]
    pub fn smallest_backlog(&self) -> usize {
        let welcome = self.members * (limits::CARD_MOST + limits::OVERHEAD) + limits::HEART_MOST + WELCOME;
        (2 * (welcome + self.largest_frame + limits::OVERHEAD)).max(4 * self.largest_frame)
    }

    /// Frames that a member may send at once, each for a KiB begun: no more than a quarter of the backlog has KiB, so
    /// that nobody alone can make another too slow, and no fewer than the largest frame has.
    #[must_use]
    pub fn frames_at_once(&self) -> u32 {
        let count = |kib: usize| u32::try_from(kib).unwrap_or(u32::MAX);
        let (most, least) = (count(self.backlog / 4 / KIB), count(self.largest_frame.div_ceil(KIB)));
        self.frame_burst.min(most).max(least)
    }

    /// Bytes of `waiting` that these settings need at the least: one member's full backlog, and one message that comes
    /// in, in a buffer that has doubled.
    #[must_use]
    pub fn smallest_waiting(&self) -> usize {
        self.backlog + 2 * self.largest_frame
    }

    /// Bytes that may wait for all, on a machine with so many bytes of memory. Unless it is set it
    /// is a quarter: the package's unit may have half of the memory, and buffers of connections
    /// need the other quarter. It is never more than all connections can come to.
    #[must_use]
    pub fn waiting_within(&self, memory: u64) -> usize {
        let quarter = usize::try_from(memory / 4).unwrap_or(usize::MAX);
        let each = self.smallest_waiting();
        self.waiting.unwrap_or(quarter.clamp(each, self.connections.saturating_mul(each)))
    }
}
