//! Within which bounds each setting may lie. The lower ones keep the daemon usable, the upper ones keep
//! a slip of the finger from asking for more than a machine has.

use std::ops::RangeInclusive;
use std::time::Duration;

use sanctuary_wire::limits;

/// Bytes of a KiB.
pub const KIB: usize = 1024;
/// Bytes of a MiB.
pub const MIB: usize = 1024 * KIB;

/// Addresses in `listen`.
pub const LISTEN: RangeInclusive<usize> = 1..=16;
/// Entries of `hosts`, `origins` and `proxies`, which are searched one by one.
pub const ENTRIES: RangeInclusive<usize> = 0..=64;

/// Networks in `open_rooms`.
pub const OPENERS: RangeInclusive<usize> = 1..=64;
/// Characters of a code in `open_rooms`.
pub const CODE: RangeInclusive<usize> = 8..=limits::CODE_MOST;

/// `rooms`.
pub const ROOMS: RangeInclusive<u64> = 1..=100_000;
/// `members`.
pub const MEMBERS: RangeInclusive<u64> = 1..=10_000;
/// `connections` and `connections_by_address`; each is a file descriptor.
pub const CONNECTIONS: RangeInclusive<u64> = 1..=100_000;
/// `largest_frame`, in bytes.
pub const LARGEST_FRAME: RangeInclusive<u64> =
    limits::SMALLEST_LARGEST_FRAME as u64..=limits::LARGEST_LARGEST_FRAME as u64;
/// `backlog`, in bytes; what `members` and `largest_frame` need may be more than the lower bound.
pub const BACKLOG: RangeInclusive<u64> = 16 * KIB as u64..=64 * MIB as u64;
/// `waiting`, in bytes; what `backlog` and `largest_frame` need may be more than the lower bound.
pub const WAITING: RangeInclusive<u64> = MIB as u64..=4095 * MIB as u64;

/// `tries_by_address` each minute and `rooms_by_address` each hour.
pub const TRIES: RangeInclusive<u64> = 1..=1_000_000;
/// `frame_rate`, `frame_burst` and `frames_by_address`, each second.
pub const FRAMES: RangeInclusive<u64> = 1..=1_000_000;

/// `grace`.
pub const GRACE: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(3600);
/// `ping`.
pub const PING: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(600);
/// `handshake`.
pub const HANDSHAKE: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(120);

/// `hsts`; nothing tells browsers to forget what they were told, anything else is a second or more.
pub const HSTS: RangeInclusive<Duration> = Duration::ZERO..=Duration::from_secs(365 * 24 * 3600);

/// Bytes of the backlog that these settings need at the least: a `welcome` of a full room, and one
/// frame of the largest size that is relayed right after it.
#[must_use]
pub fn smallest_backlog(members: usize, largest_frame: usize) -> usize {
    let welcome = members * (limits::CARD_MOST + limits::OVERHEAD) + limits::OVERHEAD;
    welcome + largest_frame + limits::OVERHEAD
}

/// Bytes of `waiting` that these settings need at the least: one member's full backlog, and one message that comes in,
/// in a buffer that has doubled.
#[must_use]
pub fn smallest_waiting(backlog: usize, largest_frame: usize) -> usize {
    backlog + 2 * largest_frame
}
