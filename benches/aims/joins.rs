//! How many members come and go in a second of the daemon's processor time: a new connection, its upgrade,
//! entry with a proof, exit, and the end of the connection.

use sanctuary_wire::{ClientFrame, DaemonFrame};

use crate::daemon::Daemon;
use crate::peer::Peer;
use crate::{Result, median, room};

/// How many come and go at the same time, each in a room of its own where somebody else is told.
const AT_ONCE: usize = 32;

/// Joins and leaves, both together counted as one.
pub(crate) fn for_each_second(count: usize, turns: usize) -> Result<f64> {
    let daemon = Daemon::start()?;
    let mut residents = Vec::new();
    for number in 0..AT_ONCE {
        residents.extend(room::fill(&daemon, number, 1)?);
    }
    let mut figures = Vec::new();
    for _ in 0..turns {
        let before = daemon.cpu_time()?;
        for _ in 0..count / AT_ONCE {
            come_and_go(&daemon, &mut residents)?;
        }
        let joins = count / AT_ONCE * AT_ONCE;
        figures.push(joins as f64 / daemon.cpu_time()?.saturating_sub(before).as_secs_f64());
    }
    Ok(median(&mut figures))
}

fn come_and_go(daemon: &Daemon, residents: &mut [Peer]) -> Result<()> {
    let mut peers = residents.iter().map(|_| Peer::new(daemon.address)).collect::<Result<Vec<_>>>()?;
    peers.iter_mut().try_for_each(Peer::ask)?;
    for (number, peer) in peers.iter_mut().enumerate() {
        let nonce = peer.greeted()?;
        peer.enter(room::id(number), &nonce, 1)?;
    }
    for peer in &mut peers {
        peer.welcomed()?;
        peer.send(&ClientFrame::Exit)?;
    }
    peers.iter_mut().try_for_each(Peer::read_to_end)?;
    for resident in residents {
        let (came, went) = (resident.frame()?, resident.frame()?);
        match (DaemonFrame::decode(&came)?, DaemonFrame::decode(&went)?) {
            (DaemonFrame::Joined { id, .. }, DaemonFrame::Left { id: left, .. }) if id == left => {}
            other => return Err(format!("{other:?} instead of somebody who comes and goes").into()),
        }
    }
    Ok(())
}
