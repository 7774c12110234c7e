//! The queue that one connection is written from. Its frames are shared with all others who get
//! them, and each write hands as many to the system as it takes. Nothing is copied, and an empty
//! queue holds hardly any memory, however much it has held. Incoming bytes pass through a
//! [`FrameScanner`].

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::BufMut;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::frame_memory::Frame;
use super::frame_scanner::FrameScanner;
use super::outbox::{QueueSize, Waiting};

/// Frames handed to the system in one write.
const FRAMES_A_WRITE: usize = 128;

/// A queue that has held more frames than this gives its memory back when it is empty.
const SMALL_QUEUE: usize = 8;

/// A whole binary message as a server sends it (RFC 6455, 5.2).
pub(super) fn websocket_frame(message: &[u8]) -> Vec<u8> {
    const FINAL_BINARY: u8 = 0x82;
    let mut frame = Vec::with_capacity(10 + message.len());
    frame.put_u8(FINAL_BINARY);
    match (u8::try_from(message.len()), u16::try_from(message.len())) {
        (Ok(short @ 0..126), _) => frame.put_u8(short),
        (_, Ok(medium)) => {
            frame.put_u8(126);
            frame.put_u16(medium);
        }
        _ => {
            frame.put_u8(127);
            frame.put_u64(message.len() as u64);
        }
    }
    frame.put_slice(message);
    frame
}

/// A stream with a queue in front of it. Bytes that are written to it in the usual way are queued
/// too, so that a control frame never gets between the halves of another frame.
pub(super) struct WriteQueue<S> {
    stream: S,
    frames: VecDeque<Arc<Frame>>,
    /// So many bytes of the first frame have been written.
    written: usize,
    /// What was written or dropped since the last [`WriteQueue::take_released`].
    released: Waiting,
    scanner: FrameScanner,
    /// A forbidden frame has come in; nothing is read from there on.
    misread: bool,
}

impl<S> WriteQueue<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            frames: VecDeque::new(),
            written: 0,
            released: Waiting::default(),
            scanner: FrameScanner::default(),
            misread: false,
        }
    }

    pub(super) fn into_inner(self) -> S {
        self.stream
    }

    /// The queue, to put whole frames into.
    pub(super) fn frames(&mut self) -> &mut VecDeque<Arc<Frame>> {
        &mut self.frames
    }

    /// Drops all frames but one that has been written in part.
    pub(super) fn clear(&mut self) {
        let kept = usize::from(self.is_begun());
        for frame in self.frames.drain(kept..) {
            self.released.add(frame.kind, QueueSize { bytes: frame.bytes.len(), frames: 1 });
        }
    }

    /// Whether a frame has been written in part.
    pub(super) fn is_begun(&self) -> bool {
        self.written > 0
    }

    /// The bytes and the whole frames that have left the queue since this was last asked.
    pub(super) fn take_released(&mut self) -> Waiting {
        std::mem::take(&mut self.released)
    }

    /// What is known of the incoming frames.
    pub(super) fn scanner(&mut self) -> &mut FrameScanner {
        &mut self.scanner
    }

    /// Whether reading has ended at a forbidden frame.
    pub(super) fn is_misread(&self) -> bool {
        self.misread
    }

    fn advance(&mut self, mut bytes: usize) {
        while let Some(first) = self.frames.front() {
            let written = bytes.min(first.bytes.len() - self.written);
            bytes -= written;
            self.written += written;
            let is_whole = self.written == first.bytes.len();
            self.released.add(first.kind, QueueSize { bytes: written, frames: usize::from(is_whole) });
            if !is_whole {
                return;
            }
            self.written = 0;
            self.frames.pop_front();
        }
    }
}

