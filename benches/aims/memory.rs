//! What a member costs in memory that does nothing.

use std::io::Write;

use sanctuary::wire::DaemonFrame;

use crate::Result;
use crate::daemon::Daemon;
use crate::peer::{Peer, room, say};

/// Members in each room.
const TOGETHER: usize = 100;

/// Messages that each gets at once.
const BURST: usize = 200;

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
        rooms.push(fill(&daemon, number, TOGETHER.min(count - number * TOGETHER))?);
    }
    let idle = daemon.memory()?;
    for members in &mut rooms {
        members[0].stream.write_all(&say().repeat(BURST))?;
        for member in members {
            for _ in 0..BURST {
                expect(&member.frame()?, |frame| matches!(frame, DaemonFrame::Said { .. }))?;
            }
        }
    }
    let after = daemon.memory()?;
    let each = |memory: u64| memory.saturating_sub(before) as f64 / count as f64;
    Ok(Memory { idle: each(idle), after_burst: each(after) })
}

fn fill(daemon: &Daemon, number: usize, count: usize) -> Result<Vec<Peer>> {
    let mut members = Vec::<Peer>::new();
    for newcomer in 0..count {
        let mut peer = Peer::new(daemon.address)?;
        peer.ask()?;
        let nonce = peer.greeted()?;
        if newcomer == 0 {
            peer.create(room(number))?
        } else {
            peer.enter(room(number), &nonce, newcomer)?
        }
        peer.welcomed()?;
        for member in &mut members {
            expect(&member.frame()?, |frame| matches!(frame, DaemonFrame::Joined { .. }))?;
        }
        members.push(peer);
    }
    Ok(members)
}

fn expect(frame: &[u8], is_it: impl FnOnce(&DaemonFrame<'_>) -> bool) -> Result<()> {
    let frame = DaemonFrame::decode(frame)?;
    if is_it(&frame) { Ok(()) } else { Err(format!("not what was to come: {frame:?}").into()) }
}
