//! From a broken connection to being in the room again: by the seat while the daemon keeps it, then by the door, as
//! somebody who enters anew under the same alias.

use sanctuary_seal::{Group, Happening, SealError, Text};
use sanctuary_wire::{DaemonFrame, End, Refusal, WireError};

use super::membership::{Ended, Membership};
use super::told::{Ending, Obstacle, Refused};

/// Milliseconds from a break for which door, password and conversation are kept; then all is wiped.
pub const RETURN_MS: u64 = 30 * 60_000;

/// Milliseconds at the least until the next try to enter a room that lets nobody in.
pub const KNOCK_MS: u64 = 15_000;

/// What is to be done about the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// Nothing.
    Go,
    /// One is in again.
    In,
    /// Connect again, after so long at the least.
    Again(u64),
    /// At once.
    Retry,
    /// Connect no more.
    Stop,
}

/// What has become of it.
pub(super) enum Outcome {
    Then(Then),
    Refused(Refused),
    Ended(Ended),
}

/// The way back.
#[derive(Debug)]
pub struct Reconnection {
    /// When all is to be wiped.
    pub(super) until: u64,
    /// The code to open rooms that was given at the entrance.
    code: Option<Text>,
    /// Who enters anew; nothing while the seat may still be there.
    entering: Option<Group>,
    /// The room is to be opened again.
    opens: bool,
    /// The daemon has told that a room of this key is there.
    is_there: bool,
    obstacle: Option<Obstacle>,
    /// Nothing is tried by itself any more.
    is_stuck: bool,
}

impl Reconnection {
    pub(super) fn new(broke_at: u64, code: Option<Text>) -> Self {
        Self {
            until: broke_at + RETURN_MS,
            code,
            entering: None,
            opens: false,
            is_there: false,
            obstacle: None,
            is_stuck: false,
        }
    }