impl<S: AsyncWrite + Unpin> WriteQueue<S> {
    /// Ready when the queue is empty.
    pub(super) fn poll_out(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.frames.is_empty() {
            let mut slices = [IoSlice::new(&[]); FRAMES_A_WRITE];
            let count = self.frames.len().min(FRAMES_A_WRITE);
            let mut written = self.written;
            for (slice, frame) in slices.iter_mut().zip(&self.frames) {
                *slice = IoSlice::new(&frame.bytes[std::mem::take(&mut written)..]);
            }
            match ready!(Pin::new(&mut self.stream).poll_write_vectored(cx, &slices[..count]))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                bytes => self.advance(bytes),
            }
        }
        if self.frames.capacity() > SMALL_QUEUE {
            self.frames = VecDeque::new();
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for WriteQueue<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        if !self.misread {
            ready!(Pin::new(&mut self.stream).poll_read(cx, into))?;
            if let Err(good) = self.scanner.scan(&into.filled()[before..]) {
                into.set_filled(before + good);
                self.misread = true;
            }
        }
        // The bytes before that frame are read first.
        if self.misread && into.filled().len() == before {
            return Poll::Ready(Err(io::ErrorKind::InvalidData.into()));
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WriteQueue<S> {
    /// Takes everything, unless the other side does not read what was sent before.
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if !self.frames.is_empty() {
            ready!(self.poll_out(cx))?;
        }
        self.frames.push_back(Frame::control(bytes));
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_out(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_out(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::super::frame_memory::FrameMemory;
    use super::super::outbox::Kind;
    use super::*;

    fn frame(bytes: &[u8], kind: Kind) -> Arc<Frame> {
        FrameMemory::default().share(bytes.to_vec(), kind)
    }

    #[test]
    fn a_frames_head_says_its_length_in_the_shortest_way() {
        for (length, head) in [
            (0, &[0x82, 0][..]),
            (125, &[0x82, 125]),
            (126, &[0x82, 126, 0, 126]),
            (0xFFFF, &[0x82, 126, 0xFF, 0xFF]),
            (0x1_0000, &[0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] {
            let frame = websocket_frame(&vec![7; length]);
            assert!(frame.starts_with(head), "{length} bytes");
            assert_eq!(frame.len(), head.len() + length);
        }
    }

    #[tokio::test]
    async fn everything_arrives_whole_and_in_order_however_little_is_taken_at_once() {
        let (ours, mut theirs) = tokio::io::duplex(7);
        let mut queue = WriteQueue::new(ours);
        let mut expected = Vec::new();
        for number in 0..200_u8 {
            let bytes = vec![number; usize::from(number % 5) + 1];
            expected.extend_from_slice(&bytes);
            let kind = if number % 4 == 0 { Kind::Pass } else { Kind::Room };
            queue.frames().push_back(frame(&bytes, kind));
        }
        let sent = async {
            queue.flush().await.unwrap();
            queue.write_all(b"control").await.unwrap();
            queue.flush().await.unwrap();
            queue
        };
        expected.extend_from_slice(b"control");
        let mut got = vec![0; expected.len()];
        let (mut queue, read) = tokio::join!(sent, theirs.read_exact(&mut got));
        read.unwrap();
        assert_eq!(got, expected);
        // Of 200 frames of 3 bytes on average every fourth was passed.
        let counted = Waiting {
            room: QueueSize { bytes: 450, frames: 150 },
            passes: QueueSize { bytes: 150, frames: 50 },
        };
        assert_eq!((queue.take_released(), queue.take_released()), (counted, Waiting::default()));
        assert!(queue.frames().capacity() <= SMALL_QUEUE);
    }

    #[tokio::test]
    async fn what_comes_before_a_frame_that_may_not_be_is_read_and_nothing_after_it() {
        let (ours, mut theirs) = tokio::io::duplex(100);
        let mut queue = WriteQueue::new(ours);
        // A good frame, one whose length could be shorter, and another good one.
        theirs
            .write_all(&[0x82, 0x80, 0, 0, 0, 0, 0x82, 0xfe, 0, 1, 0, 0, 0, 0, 0, 0x82, 0x80])
            .await
            .unwrap();
        assert_eq!(queue.read(&mut [0; 50]).await.unwrap(), 6);
        for _ in 0..2 {
            let error = queue.read(&mut [0; 50]).await.unwrap_err();
            assert!(error.kind() == io::ErrorKind::InvalidData && queue.is_misread());
        }
    }

    #[tokio::test]
    async fn what_is_written_the_usual_way_waits_for_a_reader() {
        let (ours, _deaf) = tokio::io::duplex(8);
        let mut queue = WriteQueue::new(ours);
        let mut taken = 0;
        std::future::poll_fn(|cx| {
            while Pin::new(&mut queue).poll_write(cx, b"pongpong").is_ready() {
                taken += 1;
                assert!(taken < 10, "taken without end");
            }
            Poll::Ready(())
        })
        .await;
        assert!(queue.frames().len() <= 1);
    }

    #[tokio::test]
    async fn what_has_been_begun_is_finished_although_the_rest_is_dropped() {
        let (ours, mut theirs) = tokio::io::duplex(3);
        let mut queue = WriteQueue::new(ours);
        queue.frames().extend([frame(b"begun", Kind::Room), frame(b"not yet", Kind::Pass)]);
        let stuck = std::future::poll_fn(|cx| Poll::Ready(queue.poll_out(cx).is_pending())).await;
        assert!(stuck && queue.is_begun());
        queue.clear();
        let released =
            Waiting { room: QueueSize { bytes: 3, frames: 0 }, passes: QueueSize { bytes: 7, frames: 1 } };
        assert_eq!(queue.take_released(), released, "written, and dropped");
        queue.frames().push_back(frame(b"over", Kind::Room));
        let mut got = vec![0; 9];
        let (sent, read) = tokio::join!(queue.flush(), theirs.read_exact(&mut got));
        sent.unwrap();
        read.unwrap();
        assert_eq!(got, b"begunover");
    }
}
