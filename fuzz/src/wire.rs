//! Frames and orders: what is read can be written, and reads the same again.

use sanctuary_wire::{ClientFrame, Command, DaemonFrame};

pub fn wire_client(data: &[u8]) {
    let Ok(frame) = ClientFrame::decode(data) else { return };
    let encoded = frame.encode();
    assert_eq!(ClientFrame::decode(&encoded), Ok(frame));
    assert_shortest(&encoded, data);
}

pub fn wire_command(data: &[u8]) {
    let Ok(command) = Command::decode(data) else { return };
    let encoded = command.encode();
    assert_eq!(Command::decode(&encoded), Ok(command));
    assert_shortest(&encoded, data);
}

pub fn wire_daemon(data: &[u8]) {
    let Ok(frame) = DaemonFrame::decode(data) else { return };
    let encoded = frame.encode();
    assert_eq!(DaemonFrame::decode(&encoded), Ok(frame));
    assert_shortest(&encoded, data);
}

fn assert_shortest(encoded: &[u8], data: &[u8]) {
    assert!(encoded.len() <= data.len(), "what is written is the shortest form (RFC 8949, 4.2.1)");
}
