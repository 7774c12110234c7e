//! What waits for one connection: the rest of its room's log from its cursor on, and frames for it alone, each with its
//! place in that order.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::task::{Poll, Waker, ready};

use tokio::net::tcp::OwnedWriteHalf;

use super::channel::Channel;
use super::log::{Log, Segments};

mod waiting;

pub(super) use waiting::{FRAME_COST, Kind, QueueSize, Waiting};

/// Bytes that an incoming message takes for each byte that is known of it: the buffer that collects
/// fragments grows by doubling.
const INCOMING_COST: usize = 2;

/// Pieces handed to the system in one write.
const PIECES: usize = 8;

/// A frame for one connection alone, as it goes over the line.
pub(super) struct Own {
    pub(super) bytes: Vec<u8>,
    pub(super) kind: Kind,
    /// It stands before what the room's log has from this position on.
    pub(super) at: u64,
}

/// The frames for one connection alone, of which there is at least one.
#[derive(Default)]
pub(super) struct OwnFrames {
    frames: VecDeque<Own>,
    /// So many bytes of the first have been written.
    written: usize,
    /// The size of all.
    size: Waiting,
}

impl OwnFrames {
    /// Whether the first must be written to its end, so that what follows can be read.
    fn is_begun(&self) -> bool {
        self.written > 0 || self.frames.front().is_some_and(|first| first.kind == Kind::Opening)
    }

    /// Goes on by some of so many bytes, up to the end of the first frame. Returns what is gone then.
    fn advance(&mut self, bytes: &mut usize) -> Waiting {
        let Some(first) = self.frames.front() else { return Waiting::default() };
        let taken = (*bytes).min(first.bytes.len() - self.written);
        *bytes -= taken;
        self.written += taken;
        if self.written < first.bytes.len() {
            return Waiting::default();
        }
        let gone = Waiting::of(first);
        self.size -= gone;
        self.written = 0;
        self.frames.pop_front();
        gone
    }
}

/// Where a connection is in the log of its room.
#[derive(Clone, Copy)]
pub(super) struct Follow {
    /// The room's channel.
    pub(super) channel: usize,
    /// As long as it is in the channel's list of those whose sockets are written to, [`Channel::cursor`] knows better:
    /// [`Outbox::catch_up`].
    pub(super) cursor: u64,
    /// Set once it is in the room no more: it gets what stands before this.
    pub(super) end: Option<u64>,
    /// Where it stands in a list of the channel.
    pub(super) place: Option<super::channel::Place>,
}

/// What waits for one connection.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each of them changes by itself")]
pub(super) struct Outbox {
    /// The client's address, as [`Permit::address`](super::address_limits::Permit::address) numbers
    /// it.
    pub(super) address: u64,
    pub(super) follow: Option<Follow>,
    /// Seldom there, so that it takes memory only then.
    pub(super) own: Option<Box<OwnFrames>>,
    /// Bytes of an incoming message, announced ones included.
    pub(super) incoming: usize,
    /// Bytes that are about to be freed: the connection is ended, and its task has still to drop
    /// them.
    pub(super) leaving: usize,
    /// Where bytes go over the line as they are, the socket: it is written to without its task.
    pub(super) socket: Option<OwnedWriteHalf>,
    /// Nothing is taken at the moment of what waits; the task waits until it is.
    pub(super) is_blocked: bool,
    /// The socket has failed.
    pub(super) is_broken: bool,
    /// Something was taken since the last ping.
    pub(super) has_taken: bool,
    /// Wakes the connection's task.
    pub(super) waker: Option<Waker>,
    /// The task found nothing to write and sleeps; the next frame wakes it.
    pub(super) is_asleep: bool,
    /// The close code, once the connection is to end.
    pub(super) ending: Option<u16>,
    /// Memory is short, so even a half-written frame is not finished.
    pub(super) cut: bool,
}

impl Outbox {
    pub(super) fn new(address: u64) -> Self {
        Self { address, ..Self::default() }
    }

