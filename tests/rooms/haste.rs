//! Rule 10: how fast a member may be. The cost of each frame is held to the moment in
//! `server::tests::rations`.

use std::time::Duration;

use sanctuary_wire::{ClientFrame, DaemonFrame, Denial, Departure, End, Id};
use tokio::io::AsyncWriteExt;

use super::form::fragmented;
use super::support::{Daemon, Next, Sitting};
use super::{room_by_hand, told};

const SAY: u8 = 4;

/// So many frames at once, which a quarter of nothing smaller would be, and so many a second.
fn at_once(burst: &'static str, rate: &'static str) -> [(&'static str, &'static str); 3] {
    [("largest_frame", "\"2 KiB\""), ("frame_burst", burst), ("frame_rate", rate)]
}

impl Sitting {
    /// Says something. After how many milliseconds it may try again, if that was too fast.
    async fn says(&mut self, payload: &[u8]) -> Result<(), u64> {
        self.say(payload).await;
        loop {
            match told(&self.frame().await) {
                DaemonFrame::Said { from, .. } if from.0 == self.id => return Ok(()),
                DaemonFrame::Said { .. } => {}
                DaemonFrame::Denied { frame: SAY, why: Denial::TooFast, retry_ms } => return Err(retry_ms),
                other => panic!("{other:?}"),
            }
        }
    }
}

fn left(id: u64) -> DaemonFrame<'static> {
    DaemonFrame::Left { id: Id(id), how: Departure::Gone }
}

/// Reads on to the end, which is for flooding.
async fn is_flooding(mut member: Sitting) {
    member.hears_at_last(&DaemonFrame::Over { end: End::Flooding, by: None, payload: None }).await;
    assert_eq!(member.next().await, Next::Closed(4004));
}

#[tokio::test]
async fn who_is_too_fast_is_told_when_to_try_again() {
    let daemon = Daemon::with(&at_once("2", "2")).await;
    let [mut ada] = room_by_hand(&daemon).await;
    let mut in_time = 0;
    let wait = loop {
        match ada.says(b"").await {
            Ok(()) => in_time += 1,
            Err(wait) => break wait,
        }
        assert!(in_time < 100, "never too fast");
    };
    assert!(in_time >= 2 && (1..=500).contains(&wait), "{in_time}, then {wait} ms");
    tokio::time::sleep(Duration::from_millis(wait)).await; // As it was told to.
    assert_eq!(ada.says(b"in time again").await, Ok(()), "what was denied is not said later");
}

#[tokio::test]
async fn who_goes_on_regardless_is_flooding() {
    let daemon = Daemon::with(&at_once("2", "1")).await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    for _ in 0..100 {
        ben.say(b"").await;
    }
    let mut denied = 0;
    while let Next::Frame(frame) = ben.next().await {
        match told(&frame) {
            DaemonFrame::Said { .. } => {}
            DaemonFrame::Denied { frame: SAY, why: Denial::TooFast, .. } => denied += 1,
            other => assert_eq!(other, DaemonFrame::Over { end: End::Flooding, by: None, payload: None }),
        }
    }
    assert!(denied >= 32, "{denied}");
    ada.hears_at_last(&left(2)).await;
}

#[tokio::test]
async fn one_s_haste_is_not_the_other_s() {
    let daemon = Daemon::with(&at_once("2", "1")).await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    for _ in 0..20 {
        ben.say(b"").await;
    }
    for _ in 0..5 {
        let _ = ben.says(b"").await;
    }
    assert_eq!(ada.says(b"calm").await, Ok(()));
}

#[tokio::test]
async fn fragments_count_as_frames_do() {
    let daemon = Daemon::with(&at_once("5", "1")).await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    let say = ClientFrame::Say { payload: b"five" }.encode();
    ada.line.stream().write_all(&fragmented(&say, 5)).await.unwrap();
    ben.hears(&DaemonFrame::Said { from: Id(1), payload: b"five" }).await;
    // Also those of a message that never ends; and pings in between.
    let endless = [fragmented(&[], 60), [0x89, 0x80, 0, 0, 0, 0].repeat(5), fragmented(&[], 60)].concat();
    let _ = ada.line.stream().write_all(&endless).await;
    is_flooding(ada).await;
    ben.hears_at_last(&left(1)).await;
}

#[tokio::test]
async fn pings_count_as_frames_do() {
    let daemon = Daemon::with(&at_once("2", "1")).await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    for _ in 0..100 {
        let _ = ben.line.stream().write_all(&[0x89, 0x80, 0, 0, 0, 0]).await;
    }
    is_flooding(ben).await;
    ada.hears(&left(2)).await;
}

/// Nor does one take anything from another at its address, or has it counted as flooding.
#[tokio::test]
async fn what_an_address_may_send_is_shared_equally_and_nobody_floods_for_the_others_sake() {
    let daemon = Daemon::with(&[("frames_by_address", "8")]).await;
    let [mut ada, mut ben] = room_by_hand(&daemon).await;
    let mut denied = 0;
    for _ in 0..200 {
        denied += usize::from(ben.says(b"").await.is_err());
    }
    assert!(denied > 32, "{denied}: beyond that, of one's own haste, is flooding");
    // Four at once are hers, whatever he has sent.
    for _ in 0..4 {
        assert_eq!(ada.says(b"").await, Ok(()));
    }
    ben.line.send(&ClientFrame::Exit).await;
    ada.hears_at_last(&DaemonFrame::Left { id: Id(2), how: Departure::Exit }).await;
}
