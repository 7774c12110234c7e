//! What a member costs in memory that does nothing.

use std::io::Write;

use sanctuary_wire::DaemonFrame;

use crate::daemon::Daemon;
use crate::peer::say;
use crate::{Result, room};

/// Members in each room.
const TOGETHER: usize = 100;

/// Messages that each gets at once.
const BURST: usize = 200;

/// Members who say them, for all members of an address have an equal share of what it may send.
const TALKERS: usize = 4;

/// Bytes for each member.
pub(crate) struct Memory {
    pub(crate) idle: f64,
    pub(crate) after_burst: f64,
}

/// Lets `count` members enter and idle, then get much at once and idle again.
pub(crate) fn of_members(count: usize) -> Result<Memory> {
    let daemon = Daemon::start()?;
    let before = daemon.memory()?;
    let mut rooms = Vec::new();
    for number in 0..count.div_ceil(TOGETHER) {
        rooms.push(room::fill(&daemon, number, TOGETHER.min(count - number * TOGETHER))?);
    }
    let idle = daemon.memory()?;
    for members in &mut rooms {
        for talker in &mut members[..TALKERS] {
            talker.stream.write_all(&say().repeat(BURST / TALKERS))?;
        }
        for member in members {
            for _ in 0..BURST {
                room::expect(&member.frame()?, |frame| matches!(frame, DaemonFrame::Said { .. }))?;
            }
        }
    }
    let after = daemon.memory()?;
    let each = |memory: u64| memory.saturating_sub(before) as f64 / count as f64;
    Ok(Memory { idle: each(idle), after_burst: each(after) })
}
