//! Handles the client's frames and counts them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::address_limits::{NO_PLACE, Place, Unpaid};
use super::super::now;
use super::{Client, Connection, Stage};
use sanctuary_wire::{ClientFrame, Command, End, Refusal, WireError};

/// Bytes of which each that is begun costs as much as a frame.
const UNIT: usize = 1024;

/// A pass of up to so many bytes is free while its member has credit: one that hands out a chain
/// takes 192.
const FREE: usize = 256;

/// What an order costs at the least: others have to obey it.
const ORDER: u32 = 4;

impl Connection {
    /// Handles one message of the client.
    pub(super) fn hear(&mut self, bytes: &[u8]) {
        let now = now();
        let frame = ClientFrame::decode(bytes);
        if matches!(self.stage, Stage::Greeted) {
            return self.first_frame(now, frame);
        }
        let Ok(frame) = frame else { return self.end(End::Malformed, End::Malformed.close_code()) };
        if self.can_pay(now, &frame) {
            if !matches!(frame, ClientFrame::Exit) {
                self.ticket.turns().heard();
            }
            self.port.hub().frame(frame, &self.nonce);
        }
    }

    fn first_frame(&mut self, now: Instant, frame: Result<ClientFrame<'_>, WireError>) {
        let Ok(frame) = frame else { return self.port.hub().refuse(Refusal::Malformed, Duration::ZERO) };
        let place = match self.place_for(now, &frame) {
            Ok(place) => place,
            Err((why, wait)) => return self.port.hub().refuse(why, wait),
        };
        let (is_new, place) = (place.is_some(), place.map(|place| Arc::new(place) as _));
        if self.port.hub().request_entry(frame, &self.nonce, place) {
            self.client.permit.stop_knocking();
            if let Some(place) = self.port.hub().place() {
                if is_new {
                    place.begin(now, self.options.frames);
                } else {
                    self.client.permit.move_here(&place, now);
                }
                self.place = Arc::downgrade(&place);
            }
            self.stage = Stage::Joined { quiet: false, waits: false };
            self.set_timer(self.options.ping);
        }
    }

    /// A place for the seat that the first frame asks for, if the limits allow it and the client
    /// may create a room, else why not and after what time to try again. This comes before the
    /// rooms are asked: a client that may create none does not learn which exist. A seat that is
    /// taken again spends nothing and has its place, so that no stranger at the same address can
    /// use it up.
    fn place_for(&self, now: Instant, frame: &ClientFrame<'_>) -> Result<Option<Place>, (Refusal, Duration)> {
        let Client { permit, is_creator } = &self.client;
        if let ClientFrame::Resume { .. } = frame {
            return Ok(None);
        }
        let busy = |wait| (Refusal::Busy, wait);
        permit.try_entry(now).map_err(busy)?;
        if let ClientFrame::Create { code, .. } = frame {
            let checked = self.options.creators.check(*is_creator, code.as_deref());
            checked.map_err(|why| (why, Duration::ZERO))?;
            // For what no daemon gives nobody pays.
            if let Some(wait) = self.port.hub().closed_for() {
                return Err((Refusal::Draining, wait));
            }
        }
        let place = permit.place(now).ok_or_else(|| busy(NO_PLACE))?;
        if let ClientFrame::Create { .. } = frame {
            permit.open_room(now).map_err(busy)?;
        }
        Ok(Some(place))
    }

    /// Counts fragments like frames, also those of a message that never ends.
    pub(super) fn pay_for_fragments(&mut self) {
        for _ in 0..self.port.scanner().take_fragments() {
            if !matches!(self.stage, Stage::Ending { .. }) {
                self.is_within_limits(now(), 1, None);
            }
        }
    }

    /// Whether the limits allow one more frame, which pays for itself then. Small passes are free
    /// as long as there is credit, and an exit always is.
    fn can_pay(&mut self, now: Instant, frame: &ClientFrame<'_>) -> bool {
        let free = match frame {
            ClientFrame::Pass(passes) => {
                let small = passes.iter().filter(|(_, passed)| passed.len() <= FREE).count();
                self.port.hub().credit().min(u32::try_from(small).unwrap_or(u32::MAX))
            }
            _ => 0,
        };
        let pays = self.is_within_limits(now, cost(frame) - free, Some(frame));
        if pays && free > 0 {
            self.port.hub().spend_credit(free);
        }
        pays
    }

    /// Whether something that costs so much is within the limits of the member and its address. If
    /// not, it is denied, and who goes on regardless is flooding.
    pub(super) fn is_within_limits(
        &mut self,
        now: Instant,
        cost: u32,
        frame: Option<&ClientFrame<'_>>,
    ) -> bool {
        // A client without a seat is bounded by the pace of reading and the time of the handshake.
        let Some(place) = self.place.upgrade() else { return true };
        let wait = match place.pay(now, self.options.frames, cost) {
            Ok(()) => return true,
            Err(Unpaid::TooFast(wait)) => wait,
            Err(Unpaid::Flooding) => {
                self.end(End::Flooding, End::Flooding.close_code());
                return false;
            }
        };
        if let Some(frame) = frame {
            self.port.hub().deny_too_fast(number(frame), wait);
        }
        false
    }
}

/// What a frame costs, by its size and by what others must do for it (protocol, section 3, rule
/// 10).
fn cost(frame: &ClientFrame<'_>) -> u32 {
    match frame {
        ClientFrame::Pass(passes) => passes.iter().map(|(_, passed)| price(passed)).sum(),
        ClientFrame::Say { payload } => price(payload),
        ClientFrame::Order { command, .. } => price(command).max(ORDER),
        ClientFrame::Exit => 0,
        // A member may send none of these.
        ClientFrame::Create { .. } | ClientFrame::Enter { .. } | ClientFrame::Resume { .. } => 1,
    }
}

/// What bytes cost that are relayed: as much as a frame for each KiB begun.
fn price(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len().div_ceil(UNIT).max(1)).unwrap_or(u32::MAX)
}

/// The number by which a frame is denied: that of an order is its command's.
fn number(frame: &ClientFrame<'_>) -> u8 {
    match frame {
        ClientFrame::Order { command, .. } => {
            Command::decode(command).map_or(frame.number(), |command| command.number())
        }
        _ => frame.number(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanctuary_wire::{Id, Passes, Signature};

    #[test]
    fn a_frame_costs_by_its_kib_and_by_what_others_must_do() {
        let bytes = vec![0; 65 * UNIT];
        for (length, paid) in [(0, 1), (1, 1), (1023, 1), (1024, 1), (1025, 2), (2048, 2), (65_536, 64)] {
            assert_eq!(cost(&ClientFrame::Say { payload: &bytes[..length] }), paid, "{length}");
            let passes = Passes::of([(Id(1), &bytes[..length]), (Id(2), &bytes[..1025])]);
            assert_eq!(cost(&ClientFrame::Pass(passes)), paid + 2, "{length}");
            let order = ClientFrame::Order { command: &bytes[..length], signature: Signature([0; 64]) };
            assert_eq!(cost(&order), paid.max(4), "{length}");
        }
        assert_eq!(cost(&ClientFrame::Exit), 0);
    }

    #[test]
    fn an_order_is_denied_by_its_command() {
        let order = |command: &[u8]| {
            let frame = ClientFrame::Order { command, signature: Signature([0; 64]) };
            number(&frame)
        };
        assert_eq!(order(&Command::Lock { turn: 1, locked: true }.encode()), 10);
        assert_eq!(order(b"none"), 6);
        assert_eq!(number(&ClientFrame::Say { payload: b"" }), 4);
    }
}
