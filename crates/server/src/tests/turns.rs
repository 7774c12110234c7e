//! Whose turn does not come for a while, since strangers crowd: what it has said is lost to nobody, and it holds nothing up.

use std::task::{Context, Waker};

use tokio::task::yield_now;

use super::*;
use crate::turns::Ticket;

/// A server, and the task by which strangers have their turns.
fn kept() -> (Arc<Server>, AbortHandle) {
    let plenty = options().frames;
    let allowance = Allowance { frames: plenty, ..options().allowance };
    let server = Server::new(Options { allowance, ..options() }).unwrap();
    let keeper = keep(&server);
    (server, keeper)
}

/// From now on no turn comes, as if there were too many before it.
async fn hold_up(server: &Server, keeper: &AbortHandle) {
    settle().await;
    keeper.abort();
    settle().await;
    let nobody = Context::from_waker(Waker::noop());
    while Ticket::new(Arc::clone(&server.turns)).poll(&nobody).is_ready() {}
}

/// Has all be done that can be done without a turn.
async fn settle() {
    for _ in 0..100 {
        yield_now().await;
    }
}

/// It was ended as too slow for having been kept waiting.
#[tokio::test(start_paused = true)]
async fn who_has_said_in_time_what_it_wants_is_not_too_slow_because_its_turn_comes_late() {
    let (server, keeper) = kept();
    let mut client = Client::greeted(&server, LOOPBACK).await;
    hold_up(&server, &keeper).await;
    client.send(&signers::create(&client.nonce, 1)).await;
    tokio::time::sleep(2 * HANDSHAKE).await;
    assert_eq!(server.counts().members, 0, "nobody has a turn");
    keep(&server);
    let welcome = client.next().await.unwrap().unwrap();
    assert!(matches!(DaemonFrame::decode(&welcome).unwrap(), DaemonFrame::Welcome { .. }));
}

/// It kept the memory of what it had sent in part for as long as the crowd was there.
#[tokio::test(start_paused = true)]
async fn who_waits_for_its_turn_is_ended_at_once_when_the_hub_ends_it() {
    let (server, keeper) = kept();
    let mut client = Client::greeted(&server, LOOPBACK).await;
    hold_up(&server, &keeper).await;
    client.send(&signers::create(&client.nonce, 1)).await;
    settle().await;
    server.hub.end_all(End::ShuttingDown);
    let over = DaemonFrame::Over { end: End::ShuttingDown, by: None, payload: None }.encode();
    let told = tokio::time::timeout(MOMENT, client.next()).await;
    assert_eq!(told, Ok(Some(Ok(over))));
}

#[tokio::test(start_paused = true)]
async fn who_parts_takes_its_turn_among_strangers() {
    let (server, keeper) = kept();
    let mut client = member(&server, LOOPBACK, 1).await;
    hold_up(&server, &keeper).await;
    client.send(&ClientFrame::Exit).await;
    assert_eq!(client.next().await, Some(Err(1000)));
    let mut line = client.socket.into_inner();
    let ended = tokio::time::timeout(MOMENT, line.read(&mut [0])).await;
    assert!(ended.is_err(), "the stream ended without a turn");
    keep(&server);
    lasts(Duration::ZERO, async { assert_eq!(line.read(&mut [0]).await.unwrap(), 0) }).await;
}

#[tokio::test(start_paused = true)]
async fn requests_that_come_together_are_answered_one_at_a_time_with_others_in_between() {
    const REQUESTS: usize = 100;
    let (server, _) = kept();
    let mut line = connect(&server, WIDE);
    line.write_all(&b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(REQUESTS)).await.unwrap();
    let (mut answered, mut most) = (0, 0);
    while answered < REQUESTS {
        yield_now().await;
        let mut bytes = vec![0; WIDE];
        let Ok(read) = tokio::time::timeout(Duration::ZERO, line.read(&mut bytes)).await else { continue };
        let answers = String::from_utf8_lossy(&bytes[..read.unwrap()]).matches("HTTP/1.1 200").count();
        (answered, most) = (answered + answers, most.max(answers));
    }
    assert!(most <= 2, "{most} answers in a round");
}
