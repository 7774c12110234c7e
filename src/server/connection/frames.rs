//! Handles the client's frames and counts them.

use std::time::Instant;

use super::super::now;
use super::{Client, Connection, Stage};
use crate::room::Event;
use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, End, Refusal, WireError};

/// So many more frames may be denied as too fast than are taken, before their sender is flooding.
const DENIALS: u32 = 32;

impl Connection {
    /// Handles one message of the client.
    pub(super) fn hear(&mut self, bytes: &[u8]) {
        let now = now();
        let frame = ClientFrame::decode(bytes);
        if matches!(self.stage, Stage::Greeted) {
            return self.first_frame(now, frame);
        }
        match frame {
            Err(_) => self.end(End::Malformed, End::Malformed.close_code()),
            Ok(frame) => {
                if frame == ClientFrame::Exit || self.is_within_limits(now, Some(frame.number())) {
                    self.hub.event(Event::Frame { frame, nonce: &self.nonce });
                }
            }
        }
    }

    fn first_frame(&mut self, now: Instant, frame: Result<ClientFrame<'_>, WireError>) {
        let Ok(frame) = frame else { return self.hub.refuse(Refusal::Malformed) };
        if let Err(why) = self.check_limits(now, &frame) {
            return self.hub.refuse(why);
        }
        if self.hub.request_entry(frame, &self.nonce) {
            self.stage = Stage::Joined { quiet: false };
            self.set_timer(self.options.ping);
        }
    }

    /// Whether the limits allow the first frame, and whether the client may create a room. This
    /// comes before the rooms are asked: a client that may create none does not learn which exist.
    fn check_limits(&self, now: Instant, frame: &ClientFrame<'_>) -> Result<(), Refusal> {
        let Client { permit, is_creator } = &self.client;
        permit.try_entry(now).map_err(|_| Refusal::Busy)?;
        if let ClientFrame::Create { code, .. } = frame {
            self.options.creators.check(*is_creator, code.as_deref())?;
            permit.open_room(now).map_err(|_| Refusal::Busy)?;
        }
        Ok(())
    }

    /// Counts fragments like frames, also those of a message that never ends.
    pub(super) fn pay_for_fragments(&mut self) {
        let now = now();
        for _ in 0..self.socket.get_mut().scanner().take_fragments() {
            if !matches!(self.stage, Stage::Ending { .. }) {
                self.is_within_limits(now, None);
            }
        }
    }

    /// Whether one more frame is within the limits of the connection and of its address. If not, it
    /// is denied; a client that goes on regardless is flooding.
    pub(super) fn is_within_limits(&mut self, now: Instant, number: Option<u8>) -> bool {
        let Err(wait) =
            self.rate_limit.take(now, self.options.frames).and_then(|()| self.client.permit.send_frame(now))
        else {
            self.denials = self.denials.saturating_sub(1);
            return true;
        };
        self.denials += 1;
        if self.denials > DENIALS {
            self.end(End::Flooding, End::Flooding.close_code());
        } else if let Some(frame) = number {
            let retry_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
            self.hub.tell(&DaemonFrame::Denied { frame, why: Denial::TooFast, retry_ms });
        }
        false
    }
}
