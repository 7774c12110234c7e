//! Floods of entries, rooms and kicks.

use std::net::SocketAddr;

use futures_util::future::join_all;
use sanctuary_wire::{ClientFrame, DaemonFrame, Id, Refusal, Rule};

use super::senders::{create, enter, guesses, line, line_from, room};
use super::support::{Member, Next, ROOM};
use super::{senders, survives};

#[tokio::test]
async fn entries() {
    survives("400 tries to get in", &[], async |daemon| {
        let address = daemon.address();
        let answers = join_all((0..4).map(async |_| {
            let mut busy = 0;
            for turn in 0..100 {
                let guess = &guesses(ROOM)[turn % 3];
                let (answer, end) = line(address).await.refused(guess).await;
                assert_eq!(end, Next::Closed(Refusal::CLOSE_CODE));
                busy += usize::from(answer == DaemonFrame::Refused(Refusal::Busy).encode());
            }
            busy
        }));
        let busy: usize = answers.await.iter().sum();
        assert!(busy >= 300, "{busy} of 400 tries were too many");
        // A client from elsewhere does not have to wait for that.
        Member::enter(address, "Dora").await.close().await;
    })
    .await;
}

#[tokio::test]
async fn rooms() {
    let settings = [("rooms", "20"), ("tries_by_address", "10000"), ("rooms_by_address", "1000")];
    survives("100 rooms where 20 may be", &settings, async |daemon| {
        let mut opened = Vec::new();
        for number in 0..100 {
            let mut line = line_from(usize::from(number % 10), daemon.address()).await;
            line.send(&create(room(number), Rule::Keeper)).await;
            match DaemonFrame::decode(&line.frame().await).unwrap() {
                DaemonFrame::Welcome { .. } => opened.push(line),
                other => assert_eq!(other, DaemonFrame::Refused(Refusal::Busy)),
            }
        }
        assert_eq!(opened.len(), 19, "one room is the company's");
        // Half of them close as they should, the others break off and lose their rooms with the
        // grace.
        for line in opened.drain(..10) {
            line.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn kicks() {
    let settings = [
        ("tries_by_address", "10000"),
        ("frame_rate", "1000000"),
        ("frame_burst", "1000000"),
        ("frames_by_address", "1000000"),
    ];
    survives("300 who are let in and kicked, 2000 kicks of nobody", &settings, async |daemon| {
        let address = daemon.address();
        let mut keeper = line(address).await;
        keeper.send(&create(room(1), Rule::Keeper)).await;
        welcome(&mut keeper).await;
        for number in 2..302 {
            let victim = enters(address).await;
            keeper.send(&ClientFrame::Kick(Id(number))).await;
            over(victim).await;
        }
        for number in 0..2000 {
            keeper.send(&ClientFrame::Kick(Id(1_000_000 + number))).await;
        }
        keeper.send(&ClientFrame::Stop).await;
        over(keeper).await;
    })
    .await;
}

async fn enters(address: SocketAddr) -> senders::Line {
    let mut line = line(address).await;
    let nonce = line.nonce.clone();
    line.send(&enter(room(1), &nonce, 1)).await;
    welcome(&mut line).await;
    line
}

async fn welcome(line: &mut senders::Line) {
    assert!(matches!(DaemonFrame::decode(&line.frame().await).unwrap(), DaemonFrame::Welcome { .. }));
}

/// Reads on to the close frame, which follows `over`.
async fn over(mut line: senders::Line) {
    let mut last = Vec::new();
    let end = loop {
        match line.next().await {
            Next::Frame(frame) => last = frame,
            end => break end,
        }
    };
    let Ok(DaemonFrame::Over { end: why, .. }) = DaemonFrame::decode(&last) else { panic!("{last:x?}") };
    assert_eq!(end, Next::Closed(why.close_code()));
}
