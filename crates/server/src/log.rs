//! What a room says, as it goes over the line. Each frame stands here once, behind the one before it, however many
//! connections are still to get it: each of them has a cursor, and what waits for it is the distance to the end. A segment
//! is wiped and freed when the last cursor has passed it.

use std::collections::VecDeque;

use zeroize::optimization_barrier;

/// Bytes of the smallest segment; the first holds as much as waited lately, and each is twice as large as the one before
/// it ...
const SMALLEST: usize = 4 * 1024;

/// ... up to so many, unless one frame takes more.
const LARGEST: usize = 64 * 1024;

/// Which part of the size of a first segment is forgotten, each time that nothing waits any more.
const FORGOTTEN: usize = 16;

/// Bytes of empty segments that are kept for the next frames: an allocator takes longer than they are in use.
const SPARE_MOST: usize = 256 * 1024;

/// Bytes of the longest head of a frame that a server sends (RFC 6455, 5.2).
const HEAD_MOST: usize = 10;

/// Adds a whole binary message as a server sends it (RFC 6455, 5.2).
pub(super) fn put_frame(bytes: &mut Vec<u8>, message: &[u8]) {
    const FINAL_BINARY: u8 = 0x82;
    bytes.push(FINAL_BINARY);
    match (u8::try_from(message.len()), u16::try_from(message.len())) {
        (Ok(short @ 0..126), _) => bytes.push(short),
        (_, Ok(medium)) => {
            bytes.push(126);
            bytes.extend_from_slice(&medium.to_be_bytes());
        }
        _ => {
            bytes.push(127);
            bytes.extend_from_slice(&(message.len() as u64).to_be_bytes());
        }
    }
    bytes.extend_from_slice(message);
}

/// A whole binary message as a server sends it.
pub(super) fn websocket_frame(message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD_MOST + message.len());
    put_frame(&mut bytes, message);
    bytes
}

/// The length of the frame at the beginning of these bytes, which [`put_frame`] has written.
pub(super) fn frame_length(bytes: &[u8]) -> usize {
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
    match bytes[1] {
        127 => HEAD_MOST + number(&bytes[2..HEAD_MOST]),
        126 => 4 + number(&bytes[2..4]),
        short => 2 + usize::from(short),
    }
}

/// Where segments come from, and go when nobody needs them any more.
#[derive(Default)]
pub(super) struct Segments {
    spare: Vec<Vec<u8>>,
    /// Bytes of all that are in use.
    in_use: usize,
}

impl Segments {
    /// Bytes of memory that all logs take.
    pub(super) fn in_use(&self) -> usize {
        self.in_use
    }

    /// Frees those that nobody uses.
    pub(super) fn shrink(&mut self) {
        self.spare = Vec::new();
    }

    fn take(&mut self, capacity: usize) -> Vec<u8> {
        let known = self.spare.iter().position(|bytes| bytes.capacity() == capacity);
        let bytes = known.map_or_else(|| Vec::with_capacity(capacity), |at| self.spare.swap_remove(at));
        self.in_use += bytes.capacity();
        bytes
    }

    fn give_back(&mut self, mut bytes: Vec<u8>) {
        self.in_use -= bytes.capacity();
        let spare: usize = self.spare.iter().map(Vec::capacity).sum();
        // Other sizes are for one frame each, and no other would find them.
        let is_usual = bytes.capacity().is_power_of_two() && bytes.capacity() <= LARGEST;
        if is_usual && spare + bytes.capacity() <= SPARE_MOST {
            bytes.fill(0);
            // The compiler may otherwise drop writes that nobody reads.
            optimization_barrier(bytes.as_slice());
            bytes.clear();
            self.spare.push(bytes);
        }
    }
}

/// Some of the frames, none of them cut.
struct Segment {
    /// The position of its first byte.
    start: u64,
    bytes: Vec<u8>,
    /// The cursors that are in it, its end excluded.
    cursors: usize,
}

impl Segment {
    fn offset(&self, position: u64) -> usize {
        usize::try_from(position - self.start).unwrap_or(usize::MAX)
    }
}

/// A room's frames, from the first that somebody has still to get.
#[derive(Default)]
pub(super) struct Log {
    segments: VecDeque<Segment>,
    /// The position behind the last byte.
    end: u64,
    /// The cursors that are there: nothing waits for them.
    at_end: usize,
    /// Where nothing waited for anybody the last time.
    emptied: u64,
    /// So many bytes have waited since then at a time, lately, so that as many as may wait next stand side by side.
    usual: usize,
}

