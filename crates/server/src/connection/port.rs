//! What a WebSocket reads from, and hands its control frames to. Incoming bytes pass through a [`FrameScanner`]; all that
//! goes out stands in the hub, so that no control frame gets between the halves of another frame.

use std::io::{self, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper_tungstenite::tungstenite::protocol::frame::Frame;
use tokio::io::ReadBuf;

use super::super::frame_scanner::FrameScanner;
use super::super::hub::HubHandle;
use super::super::stream::Stream;

/// A stream, and the hub, through which all goes out.
pub(super) struct Port {
    stream: Box<dyn Stream>,
    hub: HubHandle,
    scanner: FrameScanner,
    /// A forbidden frame has come in; nothing is read from there on.
    misread: bool,
}

impl Port {
    pub(super) fn new(stream: Box<dyn Stream>, hub: HubHandle) -> Self {
        Self { stream, hub, scanner: FrameScanner::default(), misread: false }
    }

    /// The stream; the hub is told that the connection is over.
    pub(super) fn into_inner(self) -> Box<dyn Stream> {
        self.stream
    }

    pub(super) fn hub(&self) -> &HubHandle {
        &self.hub
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
        self.hub.poll_write(cx, &mut *self.stream)
    }

    /// Writes what is taken at once of all that waits.
    pub(super) fn write_last(&mut self, cx: &mut Context<'_>) {
        self.hub.write_last(cx, &mut *self.stream);
    }

    /// Sends a control frame, after all that waits.
    pub(super) fn control(&self, frame: Frame) {
        let mut bytes = Vec::new();
        // Nothing can fail where a vector is written to.
        if frame.format(&mut bytes).is_ok() {
            self.hub.control(bytes);
        }
    }

    pub(super) fn poll_read(&mut self, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        if !self.misread {
            ready!(Pin::new(&mut *self.stream).poll_read(cx, into))?;
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

    /// What tungstenite reads from and writes to in this turn of the task.
    pub(super) fn with<'a, 'c>(&'a mut self, cx: &'a mut Context<'c>) -> Turn<'a, 'c> {
        Turn { port: self, cx }
    }
}

/// A port in one turn of its task: what would wait is an error, and wakes the task.
pub(super) struct Turn<'a, 'c> {
    port: &'a mut Port,
    cx: &'a mut Context<'c>,
}

impl Read for Turn<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut into = ReadBuf::new(into);
        match self.port.poll_read(self.cx, &mut into) {
            Poll::Ready(read) => read.map(|()| into.filled().len()),
            Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

impl Write for Turn<'_, '_> {
    /// Takes answers, unless too many wait.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.port.hub.answer(bytes) { Ok(bytes.len()) } else { Err(io::ErrorKind::WouldBlock.into()) }
    }

    /// The hub sees to what it has.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
