//! What goes on below the messages of a WebSocket: the frames that a client sends (RFC 6455, 5.2), told from their
//! heads as the bytes go by.
//!
//! tungstenite collects the fragments of a message without a word. Each of them is work all the same, and must be
//! counted as a message is.

/// Frames that one message may come in. Browsers send one, or a few where a message is large.
const FRAGMENTS: u32 = 64;

/// Bytes of the longest payload of a control frame (RFC 6455, 5.5).
const CONTROL: u64 = 125;

/// Bytes of the longest head before its mask.
const HEAD: usize = 10;

/// Bytes of the mask that a client's frame has.
const MASK: u64 = 4;

/// Follows a client's frames, however their bytes are cut. Of what they hold it looks at nothing.
#[derive(Default)]
pub(super) struct FrameScanner {
    head: [u8; HEAD],
    /// Bytes of the head that are there.
    known: usize,
    /// Bytes of mask and payload that are still to come.
    left: u64,
    /// Frames of the message that is under way.
    fragments: u32,
    /// Bytes of the frames of the message that is under way, the last of which may not be there yet.
    partial: usize,
    /// Bytes of the largest frame since [`FrameScanner::take_grown`] was last `true`.
    largest: u64,
    /// Fragments that end no message, since [`FrameScanner::take_fragments`] was last asked.
    uncounted: u32,
}

impl FrameScanner {
    /// Goes on by `bytes`. `Err` with the number of those that come before a frame that may not be.
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

    /// How many fragments that end no message have begun since this was last asked. The message that they belong to
    /// is counted with its last.
    pub(super) fn take_fragments(&mut self) -> u32 {
        std::mem::take(&mut self.uncounted)
    }

    /// Bytes of a message that has not come to its end: those that are there, and those that its last frame has
    /// announced, for tungstenite makes room for a whole frame as soon as it knows how long that is.
    pub(super) fn partial(&self) -> usize {
        self.partial
    }

    /// Whether no message is under way and there was a frame of more than `kept` bytes since this was last `true`.
    pub(super) fn take_grown(&mut self, kept: usize) -> bool {
        let is_between = self.known == 0 && self.left == 0 && self.fragments == 0;
        let is_grown = is_between && self.largest > kept as u64;
        if is_grown {
            self.largest = 0;
        }
        is_grown
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

    /// A head is whole.
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

    /// So many bytes of mask and payload have come.
    fn pass(&mut self, bytes: usize) {
        self.left -= bytes as u64;
        if self.left == 0 {
            self.end();
        }
    }

    /// A frame is over.
    fn end(&mut self) {
        if self.is_final() && !self.is_control() {
            self.fragments = 0;
            self.partial = 0;
        }
    }
}

/// A frame that a client may not send.
struct NotAllowed;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: u8 = 0x01;
    const BINARY: u8 = 0x02;
    const GOES_ON: u8 = 0x00;
    const FINAL: u8 = 0x80;
    const PING: u8 = FINAL | 0x09;

    /// A masked frame; the length in as few bytes as can be.
    fn frame(first: u8, length: usize) -> Vec<u8> {
        let mut frame = vec![first];
        match length {
            0..126 => frame.push(0x80 + u8::try_from(length).unwrap_or_default()),
            126..0x1_0000 => {
                frame.push(0xfe);
                frame.extend(&u16::try_from(length).unwrap_or_default().to_be_bytes());
            }
            _ => {
                frame.push(0xff);
                frame.extend(&(length as u64).to_be_bytes());
            }
        }
        // Bytes that would be heads of control frames, were they looked at.
        frame.extend(vec![0x88; length + 4]);
        frame
    }

    /// A message in so many fragments.
    fn message(fragments: usize, length: usize) -> Vec<u8> {
        let first = |at: usize| if at == 0 { BINARY } else { GOES_ON };
        let last = |at: usize| if at + 1 == fragments { FINAL } else { 0 };
        (0..fragments).flat_map(|at| frame(first(at) | last(at), length)).collect()
    }

    fn scanned(bytes: &[u8]) -> (Result<(), usize>, u32) {
        let mut scanner = FrameScanner::default();
        (scanner.scan(bytes), scanner.take_fragments())
    }

    #[test]
    fn a_message_may_come_in_64_frames_and_no_more() {
        assert_eq!(scanned(&message(1, 5)), (Ok(()), 0));
        assert_eq!(scanned(&message(63, 0)), (Ok(()), 62));
        assert_eq!(scanned(&message(64, 0)), (Ok(()), 63));
        assert_eq!(scanned(&message(65, 0)), (Err(64 * 6), 64), "6 bytes each");
        assert_eq!(scanned(&message(65, 200)).0, Err(64 * 208));
        // The next message begins at none again.
        assert_eq!(scanned(&message(64, 1).repeat(3)), (Ok(()), 3 * 63));
    }

    #[test]
    fn what_comes_between_fragments_neither_counts_nor_begins_anew() {
        let mut between = frame(BINARY, 0);
        for _ in 0..63 {
            between.extend([frame(PING, 125), frame(GOES_ON, 0)].concat());
        }
        assert_eq!(scanned(&between), (Ok(()), 64));
        let good = between.len();
        between.extend(frame(GOES_ON, 0));
        assert_eq!(scanned(&between), (Err(good), 64));
    }

