//! Frames and orders: what is read is written again to the byte, for nothing can be written in two ways.

use sanctuary_wire::{ClientFrame, Command, DaemonFrame};

pub fn wire_client(data: &[u8]) {
    let Ok(frame) = ClientFrame::decode(data) else { return };
    assert_eq!(frame.encode(), data);
}

pub fn wire_command(data: &[u8]) {
    let Ok(command) = Command::decode(data) else { return };
    assert_eq!(command.encode(), data);
}

pub fn wire_daemon(data: &[u8]) {
    let Ok(frame) = DaemonFrame::decode(data) else { return };
    assert_eq!(frame.encode(), data);
}
