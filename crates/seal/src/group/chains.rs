//! One's own chain, which is handed out lazily (protocol, section 2, "What goes to the room").

use sanctuary_wire::{ClientFrame, Id, Passes, limits};

use super::super::{Passed, SealError};
use super::inside::Inside;

/// Messages under one generation of a chain.
pub const GENERATION_SAYS: u32 = 200;

/// Milliseconds from the first message under a generation to the next generation.
pub const GENERATION_MS: u64 = 600_000;

impl Inside {
    /// Begins a new generation where one is due.
    pub(super) fn turn_chain(&mut self, now: u64) -> Result<(), SealError> {
        let speech = &mut self.speech;
        let is_old = speech.since.is_some_and(|since| now >= since + GENERATION_MS);
        if !(speech.is_stale || is_old || speech.relayed >= GENERATION_SAYS) {
            return Ok(());
        }
        speech.chain = speech.chain.renewed(self.random.secret())?;
        (speech.relayed, speech.since, speech.is_stale) = (0, None, false);
        self.peers.values_mut().filter_map(|peer| peer.known.as_mut()).for_each(|known| known.holds = false);
        Ok(())
    }

    /// Passes the chain to each member that one sees and that does not have it.
    pub(super) fn hand_out(&mut self) -> Result<(), SealError> {
        let handed = Passed::Chain(self.speech.chain.clone());
        let mut passes = Vec::new();
        for (id, peer) in &mut self.peers {
            let is_away = self.standing.place(*id).map_or(true, |place| place.away);
            let Ok(known) = peer.accepted_mut() else { continue };
            if !is_away && !known.holds {
                passes.push((*id, known.outward().seal(&mut self.random, &handed)?));
                (known.holds, known.asks) = (true, false);
                self.speech.handed.insert(*id);
                self.own.renewal.was_used = true;
            }
        }
        self.out.extend(pass_frames(&passes, self.largest()));
        Ok(())
    }

    /// Nobody knows which of those hold the chain to whom it was just handed: they are given it anew.
    pub(super) fn passes_denied(&mut self, is_for_haste: bool, retry_ms: u64, now: u64) {
        if is_for_haste {
            for id in &self.speech.handed {
                if let Some(known) = self.peers.get_mut(id).and_then(|peer| peer.known.as_mut()) {
                    known.holds = false;
                }
            }
            self.hold_speech(now + retry_ms);
        }
    }
}

/// As many `pass` frames as `largest` bytes for each ask for.
fn pass_frames(passes: &[(Id, Vec<u8>)], largest: usize) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    let mut rest = passes;
    while !rest.is_empty() {
        let mut size = limits::OVERHEAD;
        let fits = |(_, passed): &&(Id, Vec<u8>)| {
            size += passed.len() + limits::OVERHEAD;
            size <= largest
        };
        // One at the least, however large it is.
        let count = rest.iter().take(limits::PASSES_MOST).take_while(fits).count().max(1);
        let (batch, after) = rest.split_at(count);
        let batch: Vec<_> = batch.iter().map(|(id, passed)| (*id, passed.as_slice())).collect();
        frames.extend(Passes::try_from(batch).map(|passes| ClientFrame::Pass(passes).encode()));
        rest = after;
    }
    frames
}