    #[test]
    fn lengths_are_written_in_the_shortest_way() {
        let with_head = |head: &[u8]| [head, &[0; 4]].concat();
        for (head, allowed) in [
            (&[0x82, 0x80][..], true),
            (&[0x82, 0xfe, 0, 125], false),
            (&[0x82, 0xfe, 0, 126], true),
            (&[0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 1], false),
            (&[0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff], false),
            (&[0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0], true),
            (&[0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], true), // too large, says tungstenite
            (&[0x89, 0xfd], true),
            (&[0x89, 0xfe, 0, 126], false),
            (&[0x8a, 0xff, 0, 0, 0, 0, 0, 1, 0, 0], false),
            (&[0x88, 0xfe, 0, 2], false),
        ] {
            assert_eq!(scanned(&with_head(head)).0.is_ok(), allowed, "{head:x?}");
        }
    }

    #[test]
    fn of_a_message_under_way_it_is_known_how_much_room_it_takes() {
        let mut scanner = FrameScanner::default();
        let bytes = message(2, 1000);
        for (upto, partial) in
            [(3, 0), (4, 1004), (508, 1004), (1008, 1004), (1012, 2008), (2015, 2008), (2016, 0)]
        {
            let mut scanner = FrameScanner::default();
            assert_eq!(scanner.scan(&bytes[..upto]), Ok(()));
            assert_eq!(scanner.partial(), partial, "{upto} bytes");
        }
        assert_eq!(scanner.scan(&frame(PING, 100)[..50]), Ok(()));
        assert_eq!(scanner.partial(), 0);
    }

    #[test]
    fn between_messages_it_is_known_whether_there_was_a_large_one() {
        let mut scanner = FrameScanner::default();
        // Small ones, the first half of a large one, a head that is not whole, a control frame between fragments.
        let parts = [
            (message(3, 1000), false),
            (message(2, 1001)[..1500].to_vec(), false),
            (message(2, 1001)[1500..].to_vec(), true),
            (message(2, 1000), false),
            (frame(FINAL | BINARY, 1001), true),
            ([frame(FINAL | BINARY, 5000), vec![FINAL | BINARY]].concat(), false),
            (frame(FINAL | BINARY, 0)[1..].to_vec(), true),
            ([frame(BINARY, 5000), frame(PING, 3)].concat(), false),
            (frame(FINAL, 0), true),
            (frame(PING, 125), false),
        ];
        for (number, (bytes, grown)) in parts.into_iter().enumerate() {
            assert_eq!(scanner.scan(&bytes), Ok(()), "{number}");
            assert_eq!(scanner.take_grown(1000), grown, "{number}");
            assert!(!scanner.take_grown(1000), "{number}: told once");
        }
    }

    fn any_frame() -> impl Strategy<Value = Vec<u8>> {
        let first =
            prop::sample::select(vec![TEXT, BINARY, GOES_ON, FINAL | BINARY, FINAL, PING, FINAL | 0x0a]);
        (first, prop_oneof![0..3_usize, 120..130_usize, 65_530..65_540_usize]).prop_map(|(first, length)| {
            if first & 0x08 == 0 { frame(first, length) } else { frame(first, length.min(125)) }
        })
    }

    proptest! {
        #[test]
        fn it_is_all_the_same_where_the_bytes_are_cut(
            frames in prop::collection::vec(any_frame(), 0..90), cuts in prop::collection::vec(1..2000_usize, 1..20),
        ) {
            let bytes = frames.concat();
            let (whole, fragments) = scanned(&bytes);
            let mut scanner = FrameScanner::default();
            let (mut at, mut found, mut cuts) = (0, Ok(()), cuts.iter().cycle());
            while at < bytes.len() && found.is_ok() {
                let next = (at + cuts.next().unwrap_or(&1)).min(bytes.len());
                // A head that was begun before cannot be taken back.
                found = scanner.scan(&bytes[at..next]).map_err(|good| at + good);
                at = next;
            }
            prop_assert_eq!(found.is_ok(), whole.is_ok());
            if let (Err(cut), Err(whole)) = (found, whole) {
                prop_assert!((whole..whole + HEAD).contains(&cut));
            }
            prop_assert_eq!(scanner.take_fragments(), fragments);
        }

        #[test]
        fn any_bytes_are_followed(bytes in prop::collection::vec(any::<u8>(), 0..3000), at in 0..3000_usize) {
            let (whole, fragments) = scanned(&bytes);
            let mut scanner = FrameScanner::default();
            let (before, after) = bytes.split_at(at.min(bytes.len()));
            let cut = scanner.scan(before).and_then(|()| scanner.scan(after));
            prop_assert_eq!(cut.is_ok(), whole.is_ok());
            prop_assert_eq!(scanner.take_fragments(), fragments);
        }
    }

    #[test]
    fn a_message_is_followed_through_a_cut_at_every_byte() {
        let bytes = [message(3, 130), frame(PING, 3), message(1, 0), message(2, 70_000)].concat();
        let expected = scanned(&bytes);
        for cut in 0..bytes.len().min(1000) {
            let mut scanner = FrameScanner::default();
            assert_eq!((scanner.scan(&bytes[..cut]), scanner.scan(&bytes[cut..])), (Ok(()), Ok(())), "{cut}");
            assert_eq!(scanner.take_fragments(), expected.1, "{cut}");
        }
    }
}