impl Log {
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// A cursor more, to which nothing of what there is will be given. Returns its position.
    pub(super) fn join(&mut self) -> u64 {
        self.at_end += 1;
        self.end
    }

    /// A cursor less.
    pub(super) fn leave(&mut self, position: u64, segments: &mut Segments) {
        *self.cursors_at(position) -= 1;
        self.free(segments);
    }

    /// Moves so many of the cursors at `from` on.
    pub(super) fn advance(&mut self, count: usize, from: u64, to: u64, segments: &mut Segments) {
        *self.cursors_at(from) -= count;
        *self.cursors_at(to) += count;
        self.free(segments);
    }

    /// Adds a frame for all cursors that there are.
    pub(super) fn append(&mut self, message: &[u8], segments: &mut Segments) {
        let most = HEAD_MOST + message.len();
        if self.segments.back().is_none_or(|last| last.bytes.capacity() - last.bytes.len() < most) {
            let next =
                self.segments.back().map_or(self.usual.max(SMALLEST), |last| last.bytes.capacity() * 2);
            let usual = next.max(most).min(LARGEST).next_power_of_two();
            let bytes = segments.take(usual.max(most));
            self.segments.push_back(Segment { start: self.end, bytes, cursors: 0 });
        }
        let Some(last) = self.segments.back_mut() else { return };
        last.cursors += std::mem::take(&mut self.at_end);
        let before = last.bytes.len();
        put_frame(&mut last.bytes, message);
        self.end += (last.bytes.len() - before) as u64;
    }

    /// As many bytes from `position` on as stand side by side, but none from `to` on.
    pub(super) fn piece(&self, position: u64, to: u64) -> &[u8] {
        let Some(segment) = self.index(position).map(|at| &self.segments[at]) else { return &[] };
        let end = segment.offset(to).min(segment.bytes.len());
        &segment.bytes[segment.offset(position)..end]
    }

    /// Where the frame begins and ends that `position` is within; both are `position` where it is between two.
    pub(super) fn frame(&self, position: u64) -> (u64, u64) {
        let Some(segment) = self.index(position).map(|at| &self.segments[at]) else {
            return (position, position);
        };
        let (mut start, mut end, wanted) = (0, 0, segment.offset(position));
        while end < wanted {
            start = end;
            end += frame_length(&segment.bytes[end..]);
        }
        let start = if end == wanted { end } else { start };
        (segment.start + start as u64, segment.start + end as u64)
    }

    /// Bytes of memory that are kept for a cursor at `position`, perhaps among others.
    pub(super) fn held(&self, position: u64) -> usize {
        let (Some(at), Some(last)) = (self.index(position), self.segments.back()) else { return 0 };
        let bytes = usize::try_from(self.end - self.segments[at].start).unwrap_or(usize::MAX);
        // All segments but the last are as good as full.
        bytes + last.bytes.capacity() - last.bytes.len()
    }

    /// Which segment a position is in; none, if it is the end.
    fn index(&self, position: u64) -> Option<usize> {
        if position == self.end {
            return None;
        }
        let last = self.segments.len().checked_sub(1)?;
        if self.segments[last].start <= position {
            return Some(last);
        }
        self.segments.partition_point(|segment| segment.start <= position).checked_sub(1)
    }

    fn cursors_at(&mut self, position: u64) -> &mut usize {
        match self.index(position) {
            Some(at) => &mut self.segments[at].cursors,
            None => &mut self.at_end,
        }
    }

    /// The cursors for which something waits.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.segments.iter().map(|segment| segment.cursors).sum()
    }

    /// Frees what all cursors have passed.
    fn free(&mut self, segments: &mut Segments) {
        while self.segments.front().is_some_and(|first| first.cursors == 0)
            && let Some(first) = self.segments.pop_front()
        {
            segments.give_back(first.bytes);
            if self.segments.is_empty() {
                let waited = usize::try_from(self.end - self.emptied).unwrap_or(usize::MAX);
                self.usual = waited.min(LARGEST).max(self.usual - self.usual / FORGOTTEN);
                self.emptied = self.end;
            }
        }
    }
}

#[cfg(test)]
mod tests;
