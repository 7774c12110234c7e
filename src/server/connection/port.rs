//! What a WebSocket reads from, and hands its control frames to. Incoming bytes pass through a [`FrameScanner`]; all that
//! goes out stands in the hub, so that no control frame gets between the halves of another frame.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::super::frame_scanner::FrameScanner;
use super::super::hub::Line;
use super::super::stream::Stream;

/// A stream, and the line's way out.
pub(super) struct Port<S> {
    stream: S,
    line: Line,
    scanner: FrameScanner,
    /// A forbidden frame has come in; nothing is read from there on.
    misread: bool,
}

impl<S: Stream> Port<S> {
    pub(super) fn new(stream: S, line: Line) -> Self {
        Self { stream, line, scanner: FrameScanner::default(), misread: false }
    }

    pub(super) fn into_inner(self) -> S {
        self.stream
    }

    /// What is known of the incoming frames.
    pub(super) fn scanner(&mut self) -> &mut FrameScanner {
        &mut self.scanner
    }

    /// Whether reading has ended at a forbidden frame.
    pub(super) fn is_misread(&self) -> bool {
        self.misread
    }

    /// Ready when nothing is left to write that is for this task to write.
    pub(super) fn poll_out(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.line.poll_write(cx, &mut self.stream)
    }
}

impl<S: Stream> AsyncRead for Port<S> {
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

impl<S: Stream> AsyncWrite for Port<S> {
    /// Takes a control frame, unless too many wait.
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.line.control(bytes) { Poll::Ready(Ok(bytes.len())) } else { Poll::Pending }
    }

    /// The hub sees to what it has.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_out(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests;