    /// Why nobody is let in for the moment.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.obstacle
    }

    /// Whether the connection is made again by itself.
    #[must_use]
    pub fn is_tried(&self) -> bool {
        !self.is_stuck
    }

    pub(super) fn is_over(&self, now: u64) -> bool {
        now >= self.until
    }

    /// The connection was lost; where the daemon has refused for good, none is made again.
    pub(super) fn lost(&mut self, membership: &mut Membership) -> Then {
        membership.disconnected();
        if let Some(entering) = &mut self.entering {
            entering.disconnected();
        }
        if self.is_stuck { Then::Go } else { Then::Again(0) }
    }

    /// Somebody asks for a try, at once; `opens`: the room is to be opened again that is gone.
    pub(super) fn retry(
        &mut self,
        membership: &mut Membership,
        opens: bool,
        now: u64,
    ) -> Result<Then, SealError> {
        self.opens = opens;
        if opens || self.entering.is_some() {
            self.by_door(membership, now)?;
        }
        (self.obstacle, self.is_stuck) = (None, false);
        Ok(Then::Retry)
    }

    fn by_door(&mut self, membership: &mut Membership, now: u64) -> Result<(), SealError> {
        let opening = self.opens.then(|| (now, self.code.clone()));
        self.entering = Some(membership.anew(opening)?);
        Ok(())
    }

    pub(super) fn frame(
        &mut self,
        bytes: &[u8],
        membership: &mut Membership,
        now: u64,
    ) -> Result<Outcome, WireError> {
        match DaemonFrame::decode(bytes)? {
            DaemonFrame::Over { end: End::TooSlow, .. } => {
                return Ok(Outcome::Then(self.lost(membership)));
            }
            DaemonFrame::Over { end, by, .. } => return Ok(Outcome::Ended(Ended::unproved(end, by))),
            _ => {}
        }
        let outcome = match &mut self.entering {
            None => self.by_seat(bytes, membership, now)?,
            Some(entering) => {
                let told = entering.hear(bytes, now)?;
                self.entered(told, membership, now)
            }
        };
        if let (Outcome::Then(Then::Again(_) | Then::Retry), Some(entering)) = (&outcome, &mut self.entering)
        {
            entering.disconnected();
        }
        Ok(outcome)
    }

    fn by_seat(&mut self, bytes: &[u8], membership: &mut Membership, now: u64) -> Result<Outcome, WireError> {
        let refusal = match DaemonFrame::decode(bytes)? {
            DaemonFrame::Refused { why, retry_ms } => Some((why, retry_ms)),
            _ => None,
        };
        membership.hear(bytes, now)?;
        if let Some((why, retry_ms)) = refusal {
            return Ok(self.seat_refused(why, retry_ms, membership, now));
        }
        if let Some(ended) = membership.ended() {
            return Ok(Outcome::Ended(ended));
        }
        Ok(Outcome::Then(if membership.group().is_seated() { Then::In } else { Then::Go }))
    }

    fn seat_refused(
        &mut self,
        why: Refusal,
        retry_ms: u64,
        membership: &mut Membership,
        now: u64,
    ) -> Outcome {
        match why {
            Refusal::Busy => Outcome::Then(Then::Again(retry_ms)),
            Refusal::RoomGone => self.stop(Obstacle::RoomGone),
            Refusal::Stopped => Outcome::Ended(Ended::by_itself(Ending::StoppedAway)),
            Refusal::GraceOver | Refusal::NoEntry => match self.by_door(membership, now) {
                Ok(()) => Outcome::Then(Then::Retry),
                Err(_) => Outcome::Refused(Refused::By(why)),
            },
            why => Outcome::Refused(Refused::By(why)),
        }
    }

    fn entered(&mut self, told: Vec<Happening>, membership: &mut Membership, now: u64) -> Outcome {
        if matches!(told.first(), Some(Happening::EnteredAnew { .. })) {
            if let Some(entering) = self.entering.take() {
                membership.enters_anew(entering, told, now);
            }
            return Outcome::Then(Then::In);
        }
        for happening in told {
            match happening {
                Happening::Refused { why, retry_ms } => {
                    return self.entry_refused(why, retry_ms, membership, now);
                }
                Happening::NoRoom(_) | Happening::Lie(_) => return Outcome::Refused(Refused::FalseRoom),
                _ => {}
            }
        }
        Outcome::Then(Then::Go)
    }

    fn entry_refused(
        &mut self,
        why: Refusal,
        retry_ms: u64,
        membership: &mut Membership,
        now: u64,
    ) -> Outcome {
        match why {
            Refusal::Busy => Outcome::Then(Then::Again(retry_ms)),
            Refusal::Full => self.knock_later(Obstacle::Full, retry_ms),
            Refusal::Locked => self.knock_later(Obstacle::Locked, retry_ms),
            Refusal::AliasInUse => self.knock_later(Obstacle::AliasInUse, retry_ms),
            Refusal::Draining => self.stop(Obstacle::Draining),
            Refusal::NeedsCode => self.stop(Obstacle::NeedsCode),
            Refusal::NotFromHere => self.stop(Obstacle::NotFromHere),
            Refusal::NoEntry if self.is_there => self.stop(Obstacle::AnotherPassword),
            Refusal::NoEntry => self.stop(Obstacle::NoEntry),
            Refusal::Taken if self.opens => {
                // Another member has opened it again, perhaps.
                self.is_there = true;
                let retried = self.retry(membership, false, now);
                retried.map_or(Outcome::Refused(Refused::By(why)), Outcome::Then)
            }
            why => Outcome::Refused(Refused::By(why)),
        }
    }

    fn knock_later(&mut self, obstacle: Obstacle, retry_ms: u64) -> Outcome {
        self.obstacle = Some(obstacle);
        Outcome::Then(Then::Again(retry_ms.max(KNOCK_MS)))
    }

    fn stop(&mut self, obstacle: Obstacle) -> Outcome {
        (self.obstacle, self.is_stuck) = (Some(obstacle), true);
        Outcome::Then(Then::Stop)
    }

    /// Frames of who enters anew.
    pub(super) fn frames(&mut self) -> Vec<Vec<u8>> {
        self.entering.as_mut().map(Group::frames).unwrap_or_default()
    }
}
