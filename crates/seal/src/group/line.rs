//! The connection that one's seat is on, and what goes over it.

use sanctuary_wire::{ClientFrame, Command, LargestFrame, Nonce};

use super::super::SealError;
use super::inside::Inside;

/// One connection.
#[derive(Debug)]
pub(super) struct Line {
    nonce: Nonce,
    /// Bytes of the largest frame that the daemon takes.
    pub(super) largest: usize,
    /// Of the last order.
    turn: u64,
    /// Whether the seat is on it.
    pub(super) is_seated: bool,
}

impl Line {
    pub(super) fn new(nonce: Nonce, largest: LargestFrame) -> Self {
        Self { nonce, largest: largest.bytes(), turn: 0, is_seated: false }
    }
}

impl Inside {
    pub(super) fn frames(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.out)
    }

    pub(super) fn disconnected(&mut self) {
        self.line = None;
        self.boxed = None;
        self.out.clear();
    }

    /// Another connection: there the seat is taken again.
    pub(super) fn hello(&mut self, nonce: &Nonce, largest_frame: LargestFrame) {
        self.disconnected();
        let (room, id) = (self.door.room(), self.you);
        let signature = self.own.seat.sign_resume(nonce, room, id);
        self.out.push(ClientFrame::Resume { room, id, signature }.encode());
        let line = Line::new(nonce.clone(), largest_frame);
        self.largest_told = line.largest;
        self.line = Some(line);
    }

    /// One has left.
    pub(super) fn gives_up(&mut self) {
        (self.line, self.is_over) = (None, true);
    }

    /// The seat is on this connection.
    pub(super) fn sit(&mut self) {
        if let Some(line) = &mut self.line {
            line.is_seated = true;
        }
    }

    pub(super) fn line(&self) -> Result<&Line, SealError> {
        self.line.as_ref().filter(|line| line.is_seated).ok_or(SealError::NotSeated)
    }

    pub(super) fn is_seated(&self) -> bool {
        self.line().is_ok()
    }

    pub(super) fn send(&mut self, frame: &ClientFrame<'_>) {
        self.out.push(frame.encode());
    }

    /// Signs a command with the turn that it is given, and sends it.
    pub(super) fn order<'c>(&mut self, command: impl Fn(u64) -> Command<'c>) -> Result<(), SealError> {
        let line = self.line.as_mut().filter(|line| line.is_seated).ok_or(SealError::NotSeated)?;
        let encoded = command(line.turn + 1).encode();
        let signature = self.own.seat.sign_order(&line.nonce, &encoded);
        let order = ClientFrame::Order { command: &encoded, signature }.encode();
        if order.len() > line.largest {
            return Err(SealError::TooLong);
        }
        line.turn += 1;
        self.out.push(order);
        Ok(())
    }
}
