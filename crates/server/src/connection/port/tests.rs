#![allow(clippy::unwrap_used)]

use std::task::Waker;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

use super::super::super::hub::Hub;
use super::*;
use crate::room::Limits;

/// A port, and its other side, for which so many bytes may be under way.
fn port(under_way: usize) -> (Port, DuplexStream) {
    let limits = Limits { rooms: 1, members: 1, tombstones: 1, grace: Duration::ZERO };
    let (handle, _) = Hub::new(limits, 1000, 1000).unwrap().connect(0);
    let (ours, theirs) = duplex(under_way);
    (Port::new(Box::new(ours), handle), theirs)
}

#[tokio::test]
async fn what_comes_before_a_frame_that_may_not_be_is_read_and_nothing_after_it() {
    let (mut port, mut theirs) = port(100);
    // A good frame, one whose length could be shorter, and another good one.
    theirs.write_all(&[0x82, 0x80, 0, 0, 0, 0, 0x82, 0xfe, 0, 1, 0, 0, 0, 0, 0, 0x82, 0x80]).await.unwrap();
    let mut read = async |most: usize| {
        let mut bytes = vec![0; most];
        let mut bytes = ReadBuf::new(&mut bytes);
        std::future::poll_fn(|cx| port.poll_read(cx, &mut bytes)).await.map(|()| bytes.filled().len())
    };
    assert_eq!(read(50).await.unwrap(), 6);
    for _ in 0..2 {
        let error = read(50).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
    assert!(port.is_misread());
}

#[tokio::test]
async fn control_frames_wait_up_to_a_bound_and_are_whole() {
    let (mut port, mut theirs) = port(8);
    let pong = [7; 100];
    let mut write = |bytes: &[u8]| {
        let mut cx = Context::from_waker(Waker::noop());
        port.with(&mut cx).write(bytes).is_ok()
    };
    for number in 0..12 {
        assert_eq!(write(&pong), number < 6, "{number}");
    }
    // Each takes 64 bytes beside its own.
    let mut got = vec![0; 600];
    let sent = std::future::poll_fn(|cx| port.poll_out(cx));
    let (sent, read) = tokio::join!(sent, theirs.read_exact(&mut got));
    assert!(sent.is_ok() && read.is_ok() && got == [7; 600]);
}
