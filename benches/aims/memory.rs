//! What a member costs in memory that does nothing, and a server that nobody is in.

use std::io::Write;

use crate::contender::{Contender, SANCTUARY, with_others};
use crate::crowd::Crowd;
use crate::peer::{Peer, connect};
use crate::table::{Table, kilobytes, megabytes};
use crate::{Extent, Result};

/// Members in each room.
const TOGETHER: usize = 100;

/// Messages that each gets at once.
const BURST: usize = 200;

/// Members who say them, for all members of an address have an equal share of what it may send.
const TALKERS: usize = 4;

pub(crate) fn measure(extent: Extent) -> Result<()> {
    let members = extent.of(10_000, 200);
    let title = format!("Memory of a server, and of each of {members} idle members");
    let table = Table::new(&title, &["nobody there", "each member", "after a burst"]);
    for kind in with_others(extent, vec![SANCTUARY]) {
        let (name, contender) = (kind.name, Contender::start(kind, TOGETHER, members)?);
        // The first of all takes for all, so it is taken before.
        let mut first = Peer::new(connect(contender.address, members)?);
        first.ask()?;
        first.answered()?;
        drop(first);
        let empty = contender.process().memory()?;
        let mut crowd = Crowd::fill(contender, members / TOGETHER, TOGETHER)?;
        let memory = |crowd: &Crowd| -> Result<f64> {
            let more = crowd.contender.process().memory()?.saturating_sub(empty);
            Ok(more as f64 / members as f64)
        };
        let idle = memory(&crowd)?;
        burst(&mut crowd)?;
        let after = memory(&crowd)?;
        table.row(name, [megabytes(empty as f64), kilobytes(idle), kilobytes(after)]);
    }
    Ok(())
}

/// Everybody gets much at once.
fn burst(crowd: &mut Crowd) -> Result<()> {
    let messages = crowd.message.repeat(BURST / TALKERS);
    for room in 0..crowd.rooms.len() {
        for talker in &mut crowd.rooms[room][..TALKERS] {
            talker.stream.write_all(&messages)?;
        }
        crowd.take(room, BURST)?;
    }
    Ok(())
}
