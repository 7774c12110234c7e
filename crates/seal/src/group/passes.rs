//! What passes between two: whispers, chains, and what they tell each other of these.

use sanctuary_wire::{ClientFrame, Id, Passes};
use zeroize::Zeroizing;

use super::super::{Body, Name, Passed, SealError};
use super::Happening;
use super::inside::Inside;
use super::peer::{Known, Peer};

/// Milliseconds from one receipt to the next, for each member.
pub(super) const RECEIPT_MS: u64 = 1_000;

/// Milliseconds from one telling that a chain is lacking to the next, and from one answer to the next,
/// for each member.
pub(super) const LACK_MS: u64 = 10_000;

impl Inside {
    pub(super) fn whisper(&mut self, to: Id, body: &Body) -> Result<(u32, Name), SealError> {
        if body.is_order() {
            return Err(SealError::OutOfBounds);
        }
        let known = self.peers.get_mut(&to).ok_or(SealError::NoSuchMember)?.accepted_mut()?;
        let counter = u32::try_from(known.next_whisper).map_err(|_| SealError::Exhausted)?;
        let said = body.encode()?;
        let (room, voice) = (self.salt.room(), self.own.voice());
        let name = Name::of_whisper(room, voice, known.card.voice, counter, &said);
        self.pass_whisper(to, counter, said)?;
        if let Some(known) = self.known_mut(to) {
            known.next_whisper += 1;
        }
        Ok((counter, name))
    }

    pub(super) fn whisper_again(&mut self, to: Id, counter: u32, body: &Body) -> Result<(), SealError> {
        self.pass_whisper(to, counter, body.encode()?)
    }

    fn pass_whisper(&mut self, to: Id, counter: u32, said: Zeroizing<Vec<u8>>) -> Result<(), SealError> {
        let largest = self.line()?.largest;
        let known = self.peers.get_mut(&to).ok_or(SealError::NoSuchMember)?.accepted_mut()?;
        let passed = known.outward().seal(&mut self.random, &Passed::Whisper { counter, said })?;
        let frame = ClientFrame::Pass(Passes::of([(to, &passed)])).encode();
        if frame.len() > largest {
            return Err(SealError::TooLong);
        }
        self.own.renewal.was_used = true;
        self.out.push(frame);
        Ok(())
    }

    pub(super) fn passed(&mut self, from: Id, passed: &[u8], now: u64) {
        self.own.renewal.was_used = true;
        if let Err(why) = self.open_passed(from, passed, now)
            && why != SealError::Replayed
        {
            self.told.push(Happening::PassUnread { from, why });
        }
    }

    fn open_passed(&mut self, from: Id, passed: &[u8], now: u64) -> Result<(), SealError> {
        let known = self.peers.get_mut(&from).ok_or(SealError::NoSuchMember)?.accepted_mut()?;
        match known.open(passed, now)? {
            None => {}
            Some(Passed::Chain(chain)) => known.reading.take(chain)?,
            Some(Passed::Whisper { counter, said }) => {
                let (next, came) = known.heard;
                let missing = u64::from(counter).checked_sub(next).ok_or(SealError::Replayed)?;
                known.heard = (u64::from(counter) + 1, came + 1);
                known.receipt.is_due = true;
                if missing > 0 {
                    self.told.push(Happening::WhispersMissing { from, count: missing });
                }
                let voice = self.own.voice();
                let name = Name::of_whisper(self.salt.room(), known.card.voice, voice, counter, &said);
                if let Some(body) = Body::read_whispered(&said)? {
                    self.told.push(Happening::Whisper { from, name, body });
                }
                self.tell_receipts(now);
            }
            Some(Passed::Arrived { counter, arrived }) => {
                let (last, before) = known.arrived;
                let (next, arrived) = (u64::from(counter) + 1, u64::from(arrived));
                // Nobody gets what was not sent.
                if next <= last || next > known.next_whisper || arrived <= before || arrived > next {
                    return Ok(());
                }
                known.arrived = (next, arrived);
                // Of those since the last receipt, none is missing.
                if next - last == arrived - before
                    && let Ok(first) = u32::try_from(last)
                {
                    self.told.push(Happening::Delivered { to: from, first, last: counter });
                }
            }
            Some(Passed::Lack) => {
                // A member that asks too often gets it before one's next word.
                (known.holds, known.asks) = (false, is_over(known.lack_answered, now));
            }
        }
        Ok(())
    }

    /// Hands out the chain to those who lack it, as far as one would say the next word under it: not while
    /// a word is under way, whose counter the chain still has.
    pub(super) fn answer_lacks(&mut self, now: u64) {
        if !self.speech.is_at_rest() {
            return;
        }
        let asks = |peer: &Peer| {
            peer.accepted().is_some_and(|known| known.asks && is_over(known.lack_answered, now))
        };
        let asking = self.peers.iter().filter(|(_, peer)| asks(peer)).map(|(id, _)| *id);
        for id in asking.collect::<Vec<_>>() {
            let chain = Passed::Chain(self.speech.chain().clone());
            let is_passed = self.is_here(id) && self.pass(id, &chain).is_ok();
            if let Some(known) = self.known_mut(id) {
                known.asks = false;
                if is_passed {
                    (known.lack_answered, known.holds) = (Some(now), true);
                    self.speech.handed.insert(id);
                }
            }
        }
    }

    /// A message of this member could not be opened for want of its chain.
    pub(super) fn tell_lack(&mut self, to: Id, now: u64) {
        if let Some(known) = self.known_mut(to)
            && is_over(known.lack_told, now)
        {
            known.lack_told = Some(now);
            let _ = self.pass(to, &Passed::Lack);
        }
    }

    /// Tells members that their whispers have arrived.
    pub(super) fn tell_receipts(&mut self, now: u64) {
        let due = |known: &Known| known.receipt.is_due && known.receipt.after <= now;
        let due =
            self.peers.iter().filter(|(id, peer)| peer.accepted().is_some_and(due) && self.is_here(**id));
        for id in due.map(|(id, _)| *id).collect::<Vec<_>>() {
            let Some(known) = self.known_mut(id) else { continue };
            (known.receipt.is_due, known.receipt.after) = (false, now + RECEIPT_MS);
            let (next, came) = known.heard;
            if let (Some(Ok(counter)), Ok(arrived)) =
                (next.checked_sub(1).map(u32::try_from), u32::try_from(came))
            {
                let _ = self.pass(id, &Passed::Arrived { counter, arrived });
            }
        }
    }

    /// When the next receipt is due to this member.
    pub(super) fn receipt_at(&self, id: Id) -> Option<u64> {
        let known = self.peers.get(&id)?.accepted()?;
        (known.receipt.is_due && self.is_here(id)).then_some(known.receipt.after)
    }

    fn is_here(&self, id: Id) -> bool {
        self.is_seated() && self.standing.place(id).is_ok_and(|place| !place.away)
    }

    fn pass(&mut self, to: Id, passed: &Passed) -> Result<(), SealError> {
        if !self.is_here(to) {
            return Ok(());
        }
        let known = self.peers.get_mut(&to).ok_or(SealError::NoSuchMember)?.accepted_mut()?;
        let passed = known.outward().seal(&mut self.random, passed)?;
        self.own.renewal.was_used = true;
        self.send(&ClientFrame::Pass(Passes::of([(to, &passed)])));
        Ok(())
    }
}

fn is_over(last: Option<u64>, now: u64) -> bool {
    last.is_none_or(|last| now >= last + LACK_MS)
}
