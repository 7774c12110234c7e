//! What the server is told to do, and the frames that concern one connection alone.

use std::fmt;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::ConnectionId;
use crate::rate::retry_ms;
use sanctuary_wire::{DaemonFrame, Denial, End, Id, Refusal, RoomId};

/// What the server is to do, in this order.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send to every member who is present once the event has been handled
    /// ([`Rooms::present`](super::Rooms::present)), except one.
    Room {
        /// The room.
        room: RoomId,
        /// The connection that does not get it.
        except: Option<ConnectionId>,
        /// Encoded once, shared by all.
        frame: Bytes,
    },
    /// Send to one connection.
    One {
        /// Which.
        to: ConnectionId,
        /// The frame.
        frame: Bytes,
    },
    /// Send what one member passes to another, unless too many passes wait for the other. Then the
    /// first is to be denied, once for all passes of an event, and not if that event has an
    /// [`Effect::One`] for it: this is a denial already.
    Pass {
        /// The connection of who passes it.
        from: ConnectionId,
        /// The connection that gets it.
        to: ConnectionId,
        /// The frame.
        frame: Bytes,
    },
    /// Send a last frame, then close. The connection is in no room any more.
    Close {
        /// Which connection.
        to: ConnectionId,
        /// The last frame; after an `exit` there is none.
        frame: Option<Bytes>,
        /// The WebSocket close code.
        code: u16,
    },
}

/// Closes a connection and tells its client why.
pub(super) fn over(to: ConnectionId, end: End, by: Option<Id>, payload: Option<&[u8]>) -> Effect {
    let frame = DaemonFrame::Over { end, by, payload }.encode().into();
    Effect::Close { to, frame: Some(frame), code: end.close_code() }
}

/// Closes a connection that is not let in; after `wait` it may try again, if that is not zero.
pub(super) fn refused(to: ConnectionId, why: Refusal, wait: Duration) -> Effect {
    let frame = DaemonFrame::Refused { why, retry_ms: retry_ms(wait) }.encode().into();
    Effect::Close { to, frame: Some(frame), code: Refusal::CLOSE_CODE }
}

/// Tells that a frame of this number is not carried out; after `wait` it may be tried again, if
/// that is not zero.
pub(super) fn denied(to: ConnectionId, frame: u8, why: Denial, wait: Duration) -> Effect {
    let frame = DaemonFrame::Denied { frame, why, retry_ms: retry_ms(wait) }.encode().into();
    Effect::One { to, frame }
}

/// The time left until `end`, in seconds, rounded up.
#[cold]
pub(super) fn closing(now: Instant, end: Instant) -> Bytes {
    let left = end.saturating_duration_since(now) + Duration::from_millis(999);
    DaemonFrame::Closing(left.as_secs()).encode().into()
}

/// Shows the sizes of frames and never their bytes, which hold cards and boxes.
impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room { except, frame, .. } => {
                write!(f, "Room {{ {} bytes, except {except:?} }}", frame.len())
            }
            Self::One { to, frame } => write!(f, "One {{ {} bytes, to {to:?} }}", frame.len()),
            Self::Pass { from, to, frame } => {
                write!(f, "Pass {{ {} bytes, from {from:?} to {to:?} }}", frame.len())
            }
            Self::Close { to, frame, code } => {
                write!(f, "Close {{ {} bytes, {code}, to {to:?} }}", frame.as_ref().map_or(0, Bytes::len))
            }
        }
    }
}
