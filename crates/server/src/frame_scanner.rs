//! Follows the frames that a client sends (RFC 6455, 5.2), from which a WebSocket's messages are
//! made, by their heads as the bytes go by.
//!
//! tungstenite collects the fragments of a message silently. Each of them is work all the same, and
//! must be counted like a message.

#[cfg(test)]
mod tests;

/// Frames that one message may consist of. Browsers send one, or a few if it is large.
const FRAGMENTS: u32 = 64;

/// Bytes of the longest payload of a control frame (RFC 6455, 5.5).
const CONTROL: u64 = 125;

/// Bytes of the longest head before its mask.
const HEAD: usize = 10;

/// Bytes of the mask that a client's frame has.
const MASK: u64 = 4;

/// Follows the frames of a client, however their bytes are cut. It never looks at payloads.
#[derive(Default)]
pub(super) struct FrameScanner {
    head: [u8; HEAD],
    /// Bytes of the head that have come.
    known: usize,
    /// Bytes of mask and payload that are still to come.
    left: u64,
    /// Frames of the current message.
    fragments: u32,
    /// Bytes of the current message's frames, of which the last may not be there yet.
    partial: usize,
    /// Bytes of the largest frame since [`FrameScanner::forget_largest`].
    largest: u64,
    /// Fragments, but the last of a message, since the last [`FrameScanner::take_fragments`].
    uncounted: u32,
}

impl FrameScanner {
    /// Follows `bytes`. `Err` is the number of bytes before a forbidden frame.
    pub(super) fn scan(&mut self, bytes: &[u8]) -> Result<(), usize> {
        let mut at = 0;
        while at < bytes.len() {
            if self.left > 0 {
                let taken = (bytes.len() - at).min(usize::try_from(self.left).unwrap_or(usize::MAX));
                self.pass(taken);
                at += taken;
                continue;
            }
            let begin = at.saturating_sub(self.known);
            self.head[self.known] = bytes[at];
            self.known += 1;
            at += 1;
            if self.known == self.head_length() {
                self.begin().map_err(|_: NotAllowed| begin)?;
            }
        }
        Ok(())
    }

    /// How many fragments have begun since this was last asked, but the last ones of messages: with
    /// these the messages themselves are counted.
    pub(super) fn take_fragments(&mut self) -> u32 {
        std::mem::take(&mut self.uncounted)
    }

    /// Bytes of an unfinished message: those that have come, and those that its last frame has
    /// announced, for tungstenite allocates a whole frame as soon as it knows the length.
    pub(super) fn partial(&self) -> usize {
        self.partial
    }

    /// Whether no message, and no part of a frame, is under way.
    pub(super) fn is_between(&self) -> bool {
        self.known == 0 && self.left == 0 && self.fragments == 0
    }

    /// Bytes of the largest frame since [`FrameScanner::forget_largest`].
    pub(super) fn largest(&self) -> u64 {
        self.largest
    }

    /// Begins anew to look for the largest frame.
    pub(super) fn forget_largest(&mut self) {
        self.largest = 0;
    }

    fn is_control(&self) -> bool {
        self.head[0] & 0x08 != 0
    }

    fn is_final(&self) -> bool {
        self.head[0] & 0x80 != 0
    }

    fn head_length(&self) -> usize {
        match self.head[1] & 0x7f {
            _ if self.known < 2 => 2,
            126 => 4,
            127 => HEAD,
            _ => 2,
        }
    }

    /// Called when a head is whole.
    fn begin(&mut self) -> Result<(), NotAllowed> {
        let extended = |bytes: &[u8]| bytes.iter().fold(0, |length, byte| length << 8 | u64::from(*byte));
        let (length, least) = match self.head[1] & 0x7f {
            126 => (extended(&self.head[2..4]), 126),
            127 => (extended(&self.head[2..]), 0x1_0000),
            short => (short.into(), 0),
        };
        // "The minimal number of bytes MUST be used to encode the length."
        if length < least || self.is_control() && length > CONTROL {
            return Err(NotAllowed);
        }
        if !self.is_control() {
            let goes_on = self.head[0].is_multiple_of(16);
            self.fragments = if goes_on { self.fragments + 1 } else { 1 };
            if self.fragments > FRAGMENTS {
                return Err(NotAllowed);
            }
            self.uncounted += u32::from(!self.is_final());
        }
        self.known = 0;
        self.largest = self.largest.max(length);
        let mask = if self.head[1] & 0x80 == 0 { 0 } else { MASK };
        self.left = length.saturating_add(mask);
        if !self.is_control() {
            self.partial = self.partial.saturating_add(usize::try_from(self.left).unwrap_or(usize::MAX));
        }
        if self.left == 0 {
            self.end();
        }
        Ok(())
    }

    /// Called when so many bytes of mask and payload have come.
    fn pass(&mut self, bytes: usize) {
        self.left -= bytes as u64;
        if self.left == 0 {
            self.end();
        }
    }

    /// Called at the end of a frame.
    fn end(&mut self) {
        if self.is_final() && !self.is_control() {
            self.fragments = 0;
            self.partial = 0;
        }
    }
}

/// A frame that a client may not send.
struct NotAllowed;