    /// Learns what its channel has written to its socket.
    pub(super) fn catch_up(&mut self, channel: &Channel) {
        if let Some(follow) = &mut self.follow {
            let cursor = channel.cursor(follow);
            self.has_taken |= cursor > follow.cursor;
            follow.cursor = cursor;
        }
    }

    /// Adds a frame for it alone, and returns what waits more.
    pub(super) fn put(&mut self, frame: Own) -> Waiting {
        let size = Waiting::of(&frame);
        let own = self.own.get_or_insert_default();
        own.size += size;
        own.frames.push_back(frame);
        size
    }

    /// Adds the answer by which HTTP ends, before all frames, and returns what waits more.
    pub(super) fn put_opening(&mut self, bytes: Vec<u8>) -> Waiting {
        let opening = Own { bytes, kind: Kind::Opening, at: 0 };
        let size = Waiting::of(&opening);
        let own = self.own.get_or_insert_default();
        own.size += size;
        own.frames.push_front(opening);
        size
    }

    /// The size of the frames for it alone.
    pub(super) fn waiting(&self) -> Waiting {
        self.own.as_ref().map_or_else(Waiting::default, |own| own.size)
    }

    /// Bytes of memory that wait because of this connection alone.
    pub(super) fn cost(&self) -> usize {
        self.billed() + self.waiting().passes.cost()
    }

    /// Those of them that count against it when too much waits for all. Passes do not: others could
    /// put it out by them.
    pub(super) fn billed(&self) -> usize {
        self.waiting().room.cost() + self.waiting().control.cost() + self.incoming_cost()
    }

    pub(super) fn incoming_cost(&self) -> usize {
        self.incoming * INCOMING_COST
    }

    /// Bytes of its room's log that are kept because of it, perhaps for others too.
    pub(super) fn held(&self, channel: Option<&Channel>) -> usize {
        let held = |follow| channel.map(|channel| channel.log.held(channel.cursor(follow)));
        self.follow.as_ref().and_then(held).unwrap_or(0)
    }

    /// The channel of its room.
    pub(super) fn channel(&self) -> Option<usize> {
        self.follow.map(|follow| follow.channel)
    }

    /// Bytes of what the room and the daemon say that wait for it.
    pub(super) fn backlog(&self, channel: Option<&Channel>) -> usize {
        self.behind(channel) + self.waiting().room.cost()
    }

    /// Bytes that wait for it in its room's log.
    pub(super) fn behind(&self, channel: Option<&Channel>) -> usize {
        let distance = |follow: &Follow| {
            let channel = channel?;
            follow.end.unwrap_or(channel.log.end()).checked_sub(channel.cursor(follow))
        };
        let distance = self.follow.as_ref().and_then(distance).unwrap_or(0);
        usize::try_from(distance).unwrap_or(usize::MAX)
    }

    /// Whether anything waits.
    pub(super) fn is_empty(&self, channel: Option<&Channel>) -> bool {
        self.own.is_none() && self.behind(channel) == 0
    }

    /// Whether a frame has been written in part, or the answer is still to be written by which HTTP ends.
    pub(super) fn is_begun(&self, channel: Option<&Channel>) -> bool {
        let in_log = |follow: &Follow| {
            channel.is_some_and(|channel| {
                let cursor = channel.cursor(follow);
                channel.log.frame(cursor).1 > cursor
            })
        };
        self.own.as_ref().is_some_and(|own| own.is_begun()) || self.follow.as_ref().is_some_and(in_log)
    }

    /// So many bytes of the first frame for it alone have been written.
    fn written(&self) -> usize {
        self.own.as_ref().map_or(0, |own| own.written)
    }

    /// Drops all frames for it alone but one that is begun, if that is to be finished. Returns what they were.
    pub(super) fn clear(&mut self, finishes: bool) -> Waiting {
        let mut dropped = Waiting::default();
        if let Some(own) = &mut self.own {
            let first = usize::from(finishes && own.is_begun());
            for frame in own.frames.drain(first..) {
                dropped += Waiting::of(&frame);
            }
            own.size -= dropped;
        }
        self.own.take_if(|own| own.frames.is_empty());
        dropped
    }

