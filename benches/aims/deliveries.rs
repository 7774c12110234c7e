//! How many deliveries the daemon makes in a second of processor time. A message to a room of 100 is 100
//! deliveries: the sender gets it too.

use std::io::Write;
use std::time::Duration;

use sanctuary_wire::Id;

use crate::daemon::Daemon;
use crate::peer::{Gulp, Peer, said, say};
use crate::{Result, bare, median, room};

/// Members who talk, the first to arrive, so that all their numbers take one byte in a frame.
const TALKERS: usize = 10;

/// Messages that each of them has under way at a time, twice.
const VOLLEY: usize = 32;

/// The number of who is first in a room.
const FIRST: Id = Id(1);

/// Members of one room, each of whom knows what it will get next.
struct Members {
    peers: Vec<Peer>,
    gulp: Gulp,
}

impl Members {
    fn enter(daemon: &Daemon, count: usize) -> Result<Self> {
        let peers = room::fill(daemon, 0, count)?;
        Ok(Self { peers, gulp: Gulp::new() })
    }

    /// Everybody takes the next `count` messages; nothing else has arrived meanwhile.
    fn take(&mut self, count: usize) -> Result<()> {
        let bytes = count * said(FIRST).len();
        self.peers.iter_mut().try_for_each(|peer| peer.skip(bytes, &mut self.gulp))
    }

    /// What everybody gets is a message, and no byte more than we have counted.
    fn check(&mut self) -> Result<()> {
        self.peers[0].stream.write_all(&say())?;
        let expected = said(FIRST);
        for peer in &mut self.peers {
            if !expected.ends_with(&peer.frame()?) {
                return Err("the members have not got what was said".into());
            }
        }
        Ok(())
    }
}

/// Deliveries in a room where more is said than the daemon can deliver.
pub(crate) fn saturated(members: usize, deliveries: usize, turns: usize) -> Result<f64> {
    let daemon = Daemon::start()?;
    let mut members = Members::enter(&daemon, members)?;
    let talkers = TALKERS.min(members.peers.len());
    let volley = say().repeat(VOLLEY);
    let volleys = (deliveries / members.peers.len() / talkers / VOLLEY).max(2);
    let mut figures = Vec::new();
    for _ in 0..turns {
        let before = daemon.cpu_time()?;
        for number in 0..=volleys {
            if number < volleys {
                for talker in &mut members.peers[..talkers] {
                    talker.stream.write_all(&volley)?;
                }
            }
            if number > 0 {
                members.take(talkers * VOLLEY)?;
            }
        }
        let delivered = volleys * talkers * VOLLEY * members.peers.len();
        figures.push(for_each_second(delivered, daemon.cpu_time()?.saturating_sub(before)));
        members.check()?;
    }
    Ok(median(&mut figures))
}

/// Deliveries where the next message is said when everybody has got the last one, so that none can be
/// gathered with another: the daemon's, and those of a bare socket writer.
pub(crate) fn spaced(members: usize, messages: usize, turns: usize) -> Result<(f64, f64)> {
    let daemon = Daemon::start()?;
    let mut members = Members::enter(&daemon, members)?;
    let delivered = messages * members.peers.len();
    let (mut ours, mut bares) = (Vec::new(), Vec::new());
    let message = say();
    for _ in 0..turns {
        let before = daemon.cpu_time()?;
        for _ in 0..messages {
            members.peers[0].stream.write_all(&message)?;
            members.take(1)?;
        }
        ours.push(for_each_second(delivered, daemon.cpu_time()?.saturating_sub(before)));
        members.check()?;
        let bare = bare::cpu_time(members.peers.len(), messages, &said(FIRST))?;
        bares.push(for_each_second(delivered, bare));
    }
    Ok((median(&mut ours), median(&mut bares)))
}

fn for_each_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}
