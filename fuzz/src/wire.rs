//! Frames: what is read can be written, and reads the same again.

use sanctuary_wire::{ClientFrame, DaemonFrame};

pub fn wire_client(data: &[u8]) {
    let Ok(frame) = ClientFrame::decode(data) else { return };
    let encoded = frame.encode();
    assert_eq!(ClientFrame::decode(&encoded), Ok(frame));
    assert!(encoded.len() <= data.len(), "what is written is the shortest form (RFC 8949, 4.2.1)");
}

pub fn wire_daemon(data: &[u8]) {
    let Ok(frame) = DaemonFrame::decode(data) else { return };
    let encoded = frame.encode();
    assert_eq!(DaemonFrame::decode(&encoded), Ok(frame));
    assert!(encoded.len() <= data.len(), "what is written is the shortest form (RFC 8949, 4.2.1)");
}