    /// Adds a frame of which so many bytes have been written, where there are no others. Returns what waits more.
    pub(super) fn finish(&mut self, frame: Own, written: usize) -> Waiting {
        let size = self.put(frame);
        if let Some(own) = &mut self.own {
            own.written = written;
        }
        size
    }

    pub(super) fn end(&mut self, code: u16) {
        self.ending = Some(code);
        self.wake();
    }

    pub(super) fn wake(&mut self) {
        self.is_asleep = false;
        if let Some(waker) = &self.waker {
            waker.wake_by_ref();
        }
    }

    /// Has all that waits written, as many pieces at once as there may be, to the socket if there is one. Adds what waits no
    /// more of the frames for it alone to `gone`. Ready when nothing waits.
    pub(super) fn write(
        &mut self,
        mut log: Option<&mut Log>,
        segments: &mut Segments,
        gone: &mut Option<Waiting>,
        mut write: impl FnMut(Option<&OwnedWriteHalf>, &[IoSlice<'_>]) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<()>> {
        loop {
            let (cursor, end) = self.span(log.as_deref());
            if cursor >= end && self.own.is_none() {
                return Poll::Ready(Ok(()));
            }
            let piece = log.as_deref().map_or(&[][..], |log| log.piece(cursor, end));
            let bytes = if self.own.is_none() && cursor + piece.len() as u64 == end {
                ready!(write(self.socket.as_ref(), &[IoSlice::new(piece)]))?
            } else {
                let mut slices = [IoSlice::new(&[]); PIECES];
                let count = self.pieces(log.as_deref(), &mut slices);
                ready!(write(self.socket.as_ref(), &slices[..count]))?
            };
            if bytes == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.has_taken = true;
            self.advance(bytes, log.as_deref_mut(), segments, gone);
        }
    }

    /// The pieces that are next, in order. Returns how many there are.
    fn pieces<'a>(&'a self, log: Option<&'a Log>, slices: &mut [IoSlice<'a>; PIECES]) -> usize {
        let mut own = self.own.iter().flat_map(|own| &own.frames).peekable();
        let mut written = self.written();
        let (mut cursor, end) = self.span(log);
        let mut count = 0;
        while count < PIECES {
            let next = own.peek().map_or(end, |frame| frame.at.min(end));
            let piece = if cursor < next {
                let piece = log.map_or(&[][..], |log| log.piece(cursor, next));
                cursor += piece.len() as u64;
                piece
            } else if let Some(frame) = own.next() {
                &frame.bytes[std::mem::take(&mut written)..]
            } else {
                break;
            };
            slices[count] = IoSlice::new(piece);
            count += 1;
        }
        count
    }

    /// Goes on by so many bytes of these pieces.
    fn advance(
        &mut self,
        mut bytes: usize,
        log: Option<&mut Log>,
        segments: &mut Segments,
        gone: &mut Option<Waiting>,
    ) {
        let (begin, end) = self.span(log.as_deref());
        let mut cursor = begin;
        while bytes > 0 {
            let first = self.own.as_ref().and_then(|own| own.frames.front());
            let next = first.map_or(end, |frame| frame.at.min(end));
            if cursor < next {
                let taken = bytes.min(usize::try_from(next - cursor).unwrap_or(usize::MAX));
                cursor += taken as u64;
                bytes -= taken;
            } else if let Some(own) = &mut self.own {
                *gone.get_or_insert_default() += own.advance(&mut bytes);
                self.own.take_if(|own| own.frames.is_empty());
            } else {
                break;
            }
        }
        if let (Some(follow), Some(log)) = (&mut self.follow, log)
            && cursor > begin
        {
            log.advance(1, begin, cursor, segments);
            follow.cursor = cursor;
        }
    }

    /// From where to where it gets what is in its room's log.
    fn span(&self, log: Option<&Log>) -> (u64, u64) {
        let span =
            |follow: &Follow| (follow.cursor, follow.end.or(log.map(Log::end)).unwrap_or(follow.cursor));
        self.follow.as_ref().map_or((0, 0), span)
    }
}
