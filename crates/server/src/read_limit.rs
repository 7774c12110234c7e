//! Limits how fast a connection is read from, whether it carries requests, TLS or a WebSocket.
//!
//! Small things can be work that no limit of frames covers: single bytes, or empty TLS records. So
//! each read costs time, and so does each byte. A connection that has overspent is not read from
//! for a while. It loses nothing, and the bytes that have come meanwhile are read at once.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::time::Sleep;

use super::now;
use super::stream::Stream;
use crate::rate::Rate;

/// So many reads that find less than they could take cost as much as one message of the largest
/// size. With fewer, clients whose network has small packets would feel the limit.
const READS_A_FRAME: u32 = 8;

/// At least so many of the largest messages can be read each second, whatever the settings say ...
const FRAMES_A_SECOND: u32 = 20;

/// ... and so much of that at once after a pause.
const BURST: Duration = Duration::from_secs(3);

/// What reading costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadCosts {
    /// The cost of a read that finds less than it could take.
    read: Duration,
    /// The cost of a KiB.
    kib: Duration,
    /// How far a connection may overspend.
    burst: Duration,
}

impl ReadCosts {
    /// The costs for a connection that may send frames at this rate, each of up to `largest_frame`
    /// bytes.
    pub(super) fn of(frames: Rate, largest_frame: usize) -> Self {
        let frame = frames.every.min(Duration::from_secs(1) / FRAMES_A_SECOND);
        let kib = u32::try_from(largest_frame / 1024).unwrap_or(u32::MAX).max(1);
        let burst = BURST.max(frame.saturating_mul(frames.burst));
        Self { read: frame / READS_A_FRAME, kib: frame / kib, burst }
    }

    fn price(&self, bytes: usize, is_short: bool) -> Duration {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let price = self.kib.saturating_mul(bytes) / 1024;
        if is_short { price.max(self.read) } else { price }
    }
}

/// A stream whose reads cost time.
pub(super) struct ReadLimited<S> {
    stream: S,
    costs: ReadCosts,
    /// The time at which all reads so far are paid for.
    paid: Instant,
    /// Nothing is read before this ends.
    pause: Option<Pin<Box<Sleep>>>,
}

impl<S> ReadLimited<S> {
    pub(super) fn new(stream: S, costs: ReadCosts) -> Self {
        Self { stream, costs, paid: now(), pause: None }
    }

    /// Pays for a read. If it cannot be paid for yet, the next one has to wait.
    fn pay(&mut self, price: Duration, now: Instant) {
        self.paid = self.paid.max(now) + price;
        let pause = (self.paid - now).saturating_sub(self.costs.burst);
        if !pause.is_zero() {
            self.pause = Some(Box::pin(tokio::time::sleep(pause)));
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for ReadLimited<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(cx));
            self.pause = None;
        }
        let before = into.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, into))?;
        let price = self.costs.price(into.filled().len() - before, into.remaining() > 0);
        self.pay(price, now());
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for ReadLimited<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

impl<S: Stream> Stream for ReadLimited<S> {
    fn take_socket(&mut self) -> Option<OwnedWriteHalf> {
        self.stream.take_socket()
    }

    fn poll_writable(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_writable(cx)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const FRAME: usize = 64 * 1024;

    /// Reads that the burst and so many seconds pay for, each of `bytes`.
    fn reads(costs: ReadCosts, bytes: usize, is_short: bool, seconds: u64) -> u128 {
        (costs.burst + Duration::from_secs(seconds)).as_nanos() / costs.price(bytes, is_short).as_nanos()
    }

    #[test]
    fn reading_costs_as_much_as_the_frames_that_may_be_sent() {
        let costs = ReadCosts::of(Rate { burst: 60, every: Duration::from_millis(50) }, FRAME);
        assert_eq!(reads(costs, FRAME, false, 0), 60, "the burst");
        assert_eq!(reads(costs, FRAME, false, 10), 60 + 10 * 20, "all that the rate allows");
        assert_eq!(reads(costs, 1, true, 0), 60 * 8);
        assert_eq!(reads(costs, 1, true, 10), 60 * 8 + 10 * 160, "a byte at a time");
        assert_eq!(
            reads(costs, FRAME / 8, true, 1),
            reads(costs, 1, true, 1),
            "as much as a small read costs"
        );
    }

    #[test]
    fn it_is_never_slower_than_a_page_needs_and_as_fast_as_the_settings_say() {
        let slowest = ReadCosts::of(Rate { burst: 1, every: Duration::from_secs(1) }, 1024);
        assert_eq!(reads(slowest, 1, true, 0), 480);
        let fastest = ReadCosts::of(Rate { burst: 1_000_000, every: Duration::from_micros(1) }, 1024 * 1024);
        assert_eq!(fastest.price(usize::MAX, false), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn who_overspends_waits_and_loses_nothing() {
        let costs = ReadCosts::of(Rate { burst: 1, every: Duration::from_millis(50) }, FRAME);
        let (mut theirs, ours) = tokio::io::duplex(FRAME);
        let mut stream = ReadLimited::new(ours, costs);
        let now = stream.paid;
        stream.pay(costs.burst, now);
        assert!(stream.pause.is_none(), "all that may be spent at once");
        theirs.write_all(b"a").await.unwrap();
        assert_eq!(stream.read(&mut [0; 100]).await.unwrap(), 1);
        stream.pay(costs.read, now);
        assert!(stream.pause.is_some(), "more than that");
        theirs.write_all(b"b").await.unwrap();
        let read = async {
            let mut got = [0; 100];
            let count = stream.read(&mut got).await.unwrap();
            got[..count].to_vec()
        };
        // Bytes that come in while it waits are read at once.
        let (got, ()) = tokio::join!(read, async { theirs.write_all(b"c").await.unwrap() });
        assert_eq!(got, b"bc");
        let waited = tokio::time::Instant::now().into_std() - now;
        assert!((costs.read * 2..costs.read * 3).contains(&waited), "what it overspent: {waited:?}");
    }
}
