//! Rooms full of clients.

use sanctuary_wire::{DaemonFrame, Id, RoomId};

use crate::Result;
use crate::daemon::Daemon;
use crate::peer::Peer;

/// The room of this number.
pub(crate) fn id(number: usize) -> RoomId {
    let [.., a, b, c, d] = number.to_be_bytes();
    RoomId([0, a, b, c, d])
}

/// Opens a room and lets others enter, `count` members in all. The first is member 1; nothing waits for anybody.
pub(crate) fn fill(daemon: &Daemon, number: usize, count: usize) -> Result<Vec<Peer>> {
    let mut members = Vec::<Peer>::new();
    for newcomer in 0..count {
        let mut peer = Peer::new(daemon.address)?;
        peer.ask()?;
        let nonce = peer.greeted()?;
        if newcomer == 0 {
            peer.create(id(number), &nonce)?;
        } else {
            peer.enter(id(number), &nonce, newcomer)?;
        }
        if peer.welcomed()? != Id(newcomer as u64 + 1) {
            return Err("members are not numbered in order of arrival".into());
        }
        for member in &mut members {
            expect(&member.frame()?, |frame| matches!(frame, DaemonFrame::Joined { .. }))?;
        }
        members.push(peer);
    }
    Ok(members)
}

/// That a frame is what was to come.
pub(crate) fn expect(frame: &[u8], is_it: impl FnOnce(&DaemonFrame<'_>) -> bool) -> Result<()> {
    let frame = DaemonFrame::decode(frame)?;
    if is_it(&frame) { Ok(()) } else { Err(format!("not what was to come: {frame:?}").into()) }
}
